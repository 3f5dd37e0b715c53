UPDATE returns SET counted = 0
WHERE counted = 1 AND id <> :id
  AND (office, period) = (SELECT office, period FROM returns WHERE id = :id)

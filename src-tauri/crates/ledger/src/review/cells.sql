SELECT target, field, reason, day
FROM returned_cells
WHERE return_id = :return_id
ORDER BY target, field

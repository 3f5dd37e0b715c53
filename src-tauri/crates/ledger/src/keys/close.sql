UPDATE keys SET state = 'closed', revoked_after = :after, closed_on = :day
WHERE id = :id

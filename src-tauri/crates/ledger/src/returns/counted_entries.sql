SELECT target, rate, first, second, stage, reason
FROM entries
WHERE return_id = :id

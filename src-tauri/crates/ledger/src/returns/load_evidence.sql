SELECT target, sha256, len, label
FROM evidence
WHERE return_id = :id
ORDER BY target, position

SELECT id, at, who, verb, subject, detail
FROM audit
WHERE :before IS NULL OR id < :before
ORDER BY id DESC
LIMIT :limit

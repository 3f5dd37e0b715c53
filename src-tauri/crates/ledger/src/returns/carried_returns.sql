SELECT r.id, r.office, r.period, r.plan_version
FROM returns r
WHERE r.counted = 1 AND r.nil = 0 AND r.period >= :from AND r.period < :before
  AND NOT EXISTS (
    SELECT 1 FROM returns present
    WHERE present.office = r.office AND present.period = :before AND present.counted = 1)
ORDER BY r.office, r.period DESC

SELECT e.target, e.rate, e.first, e.second, e.stage, e.reason, r.period, r.plan_version
FROM returns r
JOIN entries e ON e.return_id = r.id AND e.target = :target
WHERE r.office = :office AND r.counted = 1 AND r.nil = 0 AND r.period >= :from AND r.period < :before
  AND NOT EXISTS (
    SELECT 1 FROM returned_cells c
    WHERE c.return_id = r.id AND c.target = :target
      AND c.field NOT IN ('note', 'problem', 'next_step', 'explanation', 'evidence'))
ORDER BY r.period DESC
LIMIT 1

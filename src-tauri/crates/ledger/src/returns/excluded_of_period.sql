SELECT c.return_id, c.target
FROM returns r
JOIN returned_cells c ON c.return_id = r.id
WHERE r.period = :period AND r.counted = 1
  AND c.field NOT IN ('note', 'problem', 'next_step', 'explanation', 'evidence')

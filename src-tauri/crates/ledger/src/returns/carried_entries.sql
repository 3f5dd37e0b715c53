SELECT target, rate, first, second, stage, reason
FROM entries e
WHERE return_id = :id
  AND NOT EXISTS (
    SELECT 1 FROM returned_cells c
    WHERE c.return_id = e.return_id AND c.target = e.target
      AND c.field NOT IN ('note', 'problem', 'next_step', 'explanation', 'evidence'))

SELECT e.target, e.rate, e.first, e.second, e.stage, e.reason,
       r.id, r.period, r.seq, r.arrived, r.state, r.counted,
       EXISTS (
         SELECT 1 FROM returned_cells c
         WHERE c.return_id = r.id AND c.target = e.target
           AND c.field NOT IN ('note', 'problem', 'next_step', 'explanation', 'evidence')) AS excluded,
       coalesce(m.explanation, '') AS explanation
FROM returns r
JOIN entries e ON e.return_id = r.id AND e.target = :target
LEFT JOIN remarks m ON m.return_id = r.id AND m.target = e.target
WHERE r.office = :office
ORDER BY r.period, r.id

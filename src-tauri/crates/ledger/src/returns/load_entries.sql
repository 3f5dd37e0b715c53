SELECT e.target, e.rate, e.first, e.second, e.stage, e.reason, m.note, m.problem, m.next_step, m.explanation
FROM entries e
LEFT JOIN remarks m ON m.return_id = e.return_id AND m.target = e.target
WHERE e.return_id = :id

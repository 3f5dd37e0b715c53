SELECT target, actual, expected, gap, lamp, explanation
FROM frozen_figures
WHERE lock_id = :lock_id
ORDER BY target

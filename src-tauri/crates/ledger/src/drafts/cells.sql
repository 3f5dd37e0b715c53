SELECT target, field, text, saved
FROM draft_cells
WHERE office = :office AND period = :period
ORDER BY target, field

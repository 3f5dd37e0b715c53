DELETE FROM draft_cells
WHERE office = :office AND period = :period AND target = :target AND field = :field

DELETE FROM draft_evidence
WHERE office = :office AND period = :period AND target = :target

SELECT target, sha256, len, label
FROM draft_evidence
WHERE office = :office AND period = :period
ORDER BY target, position

UPDATE keys SET
  ended_at = :at,
  state = CASE WHEN :at IS NULL AND revoked_after IS NULL THEN 'active' ELSE 'closed' END,
  closed_on = CASE
    WHEN revoked_after IS NOT NULL THEN closed_on
    WHEN :at IS NULL THEN NULL
    ELSE coalesce(closed_on, :day)
  END
WHERE id = :id AND state <> 'pending' AND ended_at IS NOT :at

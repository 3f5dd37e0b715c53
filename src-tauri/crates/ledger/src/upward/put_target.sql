INSERT INTO upward_targets (plan, upper, own) VALUES (:plan, :upper, :own)
ON CONFLICT (plan, upper) DO UPDATE SET own = excluded.own

INSERT INTO drafts (office, period, revision, saved) VALUES (:office, :period, 1, :saved)
ON CONFLICT (office, period) DO UPDATE SET revision = revision + 1, saved = excluded.saved

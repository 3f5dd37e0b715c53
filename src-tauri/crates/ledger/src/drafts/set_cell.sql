INSERT INTO draft_cells (office, period, target, field, text, saved)
VALUES (:office, :period, :target, :field, :text, :saved)
ON CONFLICT (office, period, target, field) DO UPDATE SET text = excluded.text, saved = excluded.saved

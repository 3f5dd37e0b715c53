INSERT INTO plan_draft (only, document, saved) VALUES (1, :document, :saved)
ON CONFLICT (only) DO UPDATE SET document = excluded.document, saved = excluded.saved

UPDATE drafts SET exported_bundle = NULL, exported_revision = NULL
WHERE office = :office AND period = :period AND exported_bundle = :bundle

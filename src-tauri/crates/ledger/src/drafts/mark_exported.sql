UPDATE drafts SET exported_bundle = :bundle, exported_revision = :revision
WHERE office = :office AND period = :period AND revision = :revision

SELECT nil, revision, saved, exported_bundle, exported_revision
FROM drafts
WHERE office = :office AND period = :period

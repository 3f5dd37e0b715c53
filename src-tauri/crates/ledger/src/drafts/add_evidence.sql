INSERT INTO draft_evidence (office, period, target, position, sha256, len, label)
VALUES (:office, :period, :target, :position, :sha256, :len, :label)

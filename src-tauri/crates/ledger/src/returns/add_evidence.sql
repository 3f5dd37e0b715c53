INSERT INTO evidence (return_id, target, position, sha256, len, label)
VALUES (:return_id, :target, :position, :sha256, :len, :label)

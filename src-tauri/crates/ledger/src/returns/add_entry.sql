INSERT INTO entries (return_id, target, rate, first, second, stage, reason)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)

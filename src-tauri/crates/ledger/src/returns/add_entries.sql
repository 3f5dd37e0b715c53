INSERT INTO entries (return_id, target, rate, first, second, stage, reason)
VALUES

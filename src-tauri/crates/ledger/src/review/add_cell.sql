INSERT INTO returned_cells (return_id, target, field, reason, day)
VALUES (:return_id, :target, :field, :reason, :day)

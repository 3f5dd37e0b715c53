INSERT INTO remarks (return_id, target, note, problem, next_step, explanation)
VALUES (:return_id, :target, :note, :problem, :next_step, :explanation)

INSERT INTO frozen_figures (lock_id, target, actual, expected, gap, lamp, explanation)
VALUES (:lock_id, :target, :actual, :expected, :gap, :lamp, :explanation)

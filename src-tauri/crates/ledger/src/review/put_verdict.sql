INSERT INTO verdicts (return_id, receipt, verdict, day)
VALUES (:return_id, :receipt, :verdict, :day)
ON CONFLICT (return_id) DO UPDATE SET
  receipt = excluded.receipt, verdict = excluded.verdict, day = excluded.day

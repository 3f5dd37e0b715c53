INSERT INTO fork_choices (stream, seq, header, day, reason)
VALUES (:stream, :seq, :header, :day, :reason)
ON CONFLICT (stream, seq) DO UPDATE SET
  header = excluded.header, day = excluded.day, reason = excluded.reason

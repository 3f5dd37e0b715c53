INSERT INTO handovers (header, stream, seq, successor)
VALUES (:header, :stream, :seq, :successor)
ON CONFLICT (header) DO NOTHING

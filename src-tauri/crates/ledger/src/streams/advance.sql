UPDATE streams SET seq = :seq, head = :head
WHERE stream = :stream AND seq = :seq - 1 AND closed = 0

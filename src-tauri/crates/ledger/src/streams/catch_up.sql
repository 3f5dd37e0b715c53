UPDATE streams SET seq = :seq, head = :head
WHERE stream = :stream

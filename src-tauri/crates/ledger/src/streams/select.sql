SELECT stream, kind, office, anchor, seq, head, closed
FROM streams

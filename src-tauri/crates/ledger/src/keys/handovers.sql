SELECT h.header, h.stream, h.seq, h.successor
FROM handovers h
WHERE h.stream IN (SELECT stream FROM keys WHERE office = :office)
ORDER BY h.stream, h.seq, h.header

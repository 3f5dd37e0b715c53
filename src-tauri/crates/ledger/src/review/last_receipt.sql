SELECT bundle, head_seq, head, day
FROM receipts
ORDER BY id DESC
LIMIT 1

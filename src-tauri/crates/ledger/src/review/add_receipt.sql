INSERT INTO receipts (bundle, head_seq, head, day)
VALUES (:bundle, :head_seq, :head, :day)

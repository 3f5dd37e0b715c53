INSERT INTO streams (stream, kind, office, anchor)
VALUES (:stream, :kind, :office, :anchor)

INSERT INTO audit (at, who, verb, subject, detail)
VALUES (:at, :who, :verb, :subject, :detail)

INSERT INTO plans (version, issued_on, document, bundle)
VALUES (:version, :issued_on, :document, :bundle)

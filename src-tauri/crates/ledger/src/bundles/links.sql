SELECT digest, seq, header, prev
FROM bundles
WHERE stream = :stream
ORDER BY seq, header

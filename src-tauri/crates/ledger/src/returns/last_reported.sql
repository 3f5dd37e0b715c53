SELECT office, MAX(period)
FROM returns
WHERE counted = 1 AND period >= :from AND period < :before
GROUP BY office
ORDER BY office

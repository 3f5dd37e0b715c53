WHERE counted = 1 AND nil = 1 AND period >= :from AND period < :before
ORDER BY office, period

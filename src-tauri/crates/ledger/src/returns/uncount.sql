UPDATE returns SET counted = 0
WHERE office = :office AND period = :period AND counted = 1

UPDATE keys SET state = 'active', activated_on = :day
WHERE id = :id AND state = 'pending'

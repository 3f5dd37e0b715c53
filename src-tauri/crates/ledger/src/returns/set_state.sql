UPDATE returns
SET state = :state, counted = counted AND :state IN ('accepted', 'returned')
WHERE id = :id

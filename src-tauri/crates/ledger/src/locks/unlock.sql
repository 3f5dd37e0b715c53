UPDATE locks SET unlocked_on = :day, unlock_reason = :reason
WHERE period = :period AND unlocked_on IS NULL

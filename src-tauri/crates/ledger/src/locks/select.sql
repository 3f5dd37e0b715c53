SELECT id, period, issue, plan_version, locked_on, why, payload, unlocked_on, unlock_reason
FROM locks

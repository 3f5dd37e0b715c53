INSERT INTO locks (period, issue, plan_version, locked_on, why, payload)
VALUES (:period, (SELECT coalesce(max(issue), 0) + 1 FROM locks WHERE period = :period),
        :plan_version, :locked_on, :why, :payload)
RETURNING id, issue

INSERT INTO returns (bundle, office, period, stream, seq, plan_version, nil, stand_in,
                     filled_by, checked_by, issued_by, arrived, state)
VALUES (:bundle, :office, :period, :stream, :seq, :plan_version, :nil, :stand_in,
        :filled_by, :checked_by, :issued_by, :arrived, :state)

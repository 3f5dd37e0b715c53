SELECT id, bundle, office, period, stream, seq, plan_version, nil, stand_in, filled_by, checked_by, issued_by,
       arrived, state, counted
FROM returns

SELECT digest, direction, kind, stream, seq, header, prev, office, period, plan_version,
       file_name, size, day, recorded
FROM bundles

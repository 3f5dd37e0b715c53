INSERT INTO bundles (digest, direction, kind, stream, seq, header, prev, office, period, plan_version,
                     file_name, size, day, recorded)
VALUES (:digest, :direction, :kind, :stream, :seq, :header, :prev, :office, :period, :plan_version,
        :file_name, :size, :day, :recorded)

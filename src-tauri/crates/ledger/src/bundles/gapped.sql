SELECT stream, office
FROM bundles
WHERE direction = 'in' AND kind IN ('progress', 'enrolment') AND office IS NOT NULL AND seq > 0
GROUP BY stream, office
HAVING MAX(seq) > COUNT(DISTINCT seq)
ORDER BY MIN(id)

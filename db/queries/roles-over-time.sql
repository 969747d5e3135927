-- In which roles each person was quoted, and when
SELECT speaker, role, min(published) AS first, max(published) AS last, count(*) AS quotations
FROM quotes
WHERE role IS NOT NULL AND speaker_kind = 'person' AND status <> 'rejected'
GROUP BY speaker, role
ORDER BY speaker, first;

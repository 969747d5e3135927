-- Who denied or rejected what, the latest first
SELECT published, speaker, country, text, publisher, url
FROM quotes
WHERE act IN ('deny', 'reject') AND status <> 'rejected'
ORDER BY published DESC, id
LIMIT 100;

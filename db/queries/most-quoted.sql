-- Who is quoted most, and in how many articles
SELECT speaker, country, count(*) AS quotations, count(DISTINCT path) AS articles
FROM quotes
WHERE status <> 'rejected' AND speaker IS NOT NULL
GROUP BY speaker, country
ORDER BY quotations DESC
LIMIT 20;

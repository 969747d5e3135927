-- What was said by nobody the text identifies: its sources as they are worded
SELECT source, count(*) AS quotations
FROM quotes
WHERE speaker IS NULL AND source IS NOT NULL AND status <> 'rejected'
GROUP BY source
ORDER BY quotations DESC
LIMIT 50;

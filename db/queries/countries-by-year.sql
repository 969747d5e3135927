-- For which countries people speak, by year
SELECT substr(published, 1, 4) AS year, country, count(*) AS quotations
FROM quotes
WHERE published IS NOT NULL AND country IS NOT NULL AND status <> 'rejected'
GROUP BY year, country
ORDER BY year, quotations DESC;

-- How much of what each outlet quotes is in the speakers' own words
SELECT publisher, count(*) AS quotations, round(avg(form = 'direct'), 2) AS direct, round(avg(form = 'mixed'), 2) AS mixed
FROM quotes
WHERE status <> 'rejected'
GROUP BY publisher
HAVING quotations >= 10
ORDER BY direct DESC;

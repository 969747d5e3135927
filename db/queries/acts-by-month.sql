-- What speakers did with words, by month
SELECT substr(published, 1, 7) AS month, act, count(*) AS quotations
FROM quotes
WHERE published IS NOT NULL AND status <> 'rejected'
GROUP BY month, act
ORDER BY month, quotations DESC;

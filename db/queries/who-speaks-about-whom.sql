-- Who speaks about whom: the speakers whose canonical names stand in the words of others
SELECT q.speaker, about.name AS about, count(*) AS quotations
FROM quotes q
JOIN speaker about ON instr(q.text, about.name) > 0 AND about.name <> q.speaker
WHERE q.status <> 'rejected' AND about.quotation_count > 0
GROUP BY q.speaker, about.name
ORDER BY quotations DESC
LIMIT 50;

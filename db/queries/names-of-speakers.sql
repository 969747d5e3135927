-- All names under which documents give each speaker
SELECT s.name AS speaker, s.kind, s.country, group_concat(DISTINCT a.name) AS names
FROM speaker s
JOIN speaker_alias a ON a.speaker_id = s.id
WHERE s.quotation_count > 0
GROUP BY s.id
HAVING count(DISTINCT a.name) > 1
ORDER BY s.name;

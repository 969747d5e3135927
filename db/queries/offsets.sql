-- Every content piece with its exact place (SQLite's substr counts code points from 1)
SELECT q.id, s.seq, s.start_char, s.end_char, substr(a.text, s.start_char + 1, s.end_char - s.start_char) AS piece
FROM span s
JOIN quotation q ON q.id = s.quotation_id
JOIN article a ON a.id = q.article_id
WHERE s.role = 'content'
ORDER BY q.id, s.seq
LIMIT 100;

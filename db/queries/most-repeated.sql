-- The most repeated quotations: the longest version, where it stood first, and in how many articles
SELECT g.article_count AS articles, s.name AS speaker, q.text,
    (SELECT min(day) FROM quotation WHERE group_id = g.id AND day > '') AS first_published
FROM repeat_group g
JOIN quotation q ON q.group_id = g.id AND q.is_longest = 1
LEFT JOIN speaker s ON s.id = q.speaker_id
ORDER BY g.article_count DESC
LIMIT 20;

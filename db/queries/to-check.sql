-- What to check first: the least certain quotations nobody has looked at
SELECT id, confidence, speaker, source, text, path, start_char
FROM quotes
WHERE status = 'extracted'
ORDER BY confidence, id
LIMIT 50;

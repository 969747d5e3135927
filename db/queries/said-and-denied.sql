-- Accusations and denials of one day: who accused, who denied
SELECT accused.published AS day, accused.speaker AS accuser, accused.text AS accusation,
    denied.speaker AS denier, denied.text AS denial
FROM quotes accused
JOIN quotes denied ON denied.published = accused.published AND denied.act = 'deny' AND denied.speaker <> accused.speaker
WHERE accused.act = 'accuse' AND accused.status <> 'rejected' AND denied.status <> 'rejected'
ORDER BY day DESC
LIMIT 50;

-- Who warned of sanctions (full text: inflections are found too)
SELECT q.published, q.speaker, q.text
FROM quotation_fts f
JOIN quotes q ON q.id = f.rowid
WHERE quotation_fts MATCH 'sanction' AND q.act IN ('warn', 'threaten') AND q.status <> 'rejected'
ORDER BY f.rank
LIMIT 50;

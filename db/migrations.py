"""The schema, as a sequence of migrations that are never changed once released; new ones are added at the end.

``python -m db.schema_doc`` prints what they amount to (db/SCHEMA.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

MIGRATION_SET = "quotes"
APPLICATION_ID = 0x51554F54  # "QUOT": tells a database of this program from any other
NAMES = ("0001_first",)

# As they were in the first version; when quotes.model learns a new value, a new migration widens the check.
FORMS = ("direct", "indirect", "mixed")
MODES = ("speech", "writing", "thought")
SPEAKER_KINDS = ("person", "organisation", "country", "group")
DOCUMENT_KINDS = ("article", "transcript", "meeting-summary", "statement", "roundup")
ACTS = (
    "state", "announce", "confirm", "deny", "reject", "claim", "explain", "answer", "ask", "demand", "urge",
    "order", "propose", "promise", "warn", "threaten", "predict", "accuse", "condemn", "criticise", "praise",
    "thank", "congratulate", "apologise", "agree", "support", "express", "believe", "hope", "intend", "worry",
    "know",
)  # fmt: skip


def _one_of(column: str, values: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"CHECK ({column} IN ({listed}))"


def _external_fts(table: str, fts: str, columns: tuple[str, ...], options: str) -> tuple[str, ...]:
    """An FTS5 table over ``columns`` of ``table`` and the triggers that keep it in step.

    sqlite-utils and Datasette search a table by the index whose ``content`` names it in double quotes.
    """
    quote = '"' if fts == f"{table}_fts" else "'"
    listed = ", ".join(columns)
    new = ", ".join(f"new.{column}" for column in columns)
    old = ", ".join(f"old.{column}" for column in columns)
    insert = f"INSERT INTO {fts}(rowid, {listed}) VALUES (new.id, {new});"  # noqa: S608 - names from this module only
    delete = f"INSERT INTO {fts}({fts}, rowid, {listed}) VALUES ('delete', old.id, {old});"  # noqa: S608
    content = f"content={quote}{table}{quote}, content_rowid='id'"
    return (
        f"CREATE VIRTUAL TABLE {fts} USING fts5({listed}, {content}, {options})",
        f"CREATE TRIGGER {fts}_insert AFTER INSERT ON {table} BEGIN {insert} END",
        f"CREATE TRIGGER {fts}_delete AFTER DELETE ON {table} BEGIN {delete} END",
        f"CREATE TRIGGER {fts}_update AFTER UPDATE OF {listed} ON {table} BEGIN {delete} {insert} END",
    )


_TABLES = (
    """
    CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        engine TEXT NOT NULL, -- version of the program and its models
        arguments TEXT, -- what the user asked for
        started_at TEXT NOT NULL, -- UTC, ISO 8601
        finished_at TEXT -- null: running, or stopped before its end
    )
    """,
    f"""
    CREATE TABLE article (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT, -- where it was read from
        title TEXT,
        published TEXT, -- ISO 8601 date or date-time
        publisher TEXT, -- the outlet
        agency TEXT, -- the news agency, where the text names one
        author TEXT,
        url TEXT,
        language TEXT, -- ISO 639-1
        kind TEXT {_one_of("kind", DOCUMENT_KINDS)},
        text TEXT NOT NULL, -- never changed: all offsets count its Unicode code points
        blocks TEXT NOT NULL, -- the layout: JSON list of [start, end, role]
        key TEXT NOT NULL UNIQUE, -- what makes it the same article in the next run: path, URL or text hash
        text_hash TEXT NOT NULL, -- SHA-256 of the text
        content_hash TEXT NOT NULL, -- SHA-256 of text and metadata
        engine TEXT NOT NULL, -- version that extracted it
        run_id INTEGER REFERENCES run(id), -- run that wrote it last
        extracted_at TEXT NOT NULL, -- UTC, ISO 8601
        quotation_count INTEGER NOT NULL DEFAULT 0 -- without the rejected; kept by triggers
    )
    """,
    f"""
    CREATE TABLE speaker (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL, -- canonical across documents
        kind TEXT NOT NULL {_one_of("kind", SPEAKER_KINDS)},
        country TEXT, -- ISO 3166 alpha-3 of whom they speak for
        role TEXT, -- the latest known
        sort_name TEXT NOT NULL, -- the name without accents and case, for sorting and finding
        quotation_count INTEGER NOT NULL DEFAULT 0 -- without the rejected; kept by triggers
    )
    """,
    f"""
    CREATE TABLE speaker_alias (
        id INTEGER PRIMARY KEY,
        speaker_id INTEGER NOT NULL REFERENCES speaker(id), -- who it is, a person's corrections applied
        name TEXT NOT NULL, -- as a document names them
        canonical TEXT NOT NULL, -- what the engine made of it
        kind TEXT NOT NULL {_one_of("kind", SPEAKER_KINDS)},
        country TEXT,
        sort_name TEXT NOT NULL -- name and canonical without accents and case, for finding
    )
    """,
    """
    CREATE TABLE repeat_group (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_count INTEGER NOT NULL -- in how many articles one of its versions stands
    )
    """,
    f"""
    CREATE TABLE quotation (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
        seq INTEGER NOT NULL, -- order in the article
        speaker_id INTEGER REFERENCES speaker(id),
        alias_id INTEGER REFERENCES speaker_alias(id), -- how this article names the speaker
        speaker_kind TEXT {_one_of("speaker_kind", SPEAKER_KINDS)},
        role TEXT, -- of the speaker, in this article
        country TEXT, -- for whom the speaker speaks
        form TEXT NOT NULL {_one_of("form", FORMS)},
        mode TEXT NOT NULL {_one_of("mode", MODES)},
        act TEXT NOT NULL {_one_of("act", ACTS)},
        text TEXT NOT NULL, -- the content pieces joined by " … "
        cue TEXT, -- the reporting words
        cue_lemma TEXT, -- their dictionary form
        source TEXT, -- the words that name who
        start_char INTEGER NOT NULL, -- of the first content piece
        end_char INTEGER NOT NULL, -- of the last content piece
        inside_id INTEGER REFERENCES quotation(id) ON DELETE SET NULL, -- the quotation that encloses this one
        confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
        resolution TEXT, -- how the speaker was found
        status TEXT NOT NULL DEFAULT 'extracted' CHECK (status IN ('extracted', 'confirmed', 'corrected', 'rejected')),
        day TEXT NOT NULL, -- of the article's date: YYYY-MM-DD, or '' when undated
        publisher TEXT, -- the article's
        group_id INTEGER REFERENCES repeat_group(id), -- the same quotation in other places
        is_longest INTEGER NOT NULL DEFAULT 1 CHECK (is_longest IN (0, 1)), -- the longest version of its group
        found TEXT, -- JSON: what the engine found, where a person has corrected it; 'null': the engine found nothing
        CHECK (0 <= start_char AND start_char <= end_char)
    )
    """,
    """
    CREATE TABLE span (
        quotation_id INTEGER NOT NULL REFERENCES quotation(id) ON DELETE CASCADE,
        role TEXT NOT NULL CHECK (role IN ('content', 'cue', 'source')),
        seq INTEGER NOT NULL, -- order of the pieces, from 0
        start_char INTEGER NOT NULL, -- half-open, in code points of article.text
        end_char INTEGER NOT NULL, -- where it ends
        PRIMARY KEY (quotation_id, role, seq),
        CHECK (0 <= start_char AND start_char <= end_char)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE repeat_print (
        print INTEGER NOT NULL, -- hash of a few words in a row
        quotation_id INTEGER NOT NULL, -- without a foreign key: an index for it would be larger than the table
        PRIMARY KEY (print, quotation_id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE correction (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        batch INTEGER NOT NULL, -- made, undone and redone as one: the id of its first
        action TEXT NOT NULL
            CHECK (action IN ('confirm', 'reject', 'reassign', 'edit', 'merge', 'rename', 'split')),
        state TEXT NOT NULL DEFAULT 'applied' CHECK (state IN ('applied', 'undone', 'conflict')),
        author TEXT NOT NULL, -- who made it
        made_at TEXT NOT NULL, -- UTC, ISO 8601
        note TEXT,
        article_key TEXT, -- of the article, where it is about one quotation
        text_hash TEXT, -- of the text in which the person made it
        detail TEXT NOT NULL, -- JSON: where (the words and what stands around them) and what
        quotation_id INTEGER, -- where it was applied last; a hint, the truth is in detail
        reason TEXT, -- why it is a conflict
        undone_seq INTEGER, -- order of undoing, while it can be redone
        uid TEXT NOT NULL UNIQUE -- the same in every database that shares it
    )
    """,
)

_INDEXES = (
    "CREATE INDEX article_text_hash ON article(text_hash)",
    "CREATE INDEX article_path ON article(path)",
    "CREATE INDEX article_published ON article(published)",
    "CREATE INDEX article_title ON article(title)",
    "CREATE INDEX article_publisher ON article(publisher)",
    "CREATE INDEX article_quotation_count ON article(quotation_count)",
    "CREATE INDEX article_run ON article(run_id)",
    "CREATE UNIQUE INDEX speaker_identity ON speaker(name, kind, coalesce(country, ''))",
    "CREATE INDEX speaker_sort_name ON speaker(sort_name)",
    "CREATE INDEX speaker_quotation_count ON speaker(quotation_count)",
    "CREATE INDEX speaker_country ON speaker(country, quotation_count)",
    "CREATE INDEX speaker_kind ON speaker(kind, quotation_count)",
    "CREATE UNIQUE INDEX speaker_alias_identity ON speaker_alias(name, canonical, kind, coalesce(country, ''))",
    "CREATE INDEX speaker_alias_canonical ON speaker_alias(canonical)",
    "CREATE INDEX speaker_alias_speaker ON speaker_alias(speaker_id)",
    "CREATE INDEX repeat_group_article_count ON repeat_group(article_count)",
    "CREATE UNIQUE INDEX quotation_article ON quotation(article_id, seq)",
    "CREATE INDEX quotation_day ON quotation(day DESC)",
    "CREATE INDEX quotation_facets ON quotation(day DESC, status, form, mode, act, speaker_kind, country, speaker_id, "
    "publisher, is_longest, confidence)",
    "CREATE INDEX quotation_speaker ON quotation(speaker_id, day DESC)",
    "CREATE INDEX quotation_role ON quotation(speaker_id, day DESC) WHERE role IS NOT NULL",
    "CREATE INDEX quotation_alias ON quotation(alias_id)",
    "CREATE INDEX quotation_country ON quotation(country, day DESC)",
    "CREATE INDEX quotation_form ON quotation(form, day DESC)",
    "CREATE INDEX quotation_mode ON quotation(mode, day DESC)",
    "CREATE INDEX quotation_act ON quotation(act, day DESC)",
    "CREATE INDEX quotation_speaker_kind ON quotation(speaker_kind, day DESC)",
    "CREATE INDEX quotation_publisher ON quotation(publisher, day DESC)",
    "CREATE INDEX quotation_status ON quotation(status, day DESC)",
    "CREATE INDEX quotation_confidence ON quotation(confidence)",
    "CREATE INDEX quotation_group ON quotation(group_id, is_longest, article_id)",
    "CREATE INDEX quotation_inside ON quotation(inside_id)",
    "CREATE INDEX correction_article ON correction(article_key)",
    "CREATE INDEX correction_text_hash ON correction(text_hash)",
    "CREATE INDEX correction_state ON correction(state)",
    "CREATE INDEX correction_quotation ON correction(quotation_id)",
    "CREATE INDEX correction_batch ON correction(batch)",
)

_COUNTS = (
    """
    CREATE TRIGGER quotation_counts_insert AFTER INSERT ON quotation WHEN new.status <> 'rejected' BEGIN
        UPDATE speaker SET quotation_count = quotation_count + 1 WHERE id = new.speaker_id;
        UPDATE article SET quotation_count = quotation_count + 1 WHERE id = new.article_id;
    END
    """,
    """
    CREATE TRIGGER quotation_counts_delete AFTER DELETE ON quotation WHEN old.status <> 'rejected' BEGIN
        UPDATE speaker SET quotation_count = quotation_count - 1 WHERE id = old.speaker_id;
        UPDATE article SET quotation_count = quotation_count - 1 WHERE id = old.article_id;
    END
    """,
    """
    CREATE TRIGGER quotation_counts_update AFTER UPDATE OF speaker_id, status, article_id ON quotation BEGIN
        UPDATE speaker SET quotation_count = quotation_count - 1
            WHERE id = old.speaker_id AND old.status <> 'rejected';
        UPDATE article SET quotation_count = quotation_count - 1
            WHERE id = old.article_id AND old.status <> 'rejected';
        UPDATE speaker SET quotation_count = quotation_count + 1
            WHERE id = new.speaker_id AND new.status <> 'rejected';
        UPDATE article SET quotation_count = quotation_count + 1
            WHERE id = new.article_id AND new.status <> 'rejected';
    END
    """,
)

_VIEW = """
    CREATE VIEW quotes AS
    SELECT q.id, s.name AS speaker, q.role, q.country, q.speaker_kind, q.form, q.mode, q.act, q.text, q.cue, q.source,
        a.published, a.title, a.publisher, a.author, a.url, a.path, q.start_char, q.end_char, q.confidence, q.status,
        coalesce(g.article_count - 1, 0) AS repeats
    FROM quotation q
    JOIN article a ON a.id = q.article_id
    LEFT JOIN speaker s ON s.id = q.speaker_id
    LEFT JOIN repeat_group g ON g.id = q.group_id
"""

_STEMMED = "tokenize='porter unicode61 remove_diacritics 2'"
_AS_WRITTEN = "tokenize='unicode61 remove_diacritics 2'"
_FOR_PREFIXES = f"{_AS_WRITTEN}, detail=none"


def _first(db: Database) -> None:
    statements = (
        *_TABLES,
        *_INDEXES,
        *_COUNTS,
        *_external_fts("quotation", "quotation_fts", ("text",), _STEMMED),
        *_external_fts("quotation", "quotation_exact", ("text",), _FOR_PREFIXES),
        *_external_fts("article", "article_fts", ("title", "text"), _AS_WRITTEN),
        _VIEW,
        f"PRAGMA application_id = {APPLICATION_ID}",
    )
    for statement in statements:
        db.conn.execute(statement)


def migrations() -> Migrations:
    """All migrations of this version, in order (sqlite-utils is imported only when they are needed)."""
    from sqlite_utils import Migrations

    steps = Migrations(MIGRATION_SET)
    steps(name=NAMES[0])(_first)
    return steps

"""The documentation of the schema, made from a live database: ``python -m db.schema_doc > db/SCHEMA.md``.

What a table is for stands here; columns, keys and checks are read from SQLite, and what a column means from the comment
beside it in the migration, which SQLite keeps. A test compares the file with what this prints.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
from pathlib import Path

from db.connection import connect, prepare

_PURPOSE = {
    "article": "A document as it was read, with its text.",
    "quotation": "One reported stretch of speech; the flat view `quotes` is easier to query.",
    "span": "Where the pieces of a quotation stand in `article.text`.",
    "speaker": "Whom quotations belong to. Those with `quotation_count` 0 have rejected quotations only.",
    "speaker_alias": "How documents name a speaker.",
    "repeat_group": "Versions of one quotation in several places.",
    "repeat_print": "The index by which repeats are found; of no use by itself.",
    "correction": "What people corrected; kept through every re-run.",
    "run": "Extraction runs.",
    "quotes": "One row a quotation, the columns of the CSV export.",
    "quotation_fts": "Full text of `quotation.text` by word stems: `WHERE quotation_fts MATCH 'sanction'`.",
    "quotation_exact": "Full text of `quotation.text` by words as they are written, for prefixes.",
    "article_fts": "Full text of articles by words as they are written.",
}
_ORDER = tuple(_PURPOSE)


def schema_markdown() -> str:
    """The page db/SCHEMA.md, from a database made for it."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "schema.db")
        prepare(path, readonly=False, create=True)
        connection = connect(path, readonly=True)
        try:
            return _page(connection)
        finally:
            connection.close()


def _page(connection: sqlite3.Connection) -> str:
    found = {
        row["name"]: row
        for row in connection.execute(
            "SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
        )
        if row["name"] in _PURPOSE or not _is_internal(row["name"])
    }
    missing = set(found) ^ set(_PURPOSE)
    if missing:
        raise LookupError(f"described but not there, or there but not described: {', '.join(sorted(missing))}")
    lines = [
        "# The database",
        "",
        "<!-- made by `python -m db.schema_doc`; do not edit -->",
        "",
        "Offsets are half-open and count Unicode code points of `article.text`. Times are UTC. Queries to start",
        "from are in [queries/](queries/).",
        "",
    ]
    for name in _ORDER:
        lines += _section(connection, found[name])
    return "\n".join(lines).rstrip() + "\n"


def _is_internal(name: str) -> bool:
    return name.startswith(("sqlite_", "_sqlite_")) or bool(re.search(r"_(data|idx|docsize|config|content)$", name))


def _section(connection: sqlite3.Connection, row: sqlite3.Row) -> list[str]:
    name, comments = row["name"], _comments(row["sql"])
    heading = "view" if row["type"] == "view" else "full-text index" if "VIRTUAL" in row["sql"] else "table"
    lines = [f"## {name} ({heading})", "", _PURPOSE[name], "", "| column | type | meaning |", "| --- | --- | --- |"]
    keys = {
        key["from"]: f"{key['table']}.{key['to']}"
        for key in connection.execute("SELECT * FROM pragma_foreign_key_list(?)", [name])
    }
    for column in connection.execute("SELECT * FROM pragma_table_info(?)", [name]):
        meaning = [comments.get(column["name"], "")]
        if column["pk"]:
            meaning.append("primary key")
        if column["name"] in keys:
            meaning.append(f"→ {keys[column['name']]}")
        allowed = re.search(rf"CHECK \({column['name']} IN \(([^)]*)\)", row["sql"])
        if allowed:
            meaning.append("one of " + allowed.group(1).replace("'", ""))
        kind = column["type"].lower() + (" not null" if column["notnull"] and not column["pk"] else "")
        lines.append(f"| {column['name']} | {kind} | {'; '.join(part for part in meaning if part)} |")
    indexes = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY name", [name]
    ).fetchall()
    if indexes:
        shown = [re.sub(r"^CREATE (UNIQUE )?INDEX \w+ ON \w+", r"\1", index["sql"]).strip() for index in indexes]
        lines += ["", "Indexes: " + ", ".join(f"`{index}`" for index in shown)]
    return [*lines, ""]


def _comments(sql: str) -> dict[str, str]:
    """Column → the comment at the end of its definition."""
    found: dict[str, str] = {}
    name = None
    for line in sql.splitlines():
        start = re.match(r"\s*([a-z_]+) [A-Z]", line)
        if start:
            name = start.group(1)
        comment = re.search(r"-- (.*)$", line)
        if comment and name is not None:
            found[name] = comment.group(1).replace("|", "\\|")
    return found


if __name__ == "__main__":
    sys.stdout.write(schema_markdown())

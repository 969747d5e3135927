"""SQL from users: reading only, with a time limit. Guarded three times over.

The file is opened with ``mode=ro``; an authorizer lets only reading through (no ATTACH, no PRAGMA that changes
anything, no loading of extensions); and a progress handler stops what runs too long.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.connection import connect
from db.errors import QueryError, QueryInterrupted, from_sqlite

_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_PRAGMAS = {
    "table_info",
    "table_xinfo",
    "table_list",
    "index_list",
    "index_info",
    "foreign_key_list",
    "user_version",
    "data_version",
}
_FORBIDDEN_FUNCTIONS = {"load_extension", "fts3_tokenizer", "writefile", "edit"}
_STEPS = 10_000  # virtual machine steps between two looks at the clock


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Columns and a stream of rows; reading the rows may raise QueryError or QueryInterrupted."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def query(path: str, sql: str, parameters: Sequence[Any] | Mapping[str, Any], *, seconds: float | None) -> QueryResult:
    """The result of one reading statement; see ``Store.query_readonly``."""
    connection = connect(path, readonly=True)
    try:
        connection.row_factory = None
        connection.execute("PRAGMA query_only = ON")
        connection.set_authorizer(_authorize)
        if seconds is not None:
            until = time.monotonic() + seconds
            connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        cursor = connection.execute(sql, parameters)
        if cursor.description is None:
            raise QueryError("not a query: it gives no rows")
        columns = tuple(column[0] for column in cursor.description)
    except (sqlite3.Error, sqlite3.Warning, ValueError, TypeError, OverflowError, QueryError) as error:
        connection.close()
        raise _translated(error, path, seconds) from error
    return QueryResult(columns, _rows(connection, cursor, path, seconds))


def _rows(
    connection: sqlite3.Connection, cursor: sqlite3.Cursor, path: str, seconds: float | None
) -> Iterator[tuple[Any, ...]]:
    try:
        yield from cursor
    except sqlite3.Error as error:
        raise _translated(error, path, seconds) from error
    finally:
        connection.close()


def _translated(error: Exception, path: str, seconds: float | None) -> Exception:
    if isinstance(error, QueryError):
        return error
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_AUTH:
            return QueryError("only reading is allowed here (SELECT)")
        if code == sqlite3.SQLITE_READONLY:
            return QueryError("only reading is allowed here (SELECT)")
        if code == sqlite3.SQLITE_INTERRUPT:
            return QueryInterrupted(f"the query took longer than {seconds:g} s and was stopped")
        if code not in (0, sqlite3.SQLITE_ERROR):
            return from_sqlite(error, path)
    return QueryError(str(error))


def _authorize(action: int, first: str | None, second: str | None, database: str | None, source: str | None) -> int:
    if action in _READING:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() not in _FORBIDDEN_FUNCTIONS:
        return sqlite3.SQLITE_OK
    # declaring a virtual table (full text, json_each) reads its columns from a statement that SQLite calls an update of
    # this table; a real one fails, as the file is open for reading only and the table may not be modified
    if action == sqlite3.SQLITE_UPDATE and first in ("sqlite_master", "sqlite_temp_master"):
        return sqlite3.SQLITE_OK
    # PRAGMA table_info(...) shows the schema; with an argument most others would set something
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in _PRAGMAS:
        return sqlite3.SQLITE_DENY if first == "user_version" and second is not None else sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY

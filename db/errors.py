"""What can go wrong with a store, each as one clear line that the command line and the browser show as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


class StoreError(Exception):
    """Base of all errors of this package; ``str(error)`` is one line for the user."""


class MissingStore(StoreError):
    """There is no such file (and it was not to be created)."""


class NotAStore(StoreError):
    """The file is no SQLite database, is damaged, or is a database of something else."""


class NewerStore(StoreError):
    """The database was written by a newer version of this program."""


class LockedStore(StoreError):
    """Another process kept the database locked for longer than the busy timeout."""


class ReadOnlyStore(StoreError):
    """The file or its folder cannot be written."""


class DiskFull(StoreError):
    """No space is left where the database lies."""


class UnknownId(StoreError):
    """There is no row with this id."""


class CorrectionError(StoreError):
    """This correction makes no sense here (an empty span, a merge of a speaker with itself, nothing to undo)."""


class QueryError(StoreError):
    """The SQL of a query is wrong, or is more than reading."""


class QueryInterrupted(StoreError):
    """The statement was interrupted (``Store.interrupt``) or ran past its time limit."""


def from_sqlite(error: sqlite3.Error, path: str) -> StoreError:
    """The error of this package that says the same as ``error``."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LockedStore(f"{path}: another program keeps the database locked; try again when it has finished")
    if primary in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return NotAStore(f"{path}: not a SQLite database, or damaged ({error})")
    if primary == sqlite3.SQLITE_FULL:
        return DiskFull(f"{path}: no space left on the disk; nothing of this article was written")
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return ReadOnlyStore(f"{path}: the database or its folder cannot be written")
    if primary == sqlite3.SQLITE_CANTOPEN:
        return ReadOnlyStore(f"{path}: the database cannot be opened (is the folder there, and may it be written?)")
    if primary == sqlite3.SQLITE_IOERR:
        return StoreError(f"{path}: reading or writing failed ({error})")
    if primary == sqlite3.SQLITE_INTERRUPT:
        return QueryInterrupted(f"{path}: interrupted")
    return StoreError(f"{path}: {error}")


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Turns ``sqlite3.Error`` into ``StoreError``."""
    try:
        yield
    except sqlite3.Error as error:
        raise from_sqlite(error, path) from error

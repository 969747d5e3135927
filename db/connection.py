"""Opening a database: its settings, its version, and bringing an older one up to date after a backup copy."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from urllib.parse import quote

from db import migrations
from db.errors import LockedStore, MissingStore, NewerStore, NotAStore, ReadOnlyStore, translated

BUSY_SECONDS = 30.0
_CACHE_KIB = 64 * 1024
_CHECKPOINT_PAGES = 10_000  # 40 MB of log: pages that many articles touch are copied into the database once


def connect(path: str, *, readonly: bool = False, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection with this project's settings (foreign keys, busy timeout). Transactions are begun by hand.

    It may be closed from another thread, but must be used in one only.
    """
    try:
        connection = _open(path, "mode=ro" if readonly else "mode=rwc", busy_seconds)
    except sqlite3.OperationalError:
        # In a folder that cannot be written SQLite cannot make the file that readers of a log share. Without a log,
        # and with nobody able to write one, the file can be read as it is.
        if not readonly or os.access(Path(path).absolute().parent, os.W_OK) or Path(f"{path}-wal").exists():
            raise
        connection = _open(path, "immutable=1", busy_seconds)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = OFF")
    connection.execute(
        "PRAGMA synchronous = NORMAL"
    )  # in WAL mode a crash may undo the last commits, never break the file
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection


def _open(path: str, mode: str, busy_seconds: float) -> sqlite3.Connection:
    uri = f"file:{quote(str(Path(path).absolute()))}?{mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")  # the first read is what opens the file
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def prepare(path: str, *, readonly: bool, create: bool, busy_seconds: float = BUSY_SECONDS) -> None:
    """Makes sure that there is a database of this version at ``path``: creates or upgrades it where that is allowed.

    Raises MissingStore, NotAStore, NewerStore, ReadOnlyStore or LockedStore.
    """
    file = Path(path)
    if file.is_dir():
        raise NotAStore(f"{path}: a folder, not a database")
    if not file.exists() and (readonly or not create):
        raise MissingStore(f"{path}: no such database; quotes extract makes one")
    with translated(path):
        connection = connect(path, readonly=readonly, busy_seconds=busy_seconds)
        try:
            pending = _pending(connection, path)
            if not pending:
                return
            if readonly:
                raise ReadOnlyStore(f"{path}: written by an older version; open it once for writing to upgrade it")
            _set_wal(connection, path, busy_seconds)
            _migrate(connection, path)
        finally:
            connection.close()


def _pending(connection: sqlite3.Connection, path: str) -> tuple[str, ...]:
    """The migrations that this database lacks. Raises NotAStore or NewerStore."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    applied: set[str] = set()
    if "_sqlite_migrations" in tables:
        query = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
        applied = {row[0] for row in connection.execute(query, [migrations.MIGRATION_SET])}
    if tables - {"_sqlite_migrations"} and not applied:
        raise NotAStore(f"{path}: a SQLite database, but not one of quotes")
    if applied - set(migrations.NAMES):
        raise NewerStore(f"{path}: written by a newer version of quotes; upgrade quotes to open it")
    return tuple(name for name in migrations.NAMES if name not in applied)


def _set_wal(connection: sqlite3.Connection, path: str, busy_seconds: float) -> None:
    """Switches to write-ahead logging; the busy timeout does not cover this, so it is tried until it passes."""
    until = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy:
                raise
            if time.monotonic() > until:
                raise LockedStore(f"{path}: another program keeps the database locked") from error
            time.sleep(0.02)


def _migrate(connection: sqlite3.Connection, path: str) -> None:
    """Applies what is pending in one transaction; a database with data is copied first."""
    from sqlite_utils import Database

    connection.execute("BEGIN IMMEDIATE")  # a second process waits here, and then finds nothing pending
    try:
        pending = _pending(connection, path)
        if pending:
            if len(pending) < len(migrations.NAMES):
                _back_up(path, tuple(name for name in migrations.NAMES if name not in pending)[-1])
            migrations.migrations().apply(Database(connection, recursive_triggers=False, execute_plugins=False))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _back_up(path: str, version: str) -> Path:
    """Copies the database beside itself (``quotes.db`` → ``quotes.db.0001_first.backup``) and gives the copy's path.

    An earlier backup is kept: the new one takes the next free number. Call it while holding the write lock.
    """
    number, target = 1, Path(f"{path}.{version}.backup")
    while target.exists():
        number += 1
        target = Path(f"{path}.{version}.backup{number}")
    unfinished = Path(f"{target}.part")
    unfinished.unlink(missing_ok=True)
    source = connect(path, readonly=True)
    try:
        copy = sqlite3.connect(unfinished)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
    finally:
        source.close()
    unfinished.rename(target)
    return target

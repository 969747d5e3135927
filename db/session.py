"""A database opened from any number of threads: a connection each, transactions, errors in this package's words."""

from __future__ import annotations

import getpass
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Self

from db import connection
from db.errors import ReadOnlyStore, StoreError, translated


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


class Session(AbstractContextManager["Session"]):
    """The connections of an open database."""

    def __init__(self, path: str, *, readonly: bool, author: str | None, busy_seconds: float) -> None:
        self.path = path
        self.readonly = readonly
        self.author = author or _login_name()
        self._busy_seconds = busy_seconds
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, for reading what no method gives."""
        found = getattr(self._local, "connection", None)
        if found is None:
            if self._closed:
                raise StoreError(f"{self.path}: the store is closed")
            with translated(self.path):
                found = connection.connect(self.path, readonly=self.readonly, busy_seconds=self._busy_seconds)
            self._local.connection = found
            with self._lock:
                self._all.append(found)
        return found

    def close(self) -> None:
        """Closes the connections of all threads; none may be in use."""
        self._closed = True
        with self._lock:
            for each in self._all:
                each.close()
            self._all.clear()
        self._local = threading.local()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __enter__(self) -> Self:
        return self

    def interrupter(self) -> Callable[[], None]:
        """A function that another thread may call to stop this thread's running statement (QueryInterrupted)."""
        return self.connection.interrupt

    def data_version(self) -> int:
        """A number that changes when another connection (of any thread or process) has written; cheap to poll."""
        with self._reading() as reader:
            return int(reader.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the database for several statements."""
        reader = self.connection
        with translated(self.path):
            if reader.in_transaction:
                yield reader
                return
            reader.execute("BEGIN")
            try:
                yield reader
            finally:
                if reader.in_transaction:
                    reader.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        if self.readonly:
            raise ReadOnlyStore(f"{self.path}: opened for reading only")
        writer = self.connection
        with translated(self.path):
            writer.execute("BEGIN IMMEDIATE")
            try:
                yield writer
                writer.execute("COMMIT")
            except BaseException:
                if writer.in_transaction:
                    writer.execute("ROLLBACK")
                raise

    @contextmanager
    def _snapshot(self) -> Iterator[sqlite3.Connection]:
        """The database as it is now, on a connection of its own: long reading sees no later writing, and stops none."""
        with translated(self.path):
            reader = connection.connect(self.path, readonly=True, busy_seconds=self._busy_seconds)
            try:
                reader.execute("BEGIN")
                yield reader
            finally:
                reader.close()

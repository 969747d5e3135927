"""The open database of one session, and a way to stop a query that nobody waits for any more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from db import Store, open_store


class Stores:
    """Opens ``path``, never makes it, and keeps account of whose work is under way. Raises as ``db.open_store``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store: Store = open_store(path, create=False, busy_seconds=10)
        self._lock = threading.Lock()
        self._busy: dict[str, Callable[[], None]] = {}

    @contextmanager
    def work(self, group: str) -> Iterator[Store]:
        """The store for one piece of work in this thread, which ``interrupt(group)`` may stop from another one."""
        interrupt = self.store.interrupter()
        with self._lock:
            self._busy[group] = interrupt
        try:
            yield self.store
        finally:
            with self._lock:
                if self._busy.get(group) is interrupt:
                    del self._busy[group]

    def interrupt(self, group: str) -> None:
        """Stops the query that a group's work is in, if any; it raises ``db.QueryInterrupted`` there."""
        # Under the lock the work cannot end, so that its connection's next work is never hit instead.
        with self._lock:
            interrupt = self._busy.get(group)
            if interrupt is not None:
                interrupt()

    def interrupt_all(self) -> None:
        """Stops all queries, so that the app can close."""
        with self._lock:
            for interrupt in self._busy.values():
                interrupt()

    def close(self) -> None:
        """Closes all connections. To be called when no work is under way."""
        self.store.close()

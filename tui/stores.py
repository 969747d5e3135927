"""The open database of one session, and a way to stop a query that nobody waits for any more."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from db import QueryInterrupted, Store, open_store

_CLOSING_SECONDS = 5
T = TypeVar("T")


class Stores:
    """Opens ``path``, never makes it, and keeps account of whose work is under way. Raises as ``db.open_store``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store: Store = open_store(path, create=False, busy_seconds=10)
        self._changed = threading.Condition()
        self._busy: dict[str, list[Callable[[], None]]] = {}
        self._closing = False

    @contextmanager
    def work(self, group: str) -> Iterator[Store]:
        """The store for one piece of work in this thread, which ``interrupt(group)`` may stop from another one."""
        if self._closing:
            raise QueryInterrupted("the browser is closing")
        interrupt = self.store.interrupter()  # may open a connection: not under the lock, which keys wait for
        with self._changed:
            if self._closing:
                raise QueryInterrupted("the browser is closing")
            self._busy.setdefault(group, []).append(interrupt)
        try:
            yield self.store
        finally:
            with self._changed:
                self._busy[group].remove(interrupt)
                if not self._busy[group]:
                    del self._busy[group]
                self._changed.notify_all()

    async def ask(self, group: str, action: Callable[[Store], T]) -> T:
        """What ``action`` gives, which runs in a thread, as a piece of work of ``group``."""

        def work() -> T:
            with self.work(group) as store:
                return action(store)

        return await asyncio.to_thread(work)

    def interrupt(self, group: str) -> None:
        """Stops the queries that a group's works are in, if any; they raise ``db.QueryInterrupted`` there."""
        # Under the lock the work cannot end, so that its connection's next work is never hit instead.
        with self._changed:
            for interrupt in self._busy.get(group, ()):
                interrupt()

    def close(self) -> None:
        """Stops all work, and closes all connections when it has ended: threads of cancelled workers run till then."""
        until = time.monotonic() + _CLOSING_SECONDS
        with self._changed:
            self._closing = True
            while self._busy and time.monotonic() < until:
                for group in self._busy.values():
                    for interrupt in group:
                        interrupt()
                self._changed.wait(0.02)
            ended = not self._busy
        if ended:  # closing a connection that is in use would end the process badly; with it they are closed anyway
            self.store.close()

"""The store: one object through which everything else reads, writes and corrects a database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from db import connection, renaming, writing
from db.correcting import Correcting
from db.errors import StoreError, translated
from db.names import storable
from db.reading import Reading
from db.records import Run, Written
from quotes import jsonl
from quotes.model import Article, Extraction, SpeakerKind


def open_store(
    path: str | Path,
    readonly: bool = False,
    *,
    create: bool = True,
    author: str | None = None,
    busy_seconds: float = 30,
) -> Store:
    """Opens a database; makes it (unless ``readonly`` or not ``create``), upgrades an older one after a backup copy.

    ``author`` signs corrections (default: the user's login name). ``busy_seconds`` is how long to wait for another
    process that writes. Raises StoreError: MissingStore, NotAStore, NewerStore, ReadOnlyStore, LockedStore.
    """
    path = str(path)
    connection.prepare(path, readonly=readonly, create=create, busy_seconds=busy_seconds)
    return Store(path, readonly=readonly, author=author, busy_seconds=busy_seconds)


class Store(Reading, Correcting):
    """An open database. Use it from any thread: each gets a connection of its own. ``open_store`` makes one."""

    def __init__(self, path: str, *, readonly: bool, author: str | None, busy_seconds: float) -> None:
        super().__init__(path, readonly=readonly, author=author, busy_seconds=busy_seconds)
        self._seen: dict[tuple[int, str], list[str]] = {}

    def start_run(self, engine: str, arguments: str | None = None) -> Run:
        """Begins a run; ``engine`` is the version of program and models: a later run redoes what another made."""
        with self._writing() as writer:
            cursor = writer.execute(
                "INSERT INTO run(engine, arguments, started_at) VALUES (?, ?, ?)",
                [engine, None if arguments is None else storable(arguments), writing.now()],
            )
            return Run(int(cursor.lastrowid or 0), engine)

    def finish_run(self, run: Run) -> None:
        """Notes that a run came to its end, and lets SQLite renew the statistics by which it plans queries."""
        with self._writing() as writer:
            writer.execute("UPDATE run SET finished_at = ? WHERE id = ?", [writing.now(), run.id])
        self._seen = {key: hashes for key, hashes in self._seen.items() if key[0] != run.id}
        with translated(self.path):
            self.connection.execute("PRAGMA optimize")

    def is_current(self, article: Article, run: Run) -> bool:
        """Whether this article, with this text and metadata, was already extracted by the engine of ``run``.

        Ask it before extracting; ``write`` must still be called in the order of reading for what is not current.
        """
        with self._reading() as reader:
            return writing.is_current(reader, article, run.engine, self._key(article, run))

    def write(self, extraction: Extraction, run: Run, *, force: bool = False) -> Written:
        """Writes an article with its quotations in one transaction; nothing, when text and engine are as stored.

        An article is the same one as in an earlier run by its path, else its URL, else its text; documents that share a
        path in one run (records of one file) are told apart by their order. A changed one replaces the stored one: rows
        of quotations that are still found keep their ids, corrections are applied again. Raises StoreError.
        """
        key = self._key(extraction.article, run)
        with self._writing() as writer:
            return writing.write(writer, extraction, run, key, force=force)

    def _key(self, article: Article, run: Run) -> str:
        """The article's key, numbered when another text with the same path came before in this run."""
        key, content = writing.article_key(article), writing.content_hash(article)
        with self._lock:
            hashes = self._seen.setdefault((run.id, key), [])
            if content not in hashes:
                hashes.append(content)
            number = hashes.index(content)
        return key if number == 0 else f"{key}#{number + 1}"

    def rename_canonical(self, old: str, new: str, kind: SpeakerKind, country: str | None = None) -> bool:
        """Tells that the engine now knows its speaker ``old`` by the fuller name ``new``; gives whether it was taken.

        All quotations stored under ``old`` go to ``new``. It is no correction: there is nothing to undo, and a name
        that a person's correction mentions stays. ``country`` tells which namesake is meant; where that is not clear
        nothing is done.
        """
        with self._writing() as writer:
            return renaming.rename_canonical(writer, storable(old), storable(new), kind, country)

    def import_documents(self, lines: Iterable[str], run: Run) -> Iterator[Written]:
        """Writes documents that come as lines of JSON (``quotes extract --jsonl``), each when its result is taken.

        Raises StoreError naming the line that is none; what stood before it is written.
        """
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                extraction = jsonl.from_dict(json.loads(line))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise StoreError(f"line {number} is not a document with its quotations ({error})") from error
            yield self.write(extraction, run)

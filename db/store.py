"""The store: one object through which everything else reads, writes and corrects a database."""

from __future__ import annotations

import getpass
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from db import articles, connection, corrections, identity, listing, speakers, writing
from db.errors import CorrectionError, ReadOnlyStore, StoreError, UnknownId, translated
from db.names import storable
from db.records import (
    CORRECTION_STATES,
    ArticleDetail,
    ArticleRow,
    ArticleSort,
    CorrectionRow,
    CorrectionState,
    Facet,
    Filter,
    KnownSpeaker,
    Page,
    Period,
    QuotationRow,
    QuotationSort,
    QuotationSpans,
    RepeatGroup,
    Run,
    SpeakerDetail,
    SpeakerRow,
    SpeakerSort,
    Totals,
    Written,
)
from quotes.model import ACTS, FORMS, MODES, SPEAKER_KINDS, Article, Cue, Extraction, Span, Speaker


class _Keep:
    def __repr__(self) -> str:
        return "KEEP"


KEEP: Any = _Keep()  # "leave this as it is", where None means "there is none"


def open_store(
    path: str | Path,
    readonly: bool = False,
    *,
    create: bool = True,
    author: str | None = None,
    busy_seconds: float = 30,
) -> Store:
    """Opens a database; makes it (unless ``readonly`` or not ``create``), and upgrades an older one after a backup copy.

    ``author`` signs corrections (default: the user's login name). ``busy_seconds`` is how long to wait for another
    process that writes. Raises StoreError: MissingStore, NotAStore, NewerStore, ReadOnlyStore, LockedStore.
    """
    path = str(path)
    connection.prepare(path, readonly=readonly, create=create, busy_seconds=busy_seconds)
    return Store(path, readonly=readonly, author=author, busy_seconds=busy_seconds)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


class Store(AbstractContextManager["Store"]):
    """An open database. Use it from any thread: each gets a connection of its own. ``open_store`` makes one."""

    def __init__(self, path: str, *, readonly: bool, author: str | None, busy_seconds: float) -> None:
        self.path = path
        self.readonly = readonly
        self.author = author or _login_name()
        self._busy_seconds = busy_seconds
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        self._seen: dict[tuple[int, str], list[str]] = {}

    # connections

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
        return found  # type: ignore[no-any-return]

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
        """A number that changes when another connection (of any thread or process) has written. Cheap enough to poll."""
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

    # writing

    def start_run(self, engine: str, arguments: str | None = None) -> Run:
        """Begins a run; ``engine`` is the version of program and models, by which a later run knows what to do again."""
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

    # reading

    def quotations(
        self,
        filter: Filter = Filter(),  # noqa: B008 - frozen
        sort: QuotationSort = "newest",
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int = 50,
        count_to: int = 1000,
    ) -> Page[QuotationRow]:
        """One page of the quotations that pass ``filter``.

        ``after`` and ``before`` take the cursors of a neighbouring page with the same filter and sort. ``count_to``
        bounds the counting (0: do not count). Sorts: "newest" and "oldest" by the article's date, "position" as in the
        articles, "speaker" by name, "confidence" the lowest first, "repeats" the most repeated first, "relevance" by
        bm25 (with words that stand in more than 20,000 quotations, or without words: the newest first).
        """
        with self._reading() as reader:
            return listing.quotations(reader, filter, sort, after=after, before=before, limit=limit, count_to=count_to)

    def search(self, words: str, filter: Filter = Filter(), **page: Any) -> Page[QuotationRow]:  # noqa: B008 - frozen
        """The quotations with ``words``, the best first, with snippets; other arguments as for ``quotations``."""
        return self.quotations(replace(filter, words=words), **{"sort": "relevance", **page})

    def quotation(self, quotation_id: int) -> QuotationSpans:
        """One quotation with its places in the text. Raises UnknownId."""
        with self._reading() as reader:
            return articles.quotation(reader, quotation_id)

    def article(self, article_id: int) -> ArticleDetail:
        """An article with text, layout and all its quotations. Raises UnknownId."""
        with self._reading() as reader:
            return articles.article(reader, article_id)

    def articles(
        self,
        words: str | None = None,
        sort: ArticleSort = "newest",
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int = 50,
        count_to: int = 1000,
    ) -> Page[ArticleRow]:
        """One page of the articles, of those in whose title or text ``words`` stand."""
        with self._reading() as reader:
            return articles.articles(reader, words, sort, after=after, before=before, limit=limit, count_to=count_to)

    def article_id(self, path: str) -> int | None:
        """The id of the article read from ``path`` (or from the only path that ends so), None if there is none."""
        with self._reading() as reader:
            return articles.article_id(reader, path)

    def speakers(
        self,
        filter: Filter = Filter(),  # noqa: B008 - frozen
        sort: SpeakerSort = "most-quoted",
        *,
        prefix: str | None = None,
        after: str | None = None,
        before: str | None = None,
        limit: int = 50,
        count_to: int = 1000,
    ) -> Page[SpeakerRow]:
        """One page of the speakers of the quotations that pass ``filter``, counting those quotations only.

        ``prefix`` is the start of any word of a name or alias, whatever the case and accents.
        """
        with self._reading() as reader:
            return speakers.speakers(
                reader,
                filter,
                sort,
                prefix=prefix,
                after=after,
                before=before,
                limit=limit,
                count_to=count_to,
            )

    def speaker(self, speaker_id: int) -> SpeakerDetail:
        """A speaker with aliases and roles. Raises UnknownId."""
        with self._reading() as reader:
            return speakers.speaker(reader, speaker_id)

    def speaker_index(self) -> tuple[KnownSpeaker, ...]:
        """All known speakers with their aliases, countries and latest roles, so that new names can be linked to them."""
        with self._reading() as reader:
            return speakers.index(reader)

    def countries(self, filter: Filter = Filter()) -> tuple[Facet, ...]:  # noqa: B008 - frozen
        """For whom the speakers speak (ISO 3166 alpha-3), the most frequent first."""
        return self.facet("country", filter)

    def publishers(self, filter: Filter = Filter()) -> tuple[Facet, ...]:  # noqa: B008 - frozen
        """The outlets, the most frequent first."""
        return self.facet("publisher", filter)

    def facet(self, column: str, filter: Filter = Filter()) -> tuple[Facet, ...]:  # noqa: B008 - frozen
        """How many quotations have each value of country, publisher, form, mode, act, status or speaker_kind."""
        with self._reading() as reader:
            return articles.facet(reader, column, filter)

    def timeline(self, speaker_id: int | None = None, filter: Filter = Filter()) -> tuple[Period, ...]:  # noqa: B008
        """Quotations (of a speaker) by month and act, the earliest first, the undated last."""
        if speaker_id is not None:
            filter = replace(filter, speaker_ids=(speaker_id,))
        with self._reading() as reader:
            return speakers.timeline(reader, filter)

    def repeats(self, quotation_id: int) -> RepeatGroup | None:
        """All versions of a quotation with their differences from the longest; None if there is one only."""
        with self._reading() as reader:
            return articles.repeats(reader, quotation_id)

    def totals(self) -> Totals:
        """How much is in the store."""
        with self._reading() as reader:
            return articles.totals(reader)

    # corrections of quotations

    def confirm(self, quotation_id: int, *, author: str | None = None, note: str | None = None) -> int:
        """Says that a quotation is right as it is; gives the correction's id. Raises UnknownId."""
        with self._writing() as writer:
            return corrections.correct_quotation(
                writer, quotation_id, "confirm", None, author=author or self.author, note=note
            )

    def reject(self, quotation_id: int, *, author: str | None = None, note: str | None = None) -> int:
        """Says that this is no quotation: lists and exports leave it out unless asked for. Raises UnknownId."""
        with self._writing() as writer:
            return corrections.correct_quotation(
                writer, quotation_id, "reject", None, author=author or self.author, note=note
            )

    def reassign(
        self,
        quotation_id: int,
        speaker: int | Speaker | None,
        *,
        author: str | None = None,
        note: str | None = None,
    ) -> int:
        """Gives a quotation to another speaker: one in the store (id), a new one, or nobody (None). Raises UnknownId."""
        with self._writing() as writer:
            return self._reassign(writer, quotation_id, speaker, author, note, None)

    def _reassign(
        self,
        writer: sqlite3.Connection,
        quotation_id: int,
        speaker: int | Speaker | None,
        author: str | None,
        note: str | None,
        batch: int | None,
    ) -> int:
        now = articles.quotation(writer, quotation_id)
        if isinstance(speaker, int):
            who = corrections.speaker_identity(writer, speaker)
            known = speakers.speaker(writer, speaker).speaker
            speaker = corrections.speaker_of(who, known.role)
        if speaker is not None:
            _check_speaker(speaker.name, speaker.kind)
        quotation = corrections.stored(writer, now.quotation.article_id, quotation_id)
        after = replace(quotation, speaker=speaker, resolution="given by a person")
        return corrections.correct_quotation(
            writer, quotation_id, "reassign", after, author=author or self.author, note=note, batch=batch
        )

    def edit(
        self,
        quotation_id: int,
        *,
        content: Sequence[Span] = KEEP,
        cue: Span | None = KEEP,
        source: Span | None = KEEP,
        form: str = KEEP,
        mode: str = KEEP,
        act: str = KEEP,
        author: str | None = None,
        note: str | None = None,
    ) -> int:
        """Changes spans (code points of the article's text) or kind of a quotation; what is not given stays.

        Raises UnknownId, and CorrectionError when a span is empty, out of order or outside the text.
        """
        with self._writing() as writer:
            now = articles.quotation(writer, quotation_id).quotation
            text = writer.execute("SELECT text FROM article WHERE id = ?", [now.article_id]).fetchone()[0]
            quotation = corrections.stored(writer, now.article_id, quotation_id)
            values: dict[str, Any] = {}
            if content is not KEEP:
                values["content"] = tuple(content)
                _check_spans(values["content"], text)
            if cue is not KEEP:
                if cue is not None:
                    _check_spans([cue], text)
                lemma = quotation.cue.lemma if quotation.cue is not None else ""
                values["cue"] = None if cue is None else Cue(cue, lemma or cue.of(text).lower())
            if source is not KEEP:
                if source is not None:
                    _check_spans([source], text)
                values["source"] = source
            for name, value, allowed in (("form", form, FORMS), ("mode", mode, MODES), ("act", act, ACTS)):
                if value is not KEEP:
                    if value not in allowed:
                        raise CorrectionError(f"no such {name}: {value}; there are {', '.join(allowed)}")
                    values[name] = value
            if not values:
                raise CorrectionError("nothing was changed")
            return corrections.correct_quotation(
                writer,
                quotation_id,
                "edit",
                replace(quotation, **values),
                author=author or self.author,
                note=note,
                changed=tuple(values),
            )

    # corrections of speakers

    def merge(
        self, speaker_ids: Iterable[int], into: int, *, author: str | None = None, note: str | None = None
    ) -> list[int]:
        """Says that these speakers are the speaker ``into``; gives the corrections' ids. Raises UnknownId."""
        done: list[int] = []
        with self._writing() as writer:
            target = corrections.speaker_identity(writer, into)
            subjects = [
                corrections.speaker_identity(writer, speaker_id)
                for speaker_id in dict.fromkeys(speaker_ids)
                if speaker_id != into
            ]
            if not subjects:
                raise CorrectionError("a speaker can only be merged into another one")
            for subject in subjects:
                done.append(
                    corrections.correct_speakers(
                        writer,
                        "merge",
                        subject,
                        target,
                        author=author or self.author,
                        note=note,
                        batch=done[0] if done else None,
                    )
                )
        return done

    def rename(self, speaker_id: int, name: str, *, author: str | None = None, note: str | None = None) -> int:
        """Gives a speaker another canonical name. Raises UnknownId, CorrectionError when another one has it."""
        name = " ".join(storable(name).split())
        with self._writing() as writer:
            subject = corrections.speaker_identity(writer, speaker_id)
            _check_speaker(name, subject.kind)
            target = replace(subject, name=name)
            if target == subject:
                raise CorrectionError("this is the speaker's name already")
            if identity.find_speaker(writer, target) is not None:
                raise CorrectionError(f"there is another speaker of the name {name}; merge the two instead")
            return corrections.correct_speakers(
                writer, "rename", subject, target, author=author or self.author, note=note
            )

    def split(
        self,
        speaker_id: int,
        name: str,
        *,
        aliases: Sequence[str] = (),
        quotation_ids: Sequence[int] = (),
        country: str | None = KEEP,
        kind: str = KEEP,
        author: str | None = None,
        note: str | None = None,
    ) -> list[int]:
        """Takes some of a speaker's aliases (names in documents), or some quotations, away to a speaker called ``name``.

        Of aliases later finds go there too. Raises UnknownId, CorrectionError.
        """
        name = " ".join(storable(name).split())
        done: list[int] = []
        with self._writing() as writer:
            subject = corrections.speaker_identity(writer, speaker_id)
            target = identity.Identity(
                name,
                subject.kind if kind is KEEP else kind,
                subject.country if country is KEEP else country,
            )
            _check_speaker(name, target.kind)
            if target == subject or not (aliases or quotation_ids):
                raise CorrectionError("a split needs another name, and aliases or quotations to take away")
            names = {alias.name for alias in speakers.speaker(writer, speaker_id).aliases}
            for alias in aliases:
                if alias not in names:
                    raise CorrectionError(f"{subject.name} has no alias {alias}")
            if aliases:
                done.append(
                    corrections.correct_speakers(
                        writer, "split", subject, target, author=author or self.author, note=note, names=aliases
                    )
                )
            for quotation_id in quotation_ids:
                row = articles.quotation(writer, quotation_id).quotation
                if row.speaker_id != speaker_id and not aliases:
                    raise CorrectionError(f"quotation {quotation_id} is not by {subject.name}")
                new = corrections.speaker_of(target, row.role)
                batch = done[0] if done else None
                done.append(self._reassign(writer, quotation_id, new, author, note, batch))
        return done

    # the history of corrections

    def undo(self, correction_id: int | None = None) -> list[int]:
        """Undoes a correction, or the last one, with all that were made as one; gives their ids."""
        with self._writing() as writer:
            return corrections.undo(writer, correction_id)

    def redo(self, correction_id: int | None = None) -> list[int]:
        """Makes an undone correction again, or the one undone last; gives the ids."""
        with self._writing() as writer:
            return corrections.redo(writer, correction_id)

    def corrections(
        self, state: CorrectionState | None = None, *, quotation_id: int | None = None
    ) -> list[CorrectionRow]:
        """The corrections, the latest first; ``state`` "conflict" gives those that found no place in a changed text."""
        if state is not None and state not in CORRECTION_STATES:
            raise StoreError(f"no such state: {state}; there are {', '.join(CORRECTION_STATES)}")
        with self._reading() as reader:
            return corrections.listed(reader, state, quotation_id)

    def conflicts(self) -> list[CorrectionRow]:
        """The corrections that found no place in a changed text, each with its reason."""
        return self.corrections("conflict")

    def export_corrections(self) -> Iterator[str]:
        """All corrections that are not undone, as lines of JSON without line ends."""
        with self._reading() as reader:
            lines = list(corrections.exported(reader))
        yield from lines

    def import_corrections(self, lines: Iterable[str]) -> tuple[int, int]:
        """Takes over the corrections of another database; gives how many were new and how many known already.

        They are applied to the articles that are there, and to those that come later. Raises CorrectionError naming the
        line that is none; then nothing is taken over.
        """
        with self._writing() as writer:
            return corrections.imported(writer, lines)


def _check_speaker(name: str, kind: str) -> None:
    if not name.strip():
        raise CorrectionError("a speaker needs a name")
    if kind not in SPEAKER_KINDS:
        raise CorrectionError(f"no such kind of speaker: {kind}; there are {', '.join(SPEAKER_KINDS)}")


def _check_spans(spans: Sequence[Span], text: str) -> None:
    if not spans:
        raise CorrectionError("a quotation has at least one piece of content")
    end = 0
    for span in spans:
        if not span.of(text).strip():
            raise CorrectionError("a span is empty, or outside the text")
        if span.start < end or span.end > len(text):
            raise CorrectionError("the pieces overlap, are out of order, or reach outside the text")
        end = span.end


__all__ = ["KEEP", "Store", "UnknownId", "open_store"]

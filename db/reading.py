"""What can be read from a store: lists, single things, facets, exports, and SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from db import articles, documents, listing, readonly, speakers
from db.export import ExportFormat, columns_of, text_export, write_file, write_parquet
from db.records import (
    ArticleDetail,
    ArticleRow,
    ArticleSort,
    Facet,
    Filter,
    KnownSpeaker,
    Listed,
    Page,
    Period,
    QuotationRow,
    QuotationSort,
    QuotationSpans,
    RepeatGroup,
    SpeakerDetail,
    SpeakerRow,
    SpeakerSort,
    Totals,
)
from db.session import Session
from quotes.model import Extraction


class Reading(Session):
    """The reading half of a store."""

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
        bm25 (for words that more than 10,000 quotations have: the latest written first; without words: the newest).
        Where frequent words meet other conditions, counting ends at 200.
        """
        with self._reading() as reader:
            return listing.quotations(reader, filter, sort, after=after, before=before, limit=limit, count_to=count_to)

    def search(self, words: str, filter: Filter = Filter(), **page: Any) -> Page[QuotationRow]:  # noqa: B008 - frozen
        """The quotations with ``words``, the best first, with snippets; other arguments as for ``quotations``."""
        return self.quotations(replace(filter, words=words), **{"sort": "relevance", **page})

    def ids(
        self,
        filter: Filter = Filter(),  # noqa: B008 - frozen
        sort: QuotationSort = "newest",
        *,
        size: int = 20_000,
        first: int | None = None,
    ) -> Iterator[list[int]]:
        """The ids of all quotations that pass ``filter``, in order, in lists of ``size``.

        The first list has ``first`` ids (default: ``size``) and is there at once; all others are read together when
        the second one is taken. What is written before that shows in them.
        """
        pieces = listing.every_id(self.connection, filter, sort, size, first)
        while True:
            with self._reading():
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    def rows(self, ids: Sequence[int], *, words: str | None = None) -> list[QuotationRow]:
        """The quotations with these ids, in this order; ids that are gone are left out.

        Those that have ``words`` get a snippet with the found words between MARK_START and MARK_END.
        """
        with self._reading() as reader:
            if words is None:
                return listing.rows_by_id(reader, ids)
            return listing.rows_with_snippets(reader, ids, words)

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
        filter: Filter = Filter(),  # noqa: B008 - frozen
        after: str | None = None,
        before: str | None = None,
        limit: int = 50,
        count_to: int = 1000,
    ) -> Page[ArticleRow]:
        """One page of the articles in whose title or text ``words`` stand as written (``prefix*`` for more).

        With a ``filter`` only those of the quotations that pass it, counting those quotations only; its own words are
        looked for in the quotations. Without one also articles that quote nobody.
        """
        with self._reading() as reader:
            return articles.articles(
                reader,
                words,
                sort,
                filter=filter,
                after=after,
                before=before,
                limit=limit,
                count_to=count_to,
            )

    def article_list(self, sort: ArticleSort = "newest", filter: Filter = Filter()) -> Listed:  # noqa: B008 - frozen
        """All articles of ``articles`` at once, without their rows, which ``article_rows`` gives."""
        with self._reading() as reader:
            return articles.listed(reader, sort, filter)

    def article_rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        """The articles with these ids, in this order, counting all their quotations; ids that are gone are left out."""
        with self._reading() as reader:
            return articles.by_ids(reader, ids)

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

    def speaker_list(self, filter: Filter = Filter(), sort: SpeakerSort = "most-quoted") -> Listed:  # noqa: B008
        """All speakers of ``speakers`` at once, without their rows, which ``speaker_rows`` gives."""
        with self._reading() as reader:
            return speakers.listed(reader, filter, sort)

    def speaker_rows(self, ids: Sequence[int]) -> list[SpeakerRow]:
        """The speakers with these ids, in this order, counting all their quotations; ids that are gone are left out."""
        with self._reading() as reader:
            return speakers.by_ids(reader, ids)

    def speaker(self, speaker_id: int) -> SpeakerDetail:
        """A speaker with aliases and roles. Raises UnknownId."""
        with self._reading() as reader:
            return speakers.speaker(reader, speaker_id)

    def speaker_index(self) -> tuple[KnownSpeaker, ...]:
        """All known speakers with aliases, countries and latest roles, so that new names can be linked to them."""
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

    def export(
        self,
        format: ExportFormat = "csv",
        filter: Filter = Filter(),  # noqa: B008 - frozen
        sort: QuotationSort = "position",
        *,
        columns: Sequence[str] | None = None,
        excel: bool = False,
    ) -> Iterator[str]:
        """The quotations that pass ``filter`` as pieces of CSV (RFC 4180), JSON, JSON Lines or Markdown text.

        Write them as UTF-8 without newline translation. ``excel`` (CSV only) adds a byte order mark and disarms cells
        that a spreadsheet would take for formulas. In CSV nothing and an empty text look the same. Raises StoreError
        for a column or format that is not there, before the first piece.
        """
        chosen = columns_of(columns)
        text_export((), format, chosen)

        def pieces() -> Iterator[str]:
            with self._snapshot() as reader:
                yield from text_export(listing.every_row(reader, filter, sort), format, chosen, excel=excel)

        return pieces()

    def export_file(
        self,
        path: str | Path,
        format: ExportFormat = "csv",
        filter: Filter = Filter(),  # noqa: B008 - frozen
        sort: QuotationSort = "position",
        *,
        columns: Sequence[str] | None = None,
        excel: bool = False,
    ) -> None:
        """Writes an export (also Parquet, where pyarrow is installed) to a file, which is whole or not there at all."""
        if format != "parquet":
            write_file(Path(path), self.export(format, filter, sort, columns=columns, excel=excel))
            return
        with self._snapshot() as reader:
            write_parquet(Path(path), listing.every_row(reader, filter, sort), columns_of(columns))

    def documents(self, filter: Filter = Filter()) -> Iterator[Extraction]:  # noqa: B008 - frozen
        """Articles with those of their quotations that pass ``filter``, as they stand after correction.

        ``quotes.to_line`` makes the JSON Lines contract of each; ``Filter(status=("confirmed", "corrected"))`` gives
        what people have reviewed, to evaluate against.
        """
        with self._snapshot() as reader:
            yield from documents.documents(reader, filter)

    def query_readonly(
        self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = (), *, seconds: float | None = None
    ) -> readonly.QueryResult:
        """The result of one SELECT, read as it is taken, stopped after ``seconds``. It cannot change anything.

        Raises QueryError (also while rows are taken) when the SQL is wrong or more than reading, QueryInterrupted.
        """
        return readonly.query(self.path, sql, parameters, seconds=seconds)

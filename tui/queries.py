"""What the panes ask of the store, as plain functions that run in a worker's thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from db import ArticleRow, Facet, Filter, QuotationRow, SpeakerRow, Store
from db.export import ExportFormat
from db.records import ArticleSort, QuotationSort, SpeakerSort
from tui.names import country_name
from tui.view import View
from tui.widgets.browse_list import ALL, Entry, search_text

ORDERS: dict[str, tuple[str, ...]] = {
    "speakers": ("most-quoted", "name", "latest"),
    "articles": ("newest", "oldest", "title", "most-quotations"),
    "countries": ("most-quoted", "name"),
}
_FIRST, _REST = 200, 100_000
_PIECE = 20_000  # ids at a time
_BREATH = 0.002  # seconds between the pieces, in which the screen has Python to itself
COUNT_TO = 10_000_000


@dataclass(frozen=True)
class Listing:
    """The rows of the list on the left, how each is drawn, and the entry that stands for all of them."""

    top: Entry
    rows: Sequence[Any]
    entry_of: Callable[[Any], Entry]
    names: list[str] | None = None  # what typing is compared with, row by row: made here, as it takes a while
    places: dict[Any, int] | None = None  # of the keys among the rows


def speaker_entry(row: SpeakerRow | Entry) -> Entry:
    """A speaker as the list draws them. An entry stays as it is (that of no speaker)."""
    if isinstance(row, Entry):
        return row
    return Entry(
        row.id, row.name, row.role or ("" if row.kind == "person" else row.kind), row.country or "", row.quotations
    )


def article_entry(row: ArticleRow) -> Entry:
    detail = " · ".join(part for part in ((row.published or "")[:10], row.publisher) if part)
    return Entry(row.id, row.title or row.path or row.url or "Untitled", detail, "", row.quotations)


def country_entry(row: Facet) -> Entry:
    return Entry(row.value, country_name(row.value), "", row.value or "", row.quotations)


def count(store: Store, wanted: Filter) -> int:
    """How many quotations pass."""
    return store.quotations(wanted, limit=1, count_to=COUNT_TO).count or 0


def listing(store: Store, view: View, order: str) -> Iterator[Listing]:
    """The list on the left: its first rows as soon as they are known, then all."""
    lists = {"speakers": _speakers, "countries": _countries, "articles": _articles}
    return lists[view.by](store, view.filter, order)


def _speakers(store: Store, wanted: Filter, order: str) -> Iterator[Listing]:
    sort = cast(SpeakerSort, order)
    first = store.speakers(wanted, sort, limit=_FIRST, count_to=0)
    yield Listing(Entry(ALL, "Everybody"), first.rows, speaker_entry)
    rows: tuple[SpeakerRow | Entry, ...] = first.rows
    if first.next is not None:
        rows += store.speakers(wanted, sort, after=first.next, limit=_REST, count_to=0).rows
    unknown = 0 if wanted.unattributed is False else count(store, replace(wanted, unattributed=True))
    if unknown:
        rows += (Entry(None, "No speaker found", "unnamed, or not identified", "", unknown),)
    speakers = len(rows) - bool(unknown)
    top = Entry(ALL, "Everybody", _plural(speakers, "speaker"), number=count(store, wanted))
    entries = [speaker_entry(row) for row in rows]
    yield Listing(
        top, rows, speaker_entry, list(map(search_text, entries)), {entry.key: i for i, entry in enumerate(entries)}
    )


def _countries(store: Store, wanted: Filter, order: str) -> Iterator[Listing]:
    rows: Sequence[Facet] = store.countries(wanted)
    if order == "name":
        rows = sorted(rows, key=lambda row: (row.value is None, country_name(row.value)))
    countries = sum(row.value is not None for row in rows)
    top = Entry(ALL, "All countries", _plural(countries, "country"), number=sum(row.quotations for row in rows))
    yield Listing(top, rows, country_entry)


def _articles(store: Store, wanted: Filter, order: str) -> Iterator[Listing]:
    sort = cast(ArticleSort, order)
    # with a filter the quotations of all are counted first, so that the first few take as long as all
    limit = _FIRST if wanted == Filter() else _REST
    first = store.articles(sort=sort, filter=wanted, limit=limit, count_to=0)
    rows = first.rows
    yield Listing(Entry(ALL, "All articles"), rows, article_entry)
    if first.next is not None:
        rows += store.articles(sort=sort, filter=wanted, after=first.next, limit=_REST, count_to=0).rows
    top = Entry(ALL, "All articles", _plural(len(rows), "article"), number=count(store, wanted))
    yield Listing(top, rows, article_entry)


def _plural(number: int, one: str) -> str:
    many = one[:-1] + "ies" if one.endswith("y") else one + "s"
    return f"{number:,} {one if number == 1 else many}"


def months(store: Store, wanted: Filter) -> list[tuple[str, int]]:
    """The dated quotations that pass, by month."""
    return [(period.month, period.quotations) for period in store.timeline(filter=wanted) if period.month]


def ids(store: Store, wanted: Filter, sort: QuotationSort) -> Iterator[list[int]]:
    """The ids of the quotations that pass, in order: a screenful first, then in large pieces."""
    for piece in store.ids(wanted, sort, first=_FIRST, size=_PIECE):
        yield piece
        time.sleep(_BREATH)


def rows(store: Store, ids: Sequence[int], wanted: Filter) -> Sequence[QuotationRow]:
    """The quotations with these ids; with the found words marked, where the filter has words."""
    return store.rows(ids, words=wanted.words)


def export(store: Store, wanted: Filter, sort: QuotationSort, format: str, path: Path) -> int:
    """Writes the quotations that pass to a file, whole or not at all; gives their number."""
    if format == "excel":
        store.export_file(path, "csv", wanted, sort, excel=True)
    else:
        store.export_file(path, cast(ExportFormat, format), wanted, sort)
    return count(store, wanted)

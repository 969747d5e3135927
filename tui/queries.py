"""What the panes ask of the store, as plain functions that run in a worker's thread."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from db import ArticleRow, Facet, Filter, Listed, QuotationRow, SpeakerRow, Store
from db.export import ExportFormat
from db.records import ArticleSort, QuotationSort, SpeakerSort
from tui.entries import Entries
from tui.names import country_name, folded
from tui.view import View
from tui.widgets.browse_list import ALL, Entry, search_text

ORDERS: dict[str, tuple[str, ...]] = {
    "speakers": ("most-quoted", "name", "latest"),
    "articles": ("newest", "oldest", "title", "most-quotations"),
    "countries": ("most-quoted", "name"),
}
_FIRST = 200
_PIECE = 20_000  # ids at a time
_BREATH = 0.002  # seconds between the pieces, in which the screen has Python to itself
COUNT_TO = 10_000_000


@dataclass(frozen=True)
class Listing:
    """The list on the left, and the entry that stands for all of it. The rest is made here, as it takes a while."""

    top: Entry
    entries: Sequence[Entry]
    names: list[str] | None = None  # what typing is compared with, entry by entry
    places: dict[Any, int] | None = None  # of the keys among the entries
    most: int | None = None  # the highest number


def speaker_entry(row: SpeakerRow) -> Entry:
    """A speaker as the list draws them."""
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
    if wanted == Filter():  # with a filter all are counted first, so that the first few take as long as all
        first = store.speakers(wanted, sort, limit=_FIRST, count_to=0)
        yield Listing(Entry(ALL, "Everybody"), [speaker_entry(row) for row in first.rows])
    listed = store.speaker_list(wanted, sort)
    unknown = 0 if wanted.unattributed is False else count(store, replace(wanted, unattributed=True))
    tail = [Entry(None, "No speaker found", "unnamed, or not identified", "", unknown)] if unknown else []
    top = Entry(ALL, "Everybody", _plural(len(listed.ids), "speaker"), number=count(store, wanted))
    yield _all(top, listed, Entries(listed, store.speaker_rows, speaker_entry, tail), list(listed.names))


def _all(top: Entry, listed: Listed, entries: Entries, names: list[str]) -> Listing:
    """A complete list; its first entries are fetched here, as they are the first to be drawn."""
    tail = entries[len(listed.ids) :]
    names += map(search_text, tail)
    most = max((*listed.quotations, *(entry.number for entry in tail)), default=1)
    if entries:
        entries[0]
    return Listing(top, entries, names, entries.places(), most)


def _countries(store: Store, wanted: Filter, order: str) -> Iterator[Listing]:
    rows: Sequence[Facet] = store.countries(wanted)
    if order == "name":
        rows = sorted(rows, key=lambda row: (row.value is None, country_name(row.value)))
    countries = sum(row.value is not None for row in rows)
    top = Entry(ALL, "All countries", _plural(countries, "country"), number=sum(row.quotations for row in rows))
    yield Listing(top, [country_entry(row) for row in rows])


def _articles(store: Store, wanted: Filter, order: str) -> Iterator[Listing]:
    sort = cast(ArticleSort, order)
    if wanted == Filter():
        first = store.articles(sort=sort, filter=wanted, limit=_FIRST, count_to=0)
        yield Listing(Entry(ALL, "All articles"), [article_entry(row) for row in first.rows])
    listed = store.article_list(sort, wanted)
    top = Entry(ALL, "All articles", _plural(len(listed.ids), "article"), number=count(store, wanted))
    yield _all(top, listed, Entries(listed, store.article_rows, article_entry), list(map(folded, listed.names)))


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

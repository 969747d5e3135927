"""Fetching what the panes show: in threads, newest wish first, results as messages."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar, NamedTuple, cast

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.worker import get_current_worker

from db import ArticleDetail, Filter, QueryInterrupted, QuotationRow, Store, StoreError
from db.records import QuotationSort
from tui import queries
from tui.hits import found_words
from tui.pauses import settle
from tui.screens.base import BrowserScreen
from tui.view import View
from tui.widgets.browse_list import ALL, BrowseList
from tui.widgets.context import ContextPane
from tui.widgets.quotation_list import QuotationList, chunk_around
from tui.widgets.timeline import Timeline

_TELL_SECONDS = 0.3  # between two times that the list of quotations grows while they are looked up


class Place(NamedTuple):
    """Where the cursor stood: on which quotation, and at which place of the list."""

    quotation_id: int | None = None
    row: int = 0


class Failed(Message):
    """A query failed; ``text`` is one line for the user."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Listed(Message):
    """The rows of the list on the left, all or the first of them."""

    def __init__(self, view: View, listing: queries.Listing, keep: object) -> None:
        super().__init__()
        self.view, self.listing, self.keep = view, listing, keep


class Found(Message):
    """Ids of quotations that pass the filter: the first ones, with the rows around the cursor, or more of them."""

    def __init__(
        self,
        key: object,
        ids: Sequence[int],
        keep: Place,
        *,
        complete: bool,
        rows: Sequence[QuotationRow] | None = None,
    ) -> None:
        super().__init__()
        self.key, self.ids, self.complete, self.keep, self.rows = key, ids, complete, keep, rows

    @property
    def first(self) -> bool:
        return self.rows is not None


class ArticleRead(Message):
    """An article that one of its quotations was wanted in."""

    def __init__(self, article: ArticleDetail, quotation_id: int, found: frozenset[str]) -> None:
        super().__init__()
        self.article, self.quotation_id, self.found = article, quotation_id, found


class Counted(Message):
    """The months of the quotations shown."""

    def __init__(self, key: object, months: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self.key, self.months = key, months


TOP = Place()


class Loading(BrowserScreen):
    """Loads for the main screen. A newer wish stops the query of an older one, and a late answer is not shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", id="find.search", tooltip="Search all quotations as you type"),
        Binding(
            "f", "filters", "Filter", id="find.filters", tooltip="Filter by form, act, country, publisher, period, ..."
        ),
        Binding(
            "s", "narrow", "Find in list", show=False, id="find.narrow", tooltip="Type to narrow the list on the left"
        ),
        Binding(
            "F",
            "clear_filters",
            "No filters",
            show=False,
            id="find.clear-filters",
            tooltip="Remove all filters and the search",
        ),
        Binding("o", "sort", "Order", show=False, id="find.sort", tooltip="Next order of the list that has the focus"),
        Binding(
            "f5,ctrl+l", "reload", "Reload", show=False, id="find.reload", tooltip="Show what an extraction has added"
        ),
    ]

    view: reactive[View] = reactive(View(), init=False)

    @property
    def browse(self) -> BrowseList:
        return self.query_one("#browse", BrowseList)

    @property
    def quotations(self) -> QuotationList:
        return self.query_one("#quotations", QuotationList)

    @property
    def context(self) -> ContextPane:
        return self.query_one(ContextPane)

    def describe(self) -> None:
        """Says in the panes' titles what they show."""
        raise NotImplementedError

    def action_reload(self) -> None:
        """Shows what is in the database now."""
        raise NotImplementedError

    def _in_store(self, group: str, action: Callable[[Store], None]) -> None:
        """Runs ``action`` in this thread with a store; what goes wrong becomes a message."""
        try:
            with self.browser.stores.work(group) as store:
                action(store)
        except QueryInterrupted:
            return
        except StoreError as error:
            if not get_current_worker().is_cancelled:
                self.post_message(Failed(str(error)))

    @on(Failed)
    def failed(self, event: Failed) -> None:
        self.tell(event.text, error=True)

    # the list on the left

    def load_browse(self, view: View, keep: object = ALL) -> None:
        """Loads the list for a view; the cursor goes to entry ``keep``."""
        self.browser.stores.interrupt("browse")
        wanted = view.chosen[0] if view.chosen and keep is ALL else keep
        self._list(view, self.browse_order(view.by), wanted)

    def browse_order(self, by: str) -> str:
        """The order of a list on the left: the remembered one where it has it."""
        remembered = self.browser.settings.list_orders.get(by)
        return remembered if remembered in queries.ORDERS[by] else queries.ORDERS[by][0]

    def next_browse_order(self) -> None:
        """Sorts the list on the left another way."""
        orders = queries.ORDERS[self.view.by]
        self.set_browse_order(orders[(orders.index(self.browse_order(self.view.by)) + 1) % len(orders)])

    def set_browse_order(self, order: str) -> None:
        """Sorts the list on the left in one of its orders, and remembers it."""
        self.browser.settings.list_orders[self.view.by] = order
        self.load_browse(self.view, self.browse.current.key)
        self.tell(f"{self.view.by.capitalize()}: {order.replace('-', ' ')}")

    @work(thread=True, exclusive=True, group="browse")
    def _list(self, view: View, order: str, keep: object) -> None:
        worker = get_current_worker()

        def run(store: Store) -> None:
            for listing in queries.listing(store, view, order):
                if worker.is_cancelled:
                    return
                self.post_message(Listed(view, listing, keep))

        self._in_store("browse", run)

    @on(Listed)
    def listed(self, event: Listed) -> None:
        if (event.view.by, event.view.filter) != (self.view.by, self.view.filter):
            return
        listing = event.listing
        keep = event.keep
        # The user may have moved on since the first rows came.
        if self.browse.cursor and self._listed_for is event.view:
            keep = self.browse.current.key
        self._listed_for = event.view
        self.browse.show(listing.top, listing.entries, keep, listing.names, listing.places, listing.most)
        settle()
        self.describe()

    _listed_for: View | None = None

    # the quotations

    def load_quotations(self, view: View, keep: Place = TOP) -> None:
        """Looks the quotations of a view up; the cursor stays on that of ``keep`` where it is among them."""
        self.browser.stores.interrupt("quotations")
        self._find(view.quotations(), view.sort, keep)

    @work(thread=True, exclusive=True, group="quotations")
    def _find(self, wanted: Filter, sort: QuotationSort, keep: Place) -> None:
        worker = get_current_worker()

        def run(store: Store) -> None:
            first, known, told = True, array("q"), 0.0

            def tell(complete: bool) -> None:
                nonlocal first, known, told
                rows = self._rows_there(store, known, wanted, keep) if first else None
                self.post_message(Found((wanted, sort), known, keep, complete=complete, rows=rows))
                first, known, told = False, array("q"), time.monotonic()

            for ids in queries.ids(store, wanted, sort):
                if worker.is_cancelled:
                    return
                known.extend(ids)
                # where the cursor stays is only known when it has been found
                found = keep.quotation_id is None or keep.quotation_id in ids
                if (first and found) or (not first and time.monotonic() - told > _TELL_SECONDS):
                    tell(complete=False)
            tell(complete=True)

        self._in_store("quotations", run)

    @on(Found)
    def found(self, event: Found) -> None:
        if event.key != (self.view.quotations(), self.view.sort):
            return
        if event.first:
            fetch = partial(self._rows, self.view.quotations())
            self.quotations.show_speaker = len(self.view.chosen) != 1 or self.view.by != "speakers"
            self.quotations.nothing = self._nothing()
            keep = event.keep
            self.quotations.show(
                array("q", event.ids),
                fetch,
                keep=keep.quotation_id,
                place=keep.row,
                complete=event.complete,
                rows=event.rows or (),
            )
            if not event.ids:
                self.context.clear("No quotation is chosen.")
        else:
            self.quotations.extend(event.ids, event.complete)
        self.describe()

    def _nothing(self) -> str:
        if self.view.filter.words:
            return "Nothing found. esc in the search field empties it; F removes all filters."
        return "No quotations pass these filters; F removes them." if self.view.chips() else "No quotations."

    def found_text(self) -> str:
        """How many quotations are shown; "…" while they are still being looked up."""
        number = self.quotations.row_count
        return f"{number:,}{'' if self.quotations.complete else '…'} quotation{'' if number == 1 else 's'}"

    def _rows_there(self, store: Store, ids: array[int], wanted: Filter, keep: Place) -> Sequence[QuotationRow]:
        """The rows around the place where the cursor will stand."""
        at_hand = keep.quotation_id is not None and keep.quotation_id in ids
        place = ids.index(cast(int, keep.quotation_id)) if at_hand else min(keep.row, len(ids) - 1)
        return queries.rows(store, chunk_around(ids, place), wanted) if ids else ()

    def _rows(self, wanted: Filter, ids: Sequence[int]) -> Sequence[QuotationRow]:
        try:
            with self.browser.stores.work("rows") as store:
                return queries.rows(store, ids, wanted)
        except QueryInterrupted:
            return ()
        except StoreError as error:
            self.post_message(Failed(str(error)))
            return ()

    # the article

    def load_article(self, article_id: int, quotation_id: int) -> None:
        """Shows a quotation in its article; one that is open already needs no reading."""
        at = self.quotations.cursor
        row = self.quotations.current if self.quotations.row_count and self.quotations.has_row(at) else None
        words = found_words(row.snippet) if row is not None and row.id == quotation_id else frozenset()
        shown = self.context.article
        if shown is not None and shown.article.id == article_id:
            self.context.show(shown, quotation_id, words)
        else:
            self._read(article_id, quotation_id, words)

    @work(thread=True, exclusive=True, group="article")
    def _read(self, article_id: int, quotation_id: int, words: frozenset[str]) -> None:
        worker = get_current_worker()

        def run(store: Store) -> None:
            article = store.article(article_id)
            if not worker.is_cancelled:
                self.post_message(ArticleRead(article, quotation_id, words))

        self._in_store("article", run)

    @on(ArticleRead)
    def article_read(self, event: ArticleRead) -> None:
        self.context.show(event.article, event.quotation_id, event.found)

    # the months

    def load_timeline(self, view: View) -> None:
        """Counts the months of a view's quotations, if they are to be seen; its period does not limit them."""
        if self.query_one(Timeline).display:
            self.browser.stores.interrupt("timeline")
            self._count_months(replace(view.quotations(), since=None, until=None), view.heading)

    @work(thread=True, exclusive=True, group="timeline")
    def _count_months(self, wanted: Filter, heading: str) -> None:
        worker = get_current_worker()

        def run(store: Store) -> None:
            months = queries.months(store, wanted)
            if not worker.is_cancelled:
                self.post_message(Counted(heading, months))

        self._in_store("timeline", run)

    @on(Counted)
    def counted(self, event: Counted) -> None:
        if event.key == self.view.heading:
            self.query_one(Timeline).show(self.view.heading, event.months)

"""The review queue: what is least sure first, one at a time in its article, decided by single keys."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from db import ArticleDetail, Filter, QueryInterrupted, QuotationRow, StoreError
from tui import queries
from tui.drawing import bar
from tui.screens.correcting import Correcting
from tui.screens.help import HelpScreen, Section
from tui.widgets.browse_list import Entry
from tui.widgets.context import ContextPane
from tui.widgets.key_bar import KeyBar
from tui.widgets.quotation_list import QuotationList
from tui.widgets.text_view import TextView
from tui.widgets.virtual_list import VirtualList

INTRO = """Quotations that nobody has judged yet, the least sure first. Look at the colours in the text: is it the \
right speaker? One key decides and goes on; nothing is lost, u takes it back."""
_BAR = 20  # cells
_LENGTH = 500  # quotations a queue has at most: more than anyone judges in a sitting


class Queue(Message):
    """The ids of the quotations to judge."""

    def __init__(self, ids: array[int]) -> None:
        super().__init__()
        self.ids = ids


class Opened(Message):
    """The article of the quotation to judge."""

    def __init__(self, article: ArticleDetail, quotation_id: int) -> None:
        super().__init__()
        self.article, self.quotation_id = article, quotation_id


class ReviewQueue(QuotationList):
    """Its rows are judged one by one: space goes on and marks nothing."""

    def key_of(self, index: int) -> object:
        return None


class ReviewScreen(Correcting):
    """Judges the quotations that pass ``wanted``."""

    CSS_PATH = "../styles/main.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,right,l",
            "skip(1)",
            "Skip",
            key_display="space",
            id="review.skip",
            tooltip="Leave it undecided and go on",
        ),
        Binding("left,h", "skip(-1)", "Back", show=False, id="review.back", tooltip="Go back one"),
        Binding("tab", "switch", "List or text", show=False, id="review.switch", priority=True),
        Binding("question_mark", "help", "Keys", id="review.help"),
        Binding("escape,q", "dismiss(None)", "Done", id="review.done"),
    ]

    def __init__(self, wanted: Filter) -> None:
        super().__init__()
        self._wanted = replace(wanted, status=("extracted",))
        self._decided = 0

    def compose(self) -> ComposeResult:
        yield Static(id="review-bar")
        with Horizontal(id="review"):
            yield ReviewQueue(id="queue")
            yield ContextPane(id="context")
        yield KeyBar()

    def on_mount(self) -> None:
        self.queue.complete = False
        self.queue.nothing = "Nothing is left to judge here."
        self.queue.add_class("pane")
        self.queue.border_title = "To judge, least sure first"
        self.query_one("#context").add_class("pane")
        self.query_one("#context").border_title = "In context"
        self.queue.focus()
        self._load()
        self._tell_progress()

    @property
    def queue(self) -> QuotationList:
        return self.query_one("#queue", QuotationList)

    @property
    def context(self) -> ContextPane:
        return self.query_one(ContextPane)

    def on_resize(self) -> None:
        small = self.size.width < 100
        self.set_class(small, "-small")
        self.queue.row_height = 1 if small else 2

    @work(thread=True, exclusive=True, group="review")
    def _load(self) -> None:
        worker = get_current_worker()
        ids = array("q")
        try:
            with self.browser.stores.work("review") as store:
                for some in queries.ids(store, self._wanted, "confidence"):
                    ids.extend(some)
                    if len(ids) >= _LENGTH or worker.is_cancelled:
                        break
        except QueryInterrupted:
            return
        except StoreError as error:
            self.app.call_from_thread(self.tell, str(error), error=True)
            return
        if not worker.is_cancelled:
            self.post_message(Queue(ids[:_LENGTH]))

    @on(Queue)
    def loaded(self, event: Queue) -> None:
        self.queue.show(event.ids, partial(self._rows))
        self._tell_progress()
        if not event.ids:
            self.context.clear("Nothing is left to judge here. esc goes back.")

    def _rows(self, ids: Sequence[int]) -> Sequence[QuotationRow]:
        try:
            with self.browser.stores.work("rows") as store:
                return queries.rows(store, ids, replace(self._wanted, words=None))
        except QueryInterrupted:
            return ()
        except StoreError as error:
            self.app.call_later(self.tell, str(error), error=True)
            return ()

    def _tell_progress(self) -> None:
        most = self.queue.row_count
        place = self.queue.cursor + 1 if most else 0
        done = bar(place, most, _BAR).ljust(_BAR)
        text = f" {place:,} of {most:,} · {self._decided} decided"
        self.query_one("#review-bar", Static).update(
            Content.assemble((" Review  ", "bold $accent"), (done, "$primary on $panel"), (text, "$foreground"))
        )

    @on(VirtualList.Moved)
    @on(QuotationList.Came)
    def moved(self) -> None:
        self._tell_progress()
        if not self.queue.row_count or not self.queue.has_row(self.queue.cursor):
            return
        row = self.queue.current
        if row is not None:
            self._open(row.article_id, row.id)

    @work(thread=True, exclusive=True, group="article")
    def _open(self, article_id: int, quotation_id: int) -> None:
        worker = get_current_worker()
        try:
            with self.browser.stores.work("article") as store:
                article = store.article(article_id)
        except QueryInterrupted:
            return
        except StoreError as error:
            self.app.call_from_thread(self.tell, str(error), error=True)
            return
        if not worker.is_cancelled:
            self.post_message(Opened(article, quotation_id))

    @on(Opened)
    def opened(self, event: Opened) -> None:
        self.context.show(event.article, event.quotation_id, frozenset())

    @on(VirtualList.Chosen)
    def chosen(self) -> None:
        self.context.view.focus()

    @on(ContextPane.Wanted)
    def neighbour(self, event: ContextPane.Wanted) -> None:
        if self.context.article is not None:
            self.context.show(self.context.article, event.quotation_id, frozenset())

    def action_skip(self, step: int) -> None:
        self.queue.action_move(step)

    def action_switch(self) -> None:
        (self.context.view if self.queue.has_focus else self.queue).focus()

    def action_help(self) -> None:
        sections = [
            Section("Reviewing", ReviewScreen), Section("Deciding", Correcting), Section("In the article", ContextPane),
            Section("In the text", TextView), Section("In the queue", VirtualList),
        ]  # fmt: skip
        self.app.push_screen(HelpScreen("Reviewing", INTRO, sections))

    # correcting

    def acted_on(self) -> Sequence[int]:
        return self.queue.acted_on()

    def current_row(self) -> QuotationRow | None:
        return self.queue.current

    def speakers_acted_on(self) -> Sequence[Entry]:
        row = self.queue.current
        if row is None or row.speaker_id is None or row.speaker is None:
            return ()
        return (Entry(row.speaker_id, row.speaker, row.role or "", row.country or ""),)

    def corrected(self, ids: Sequence[int], *, speakers: bool) -> None:
        self.queue.forget()
        if ids:
            self._decided += len(ids)
            self.queue.clear_marks()
            self.queue.action_move(1)
        self._tell_progress()
        if self.queue.row_count and (not ids or self.queue.cursor == self.queue.row_count - 1):
            self.moved()

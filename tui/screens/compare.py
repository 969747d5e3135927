"""Two speakers side by side, on the same words."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.worker import get_current_worker

from db import Filter, QueryInterrupted, QuotationRow, StoreError
from db.records import QuotationSort
from tui import queries
from tui.drawing import clean
from tui.hits import as_you_type
from tui.screens.help import HelpScreen, Section
from tui.screens.taking import Taking
from tui.widgets.fields import Field
from tui.widgets.key_bar import KeyBar
from tui.widgets.quotation_list import QuotationList
from tui.widgets.virtual_list import VirtualList

INTRO = "Type words above, and read what the two said about them next to each other."
Side = tuple[int, str]


class SideFound(Message):
    """The quotations of one side."""

    def __init__(self, side: int, wanted: Filter, ids: array[int]) -> None:
        super().__init__()
        self.side, self.wanted, self.ids = side, wanted, ids


class CompareScreen(Taking):
    """Gives the quotation to show in its article, or None."""

    CSS_PATH = "../styles/main.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "words", "Words", id="compare.words", tooltip="Type the words that both lists are about"),
        Binding("tab,right,l", "switch", "Other side", id="compare.switch"),
        Binding("shift+tab,left,h", "switch", "Other side", show=False, id="compare.switch-back"),
        Binding("v", "density", "Lines", show=False, id="compare.density", tooltip="One to four lines a quotation"),
        Binding("question_mark", "help", "Keys", id="compare.help"),
        Binding("escape,q", "dismiss(None)", "Back", id="compare.back"),
    ]

    def __init__(self, wanted: Filter, left: Side, right: Side) -> None:
        super().__init__()
        self._wanted, self._sides = wanted, (left, right)
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Field(
            self._wanted.words or "",
            placeholder="/ words that both are to be quoted with",
            id="compare-words",
            compact=True,
        )
        with Horizontal(id="compare"):
            yield QuotationList(id="side-0", classes="pane")
            yield QuotationList(id="side-1", classes="pane")
        yield KeyBar()

    def on_mount(self) -> None:
        for place, (_, name) in enumerate(self._sides):
            side = self._list(place)
            side.border_title = Content(clean(name))
            side.show_speaker, side.row_height = False, 3
            side.complete = False
        self._list(0).focus()
        self._look_up()

    def _list(self, side: int) -> QuotationList:
        return self.query_one(f"#side-{side}", QuotationList)

    @property
    def _words(self) -> str | None:
        return as_you_type(self.query_one("#compare-words", Field).value) or None

    def _look_up(self) -> None:
        words = self._words
        for place, (speaker_id, _) in enumerate(self._sides):
            self.browser.stores.interrupt(f"side-{place}")
            wanted = replace(self._wanted, words=words, speaker=None, speaker_ids=(speaker_id,), unattributed=None)
            self.run_worker(partial(self._find, place, wanted), thread=True, exclusive=True, group=f"side-{place}")

    def _find(self, side: int, wanted: Filter) -> None:
        worker = get_current_worker()
        ids = array("q")
        try:
            with self.browser.stores.work(f"side-{side}") as store:
                for some in queries.ids(store, wanted, "relevance" if wanted.words else "newest"):
                    if worker.is_cancelled:
                        return
                    ids.extend(some)
        except QueryInterrupted:
            return
        except StoreError as error:
            self.app.call_from_thread(self.tell, str(error), error=True)
            return
        self.post_message(SideFound(side, wanted, ids))

    @on(SideFound)
    def found(self, event: SideFound) -> None:
        if event.wanted.words != self._words:
            return
        side = self._list(event.side)
        side.nothing = "Nothing on these words."
        side.show(event.ids, partial(self._rows, event.wanted))
        side.border_subtitle = Content(f"{len(event.ids):,} quotation{'' if len(event.ids) == 1 else 's'}")

    def _rows(self, wanted: Filter, ids: Sequence[int]) -> Sequence[QuotationRow]:
        try:
            with self.browser.stores.work("rows") as store:
                return queries.rows(store, ids, wanted)
        except QueryInterrupted:
            return ()
        except StoreError as error:
            self.app.call_later(self.tell, str(error), error=True)
            return ()

    @on(Field.Changed)
    def words_changed(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(0.1, self._look_up)

    @on(Field.Left)
    def words_left(self) -> None:
        self._list(0).focus()

    def action_words(self) -> None:
        self.query_one("#compare-words").focus()

    def action_switch(self) -> None:
        self._list(1 if self._list(0).has_focus else 0).focus()

    def action_density(self) -> None:
        for place in range(len(self._sides)):
            self._list(place).row_height = self._list(place).row_height % 4 + 1

    @on(VirtualList.Chosen)
    def chosen(self, event: VirtualList.Chosen) -> None:
        if isinstance(event.list, QuotationList):
            self.dismiss(event.list.row(event.index))

    def action_help(self) -> None:
        sections = [
            Section("Comparing", CompareScreen), Section("Taking away", Taking), Section("In a list", VirtualList),
            Section("In a field", Field),
        ]  # fmt: skip
        self.app.push_screen(HelpScreen("Side by side", INTRO, sections))

    # taking away

    def current_row(self) -> QuotationRow | None:
        return self._list(1 if self._list(1).has_focus else 0).current

    def export_filter(self) -> tuple[Filter, QuotationSort]:
        ids = tuple(speaker_id for speaker_id, _ in self._sides)
        return replace(self._wanted, words=self._words, speaker=None, speaker_ids=ids), "speaker"

    def acted_on(self) -> Sequence[int]:
        return self._list(1 if self._list(1).has_focus else 0).acted_on()

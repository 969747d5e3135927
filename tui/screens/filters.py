"""The panel of filters: everything a list can be narrowed by, with how many quotations each choice has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input, SelectionList, Static, Switch
from textual.widgets.selection_list import Selection
from textual.worker import get_current_worker

from db import STATUSES, Facet, Filter, QueryInterrupted, StoreError
from quotes.model import ACTS, FORMS, MODES, SPEAKER_KINDS
from tui import queries
from tui.drawing import clean, shorten
from tui.names import country_name
from tui.stores import Stores

_LISTS: tuple[tuple[str, str, tuple[str, ...] | None], ...] = (
    ("form", "Form", FORMS),
    ("mode", "Mode", MODES),
    ("status", "Status", STATUSES),
    ("kind", "Speaker is a", SPEAKER_KINDS),
    ("act", "Act", ACTS),
    ("country", "Country", None),
    ("publisher", "Publisher", None),
)
_FACET_OF = {"kind": "speaker_kind"}
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_PERCENT = re.compile(r"(100|\d{1,2})\s*%?")
_MOST_CHOICES = 300


class Facets(Message):
    """How many quotations each value of a field has."""

    def __init__(self, field: str, values: Sequence[Facet]) -> None:
        super().__init__()
        self.field, self.values = field, values


class Matching(Message):
    """How many quotations pass the filter as it stands in the panel."""

    def __init__(self, wanted: Filter, number: int) -> None:
        super().__init__()
        self.wanted, self.number = wanted, number


class FiltersScreen(ModalScreen[Filter | None]):
    """Gives the filter as it was set, or None when the user leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="filters.cancel"),
        Binding("ctrl+s,f10", "apply", "Show", id="filters.apply"),
        Binding("ctrl+r", "reset", "Reset", id="filters.reset"),
    ]

    def __init__(self, stores: Stores, wanted: Filter) -> None:
        super().__init__()
        self._stores, self._before = stores, wanted
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide"):
            with VerticalScroll(id="filter-body"):
                with Horizontal(classes="filter-line"):
                    yield Static(Content("Period"), classes="label")
                    yield Input(
                        self._before.since or "", placeholder="from: 2021 or 2021-04-30", id="since", compact=True
                    )
                    yield Input(self._before.until or "", placeholder="until", id="until", compact=True)
                with Horizontal(classes="filter-line"):
                    yield Static(Content("Confidence"), classes="label")
                    yield Input(
                        _percent(self._before.min_confidence), placeholder="at least %", id="least", compact=True
                    )
                    yield Input(_percent(self._before.max_confidence), placeholder="at most %", id="most", compact=True)
                with Horizontal(classes="filter-line"):
                    yield Static(Content("Speaker's name"), classes="label")
                    yield Input(self._before.speaker or "", placeholder="starts like", id="speaker", compact=True)
                    yield Static(Content("Repeats once"), classes="label")
                    yield Switch(self._before.once, id="once")
                with Horizontal(id="filter-lists"):
                    for name, title, values in _LISTS:
                        choices = SelectionList[str](
                            *self._choices(name, [(value, None) for value in values or ()]), id=name
                        )
                        choices.border_title = title
                        yield choices
            yield Static(Content(""), id="matching")
            yield Static(
                Content("space chooses · tab next · ctrl+s shows · ctrl+r resets · esc cancels"),
                classes="hint",
            )

    def on_mount(self) -> None:
        self.query_one(".dialog").border_title = "Filters"
        self._load_facets()
        self._count_soon()
        self.query_one("#form").focus(scroll_visible=False)  # it is in sight, with the fields above it

    def on_unmount(self) -> None:
        self._stores.interrupt("facets")
        self._stores.interrupt("matching")

    def _choices(self, name: str, values: Iterable[tuple[str, int | None]]) -> list[Selection[str]]:
        """The choices of one list; what is set already stays among them, even where no quotation has it."""
        chosen = set(getattr(self._before, name))
        rows = list(values)
        rows += [(value, 0) for value in getattr(self._before, name) if value not in {known for known, _ in rows}]
        return [Selection(_choice_label(name, value, number), value, value in chosen) for value, number in rows]

    @work(thread=True, exclusive=True, group="facets")
    def _load_facets(self) -> None:
        worker = get_current_worker()
        try:
            with self._stores.work("facets") as store:
                for name, _, _ in _LISTS:
                    if worker.is_cancelled:
                        return
                    # A list shows what else could be chosen in it, so its own choices do not count.
                    changes: dict[str, Any] = {name: STATUSES if name == "status" else ()}
                    others = replace(self._before, **changes)
                    self.post_message(Facets(name, store.facet(_FACET_OF.get(name, name), others)))
        except (QueryInterrupted, StoreError) as error:
            if not worker.is_cancelled and not isinstance(error, QueryInterrupted):
                self.notify(str(error), severity="error", markup=False)

    @on(Facets)
    def facets_loaded(self, event: Facets) -> None:
        choices = self.query_one(f"#{event.field}", SelectionList)
        chosen = set(choices.selected)
        counts = {facet.value: facet.quotations for facet in event.values if facet.value is not None}
        fixed = next(values for name, _, values in _LISTS if name == event.field)
        known = (
            [value for value in fixed if value in counts or value in chosen] if fixed else list(counts)[:_MOST_CHOICES]
        )
        known += [value for value in chosen if value not in known]
        highlighted = choices.highlighted
        with self.prevent(SelectionList.SelectedChanged):
            choices.clear_options()
            choices.add_options(
                Selection(_choice_label(event.field, value, counts.get(value, 0)), value, value in chosen)
                for value in known
            )
        choices.highlighted = highlighted if highlighted is not None and highlighted < len(known) else None

    @on(SelectionList.SelectedChanged)
    @on(Input.Changed)
    @on(Switch.Changed)
    def _count_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(0.15, self._count_now)

    def _count_now(self) -> None:
        wanted = self._read()
        if isinstance(wanted, str):
            self.query_one("#matching", Static).update(Content.styled(wanted, "bold $error"))
            return
        self._stores.interrupt("matching")
        self._count(wanted)

    @work(thread=True, exclusive=True, group="matching")
    def _count(self, wanted: Filter) -> None:
        try:
            with self._stores.work("matching") as store:
                number = queries.count(store, wanted)
        except StoreError:
            return  # the list itself will say what is wrong
        if not get_current_worker().is_cancelled:
            self.post_message(Matching(wanted, number))

    @on(Matching)
    def counted(self, event: Matching) -> None:
        if event.wanted == self._read():
            text = f"{event.number:,} quotation{'' if event.number == 1 else 's'} pass"
            self.query_one("#matching", Static).update(Content.styled(text, "bold $accent"))

    def _read(self) -> Filter | str:
        """The filter as it stands in the panel, or what is wrong with it."""
        since, until, least, most, speaker = (
            self.query_one(f"#{name}", Input).value.strip() for name in ("since", "until", "least", "most", "speaker")
        )
        for text in (since, until):
            if text and not _DATE.fullmatch(text):
                return f"“{clean(text)}” is no date: write 2021, 2021-04 or 2021-04-30"
        for text in (least, most):
            if text and not _PERCENT.fullmatch(text):
                return f"“{clean(text)}” is no percentage: write 0 to 100"
        chosen: dict[str, Any] = {
            name: tuple(self.query_one(f"#{name}", SelectionList).selected) for name, _, _ in _LISTS
        }
        return replace(
            self._before,
            since=since or None,
            until=until or None,
            min_confidence=_fraction(least),
            max_confidence=_fraction(most),
            speaker=speaker or None,
            once=self.query_one("#once", Switch).value,
            **chosen,
        )

    @on(Input.Submitted)
    def action_apply(self) -> None:
        wanted = self._read()
        if isinstance(wanted, str):
            self.app.bell()
        else:
            self.dismiss(wanted)

    def action_reset(self) -> None:
        for field in self.query(Input):
            field.value = ""
        for choices in self.query(SelectionList):
            choices.deselect_all()
        self.query_one("#once", Switch).value = False


def _choice_label(name: str, value: str, number: int | None) -> Content:
    text = f"{value} {country_name(value)}" if name == "country" else value
    label = Content(shorten(clean(text), 22))
    return label if number is None else label + Content.styled(f"  {number:,}", "$muted")


def _percent(fraction: float | None) -> str:
    return "" if fraction is None else f"{fraction:.0%}"


def _fraction(text: str) -> float | None:
    return int(text.rstrip("% ")) / 100 if text else None

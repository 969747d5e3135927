"""Choosing a speaker by typing: one that is known, a new one, or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from db import SpeakerRow, StoreError
from tui.drawing import clean
from tui.names import folded
from tui.stores import Stores

_SHOWN = 12


@dataclass(frozen=True)
class Picked:
    """What was chosen: a known speaker (``speaker_id``), a new one (``new_name``), or neither: nobody."""

    name: str
    speaker_id: int | None = None
    new_name: str | None = None


class Suggested(Message):
    """Speakers whose names start like what was typed."""

    def __init__(self, typed: str, rows: Sequence[SpeakerRow]) -> None:
        super().__init__()
        self.typed, self.rows = typed, rows


class SpeakerPicker(ModalScreen[Picked | None]):
    """Type-ahead over the known speakers and their aliases."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="picker.cancel"),
        Binding("down", "move(1)", "Down", show=False, id="picker.down"),
        Binding("up", "move(-1)", "Up", show=False, id="picker.up"),
    ]

    def __init__(
        self,
        stores: Stores,
        title: str,
        explanation: str,
        *,
        new: bool,
        nobody: bool,
        without: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__()
        self._stores, self._heading, self._explanation = stores, title, explanation
        self._new, self._nobody, self._without = new, nobody, without
        self._choices: list[Picked] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(clean(self._explanation)), classes="intro")
            yield Input(placeholder="type a name", id="picker-input")
            yield OptionList(id="picker-list")
            yield Static(Content("↑ ↓ choose · enter accepts · esc leaves everything as it is"), classes="hint")

    def on_mount(self) -> None:
        self.query_one(".dialog").border_title = Content(clean(self._heading))
        self.query_one(OptionList).can_focus = False
        self._suggest("")

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        self._stores.interrupt("suggest")
        self._suggest(event.value.strip())

    @work(thread=True, exclusive=True, group="suggest")
    def _suggest(self, typed: str) -> None:
        try:
            with self._stores.work("suggest") as store:
                rows = store.speakers(prefix=typed or None, limit=_SHOWN + len(self._without), count_to=0).rows
        except StoreError:
            return  # a newer letter interrupted it, and that one's answer comes
        if not get_current_worker().is_cancelled:
            self.post_message(Suggested(typed, rows))

    @on(Suggested)
    def show(self, event: Suggested) -> None:
        if event.typed != self.query_one(Input).value.strip():
            return
        rows = [row for row in event.rows if row.id not in self._without][:_SHOWN]
        self._choices = [Picked(row.name, speaker_id=row.id) for row in rows]
        labels = [_label(row) for row in rows]
        if self._new and event.typed and folded(event.typed) not in {folded(row.name) for row in rows}:
            self._choices.append(Picked(event.typed, new_name=event.typed))
            labels.append(Content.assemble(("new speaker ", "$muted"), (clean(event.typed), "bold")))
        if self._nobody and not event.typed:
            self._choices.append(Picked("nobody"))
            labels.append(Content.styled("nobody: the text does not identify the speaker", "italic"))
        choices = self.query_one(OptionList)
        choices.clear_options()
        choices.add_options([Option(label) for label in labels])
        choices.highlighted = 0 if labels else None

    def action_move(self, step: int) -> None:
        choices = self.query_one(OptionList)
        if choices.option_count:
            choices.highlighted = ((choices.highlighted or 0) + step) % choices.option_count

    @on(Input.Submitted)
    def accept(self) -> None:
        place = self.query_one(OptionList).highlighted
        if place is None:
            self.app.bell()
        else:
            self.dismiss(self._choices[place])

    @on(OptionList.OptionSelected)
    def clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index])


def _label(row: SpeakerRow) -> Content:
    facts = ", ".join(clean(part) for part in (row.role, row.country) if part)
    return Content.assemble(
        (clean(row.name), "bold"), (f"  {facts}" if facts else "", "$muted"), (f"  {row.quotations:,}", "$accent")
    )

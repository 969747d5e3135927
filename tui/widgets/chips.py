"""The active filters as chips; each can be removed by a click, or focused and removed by a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.containers import HorizontalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.drawing import clean, shorten


class Chip(NamedTuple):
    """One filter: ``field`` and ``value`` say what to remove, ``label`` is what people read."""

    field: str
    value: object
    label: str


class ChipButton(Static, can_focus=True):
    """One chip."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,delete,backspace,x", "remove", "Remove filter", id="chip.remove"),
        Binding("left,h", "app.focus_previous", "Previous", show=False, id="chip.previous"),
        Binding("right,l", "app.focus_next", "Next", show=False, id="chip.next"),
    ]

    def __init__(self, chip: Chip) -> None:
        super().__init__(Content(f"{shorten(clean(chip.label), 36)} ✕"), classes="chip")
        self.chip = chip
        self.tooltip = "Remove this filter"

    def action_remove(self) -> None:
        self.post_message(Chips.Removed(self.chip))

    def on_click(self) -> None:
        self.action_remove()


class Chips(HorizontalScroll, can_focus=False):
    """The row of chips; gone when there are none."""

    class Removed(Message):
        """The user wants a filter gone."""

        def __init__(self, chip: Chip) -> None:
            super().__init__()
            self.chip = chip

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.chips: tuple[Chip, ...] = ()
        self.display = False

    async def show(self, chips: Sequence[Chip]) -> None:
        """Shows these chips in place of the earlier ones."""
        if tuple(chips) == self.chips:
            return
        self.chips = tuple(chips)
        self.display = bool(chips)
        await self.remove_children()
        await self.mount_all(ChipButton(chip) for chip in chips)

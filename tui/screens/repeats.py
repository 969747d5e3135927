"""The same words in other places: all versions of a quotation, and how they differ from the longest."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from db import QuotationRow, Repeat, RepeatGroup
from tui.drawing import clean

_LOOKS = {"same": "", "added": "bold $success", "missing": "$error strike"}


def version_content(version: Repeat) -> Content:
    """One version: where it stands, and its words with what is added or missing."""
    row = version.quotation
    facts = [(row.published or "no date")[:10], row.publisher, row.speaker, row.title]
    head = " · ".join(clean(fact) for fact in facts if fact)
    words: list[tuple[str, str]] = []
    for kind, text in version.difference:
        words += [(clean(text), _LOOKS[kind]), (" ", "")]
    return Content.assemble(
        (head, "$muted"),
        ("  the longest" if version.longest else "", "bold $accent"),
        "\n",
        *(words or [(clean(row.text), "")]),
    )


class RepeatsScreen(ModalScreen[QuotationRow | None]):
    """Gives the version to go to, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,t,q", "dismiss(None)", "Close", id="repeats.close"),
        Binding("j", "move(1)", "Down", show=False, id="repeats.down"),
        Binding("k", "move(-1)", "Up", show=False, id="repeats.up"),
    ]

    def __init__(self, group: RepeatGroup, current: int) -> None:
        super().__init__()
        self._group, self._current = group, current

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide"):
            first = f"first on {self._group.first_published[:10]}" if self._group.first_published else "undated"
            by = f" · {', '.join(map(clean, self._group.publishers))}" if self._group.publishers else ""
            yield Static(Content(f"{len(self._group.versions)} versions, {first}{by}"), classes="intro")
            yield OptionList(*(Option(version_content(version)) for version in self._group.versions), id="versions")
            yield Static(
                Content("enter goes there · green stands only here · struck out stands only in the longest"),
                classes="hint",
            )

    def on_mount(self) -> None:
        self.query_one(".dialog").border_title = "The same words elsewhere"
        ids = [version.quotation.id for version in self._group.versions]
        self.query_one(OptionList).highlighted = ids.index(self._current) if self._current in ids else 0

    def action_move(self, step: int) -> None:
        choices = self.query_one(OptionList)
        (choices.action_cursor_down if step > 0 else choices.action_cursor_up)()

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._group.versions[event.option_index].quotation)

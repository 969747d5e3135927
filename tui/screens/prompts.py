"""Small questions: a line of text, a choice from a few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.drawing import clean


class TextPrompt(ModalScreen[str | None]):
    """Asks for a line of text. Gives it stripped, or None when the user leaves or leaves it empty."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel", id="prompt.cancel")]

    def __init__(self, title: str, explanation: str, value: str = "") -> None:
        super().__init__()
        self._heading, self._explanation, self._value = title, explanation, value

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(clean(self._explanation)), classes="intro")
            yield Input(self._value, id="prompt-input")
            yield Static(Content("enter accepts · esc leaves everything as it is"), classes="hint")

    def on_mount(self) -> None:
        self.query_one(".dialog").border_title = Content(clean(self._heading))

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)


class Choose(ModalScreen[int | None]):
    """Asks for one of a few lines. Gives its index, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="choose.cancel"),
        Binding("j", "down", "Down", show=False, id="choose.down"),
        Binding("k", "up", "Up", show=False, id="choose.up"),
    ]

    def __init__(self, title: str, explanation: str, lines: Sequence[str], chosen: int = 0) -> None:
        super().__init__()
        self._heading, self._explanation, self._lines, self._chosen = title, explanation, lines, chosen

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(clean(self._explanation)), classes="intro")
            yield OptionList(*(Option(Content(clean(line))) for line in self._lines), id="choose-list")
            yield Static(Content("enter chooses · esc leaves everything as it is"), classes="hint")

    def on_mount(self) -> None:
        self.query_one(".dialog").border_title = Content(clean(self._heading))
        self.query_one(OptionList).highlighted = self._chosen if self._lines else None

    def action_down(self) -> None:
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        self.query_one(OptionList).action_cursor_up()

    @on(OptionList.OptionSelected)
    def accept(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

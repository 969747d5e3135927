"""When there is nothing to browse: what is the matter, and what to do about it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Middle, Vertical
from textual.content import Content
from textual.widgets import Static

from db import LockedStore, MissingStore, NewerStore, NotAStore, StoreError
from tui.drawing import clean
from tui.screens.base import BrowserScreen
from tui.widgets.key_bar import KeyBar

EMPTY = "The database is sound, but no article is in it yet."
_EXTRACT = """
    quotes extract FOLDER --db {path}
"""
_FILL = f"""Fill it from your articles:
{_EXTRACT}
This page opens the browser as soon as there are some."""
_MISSING = f"""Make one from your articles:
{_EXTRACT}
or try the samples:

    quotes demo"""
_NEWER = """Upgrade, and open it again:

    pip install --upgrade quotes

Nothing in it was changed."""
_OTHER = f"""Is it the right file? Nothing in it was changed.

A database is made by:
{_EXTRACT.replace("{path}", "NAME.db")}"""
_LOCKED = "When the other program has finished, press f5."

_ADVICE: tuple[tuple[type[StoreError], str, str], ...] = (
    (MissingStore, "There is no such database", _MISSING),
    (NewerStore, "Made by a newer version", _NEWER),
    (NotAStore, "Not a database of quotes", _OTHER),
    (LockedStore, "The database is in use", _LOCKED),
)


def advice(error: StoreError | None, path: str) -> tuple[str, str, str]:
    """Heading, reason and advice for an error; None stands for an empty database."""
    if error is None:
        return "Nothing to read yet", EMPTY, _FILL.replace("{path}", path)
    for kind, heading, text in _ADVICE:
        if isinstance(error, kind):
            return heading, str(error), text.replace("{path}", path)
    return "The database cannot be opened", str(error), "When the reason is gone, press f5 to try again."


class ProblemScreen(BrowserScreen):
    """One page of help in place of the browser."""

    CSS_PATH = "../styles/problem.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,r,enter", "app.open_store", "Try again", id="problem.again"),
        Binding("q,escape", "app.leave", "Quit", id="problem.quit"),
    ]

    def __init__(self, error: StoreError | None, path: str) -> None:
        super().__init__()
        self.error = error
        self._heading, self._reason, self._advice = advice(error, path)

    def compose(self) -> ComposeResult:
        with Middle(), Vertical(id="problem"):
            yield Static(Content.styled(clean(self._heading), "bold $accent"))
            yield Static(Content(clean(self._reason)), id="problem-reason")
            yield Static(Content("\n".join(clean(line) for line in self._advice.split("\n"))), id="problem-advice")
        yield KeyBar()

    def on_mount(self) -> None:
        if self.error is None:
            self.set_interval(2.0, self.browser.action_open_store)  # an extraction may be filling it

"""What all screens of the browser share: the app with its stores, and how a failure is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual.content import Content
from textual.screen import Screen

from tui.drawing import clean

if TYPE_CHECKING:
    from tui.app import QuotesApp


class BrowserScreen(Screen[Any]):
    """A screen of this app."""

    @property
    def browser(self) -> QuotesApp:
        return cast("QuotesApp", self.app)

    def tell(self, text: str, *, error: bool = False) -> None:
        """A short message to the user; ``text`` is shown as it is, never read as markup."""
        self.notify(clean(text), severity="error" if error else "information", markup=False, timeout=8 if error else 4)


def plain(text: str) -> Content:
    """Text of unknown origin, ready to be shown."""
    return Content(clean(text))

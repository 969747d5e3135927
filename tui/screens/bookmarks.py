"""The views that the user has given names."""

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

from tui.drawing import clean
from tui.settings import Bookmark
from tui.view import SORT_LABELS, View


def bookmark_content(bookmark: Bookmark) -> Content:
    """A bookmark's name, and what it shows."""
    view = View.from_dict(bookmark.view)
    words = [f"“{view.filter.words}”"] if view.filter.words else []
    facts = [view.heading, *words, *(chip.label for chip in view.chips()), SORT_LABELS[view.sort]]
    return Content.assemble((clean(bookmark.name), "bold"), "\n", (clean(" · ".join(facts)), "$muted"))


class BookmarksScreen(ModalScreen[View | None]):
    """Gives the view to open, or None. Deleting changes the given list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b,q", "dismiss(None)", "Close", id="bookmarks.close"),
        Binding("d,delete", "delete", "Delete", id="bookmarks.delete"),
        Binding("j", "move(1)", "Down", show=False, id="bookmarks.down"),
        Binding("k", "move(-1)", "Up", show=False, id="bookmarks.up"),
    ]

    def __init__(self, bookmarks: list[Bookmark]) -> None:
        super().__init__()
        self._bookmarks = bookmarks

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield OptionList(id="bookmark-list")
            yield Static(Content(""), classes="hint")

    def on_mount(self) -> None:
        self.query_one(".dialog").border_title = "Bookmarks"
        self._show()

    def _show(self) -> None:
        choices = self.query_one(OptionList)
        choices.clear_options()
        choices.add_options([Option(bookmark_content(bookmark)) for bookmark in self._bookmarks])
        choices.highlighted = 0 if self._bookmarks else None
        hint = "enter opens · d deletes · esc closes" if self._bookmarks else "None yet: B bookmarks what is shown."
        self.query_one(".hint", Static).update(Content(hint))

    def action_move(self, step: int) -> None:
        choices = self.query_one(OptionList)
        (choices.action_cursor_down if step > 0 else choices.action_cursor_up)()

    def action_delete(self) -> None:
        place = self.query_one(OptionList).highlighted
        if place is not None:
            del self._bookmarks[place]
            self._show()

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(View.from_dict(self._bookmarks[event.option_index].view))

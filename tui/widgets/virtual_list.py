"""A list of any length that draws only the rows in sight."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.drawing import strip_of

Parts = list[tuple[str, Style]]


class VirtualList(ScrollView, can_focus=True):
    """Rows of equal height, a cursor, and marks. Subclasses say how many rows there are and draw one of them.

    Rows are addressed by index; ``key_of`` gives what identifies a row, so that marks survive a new order.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--row",
        "list--odd",
        "list--cursor",
        "list--mark",
        "list--dim",
        "list--strong",
        "list--hit",
        "list--good",
        "list--bad",
        "list--bar",
        "list--name",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False, id="list.down"),
        Binding("up,k", "move(-1)", "Up", show=False, id="list.up"),
        Binding("pagedown,ctrl+d", "page(1)", "Page down", show=False, id="list.page-down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False, id="list.page-up"),
        Binding("home,g", "edge(0)", "First", show=False, id="list.first"),
        Binding("end,G", "edge(1)", "Last", show=False, id="list.last"),
        Binding(
            "space", "mark", "Mark", id="list.mark", show=False, tooltip="Mark this row, to act on several at once"
        ),
        Binding("enter", "choose", "Open", show=False, id="list.open"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    row_height: reactive[int] = reactive(1)

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, sender: VirtualList, index: int) -> None:
            super().__init__()
            self.list, self.index = sender, index

        @property
        def control(self) -> VirtualList:
            return self.list

    class Chosen(Moved):
        """A row was opened (enter, or a click on the row under the cursor)."""

    class Marked(Message):
        """The marks changed."""

        def __init__(self, sender: VirtualList) -> None:
            super().__init__()
            self.list = sender

        @property
        def control(self) -> VirtualList:
            return self.list

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.marks: dict[object, None] = {}  # in the order of marking

    # what subclasses give

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def key_of(self, index: int) -> object:
        """What identifies the row, or None where it cannot be marked."""
        return index

    def draw_row(self, index: int, width: int) -> list[Parts]:
        """The lines of one row, each a list of (text, style); missing lines stay empty."""
        raise NotImplementedError

    def empty_text(self) -> str:
        """What stands in place of the rows when there are none."""
        return "Nothing here"

    # what callers use

    def rows_changed(self, cursor: int | None = None, top: int | None = None) -> None:
        """To be called when the rows are others. Keeps the cursor on a row that exists, and tells where it is."""
        self._measure()
        if self.row_count:
            self.set_reactive(VirtualList.cursor, max(0, min(cursor if cursor is not None else 0, self.row_count - 1)))
            if top is not None:
                self.scroll_to(y=max(0, self.cursor - top) * self.row_height, animate=False, force=True)
            self._show_cursor()
            self.post_message(self.Moved(self, self.cursor))
        else:
            self.set_reactive(VirtualList.cursor, 0)
            self.scroll_to(y=0, animate=False, force=True)
        self.refresh()

    def more_rows(self) -> None:
        """To be called when rows were added at the end."""
        self._measure()
        self.refresh()

    @property
    def cursor_top(self) -> int:
        """How many rows below the first one in sight the cursor stands."""
        return max(0, self.cursor - self.scroll_offset.y // self.row_height)

    def clear_marks(self) -> None:
        if self.marks:
            self.marks.clear()
            self.refresh()
            self.post_message(self.Marked(self))

    def toggle_mark(self, index: int) -> None:
        key = self.key_of(index) if index < self.row_count else None
        if key is None:
            return
        if key in self.marks:
            del self.marks[key]
        else:
            self.marks[key] = None
        self._refresh_row(index)
        self.post_message(self.Marked(self))

    # cursor and scrolling

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self.row_count * self.row_height)

    def watch_row_height(self) -> None:
        self._measure()
        self._show_cursor()

    def _refresh_row(self, index: int) -> None:
        self.refresh_lines(index * self.row_height, self.row_height)

    def _show_cursor(self) -> None:
        self.scroll_to_region(
            Region(0, self.cursor * self.row_height, max(1, self.size.width), self.row_height),
            animate=False,
            force=True,
            immediate=True,
        )

    def watch_cursor(self, old: int, new: int) -> None:
        self._refresh_row(old)
        self._refresh_row(new)
        self._show_cursor()
        self.post_message(self.Moved(self, new))

    def move_to(self, index: int) -> None:
        """Puts the cursor on a row, or on the nearest one there is."""
        if self.row_count:
            self.cursor = max(0, min(index, self.row_count - 1))

    def action_move(self, rows: int) -> None:
        self.move_to(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        self.move_to(self.cursor + pages * max(1, self.size.height // self.row_height - 1))

    def action_edge(self, edge: int) -> None:
        self.move_to(self.row_count - 1 if edge else 0)

    def action_mark(self) -> None:
        self.toggle_mark(self.cursor)
        self.action_move(1)

    def action_choose(self) -> None:
        if self.row_count:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        index = (event.y + self.scroll_offset.y) // self.row_height
        if not 0 <= index < self.row_count:
            return
        if event.ctrl or event.meta:
            self.toggle_mark(index)
        elif index == self.cursor and event.chain > 1:
            self.action_choose()
        else:
            self.move_to(index)

    def on_resize(self) -> None:
        self._measure()
        self._show_cursor()

    def on_focus(self) -> None:
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        self._refresh_row(self.cursor)

    # drawing

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.refresh()

    def look(self, name: str) -> Style:
        """The style of the component class ``list--name``, without its background."""
        return self.get_component_rich_style(f"list--{name}", partial=True)

    def row_style(self, index: int) -> Style:
        """What lies below a row: the cursor's bar, a mark, or the plain ground."""
        if index == self.cursor:
            return self.get_component_rich_style("list--cursor")
        if self.marks and self.key_of(index) in self.marks:
            return self.get_component_rich_style("list--mark")
        return self.get_component_rich_style("list--row")

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        ground = self.get_component_rich_style("list--row")
        if not self.row_count:
            text = self.empty_text() if y == min(1, self.size.height - 1) else ""
            return strip_of([("  " + text, self.look("dim"))], width, ground)
        index, line = divmod(y + self.scroll_offset.y, self.row_height)
        if index >= self.row_count:
            return Strip.blank(width, ground)
        lines = self.draw_row(index, width)
        return strip_of(lines[line] if line < len(lines) else [], width, self.row_style(index))

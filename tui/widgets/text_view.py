"""A long text with styled runs, drawn line by line: places stay traceable to code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import get_character_cell_size
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.drawing import Line, Run, clean, flatten, pieces, strip_of, wrap

# Long lines tire the eye: on a wide pane the text keeps a book's measure.
MEASURE = 92
MARGIN = 2


class TextView(ScrollView, can_focus=True):
    """Shows a text with runs in the looks ``content``, ``cue``, ``source``, ``other``, ``hit``, ``strong``, ``dim``."""

    LOOKS: ClassVar[tuple[str, ...]] = ("plain", "content", "cue", "source", "other", "hit", "strong", "dim")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"text--{look}" for look in LOOKS}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "Down", show=False, id="text.down"),
        Binding("up,k", "scroll_up", "Up", show=False, id="text.up"),
        Binding("pagedown,ctrl+d,space", "page_down", "Page down", show=False, id="text.page-down"),
        Binding("pageup,ctrl+u", "page_up", "Page up", show=False, id="text.page-up"),
        Binding("home,g", "scroll_home", "Top", show=False, id="text.first"),
        Binding("end,G", "scroll_end", "End", show=False, id="text.last"),
    ]

    class Pressed(Message):
        """A place in the text was clicked: ``offset`` in code points."""

        def __init__(self, view: TextView, offset: int) -> None:
            super().__init__()
            self.view, self.offset = view, offset

        @property
        def control(self) -> TextView:
            return self.view

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = ""
        self.runs: list[Run] = []
        self._lines: list[Line] = []
        self._starts: list[int] = []
        self._wrapped: tuple[str, int] | None = None
        self._pending: int | None = None

    def show(self, text: str, runs: Iterable[Run] = (), focus: int | None = None) -> None:
        """Shows ``text``; later runs lie on earlier ones. ``focus``: the offset to bring into sight, else the top."""
        self.text = "\n".join(clean(line) for line in text.split("\n"))
        self.runs = flatten(runs)
        self._layout_text()
        self.bring(focus or 0)
        self.refresh()

    def bring(self, offset: int) -> None:
        """Scrolls so that the line of ``offset`` stands in the upper third; after layout where there is none yet."""
        if not self.size.height:
            self._pending = offset
            return
        self._pending = None
        line = self.line_of(offset)
        self.scroll_to(y=max(0, line - self.size.height // 3), animate=False, force=True)

    def line_of(self, offset: int) -> int:
        """The number of the line that holds ``offset``."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def lines_between(self, start: int, end: int) -> Sequence[Line]:
        return self._lines[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @property
    def measure(self) -> int:
        return max(8, min(MEASURE, self.scrollable_content_region.width - 2 * MARGIN))

    def _layout_text(self) -> None:
        if self._wrapped != (self.text, self.measure):
            self._lines = wrap(self.text, self.measure)
            self._starts = [line.start for line in self._lines]
            self._wrapped = (self.text, self.measure)
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))

    def on_resize(self) -> None:
        place = self._lines[min(self.scroll_offset.y, len(self._lines) - 1)].start if self._lines else 0
        before = self._wrapped
        self._layout_text()
        if self._pending is not None:
            self.bring(self._pending)
        elif before != self._wrapped:
            self.scroll_to(y=self.line_of(place), animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        number = event.y + self.scroll_offset.y
        if not 0 <= number < len(self._lines):
            return
        line, cells = self._lines[number], event.x - MARGIN
        for offset in range(line.start, line.end):
            cells -= get_character_cell_size(self.text[offset])
            if cells < 0:
                self.post_message(self.Pressed(self, offset))
                return

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.refresh()

    def look(self, name: str) -> Style:
        return self.get_component_rich_style(f"text--{name}")

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        ground = self.look("plain")
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return Strip.blank(width, ground)
        parts = [(" " * MARGIN, ground)]
        parts += [
            (self.text[run.start : run.end], self.look(run.look))
            for run in pieces(self._lines[number], self.runs, "plain")
        ]
        return strip_of(parts, width, ground)

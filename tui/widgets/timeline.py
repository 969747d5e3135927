"""How often somebody spoke, month by month; the keyboard or mouse picks a period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.drawing import strip_of

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def every_month(counts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """``counts`` ("YYYY-MM", number) in order, with the months between that have none."""
    known = {month: number for month, number in counts if len(month) == 7}
    if not known:
        return []
    (year, month), last = map(int, min(known).split("-")), max(known)
    months: list[tuple[str, int]] = []
    while not months or months[-1][0] < last:
        name = f"{year:04}-{month:02}"
        months.append((name, known.get(name, 0)))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months


def month_name(month: str) -> str:
    """ "2021-04" as people write it: "Apr 2021"."""
    return f"{_MONTHS[int(month[5:7]) - 1]} {month[:4]}"


class Timeline(Widget, can_focus=True):
    """Bars by month (by groups of months where there is no room). Left and right move, shift extends, enter picks."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "timeline--bar",
        "timeline--picked",
        "timeline--axis",
        "timeline--title",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", "Earlier", show=False, id="timeline.earlier"),
        Binding("right,l", "move(1)", "Later", show=False, id="timeline.later"),
        Binding("shift+left,H", "move(-1, True)", "Extend back", show=False, id="timeline.extend-back"),
        Binding("shift+right,L", "move(1, True)", "Extend", show=False, id="timeline.extend"),
        Binding("home,g", "edge(0)", "First month", show=False, id="timeline.first"),
        Binding("end,G", "edge(1)", "Last month", show=False, id="timeline.last"),
        Binding("enter", "pick", "Show this period", id="timeline.pick"),
        Binding("backspace,delete", "clear", "Whole period", id="timeline.clear"),
    ]
    head: reactive[int] = reactive(0)
    tail: reactive[int] = reactive(0)

    class Picked(Message):
        """A period was picked: first and last month ("YYYY-MM"), or None for no limit."""

        def __init__(self, since: str | None, until: str | None) -> None:
            super().__init__()
            self.since, self.until = since, until

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.months: list[tuple[str, int]] = []
        self.heading = ""
        self._anchor = 0

    def show(self, heading: str, counts: Sequence[tuple[str, int]]) -> None:
        """Shows other months; the picked period is kept where its months are still there."""
        picked = [self.months[index][0] for index in (self.head, self.tail) if index < len(self.months)]
        self.months = every_month(counts)
        self.heading = heading
        places = {month: index for index, (month, _) in enumerate(self.months)}
        last = max(0, len(self.months) - 1)
        self.head, self.tail = (
            (places[picked[0]], places[picked[1]])
            if len(picked) == 2 and all(month in places for month in picked)
            else (last, last)
        )
        self._anchor = self.head
        self.refresh()

    @property
    def per_bar(self) -> int:
        """How many months one bar stands for."""
        return max(1, -(-len(self.months) // max(1, self.size.width - 2)))

    @property
    def bar_width(self) -> int:
        return max(1, min(9, (self.size.width - 2) // max(1, len(self.months))))

    def action_move(self, bars: int, extend: bool = False) -> None:
        if not self.months:
            return
        step, last = self.per_bar, len(self.months) - 1
        moving = self.tail if self.head == self._anchor else self.head
        place = max(0, min(last, moving + bars * step))
        if not extend:
            self._anchor = place
        self.head, self.tail = min(self._anchor, place), max(self._anchor, place)

    def action_edge(self, edge: int) -> None:
        if self.months:
            self.head = self.tail = self._anchor = len(self.months) - 1 if edge else 0

    def action_pick(self) -> None:
        if self.months:
            tail = max(
                self.tail, min(len(self.months) - 1, self.tail // self.per_bar * self.per_bar + self.per_bar - 1)
            )
            self.post_message(self.Picked(self.months[self.head][0], self.months[tail][0]))

    def action_clear(self) -> None:
        self.post_message(self.Picked(None, None))

    def _month_at(self, x: int) -> int | None:
        if not self.months or x < 1:
            return None
        place = (x - 1) // self.bar_width * self.per_bar
        return place if place < len(self.months) else None

    def on_click(self, event: events.Click) -> None:
        place = self._month_at(event.x)
        if place is None:
            return
        if event.shift:
            self.head, self.tail = min(self._anchor, place), max(self._anchor, place)
        else:
            self.head = self.tail = self._anchor = place
            if event.chain > 1:
                self.action_pick()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.refresh()

    def _title(self) -> str:
        if not self.months:
            return f" {self.heading}  no dated quotations"
        head, tail = self.months[self.head][0], self.months[self.tail][0]
        number = sum(count for _, count in self.months[self.head : self.tail + 1])
        period = month_name(head) if head == tail else f"{month_name(head)} – {month_name(tail)}"
        return f" {self.heading}  {period}: {number:,}"

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        ground = self.rich_style
        if y == 0:
            return strip_of([(self._title(), self._look("title"))], width, ground)
        if not self.months:
            return Strip.blank(width, ground)
        if y == height - 1:
            return strip_of([(self._axis(), self._look("axis"))], width, ground)
        return strip_of(self._bars(y, height - 2), width, ground)

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"timeline--{name}", partial=True)

    def _groups(self) -> list[int]:
        step = self.per_bar
        return [
            sum(count for _, count in self.months[start : start + step]) for start in range(0, len(self.months), step)
        ]

    def _bars(self, y: int, rows: int) -> list[tuple[str, Style]]:
        groups, step = self._groups(), self.per_bar
        most = max(groups)
        gap = 1 if self.bar_width > 1 else 0
        parts: list[tuple[str, Style]] = [(" ", self._look("bar"))]
        for index, number in enumerate(groups):
            eighths = max(1, round(number / most * rows * 8)) if number else 0
            level = max(0, min(8, eighths - (rows - y) * 8))
            picked = index * step <= self.tail and (index + 1) * step > self.head
            glyph = _EIGHTHS[level]
            if y == rows and picked and not level:
                glyph = "_"
            parts.append((glyph * (self.bar_width - gap) + " " * gap, self._look("picked" if picked else "bar")))
        return parts

    def _axis(self) -> str:
        cells = [" "] * (self.size.width + 8)
        free = 0
        for index in range(0, len(self.months), self.per_bar):
            month = self.months[index][0]
            place = 1 + index // self.per_bar * self.bar_width
            new_year = int(month[5:7]) <= self.per_bar
            label = month_name(month) if not free else month[:4] if new_year else month_name(month)[:3]
            wanted = not free or new_year or self.bar_width > len(label)
            if wanted and place >= free and place + len(label) <= self.size.width:
                cells[place : place + len(label)] = label
                free = place + len(label) + 1
        return "".join(cells[: self.size.width])

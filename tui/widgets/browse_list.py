"""The list on the left: speakers, countries or articles, each with its number of quotations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len

from tui.drawing import bar, clean, shorten
from tui.names import folded
from tui.widgets.virtual_list import Parts, VirtualList

TALL = 26  # lines from which on there is room for two lines a row


class _All:
    """The key of the entry that stands for all."""

    def __repr__(self) -> str:
        return "ALL"


ALL = _All()


class Entry(NamedTuple):
    """One row as it is drawn. ``key`` is what the row chooses."""

    key: Hashable
    name: str
    detail: str = ""
    code: str = ""
    number: int = 0


def search_text(entry: Entry) -> str:
    """What is compared with what the user types to narrow the list."""
    return folded(f"{entry.name} {entry.code}")


class BrowseList(VirtualList):
    """Draws entries; the first one stands for all of them."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.top = Entry(ALL, "Everything")
        self._entries: Sequence[Entry] = ()
        self._shown: Sequence[int] = ()  # indexes into the entries; all of them unless filtered
        self._folded: list[str] | None = None
        self._places: dict[Any, int] | None = None
        self._words: tuple[str, ...] = ()  # that the rows shown have
        self._most, self._digits = 1, 3
        self._marked: dict[object, Entry] = {}
        self.typed = ""

    @property
    def row_count(self) -> int:
        return len(self._shown) + 1

    def entry(self, index: int) -> Entry:
        return self._entries[self._shown[index - 1]] if index else self.top

    def key_of(self, index: int) -> object:
        return None if index == 0 else self.entry(index).key

    @property
    def current(self) -> Entry:
        return self.entry(min(self.cursor, self.row_count - 1))

    def marked_entries(self) -> list[Entry]:
        """The marked entries, in the order of marking; their names are those they were marked with."""
        return [self._marked[key] for key in self.marks if key in self._marked]

    def toggle_mark(self, index: int) -> None:
        if index:
            entry = self.entry(index)
            self._marked[entry.key] = entry
        super().toggle_mark(index)

    def show(
        self,
        top: Entry,
        entries: Sequence[Entry],
        keep: object,
        names: list[str] | None = None,
        places: dict[Any, int] | None = None,
        most: int | None = None,
    ) -> None:
        """Shows other entries; the cursor stays on the one with key ``keep`` where it is still there.

        ``names`` (the search texts), ``places`` (of the keys) and ``most`` (the highest number) are made here where
        they are not given.
        """
        self.top, self._entries = top, entries
        self._folded, self._places, self._words = names, places, ()
        self._most = max((entry.number for entry in entries), default=1) if most is None else most
        self._digits = max(3, *(len(f"{number:,}") for number in (self._most, top.number)))
        self._narrow(keep)

    def narrow(self, typed: str) -> None:
        """Shows only the rows whose name or detail has all typed words."""
        if typed == self.typed:
            return
        self.typed = typed
        self._narrow(self.current.key, prefer_first=True)

    def _narrow(self, keep: object, prefer_first: bool = False) -> None:
        top = self.cursor_top
        words = tuple(folded(self.typed).split())
        # what passes longer words is among what passed their beginnings
        further = bool(self._words) and len(words) >= len(self._words) and all(map(str.startswith, words, self._words))
        if not further:
            self._shown = range(len(self._entries))
        if words:
            if self._folded is None:
                self._folded = list(map(search_text, self._entries))
            names = self._folded
            for word in words:
                self._shown = [index for index in self._shown if word in names[index]]
        self._words = words
        place = self._place_of(keep)
        if place is None:
            place = 1 if prefer_first and words and self._shown else 0
        self.rows_changed(place, min(top, place))

    def _place_of(self, key: object) -> int | None:
        if key == ALL:
            return 0 if not self.typed else None
        if self._places is None:
            self._places = {entry.key: index for index, entry in enumerate(self._entries)}
        index = self._places.get(key, -1)
        place = bisect_left(self._shown, index)  # the rows shown are in the order of all rows
        return place + 1 if index >= 0 and place < len(self._shown) and self._shown[place] == index else None

    def on_resize(self) -> None:
        self.row_height = 2 if self.size.height >= TALL else 1
        super().on_resize()

    def draw_row(self, index: int, width: int) -> list[Parts]:
        entry = self.entry(index)
        dim = self.look("dim")
        name_style = self.look("strong")
        marked = bool(self.marks) and self.key_of(index) in self.marks
        code = f" {clean(entry.code)}" if entry.code else ""
        count = f" {entry.number:>{self._digits},} "
        right = code + count
        bar_width = 4 if self.row_height == 1 and width >= 38 and index else 0
        room = width - cell_len(right) - 2 - bar_width
        name = shorten(clean(entry.name), room)
        first: Parts = [
            ("● " if marked else "  ", self.look("hit")),
            (name, name_style),
            (" " * (room - cell_len(name)), dim),
        ]
        if bar_width:
            first.append((bar(entry.number, self._most, bar_width).ljust(bar_width), self.look("bar")))
        first += [(code, dim), (count, name_style)]
        if self.row_height == 1:
            return [first]
        drawn = bar(entry.number, self._most, 8).ljust(8) if index else ""
        detail = shorten(clean(entry.detail), width - 4 - len(drawn))
        return [first, [("  ", dim), (drawn, self.look("bar")), (" " if drawn else "", dim), (detail, dim)]]

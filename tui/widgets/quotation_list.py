"""The list of quotations: ids are held, rows are fetched as they come into sight."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from rich.cells import cell_len
from rich.style import Style

from db.records import QuotationRow
from tui.drawing import Line, Run, clean, pieces, shorten, wrap
from tui.hits import found_words, places
from tui.widgets.virtual_list import Parts, VirtualList

Fetch = Callable[[Sequence[int]], Iterable[QuotationRow]]

STATUS_GLYPHS = {"extracted": "·", "confirmed": "✓", "corrected": "✎", "rejected": "✗"}
LOW_CONFIDENCE = 0.5  # below it the list says how unsure the attribution is
_CHUNK = 64
_CHUNKS_KEPT = 40
GUTTER = 3


class QuotationList(VirtualList):
    """Shows the quotations of ``ids`` in their order. ``fetch`` gives their rows; it is called in the app's thread.

    A row takes ``row_height`` lines: the words on all but the last (on the only one), the facts on the last.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.ids: array[int] = array("q")
        self.complete = True
        self.show_speaker = True
        self.nothing = "No quotations"
        self._fetch: Fetch = lambda _: ()
        self._chunks: OrderedDict[int, dict[int, QuotationRow | None]] = OrderedDict()
        self._drawn: tuple[object, list[Parts]] | None = None

    @property
    def row_count(self) -> int:
        return len(self.ids)

    def key_of(self, index: int) -> object:
        return self.ids[index]

    def empty_text(self) -> str:
        return self.nothing if self.complete else "Looking …"

    def show(
        self, ids: array[int], fetch: Fetch, *, keep: int | None = None, place: int = 0, complete: bool = True
    ) -> None:
        """Shows other quotations. The cursor stays on quotation ``keep`` where it is among them, else at ``place``."""
        top = self.cursor_top
        self.ids, self._fetch, self.complete = ids, fetch, complete
        self.forget()
        if keep is not None and keep in ids:
            place = ids.index(keep)
        self.rows_changed(place, min(top, place))

    def extend(self, ids: Iterable[int], complete: bool) -> None:
        """Adds quotations at the end of the list."""
        self.ids.extend(ids)
        self.complete = complete
        self.more_rows()

    def forget(self) -> None:
        """Drops the fetched rows, so that they are read again from the store."""
        self._chunks.clear()
        self._drawn = None
        self.refresh()

    def row(self, index: int) -> QuotationRow | None:
        """The row at ``index``; None when it has gone from the store meanwhile."""
        number = index // _CHUNK
        ids = self.ids[number * _CHUNK : (number + 1) * _CHUNK]
        chunk = self._chunks.get(number)
        if chunk is None or len(chunk) < len(ids):  # the list may have grown since
            chunk = dict.fromkeys(ids)
            chunk.update((row.id, row) for row in self._fetch(ids))
            self._chunks[number] = chunk
            while len(self._chunks) > _CHUNKS_KEPT:
                self._chunks.popitem(last=False)
        self._chunks.move_to_end(number)
        return chunk.get(self.ids[index])

    @property
    def current(self) -> QuotationRow | None:
        return self.row(self.cursor) if self.row_count else None

    def acted_on(self) -> list[int]:
        """The quotations an action is about: the marked ones, or else the one under the cursor."""
        if self.marks:
            return [key for key in self.marks if isinstance(key, int)]
        return [self.ids[self.cursor]] if self.row_count else []

    # drawing

    def refresh(self, *args: object, **options: object) -> QuotationList:
        self._drawn = None
        return super().refresh(*args, **options)  # type: ignore[arg-type]

    def draw_row(self, index: int, width: int) -> list[Parts]:
        if self._drawn and self._drawn[0] == (index, width):
            return self._drawn[1]
        row = self.row(index)
        lines = [[("   no longer in the database", self.look("dim"))]] if row is None else self._draw(index, row, width)
        self._drawn = ((index, width), lines)
        return lines

    def _draw(self, index: int, row: QuotationRow, width: int) -> list[Parts]:
        mark = "●" if self.marks and self.ids[index] in self.marks else " "
        lead: Parts = [
            (mark, self.look("hit")),
            (STATUS_GLYPHS.get(row.status, "·") + " ", self.status_style(row.status)),
        ]
        plain = self.look("dim") if row.status == "rejected" else self.look("strong")
        if self.row_height == 1:
            day, who = f"{(row.published or '')[:10]:10} ", ""
            if self.show_speaker and width > 50:
                name = shorten(clean(row.speaker or "—"), 20)
                who = name + " " * (21 - cell_len(name))
            room = width - GUTTER - len(day) - cell_len(who) - 1
            return [[*lead, (day, self.look("dim")), (who, self.look("dim")), *self._words(row, room, 1, plain)[0]]]
        words = self._words(row, width - GUTTER - 1, self.row_height - 1, plain)
        lines = [[*lead, *words[0]], *([(" " * GUTTER, plain), *line] for line in words[1:])]
        lines += [[] for _ in range(self.row_height - 1 - len(lines))]
        return [*lines, [(" " * GUTTER, plain), *self._facts(row, width - GUTTER - 1)]]

    def _words(self, row: QuotationRow, room: int, lines: int, plain: Style) -> list[Parts]:
        text = clean(f"“{row.text}”" if row.form == "direct" else row.text)
        runs = [Run(start, end, "hit") for start, end in places(text, found_words(row.snippet))]
        start = 0
        if runs and runs[0].end > room * lines:
            # The first hit lies beyond what is seen: begin shortly before it.
            start = text.rfind(" ", 0, max(1, runs[0].start - room // 3)) + 1
        shown, offset = (f"… {text[start:]}", start - 2) if start else (text, 0)
        runs = [Run(run.start - offset, run.end - offset, run.look) for run in runs if run.start >= start]
        wrapped = wrap(shown, room)[:lines] or [Line(0, 0)]
        drawn = [
            [(shown[run.start : run.end], self.look("hit") if run.look else plain) for run in pieces(line, runs)]
            for line in wrapped
        ]
        if wrapped[-1].end < len(shown.rstrip()):
            last, style = drawn[-1].pop()
            used = sum(cell_len(piece) for piece, _ in drawn[-1])
            drawn[-1].append((shorten(last + " …", max(1, room - used)), style))
        return drawn

    def _facts(self, row: QuotationRow, room: int) -> Parts:
        """Date, speaker, act, ..., the most telling first, as many as there is room for."""
        dim = self.look("dim")
        facts: Parts = [((row.published or "no date")[:10], dim)]
        if self.show_speaker:
            who = shorten(clean(row.speaker or "no speaker found"), max(8, room // 2 - 4))
            facts.append((who, self.look("name") if row.speaker else dim))
        if row.status == "extracted" and row.confidence < LOW_CONFIDENCE:
            facts.append((f"{row.confidence:.0%} sure", self.look("bad")))
        if row.repeats:
            facts.append((f"×{row.repeats + 1}", self.look("bar")))
        facts += [(row.act, dim), (clean(row.publisher or ""), dim), (row.form, dim)]
        parts: Parts = []
        for text, style in facts:
            between = 3 if parts else 0
            if not text or room < between + min(4, cell_len(text)):
                continue
            shown = shorten(text, room - between)
            if cell_len(shown) < cell_len(text) and text != facts[0][0] and room - between < 8:
                continue
            parts += ([(" · ", dim)] if parts else []) + [(shown, style)]
            room -= between + cell_len(shown)
        return parts

    def status_style(self, status: str) -> Style:
        return self.look({"confirmed": "good", "corrected": "good", "rejected": "bad"}.get(status, "dim"))

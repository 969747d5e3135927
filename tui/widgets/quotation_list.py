"""The list of quotations: ids are held, rows are fetched as they come into sight."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from rich.cells import cell_len
from rich.style import Style
from textual.message import Message

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


def chunk_around(ids: Sequence[int], place: int) -> Sequence[int]:
    """Those of ``ids`` that are fetched together with the one at ``place``."""
    start = place // _CHUNK * _CHUNK
    return ids[start : start + _CHUNK]


class QuotationList(VirtualList):
    """Shows the quotations of ``ids`` in their order.

    ``fetch`` gives their rows. It is called in a thread for the rows in sight, which stay empty until they come, and in
    the app's own where a row is needed at once.

    A row takes ``row_height`` lines: the words, and on a line below them (unless there is only one) the facts.
    """

    class Came(Message):
        """Rows were fetched that had been wanted."""

        def __init__(self, sender: QuotationList) -> None:
            super().__init__()
            self.list = sender

        @property
        def control(self) -> QuotationList:
            return self.list

    class _Fetched(Message):
        """From the thread that fetches: the rows of some chunks."""

        def __init__(self, turn: int, chunks: Mapping[int, Sequence[int]], rows: Sequence[QuotationRow]) -> None:
            super().__init__()
            self.turn, self.chunks, self.rows = turn, chunks, rows

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.ids: array[int] = array("q")
        self._turn = 0  # counts what was shown or forgotten, so that late rows are known as such
        self._fetching = False
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
        self,
        ids: array[int],
        fetch: Fetch,
        *,
        keep: int | None = None,
        place: int = 0,
        complete: bool = True,
        rows: Iterable[QuotationRow] = (),
    ) -> None:
        """Shows other quotations. The cursor stays on quotation ``keep`` where it is among them, else at ``place``.

        ``rows`` are some that are at hand already, such as those of ``chunk_around``.
        """
        top = self.cursor_top
        self.ids, self._fetch, self.complete = ids, fetch, complete
        self.forget()
        known = {row.id: row for row in rows}
        if known:
            number = ids.index(next(iter(known))) // _CHUNK
            self._keep_chunk(number, {id: known.get(id) for id in self._chunk_ids(number)})
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
        self._turn += 1
        self._fetching = False
        self._chunks.clear()
        self._drawn = None
        self.refresh()

    def row(self, index: int) -> QuotationRow | None:
        """The row at ``index``; None when it has gone from the store meanwhile."""
        if not self.has_row(index):
            number = index // _CHUNK
            ids = self._chunk_ids(number)
            self._keep_chunk(number, {**dict.fromkeys(ids), **{row.id: row for row in self._fetch(ids)}})
        return self._chunks[index // _CHUNK][self.ids[index]]

    def has_row(self, index: int) -> bool:
        """Whether ``row`` need not wait for the store."""
        chunk = self._chunks.get(index // _CHUNK)
        return chunk is not None and self.ids[index] in chunk  # the list may have grown since

    def _chunk_ids(self, number: int) -> Sequence[int]:
        return self.ids[number * _CHUNK : (number + 1) * _CHUNK]

    def _keep_chunk(self, number: int, chunk: dict[int, QuotationRow | None]) -> None:
        self._chunks[number] = chunk
        self._chunks.move_to_end(number)
        while len(self._chunks) > _CHUNKS_KEPT:
            self._chunks.popitem(last=False)

    def _want(self) -> None:
        """Has the chunks in sight that are not there fetched, one thread at a time."""
        if self._fetching or not self.row_count or not self.size.height:
            return
        first = self.scroll_offset.y // self.row_height
        last = min(self.row_count - 1, first + self.size.height // self.row_height)
        missing = {
            number: self._chunk_ids(number)
            for number in range(first // _CHUNK, last // _CHUNK + 1)
            if not (self.has_row(max(first, number * _CHUNK)) and self.has_row(min(last, (number + 1) * _CHUNK - 1)))
        }
        if missing:
            self._fetching = True
            work = partial(self._fetch_chunks, self._turn, missing, self._fetch)
            self.run_worker(work, thread=True, group="rows", exit_on_error=False)

    def _fetch_chunks(self, turn: int, chunks: Mapping[int, Sequence[int]], fetch: Fetch) -> None:
        rows: Sequence[QuotationRow] = ()
        try:
            rows = list(fetch([id for ids in chunks.values() for id in ids]))
        finally:  # also when it failed: then the rows are taken for gone, rather than asked for again and again
            self.post_message(self._Fetched(turn, chunks, rows))

    def on_quotation_list__fetched(self, event: _Fetched) -> None:
        event.stop()
        if event.turn != self._turn:
            return
        self._fetching = False
        rows = {row.id: row for row in event.rows}
        for number, ids in event.chunks.items():
            self._keep_chunk(number, {id: rows.get(id) for id in ids})
        self.refresh()
        self.post_message(self.Came(self))

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
        if not self.has_row(index):
            self.call_later(self._want)
            return [[("   …", self.look("dim"))]]
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

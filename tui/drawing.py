"""Words on terminal cells: safe characters, wrapping by offsets, styled runs, strips of an exact width.

Everything here keeps code-point offsets intact, so that a place on the screen can be traced back to the stored text.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

# Control characters would reach the terminal as commands, bidirectional ones would reorder the screen, and lone
# surrogates cannot be written. Each becomes one character, so that offsets stay true.
_UNSAFE = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " "),
    **dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF], " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
}


class Line(NamedTuple):
    """A half-open stretch of a text that fills one line of the screen, in code points."""

    start: int
    end: int


class Run(NamedTuple):
    """A stretch of text drawn in one way; ``look`` names it."""

    start: int
    end: int
    look: str


def clean(text: str) -> str:
    """``text`` without anything that would disturb a terminal; of the same length."""
    return text.translate(_UNSAFE)


@lru_cache(maxsize=64)
def _breaker(width: int) -> re.Pattern[str]:
    return re.compile(rf"(.{{1,{width}}})(?: +|$)|(.{{{width}}})")


def _wrap_narrow(text: str, width: int, base: int) -> list[Line]:
    return [
        Line(base + match.start(), base + (match.end(1) if match.group(1) is not None else match.end(2)))
        for match in _breaker(width).finditer(text)
    ]


def _wrap_any(text: str, width: int, base: int) -> list[Line]:
    lines, start, cells, last_space = [], 0, 0, -1
    position = 0
    while position < len(text):
        size = get_character_cell_size(text[position])
        if cells + size > width and position > start:
            if text[position] == " ":
                end, following = position, position + 1
            elif last_space > start:
                end, following = last_space, last_space + 1
            else:
                end = following = position
            lines.append(Line(base + start, base + end))
            start = position = following
            cells, last_space = 0, -1
            continue
        if text[position] == " ":
            last_space = position
        cells += size
        position += 1
    if start < len(text):
        lines.append(Line(base + start, base + len(text)))
    return lines


def wrap(text: str, width: int) -> list[Line]:
    """The lines of ``text`` on a screen ``width`` cells wide; a line feed starts a new one, an empty line is kept.

    Expects cleaned text but for its line feeds. Linear in the length of the text.
    """
    width = max(2, width)
    lines: list[Line] = []
    base = 0
    for paragraph in text.split("\n"):
        if not paragraph.strip():
            lines.append(Line(base, base))
        elif paragraph.isascii() or cell_len(paragraph) == len(paragraph):
            lines += _wrap_narrow(paragraph, width, base)
        else:
            lines += _wrap_any(paragraph, width, base)
        base += len(paragraph) + 1
    return lines


def flatten(runs: Iterable[Run]) -> list[Run]:
    """Runs that do not overlap, in order: of runs that cover the same place the later given one is on top."""
    layers = [run for run in runs if run.start < run.end]
    cuts = sorted({cut for run in layers for cut in (run.start, run.end)})
    opening: dict[int, list[int]] = {}
    for index, run in enumerate(layers):
        opening.setdefault(run.start, []).append(index)
    active: set[int] = set()
    flat: list[Run] = []
    for start, end in itertools.pairwise(cuts):
        active = {index for index in active if layers[index].end > start}
        active.update(opening.get(start, ()))
        if not active:
            continue
        look = layers[max(active)].look
        if flat and flat[-1].end == start and flat[-1].look == look:
            flat[-1] = Run(flat[-1].start, end, look)
        else:
            flat.append(Run(start, end, look))
    return flat


def pieces(line: Line, runs: Sequence[Run], plain: str = "") -> list[Run]:
    """``line`` cut into runs, what no run covers in look ``plain``. ``runs`` are flat and in order."""
    found: list[Run] = []
    position = line.start
    index = max(0, bisect_right(runs, line.start, key=lambda run: run.start) - 1)
    while index < len(runs) and runs[index].start < line.end:
        run = runs[index]
        index += 1
        start, end = max(run.start, line.start), min(run.end, line.end)
        if start >= end:
            continue
        if start > position:
            found.append(Run(position, start, plain))
        found.append(Run(start, end, run.look))
        position = end
    if position < line.end:
        found.append(Run(position, line.end, plain))
    return found


def shorten(text: str, width: int) -> str:
    """``text`` in at most ``width`` cells, an ellipsis for what is cut."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def bar(value: float, most: float, width: int) -> str:
    """A horizontal bar of at most ``width`` cells, in eighths of a cell; anything above nothing shows."""
    if most <= 0 or value <= 0 or width <= 0:
        return ""
    eighths = max(1, round(value / most * width * 8))
    full, rest = divmod(eighths, 8)
    return "█" * full + (" ▏▎▍▌▋▊▉"[rest] if rest else "")


def strip_of(parts: Iterable[tuple[str, Style]], width: int, fill: Style) -> Strip:
    """One line of exactly ``width`` cells; every part lies on top of ``fill``."""
    segments = [Segment(text, fill + style) for text, style in parts if text]
    return Strip(segments).adjust_cell_length(width, fill)

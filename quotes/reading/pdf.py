"""PDF with a text layer, by pdfminer.six: columns in order, running heads and page numbers out, hyphenation undone."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import regex

from quotes.model import Role
from quotes.reading.assembly import assembled
from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, read_all
from quotes.reading.extras import needs

_FILE_FACTOR = 20  # pictures and fonts make a PDF this much larger than its text
_LINE_MARGIN = 0.9  # times the height of a line: double-spaced lines still stand together
_MARGIN = 0.12  # the share of the page's height, at the top and the bottom, in which running heads stand
_ACROSS = 0.15  # the share of a page's lines that may go over both of its columns
_FEWEST_IN_COLUMN = 5  # lines
_COLUMN = 0.3  # the share of the text's width that most lines of a column take up
_RUNNING_LINES = 2  # how many lines a running head has at most
_PAGE_NUMBER = regex.compile(
    r"[-–—\s|]*(?:page|p\.)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s|]*", regex.I
)
_SENTENCE_END = regex.compile(r"[.!?:;…][\"'”’»)\]]*$")
_HYPHEN = regex.compile(r"(?<=\p{Ll})[-‐]$")
_ITEM = regex.compile(r"(?:[-–—•*▪◦‣·]|\d{1,3}[.)]|\([a-z]\))\s")
_LABEL = regex.compile(r"\p{Lu}[\p{L}.'’ ]{1,40}:\s")


@dataclass(slots=True)
class _Line:
    words: str
    left: float
    right: float
    top: float
    bottom: float
    size: float  # of the letters, in points
    page: int
    column: int = 0  # counted over the document


def read_pdf(source: Source, options: ReadOptions) -> Iterator[Draft]:
    data = read_all(source, options.max_size * _FILE_FACTOR)
    lines, heights, title = _lines(data)
    if not lines:
        raise Refusal("a PDF without a text layer (a scan?); run text recognition (OCR) on it first")
    lines = _in_columns(_without_running_heads(lines, heights))
    paragraphs = _paragraphs(lines)
    text = assembled(paragraphs)
    # what a PDF's properties call its title is often the name of a file
    stated = " ".join(title.split()) if title and " ".join(title.split()) in text.text[:2000] else None
    yield Draft(text=text.text, path=source.path, title=stated, url=source.url, blocks=text.known)


def _lines(data: bytes) -> tuple[list[_Line], dict[int, float], str | None]:
    with needs("pdfminer.six", "PDF files"):
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LAParams, LTTextBox, LTTextLine
        from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
        from pdfminer.pdfparser import PDFParser, PDFSyntaxError
    try:
        title = _title(PDFDocument(PDFParser(io.BytesIO(data))))
        lines: list[_Line] = []
        heights: dict[int, float] = {}
        for number, page in enumerate(extract_pages(io.BytesIO(data), laparams=LAParams(line_margin=_LINE_MARGIN))):
            heights[number] = page.height
            for element in page:
                if not isinstance(element, LTTextBox):
                    continue
                for line in element:
                    if isinstance(line, LTTextLine) and line.get_text().strip():
                        lines.append(_line(line, number))
        return lines, heights, title
    except PDFPasswordIncorrect:
        raise Refusal("needs a password") from None
    except PDFSyntaxError:
        raise Refusal("a damaged PDF") from None


def _title(document: Any) -> str | None:
    for info in document.info:
        value = info.get("Title")
        if isinstance(value, bytes):
            wide = value.startswith((b"\xfe\xff", b"\xff\xfe"))
            return value.decode("utf-16" if wide else "latin-1", "replace").strip() or None
    return None


def _line(line: Any, page: int) -> _Line:
    words = regex.sub(r"\(cid:\d+\)", "", line.get_text()).replace("\xad\n", "-").strip()
    return _Line(words, line.x0, line.x1, line.y1, line.y0, line.height, page)


def _without_running_heads(lines: list[_Line], heights: dict[int, float]) -> list[_Line]:
    """The lines without what repeats at the top or the bottom of pages (but for its numbers), and page numbers."""
    outer = _outermost(lines, heights)
    pages: dict[str, set[int]] = {}
    for line in lines:
        if id(line) in outer:
            pages.setdefault(_numberless(line.words), set()).add(line.page)
    # left and right pages have heads of their own, so a quarter of the pages will do
    needed = 2 if len(heights) < 5 else max(3, len(heights) // 4)
    running = {words for words, on in pages.items() if len(on) >= needed}
    return [
        line
        for line in lines
        if id(line) not in outer or not (_numberless(line.words) in running or _PAGE_NUMBER.fullmatch(line.words))
    ]


def _in_columns(lines: list[_Line]) -> list[_Line]:
    """The lines with the columns of each page one after the other, where its two columns are plain to see.

    pdfminer orders boxes by their nearness, and goes from column to column where paragraphs end at the same height.
    """
    ordered: list[_Line] = []
    for page in dict.fromkeys(line.page for line in lines):
        here = [line for line in lines if line.page == page]
        gutter = _gutter(here)
        ordered += here if gutter is None else _down_columns(here, gutter)
    return ordered


def _gutter(lines: list[_Line]) -> float | None:
    """Where the white stripe between two columns is, as a distance from the left; None without one."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    for step in range(35, 66):
        at = left + (right - left) * step / 100
        crossing = sum(line.left < at < line.right for line in lines)
        before = [line for line in lines if line.right <= at]
        after = [line for line in lines if line.left >= at]
        if crossing > _ACROSS * len(lines) or min(len(before), len(after)) < _FEWEST_IN_COLUMN:
            continue
        beside = min(max(one.top for one in before), max(one.top for one in after)) - max(
            min(one.bottom for one in before), min(one.bottom for one in after)
        )
        wide = [line for line in (*before, *after) if line.right - line.left > _COLUMN * (right - left)]
        if beside > 0 and 2 * len(wide) > len(before) + len(after):
            return at
    return None


def _down_columns(lines: list[_Line], gutter: float) -> list[_Line]:
    """Lines over both columns part the page into bands; in each the left column comes first."""
    ordered: list[_Line] = []
    band: list[_Line] = []

    def flush() -> None:
        ordered.extend(sorted((one for one in band if one.right <= gutter), key=lambda one: -one.top))
        ordered.extend(sorted((one for one in band if one.right > gutter), key=lambda one: -one.top))
        band.clear()

    for line in sorted(lines, key=lambda one: -one.top):
        if line.left < gutter < line.right:
            flush()
            ordered.append(line)
        else:
            band.append(line)
    flush()
    return ordered


def _outermost(lines: list[_Line], heights: dict[int, float]) -> set[int]:
    """The ids of the few lines at the very top and bottom of each page: where running heads stand."""
    found: set[int] = set()
    for page, height in heights.items():
        here = sorted((line for line in lines if line.page == page), key=lambda line: line.top)
        low, high = height * _MARGIN, height * (1 - _MARGIN)
        found.update(id(line) for line in here[:_RUNNING_LINES] if line.top < low)
        found.update(id(line) for line in here[-_RUNNING_LINES:] if line.bottom > high)
    return found


def _numberless(words: str) -> str:
    """What repeats of a running head: all but its numbers. A sentence must repeat as it is."""
    return words if _SENTENCE_END.search(words) else regex.sub(r"\d+", "#", words.casefold())


def _paragraphs(lines: list[_Line]) -> list[tuple[str, Role]]:
    if not lines:
        return []
    size = median(line.size for line in lines)
    hyphenated = Counter(regex.findall(r"\p{L}+-\p{L}+", " ".join(line.words for line in lines).casefold()))
    columns = _columns(lines)
    gaps = sorted(last.bottom - line.top for last, line in pairwise(lines) if last.column == line.column)
    # most lines are followed by one of their own paragraph, but in a text of short paragraphs not by far
    spacing = gaps[len(gaps) // 3] if gaps else 0.0
    found: list[list[_Line]] = []
    for line in lines:
        if found and _goes_on(found[-1][-1], line, columns, spacing, size):
            found[-1].append(line)
        else:
            found.append([line])
    return [(_joined([line.words for line in group], hyphenated), _role(group, size)) for group in found]


def _columns(lines: list[_Line]) -> dict[int, tuple[float, float]]:
    """Numbers the columns that the lines stand in, and gives the left and right edge of each."""
    edges: dict[int, tuple[float, float]] = {}
    column = 0
    last: _Line | None = None
    for line in lines:
        if last is not None:
            below = last.page == line.page and line.top <= last.top
            beside = min(last.right, line.right) - max(last.left, line.left) <= 0
            column += not below or beside
        line.column = column
        left, right = edges.get(column, (line.left, line.right))
        edges[column] = (min(left, line.left), max(right, line.right))
        last = line
    return edges


def _goes_on(last: _Line, line: _Line, columns: dict[int, tuple[float, float]], spacing: float, size: float) -> bool:
    """Whether a line belongs to the paragraph of the line before it."""
    if abs(last.size - line.size) > 0.12 * max(last.size, line.size) or _ITEM.match(line.words):
        return False
    ends = _SENTENCE_END.search(last.words) is not None
    in_sentence = not ends and bool(_HYPHEN.search(last.words) or regex.match(r"[\p{Ll}\d(]", line.words))
    if last.column != line.column or last.bottom - line.top > spacing + 0.35 * size:
        return in_sentence
    if ends and _LABEL.match(line.words):
        return False
    left, right = columns[line.column]
    if ends and line.left > left + 0.8 * size and last.left <= left + 0.8 * size:
        return False
    return not (ends and last.right < right - 0.2 * (right - left))


def _role(group: list[_Line], size: float) -> Role:
    words = sum(len(line.words) for line in group)
    return "heading" if group[0].size > 1.15 * size and words <= 200 else "body"


def _joined(lines: list[str], hyphenated: Counter[str]) -> str:
    """One paragraph of its lines; a word cut at a line's end is made whole, unless it has its hyphen elsewhere too."""
    text = lines[0]
    for line in lines[1:]:
        first = regex.match(r"\p{Ll}[\p{L}]*", line)
        cut = regex.search(r"(\p{L}*\p{Ll})[-‐]$", text)
        if first and cut:
            kept = hyphenated[f"{cut[1]}-{first[0]}".casefold()] > 0
            text = (text if kept else text[:-1]) + line
        else:
            text = f"{text}{'' if text.endswith(('—', '–')) and not text.endswith((' —', ' –')) else ' '}{line}"
    return text

"""PDF with a text layer, by pdfminer.six: columns in order, running heads and page numbers out, hyphenation undone."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import regex

from quotes.model import Role
from quotes.reading.assembly import assembled
from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, read_all
from quotes.reading.extras import needs

_FILE_FACTOR = 20  # pictures and fonts make a PDF this much larger than its text
_MARGIN = 0.12  # the share of the page's height, at the top and the bottom, in which running heads stand
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
    box: int  # its block of text, as pdfminer grouped them, counted over the document


def read_pdf(source: Source, options: ReadOptions) -> Iterator[Draft]:
    data = read_all(source, options.max_size * _FILE_FACTOR)
    lines, heights, title = _lines(data)
    if not lines:
        raise Refusal("a PDF without a text layer (a scan?); run text recognition (OCR) on it first")
    lines = _without_running_heads(lines, heights)
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
        box = 0
        for number, page in enumerate(extract_pages(io.BytesIO(data), laparams=LAParams())):
            heights[number] = page.height
            for element in page:
                if not isinstance(element, LTTextBox):
                    continue
                box += 1
                for line in element:
                    if isinstance(line, LTTextLine) and line.get_text().strip():
                        lines.append(_line(line, number, box))
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


def _line(line: Any, page: int, box: int) -> _Line:
    words = regex.sub(r"\(cid:\d+\)", "", line.get_text()).replace("\xad\n", "-").strip()
    return _Line(words, line.x0, line.x1, line.y1, line.y0, line.height, page, box)


def _without_running_heads(lines: list[_Line], heights: dict[int, float]) -> list[_Line]:
    """The lines without what repeats at the top or the bottom of pages (but for its numbers), and page numbers."""
    margins = [line for line in lines if _in_margin(line, heights[line.page])]
    pages: dict[str, set[int]] = {}
    for line in margins:
        pages.setdefault(_numberless(line.words), set()).add(line.page)
    needed = 2 if len(heights) < 5 else max(3, len(heights) // 4)
    # left and right pages have heads of their own, so a quarter of the pages will do
    running = {words for words, on in pages.items() if len(on) >= needed}
    return [
        line
        for line in lines
        if not (
            _in_margin(line, heights[line.page])
            and (_numberless(line.words) in running or _PAGE_NUMBER.fullmatch(line.words))
        )
    ]


def _in_margin(line: _Line, height: float) -> bool:
    return line.bottom > height * (1 - _MARGIN) or line.top < height * _MARGIN


def _numberless(words: str) -> str:
    return regex.sub(r"\d+", "#", words.casefold())


def _paragraphs(lines: list[_Line]) -> list[tuple[str, Role]]:
    size = median(line.size for line in lines) if lines else 0.0
    hyphenated = Counter(regex.findall(r"\p{L}+-\p{L}+", " ".join(line.words for line in lines).casefold()))
    widths: dict[int, tuple[float, float]] = {}
    for line in lines:
        left, right = widths.get(line.box, (line.left, line.right))
        widths[line.box] = (min(left, line.left), max(right, line.right))
    found: list[list[_Line]] = []
    for line in lines:
        if found and _goes_on(found[-1], line, widths[found[-1][-1].box], widths[line.box], size):
            found[-1].append(line)
        else:
            found.append([line])
    return [(_joined([line.words for line in group], hyphenated), _role(group, size)) for group in found]


def _goes_on(
    group: list[_Line], line: _Line, before: tuple[float, float], here: tuple[float, float], size: float
) -> bool:
    """Whether a line belongs to the paragraph of the lines before it."""
    last = group[-1]
    if abs(last.size - line.size) > 0.12 * max(last.size, line.size) or _ITEM.match(line.words):
        return False
    ends = _SENTENCE_END.search(last.words) is not None
    if last.page != line.page or (last.box != line.box and line.top > last.bottom):
        # the next page or column: only in mid-sentence
        return not ends and bool(_HYPHEN.search(last.words) or regex.match(r"[\p{Ll}\d(]", line.words))
    gap = last.bottom - line.top
    if gap > 0.9 * size:
        return False
    if last.box != line.box:
        return not ends and regex.match(r"\p{Ll}", line.words) is not None
    if _LABEL.match(line.words) and ends:
        return False
    indented = line.left > here[0] + 0.8 * size and last.left <= before[0] + 0.8 * size
    if indented and ends:
        return False
    short = last.right < before[1] - 0.2 * (before[1] - before[0])
    return not (ends and short)


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

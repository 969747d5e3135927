"""The paragraphs that detection works on: nothing that it finds crosses their ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from quotes.model import Article, Role, Span

_BLANK_LINE = regex.compile(r"\n[^\S\n]*\n\s*")
_LINE_END = regex.compile(r"\s*\n\s*")
# Layout that states no quotations: names, dates, and what belongs to the page.
_SILENT: frozenset[Role] = frozenset({"byline", "dateline", "date", "furniture"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of the text with its role; ``silent`` blocks make no findings."""

    span: Span
    role: Role

    @property
    def silent(self) -> bool:
        return self.role in _SILENT


def paragraphs(article: Article) -> tuple[Paragraph, ...]:
    """The article's blocks in order; without blocks, the stretches between blank lines (else between line ends)."""
    if article.blocks:
        ordered = sorted(article.blocks, key=lambda block: block.span)
        return tuple(Paragraph(block.span, block.role) for block in ordered)
    separator = _BLANK_LINE if _BLANK_LINE.search(article.text.strip()) else _LINE_END
    found, start = [], 0
    for end, after in [match.span() for match in separator.finditer(article.text)] + [(len(article.text),) * 2]:
        if piece := article.text[start:end].strip():
            first = article.text.index(piece[0], start)
            found.append(Paragraph(Span(first, first + len(piece)), "body"))
        start = after
    return tuple(found)


class Locator:
    """Which of some ordered, disjoint spans an offset falls in."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self._starts = [span.start for span in spans]

    def index(self, offset: int) -> int | None:
        """The index of the span that holds ``offset``; None between spans."""
        at = bisect_right(self._starts, offset) - 1
        return at if at >= 0 and offset < self.spans[at].end else None

    def before(self, offset: int) -> int:
        """The index of the last span that starts at or before ``offset``; -1 when there is none."""
        return bisect_right(self._starts, offset) - 1

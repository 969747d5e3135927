"""What detection knows of one text before it looks for quotations: paragraphs, tokens, sentences, quotation marks."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right

import regex

from quotes.analysis import Analysis
from quotes.detection.layout import Locator, Paragraph, paragraphs
from quotes.detection.marks import Quoted, find
from quotes.model import Article, Span

_WORD = regex.compile(r"\w+(?:[-'’]\w+)*")


class Context:
    """One article with its analysis, laid out for look-up by offset (code points of ``text``)."""

    def __init__(self, article: Article, analysis: Analysis) -> None:
        self.text = article.text
        self.analysis = analysis
        self.paragraphs: tuple[Paragraph, ...] = paragraphs(article)
        self._paragraphs = Locator([paragraph.span for paragraph in self.paragraphs])
        self.quoted: tuple[Quoted, ...] = find(self.text, self._paragraphs.spans)
        # counted once: in a text without full stops the same words are asked for again and again
        words = [match.span() for match in _WORD.finditer(self.text)]
        self._word_starts = array("q", (start for start, _ in words))
        self._word_ends = array("q", (end for _, end in words))
        self._token_starts = [token.start for token in analysis.tokens]
        self._quoted_starts = [item.outer.start for item in self.quoted]
        reopening = {i for i, item in enumerate(self.quoted) if item.reopens}
        self._runs_on = {
            item.outer.start
            for i, item in enumerate(self.quoted)
            if not item.closed and any(j in reopening for j in self._next_top(i))
        }

    def _next_top(self, index: int) -> list[int]:
        """The index, in a list, of the first outermost quoted stretch after number ``index``."""
        for i in range(index + 1, len(self.quoted)):
            if self.quoted[i].depth == 0:
                return [i]
        return []

    def paragraph_at(self, offset: int) -> Paragraph | None:
        index = self._paragraphs.index(offset)
        return None if index is None else self.paragraphs[index]

    def paragraph_index(self, offset: int) -> int:
        """The index of the last paragraph that starts at or before ``offset`` (-1: before the first)."""
        return self._paragraphs.before(offset)

    def solid(self, item: Quoted) -> bool:
        """Whether both ends of a quoted stretch are sure: it is closed, or the next paragraph re-opens it."""
        return item.closed or item.outer.start in self._runs_on

    def runs_on(self, item: Quoted) -> bool:
        """Whether the next paragraph re-opens this stretch."""
        return item.outer.start in self._runs_on

    def overlapping(self, span: Span) -> list[Quoted]:
        """All quoted stretches that share a character with ``span``, by start."""
        first = bisect_right(self._quoted_starts, span.start)
        # Those that start before the span: back to the outermost one.
        while first > 0:
            first -= 1
            if self.quoted[first].depth == 0:
                break
        found = []
        for index in range(first, bisect_left(self._quoted_starts, span.end)):
            item = self.quoted[index]
            if item.outer.overlaps(span):
                found.append(item)
        return found

    def enclosing(self, span: Span) -> list[Quoted]:
        """The solid quoted stretches around ``span``, outermost first."""
        return [item for item in self.overlapping(span) if item.inner.contains(span) and self.solid(item)]

    def snapped(self, span: Span) -> Span:
        """``span`` widened so that no end of it stands inside a word (clitics, as in "he's", are their own words)."""
        text, start, end = self.text, span.start, span.end
        while 0 < start < len(text) and text[start].isalnum() and text[start - 1].isalnum():
            start -= 1
        while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        return Span(start, end)

    def is_token(self, span: Span) -> bool:
        """Whether a token stands exactly here."""
        at = bisect_left(self._token_starts, span.start)
        return at < len(self._token_starts) and self.analysis.tokens[at] == span

    def words(self, start: int, end: int) -> int:
        """How many words stand, whole or in part, between two offsets."""
        if start >= end:
            return 0
        return bisect_left(self._word_starts, end) - bisect_right(self._word_ends, start)


def stripped(text: str, start: int, end: int, characters: str = "") -> Span:
    """``[start, end)`` without white space (and the given characters) at its ends."""
    while start < end and (text[start].isspace() or text[start] in characters):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in characters):
        end -= 1
    return Span(start, end)

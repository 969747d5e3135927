"""What stands at the head of a document: its heading lines, and where its running text begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from quotes.detection.documents.lines import Line, lines
from quotes.model import Article, Span

_RUNNING = regex.compile(r"[.!?…:;,][\"'”’)\]]*$")
_SENTENCE_BREAK = regex.compile(r"(?<=[.!?][\"”’)]?)\s+(?=[\p{Lu}“\"‘(])")
_SHORT = 160


@dataclass(frozen=True, slots=True)
class Head:
    """``heading``: the short lines before the running text; ``body``: the lines from there to where the text ends."""

    heading: tuple[Line, ...]
    body: tuple[Line, ...]


@lru_cache(maxsize=16)
def head_of(article: Article) -> Head:
    """The heading ends before the first line that is long or ends as a sentence does."""
    text, found = article.text, lines(article)
    first = next((i for i, line in enumerate(found) if is_running(text, line) and (i or len(found) == 1)), len(found))
    if found and first == len(found):
        first = min(1, len(found))
    stop = next((i for i, line in enumerate(found) if line.end and i > first), len(found))
    return Head(found[:first], found[first:stop])


def is_running(text: str, line: Line) -> bool:
    """Whether a line is a paragraph of running text and not a heading, a name or a date."""
    words = line.span.of(text)
    return (
        not line.stage
        and line.role != "title"
        and (len(words) >= _SHORT or (len(words) > 25 and bool(_RUNNING.search(words))))
    )


def heading_text(article: Article) -> str:
    """Title and heading lines, one a line."""
    title = [article.title] if article.title else []
    return "\n".join(title + [line.span.of(article.text) for line in head_of(article).heading])


def rough_sentences(text: str, found: Sequence[Line]) -> list[Span]:
    """Sentences as far as stops and capitals tell, for counting only."""
    out = []
    for line in found:
        start = line.span.start
        for match in _SENTENCE_BREAK.finditer(text, line.span.start, line.span.end):
            out.append(Span(start, match.start()))
            start = match.end()
        out.append(Span(start, line.span.end))
    return out

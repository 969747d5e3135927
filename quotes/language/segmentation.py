"""Guards on Stanza's sentences: no sentence crosses a paragraph end, none ends at an abbreviation or an initial, and a
closing quotation mark stays with the sentence that it closes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import regex

from quotes.model import Article, Span

_CLOSING = frozenset("”’\"'»›)]")
_INITIAL = regex.compile(r"(?:^|[\s(“\"])\p{Lu}\.$")
_TAIL = 40  # code points: more than an abbreviation has
_BLANK_LINE = regex.compile(r"\n\s*\n")


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations after which a sentence goes on ("Sen.", "Gov."), lower-cased, with their full stop."""
    lines = files("quotes").joinpath("data", "abbreviations.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


def paragraphs(article: Article) -> list[int]:
    """Where the article's paragraphs start: its blocks, or else what follows a blank line."""
    if article.blocks:
        return [block.span.start for block in article.blocks]
    return [0, *(match.end() for match in _BLANK_LINE.finditer(article.text))]


def sentences(text: str, tokens: Sequence[Span], ends: Sequence[int], starts: Sequence[int]) -> list[Span]:
    """Sentence spans in code points.

    ``tokens``: all tokens; ``ends``: index after the last token of each of Stanza's sentences; ``starts``: where
    paragraphs start.
    """
    out: list[Span] = []
    marks = iter([*starts, len(text) + 1])
    mark = next(marks)
    wanted = set(ends)
    first = None
    for i, token in enumerate(tokens):
        crossed = False
        while mark <= token.start:
            crossed, mark = True, next(marks)
        if first is not None and crossed:
            out.append(Span(first, tokens[i - 1].end))
            first = None
        if first is None:
            goes_on = out and not crossed and _goes_on(text, out[-1], token)
            first = out.pop().start if goes_on else token.start
        if i + 1 in wanted:
            out.append(Span(first, token.end))
            first = None
    if first is not None:
        out.append(Span(first, tokens[-1].end))
    return out


def _goes_on(text: str, before: Span, token: Span) -> bool:
    """Whether the sentence ``before`` was ended too early, seen from the next token in the same paragraph."""
    word = token.of(text)
    if word[0] in _CLOSING and before.end == token.start:
        return True
    if word[0].islower():
        return True
    # only its end is looked at: a sentence that grows by every initial would be read over and over
    tail = text[max(before.start, before.end - _TAIL) : before.end]
    last = tail.rsplit(None, 1)[-1]
    return last.lstrip("(“\"'").lower() in abbreviations() or (bool(_INITIAL.search(tail)) and word[0].isupper())

"""Resolutions and decisions: one sentence over many lines, "The Council, / Recalling ..., / 1. Demands that ...;"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from quotes.detection.documents.lines import Line, lines
from quotes.detection.documents.reports import Report, clause_of
from quotes.model import Article, Span

_BODY = r"(?:\p{Lu}[\p{L}\p{M}’'-]*)(?:\s+(?:of|and|the|for|on|to|in|\p{Lu}[\p{L}\p{M}’'-]*|\([\p{Lu}&/]+\))){0,14}"
# The subject on a line of its own, or at the end of the line that leads on to the numbered clauses.
_SUBJECT = regex.compile(
    rf"(?:The\s+)?(?P<body>{_BODY}),|(?:\p{{Lu}}\p{{Ll}}+ing\s[^\n]{{1,160}}?,\s+(?:the\s+)?)?(?P<led>{_BODY}):"
)
_HEAD = regex.compile(
    r"\b(?:Council|Assembly|Conference|Committee|Commission|Parliament|Congress|Senate|House|Board|Parties|Union|Summit|Meeting|Ministers|"
    r"States|Organi[sz]ation|Agency|Authority|Forum|Court|Body|Bureau|Group)\b"
)
_NUMBER = regex.compile(r"(?:\(?(?:\d{1,3}|[ivx]{1,5}|[a-z])[.)]\s*(?:bis\s+)?|[-–—•*]\s*)?[*_]{0,2}")
_FEWEST = 3


@lru_cache(maxsize=16)
def clauses(article: Article) -> tuple[Report, ...]:
    """What the body of a resolution states, clause by clause; the source of each is the body's name above them."""
    text, found = article.text, lines(article)
    for index, line in enumerate(found):
        subject = _subject(text, line)
        if subject is None:
            continue
        out = list(_below(text, found[index + 1 :], subject))
        if len(out) >= _FEWEST:
            return tuple(out)
    return ()


def _subject(text: str, line: Line) -> Span | None:
    written = line.span.of(text)
    if len(written) > 260 or written[-1] not in ",:":
        return None
    match = _SUBJECT.fullmatch(written)
    part = "body" if match and match["body"] else "led"
    if match is None or not _HEAD.search(match[part]):
        return None
    return Span(line.span.start + match.start(part), line.span.start + match.end(part))


def _below(text: str, found: tuple[Line, ...], subject: Span) -> Iterator[Report]:
    silent = 0
    for line in found:
        if line.end or silent > 12:
            return
        number = _NUMBER.match(text, line.span.start, line.span.end)
        start = number.end() if number else line.span.start
        reports = list(clause_of(text, Span(start, line.span.end), subject))
        silent = 0 if reports else silent + 1
        yield from reports

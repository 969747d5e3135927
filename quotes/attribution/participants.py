"""Lists of those present at the head of minutes and memoranda: lines of names, with no sentence around them."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from quotes.attribution.patterns import LINE
from quotes.model import Span

_HEADING = regex.compile(
    r"^[^\S\n]*(?:participants?|present|principals|attendees|attendance|in attendance|also present|delegations?|"
    r"persons attending|members? present|witness(?:es)?|panel(?:l?ists)?|speakers|for [^\n]{3,40})[^\S\n]*:?[^\S\n]*$",
    regex.I | regex.M,
)
_LONGEST = 110  # characters of a line that may be an entry


def participants(text: str) -> Iterator[Span]:
    """The lines of such lists, whose capitals mark names as they do in running text."""
    for heading in _HEADING.finditer(text):
        for line in LINE.finditer(text, heading.end()):
            words = line.group().strip()
            if words and (len(words) > _LONGEST or (words[-1] in ".!?”" and len(words.split()) > 8)):
                break
            yield Span(line.start(), line.end())

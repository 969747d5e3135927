"""What a name looks like: the type of names in the text, and the patterns of capitalised words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from quotes.attribution.lexicon import Gender, small_words
from quotes.model import Span

NameKind = Literal["person", "organisation", "country", "people", "adjective", "place", "unknown"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text. ``span`` leaves the title out, ``outer`` takes it (and an adjective before it) in.

    ``people`` are demonyms in the plural ("Russians", "Republicans"); ``unknown`` are capitalised words that may be a
    surname. ``headline`` marks names in lines set in title case or capitals, where capitals tell little.
    """

    span: Span
    kind: NameKind
    text: str
    outer: Span
    title: str | None = None
    country: str | None = None
    gender: Gender | None = None
    headline: bool = False
    sure: bool = True


LETTERS = r"[\p{L}\p{M}\p{N}]"
CAPITAL = (
    r"(?:(?:\p{Lu}\.){1,4}(?:-\p{Lu}\.)?(?:\p{Lu}(?!\p{L}))?"
    rf"|(?:[Aa]l|[Ee]l|[Aa][nsd]|[Uu]l|[Dd])[-‑'’]\p{{Lu}}{LETTERS}+"
    rf"|\p{{Lu}}{LETTERS}*(?:(?:['’](?![sS]\b)|[-‑&/.](?=\p{{L}})){LETTERS}+)*\.?"
    r")"
)
PARTICLE = r"(?:de|del|della|di|da|dos|das|do|du|la|le|van|von|der|den|ter|ten|bin|bint|ibn|ben|al|el|ul|e|y|af|av)"
SEQUENCE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}\-’'&@#/.]){CAPITAL}"
    rf"(?:[ \u00a0](?:{PARTICLE}[ \u00a0]){{0,3}}{CAPITAL}|,?[ \u00a0](?:Jr|Sr)\b\.?)*"
)
OF_NAME = regex.compile(
    rf"[ \u00a0](?:of|for|on)[ \u00a0](?:the[ \u00a0]|a[ \u00a0])?"
    rf"({CAPITAL}(?:(?:[ \u00a0]|,[ \u00a0]|[ \u00a0]and[ \u00a0]|[ \u00a0]of[ \u00a0](?:the[ \u00a0])?){CAPITAL})*)"
)
AND_NAME = regex.compile(rf"[ \u00a0]and[ \u00a0]({CAPITAL}(?:[ \u00a0]{CAPITAL})*)")
AT_NAME = regex.compile(rf"[ \u00a0]at(?:[ \u00a0]{CAPITAL}){{1,2}}")
OF_AT_NAME = regex.compile(rf"[ \u00a0]of(?:[ \u00a0]{CAPITAL}){{1,2}}[ \u00a0]at(?:[ \u00a0]{CAPITAL}){{1,2}}")
WORD_REST = regex.compile(r"[\p{L}\p{N}]*(?:[-‑/&][\p{L}\p{N}]+|['’](?![sS]\b)\p{L}{2,})*(?:,? (?:Jr|Sr)\b\.?)?")
ACRONYM = regex.compile(r" \((?:or )?([\p{Lu}]{3,8})\)")
ADDRESS = regex.compile(
    r"(?:(?:His|Her|Their|Your) )?(?:(?:Royal|Serene|Imperial|Majestic) )?"
    r"(?:Highness|Excellency|Majesty|Eminence|Holiness|Beatitude|Grace|Honou?r|H\.?E\.?|H\.?H\.?|H\.?R\.?H\.?|H\.?M\.?)"
)
PLAIN_WORD = regex.compile(r"[\p{L}\p{M}’'-]+")
LINE = regex.compile(r"[^\n]+")
AGE_NEXT = regex.compile(r",? (?:\(\d\d\)|\d\d,)|,? \((?:[RDI]|Dem|Rep)[-.–]")
PEOPLES = small_words("peoples")
NEVER_NAMES = small_words("never_names")


def title_case(line: str) -> bool:
    """Whether a line is set in title case or capitals, so that its capitals do not mark names."""
    words = [w for w in line.split() if w[:1].isalpha()]
    if not words:
        return False
    if line.rstrip()[-1:] in ".!?”\"’',;":
        return line.isupper() or (
            len(words) > 3 and not any(w.islower() and len(w) > 3 and w not in NEVER_NAMES for w in words)
        )
    small = sum(1 for w in words if w[0].islower() and len(w) > 3)
    return small <= len(words) * 0.12


def is_acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 6 and letters.isupper() and letters.isalpha()


def covered(span: Span, taken: list[Span]) -> bool:
    i = bisect_left(taken, span.start, key=lambda t: t.end)
    while i < len(taken) and taken[i].start < span.end:
        if taken[i].overlaps(span):
            return True
        i += 1
    return False


def gaps(span: Span, taken: Sequence[Span]) -> Iterator[Span]:
    """The stretches of ``span`` that none of ``taken`` (by start) covers."""
    at = span.start
    for index in range(bisect_left(taken, span.start, key=lambda t: t.end), len(taken)):
        other = taken[index]
        if other.start >= span.end:
            break
        if other.end <= span.start:
            continue
        if other.start > at:
            yield Span(at, other.start)
        at = max(at, other.end)
    if at < span.end:
        yield Span(at, span.end)

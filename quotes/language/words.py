"""Words as the quotation model counts them, with what their letters and surroundings look like.

A word is a run of letters and digits, or one single other visible character. That is finer than Stanza's tokens on
purpose: every boundary that an annotator can draw ("Clinton" in "Clinton's") is a word boundary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import regex

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+|\S")
_BREAK = regex.compile(r"\n|\r|\u2028|\u2029")

CASES = 6  # other, lower, Title, UPPER, single capital, digits
MARKS = 4  # outside, inside, an opening mark, a closing mark
BREAKS = 3  # none, line break before, blank line before

_OPENING = frozenset("“«„‟")
_CLOSING = frozenset("”»")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text. ``starts`` and ``ends`` are code points; the other lists give the class of each word."""

    starts: list[int]
    ends: list[int]
    forms: list[str]
    cases: list[int]
    marks: list[int]
    breaks: list[int]

    def __len__(self) -> int:
        return len(self.starts)

    def sections(self, longest: int) -> Iterator[Words]:
        """The words in stretches of about ``longest`` words at most, cut before a line break where there is one."""
        start = 0
        while start < len(self):
            end = min(start + longest, len(self))
            if end < len(self):
                at = next((i for i in range(end, start + longest // 2, -1) if self.breaks[i]), end)
                end = at
            whole = start == 0 and end == len(self)
            yield self if whole else Words(*(getattr(self, f.name)[start:end] for f in fields(self)))
            start = end


def case_class(word: str) -> int:
    """Which of the ``CASES`` a word is."""
    if word.islower():
        return 1
    if word.isupper():
        return 4 if len(word) == 1 else 3
    if word[:1].isupper():
        return 2
    return 5 if word.isdigit() else 0


def split_words(text: str, paragraphs: Sequence[int] | None = None) -> Words:
    """The words of ``text`` with their classes; linear in the length of the text.

    ``paragraphs``: where paragraphs start (code points, rising), when known; then these count as blank lines and all
    other line breaks as spaces, so that a text wrapped at 72 columns reads like any other.
    """
    heads = iter(paragraphs or ())
    head = next(heads, len(text))
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    breaks: list[int] = []
    at = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        gap = text[at:start]
        if paragraphs is None:
            lines = len(_BREAK.findall(gap.replace("\r\n", "\n"))) if start > at else 0
        else:
            lines = 0
            while head <= start:
                lines, head = 2, next(heads, len(text) + 1)
        starts.append(start)
        ends.append(end)
        forms.append(match.group())
        breaks.append(min(lines, 2) if starts[1:] else 2)
        at = end
    return Words(
        starts, ends, forms, [case_class(form) for form in forms], _mark_classes(forms, starts, breaks), breaks
    )


def _mark_classes(forms: list[str], starts: list[int], breaks: list[int]) -> list[int]:
    """Whether each word stands inside double quotation marks, by a scan that forgets at paragraph ends.

    This is a hint for the model, not the rules' exact knowledge of marks (quotes.detection.marks).
    """
    out: list[int] = []
    inside = False
    skip = False
    for i, form in enumerate(forms):
        if breaks[i]:
            inside = False
        if skip:
            skip = False
            out.append(out[-1])
            continue
        doubled = form in "'`" and i + 1 < len(forms) and forms[i + 1] == form and starts[i + 1] == starts[i] + 1
        if form in _OPENING or (not inside and (form == '"' or doubled)):
            inside = True
            out.append(2)
        elif form in _CLOSING or (inside and (form == '"' or doubled)):
            inside = False
            out.append(3)
        else:
            out.append(1 if inside else 0)
            doubled = False
        skip = doubled
    return out

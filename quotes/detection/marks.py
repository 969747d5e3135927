"""Quotation marks: which stretches of a text stand in marks, with exact boundaries.

Everything works by paragraph and in time linear in the text. A mark that is never closed ends at its paragraph and
disturbs nothing outside it. The usual ambiguities are settled by their neighbours: apostrophes inside words and at the
beginnings of short forms ('tis, the '90s) are no marks; a possessive (the ministers' plan) closes a single mark only
when nothing later in the paragraph closes it better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from quotes.model import Span

_MARK = regex.compile(r"'{2,}|``|[“”„‟\"″«»‹›‘’‚‛'`]")
_DOUBLE = frozenset({"“", "”", "„", "‟", '"', "″", "''", "``"})
_SINGLE = frozenset({"‘", "’", "‚", "‛", "'", "`"})
_OPENING_BRACKETS = frozenset("([{<-–—―/*_|>")
_ENDING = frozenset(",.;:?!…-–—")
# Short forms that begin with an apostrophe; digits stand for decades and years ('90s, '16).
_SHORT_FORM = regex.compile(
    r"(?:tis|twas|twere|twill|til|till|em|cause|cos|bout|round|n|neath|ere|ello|\d\ds?)(?![\w])", regex.I
)
_FEET_AND_INCHES = regex.compile(r"\d['’′]\s?\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch in quotation marks inside one paragraph.

    ``outer`` takes in the marks, ``inner`` leaves them out. ``depth`` counts the quoted stretches around it. Without
    ``closed`` the closing mark is missing and the stretch ends with its paragraph (or where its like opens anew).
    ``reopens``: it goes on with the unclosed quotation that ended the paragraph before.
    """

    outer: Span
    inner: Span
    depth: int = 0
    closed: bool = True
    reopens: bool = False


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    style: str
    before: str  # the character before the run of marks, "" at the paragraph's edge
    after: str  # the character behind it
    beyond: str = ""  # the character one further, when ``after`` is a space
    clear_closer_later: bool = False
    closer_later: bool = False

    @property
    def family(self) -> str:
        if self.style in _DOUBLE:
            return "double"
        if self.style in _SINGLE:
            return "single"
        return "guillemet" if self.style in "«»" else "small guillemet"

    @property
    def space_before(self) -> bool:
        return not self.before or self.before.isspace()

    @property
    def space_after(self) -> bool:
        return not self.after or self.after.isspace()

    @property
    def may_open(self) -> bool:
        return not self.space_after and (self.space_before or self.before in _OPENING_BRACKETS)

    @property
    def may_close(self) -> bool:
        return not self.space_before and not self.after.isalnum()

    @property
    def inside_word(self) -> bool:
        return self.before.isalnum() and self.after.isalnum()

    @property
    def possessive(self) -> bool:
        """Whether it may as well be an apostrophe at a word's end ("the ministers' plan", "goin' home")."""
        return self.before in "sSxzn" and self.after.isspace() and self.beyond.isalnum()


class _Stack:
    """The opening marks not closed yet, with their number in each family."""

    def __init__(self) -> None:
        self.marks: list[_Mark] = []
        self._families: Counter[str] = Counter()

    def push(self, mark: _Mark) -> None:
        self.marks.append(mark)
        self._families[mark.family] += 1

    def cut(self, index: int) -> _Mark:
        """Removes the mark at ``index``, and all above it; returns it."""
        mark = self.marks[index]
        while len(self.marks) > index:
            self._families[self.marks.pop().family] -= 1
        return mark

    def has(self, family: str) -> bool:
        return self._families[family] > 0


def find(text: str, paragraphs: Iterable[Span]) -> tuple[Quoted, ...]:
    """All quoted stretches of the (ordered, disjoint) paragraphs, by start, an outer one before its inner ones."""
    spans = list(paragraphs)
    found: list[Quoted] = []
    unclosed: str | None = None  # the family of the quotation that the paragraph before left open
    for number, span in enumerate(spans):
        following = spans[number + 1] if number + 1 < len(spans) else None
        pairs, unclosed = _paragraph(text, span, following, unclosed)
        found.extend(pairs)
    return tuple(found)


def outermost(quoted: Sequence[Quoted]) -> tuple[Quoted, ...]:
    return tuple(item for item in quoted if item.depth == 0)


def _paragraph(text: str, span: Span, following: Span | None, carried: str | None) -> tuple[list[Quoted], str | None]:
    marks = _marks(text, span)
    if not marks:
        return [], None
    runs_on = following is not None and _opens_single(text, following)
    stack = _Stack()
    pairs: list[tuple[_Mark, _Mark | None]] = []
    for mark in marks:
        closing = _closes(mark, stack, marks, runs_on)
        if closing is not None:
            pairs.append((stack.cut(closing), mark))
        elif _opens(mark, stack, span):
            stack.push(mark)
        elif carried == mark.family == "double" and mark.may_close and not pairs and not stack.marks:
            # The paragraph goes on with the last one's quotation without a mark at its beginning.
            pairs.append((_Mark(span.start, span.start, "“", "", text[span.start]), mark))
    pairs.extend((opener, None) for opener in stack.marks if _stays_open(opener, span, runs_on))
    resumed = _MARK.match(text, following.start) if following else None
    return _quoted(text, span, pairs, carried, resumed.group() if resumed else None)


def _marks(text: str, span: Span) -> list[_Mark]:
    marks: list[_Mark] = []
    for match in _MARK.finditer(text, span.start, span.end):
        for start, end in _split_singles(text, match.start(), match.end(), span):
            marks.append(_Mark(start, end, text[start:end], "", ""))
    for i, mark in enumerate(marks):
        if i and marks[i - 1].end == mark.start:
            mark.before = marks[i - 1].before
        elif mark.start > span.start:
            mark.before = text[mark.start - 1]
    for i in range(len(marks) - 1, -1, -1):
        mark = marks[i]
        if i + 1 < len(marks) and marks[i + 1].start == mark.end:
            mark.after, mark.beyond = marks[i + 1].after, marks[i + 1].beyond
        elif mark.end < span.end:
            mark.after = text[mark.end]
            mark.beyond = text[mark.end + 1] if mark.end + 1 < span.end else ""
    marks = [mark for mark in marks if not _no_mark(text, mark)]
    closer = clear = False
    for mark in reversed(marks):
        mark.closer_later, mark.clear_closer_later = closer, clear
        if mark.family == "single":
            if mark.may_close:
                closer = True
                clear = clear or not mark.possessive
            elif mark.may_open:
                clear = False
    return marks


def _split_singles(text: str, start: int, end: int, span: Span) -> list[tuple[int, int]]:
    """Runs of straight single marks as doubled ones: ''' is '' and ' at the front of a word, ' and '' behind it."""
    if text[start] != "'" or end - start == 1:
        return [(start, end)]
    doubles = [(at, at + 2) for at in range(start, end - 1, 2)]
    if (end - start) % 2 == 0:
        return doubles
    opens = start == span.start or text[start - 1].isspace()
    if opens:
        return [*doubles, (end - 1, end)]
    return [(start, start + 1), *((at + 1, until + 1) for at, until in doubles)]


def _no_mark(text: str, mark: _Mark) -> bool:
    if mark.family == "single":
        if mark.inside_word:
            return True
        return mark.style in "'’‘`" and mark.may_open and bool(_SHORT_FORM.match(text, mark.end))
    return mark.style in '"″' and bool(_FEET_AND_INCHES.search(text, max(0, mark.start - 6), mark.start))


def _closes(mark: _Mark, stack: _Stack, marks: list[_Mark], runs_on: bool) -> int | None:
    """The stack index of the opening mark that ``mark`` closes, None when it closes none."""
    open_marks = stack.marks
    last = len(open_marks) - 1
    same = [i for i in (last, last - 1) if i >= 0 and open_marks[i].family == mark.family]
    if not same or mark.style in ("„", "‟", "``", "‚", "‛", "`"):
        return None
    opener = open_marks[same[0]]
    if opener.end == mark.start:
        return None
    if mark.family == "single":
        if same[0] != last or not mark.may_close:
            return None
        if mark.style == "‘" and opener.style not in "‚’":
            return None
        doubtful = mark.clear_closer_later or (runs_on and opener is marks[0])
        return None if mark.possessive and doubtful else same[0]
    if mark.style == "“":
        closes = mark.may_close or (opener.style == "„" and not mark.may_open)
    elif mark.style in "«‹":
        closes = opener.style in "»›"
    elif mark.style in "»›":
        closes = opener.style in "«‹"
    elif mark.style == "”":
        closes = True
    else:
        closes = not mark.may_open and (not mark.space_before or mark.space_after)
    return same[0] if closes else None


def _opens(mark: _Mark, stack: _Stack, span: Span) -> bool:
    if mark.family == "single":
        if mark.style == "‚":
            return mark.may_open
        if not mark.may_open or mark.style == "’":
            return False
        if stack.has("single"):
            return False
        return mark.closer_later or mark.start == span.start
    if mark.style in ("“", "„", "‟", "``"):
        return True
    if mark.style == "”":
        return mark.may_open and not stack.has("double")
    if mark.style in "«‹":
        return True
    if mark.style in "»›":
        return mark.may_open
    return mark.may_open or not mark.space_after or (mark.space_before and mark.space_after and bool(mark.after))


def _stays_open(opener: _Mark, span: Span, runs_on: bool) -> bool:
    """Whether an opening mark without its closing mark is one: a single one only when the next paragraph goes on."""
    return opener.family != "single" or (runs_on and opener.start == span.start)


def _opens_single(text: str, span: Span) -> bool:
    head = text[span.start : span.start + 8]
    return head[0] in "‘'" and not head.startswith("''") and not _SHORT_FORM.match(head, 1)


def _quoted(
    text: str, span: Span, pairs: list[tuple[_Mark, _Mark | None]], carried: str | None, resumed: str | None
) -> tuple[list[Quoted], str | None]:
    """The pairs as quoted stretches; ``resumed`` is the mark that the next paragraph begins with."""
    pairs.sort(key=lambda pair: (pair[0].start, -(pair[1].end if pair[1] else span.end)))
    found: list[Quoted] = []
    ends: list[int] = []
    left_open: str | None = None
    next_opening: dict[str, int] = {}
    limits: list[int] = []
    for opener, closer in reversed(pairs):
        to_the_end = closer or (opener.start == span.start and resumed == opener.style)
        limits.append(span.end if to_the_end else next_opening.get(opener.style, span.end))
        next_opening[opener.style] = opener.start
    for (opener, closer), limit in zip(pairs, reversed(limits), strict=True):
        while ends and ends[-1] <= opener.start:
            ends.pop()
        inner_end = closer.start if closer else limit
        if ends and inner_end > ends[-1]:  # an unclosed stretch ends with the one around it
            inner_end, closer = ends[-1], None
        inner = _stripped(text, opener.end, max(inner_end, opener.end))
        if not any(character.isalnum() for character in inner.of(text)):
            continue
        outer = Span(opener.start, closer.end if closer else inner.end)
        reopens = carried == opener.family and opener.start == span.start
        item = Quoted(outer, inner, len(ends), closer is not None, reopens)
        found.append(item)
        ends.append(item.outer.end)
        if closer is None and limit == span.end:
            left_open = opener.family
    return found, left_open


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)

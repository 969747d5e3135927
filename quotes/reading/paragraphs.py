"""Where the paragraphs of a plain text are: by blank lines, by line ends, or by the look of hard-wrapped lines."""

from __future__ import annotations

from itertools import pairwise

import regex

from quotes.model import Span

_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_LINE = regex.compile(f"[^{_BREAKS}]+")
_ENDS_SENTENCE = regex.compile(r"[.!?:;…][\"'”’»)\]]*$")
_ITEM = regex.compile(
    r"(?:[-–—•*▪◦‣·]|\d{1,3}[.)]|\(?[a-z][.)])\s|>|Q:?\s{2,}|[QA][.)]:?\s+|[\p{Lu}][\p{L}.'’ ()-]{0,40}:\s"
)
_WRAP_WIDTHS = range(40, 101)  # how long the longest line of a hard-wrapped text is, in code points
_FEWEST_WRAPS = 3


def trimmed(text: str, start: int, end: int) -> Span:
    """[start, end) without white space at its ends."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))


def lines_of(text: str) -> list[list[Span]]:
    """The lines that are not blank, without white space at their ends, in groups that blank lines separate."""
    groups: list[list[Span]] = []
    previous_end: int | None = None
    for match in _LINE.finditer(text):
        span = trimmed(text, match.start(), match.end())
        if not len(span):
            continue
        gap = None if previous_end is None else text[previous_end : span.start].replace("\r\n", "\n")
        if gap is None or sum(map(gap.count, _BREAKS)) > 1:
            groups.append([])
        groups[-1].append(span)
        previous_end = span.end
    return groups


def paragraphs_of(text: str) -> list[Span]:
    """The paragraphs in order: never empty, no white space at their ends, every other character in exactly one."""
    groups = lines_of(text)
    width = _wrap_width(text, groups)
    paragraphs: list[Span] = []
    for group in groups:
        start = group[0].start
        for line, following in pairwise(group):
            if width is None or not _is_wrap(text, line, following, width):
                paragraphs.append(Span(start, line.end))
                start = following.start
        paragraphs.append(Span(start, group[-1].end))
    return paragraphs


def _wrap_width(text: str, groups: list[list[Span]]) -> int | None:
    """The width at which the lines of the text were broken, None when line ends end paragraphs.

    A text is hard-wrapped when few lines could have taken the first word of the next, and many break in mid-sentence;
    or when most break in mid-sentence, however long they are.
    An indented line begins a paragraph, or stands in the middle of the page: it says nothing of the line before it.
    """
    pairs = [(line, after) for group in groups for line, after in pairwise(group) if not _is_indented(text, after)]
    if len(pairs) < _FEWEST_WRAPS:
        return None
    lengths = sorted(len(line) for line, _ in pairs)
    width = lengths[int(0.95 * (len(lengths) - 1))]  # a line or two that somebody edited may be longer
    if width not in _WRAP_WIDTHS:
        return None
    full = sum(_is_full(text, line, following, width) for line, following in pairs)
    open_ends = sum(_ENDS_SENTENCE.search(text, line.start, line.end) is None for line, _ in pairs)
    broken = sum(_is_broken(text, line, following) for line, following in pairs)
    wrapped = (full >= 0.6 * len(pairs) and open_ends >= 0.5 * len(pairs)) or broken >= 0.6 * len(pairs)
    return width if wrapped else None


def _is_broken(text: str, line: Span, following: Span) -> bool:
    """Whether a sentence plainly goes on from one line to the next: no stop, and a word without a capital."""
    return text[following.start].islower() and _ENDS_SENTENCE.search(text, line.start, line.end) is None


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the first word of the following line would not have fitted on this one (some slack: wrapping varies)."""
    word = text[following.start : min(following.end, following.start + width)].split(maxsplit=1)[0]
    return len(line) + 1 + len(word) > 0.85 * width


def _is_wrap(text: str, line: Span, following: Span, width: int) -> bool:
    if _ITEM.match(text, following.start, following.end):
        return False
    if _is_indented(text, following) and not _is_indented(text, line):
        return False
    return _is_full(text, line, following, width) or _is_broken(text, line, following)


def _is_indented(text: str, line: Span) -> bool:
    return text[max(0, line.start - 3) : line.start].endswith(("   ", "\t"))

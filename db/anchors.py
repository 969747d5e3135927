"""Finding a person's correction again in a text that may have changed: by the words and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.model import Quotation, Span

CONTEXT = 40  # code points kept on either side
_SURE_LENGTH = 30  # words of this length are found again without their surroundings
_CONTEXT_NEEDED = 8  # code points of the surroundings that must agree for shorter ones
_MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where pieces of text stood: their offsets and words, and the text just before the first and after the last."""

    pieces: tuple[tuple[int, int, str], ...]
    before: str
    after: str

    @classmethod
    def of(cls, spans: Sequence[Span], text: str) -> Anchor:
        start, end = spans[0].start, spans[-1].end
        return cls(
            tuple((span.start, span.end, span.of(text)) for span in spans),
            text[max(0, start - CONTEXT) : start],
            text[end : end + CONTEXT],
        )

    def to_dict(self) -> dict[str, Any]:
        pieces = [{"start": start, "end": end, "text": words} for start, end, words in self.pieces]
        return {"pieces": pieces, "before": self.before, "after": self.after}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Anchor:
        """Raises KeyError, TypeError or ValueError when ``data`` is no anchor."""
        pieces = tuple((int(piece["start"]), int(piece["end"]), str(piece["text"])) for piece in data["pieces"])
        if not pieces:
            raise ValueError("an anchor has at least one piece")
        return cls(pieces, str(data["before"]), str(data["after"]))

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(Span(start, end) for start, end, _ in self.pieces)

    def locate(self, text: str) -> tuple[Span, ...] | None:
        """The pieces' places in ``text``; None when they are not there, or when it is not clear which ones they are.

        White space may differ (a re-wrapped paragraph). Of several places the one with the same surroundings counts,
        and if the surroundings do not tell, the nearest to where it was, for words long enough to be no accident.
        """
        if self._stands_unchanged(text):
            return self.spans
        best: tuple[tuple[int, int], tuple[Span, ...]] | None = None
        long_enough = sum(len(words) for _, _, words in self.pieces) >= _SURE_LENGTH
        for spans in self._places(text):
            score = self._agreement(text, spans)
            if not long_enough and score < _CONTEXT_NEEDED:
                continue
            rank = (score, -abs(spans[0].start - self.pieces[0][0]))
            if best is None or rank > best[0]:
                best = (rank, spans)
        return None if best is None else best[1]

    def _stands_unchanged(self, text: str) -> bool:
        start, end = self.pieces[0][0], self.pieces[-1][1]
        return (
            all(text[first:last] == words for first, last, words in self.pieces)
            and text[max(0, start - len(self.before)) : start] == self.before
            and text[end : end + len(self.after)] == self.after
        )

    def _agreement(self, text: str, spans: Sequence[Span]) -> int:
        """How many code points of the surroundings agree, white space aside."""
        before = _squeezed(text[max(0, spans[0].start - 2 * CONTEXT) : spans[0].start])
        after = _squeezed(text[spans[-1].end : spans[-1].end + 2 * CONTEXT])
        return _common_prefix(_squeezed(self.before)[::-1], before[::-1]) + _common_prefix(_squeezed(self.after), after)

    def _places(self, text: str) -> Iterator[tuple[Span, ...]]:
        """All places of the first piece that the other pieces follow, each at its nearest."""
        patterns = [_flexible(words) for _, _, words in self.pieces]
        for count, match in enumerate(patterns[0].finditer(text)):
            if count >= _MOST_PLACES:
                return
            spans = [Span(*match.span())]
            for pattern in patterns[1:]:
                following = pattern.search(text, spans[-1].end)
                if following is None:
                    break
                spans.append(Span(*following.span()))
            else:
                yield tuple(spans)


def _flexible(words: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in words.split()]
    return re.compile(r"\s+".join(parts) if parts else re.escape(words))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _common_prefix(left: str, right: str) -> int:
    length = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        length += 1
    return length


def covered(spans: Sequence[Span]) -> int:
    return sum(len(span) for span in spans)


def overlap(left: Sequence[Span], right: Sequence[Span]) -> float:
    """How much two quotations cover the same text: shared code points by all code points, 0..1."""
    if tuple(left) == tuple(right):
        return 1.0
    shared = sum(max(0, min(one.end, other.end) - max(one.start, other.start)) for one in left for other in right)
    total = covered(left) + covered(right) - shared
    return shared / total if total else 0.0


def moved(span: Span | None, words: str | None, offset: int, text: str) -> Span | None:
    """``span`` shifted by ``offset``, where the same words stand there; else None."""
    if span is None or span.start + offset < 0:
        return None
    shifted = Span(span.start + offset, span.end + offset)
    return shifted if shifted.of(text) == words else None


def within(quotation: Quotation, length: int) -> bool:
    """Whether all spans of the quotation lie in a text of ``length`` code points."""
    spans = [*quotation.content]
    if quotation.cue is not None:
        spans.append(quotation.cue.span)
    if quotation.source is not None:
        spans.append(quotation.source)
    return all(span.end <= length for span in spans)

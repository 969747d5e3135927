"""Which of many spans overlap a given one, without trying them all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, TypeVar

from quotes.model import Span

T = TypeVar("T")


class Overlaps(Generic[T]):
    """An index of spans with something that each belongs to; built once, asked in logarithmic time."""

    def __init__(self, owned: Iterable[tuple[Span, T]]) -> None:
        self._owned = sorted(owned, key=lambda pair: pair[0])
        self._starts = [span.start for span, _ in self._owned]
        self._furthest = list(accumulate((span.end for span, _ in self._owned), max))

    def __call__(self, span: Span) -> list[T]:
        """The owners of all spans that share a character with ``span``, from the last to the first."""
        found = []
        at = bisect_left(self._starts, span.end) - 1
        while at >= 0 and self._furthest[at] > span.start:
            if self._owned[at][0].overlaps(span):
                found.append(self._owned[at][1])
            at -= 1
        return found

    def touches(self, span: Span) -> bool:
        """Whether any span shares a character with ``span``."""
        at = bisect_left(self._starts, span.end) - 1
        return at >= 0 and self._furthest[at] > span.start and len(span) > 0

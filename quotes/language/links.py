"""Spans that the network found, and which of them belong together."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from quotes.language.network import distance_bucket

REACH = 8  # nearest targets on each side that a span is compared with


@dataclass(frozen=True, slots=True, order=True)
class WordSpan:
    """Words ``[start, end)`` of a text that carry one label."""

    start: int
    end: int


def bio_spans(labels: np.ndarray, names: tuple[str, ...]) -> dict[str, list[WordSpan]]:
    """A label sequence -> {kind: spans in order}."""
    out: dict[str, list[WordSpan]] = {name[2:]: [] for name in names if name.startswith("B-")}
    start, kind = 0, ""
    for i, label in enumerate([*labels.tolist(), 0]):
        name = names[label]
        if kind and not (name.startswith("I-") and name[2:] == kind):
            out[kind].append(WordSpan(start, i))
            kind = ""
        if name != "O" and not kind:
            start, kind = i, name[2:]
    return out


def candidates(spans: list[WordSpan], targets: list[WordSpan], reach: int = REACH) -> list[tuple[int, int]]:
    """Pairs (span, target) near enough to belong together: the ``reach`` nearest targets before and after each span."""
    starts = [t.start for t in targets]
    out: list[tuple[int, int]] = []
    for i, span in enumerate(spans):
        split = bisect_left(starts, span.start)
        out += [(i, j) for j in range(max(0, split - reach), min(len(targets), split + reach))]
    return out


def relations(
    spans: list[WordSpan], targets: list[WordSpan], pairs: list[tuple[int, int]], breaks: np.ndarray
) -> np.ndarray:
    """Distance, number of targets between, and same paragraph for each pair: int64 (pairs, 3). Targets are in order;
    ``breaks`` are the break classes of all words."""
    paragraph = np.cumsum(breaks > 0)
    starts = [t.start for t in targets]
    out = np.zeros((len(pairs), 3), dtype=np.int64)
    for row, (i, j) in enumerate(pairs):
        s, t = spans[i], targets[j]
        split = bisect_left(starts, s.start)
        gap = t.start - s.end + 1 if j >= split else -(s.start - t.end + 1)
        between = j - split if j >= split else split - 1 - j
        out[row] = (distance_bucket(gap), min(between, 2), int(paragraph[s.start] == paragraph[t.start]))
    return out

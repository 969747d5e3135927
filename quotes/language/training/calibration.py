"""Calibration: how probable it is that a frame is right, fitted on the development part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quotes.analysis import Frame
from quotes.language.reader import QuotationReader
from quotes.language.training.data import KINDS, Attribution
from quotes.language.weights import Calibration, log_odds
from quotes.model import Span

BINS = 10


@dataclass(frozen=True, slots=True)
class Reliability:
    """Frames of one range of confidence: how many, their mean confidence, and the share that is right."""

    frames: int
    confidence: float
    right: float


def _letters(spans: Sequence[Span], text: str) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end) if text[i].isalnum()}


def _alike(a: set[int], b: set[int], least: float) -> bool:
    return (not a and not b) or 2 * len(a & b) >= least * max(1, len(a) + len(b))


def is_right(frame: Frame, gold: Sequence[Attribution], text: str) -> bool:
    """Whether a frame is one of the annotated attributions: content alike by Dice 0.7, cue and source by 0.5."""
    content, cue, source = (_letters(spans, text) for spans in (frame.content, frame.cue, frame.source))
    for item in gold:
        theirs = {kind: _letters([Span(a, b) for a, b in item[kind]], text) for kind in KINDS}
        if (
            theirs["content"]
            and _alike(content, theirs["content"], 0.7)
            and _alike(cue, theirs["cue"], 0.5)
            and _alike(source, theirs["source"], 0.5)
        ):
            return True
    return False


def fit(scores: Sequence[float], right: Sequence[bool], steps: int = 50) -> Calibration:
    """Platt's (1999) logistic curve from raw probabilities to the share that is right, by damped Newton steps."""
    x = np.array([log_odds(p) for p in scores])
    y = np.array(right, dtype=float)
    features = np.stack([x, np.ones_like(x)])

    def likelihood(weights: np.ndarray) -> float:
        z = weights @ features
        return float((y * z - np.logaddexp(0, z)).sum())

    weights = np.zeros(2)
    for _ in range(steps):
        p = 1 / (1 + np.exp(-weights @ features))
        hessian = (features * (p * (1 - p))) @ features.T + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, features @ (y - p))
        while np.abs(step).max() > 1e-9 and likelihood(weights + step) < likelihood(weights):
            step = step / 2
        weights = weights + step
    return Calibration(float(weights[0]), float(weights[1]))


def reliability(scores: Sequence[float], right: Sequence[bool]) -> list[Reliability]:
    """Frames by confidence in ``BINS`` equal ranges; empty ranges are left out."""
    out = []
    for k in range(BINS):
        chosen = [(s, r) for s, r in zip(scores, right, strict=True) if k == min(int(s * BINS), BINS - 1)]
        if chosen:
            s, r = zip(*chosen, strict=True)
            out.append(Reliability(len(chosen), float(np.mean(s)), float(np.mean(r))))
    return out


def calibrate(
    reader: QuotationReader, texts: Sequence[str], gold: Sequence[Sequence[Attribution]]
) -> tuple[Calibration, list[Reliability]]:
    """Fits the curve on every other text and gives the reliability on the rest; ``reader`` must be uncalibrated."""
    kept: tuple[list[tuple[float, bool]], list[tuple[float, bool]]] = ([], [])
    for number, (text, reading) in enumerate(zip(texts, reader.read(texts), strict=True)):
        for frame in reading.frames:
            if frame.content:
                kept[number % 2].append((frame.score, is_right(frame, gold[number], text)))
    fitted = fit([score for score, _ in kept[0]], [right for _, right in kept[0]])
    return fitted, reliability([fitted.apply(score) for score, _ in kept[1]], [right for _, right in kept[1]])

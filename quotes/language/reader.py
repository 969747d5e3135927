"""The quotation model at work: texts in, frames and mentions out.

The encoder reads each text once, in windows with some context on both sides; labels are then decided by one Viterbi
pass over the whole text, and links between spans of the whole text, so that windows leave no seams.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from quotes.analysis import Frame, Mention
from quotes.language import weights
from quotes.language.crf import CRF, viterbi
from quotes.language.links import WordSpan, bio_spans, candidates, relations
from quotes.language.network import MENTION_LABELS, SPAN_LABELS, Linker
from quotes.language.windows import Pieces, batches, collate, cut, to_pieces
from quotes.language.words import Words, split_words
from quotes.model import Span

BUDGET = 6144  # wordpieces a batch
SECTION = 20_000  # words that are read together: this bounds memory, for one long text and for many short ones


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model saw in one text; spans in code points."""

    frames: tuple[Frame, ...]
    mentions: tuple[Mention, ...]


def best_precision(device: str) -> torch.dtype:
    """bfloat16 where the processor computes in it, single precision elsewhere. The frames are the same but for ties."""
    if device != "cpu":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    return torch.bfloat16 if torch.ops.mkldnn._is_mkldnn_bf16_supported() else torch.float32


class QuotationReader:
    """Loads the quotation model and reads texts with it."""

    def __init__(
        self, model: Path, vocabulary: Path, device: str = "cpu", precision: torch.dtype | None = None
    ) -> None:
        """Raises OSError or ValueError when a file is missing or not a model."""
        self.device = device
        self.net, self.calibration = weights.load(model, device)
        self.net.encoder.to(precision or best_precision(device))
        self.tokenizer = Tokenizer.from_file(str(vocabulary))
        self._crf = {crf: tuple(t.cpu().numpy() for t in crf.scores()) for crf in (self.net.crf, self.net.mention_crf)}

    def read(self, texts: Sequence[str], starts: Sequence[Sequence[int] | None] | None = None) -> list[Reading]:
        """Read several texts at once. ``starts``: where the paragraphs of each text start, in code points, when known
        better than from its line breaks."""
        known = starts or [None] * len(texts)
        words = [split_words(text, at) for text, at in zip(texts, known, strict=True)]
        sections = [(i, part) for i, whole in enumerate(words) for part in whole.sections(SECTION)]
        own: list[list[Reading]] = [[] for _ in texts]
        while sections:
            size, count = 0, 0
            while count < len(sections) and (not count or size + len(sections[count][1]) <= SECTION):
                size, count = size + len(sections[count][1]), count + 1
            together, sections = sections[:count], sections[count:]
            for (i, _), reading in zip(together, self._read_words([part for _, part in together]), strict=True):
                own[i].append(reading)
        return [
            Reading(tuple(f for r in readings for f in r.frames), tuple(m for r in readings for m in r.mentions))
            for readings in own
        ]

    @torch.inference_mode()
    def spans(self, texts: Sequence[str]) -> list[dict[str, list[WordSpan]]]:
        """Only the source, cue and content spans of each text, in words."""
        _, scores, _ = self._encode([to_pieces(split_words(text), self.tokenizer) for text in texts])
        return [bio_spans(labels, SPAN_LABELS) for labels in self._labels(self.net.crf, scores)]

    @torch.inference_mode()
    def _read_words(self, texts: list[Words]) -> list[Reading]:
        pieces = [to_pieces(words, self.tokenizer) for words in texts]
        vectors, spans, mentions = self._encode(pieces)
        labels = self._labels(self.net.crf, spans)
        named = self._labels(self.net.mention_crf, mentions)
        out = []
        for i, words in enumerate(texts):
            frames = self._frames(words, vectors[i], spans[i], bio_spans(labels[i], SPAN_LABELS))
            found = bio_spans(named[i], MENTION_LABELS)
            out.append(Reading(tuple(frames), tuple(_mentions(words, mentions[i], found))))
        return out

    def _encode(self, texts: list[Pieces]) -> tuple[list[Tensor], list[np.ndarray], list[np.ndarray]]:
        width = self.net.spans.in_features
        vectors = [torch.zeros(len(p.words), width, device=self.device) for p in texts]
        spans = [np.zeros((len(p.words), len(SPAN_LABELS)), dtype=np.float32) for p in texts]
        mentions = [np.zeros((len(p.words), len(MENTION_LABELS)), dtype=np.float32) for p in texts]
        items = [(i, window) for i, p in enumerate(texts) for window in cut(p)]
        windows = [(texts[i], window) for i, window in items]
        for rows in batches(windows, BUDGET):
            batch = collate([windows[r] for r in rows], self.device)
            words, a, b = self.net(batch)
            for row, r in enumerate(rows):
                i, w = items[r]
                core = slice(w.core_start - w.start, w.core_end - w.start)
                vectors[i][w.core_start : w.core_end] = words[row, core]
                spans[i][w.core_start : w.core_end] = a[row, core].cpu().numpy()
                mentions[i][w.core_start : w.core_end] = b[row, core].cpu().numpy()
        return vectors, spans, mentions

    def _labels(self, crf: CRF, scores: list[np.ndarray]) -> list[np.ndarray]:
        start, transitions = self._crf[crf]
        return viterbi(scores, start, transitions)

    def _frames(
        self, words: Words, vectors: Tensor, scores: np.ndarray, found: dict[str, list[WordSpan]]
    ) -> list[Frame]:
        contents, cues, sources = found["content"], found["cue"], found["source"]
        probability = _span_probabilities(scores, found)
        cue_of = self._link(self.net.content_to_cue, words, vectors, contents, cues)
        source_of = self._link(self.net.cue_to_source, words, vectors, cues, sources)
        frames = []
        for j, cue in enumerate(cues):
            own = [i for i, (target, _) in enumerate(cue_of) if target == j]
            source, sure = source_of[j]
            certain = [probability["cue", j], sure, *(probability["content", i] * cue_of[i][1] for i in own)]
            if source is not None:
                certain.append(probability["source", source])
            frames.append(
                Frame(
                    (_characters(words, cue),),
                    () if source is None else (_characters(words, sources[source]),),
                    tuple(_characters(words, contents[i]) for i in own),
                    self.calibration.apply(min(certain)),
                )
            )
        for i, (target, sure) in enumerate(cue_of):
            if target is None:
                score = self.calibration.apply(probability["content", i] * sure)
                frames.append(Frame((), (), (_characters(words, contents[i]),), score))
        return sorted(frames, key=lambda f: min((*f.source, *f.cue, *f.content)))

    def _link(
        self, linker: Linker, words: Words, vectors: Tensor, spans: list[WordSpan], targets: list[WordSpan]
    ) -> list[tuple[int | None, float]]:
        """For each span its target's index, or None, and how probable that is."""
        if not spans or not targets:
            return [(None, 1.0)] * len(spans)
        pairs = candidates(spans, targets)
        relation = torch.from_numpy(relations(spans, targets, pairs, np.asarray(words.breaks))).to(self.device)
        i, j = torch.tensor(pairs, device=self.device).T
        none, score = linker.pairs(_ends(vectors, spans), _ends(vectors, targets), i, j, relation)
        options: list[list[tuple[float, int | None]]] = [[(value, None)] for value in none.tolist()]
        for (a, b), value in zip(pairs, score.tolist(), strict=True):
            options[a].append((value, b))
        out: list[tuple[int | None, float]] = []
        for choices in options:
            value, best = max(choices, key=lambda choice: choice[0])
            out.append((best, 1 / sum(math.exp(other - value) for other, _ in choices)))
        return out


def _ends(vectors: Tensor, spans: list[WordSpan]) -> Tensor:
    index = torch.tensor([[s.start, s.end - 1] for s in spans], device=vectors.device)
    return vectors[index].flatten(1)


def _characters(words: Words, span: WordSpan) -> Span:
    return Span(words.starts[span.start], words.ends[span.end - 1])


def _softmax(scores: np.ndarray) -> np.ndarray:
    shifted = np.exp(scores - scores.max(1, keepdims=True))
    out: np.ndarray = shifted / shifted.sum(1, keepdims=True)
    return out


def _span_probabilities(scores: np.ndarray, found: dict[str, list[WordSpan]]) -> dict[tuple[str, int], float]:
    """How sure the network is of each span: the product over its edges, where spans go wrong."""
    softened = _softmax(scores)
    out = {}
    for kind, spans in found.items():
        b, i = SPAN_LABELS.index(f"B-{kind}"), SPAN_LABELS.index(f"I-{kind}")
        for k, span in enumerate(spans):
            p = float(softened[span.start, b])
            if span.end - span.start > 1:
                p *= float(softened[span.end - 1, i])
            if span.end < len(softened):
                p *= 1 - float(softened[span.end, i])
            out[kind, k] = p
    return out


def _mentions(words: Words, scores: np.ndarray, found: dict[str, list[WordSpan]]) -> list[Mention]:
    softened = _softmax(scores)
    out = []
    for kind, spans in found.items():
        own = [MENTION_LABELS.index(f"{letter}-{kind}") for letter in "BI"]
        for span in spans:
            score = float(softened[span.start : span.end, own].sum(1).min())
            out.append(Mention(_characters(words, span), kind, score))  # type: ignore[arg-type]
    return sorted(out, key=lambda mention: mention.span)

"""Texts cut into windows that the encoder can read, and windows put together into batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from quotes.language.network import Batch
from quotes.language.words import Words

CORE = 288  # wordpieces that a window reads for itself
CONTEXT = 24  # wordpieces of the text before and after that it sees besides
MAX_PIECES = 508  # of one window in all


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text in wordpieces: ``ids``, and for each word the index of its first piece (one more entry at the end).

    ``classes``: case, mark and break class of every piece; only a word's first piece has its break.
    """

    words: Words
    ids: np.ndarray  # int64 (pieces,)
    first: np.ndarray  # int64 (words + 1,)
    classes: np.ndarray  # int64 (pieces, 3)


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``[start, end)`` are seen, of which ``[core_start, core_end)`` are read for their labels."""

    start: int
    core_start: int
    core_end: int
    end: int


def to_pieces(words: Words, tokenizer: Tokenizer) -> Pieces:
    """Wordpieces of a text; every word gets at least one (``[UNK]`` where the tokenizer drops a character)."""
    encoding = tokenizer.encode(words.forms, is_pretokenized=True, add_special_tokens=False)
    ids = np.asarray(encoding.ids, dtype=np.int64)
    of_word = np.asarray([-1 if w is None else w for w in encoding.word_ids], dtype=np.int64)
    counts = np.bincount(of_word, minlength=len(words)) if len(ids) else np.zeros(len(words), dtype=np.int64)
    if (counts == 0).any():
        unknown = int(tokenizer.token_to_id("[UNK]") or 0)
        missing = np.flatnonzero(counts == 0)
        at = np.concatenate([[0], np.cumsum(counts)])[missing]
        ids = np.insert(ids, at, unknown)
        counts = np.maximum(counts, 1)
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Pieces(words, ids, first, _classes(words, counts, first))


def _classes(words: Words, counts: np.ndarray, first: np.ndarray) -> np.ndarray:
    out = np.zeros((int(first[-1]), 3), dtype=np.int64)
    out[:, 0] = np.repeat(np.asarray(words.cases, dtype=np.int64), counts)
    out[:, 1] = np.repeat(np.asarray(words.marks, dtype=np.int64), counts)
    out[first[:-1], 2] = words.breaks
    return out


def cut(pieces: Pieces, core: int = CORE, context: int = CONTEXT, shift: int = 0) -> list[Window]:
    """Windows whose cores cover the text once, cut at line breaks where possible.

    ``shift`` shortens the first core by that many wordpieces, so that training sees other cuts in every epoch.
    """
    first, n = pieces.first, len(pieces.words)
    breaks = np.asarray(pieces.words.breaks) > 0
    out: list[Window] = []
    start = 0
    while start < n:
        room = core - (shift if not out else 0)
        end = int(np.searchsorted(first, first[start] + max(room, 32), side="right")) - 1
        end = min(max(end, start + 1), n)
        if end < n:
            at = np.flatnonzero(breaks[start + 1 : end + 1])
            if len(at) and first[start + 1 + at[-1]] - first[start] >= room // 3:
                end = start + 1 + int(at[-1])
        left = min(int(np.searchsorted(first, first[start] - context, side="left")), start) if start else 0
        right = max(int(np.searchsorted(first, first[end] + context, side="right")) - 1, end)
        while first[right] - first[left] > MAX_PIECES and right > end:
            right -= 1
        while first[right] - first[left] > MAX_PIECES and left < start:
            left += 1
        out.append(Window(left, start, end, min(right, n)))
        start = end
    return out


def collate(items: Sequence[tuple[Pieces, Window]], device: torch.device | str = "cpu") -> Batch:
    """Windows padded to one batch. A single word of more than ``MAX_PIECES`` wordpieces is cut short."""
    sizes = [min(int(p.first[w.end] - p.first[w.start]), MAX_PIECES) for p, w in items]
    lengths = [w.end - w.start for _, w in items]
    ids = np.zeros((len(items), max(sizes)), dtype=np.int64)
    classes = np.zeros((len(items), max(sizes), 3), dtype=np.int64)
    mask = np.zeros((len(items), max(sizes)), dtype=bool)
    first = np.zeros((len(items), max(lengths)), dtype=np.int64)
    for row, ((p, w), size, length) in enumerate(zip(items, sizes, lengths, strict=True)):
        at = int(p.first[w.start])
        ids[row, :size] = p.ids[at : at + size]
        classes[row, :size] = p.classes[at : at + size]
        mask[row, :size] = True
        first[row, :length] = np.minimum(p.first[w.start : w.end] - at, size - 1)

    def tensor(array: np.ndarray) -> Tensor:
        return torch.from_numpy(array).to(device)

    return Batch(tensor(ids), tensor(classes), tensor(mask), tensor(first), torch.tensor(lengths, device=device))


def batches(items: Sequence[tuple[Pieces, Window]], budget: int) -> list[list[int]]:
    """Indices of ``items`` in batches of like size with at most ``budget`` padded wordpieces each."""
    sizes = [int(p.first[w.end] - p.first[w.start]) for p, w in items]
    out: list[list[int]] = []
    for i in sorted(range(len(items)), key=lambda i: sizes[i]):
        if out and sizes[i] * (len(out[-1]) + 1) <= budget:
            out[-1].append(i)
        else:
            out.append([i])
    return out

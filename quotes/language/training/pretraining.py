"""Further pretraining of the encoder, before it learns quotations.

Two tasks at once: hidden words are to be guessed on all texts at hand (Devlin et al. 2019), and on a treebank the head
of each word is to be found (Dozat & Manning 2017), since the borders of reported speech are borders of clauses.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from quotes.language.encoder import Encoder
from quotes.language.network import Batch
from quotes.language.training.treebank import UNKNOWN, Parsed
from quotes.language.windows import Pieces, Window, batches, collate, cut, to_pieces

log = logging.getLogger(__name__)

MASK = 103  # [MASK] in the vocabulary of BERT, uncased
ARC_WIDTH = 192


@dataclass(frozen=True, slots=True)
class PretrainingSettings:
    """What decides a run of pretraining."""

    epochs: int = 3
    rate: float = 2e-4
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    warmup: float = 0.06
    budget: int = 3072  # wordpieces a batch
    hidden: float = 0.15  # share of words to be guessed
    syntax_weight: float = 0.5
    seed: int = 1


class Tasks(nn.Module):
    """The heads of both tasks; they are thrown away afterwards."""

    def __init__(self, width: int, vocabulary: int, relations: int) -> None:
        super().__init__()
        self.transform = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.dependent = nn.Linear(width, ARC_WIDTH)
        self.head = nn.Linear(width, ARC_WIDTH)
        self.arc = nn.Linear(ARC_WIDTH, ARC_WIDTH)
        self.relation = nn.Linear(2 * ARC_WIDTH, relations)

    def guesses(self, vectors: Tensor, embeddings: Tensor) -> Tensor:
        """(n, width) vectors of hidden pieces -> (n, vocabulary) scores, by the encoder's own embeddings."""
        return self.norm(F.gelu(self.transform(vectors))) @ embeddings.T + self.bias

    def syntax_loss(
        self, words: Tensor, sentences: Tensor, heads: Tensor, relations: Tensor
    ) -> tuple[Tensor, int, int]:
        """words (batch, words, width); the other tensors (batch, words), heads relative to the window.
        -> the summed loss of arcs and relations, right heads, scored words"""
        known = heads != UNKNOWN
        if not known.any():
            return words.sum() * 0, 0, 0
        dependents, governors = F.gelu(self.dependent(words)), F.gelu(self.head(words))
        arcs = (self.arc(dependents) @ governors.transpose(1, 2)).float()
        arcs = arcs.masked_fill(sentences[:, :, None] != sentences[:, None, :], -1e4)
        scores, gold = arcs[known], heads[known]
        rows = known.nonzero()[:, 0]
        pairs = torch.cat([dependents[known], governors[rows, gold]], dim=1)
        loss = F.cross_entropy(scores, gold, reduction="sum")
        loss = loss + F.cross_entropy(self.relation(pairs).float(), relations[known], reduction="sum")
        return loss, int((scores.argmax(1) == gold).sum()), len(gold)


Item = tuple[Parsed, Pieces, Window]


def _windows(texts: Sequence[tuple[Parsed, Pieces]], rng: random.Random) -> list[Item]:
    return [
        (parsed, pieces, window)
        for parsed, pieces in texts
        for window in cut(pieces, context=0, shift=rng.randrange(0, 200))
    ]


def hide(batch: Batch, share: float, vocabulary: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Hides whole words in place: 8 of 10 as [MASK], one as another piece, one stays. -> (their places, their ids)"""
    length = batch.pieces.shape[1]
    starts = torch.zeros_like(batch.pieces)
    own = torch.arange(batch.first.shape[1])[None, :] < batch.lengths[:, None]
    rows = own.nonzero()[:, 0]
    starts[rows, batch.first[own]] = 1
    number = (starts.cumsum(1) - 1).clamp(min=0)
    draw = torch.rand((len(starts), length), generator=generator).gather(1, number)
    chosen = (draw < share) & batch.mask
    how = torch.rand((len(starts), length), generator=generator)
    gold = batch.pieces[chosen]
    batch.pieces[chosen & (how < 0.8)] = MASK
    other = chosen & (how >= 0.9)
    batch.pieces[other] = torch.randint(1000, vocabulary, (int(other.sum()),), generator=generator)
    return chosen, gold


def _syntax(items: Sequence[Item], longest: int) -> tuple[Tensor, Tensor, Tensor]:
    """Sentence numbers, heads (relative to the window) and relations, padded to (batch, longest)."""
    out = torch.full((3, len(items), longest), UNKNOWN, dtype=torch.long)
    for row, (parsed, _, w) in enumerate(items):
        n = w.end - w.start
        heads = torch.from_numpy(parsed.heads[w.start : w.end] - w.start)
        cut_off = torch.from_numpy(parsed.heads[w.start : w.end] == UNKNOWN) | (heads < 0) | (heads >= n)
        out[0, row, :n] = torch.from_numpy(parsed.sentences[w.start : w.end])
        out[1, row, :n] = heads.masked_fill(cut_off, UNKNOWN)
        out[2, row, :n] = torch.from_numpy(parsed.relations[w.start : w.end])
    return out[0], out[1], out[2]


def pretrain(
    encoder: Encoder, tokenizer: Tokenizer, texts: Sequence[Parsed], relations: int, settings: PretrainingSettings,
    out: Path, device: str = "cpu",
) -> None:  # fmt: skip
    """Train the encoder in place and write its weights to ``out`` after every epoch.

    Deterministic given the seed, the number of threads and PyTorch's own random state (the heads' first weights).
    """
    generator = torch.Generator().manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    vocabulary = encoder.pieces.num_embeddings
    encoder.to(device)
    tasks = Tasks(encoder.pieces.embedding_dim, vocabulary, relations).to(device)
    pairs = [(parsed, to_pieces(parsed.words, tokenizer)) for parsed in texts]
    steps = settings.epochs * len(_groups(_windows(pairs, random.Random(0)), settings.budget))
    optimizer = torch.optim.AdamW(
        [{"params": list(encoder.parameters()), "lr": settings.rate},
         {"params": list(tasks.parameters()), "lr": settings.head_rate}],
        betas=(0.9, 0.98), eps=1e-6, weight_decay=settings.weight_decay, fused=True,
    )  # fmt: skip
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / max(1, settings.warmup * steps), max(0.02, 1 - step / max(1, steps)))
    )
    encoder.train()
    for epoch in range(1, settings.epochs + 1):
        items = _windows(pairs, rng)
        groups = _groups(items, settings.budget)
        rng.shuffle(groups)
        began = time.monotonic()
        seen = [0.0, 0, 0, 0]  # loss of guesses, guesses, right heads, scored heads
        for count, group in enumerate(groups, 1):
            chosen = [items[i] for i in group]
            batch = collate([(pieces, window) for _, pieces, window in chosen])
            places, gold = hide(batch, settings.hidden, vocabulary, generator)
            sentences, heads, labels = (t.to(device) for t in _syntax(chosen, batch.first.shape[1]))
            batch, places, gold = batch.to(device), places.to(device), gold.to(device)
            with torch.autocast(device, dtype=torch.bfloat16):
                vectors = encoder(batch.pieces, batch.classes, batch.mask)
                guesses = tasks.guesses(vectors[places], encoder.pieces.weight)
                words = vectors.gather(1, batch.first[..., None].expand(-1, -1, vectors.shape[-1]))
                syntax, right, scored = tasks.syntax_loss(words, sentences, heads, labels)
            guess_loss = F.cross_entropy(guesses.float(), gold)
            loss = guess_loss + settings.syntax_weight * syntax / max(1, scored)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_([*encoder.parameters(), *tasks.parameters()], 1.0)
            optimizer.step()
            schedule.step()
            seen = [
                a + b
                for a, b in zip(seen, (float(guess_loss.detach()) * len(gold), len(gold), right, scored), strict=True)
            ]
            if count % 50 == 0 or count == len(groups):
                log.info(
                    "epoch %d %d/%d guesses %.3f heads %.3f %.0fs", epoch, count, len(groups),
                    seen[0] / max(1, seen[1]), seen[2] / max(1, seen[3]), time.monotonic() - began,
                )  # fmt: skip
                seen = [0.0, 0, 0, 0]
        out.parent.mkdir(parents=True, exist_ok=True)
        torch.save(encoder.state_dict(), out)


def _groups(items: Sequence[Item], budget: int) -> list[list[int]]:
    return batches([(pieces, window) for _, pieces, window in items], budget)

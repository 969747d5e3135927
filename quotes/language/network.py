"""The quotation network: one encoder, read once per passage, with heads for spans, links and entity mentions."""

from __future__ import annotations

from dataclasses import dataclass, fields

import torch
from torch import Tensor, nn

from quotes.language.crf import CRF, FORBIDDEN
from quotes.language.encoder import Encoder, EncoderConfig

SPAN_LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
MENTION_KINDS = ("person", "organisation", "place", "nationality")
MENTION_LABELS = ("O", *(f"{b}-{kind}" for kind in MENTION_KINDS for b in "BI"))
LINK_WIDTH = 128
DISTANCES = 12  # buckets of the signed distance between two spans
BLANK_LINE = 2  # the break class (quotes.language.words) of a word that starts a paragraph
BETWEEN = 3  # no, one, or more spans of the target's kind in between


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows. ``first`` is the index of each word's first wordpiece."""

    pieces: Tensor  # (batch, pieces)
    classes: Tensor  # (batch, pieces, 3)
    mask: Tensor  # (batch, pieces)
    first: Tensor  # (batch, words)
    lengths: Tensor  # (batch,) words

    def to(self, device: str) -> Batch:
        """The same batch on another device."""
        return Batch(*(getattr(self, f.name).to(device) for f in fields(self)))


def distance_bucket(gap: int) -> int:
    """A signed distance in words (negative: the target stands before) as one of the ``DISTANCES`` buckets."""
    near = abs(gap)
    size = 0 if near <= 1 else 1 if near <= 3 else 2 if near <= 8 else 3 if near <= 20 else 4 if near <= 50 else 5
    return size + (6 if gap < 0 else 0)


class Linker(nn.Module):
    """Scores, for each span, which span of another kind it belongs to, or none (biaffine; Dozat & Manning 2017)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.span = nn.Linear(2 * width, LINK_WIDTH)
        self.target = nn.Linear(2 * width, LINK_WIDTH)
        self.bilinear = nn.Linear(LINK_WIDTH, LINK_WIDTH, bias=False)
        self.none = nn.Linear(LINK_WIDTH, 1)
        self.distance = nn.Embedding(DISTANCES, 1)
        self.between = nn.Embedding(BETWEEN, 1)
        self.paragraph = nn.Embedding(2, 1)

    def pairs(self, spans: Tensor, targets: Tensor, i: Tensor, j: Tensor, relation: Tensor) -> tuple[Tensor, Tensor]:
        """The scores of ``forward`` for the pairs (i, j) alone: ((n,) of "none", (pairs,)); relation is (pairs, 3)."""
        u = torch.tanh(self.span(spans))
        v = self.bilinear(torch.tanh(self.target(targets)))
        pair = (u[i] * v[j]).sum(1) + self.distance(relation[:, 0]).squeeze(-1)
        pair = pair + self.between(relation[:, 1]).squeeze(-1) + self.paragraph(relation[:, 2]).squeeze(-1)
        return self.none(u).squeeze(1), pair

    def forward(self, spans: Tensor, targets: Tensor, relation: Tensor) -> Tensor:
        """spans (n, 2 * width), targets (m, 2 * width), relation (n, m, 3) of distance, between and paragraph classes.
        -> (n, 1 + m); the first column is "none"."""
        u = torch.tanh(self.span(spans))
        v = torch.tanh(self.target(targets))
        pair = u @ self.bilinear(v).T
        pair = pair + self.distance(relation[..., 0]).squeeze(-1) + self.between(relation[..., 1]).squeeze(-1)
        pair = pair + self.paragraph(relation[..., 2]).squeeze(-1)
        return torch.cat([self.none(u), pair], dim=1)


class QuotationNet(nn.Module):
    """Encoder and heads. ``forward`` reads windows; the linkers are called with spans."""

    broken: Tensor

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.spans = nn.Linear(config.width, len(SPAN_LABELS))
        self.mentions = nn.Linear(config.width, len(MENTION_LABELS))
        self.crf = CRF(SPAN_LABELS)
        self.mention_crf = CRF(MENTION_LABELS)
        self.content_to_cue = Linker(config.width)
        self.cue_to_source = Linker(config.width)
        self.reset_buffers()

    def reset_buffers(self) -> None:
        """Make the buffers, which are not stored with the weights."""
        # no span runs on over a blank line: a quotation of several paragraphs has a piece in each
        broken = torch.tensor([FORBIDDEN if label.startswith("I-") else 0.0 for label in SPAN_LABELS])
        self.register_buffer("broken", broken, persistent=False)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """-> word vectors (batch, words, width), span emissions and mention emissions (batch, words, labels)"""
        pieces = self.encoder(batch.pieces, batch.classes, batch.mask)
        # the encoder may compute in half precision; the small heads always in the precision of their weights
        words = pieces.gather(1, batch.first[..., None].expand(-1, -1, pieces.shape[-1])).to(self.spans.weight.dtype)
        blank = batch.classes[..., 2].gather(1, batch.first) == BLANK_LINE
        return words, self.spans(words) + blank[..., None] * self.broken, self.mentions(words)

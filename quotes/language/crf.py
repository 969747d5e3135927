"""A linear-chain conditional random field (Lafferty et al. 2001) over BIO labels, impossible transitions forbidden."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

FORBIDDEN = -1e4


def allowed(labels: tuple[str, ...]) -> tuple[list[bool], list[list[bool]]]:
    """(may start, may follow): ``I-x`` may only come after ``B-x`` or ``I-x``."""
    start = [not label.startswith("I-") for label in labels]
    follow = [[not b.startswith("I-") or a[2:] == b[2:] for b in labels] for a in labels]
    return start, follow


class CRF(nn.Module):
    """Scores label sequences; (batch, length, labels) emissions come from the network."""

    no_start: Tensor
    no_follow: Tensor

    def __init__(self, labels: tuple[str, ...]) -> None:
        super().__init__()
        self.labels = labels
        self.start = nn.Parameter(torch.zeros(len(labels)))
        self.transitions = nn.Parameter(torch.zeros(len(labels), len(labels)))
        self.reset_buffers()

    def reset_buffers(self) -> None:
        """Make the buffers, which are not stored with the weights."""
        start, follow = allowed(self.labels)
        self.register_buffer("no_start", torch.tensor(start).logical_not() * FORBIDDEN, persistent=False)
        self.register_buffer("no_follow", torch.tensor(follow).logical_not() * FORBIDDEN, persistent=False)

    def scores(self) -> tuple[Tensor, Tensor]:
        """Start scores (labels,) and transition scores (labels from, labels to), with the forbidden ones."""
        return self.start + self.no_start, self.transitions + self.no_follow

    def loss(self, emissions: Tensor, labels: Tensor, lengths: Tensor) -> Tensor:
        """Negative log-likelihood summed over the batch; emissions (B, L, K), labels (B, L), lengths (B,) >= 1.

        A sequence may start anywhere in a text, so the forbidden starts do not count in training.
        """
        emissions = emissions.float()
        transitions = self.transitions + self.no_follow
        steps = torch.arange(emissions.shape[1], device=emissions.device)
        mask = steps[None, :] < lengths[:, None]
        gold = emissions.gather(2, labels[..., None]).squeeze(2)
        moves = transitions[labels[:, :-1], labels[:, 1:]]
        score = (gold * mask).sum(1) + (moves * mask[:, 1:]).sum(1) + self.start[labels[:, 0]]
        alpha = self.start + emissions[:, 0]
        for t in range(1, emissions.shape[1]):
            step = torch.logsumexp(alpha[:, :, None] + transitions, dim=1) + emissions[:, t]
            alpha = torch.where(mask[:, t, None], step, alpha)
        return (torch.logsumexp(alpha, dim=1) - score).sum()


def viterbi(emissions: list[np.ndarray], start: np.ndarray, transitions: np.ndarray) -> list[np.ndarray]:
    """The best label sequence of each of several texts; emissions: (length, labels) each. All texts go in step."""
    order = sorted(range(len(emissions)), key=lambda i: -len(emissions[i]))
    longest = len(emissions[order[0]]) if order else 0
    if not longest:
        return [np.zeros(0, dtype=np.int64) for _ in emissions]
    padded = np.zeros((len(order), longest, len(start)), dtype=np.float32)
    lengths = np.array([len(emissions[i]) for i in order])
    for row, i in enumerate(order):
        padded[row, : lengths[row]] = emissions[i]
    back = np.zeros((len(order), longest, len(start)), dtype=np.int8)
    delta = padded[:, 0] + start
    for t in range(1, longest):
        live = int(np.searchsorted(-lengths, -t, side="left"))  # rows longer than t come first
        moves = delta[:live, :, None] + transitions
        back[:live, t] = moves.argmax(1)
        delta[:live] = moves.max(1) + padded[:live, t]
    out: list[np.ndarray] = [np.zeros(0, dtype=np.int64)] * len(emissions)
    for row, i in enumerate(order):
        n = int(lengths[row])
        path = np.zeros(n, dtype=np.int64)
        if n:
            path[-1] = delta[row].argmax()
            for t in range(n - 1, 0, -1):
                path[t - 1] = back[row, t, path[t]]
        out[i] = path
    return out

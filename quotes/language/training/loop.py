"""One run of training: batches, losses, checkpoints, and the score on the development part after every epoch."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from quotes.language.crf import viterbi
from quotes.language.links import WordSpan, bio_spans, relations
from quotes.language.network import MENTION_LABELS, SPAN_LABELS, Linker, QuotationNet
from quotes.language.training.data import Example
from quotes.language.windows import Pieces, Window, batches, collate, cut, to_pieces

log = logging.getLogger(__name__)

CONTEXT = 48  # wordpieces around a training window; reading gets by with fewer, at less cost


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides a run; kept in the checkpoint and in the model card."""

    epochs: int = 4
    rate: float = 1.5e-4  # of the encoder's top layer
    head_rate: float = 1.5e-3
    layer_decay: float = 0.9  # each lower layer learns this much slower
    weight_decay: float = 0.01
    warmup: float = 0.06  # share of all steps
    budget: int = 3072  # wordpieces a batch
    average: float = 0.998  # decay of the moving average of the weights
    link_weight: float = 0.1
    mention_weight: float = 0.2
    word_mask: float = 0.05  # share of wordpieces hidden as [MASK]
    dropout: float = 0.1
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Item:
    """One window of one example."""

    example: Example
    pieces: Pieces
    window: Window


def windows_of(examples: Sequence[tuple[Example, Pieces]], rng: random.Random | None) -> list[Item]:
    """Windows of all examples; with ``rng`` cut at other places each time."""
    return [
        Item(example, pieces, window)
        for example, pieces in examples
        for window in cut(pieces, context=CONTEXT, shift=rng.randrange(0, 200) if rng else 0)
    ]


def parameter_groups(net: QuotationNet, settings: Settings) -> list[dict[str, object]]:
    """Lower layers learn more slowly (layer-wise decay); norms and biases have no weight decay."""
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    depth = len(net.encoder.layers)
    for name, parameter in net.named_parameters():
        if not name.startswith("encoder."):
            rate = settings.head_rate
        elif name.startswith("encoder.layers."):
            rate = settings.rate * settings.layer_decay ** (depth - 1 - int(name.split(".")[2]))
        elif name.split(".")[1] in ("cases", "marks", "breaks"):
            rate = settings.head_rate * 0.3
        else:
            rate = settings.rate * settings.layer_decay**depth
        decay = settings.weight_decay if parameter.dim() > 1 else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    return [{"params": found, "lr": rate, "weight_decay": decay} for (rate, decay), found in groups.items()]


def ends(words: Tensor, spans: Sequence[WordSpan], offset: int) -> Tensor:
    """First and last word's vector of each span: (spans, 2 * width)."""
    index = torch.tensor([[s.start - offset, s.end - 1 - offset] for s in spans], device=words.device)
    return words[index].flatten(1)


def link_scores(linker: Linker, words: Tensor, item: Item, spans: list[WordSpan], targets: list[WordSpan]) -> Tensor:
    """(spans, 1 + targets) scores of all pairs in one window."""
    pairs = [(i, j) for i in range(len(spans)) for j in range(len(targets))]
    relation = relations(spans, targets, pairs, np.asarray(item.example.words.breaks))
    shaped = torch.from_numpy(relation).view(len(spans), len(targets), 3).to(words.device)
    scores: Tensor = linker(ends(words, spans, item.window.start), ends(words, targets, item.window.start), shaped)
    return scores


def link_loss(linker: Linker, words: Tensor, item: Item, links: dict[WordSpan, WordSpan | None]) -> tuple[Tensor, int]:
    """Cross-entropy of each span's target among all targets in the window; spans and targets from the annotation."""
    w = item.window
    spans = [s for s in links if w.start <= s.start and s.end <= w.end]
    targets = sorted({t for t in links.values() if t and w.start <= t.start and t.end <= w.end})
    spans = [s for s in spans if links[s] is None or links[s] in targets]
    if not spans or not targets:
        return words.sum() * 0, 0
    scores = link_scores(linker, words, item, spans, targets)
    place = {t: i + 1 for i, t in enumerate(targets)}
    gold = torch.tensor([0 if (t := links[s]) is None else place[t] for s in spans], device=words.device)
    return F.cross_entropy(scores.float(), gold, reduction="sum"), len(spans)


def loss_of(
    net: QuotationNet, items: Sequence[Item], settings: Settings, device: str, generator: torch.Generator
) -> Tensor:
    """The weighted sum of the span, link and mention losses of one batch."""
    batch = collate([(item.pieces, item.window) for item in items], device)
    if settings.word_mask:
        hide = torch.rand(batch.pieces.shape, generator=generator).to(device) < settings.word_mask
        batch.pieces[hide & batch.mask] = 103
    with torch.autocast(device, dtype=torch.bfloat16):
        vectors, span_scores, mention_scores = net(batch)
    longest = int(batch.lengths.max())
    labels = torch.zeros((len(items), longest), dtype=torch.long)
    mentions = torch.zeros((len(items), longest), dtype=torch.long)
    silver = torch.zeros(len(items), dtype=torch.bool)
    for row, item in enumerate(items):
        w = item.window
        labels[row, : w.end - w.start] = torch.from_numpy(item.example.labels[w.start : w.end])
        if item.example.mentions is not None:
            mentions[row, : w.end - w.start] = torch.from_numpy(item.example.mentions[w.start : w.end])
            silver[row] = True
    count = batch.lengths.sum()
    loss = net.crf.loss(span_scores, labels.to(device), batch.lengths) / count
    if silver.any():
        known = silver.to(device)
        lengths = batch.lengths[known]
        loss = (
            loss
            + settings.mention_weight
            * net.mention_crf.loss(mention_scores[known], mentions.to(device)[known], lengths)
            / lengths.sum()
        )
    for linker, name in ((net.content_to_cue, "content_cue"), (net.cue_to_source, "cue_source")):
        parts = [
            link_loss(linker, vectors[r].float(), item, getattr(item.example, name)) for r, item in enumerate(items)
        ]
        total = max(1, sum(n for _, n in parts))
        loss = loss + settings.link_weight * torch.stack([part for part, _ in parts]).sum() / total
    return loss


@torch.inference_mode()
def evaluate(net: QuotationNet, examples: Sequence[tuple[Example, Pieces]], device: str) -> dict[str, float]:
    """Exact-match F1 of the spans by kind, of the mentions, and the share of right links between gold spans."""
    net.eval()
    items = windows_of(examples, None)
    spans = [np.zeros((len(e.words), len(SPAN_LABELS)), dtype=np.float32) for e, _ in examples]
    mentions = [np.zeros((len(e.words), len(MENTION_LABELS)), dtype=np.float32) for e, _ in examples]
    place = {id(e): i for i, (e, _) in enumerate(examples)}
    right = total = 0
    for rows in batches([(i.pieces, i.window) for i in items], 8192):
        chosen = [items[r] for r in rows]
        with torch.autocast(device, dtype=torch.bfloat16):
            vectors, a, b = net(collate([(i.pieces, i.window) for i in chosen], device))
        for row, item in enumerate(chosen):
            w = item.window
            core = slice(w.core_start - w.start, w.core_end - w.start)
            at = place[id(item.example)]
            spans[at][w.core_start : w.core_end] = a[row, core].float().cpu().numpy()
            mentions[at][w.core_start : w.core_end] = b[row, core].float().cpu().numpy()
            for linker, name in ((net.content_to_cue, "content_cue"), (net.cue_to_source, "cue_source")):
                r, n = _right_links(linker, vectors[row].float(), item, getattr(item.example, name))
                right, total = right + r, total + n
    out = {"links": right / max(1, total)}
    for crf, scores, names, gold_of in (
        (net.crf, spans, SPAN_LABELS, [e.labels for e, _ in examples]),
        (net.mention_crf, mentions, MENTION_LABELS, [e.mentions for e, _ in examples]),
    ):
        start, transitions = (t.detach().float().cpu().numpy() for t in crf.scores())
        found = [bio_spans(p, names) for p in viterbi(scores, start, transitions)]
        kinds = [name[2:] for name in names if name.startswith("B-")]
        counts = {kind: [0, 0, 0] for kind in kinds}
        for predicted, labels in zip(found, gold_of, strict=True):
            if labels is None:
                continue
            gold = bio_spans(labels, names)
            for kind in kinds:
                p, g = set(predicted[kind]), set(gold[kind])
                counts[kind] = [x + y for x, y in zip(counts[kind], (len(p & g), len(p), len(g)), strict=True)]
        out |= {kind: 2 * hit / max(1, p + g) for kind, (hit, p, g) in counts.items()}
    net.train()
    return out


def _right_links(linker: Linker, words: Tensor, item: Item, links: dict[WordSpan, WordSpan | None]) -> tuple[int, int]:
    w = item.window
    targets = sorted({t for t in links.values() if t and w.start <= t.start and t.end <= w.end})
    spans = [s for s in links if w.start <= s.start and s.end <= w.end and (links[s] is None or links[s] in targets)]
    if not spans or not targets:
        return 0, 0
    best = link_scores(linker, words, item, spans, targets).argmax(1).tolist()
    gold = [0 if (t := links[s]) is None else targets.index(t) + 1 for s in spans]
    return sum(a == b for a, b in zip(best, gold, strict=True)), len(spans)


def train(
    net: QuotationNet,
    tokenizer: Tokenizer,
    training: Sequence[Example],
    development: Sequence[Example],
    settings: Settings,
    folder: Path,
    device: str = "cpu",
) -> None:
    """Train in place.

    After each epoch the score on ``development`` is logged and ``folder`` holds ``last.pt`` (to go on from, when it is
    there) and ``epoch-N.pt`` (averaged weights). Deterministic given the seed and the number of threads.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(settings.seed)
    generator = torch.Generator().manual_seed(settings.seed)
    pairs = [(e, to_pieces(e.words, tokenizer)) for e in training]
    heldout = [(e, to_pieces(e.words, tokenizer)) for e in development]
    steps = settings.epochs * len(batches([(i.pieces, i.window) for i in windows_of(pairs, None)], settings.budget))
    net.encoder.set_dropout(settings.dropout)
    net.to(device).train()
    optimizer = torch.optim.AdamW(parameter_groups(net, settings), betas=(0.9, 0.98), eps=1e-6, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / max(1, settings.warmup * steps), max(0.02, 1 - step / max(1, steps))),
    )
    averaged = {k: v.detach().clone() for k, v in net.state_dict().items()}
    done, step = 0, 0
    if (last := folder / "last.pt").exists():
        state = torch.load(last, map_location=device, weights_only=True)
        net.load_state_dict(state["net"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        averaged, done, step = state["averaged"], state["epoch"], state["step"]
        for _ in range(done):  # the cuts and the order of earlier epochs, so that the rest is as in one run
            rng.shuffle(windows_of(pairs, rng))
        generator.set_state(state["generator"].cpu())
    for epoch in range(done, settings.epochs):
        torch.manual_seed(1000 * settings.seed + epoch)  # of dropout, so that a resumed run goes on as one run would
        items = windows_of(pairs, rng)
        rng.shuffle(items)
        groups = batches([(i.pieces, i.window) for i in items], settings.budget)
        random.Random(settings.seed + epoch).shuffle(groups)
        began, running = time.monotonic(), 0.0
        for count, group in enumerate(groups, 1):
            loss = loss_of(net, [items[i] for i in group], settings, device, generator)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            decay = min(settings.average, (1 + step) / (10 + step))
            with torch.no_grad():
                for name, value in net.state_dict().items():
                    averaged[name].lerp_(value, 1 - decay)
            running += float(loss.detach())
            if not math.isfinite(running):
                raise FloatingPointError(f"the loss is not finite at step {step}")
            if count % 25 == 0:
                log.info(
                    "epoch %d %d/%d loss %.4f %.0fs",
                    epoch + 1,
                    count,
                    len(groups),
                    running / 25,
                    time.monotonic() - began,
                )
                running = 0.0
        torch.save(
            {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(),
             "averaged": averaged, "epoch": epoch + 1, "step": step, "generator": generator.get_state()},
            last,
        )  # fmt: skip
        torch.save(averaged, folder / f"epoch-{epoch + 1}.pt")
        _log_scores(net, averaged, heldout, device, epoch + 1, time.monotonic() - began)


def _log_scores(
    net: QuotationNet,
    averaged: dict[str, Tensor],
    heldout: list[tuple[Example, Pieces]],
    device: str,
    epoch: int,
    took: float,
) -> None:
    """Scores of the averaged weights; the current ones are put back."""
    current = {k: v.detach().clone() for k, v in net.state_dict().items()}
    net.load_state_dict(averaged)
    scores = evaluate(net, heldout, device)
    net.load_state_dict(current)
    log.info("epoch %d in %.0fs: %s", epoch, took, "  ".join(f"{k} {v:.3f}" for k, v in scores.items()))

"""Learn the weights of ``ranking.py`` from PolNeAR's automatic coreference.

    python -m quotes.attribution.training POLNEAR_FOLDER [OUTPUT]

Reads ``train.jsonl.xz`` and ``train-corenlp.jsonl.xz`` from the folder and writes ``pronoun-ranking.json``. Every he or she
whose chain holds a name is one choice among the candidates that attribution sees there; the weights maximise the
likelihood of these choices (conditional logit, McFadden 1974) with an L2 penalty. Needs numpy; the tool itself does not
use this module.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from quotes.analysis import Analysis, Finding, Mention, MentionKind
from quotes.attribution.entities import Entity
from quotes.attribution.lexicon import Gender
from quotes.attribution.ranking import FEATURES, Candidate
from quotes.attribution.resolver import Resolver
from quotes.model import Article, Cue, Quotation, Span

_KINDS: dict[str, MentionKind] = {
    "PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place", "MISC": "nationality",
}  # fmt: skip
PENALTY = 2.0
SOURCE_WEIGHT = 3.0  # a pronoun that is a source counts as many others: those are the ones the tool must get right
# Chains without a name are mostly broken ones, so "none of these" cannot be learnt from them: it is set by hand.
NOBODY = {"none": 0.0, "none_far": 1.5}
_OPENING, _CLOSING = "“‘\"'", "”’\"'"


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf8") as file:
        for line in file:
            yield json.loads(line)


def analysis_of(annotation: dict[str, Any]) -> Analysis:
    """CoreNLP's sentences and names in this project's types."""
    tokens: list[Span] = []
    sentences: list[Span] = []
    mentions: list[Mention] = []
    for sentence in annotation["sentences"]:
        if not sentence:
            continue
        sentences.append(Span(sentence[0][0], sentence[-1][1]))
        previous: MentionKind | None = None
        for start, end, part, _, label in sentence:
            tokens.append(Span(start, end))
            kind = None if part == "POS" else _KINDS.get(label)
            if kind is not None and kind == previous:
                mentions[-1] = Mention(Span(mentions[-1].span.start, end), kind)
            elif kind is not None:
                mentions.append(Mention(Span(start, end), kind))
            previous = kind
    return Analysis(tuple(tokens), tuple(sentences), (), tuple(mentions))


def findings_of(document: dict[str, Any]) -> tuple[Finding, ...]:
    """The gold attributions of a document as findings."""
    text = document["text"]
    found = []
    for item in document["attributions"]:
        if not item["content"]:
            continue
        content = tuple(Span(start, end) for start, end in item["content"])
        marks = all(text[s.start] in _OPENING and text[s.end - 1] in _CLOSING for s in content)
        cue = Span(item["cue"][0][0], item["cue"][-1][1]) if item["cue"] else None
        source = Span(item["source"][0][0], item["source"][-1][1]) if item["source"] else None
        quotation = Quotation(
            "direct" if marks else "indirect", "speech", "state", content,
            Cue(cue, cue.of(text).lower()) if cue else None, source,
        )  # fmt: skip
        found.append(Finding(quotation, "frame"))
    return tuple(sorted(found, key=lambda f: f.quotation.content[0].start))


class Recorder(Resolver):
    """A resolver that is told whom each pronoun means, and notes what it had to choose from."""

    def __init__(self, document: dict[str, Any], annotation: dict[str, Any]) -> None:
        super().__init__(Article(document["text"]), analysis_of(annotation), findings_of(document))
        self.gold = self._gold(annotation)
        self.choices: list[tuple[list[Candidate], int, bool]] = []

    def _gold(self, annotation: dict[str, Any]) -> dict[int, Entity]:
        """The entity of each chain at the offsets of all its mentions' heads."""
        sentences = annotation["sentences"]
        out: dict[int, Entity] = {}
        for chain in annotation["coreference"]:
            heads = [Span(*sentences[s][head][:2]) for s, _, _, head in chain if head < len(sentences[s])]
            votes: Counter[int] = Counter()
            entities: dict[int, Entity] = {}
            for head in heads:
                for name in self.reader.names_in(head):
                    entity = self.entities.of_name.get(name.span)
                    if entity is not None and entity.kind == "person":
                        votes[id(entity)] += 1
                        entities[id(entity)] = entity
            if votes:
                best = entities[votes.most_common(1)[0][0]]
                out |= {head.start: best for head in heads}
        return out

    def _choose(
        self, at: int, gender: Gender, candidates: list[Candidate], is_source: bool
    ) -> tuple[Entity, float] | None:
        entity = self.gold.get(at)
        for i, candidate in enumerate(candidates):
            if candidate.entity is not None and candidate.entity is entity:
                self.choices.append((candidates[1:], i - 1, is_source))
                return entity, 1.0
        return super()._choose(at, gender, candidates, is_source)


def choices(folder: Path, part: str = "train") -> list[tuple[list[Candidate], int, bool]]:
    """All choices of a part of PolNeAR: the candidates, the index of the right one, whether the pronoun is a source."""
    annotations = {item["id"]: item for item in read_lines(folder / f"{part}-corenlp.jsonl.xz")}
    out = []
    for document in read_lines(folder / f"{part}.jsonl.xz"):
        if document["id"] not in annotations:
            continue
        recorder = Recorder(document, annotations[document["id"]])
        recorder.quotations()
        out.extend(recorder.choices)
    return out


def fit(data: list[tuple[list[Candidate], int, bool]], *, steps: int = 400, rate: float = 0.05) -> dict[str, float]:
    """The weights by gradient ascent (Adam); the same data always give the same weights."""
    index = {name: i for i, name in enumerate(FEATURES)}
    rows: list[np.ndarray] = []
    groups: list[int] = []
    right: list[int] = []
    share: list[float] = []
    for group, (candidates, answer, is_source) in enumerate(data):
        share.append(SOURCE_WEIGHT if is_source else 1.0)
        for i, candidate in enumerate(candidates):
            row = np.zeros(len(FEATURES))
            for name, value in candidate.values.items():
                row[index[name]] = value
            if i == answer:
                right.append(len(rows))
            rows.append(row)
            groups.append(group)
    x, of = np.array(rows), np.array(groups)
    weight = np.array(share)
    w = np.zeros(len(FEATURES))
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, steps + 1):
        scores = x @ w
        scores -= np.maximum.reduceat(scores, np.flatnonzero(np.r_[True, of[1:] != of[:-1]]))[of]
        e = np.exp(scores)
        p = e / np.bincount(of, e)[of]
        gradient = (x[right] * weight[:, None]).sum(0) - (x * (p * weight[of])[:, None]).sum(0) - PENALTY * w
        gradient /= weight.sum()
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        w += rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    learnt = {name: round(float(value), 3) for name, value in zip(FEATURES, w, strict=True)}
    return learnt | NOBODY


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 2:
        print(__doc__, file=sys.stderr)
        return 2
    data = choices(Path(arguments[0]))
    learnt = fit(data)
    about = f"Weights of quotes.attribution.ranking, learnt by quotes.attribution.training from {len(data)} pronouns."
    text = json.dumps({"about": about, "weights": learnt}, indent=1) + "\n"
    if len(arguments) == 2:
        Path(arguments[1]).write_text(text, encoding="utf8")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

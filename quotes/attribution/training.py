"""Learn the ``passing`` weights of ``ranking.py`` from GUM's gold coreference and PolNeAR's automatic one.

    python -m quotes.attribution.training POLNEAR_FOLDER TREEBANK_FILE [OUTPUT]

Reads ``train.jsonl.xz`` and ``train-corenlp.jsonl.xz`` from the folder and the treebank (CoNLL-U with GUM's
``Entity=``), and writes ``pronoun-ranking.json`` (the hand-set ``source`` weights as they are). Every he or she whose
chain holds a name is one choice among the candidates that attribution sees there; the weights maximise the likelihood
of these choices (conditional logit, McFadden 1974) with an L2 penalty. Every fourth document of PolNeAR is held out;
how many choices are right there, with the learnt and with the hand-set weights, goes to stderr. Needs numpy; the tool
itself does not use this module.
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
from quotes.attribution.gum import gum_documents
from quotes.attribution.lexicon import Gender, data
from quotes.attribution.ranking import FEATURES, Candidate, weights
from quotes.attribution.resolver import Resolver
from quotes.model import Article, Cue, Quotation, Span

_KINDS: dict[str, MentionKind] = {
    "PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place", "MISC": "nationality",
}  # fmt: skip
PENALTY = 2.0
# What is known beforehand; the data move the weights away from it as far as they agree (the penalty holds them back).
PRIOR: dict[str, float] = {
    "same_sentence": 0.5, "previous_sentence": 0.8, "three_to_five_back": -1.0, "farther_back": -2.0,
    "same_paragraph": 0.4,
    "subject": 0.8, "first_in_sentence": 0.3, "possessive": -0.6, "object": -0.5, "in_quotes": -0.8,
    "previous_speaker": 1.5,
    "previous_speaker_same_paragraph": 0.8, "speaker_before_that": 0.3, "same_pronoun_before": 0.7, "gender_known": 0.7,
    "nearest": 0.6, "passed_over": -0.5, "frequency": 0.3, "named_in_content": -2.0,
    "subject_of_previous_sentence": 0.5,
    "never_named_before": -1.0,
}  # fmt: skip
GOLD_WEIGHT = 5.0
SOURCE_WEIGHT = 3.0  # a pronoun that is a source counts as many others: those are the ones the tool must get right
# Chains without a name are mostly broken ones, so "none of these" cannot be learnt from them: it is set by hand.
NOBODY = {"none": -1.0, "none_far": 2.0}
HELD_OUT = 4  # every so manieth document of PolNeAR
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


#: The candidates, the index of the right one, and whether the pronoun is the source of a quotation.
Choice = tuple[list[Candidate], int, bool]


def chains_of(annotation: dict[str, Any]) -> list[list[Span]]:
    """The head words of the mentions of each chain."""
    sentences = annotation["sentences"]
    return [
        [Span(*sentences[s][head][:2]) for s, _, _, head in chain if head < len(sentences[s])]
        for chain in annotation["coreference"]
    ]


class Recorder(Resolver):
    """A resolver that is told whom each pronoun means, and notes what it had to choose from."""

    def __init__(
        self, article: Article, analysis: Analysis, findings: tuple[Finding, ...], chains: list[list[Span]]
    ) -> None:
        super().__init__(article, analysis, findings)
        self.gold = self._gold(chains)
        self.choices: list[Choice] = []

    def _gold(self, chains: list[list[Span]]) -> dict[int, Entity]:
        """The entity of each chain at the offsets of all its mentions' heads."""
        out: dict[int, Entity] = {}
        for heads in chains:
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


def gum_choices(path: Path) -> list[Choice]:
    """All choices of GUM's documents."""
    out = []
    for article, analysis, findings, chains in gum_documents(path):
        recorder = Recorder(article, analysis, findings, chains)
        recorder.quotations()
        out.extend(recorder.choices)
    return out


def polnear_choices(folder: Path, part: str = "train") -> tuple[list[Choice], list[Choice]]:
    """All choices of a part of PolNeAR: those to learn from, and those of the documents held out."""
    annotations = {item["id"]: item for item in read_lines(folder / f"{part}-corenlp.jsonl.xz")}
    learn: list[Choice] = []
    held: list[Choice] = []
    for number, document in enumerate(read_lines(folder / f"{part}.jsonl.xz")):
        if document["id"] not in annotations:
            continue
        annotation = annotations[document["id"]]
        recorder = Recorder(
            Article(document["text"]), analysis_of(annotation), findings_of(document), chains_of(annotation)
        )
        recorder.quotations()
        (held if number % HELD_OUT == 0 else learn).extend(recorder.choices)
    return learn, held


def right_of(weights: dict[str, float], choices: list[Choice]) -> str:
    """How many choices these weights make rightly, as "RIGHT/ALL"."""
    right = 0
    for candidates, answer, _ in choices:
        scores = [sum(weights.get(name, 0.0) * value for name, value in c.values.items()) for c in candidates]
        right += scores.index(max(scores)) == answer
    return f"{right}/{len(choices)}"


def fit(choices: list[Choice], shares: list[float], *, steps: int = 400, rate: float = 0.05) -> dict[str, float]:
    """The weights by gradient ascent (Adam); ``shares`` says how much each choice counts. Deterministic."""
    index = {name: i for i, name in enumerate(FEATURES)}
    rows: list[np.ndarray] = []
    groups: list[int] = []
    right: list[int] = []
    for group, (candidates, answer, _) in enumerate(choices):
        for i, candidate in enumerate(candidates):
            row = np.zeros(len(FEATURES))
            for name, value in candidate.values.items():
                row[index[name]] = value
            if i == answer:
                right.append(len(rows))
            rows.append(row)
            groups.append(group)
    x, of = np.array(rows), np.array(groups)
    weight = np.array(shares)
    prior = np.array([PRIOR.get(name, 0.0) for name in FEATURES])
    w = prior.copy()
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, steps + 1):
        scores = x @ w
        scores -= np.maximum.reduceat(scores, np.flatnonzero(np.r_[True, of[1:] != of[:-1]]))[of]
        e = np.exp(scores)
        p = e / np.bincount(of, e)[of]
        gradient = (x[right] * weight[:, None]).sum(0) - (x * (p * weight[of])[:, None]).sum(0) - PENALTY * (w - prior)
        gradient /= weight.sum()
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        w += rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    learnt = {name: round(float(value), 3) for name, value in zip(FEATURES, w, strict=True)}
    return learnt | NOBODY


def main(arguments: list[str]) -> int:
    if not 2 <= len(arguments) <= 3:
        print(__doc__, file=sys.stderr)
        return 2
    gold = gum_choices(Path(arguments[1]))
    silver, held = polnear_choices(Path(arguments[0]))
    shares = [GOLD_WEIGHT] * len(gold) + [1.0] * len(silver)
    choices = [*gold, *silver]
    learnt = fit(choices, [w * (SOURCE_WEIGHT if c[2] else 1.0) for w, c in zip(shares, choices, strict=True)])
    by_hand = weights("source")
    print(f"held out: learnt {right_of(learnt, held)}, by hand {right_of(by_hand, held)}", file=sys.stderr)
    content = data("pronoun-ranking.json") | {"passing": learnt}
    text = json.dumps(content, indent=1) + "\n"
    if len(arguments) == 3:
        Path(arguments[2]).write_text(text, encoding="utf8")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

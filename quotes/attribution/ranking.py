"""Which person a pronoun means: a conditional logit over the candidates. "None of these" is a candidate too.

The weights stand in ``quotes/data/pronoun-ranking.json``, in two sets: ``source`` for pronouns that are the source of a
quotation (set by hand: no corpus of ours has enough of them), ``passing`` for all others, which only tell whom the text
is about (learnt by ``training.py``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from quotes.attribution.entities import Entity
from quotes.attribution.lexicon import data

FEATURES = (
    "none", "none_far", "none_source", "same_sentence", "previous_sentence", "two_back", "three_to_five_back",
    "farther_back", "same_paragraph",
    "subject", "first_in_sentence", "possessive", "object", "in_quotes", "last_was_pronoun", "previous_speaker",
    "previous_speaker_same_paragraph", "speaker_before_that", "same_pronoun_before", "gender_known", "nearest",
    "second_nearest",
    "frequency", "most_frequent", "named_in_content", "in_title", "subject_of_previous_sentence", "only_candidate",
    "same_sentence_subject", "nearest_subject", "named_subject_here", "passed_over", "never_named_before",
)  # fmt: skip
_INDEX = {name: i for i, name in enumerate(FEATURES)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible antecedent (None: "none of these") with its feature values, as {feature: value}."""

    entity: Entity | None
    values: dict[str, float]


@cache
def weights(kind: Literal["source", "passing"]) -> dict[str, float]:
    return {name: float(value) for name, value in data("pronoun-ranking.json")[kind].items()}


def probabilities(candidates: Sequence[Candidate], *, source: bool = True) -> list[float]:
    """The probability of each candidate, in the order given; ``source``: the pronoun is the source of a quotation."""
    known = weights("source" if source else "passing")
    scores = [sum(known.get(name, 0.0) * value for name, value in c.values.items()) for c in candidates]
    top = max(scores)
    exponents = [math.exp(score - top) for score in scores]
    total = sum(exponents)
    return [e / total for e in exponents]

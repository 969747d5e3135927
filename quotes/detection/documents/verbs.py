"""The verb of a clause, as word lists and its neighbours tell it: what it states, its form, and where its subject ends.

All functions take a sentence's words in lower case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from quotes.detection import cues
from quotes.detection.documents.vocabulary import words
from quotes.detection.inflection import verb_forms

MODALS = words("performatives", "modals")
BE = words("performatives", "be")


@dataclass(frozen=True, slots=True)
class Verb:
    at: int
    length: int
    entry: cues.Entry | None  # None: a verb that states nothing
    participle: bool
    past: bool


@cache
def _silent_forms() -> dict[str, tuple[str, ...]]:
    return {form: verb_forms(lemma) for lemma in words("performatives", "silent") for form in verb_forms(lemma)}


def verb_at(lows: Sequence[str], at: int) -> Verb | None:
    found = cues.entry_at(lows, at)
    if found is None or found[0].kind != "verb":
        return None
    entry, length = found
    if entry.lemma == "wish" and lows[at + 1 : at + 2] == ["to"]:
        return None
    head = entry.lemma.split()[0]
    if head in {"express", "voice", "raise"}:
        length = 1
    allowed = words("performatives", "verbs")
    if entry.lemma not in allowed and head not in allowed:
        return None
    forms = verb_forms(head)
    past = lows[at] not in forms[:2] and not lows[at].endswith("ing")
    return Verb(at, length, entry, lows[at].endswith("ing"), past)


def silent_at(lows: Sequence[str], at: int) -> Verb | None:
    forms = _silent_forms().get(lows[at])
    if forms is None or lows[at].endswith("ing"):
        return None
    return Verb(at, 1, None, False, len(forms) > 2 and lows[at] not in forms[:2])


def agrees(lows: Sequence[str], subject: tuple[int, int], verb: Verb) -> bool:
    """Keeps noun readings out: "the Council calls", but not "the Council call"."""
    if verb.past or (subject[1] - subject[0] == 1 and lows[subject[0]] in {"we", "they"}):
        return True
    form = lows[verb.at]
    head = lows[subject[1] - 1]
    return form.endswith("s") or head.endswith("s") or "and" in lows[subject[0] : subject[1]]


def after_courtesy(lows: Sequence[str], at: int) -> int:
    """The place behind "has the honour to" at ``at``, else ``at``."""
    for end in range(at + 2, min(at + 6, len(lows))):
        if " ".join(lows[at:end]) in words("performatives", "courtesies"):
            return end
    return at


def before_courtesy(lows: Sequence[str], at: int) -> int:
    """The place of "wishes" in "the Embassy wishes to inform", else ``at``: a courtesy takes no statement back."""
    for start in range(max(0, at - 5), at):
        if " ".join(lows[start:at]) in words("performatives", "courtesies"):
            return start
    return at


def before_adverbs(lows: Sequence[str], at: int) -> int:
    """The place before a verb where its subject ends: adverbs and "remain appalled by and" passed over."""
    left = at
    while left > 0 and (lows[left - 1] in words("performatives", "between") or lows[left - 1].endswith("ly")):
        left -= 1
    if left > 3 and lows[left - 1] == "and":
        state = next((i for i in range(left - 2, max(-1, left - 8), -1) if lows[i] in BE), None)
        if state is not None:
            return before_adverbs(lows, state)
    return left

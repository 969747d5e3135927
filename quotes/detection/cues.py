"""The words that report speech: from the text of a cue to its dictionary form, mode and act.

The lexicon is ``quotes/data/cues.tsv``: one lemma a line, with its kind (verb, noun, other), mode, act and the frames
it stands in (``that``: a finite clause; ``quote``: words in marks; ``inf``: "urge X to"; ``of``: "accuse X of";
``to``: "promise to"; ``noun``: "call for talks"; ``as``: "describe X as"; ``whom``: "tell X that"; ``addressee``: the
subject is told and tells nothing; ``sure``: rules may rely on it without the model).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from quotes.detection.inflection import noun_forms, verb_forms
from quotes.detection.tables import group, table
from quotes.model import Act, Mode

_WORD = regex.compile(r"(?:n['’]t\b)|['’](?:s|re|m|ve|d|ll)\b|\w+?(?=n['’]t\b)|\w+(?:-\w+)*|[^\w\s]")
_NEGATIONS = frozenset({"not", "n't", "never", "no", "nor", "neither", "without", "hardly", "barely", "cannot"})
_WITHHOLDING = frozenset(
    form
    for verb in ("decline", "refuse", "fail", "avoid", "withhold", "neglect", "forbear")
    for form in verb_forms(verb)
)
_UNREAL = frozenset({"would", "could", "might", "may", "should", "will", "'ll", "shall", "must", "can", "'d"})
# Stems before -ed and -ing whose dictionary form ends in -e.
_STEMS_IN_E = ("at", "iz", "is", "uc", "ag", "iv", "ov", "bl", "tl", "gl", "dl", "ur", "rs", "ns", "as", "us", "rg")
# Which kind of word names a cue of several; "light" verbs (give, have, make) only do so alone.
_KINDS = {"verb": 0, "noun": 1, "other": 2, "light": 3}


@dataclass(frozen=True, slots=True)
class Entry:
    """One lemma of the lexicon."""

    lemma: str
    kind: str
    mode: Mode
    act: Act
    frames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cue says. ``known`` is false when the lexicon lacks it: then its lemma is a guess.

    ``withheld``: the words were not said ("did not specify", "declined to comment"); ``unreal``: they were not said
    yet, or only might be ("would say", "will announce", "to discuss").
    """

    lemma: str
    mode: Mode
    act: Act
    kind: str = "verb"
    frames: frozenset[str] = frozenset()
    known: bool = True
    withheld: bool = False
    unreal: bool = False


class _Node:
    """A node of the trie of cue words: the words that may follow, and the entry that may end here."""

    __slots__ = ("entry", "following")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.entry: Entry | None = None


@cache
def _lexicon() -> dict[str, _Node]:
    """The trie of all forms of all cues, by first word."""
    root = _Node()
    for lemma, kind, mode, act, frames in table("cues.tsv"):
        entry = Entry(lemma, kind, mode, act, frozenset(frames.split(",")))  # type: ignore[arg-type]
        for form in _forms(lemma, kind):
            node = root
            for word in words(form):
                node = node.following.setdefault(word, _Node())
            node.entry = node.entry or entry
    return root.following


def _forms(lemma: str, kind: str) -> tuple[str, ...]:
    if kind in ("verb", "light"):
        return verb_forms(lemma)
    return noun_forms(lemma) if kind == "noun" else (lemma,)


def words(text: str) -> list[str]:
    """The lower-case words of a cue, clitics apart ("didn't": did, n't), apostrophes straight."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def entry_at(sequence: Sequence[str], at: int) -> tuple[Entry, int] | None:
    """The longest cue that begins at word ``at`` of lower-case words, with its length in words."""
    node = _lexicon().get(sequence[at])
    found: tuple[Entry, int] | None = None
    length = 1
    while node is not None:
        if node.entry is not None:
            found = node.entry, length
        node = node.following.get(sequence[at + length]) if at + length < len(sequence) else None
        length += 1
    return found


def is_noun(word: str) -> bool:
    """Whether a lower-case word is (also) a form of a noun of the lexicon ("calls", "reports")."""
    return word in _nouns()


@cache
def _nouns() -> frozenset[str]:
    return frozenset(form for lemma, kind, *_ in table("cues.tsv") if kind == "noun" for form in noun_forms(lemma))


@cache
def read(text: str) -> Reading:
    """Reads the text of a cue ("has already warned", "According to", ":", "did not specify")."""
    sequence = words(text)
    if len(sequence) > 2 and sequence[-2] == "to" and sequence[-3] in group("aspectual"):
        sequence = [*sequence[:-3], sequence[-1]]  # "continues to believe"
    found = _best(sequence) or _best([word for word in sequence if not _filler(word)])
    negated = any(word in _NEGATIONS for word in sequence) and "only" not in sequence
    withheld = negated or any(word in _WITHHOLDING for word in sequence)
    unreal = bool(sequence) and (sequence[0] == "to" or any(word in _UNREAL for word in sequence))
    guess = _guess(sequence) if found is None or found.kind == "light" else ""
    if found is None or guess:
        guess = guess or text.strip()
        return Reading(guess, "speech", "state", known=False, withheld=withheld, unreal=unreal)
    return Reading(found.lemma, found.mode, found.act, found.kind, found.frames, True, withheld, unreal)


def _filler(word: str) -> bool:
    """Whether a word inside a cue does not name it."""
    return (
        word in group("filler")
        or word in _NEGATIONS
        or (word.endswith("ly") and word not in {"reply", "rely", "reportedly", "allegedly"})
    )


def _best(sequence: Sequence[str]) -> Entry | None:
    """The first verb, else the first noun, else the first other cue; phrases before single words."""
    best: tuple[tuple[int, int, int], Entry] | None = None
    at = 0
    while at < len(sequence):
        match = entry_at(sequence, at)
        if match is None:
            at += 1
            continue
        entry, length = match
        rank = (_KINDS[entry.kind], -min(length, 2), at)
        if best is None or rank < best[0]:
            best = rank, entry
        at += length
    return best[1] if best else None


def _guess(sequence: Sequence[str]) -> str:
    """The likely dictionary form of the first word that is no filler, for cues that the lexicon lacks."""
    heads = [word for word in sequence if word.isalpha() and not _filler(word) and not _light(word)]
    if not heads:
        return ""
    head = heads[0]
    for ending in ("ing", "ed"):
        stem = head.removesuffix(ending)
        if stem != head and len(stem) > 2:
            if stem[-1] == stem[-2] and stem[-1] not in "lsez":
                return stem[:-1]
            return stem + "e" if stem.endswith(_STEMS_IN_E) else stem
    if head.endswith("ies") and len(head) > 4:
        return head[:-3] + "y"
    return head.removesuffix("s") if len(head) > 3 and not head.endswith("ss") else head


def _light(word: str) -> bool:
    found = entry_at([word], 0)
    return found is not None and found[0].kind == "light"

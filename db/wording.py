"""Whether two quotations are versions of the same words: pure functions on their texts.

Candidates share *prints*: hashes of a few words in a row, thinned out by winnowing (Schleimer, Wilkerson and Aiken,
SIGMOD 2003), so that any run of ``SHINGLE + WINDOW - 1`` common words gives a common print. Candidates are then
compared word by word (rapidfuzz).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import regex
from rapidfuzz.distance import LCSseq

from db.names import folded

SHINGLE = 4
WINDOW = 2
FEWEST_WORDS = 5
_FEWEST_IN_FRAGMENT = 6
_FEWEST_OTHER_COUNTRY = 12
_SIMILAR = 0.75
_MOST_REPLACED = 0.18  # light editing drops words, but puts few others in their place
_FRAGMENT = 0.9
_VERBATIM = 0.95
_WORD = regex.compile(r"\w+(?:'\w+)*")


@lru_cache(maxsize=1)
def _deciding() -> frozenset[str]:
    """Words that change what is said: negations and numbers (db/data/deciding-words.txt)."""
    text = files("db").joinpath("data/deciding-words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def words_of(text: str) -> tuple[str, ...]:
    """The words of a quotation without case, accents and punctuation, "won't" written as "will not"."""
    return tuple(part for word in _WORD.findall(folded(text)) for part in _written_out(word))


def _written_out(word: str) -> tuple[str, ...]:
    if word == "cannot":
        return "can", "not"
    if not word.endswith("n't"):
        return (word,)
    return {"won't": "will", "can't": "can", "shan't": "shall"}.get(word, word[:-3]), "not"


def whole_print(words: Sequence[str]) -> int:
    """One 32-bit hash of all words: the same for the same wording."""
    return zlib.crc32("\x1f".join(words).encode(), 1)


def prints(words: Sequence[str]) -> list[int]:
    """The thinned-out 32-bit hashes of ``SHINGLE`` words in a row; empty for too few words."""
    if len(words) < FEWEST_WORDS:
        return []
    hashes = [
        zlib.crc32(" ".join(words[start : start + SHINGLE]).encode()) for start in range(len(words) - SHINGLE + 1)
    ]
    if len(hashes) <= WINDOW:
        return sorted(set(hashes))
    return sorted({min(hashes[start : start + WINDOW]) for start in range(len(hashes) - WINDOW + 1)})


@dataclass(frozen=True, slots=True)
class Utterance:
    """What counts when two quotations are compared."""

    words: tuple[str, ...]
    speaker_id: int | None
    country: str | None
    form: str


@dataclass(frozen=True, slots=True)
class Match:
    """How ``left`` of ``compare(left, right)`` relates to ``right``; ``score`` is the share of common words, 0..1."""

    relation: Literal["same", "fragment", "contains"]
    score: float


def compare(left: Utterance, right: Utterance) -> Match | None:
    """How two quotations are versions of one; None when they are not.

    They are when their words are the same but for light editing, or when one is a piece of the other, unless a negation
    or number differs, or different people speak (the same few words are then a coincidence or a slogan).
    """
    match = _compare_words(left.words, right.words)
    if match is None:
        return None
    shorter = min(len(left.words), len(right.words))
    if left.speaker_id == right.speaker_id and left.speaker_id is not None:
        return match
    unknown = None in (left.speaker_id, right.speaker_id)
    if unknown or (left.country is not None and left.country == right.country):
        return match if shorter >= _FEWEST_IN_FRAGMENT + (0 if unknown else 2) else None
    verbatim = match.score >= _VERBATIM and "indirect" not in (left.form, right.form)
    return match if verbatim and shorter >= _FEWEST_OTHER_COUNTRY else None


def _compare_words(left: tuple[str, ...], right: tuple[str, ...]) -> Match | None:
    if min(len(left), len(right)) < FEWEST_WORDS:
        return None
    if left == right:
        return Match("same", 1.0)
    common = LCSseq.similarity(left, right)
    score = common / max(len(left), len(right))
    if score >= _SIMILAR and not _differ_decisively(left, right):
        return Match("same", score)
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if len(short) < _FEWEST_IN_FRAGMENT or len(short) == len(long) or common < _FRAGMENT * len(short):
        return None
    start, end = _best_window(short, long)
    window = long[start:end]
    score = LCSseq.similarity(short, window) / max(len(short), len(window))
    if score < _FRAGMENT or _differ_decisively(short, window):
        return None
    if (short[0], short[-1]) != (window[0], window[-1]):  # a common beginning that goes on to something else
        return None
    return Match("fragment" if short is left else "contains", score)


def _best_window(short: tuple[str, ...], long: tuple[str, ...]) -> tuple[int, int]:
    """The stretch of ``long`` that lines up best with ``short``, by the offset on which most words agree."""
    places: dict[str, list[int]] = {}
    for index, word in enumerate(long):
        places.setdefault(word, []).append(index)
    votes: dict[int, int] = {}
    for index, word in enumerate(short):
        for place in places.get(word, ()):
            votes[place - index] = votes.get(place - index, 0) + 1
    offset = max(votes, key=lambda key: (votes[key], -abs(key)))
    # An edit inside shifts one end by a word or so: the window is cut at common words on both sides.
    start, end = max(0, offset), min(len(long), offset + len(short))
    for widened in (1, 2):
        if end + widened <= len(long) and long[end + widened - 1] == short[-1] and long[end - 1] != short[-1]:
            end += widened
            break
        if start - widened >= 0 and long[start - widened] == short[0] and long[start] != short[0]:
            start -= widened
            break
    return start, end


def _differ_decisively(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether they say different things: a negation or number stands in one only, or too many words are replaced."""
    replaced = 0
    for ours, theirs in _gaps(left, right):
        if any(word in _deciding() or any(char.isdigit() for char in word) for word in (*ours, *theirs)):
            return True
        if ours and theirs:
            replaced += max(len(ours), len(theirs))
    return replaced > _MOST_REPLACED * min(len(left), len(right))


def _gaps(left: tuple[str, ...], right: tuple[str, ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What stands between the words that both have, in their order."""
    gaps, places = [], (0, 0)
    for step in LCSseq.opcodes(left, right):
        if step.tag == "equal":
            gaps.append((left[places[0] : step.src_start], right[places[1] : step.dest_start]))
            places = step.src_end, step.dest_end
    gaps.append((left[places[0] :], right[places[1] :]))
    return gaps


def difference(longest: str, version: str) -> tuple[tuple[Literal["same", "added", "missing"], str], ...]:
    """How ``version`` differs from ``longest``, word by word as they are written."""
    left, right = longest.split(), version.split()
    keys = [[folded(word).strip(".,;:!?\"'“”«»()…") for word in words] for words in (left, right)]
    pieces: list[tuple[Literal["same", "added", "missing"], str]] = []
    for step in LCSseq.opcodes(keys[0], keys[1]):
        if step.tag == "equal":
            pieces.append(("same", " ".join(right[step.dest_start : step.dest_end])))
            continue
        if step.src_start < step.src_end:
            pieces.append(("missing", " ".join(left[step.src_start : step.src_end])))
        if step.dest_start < step.dest_end:
            pieces.append(("added", " ".join(right[step.dest_start : step.dest_end])))
    return tuple(pieces)

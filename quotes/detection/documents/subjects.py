"""The words of a sentence, and the subject before its verb as far as shape alone tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from quotes.detection.documents.vocabulary import words
from quotes.model import Span

_TOKEN = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}.’'/&-]*(?<![.’'])|n['’]t|[^\s\p{L}\p{N}]")
_PRONOUNS = frozenset({"we", "he", "she", "they"})
_DETERMINERS = frozenset(["the", "this", "a", "an", "its", "their", "our", "both", "all", "these", "other", "those"])
_BOUNDARIES = frozenset({",", ";", ":", "•", "–", "-", "—"})
_PREPOSITIONS = frozenset(
    [
        "in",
        "on",
        "at",
        "after",
        "before",
        "during",
        "following",
        "with",
        "by",
        "from",
        "for",
        "to",
        "of",
        "as",
        "while",
        "when",
        "since",
        "under",
        "over",
        "among",
        "amid",
        "despite",
        "regarding",
        "concerning",
        "against",
        "through",
        "until",
        "although",
        "if",
        "because",
        "according",
        "speaking",
        "responding",
        "turning",
        "noting",
    ]
)
_NO_SUBJECT = frozenset({"that", "which", "who", "to"})
_LONGEST = 22


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark with its offsets; ``low`` is in lower case with straight apostrophes."""

    start: int
    end: int
    word: str
    low: str

    @property
    def capital(self) -> bool:
        return self.word[0].isupper()


def tokens_of(text: str, sentence: Span) -> list[Token]:
    """The words and marks of a sentence, in order."""
    return [
        Token(m.start(), m.end(), m.group(), m.group().lower().replace("’", "'"))
        for m in _TOKEN.finditer(text, sentence.start, sentence.end)
    ]


def subject_before(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    """The subject that ends before token ``end`` (its verb, adverbs included), as a token range.

    What stands between commas after it ("for the G-77", "Minister of Trade of Chile") is no part of it.
    """
    if end < 1:
        return None
    if tokens[end - 1].low == ",":
        return _before_aside(tokens, end - 1)
    if tokens[end - 1].low in _PRONOUNS:
        before = tokens[end - 2].low if end > 1 else ""
        opens = before in {"", "and", ".", ")"} | _BOUNDARIES or before.isdigit()
        return (end - 1, end) if opens else None
    found = _noun_phrase(tokens, end)
    return None if found is None else (_list_start(tokens, found[0], end), end)


def name_before(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The name before ", who said"; ``at`` is the verb's place."""
    if at < 3 or tokens[at - 2].low != ",":
        return None
    start = stop = at - 2
    while start > 0 and tokens[start - 1].capital:
        start -= 1
    return (start, stop) if start < stop else None


def _before_aside(tokens: Sequence[Token], comma: int) -> tuple[int, int] | None:
    """The subject of "SUBJECT, aside, verb": the sentence's first phrase, else the one before the nearest comma."""
    commas = [i for i in range(comma) if tokens[i].low == "," and comma - i < 45]
    if not commas or any(tokens[i].low in {"which", "that", "but", "because", "if"} for i in range(commas[-1], comma)):
        return None
    first = commas[0]
    if tokens[0].low not in _PREPOSITIONS and not tokens[0].low.endswith("ing"):
        found = _noun_phrase(tokens, first)
        if found is not None and found[0] == 0:
            return _with_name(tokens, found, [*commas, comma])
    return _noun_phrase(tokens, commas[-1])


def _with_name(tokens: Sequence[Token], found: tuple[int, int], commas: Sequence[int]) -> tuple[int, int]:
    """ "China's ambassador, Li Na": a name after a description belongs to the subject."""
    described = any(token.low in words("performatives", "subject_nouns") for token in tokens[found[0] : found[1]])
    name = tokens[commas[0] + 1 : commas[1]] if len(commas) > 1 else []
    named = 0 < len(name) < 5 and all(token.word.istitle() or token.word.isupper() for token in name)
    return (found[0], commas[1]) if described and named else found


def _noun_phrase(tokens: Sequence[Token], stop: int) -> tuple[int, int] | None:
    """A run of capitalised words, titles and small words that ends at ``stop`` and begins a clause."""
    nouns, inner, titles = (
        words("performatives", "subject_nouns"),
        words("labels", "inner_words"),
        words("titles", "words"),
    )
    start, depth = stop, 0
    while start > 0 and stop - start < _LONGEST:
        token = tokens[start - 1]
        if token.low == "." and start > 1 and (tokens[start - 2].low in titles or len(tokens[start - 2].low) == 1):
            start -= 1
            continue
        if token.low == ")":
            depth += 1
        elif token.low == "(":
            depth -= 1
        elif depth == 0 and token.low in _BOUNDARIES | {"“", '"'}:
            break
        elif depth == 0 and not (
            token.capital or token.low in nouns | inner | titles | _DETERMINERS or token.low in {"'s", "/", "&"}
        ):
            return None
        start -= 1
    if stop - start >= _LONGEST or (start > 0 and tokens[start - 1].low not in _BOUNDARIES) or depth:
        return None
    while start < stop and tokens[start].low in {"and", "but", "while", "whereas", "in"}:
        start += 1
    phrase = tokens[start:stop]
    named = any((t.capital and t.low not in _DETERMINERS) or t.low in nouns for t in phrase)
    if not phrase or not named or any(t.low in _NO_SUBJECT for t in phrase):
        return None
    return start, stop


def _list_start(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where a list of speakers begins: "France, Germany and Italy"."""
    if not any(token.low == "and" for token in tokens[start:end]):
        return start
    while start > 1 and tokens[start - 1].low == ",":
        left = start - 1
        while left > 0 and (tokens[left - 1].capital or tokens[left - 1].low in {"the", "of", "and"}):
            left -= 1
        opens = left == 0 or tokens[left - 1].low in _BOUNDARIES
        first = tokens[left].low
        if left == start - 1 or not opens or first in _PREPOSITIONS or first in words("labels", "not_speakers"):
            break
        start = left
    return start

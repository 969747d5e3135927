"""A shallow reading of a sentence's words: enough to find the subject and the addressee beside a reporting verb."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from quotes.detection import cues
from quotes.detection.tables import group
from quotes.model import Span

_WORD = regex.compile(
    r"(?:\p{L}\.){2,}|\p{Lu}\p{Ll}{0,3}\.(?=\s\p{Lu})|\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|m|ve|d|ll)\b|\w+(?:[-'’.]\w+)*|[^\w\s]"
)
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "you", "who"})
_PAST_LIKE_BASE = frozenset({"read", "put", "cast", "bet", "beat", "hit", "let"})
_SUBJECTS = frozenset({"he", "she", "they", "we", "i"})
_MOST_WORDS_OF_A_NAME = 14
_MOST_WORDS_OF_AN_ADDRESSEE = 7


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a stretch of text with their places; ``lower`` has straight apostrophes."""

    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    lower: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.spans)

    def span(self, first: int, end: int) -> Span:
        """From word ``first`` to before word ``end``."""
        return Span(self.spans[first].start, self.spans[end - 1].end)


def split(text: str, start: int, end: int) -> Words:
    matches = list(_WORD.finditer(text, start, end))
    texts = tuple(match.group() for match in matches)
    return Words(
        tuple(Span(*match.span()) for match in matches), texts, tuple(word.lower().replace("’", "'") for word in texts)
    )


def is_name(word: str) -> bool:
    return word[:1].isupper()


def cue_start(words: Words, at: int) -> int:
    """Where the cue with its verb at ``at`` begins, auxiliaries and adverbs included."""
    first = at
    while first > 0 and (words.lower[first - 1] in group("auxiliary") or _adverb(words.lower[first - 1])):
        first -= 1
    while first < at and _adverb(words.lower[first]) and words.lower[first] not in group("kept adverb"):
        first += 1
    return first


def finite(words: Words, at: int, entry: cues.Entry) -> bool:
    """Whether the verb form at ``at`` can carry a sentence, and is not rather a noun, a name or an infinitive."""
    word, base = words.lower[at], entry.lemma.split()[0]
    before = words.lower[at - 1] if at else ""
    if at and is_name(words.texts[at]):
        return False
    if word == base and word not in _PAST_LIKE_BASE:
        return before in {"i", "we", "you", "they", "who"} | group("people") | group("auxiliary")
    if word.endswith("s") and cues.is_noun(word):
        return before in _PRONOUNS or is_name(words.texts[at - 1])
    return not (word.endswith("s") and before in group("determiner"))


def addressee_end(words: Words) -> int | None:
    """How many words "the assembly" has in "the assembly that the talks ...", told to somebody; None without one."""
    for at, word in enumerate(words.lower[: _MOST_WORDS_OF_AN_ADDRESSEE + 1]):
        if word == "that":
            return at or None
        name = is_name(words.texts[at])
        if at == 0 and not (name or word in group("determiner") | group("addressee")):
            return None
        if word in group("auxiliary") | _SUBJECTS or (not word[0].isalnum() and word != "'s"):
            return None
        if not name and at and not cues.is_noun(word) and cues.entry_at(words.lower, at) is not None:
            return None
    return None


def subject_before(words: Words, end: int) -> tuple[int, int] | None:
    """The noun phrase that ends before word ``end``, as word indices; None when there is no likely one."""
    if end <= 0:
        return None
    if words.lower[end - 1] in _PRONOUNS:
        return end - 1, end
    if words.lower[end - 1] in {",", ")"}:
        return _with_apposition(words, end)
    first = _phrase_start(words, end)
    return _checked(words, first, end)


def subject_after(words: Words, first: int) -> tuple[int, int] | None:
    """The noun phrase that begins at word ``first`` ("said Anna Berg, the minister"), as word indices."""
    end = first
    while end < len(words) and end - first < _MOST_WORDS_OF_A_NAME and not _ends_phrase(words, end, first):
        end += 1
    if end < len(words) and words.lower[end] == "," and end > first:
        end = _apposition_end(words, end)
    if end == first or not (is_name(words.texts[first]) or words.lower[first] in group("determiner") | _PRONOUNS):
        return None
    return (first, end) if words.lower[first] not in group("time") else None


def _with_apposition(words: Words, end: int) -> tuple[int, int] | None:
    """ "Anna Berg, the foreign minister of Norland," — the name and what stands between commas or brackets."""
    opening = "," if words.lower[end - 1] == "," else "("
    at = end - 2
    while at > 0 and words.lower[at] != opening:
        if words.lower[at] in {";", ":", "“", '"', "”", "."}:
            return None
        at -= 1
    if at <= 0 or end - at > _MOST_WORDS_OF_A_NAME:
        return None
    first = _phrase_start(words, at)
    found = _checked(words, first, at)
    if found is None or not is_name(words.texts[at - 1]):
        return None
    return found[0], end - (words.lower[end - 1] == ",")


def _phrase_start(words: Words, end: int) -> int:
    first = end
    while first > 0 and end - first < _MOST_WORDS_OF_A_NAME:
        word = words.lower[first - 1]
        if word in group("boundary") or not (word[0].isalnum() or word in {"'s", "&", "."} or len(word) > 1):
            break
        if word in _PRONOUNS:
            break
        first -= 1
    return first


def _checked(words: Words, first: int, end: int) -> tuple[int, int] | None:
    """The phrase without an adverbial at its front ("On Monday Anna Berg"); None when it names nobody."""
    if first >= end:
        return None
    if words.lower[first] in group("preposition") or words.lower[first] in group("time"):
        name = end
        while name > first and (
            is_name(words.texts[name - 1]) or words.lower[name - 1] in {"of", "de", "al", "van", "bin"}
        ):
            name -= 1
        while name < end and (
            not is_name(words.texts[name]) or words.lower[name] in group("time") | group("preposition")
        ):
            name += 1
        return (name, end) if name < end else None
    named = any(is_name(word) for word in words.texts[first:end])
    if named or words.lower[first] in group("determiner") or words.lower[end - 1] in group("people"):
        return first, end
    return None


def _ends_phrase(words: Words, at: int, first: int) -> bool:
    word = words.lower[at]
    if "(" in words.lower[first:at] and ")" not in words.lower[first:at]:
        return False
    if not (word[0].isalnum() or word in {"'s", "&", "("} or len(word) > 1):
        return True
    if at > first and word in group("time") | group("boundary"):
        return True
    if at > first and word in group("preposition") and word not in {"of", "for", "from"}:
        return True
    return at > first and cues.entry_at(words.lower, at) is not None and not is_name(words.texts[at]) and at - first > 6


def _apposition_end(words: Words, comma: int) -> int:
    """Where "the minister of ..., who ..." after a name and comma ends; the comma itself when none follows."""
    at = comma + 1
    if at >= len(words) or words.lower[at] not in group("apposition"):
        return comma
    while at < len(words) and words.lower[at] not in {".", ";", ":", "?", "!", "—", "–", "“", '"'}:
        if words.lower[at] == "," and at + 1 < len(words):
            following = words.lower[at + 1]
            if following.endswith("ing") or following in group("boundary") | group("time") - {"who", "which"}:
                break
        at += 1
    return at - 1 if words.lower[at - 1] == "," else at


def _adverb(word: str) -> bool:
    return word in group("adverb") or (
        word.endswith("ly") and len(word) > 4 and word not in {"family", "reply", "italy"}
    )

"""Gender from the pronouns beside a name: for surnames that two people bear, and for given names that tell nothing."""

from __future__ import annotations

from collections import Counter

import regex

from quotes.attribution.lexicon import Gender
from quotes.attribution.patterns import Name

# "Lima said she would", "Lima, who lost her sister"; another capital letter between may be somebody else.
_SAID = regex.compile(
    r"(?:,? who)?\s(?:[\p{Ll}]+\s){0,2}?(?:said|says|say|added|adds|told \p{Ll}+|argued|argues|claimed|claims|"
    r"insisted|noted|thinks|thought|believes|believed|hopes|hoped|explained|recalled|promised|vowed|warned|announced|admitted|denied)\s"
    r"(?:that\s)?(?P<word>he|she)\b"
)
_WHO = regex.compile(r"(?:\s?\([^)\n]{1,30}\))?, who\s[\p{Ll}\d ,-]{1,60}?\b(?P<word>his|her|he|she|himself|herself)\b")
_NEXT = regex.compile(r"[^.\n“”\"\p{Lu}]{0,160}[.]\s+(?P<word>He|She)\s")
_OWN = regex.compile(r"\s[\p{Ll}]+(?:ed|s|t)\s(?P<word>his|her)\s\p{Ll}")
_MALE = frozenset(("he", "his", "himself"))
_PLAIN, _LOOSE = (_SAID, _WHO), (_SAID, _WHO, _NEXT, _OWN)


def gender_beside(text: str, name: Name) -> Gender | None:
    """The gender that the words right after one occurrence of a name tell."""
    for pattern in _PLAIN:
        match = pattern.match(text, name.span.end, min(len(text), name.span.end + 120))
        if match is not None:
            return "male" if match["word"].lower() in _MALE else "female"
    return None


def gender_of(text: str, names: list[Name]) -> Gender | None:
    """The gender that the words after a person's names tell most often, or None where they are at odds."""
    votes: Counter[Gender] = Counter()
    for name in names:
        for pattern in _LOOSE:
            match = pattern.match(text, name.span.end, min(len(text), name.span.end + 220))
            if match is not None:
                votes["male" if match["word"].lower() in _MALE else "female"] += 1
                break
    if not votes:
        return None
    (best, most), *rest = votes.most_common(2)
    return best if not rest or most >= 2 * rest[0][1] else None

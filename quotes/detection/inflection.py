"""The forms of English verbs and nouns, from their lemmas and the tables of irregular ones."""

from __future__ import annotations

from functools import cache

from quotes.detection.tables import table

_VOWELS = "aeiou"


@cache
def verb_forms(lemma: str) -> tuple[str, ...]:
    """All forms of a verb, the lemma first; of a phrasal verb ("point out") with its first word inflected."""
    head, _, rest = lemma.partition(" ")
    forms = [form + (" " + rest if rest else "") for form in _head_forms(head)]
    return tuple(dict.fromkeys(forms))


@cache
def noun_forms(lemma: str) -> tuple[str, ...]:
    """Singular and plural; the plural of a phrase is made at its first noun ("views of", "talking points")."""
    words = lemma.split()
    at = next((i for i, word in enumerate(words) if word in {"of", "to", "on", "about", "for", "over"}), len(words)) - 1
    return tuple(dict.fromkeys((lemma, " ".join([*words[:at], _third_person(words[at]), *words[at + 1 :]]))))


def _head_forms(verb: str) -> list[str]:
    if verb == "be":
        return ["be", "is", "are", "am", "was", "were", "been", "being", "'s", "'re", "'m"]
    if verb == "have":
        return ["have", "has", "had", "having", "'ve"]
    past, participle = _irregular().get(verb, (None, None))
    stem = verb + verb[-1] if verb in _doubling() else verb
    regular = _with_ed(stem)
    forms = [
        verb,
        _third_person(stem if stem.endswith("zz") else verb),
        past or regular,
        participle or regular,
        _with_ing(stem),
    ]
    if past is None and verb.endswith(("el", "al")) and verb[-3] not in _VOWELS:
        # labelled beside labeled
        forms += [verb + "led", verb + "ling"]
    return forms


def _third_person(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in {"go", "do", "veto", "echo", "forgo"}:
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _with_ed(stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    if stem.endswith("y") and stem[-2:-1] not in _VOWELS:
        return stem[:-1] + "ied"
    return stem + ("ked" if stem.endswith("ic") else "ed")


def _with_ing(stem: str) -> str:
    if stem.endswith("ie"):
        return stem[:-2] + "ying"
    if stem.endswith("e") and not stem.endswith(("ee", "oe", "ye")):
        return stem[:-1] + "ing"
    return stem + ("king" if stem.endswith("ic") else "ing")


@cache
def _irregular() -> dict[str, tuple[str, str]]:
    return {lemma: (past, participle) for lemma, past, participle in table("irregular_verbs.tsv")}


@cache
def _doubling() -> frozenset[str]:
    return frozenset(row[0] for row in table("doubling_verbs.tsv"))

"""Personal names: parts, transliteration-insensitive keys, and whether two forms can be one person's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex
from rapidfuzz.distance import JaroWinkler, Levenshtein

from quotes.attribution.lexicon import fold, lexicon

# Spellings of one sound in the usual transliterations, applied in order to a folded word.
_SOUNDS: tuple[tuple[str, str], ...] = (
    (r"['`ʼ\-]", ""), (r"^ye", "e"), (r"sch", "sh"), (r"tch|tsch", "ch"), (r"kh|ck|q", "k"), (r"gh", "g"), (r"zh", "z"),
    (r"dh", "d"), (r"dj", "j"), (r"ph", "f"), (r"x", "ks"), (r"w", "v"), (r"ou|oo", "u"), (r"ee", "i"),
    (r"gu(?=[ei])", "g"), (r"(?<=.)j(?![ou])|^j(?=e|ul|ur)", "y"),
    (r"ae", "e"), (r"oe", "o"), (r"ue", "u"), (r"c(?=[aoukrlt]|$)", "k"), (r"tz", "ts"), (r"ts", "c"),
    (r"ai|ay|ei|ey", "e"), (r"y", "i"), (r"i+", "i"), (r"(.)\1+", r"\1"), (r"(?<=.)(ie|io)$", "i"), (r"(?<=\w)h$", ""),
)  # fmt: skip
_COMPILED = tuple((regex.compile(pattern), replacement) for pattern, replacement in _SOUNDS)
_SPLIT = regex.compile(r"[\s\u00a0]+")
_COMMA_SUFFIX = regex.compile(r",\s*(?=(?:Jr|Sr)\b)")


@cache
def sound_key(word: str) -> str:
    """One key for the spellings of a name word: Sergey, Sergei and Sergej; Zelensky, Zelenskyy and Zelenskiy."""
    key = fold(word).strip(".")
    for pattern, replacement in _COMPILED:
        key = pattern.sub(replacement, key)
    return key


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, the comma before a suffix left out."""
    return tuple(word for word in _SPLIT.split(_COMMA_SUFFIX.sub(" ", name).strip()) if word)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name without titles, split: ``first`` may be empty; ``last`` includes particles ("van der Bellen")."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    suffix: str = ""

    @property
    def surname(self) -> str:
        return self.last[-1]

    @property
    def words(self) -> tuple[str, ...]:
        return self.first + self.last


@cache
def parse(name: str) -> PersonName:
    """Split a name without titles. A single word is a surname as far as anybody can tell."""
    words = list(words_of(name))
    known = lexicon()
    suffix = ""
    if len(words) > 1 and fold(words[-1].strip(",")) in known.suffixes:
        suffix = words.pop().strip(".")
    words = [word.strip(",") for word in words if word.strip(",")] or [name]
    if len(words) == 1:
        return PersonName((), (words[0],), suffix)
    start = len(words) - 1
    while start > 1 and fold(words[start - 1]) in known.particles:
        start -= 1
    return PersonName(tuple(words[:start]), tuple(words[start:]), suffix)


def is_initial(word: str) -> bool:
    """ "J.", "J", "G.K.", "J-Y" """
    return bool(_INITIAL.fullmatch(word))


_INITIAL = regex.compile(r"(?:\p{Lu}\.?-?)+")


@cache
def same_word(a: str, b: str) -> bool:
    """Two spellings of one name word."""
    if fold(a) == fold(b) or sound_key(a) == sound_key(b):
        return True
    x, y = sound_key(a), sound_key(b)
    shorter = min(len(x), len(y))
    if x == y + "a" or y == x + "a":
        return False  # "Volodymyr" and "Volodymyra": a man and a woman
    return shorter >= 6 and x[0] == y[0] and Levenshtein.distance(x, y, score_cutoff=1) <= 1


@cache
def near_word(a: str, b: str) -> bool:
    """A likely misspelling within one document ("Bornsten" for "Bornstein"): weaker than ``same_word``."""
    x, y = fold(a), fold(b)
    if min(len(x), len(y)) < 5 or x[0] != y[0]:
        return False
    return JaroWinkler.similarity(x, y) >= 0.93 or Levenshtein.distance(x, y, score_cutoff=1) <= 1


@cache
def same_given(a: str, b: str) -> bool:
    """Two given names that one person may bear: spellings, an initial, or a nickname ("Bernie" and "Bernard")."""
    if same_word(a, b):
        return True
    x, y = fold(a).replace(".", ""), fold(b).replace(".", "")
    if is_initial(a) or is_initial(b):
        return all(p[:1] == q[:1] for p, q in zip(_PARTS.split(x), _PARTS.split(y), strict=False))
    nicknames = lexicon().nicknames
    none: frozenset[str] = frozenset()
    if y in nicknames.get(x, none) or x in nicknames.get(y, none):
        return True
    return bool(any({x, y} <= forms | {full} for full, forms in nicknames.items() if x in forms and y in forms))


@cache
def skeleton(word: str) -> str:
    """What all romanisations of a name word share: its consonants, voiced and voiceless as one, and whether a vowel
    opens it ("Gyeong" and "Kyung", "Sargsyan" and "Sarkisian")."""
    key = fold(word).strip(".")
    for pattern, replacement in _BONES:
        key = pattern.sub(replacement, key)
    return key


_BONES = tuple(
    (regex.compile(pattern), replacement)
    for pattern, replacement in (
        (r"['`ʼ\-‑]", ""), (r"^(?:ts|tz|c)(?=[aeiou])", "s"), (r"sch|sh|zh|shch", "s"), (r"tch|tsch|ch|dj|j", "j"),
        (r"kh|gh|q|c|g", "k"), (r"th|dh|d", "t"), (r"ph|b", "p"), (r"x", "ks"), (r"z|ts|tz", "s"), (r"w", "v"),
        (r"^[aeiouy]+", "a"), (r"(?<=.)[aeiouyh]+", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


def same_romanised(a: PersonName, b: PersonName) -> bool:
    """Whether two names may be two romanisations of one: word by word the same consonants, and nothing against it.

    Too weak alone: "Hassan" and "Hussein" are told apart by the lists of given names only. Ask for more evidence.
    """
    x, y = particle_free(a.words), particle_free(b.words)
    if not 2 <= len(x) == len(y):
        return False
    bones = [(skeleton(p), skeleton(q)) for p, q in zip(x, y, strict=True)]
    if len(x) == 2 and bones[0][0] != bones[0][1]:
        y = y[::-1]  # the order turned
        bones = [(skeleton(p), skeleton(q)) for p, q in zip(x, y, strict=True)]
    if any(p != q for p, q in bones) or sum(len(p) for p, _ in bones) < 5 or len(bones[-1][0]) < 2:
        return False
    known = lexicon()
    for p, q in zip(x[:-1], y[:-1], strict=True):
        genders = {g for g in (known.gender_of_given(p), known.gender_of_given(q)) if g is not None}
        both_known = _variant_group(p) is not None and _variant_group(q) is not None
        if len(genders) > 1 or (both_known and not same_given(p, q)) or fold(p) in (fold(q) + "a", fold(q)[:-1]):
            return fold(p) == fold(q)
    return True


@cache
def _variant_group(word: str) -> str | None:
    folded = fold(word)
    return next((k for k, forms in lexicon().nicknames.items() if folded == k or folded in forms), None)


_PARTS = regex.compile("[-‑]")


def particle_free(words: tuple[str, ...]) -> tuple[str, ...]:
    """Name words without particles and Arabic articles; all of them where nothing else is left."""
    particles = lexicon().particles
    cut = tuple(_ARTICLE.sub("", word) for word in words)
    return tuple(word for word in cut if fold(word) not in particles) or words


_ARTICLE = regex.compile(r"^(?:[Aa]l|[Ee]l|[Uu]l|[Aa][sdn])[-‑]")


def same_person(a: PersonName, b: PersonName) -> bool:
    """Whether two full names (with given names) can be one person's."""
    if a.suffix and b.suffix and fold(a.suffix).strip(".") != fold(b.suffix).strip("."):
        return False
    x, y = particle_free(a.words), particle_free(b.words)
    if len(x) == 1 or len(y) == 1:
        return len(x) == len(y) and same_word(x[0], y[0])
    if same_word(x[-1], y[-1]):
        return _givens_agree(x[:-1], y[:-1])
    joined_x, joined_y = sound_key("".join(x)), sound_key("".join(y))
    if joined_x == joined_y or joined_x == sound_key("".join((*y[1:], y[0]))):
        return True
    # The order turned ("Shinzo Abe", "Abe Shinzo"), or a second surname left out ("Gustavo Petro Urrego").
    if len(x) == len(y) == 2 and same_word(x[0], y[1]) and same_word(x[1], y[0]):
        return True
    short, long = sorted((x, y), key=len)
    return (
        len(short) >= 2
        and len(long) > len(short)
        and same_given(short[0], long[0])
        and all(same_word(p, q) for p, q in zip(short[1:], long[1:], strict=False))
    )


def _givens_agree(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    if len(x) != len(y):  # "Jean-Yves" and "Jean Yves"
        x, y = (tuple(part for word in words for part in _PARTS.split(word) if part) for words in (x, y))
    if same_given(x[0], y[0]):
        # Middle names agree where both are given.
        return all(same_given(p, q) for p, q in zip(x[1:], y[1:], strict=False))
    # Known by a middle name: "William Jefferson Hague", "Jefferson Hague".
    short, long = sorted((x, y), key=len)
    return len(long) > len(short) == 1 and not is_initial(short[0]) and any(same_word(short[0], q) for q in long[1:])

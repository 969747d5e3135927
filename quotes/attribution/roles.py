"""Role and country of a person: from the words right before the name and from an apposition after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from quotes.attribution.lexicon import data, fold, lexicon, small_words
from quotes.attribution.patterns import Name
from quotes.model import Span


@dataclass(frozen=True, slots=True)
class Role:
    """A description bound to a name. ``text`` is as it stands, without determiner and country; ``at`` is its offset.

    ``country`` is the ISO 3166 alpha-3 code of whom the role serves; ``affiliation`` the organisation, as written.
    ``nouns`` are the role nouns in it, in their dictionary form. ``former`` roles are no longer held.
    """

    at: int
    text: str
    country: str | None
    affiliation: str | None
    nouns: frozenset[str]
    words: frozenset[str]
    former: bool = False
    title: bool = False

    @property
    def main_nouns(self) -> frozenset[str]:
        """The nouns that are no part of a longer one: "press secretary" and not "secretary"."""
        return frozenset(n for n in self.nouns if not any(n != m and f" {n}" in f" {m}" for m in self.nouns))


@cache
def abbreviations() -> dict[str, str]:
    return dict(data("roles.json")["abbreviations"])


@cache
def covers() -> dict[str, frozenset[str]]:
    return {noun: frozenset(roles) for noun, roles in data("roles.json")["covers"].items()}


@cache
def families() -> dict[str, str]:
    """The walk of life of each role noun that has one."""
    return {noun: family for family, nouns in data("roles.json")["families"].items() for noun in nouns}


_WORDS = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}'’.\-]*")
_DETERMINER = regex.compile(r"^(?:the|an?|his|her|its|their|our|my|another|one|and|or)\s+", regex.I)
_AFTER = regex.compile(
    r"(?:\s?\([^()\n]{1,40}\))?(?:, ?(?:\d\d|[RDI]-[\p{L}.]+))?,? (?:–|—|--)?\s?"
    r"((?:the|an?|his|her|its|their|one of|who (?:is|was|serves as|served as|heads|leads)"
    r"|(?:\p{Lu}[\p{L}.'’\-]*\s){1,4}?|[\p{Ll}\-]+\s)[^,;:.()\n“\"—–]{3,140}?)(?=[,;:()\n—–]|\.(?:\s|$)|\swho\b)"
)
_STOP_WORDS = small_words("no_part_of_titles")
_COMPOUND = regex.compile(
    r"[-‑](?:backed|led|born|based|style|made|funded|trained|allied|controlled|occupied|sponsored|speaking|supplied|brokered|held|run|educated|owned|affiliated|mediated)",
    regex.I,
)
_SPACES = regex.compile(r"\s+")


def country_in(text: str) -> str | None:
    """The country that a role phrase names: "Russian Foreign Minister", "India's ...", "president of France".

    "US-backed", "Russian-born" and "anti-Russian" say nothing about whom somebody speaks for. An organisation's name
    that holds a country ("UN") is none.
    """
    known = lexicon()
    words = [(m.group(), m.end()) for m in regex.finditer(r"[\p{L}\p{M}][\p{L}\p{M}.'’\-]*", text)]
    for n in (4, 3, 2, 1):
        for i in range(len(words) - n + 1):
            phrase = " ".join(w for w, _ in words[i : i + n])
            phrase = regex.sub(r"['’]s?$", "", phrase).rstrip(",")
            if not phrase[:1].isupper() or _COMPOUND.search(phrase) or _COMPOUND.match(text[words[i + n - 1][1] :]):
                continue
            place = known.place(phrase) or known.place(phrase.rstrip("."))
            if place is not None and place.sense in ("name", "adjective", "seat", "people", "region", "capital"):
                return place.code
            official = known.organisations.get(fold(phrase))
            if official is not None and len(phrase) > 1 and known.organisation_country.get(official):
                return known.organisation_country[official]
    return None


def affiliation_in(text: str) -> str | None:
    """The organisation that a role phrase names, as written ("UN Secretary-General" → "UN")."""
    known = lexicon()
    words = text.replace("’s", "").replace("'s", "").split()
    for n in (4, 3, 2, 1):
        for i in range(len(words) - n + 1):
            phrase = " ".join(words[i : i + n]).strip(",.()")
            if phrase[:1].isupper() and len(phrase) > 1 and fold(phrase) in known.organisations:
                return phrase
    return None


def nouns_in(text: str) -> frozenset[str]:
    """The role nouns of a phrase in dictionary form, abbreviations spelt out; longer ones beside their parts."""
    known = lexicon()
    words = [fold(w).rstrip(".") for w in _WORDS.findall(text)]
    found: set[str] = set()
    for n in (3, 2, 1):
        for i in range(len(words) - n + 1):
            phrase = " ".join(words[i : i + n])
            phrase = abbreviations().get(phrase, phrase)
            if phrase in known.roles or phrase.replace("-", " ") in known.roles or phrase in _ROLE_PHRASES():
                found.add(phrase)
            elif n == 1 and known.singular(phrase) in known.roles:
                found.add(known.singular(phrase))
    return frozenset(found)


@cache
def _ROLE_PHRASES() -> frozenset[str]:
    return frozenset(role for roles in covers().values() for role in roles) | frozenset(abbreviations().values())


def make_role(text: str, at: int, *, title: bool = False) -> Role | None:
    """A role from a phrase, or None where it describes nothing."""
    phrase = _DETERMINER.sub("", _SPACES.sub(" ", text.strip(" ,")))
    nouns = nouns_in(phrase)
    if not phrase or not nouns:
        return None
    words = frozenset(fold(w).strip(".") for w in _WORDS.findall(phrase))
    former = bool(words & {"former", "ex", "late", "one-time", "onetime", "then"}) or any(
        w.startswith("ex-") for w in words
    )
    return Role(at, phrase, country_in(phrase), affiliation_in(phrase), nouns, words, former, title)


def roles_of(text: str, name: Name) -> Iterator[Role]:
    """The roles bound to one occurrence of a person's name in ``text``."""
    before = _phrase_before(text, name)
    if before is not None and (role := make_role(before.of(text), before.start, title=True)) is not None:
        yield role
    if (elected := _elected_as(text, name)) is not None:
        yield elected
    after = _AFTER.match(text, name.span.end, min(len(text), name.span.end + 200))
    if after is not None and not _NEXT_ONE.match(after.group(1)) and not _NEXT_NAME.match(text, after.end(1)):
        phrase = after.group(1)
        if (role := make_role(phrase, after.start(1))) is not None and _is_apposition(text, name.span.end, after):
            yield role
    elif _only_courtesy(name.title) and (role := _description_before(text, name)) is not None:
        yield role


_NEXT_ONE = regex.compile(r"(?:and|or|but|while|as well as)\b")  # "Ana Lima, and the President of Peru, ..."


# "President Ana Lima, the Prime Minister of Peru, H.E. Mr. Jo Berg": an office before the next name
_NEXT_NAME = regex.compile(r",\s+(?:H\.\s?E\.|(?:His|Her) Excellency|Mrs?\.?\s|Ms\.?\s|Dr\.?\s|Sir\s)")


def _elected_as(text: str, name: Name) -> Role | None:
    """ "elected Ana Lima, a former judge, as President of the Conference"."""
    if not _ELECTED.search(text[max(0, name.outer.start - 160) : name.outer.start]):
        return None
    match = _AS.match(text, name.span.end, min(len(text), name.span.end + 200))
    return make_role(match.group(1), match.start(1)) if match is not None else None


_ELECTED = regex.compile(r"\b(?:elect|appoint|nominat|nam|re-elect|chose)\p{Ll}*\b[^.\n]*$")
_AS = regex.compile(
    r"[^.;\n]{0,150}?\bas ((?:the |its |new )?(?:\p{L}[\p{L}-]*[ ]?){1,5}(?: (?:of|for) [^.,;\n]{2,40})?)(?=[,.;\n])"
)


def _only_courtesy(title: str | None) -> bool:
    return title is None or all(fold(word).rstrip(".") in _COURTESY for word in title.split())


_COURTESY = frozenset(
    ("mr", "mrs", "ms", "miss", "dr", "sir", "prof", "professor", "h.e", "he", "hon", "dame", "madam")
)


def _is_apposition(text: str, end: int, match: regex.Match[str]) -> bool:
    """A comma or dash stands between, and the phrase is a description: no clause, no next subject."""
    between = text[end : match.start(1)]
    phrase = match.group(1)
    if not any(c in between for c in ",–—-") or (_CLAUSE.search(phrase) and not phrase.startswith("who ")):
        return False
    words = phrase.split()
    if words[0] == "who":
        return words[1] in ("is", "was", "serves", "served", "heads", "leads")
    if fold(words[0]) in ("the", "a", "an", "his", "her", "its", "their", "one"):
        return True
    if words[0].endswith(("ed", "ing")) and words[0].islower():
        return False
    return bool(nouns_in(" ".join(words[: 6 if words[0][0].isupper() else 3])))


_CLAUSE = regex.compile(
    r"\b(?:said|says|told|was|were|is|are|has|have|had|would|will|could|can|did|does|I|we|he|she|they|whose|added|also)\b"
)


def _phrase_before(text: str, name: Name) -> Span | None:
    """The noun phrase that ends in the title before the name: "India's External Affairs Minister"."""
    if name.title is None:
        return None
    known = lexicon()
    start = name.outer.start
    small = 3 if text[start : start + 1].islower() else 0
    while True:
        before = regex.search(
            r"(?<!\S)[“\"(]?([\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.'’&\-]*)[ \u00a0]$", text[max(0, start - 30) : start]
        )
        if before is None:
            break
        word = before.group(1)
        folded = fold(word)
        if folded == "of" and (
            office := regex.search(r"([\p{L}\-]+)[ \u00a0]of[ \u00a0]$", text[max(0, start - 30) : start])
        ):
            if fold(office.group(1)) not in known.roles or not office.group(1)[0].isupper():
                break
            start -= len(office.group())
            continue
        if word[0].isupper() or folded in known.former:
            if folded in _STOP_WORDS or (
                word.endswith(".") and not (folded in known.abbreviations or known.place(word))
            ):
                break
        elif small and folded not in _STOP_WORDS and not folded.endswith(("ed", "ing", "ly")):
            small -= 1
        else:
            break
        start -= len(word) + 1
    return Span(start, name.span.start)


def _description_before(text: str, name: Name) -> Role | None:
    """ "the Shadow Minister for Foreign Affairs, Laurie Brereton", "his wife, Ana Lima": a comma before the name."""
    window_start = max(0, name.outer.start - 120)
    window = text[window_start : name.outer.start]
    match = regex.search(
        r"(?:^|[\s“\"])((?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[\p{Lu}][\p{L}]+['’]s|[Aa]n?)\s(?:[\p{L}.'’\-&]+\s){0,12}?[\p{L}\-]+),?\s$",
        window,
    )
    if match is None or ("," not in window[match.end(1) :] and not nouns_in(match.group(1).split()[-1])):
        return None
    phrase = match.group(1)
    first_noun = regex.search(r"^(?:\S+\s){0,6}?\S+", phrase)
    if (
        first_noun is None
        or not nouns_in(phrase)
        or regex.search(r"\b(?:said|says|told|that|was|is|has|had|were|are)\b", phrase)
    ):
        return None
    return make_role(phrase, window_start + match.start(1))

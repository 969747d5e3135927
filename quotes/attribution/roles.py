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


@cache
def relatives() -> dict[str, str]:
    """Verbs of a relative clause and the role that they tell: "who leads the delegation" is its leader."""
    return dict(data("roles.json")["relatives"])


_WHO = regex.compile(r"who\s+(?:has\s+|have\s+)?(\p{L}+(?: for)?)\b")
_WORDS = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}'’.\-]*")
_DETERMINER = regex.compile(r"^(?:the|an?|his|her|its|their|our|my|another|one|and|or)\s+", regex.I)
_AFTER = regex.compile(
    r"(?:\s?\([^()\n]{1,40}\))?(?:, ?(?:\d\d|[RDI]-[\p{L}.]+))?,? (?:–|—|--)?\s?"
    r"((?:the|an?|his|her|its|their|one of|who (?:is|was|serves as|served as|" + "|".join(relatives()) + r")"
    r"|(?:\p{Lu}[\p{L}.'’\-]*\s){1,4}?|[\p{Ll}\-]+\s)[^,;:.()\n“\"—–]{3,140}?)(?=[,;:()\n—–]|\.(?:\s|$)|\swho\b)"
)
_STOP_WORDS = small_words("no_part_of_titles")
_COMPOUND = regex.compile(
    r"[-‑](?:backed|led|born|based|style|made|funded|trained|allied|controlled|occupied|sponsored|speaking|supplied|brokered|held|run|educated|owned|affiliated|mediated)",
    regex.I,
)
_SPACES = regex.compile(r"\s+")


def country_in(text: str) -> str | None:
    """The country that a role phrase serves: "Russian Foreign Minister", "India's ...", "president of France".

    Where one is sent, what one knows about and where one works say nothing: "ambassador to France", "expert on France",
    "correspondent in Paris". Nor do "US-backed", "Russian-born" and "anti-Russian", nor the country that an
    international body deals with ("UN envoy for Syria", "Amnesty's Russia director").
    """
    cut = _TURNED_TO.search(text)
    head = text[: cut.start()] if cut is not None else text
    found = _first_country(head)
    if found is None and cut is not None and _SPEAKS_FOR.search(text):
        found = _first_country(text[cut.start() :])
    return found


def _first_country(text: str) -> str | None:
    """The first country named in ``text``, the longest phrase of it; None where a body of no country stands before."""
    known = lexicon()
    words = [(m.group(), m.end()) for m in regex.finditer(r"[\p{L}\p{M}][\p{L}\p{M}.'’\-]*", text)]
    for i in range(len(words)):
        for n in (4, 3, 2, 1):
            if i + n > len(words):
                continue
            phrase = " ".join(w for w, _ in words[i : i + n])
            phrase = _EX.sub("", regex.sub(r"['’]s?$", "", phrase).rstrip(","))
            if not phrase[:1].isupper() or _COMPOUND.search(phrase) or _COMPOUND.match(text[words[i + n - 1][1] :]):
                continue
            place = known.place(phrase) or known.place(phrase.rstrip("."))
            if place is not None and place.sense in ("name", "adjective", "seat", "people", "region", "capital"):
                return place.code
            official = known.organisations.get(fold(phrase))
            if official is not None and len(phrase) > 1:
                return known.organisation_country.get(official)
    return None


_TURNED_TO = regex.compile(r"\s(?:to|on|for|in|at|about|with|by|against|near|from)\s")
_SPEAKS_FOR = regex.compile(
    r"\b(?:spokes\p{L}+|representative|delegate|candidate|negotiator|lawyer|counsel|agent)\sfor\s|\sfrom\s", regex.I
)
_EX = regex.compile(r"^(?:[Ee]x|[Tt]hen|[Ff]ormer)-")


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
    if (relative := _WHO.match(phrase)) is not None and (told := relatives().get(relative.group(1))):
        nouns |= {told}
    if not phrase or not nouns:
        return None
    words = frozenset(fold(w).strip(".") for w in _WORDS.findall(phrase))
    former = bool(words & _FORMER) or any(w.startswith("ex-") for w in words)
    shown = phrase
    if phrase.startswith("who "):
        former |= _NO_LONGER.search(phrase) is not None
        copula = _WHO_IS.match(phrase)
        shown = _UNTIL.sub("", phrase[copula.end() :]) if copula is not None else ""
    return Role(at, shown, country_in(phrase), affiliation_in(phrase), nouns, words, former, title)


_FORMER = frozenset(("former", "ex", "late", "one-time", "onetime", "then"))
_NO_LONGER = regex.compile(r"^who (?:was|served|had)\b|\buntil\b")
_WHO_IS = regex.compile(r"who (?:is|was|serves as|served as) (?:now |then )?(?:the |an? )?")
_UNTIL = regex.compile(r"\s(?:until|from|since|between|before|when|while)\s.*$")


def roles_of(text: str, name: Name) -> Iterator[Role]:
    """The roles bound to one occurrence of a person's name in ``text``."""
    before = _phrase_before(text, name)
    if before is not None and (role := make_role(before.of(text), before.start, title=True)) is not None:
        yield role
    if (elected := _elected_as(text, name)) is not None:
        yield elected
    if (shared := _plural_title(text, name)) is not None:
        yield shared
    if before is None and (sent := _office_with_tail(text, name)) is not None:
        yield sent
    if (placed := _of_country(text, name) or _of_state(text, name)) is not None:
        yield placed
    after = _AFTER.match(text, name.span.end, min(len(text), name.span.end + 200))
    bound = False
    if after is not None and not _NEXT_ONE.match(after.group(1)) and not _NEXT_NAME.match(text, after.end(1)):
        phrase = after.group(1)
        if (role := make_role(phrase, after.start(1))) is not None and _is_apposition(text, name.span.end, after):
            bound = True
            yield role
    if not bound and _only_courtesy(name.title) and (role := _description_before(text, name)) is not None:
        yield role


_NEXT_ONE = regex.compile(r"(?:and|or|but|while|as well as)\b")  # "Ana Lima, and the President of Peru, ..."


# "President Ana Lima, the Prime Minister of Peru, H.E. Mr. Jo Berg": an office before the next name
_NEXT_NAME = regex.compile(r",\s+(?:H\.\s?E\.|(?:His|Her) Excellency|Mrs?\.?\s|Ms\.?\s|Dr\.?\s|Sir\s)")


def _office_with_tail(text: str, name: Name) -> Role | None:
    """ "US Ambassador to Peru Ana Lima", "President of the Republic of Chile Rui Costa"."""
    start = max(0, name.outer.start - 110)
    match = _TAILED.search(text, start, name.outer.start)
    if match is None or fold(match["office"]) not in lexicon().roles:
        return None
    return make_role(match["all"], match.start("all"), title=True)


_TAILED = regex.compile(
    r"(?:^|[\s“\"(])(?P<all>(?:\p{Lu}[\p{L}.'’-]*\s){0,4}?(?P<office>\p{Lu}\p{L}+)\s(?:to|for|of|on)\s(?:the\s)?"
    r"(?:\p{Lu}[\p{L}.-]*\s(?:and\s|of\s(?:the\s)?)?){1,5})$"
)


def _of_state(text: str, name: Name) -> Role | None:
    """ "Ana Lima (D-Ohio)": whoever stands for a party in a State of the Union."""
    if not _PARTY_STATE.match(text, name.span.end):
        return None
    return Role(name.span.end, "", "USA", None, frozenset(), frozenset())


_PARTY_STATE = regex.compile(r",? \(?[RDI](?:em|ep)?\.?-\p{Lu}[\p{L}. ]+\)?")


def _of_country(text: str, name: Name) -> Role | None:
    """ "Ana Lima of Norland": no office, but whom she speaks for."""
    match = _OF_PLACE.match(text, name.span.end, min(len(text), name.span.end + 50))
    place = lexicon().place(match.group(1)) if match is not None else None
    if place is None or place.sense != "name":
        return None
    return Role(name.span.end, "", place.code, None, frozenset(), frozenset())


_OF_PLACE = regex.compile(r" of (?:the )?(\p{Lu}[\p{L}.]+(?: (?:and )?\p{Lu}[\p{L}.]+){0,2})(?=[ ,.;)]|$)")


def _plural_title(text: str, name: Name) -> Role | None:
    """ "Senators Ana Lima of Iowa and Rui Costa": the title that the first of several shares with the others."""
    before = _PLURAL.search(text, max(0, name.outer.start - 110), name.outer.start)
    if before is None:
        return None
    noun = lexicon().singular(before.group(1).rstrip("."))
    if noun not in lexicon().roles and noun.rstrip(".") not in abbreviations():
        return None
    return make_role(noun, before.start(1))


_PLURAL = regex.compile(r"(?<!\p{L})(\p{Lu}\p{Ll}{2,}s)\.?\s+\p{Lu}[^.;:\n“”\"]{2,80}?(?:,|\sand|,\sand)\s$")


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
        told = _WHO.match(phrase)
        return words[1] in ("is", "was", "serves", "served") or (told is not None and told.group(1) in relatives())
    if fold(words[0]) in ("the", "a", "an", "his", "her", "its", "their", "one"):
        return True
    if words[0].endswith(("ed", "ing")) and words[0].islower():
        return False
    wide = words[0][0].isupper() or words[0] in ("then", "now", "formerly", "currently", "also")
    return bool(nouns_in(" ".join(words[: 6 if wide else 3])))


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
    """ "the Shadow Minister for Foreign Affairs, Ana Lima", "his wife, Ana Lima": the noun phrase before a name."""
    window_start = max(0, name.outer.start - 120)
    window = text[window_start : name.outer.start]
    for match in reversed(list(_DESCRIPTION.finditer(window, overlapped=True))):
        phrase = match.group(1)
        if window[: match.start(1)].endswith((" of ", " for ", " to ", " at ", " in ", "'s ", "’s ")):
            continue  # only the end of a longer one
        if not nouns_in(phrase) or _VERB.search(phrase) or _SENTENCE_END.search(phrase):
            continue
        if "," not in window[match.end(1) :] and not nouns_in(phrase.split()[-1]):
            continue
        return make_role(phrase, window_start + match.start(1))
    return None


_DESCRIPTION = regex.compile(
    r"(?:^|[\s“\"])((?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Mm]y|[Oo]ur|[\p{Lu}][\p{L}]+['’]s|[Aa]n?)\s"
    r"(?:[\p{L}.'’\-&]+\s){0,12}?[\p{L}\-]+),?\s$"
)
_VERB = regex.compile(r"\b(?:said|says|told|that|was|is|has|had|were|are)\b")
_SENTENCE_END = regex.compile(r"\p{Ll}{2,}\.\s")

"""The words of a source phrase: its items, its noun phrase and tail, and small decisions about them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from quotes.attribution.lexicon import fold, lexicon, small_words
from quotes.attribution.patterns import Name
from quotes.model import Span


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a name of the source, with whether a possessive ending or punctuation follows."""

    text: str
    span: Span
    name: Name | None = None
    possessive: bool = False

    @property
    def folded(self) -> str:
        return fold(self.text)


TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.&/\-‑]*(?:['’](?!s\b)\p{L}+)*|[,;:()\[\]“”\"—–]|--")
PLATFORMS = small_words("platforms")
PREPOSITIONS = small_words("ends_of_noun_phrases")
DETERMINERS = small_words("determiners")
QUANTIFIERS = small_words("quantifiers")
NUMBERS = {"two": 2, "both": 2, "pair": 2, "three": 3, "four": 4, "duo": 2}
ADVERBS = small_words("adverbs_after_names")
PARTICIPLE = regex.compile(r"\p{Ll}{3,}(?:ed|ing)|written|seen|sent|given|made|known")
PARTY_STATE = regex.compile(r"[RDI](?:-\p{Lu}.*)?")
JOINERS = frozenset(("and", "&", "plus"))
OWNERS = {
    "his": "male",
    "her": "female",
    "its": "neuter",
    "their": "plural",
    "my": "first",
    "our": "first_plural",
    "your": "second",
}


@cache
def singular_noun(word: str) -> str:
    return lexicon().singular(word)


def authors(tail: list[Item], modifiers: list[Name], owner: Name | None) -> list[Name]:
    """Who wrote a document: "a report by X and Y", "X's report", "the X report", "a study published in X"."""
    found: list[Name] = []
    if tail:
        starts = [i for i, item in enumerate(tail) if item.folded in ("by", "from", "in", "of", "as")]
        if any(item.folded in _READ_BY for item in tail[:2]):
            return [owner] if owner is not None else []
        for word in ("by", "from", "in", "as", "of"):
            for i in starts:
                if tail[i].folded != word or (word == "by" and i and tail[i - 1].folded in _READ_BY):
                    continue
                for item in tail[i + 1 :]:
                    if item.name is not None and item.name.kind in ("organisation", "person", "country", "unknown"):
                        found.append(item.name)
                    elif item.folded in PREPOSITIONS or (
                        found
                        and item.name is None
                        and item.folded not in (*JOINERS, ",", "the")
                        and singular_noun(item.folded) not in lexicon().roles
                    ):
                        break
                if found:
                    return _persons_first(found)
    if owner is not None:
        return [owner]
    kinds = ("organisation", "person", "unknown")
    return [m for m in modifiers if m.kind in kinds and fold(m.text) not in PLATFORMS][-1:]


def _persons_first(found: list[Name]) -> list[Name]:
    """ "a study by Lakeside School professor Ana Lima": the person, not where she works."""
    return found[-1:] if found[-1].kind == "person" and found[0].kind != "person" else found


def institutions(core: list[Item], tail: list[Item], tail_names: list[Name], plural: bool) -> tuple[Name, ...]:
    """Whom unnamed representatives speak for: "of X", "for X", "the X spokesman", "the French delegate"; several
    only where they are several, too ("White House and Pentagon spokesmen")."""
    if tail_names and tail[0].folded in ("of", "for", "from"):
        return tail_names[:1] if tail_names[0].kind != "unknown" else ()  # type: ignore[return-value]
    modifiers = [item.name for item in core if item.name is not None]
    organisations = [n for n in modifiers if n.kind in ("organisation", "country", "person")]
    adjectives = [n for n in modifiers if n.kind == "adjective" and n.country is not None]
    found = next((names for names in (organisations, adjectives, tail_names) if names), [])
    joined = plural and any(item.folded in JOINERS for item in core)
    return tuple(found if joined else found[-1:])


def country_of_tail(tail: list[Item]) -> str | None:
    """The one country that a phrase after a noun names ("of Norland"); None where there are several."""
    codes = {i.name.country for i in tail if i.name is not None and i.name.kind == "country"}
    return codes.pop() if len(codes) == 1 else None


_BEFORE_GROUPS = QUANTIFIERS | OWNERS.keys() | {"those", "these", "number", "of", "lot", "handful", "couple"}


def group_text(core: list[Item], phrase: str) -> str:
    kept = list(core)
    while kept and kept[0].name is None and kept[0].folded in _BEFORE_GROUPS:
        kept.pop(0)
    if not kept:
        return phrase
    return " ".join(item.text for item in kept).replace(" ,", ",")


def of_part(tail: list[Item]) -> list[Item]:
    """ "of Parliament" in "Egyptian members of Parliament", "of Norway, Canada and Italy" in "the envoys of ..."."""
    telling = bool(tail) and tail[0].folded in _PLACING
    named = len(tail) > 1 and all(i.text[0].isupper() or i.folded in (*JOINERS, "the", ",") for i in tail[1:])
    return tail if telling and named else []


_READ_BY = small_words("read_by")
_PLACING = frozenset(("of", "around", "from", "in"))


def rest_of_list(segments: list[list[Item]]) -> list[Item]:
    """ "..., Germany and Italy" after "a statement by the ministers of France": nothing where it is no such list."""
    rest = segments[1:]
    named = all(len(segment) <= 5 and segment[-1].name is not None for segment in rest)
    joined = bool(rest) and any(item.folded in JOINERS for item in rest[-1])
    if not (named and joined):
        return []
    out: list[Item] = []
    for segment in rest:
        comma = Span(segment[0].span.start, segment[0].span.start)
        out.extend(segment if segment[0].folded in JOINERS else [Item(",", comma), *segment])
    return out


def person_noun(head: Item, determiner: str) -> str | None:
    """The noun of a description whose word no list knows: "the 74-year-old", "the former schoolteacher"."""
    word = head.folded
    if head.name is not None or determiner != "the" or (not head.text[0].islower() and not head.text[0].isdigit()):
        return None
    if _AGED.fullmatch(word):
        return word
    return word if _AGENT.fullmatch(word) and word not in _NOT_AGENTS else None


_AGED = regex.compile(r"\d\d-year-old")
_AGENT = regex.compile(r"\p{Ll}{3,}(?:[^e]er|or|ist|ian|man|woman|eer|ess)|\p{Ll}{4,}er")
_NOT_AGENTS = small_words("not_agents")


def count(plain: str) -> int | None:
    return next((n for word, n in NUMBERS.items() if word in plain.split()), None)


def sure_head(head: Name, heads: list[Name]) -> bool:
    return head.kind in ("unknown", "organisation")


def alike(name: Name, first: Name) -> bool:
    personal = ("person", "unknown")
    bodies = ("organisation", "country", "people", "unknown")
    return (name.kind in personal and first.kind in personal) or (name.kind in bodies and first.kind in bodies)


def without_parentheses(items: list[Item]) -> list[Item]:
    out: list[Item] = []
    depth = 0
    for item in items:
        if item.text in "([":
            depth += 1
        elif item.text in ")]":
            depth = max(0, depth - 1)
        elif not depth:
            out.append(item)
    return out


def split(items: list[Item]) -> list[list[Item]]:
    """At commas, semicolons and dashes."""
    segments: list[list[Item]] = [[]]
    for item in items:
        if item.name is None and item.text in _SEPARATORS:
            segments.append([])
        else:
            segments[-1].append(item)
    return [segment for segment in segments if segment]


_ADJECTIVAL = small_words("adjectival_participles")
_SEPARATORS = frozenset((*',;:—–“”"', "--"))


def _is_title_part(segment: list[Item], i: int) -> bool:
    """Whether the preposition at ``i`` belongs to a title before a name: "secretary of state Ana Lima"."""
    known = lexicon()
    office = segment[i - 1]
    if office.name is not None or office.folded not in known.roles:
        return False
    before: Item | None = None
    for item in segment[i + 1 : i + 8]:
        if item.name is not None and item.name.kind in ("person", "unknown") and before is not None:
            return not item.possessive and before.folded not in (*PREPOSITIONS, *DETERMINERS, *JOINERS)
        if item.possessive or item.folded in known.roles or item.folded in known.abbreviations:
            return False
        if item.name is not None and item.name.kind not in ("organisation", "place", "country", "adjective"):
            return False
        before = item
    return False


def cut_tail(segment: list[Item]) -> tuple[list[Item], list[Item]]:
    """(the noun phrase up to its first preposition or relative pronoun, the rest)."""
    for i, item in enumerate(segment):
        if (
            i
            and item.name is None
            and PARTICIPLE.fullmatch(item.text)
            and item.folded not in _ADJECTIVAL
            and segment[i - 1].name is None
            and i + 1 < len(segment)
        ) and not (segment[i - 1].folded in DETERMINERS or segment[i - 1].folded.endswith("ly")):
            return segment[:i], segment[i:]
        if i and item.name is None and item.folded in PREPOSITIONS and not item.text[0].isupper():
            if item.folded in ("of", "for") and _is_title_part(segment, i):
                continue
            if (
                i == 1
                and item.folded == "of"
                and segment[0].folded in ("one", "some", "many", "most", "all", "both", "several", "few", "none")
            ):
                continue
            if item.folded in ("of",) and segment[i - 1].folded in (
                "group",
                "number",
                "lot",
                "handful",
                "couple",
                "majority",
                "array",
                "dozens",
                "hundreds",
                "thousands",
                "scores",
                "series",
                "coalition",
                "variety",
                "groups",
            ):
                continue
            return segment[:i], segment[i:]
    return segment, []


_NP_WORD = regex.compile(r"([\p{L}\p{N}][\p{L}\p{M}\p{N}.'’/&\-‑]*)[ \u00a0]$")


def cut_np(text: str, end: int, room: int) -> int:
    """Where the noun phrase that goes on at ``end`` begins: back to a preposition, verb or mark, at most ``room``."""
    start = end
    while end - start < room:
        before = _NP_WORD.search(text, max(0, start - 40), start)
        if before is None:
            break
        word = fold(before.group(1))
        if word in PREPOSITIONS or word in JOINERS or word in _VERBS_BEFORE or word in ("that", "which", "who"):
            break
        start = before.start()
        if word in DETERMINERS and word not in ("two", "three", "four", "five", "several", "many"):
            break
    return start


_VERBS_BEFORE = small_words("no_noun_phrase") | {"said", "says", "to", "as", "or", "but"}

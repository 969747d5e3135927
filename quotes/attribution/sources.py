"""What the source words of a quotation are: a pronoun, names, a description, a document, a group of people."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import regex

from quotes.attribution.lexicon import Gender, fold, lexicon, small_words
from quotes.attribution.mentions import Name
from quotes.attribution.roles import make_role
from quotes.model import Span

SourceKind = Literal["pronoun", "names", "person", "institution", "organisation", "document", "group", "nothing"]


@dataclass(frozen=True, slots=True)
class Source:
    """The reading of a source phrase.

    - ``pronoun``: ``pronoun`` is the class of pronouns.json
    - ``names``: ``heads`` are whom it names, several for joint speakers
    - ``person``: a description of one person, or of several where ``plural``; ``noun`` is its head
    - ``institution``: an unnamed person who speaks for ``heads[0]``, where that is named
    - ``organisation``: a description of an organisation ("the bank", "her campaign"); ``owner`` the name before it
    - ``document``: ``heads`` are the authors it names; ``pronoun`` the owner's, as in "his letter"
    - ``affiliated``: the phrase names an organisation or country that the person belongs to
    - ``group``: people; ``text`` is how they are called, where a country or party makes them a known group
    """

    kind: SourceKind
    heads: tuple[Name, ...] = ()
    pronoun: str | None = None
    noun: str = ""
    words: frozenset[str] = frozenset()
    plural: bool = False
    count: int | None = None
    definite: bool = False
    country: str | None = None
    owner: Name | None = None
    gender: Gender | None = None
    text: str = ""
    named_group: bool = False
    affiliated: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    """A word or a name of the source, with whether a possessive ending or punctuation follows."""

    text: str
    span: Span
    name: Name | None = None
    possessive: bool = False

    @property
    def folded(self) -> str:
        return fold(self.text)


_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.&/\-‑]*(?:['’](?!s\b)\p{L}+)*|[,;:()\[\]“”\"—–]")
_PLATFORMS = small_words("platforms")
_PREPOSITIONS = small_words("ends_of_noun_phrases")
_DETERMINERS = small_words("determiners")
_QUANTIFIERS = small_words("quantifiers")
_NUMBERS = {"two": 2, "both": 2, "pair": 2, "three": 3, "four": 4, "duo": 2}
_ADVERBS = small_words("adverbs_after_names")
_PARTICIPLE = regex.compile(r"\p{Ll}{3,}(?:ed|ing)|written|seen|sent|given|made|known")
_PARTY_STATE = regex.compile(r"[RDI](?:-\p{Lu}.*)?")
_JOINERS = frozenset(("and", "&", "plus"))
_OWNERS = {
    "his": "male",
    "her": "female",
    "its": "neuter",
    "their": "plural",
    "my": "first",
    "our": "first_plural",
    "your": "second",
}


@cache
def _singular_noun(word: str) -> str:
    return lexicon().singular(word)


class SourceReader:
    """Reads source phrases of one text, given its names in order."""

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self.text = text
        self.names = names
        self._starts = [name.span.start for name in names]
        self.known = lexicon()

    def names_in(self, span: Span) -> list[Name]:
        """The names that overlap ``span``."""
        i = max(0, bisect_left(self._starts, span.start) - 1)
        out = []
        while i < len(self.names) and self.names[i].span.start < span.end:
            if self.names[i].span.overlaps(span):
                out.append(self.names[i])
            i += 1
        return out

    def read(self, span: Span) -> Source:
        phrase = " ".join(span.of(self.text).split()).strip(' ,.:“”"')
        plain = fold(phrase)
        if plain in self.known.pronouns:
            return Source("pronoun", pronoun=self.known.pronouns[plain], text=plain, count=_count(plain))
        items = self._items(span)
        if not items:
            return Source("nothing")
        lead = items[0].folded
        if (
            lead in self.known.pronouns
            and len(items) > 1
            and items[1].folded in ("himself", "herself", "itself", "themselves", "too", "also", "(")
            and lead not in _OWNERS
        ):
            return Source("pronoun", pronoun=self.known.pronouns[lead], text=lead)
        outside = _without_parentheses(items)
        if outside != items and all(i.folded in self.known.pronouns for i in outside):
            inside = [i for i in items if i.name is not None]
            if inside and inside[-1].name is not None:
                return Source("names", heads=(inside[-1].name,))
            if outside:
                return Source("pronoun", pronoun=self.known.pronouns[outside[0].folded], text=outside[0].folded)
        return self._read_phrase(outside or items, phrase)

    def _items(self, span: Span) -> list[_Item]:
        items: list[_Item] = []
        names = [name for name in self.names_in(span) if not _PARTY_STATE.fullmatch(name.text)]
        at = span.start
        for name in names:
            items.extend(self._words(at, min(max(at, name.span.start), span.end)))
            end = name.span.end
            possessive = self.text[end : end + 2] in ("'s", "’s") or (
                self.text[end - 1 : end] == "s" and self.text[end : end + 1] in ("'", "’")
            )
            items.append(_Item(name.text, name.span, name, possessive and end < span.end))
            at = max(at, end + (2 if self.text[end : end + 2] in ("'s", "’s") else 0))
        items.extend(self._words(at, span.end))
        return items

    def _words(self, start: int, end: int) -> list[_Item]:
        out = []
        for match in _TOKEN.finditer(self.text, start, max(start, end)):
            possessive = self.text[match.end() : match.end() + 2] in ("'s", "’s")
            out.append(_Item(match.group(), Span(match.start(), match.end()), None, possessive))
        return [item for item in out if item.text not in ("s", "S") or item.span.start == start]

    # ---- phrases ----

    def _read_phrase(self, items: list[_Item], phrase: str) -> Source:
        segments = _split(items)
        if not segments:
            return Source("nothing")
        if segments[0][0].folded == "from" and len(segments[0]) > 1:
            segments[0] = segments[0][1:]
        core, tail = _cut_tail(segments[0])
        heads = self._heads(core)
        if heads:
            return self._joined(heads, segments, tail)
        named = self._named_after(core, segments)
        if named is not None:
            return Source("names", heads=(named,))
        first = core[0].name if core else None
        if first is not None and first.headline and first.kind == "person" and not core[0].possessive:
            return Source("names", heads=(first,))
        if tail and tail[0].folded == "such":
            listed = [name for segment in (tail, *segments[1:]) for item in segment if (name := item.name) is not None]
            if listed:
                return Source("names", heads=tuple(listed))
        return self._described(core, tail, phrase)

    def _heads(self, core: list[_Item]) -> list[Name]:
        """The names in a noun phrase that are not mere modifiers of something else."""
        heads: list[Name] = []
        for i, item in enumerate(core):
            name = item.name
            following = core[i + 1] if i + 1 < len(core) else None
            if name is None or name.kind == "adjective" or (item.possessive and following is not None):
                continue
            if following is not None and self._modifies(core, i):
                continue
            if (
                i
                and core[i - 1].name is None
                and core[i - 1].folded in self.known.group_roles - _DETERMINERS
                and name.kind != "person"
            ):
                continue  # "several people Republicans have talked to"
            if (
                following is None
                or following.folded in _JOINERS
                or following.folded
                in ("or", "both", "all", "himself", "herself", "also", "too", "alone", "here", "then", "later", "again")
            ):
                heads.append(name)
            elif following.name is not None:
                if name.kind == "person" and following.name.kind in ("organisation", "place", "country"):
                    heads.append(name)
            else:
                heads.append(name)
        return heads

    def _modifies(self, core: list[_Item], i: int) -> bool:
        """Whether the name at ``i`` (or the names joined to it) stands before a noun: "US and NATO officials"."""
        j = i + 1
        while j < len(core) and (core[j].folded in _JOINERS or core[j].name is not None):
            if core[j].name is not None and core[j].name is not core[i].name and core[j - 1].folded not in _JOINERS:
                return False
            j += 1
        between = core[i + 1 : -1]
        last = core[-1].name
        plain = all(b.name is None and b.folded not in (*_JOINERS, "or", "of") for b in between)
        if between and plain and last is not None and last.kind == "person":
            return True  # "Lima supporter Rui Costa", "Senate Majority Leader Rui Costa"
        rest = [item for item in core[j:] if item.name is None and item.text[0].islower()]
        if rest and core[j - 1].folded in _JOINERS:
            return False  # "Ana Lima and others"
        if not rest or core[j].folded in _DETERMINERS:
            return False
        return any(self._is_noun(item.folded) for item in rest[:4])

    def _is_noun(self, word: str) -> bool:
        known = self.known
        single = _singular_noun(word)
        if word in _ADVERBS:
            return False
        return (
            single in known.roles
            or single in known.organisation_nouns
            or word in known.documents
            or word in known.group_roles
            or (len(word) > 3 and word.endswith(("s", "er", "or", "ist", "ion", "ment", "ship")))
        )

    def _joined(self, heads: list[Name], segments: list[list[_Item]], tail: list[_Item]) -> Source:
        """All of "A, B and C"; a segment joins when it is a name of the same kind (not an apposition, not a place)."""
        persons = [head for head in heads if head.kind == "person"]
        if persons and len(heads) > len(persons):
            heads = [head for head in heads if head.kind == "person" or _sure_head(head, heads)]
        out = list(heads)
        joined_by_and = False
        more: list[Name] = []
        for segment in segments[1:]:
            words = segment[1:] if segment[0].folded in (*_JOINERS, "both") else segment
            conjunction = words is not segment
            core, _ = _cut_tail(words)
            found = (
                self._heads(core)
                if core
                and (core[0].name is not None or core[0].folded in ("the", "rep.", "sen.") or core[0].text[0].isupper())
                else []
            )
            same = [name for name in found if _alike(name, heads[0])]
            if not same or (len(core) > 6 and not conjunction):
                continue
            more.extend(same)
            joined_by_and |= conjunction or len(same) > 1
        if joined_by_and:
            out.extend(name for name in more if name not in out)
        if tail and tail[0].folded in ("such", "including", "around", "across", "like"):
            return Source("names", heads=tuple(out))
        return Source("names", heads=tuple(out), words=frozenset(i.folded for s in segments for i in s))

    def _named_after(self, core: list[_Item], segments: list[list[_Item]]) -> Name | None:
        """The name in apposition to a description: "the foreign minister, Ana Lima"."""
        if not core or len(segments) < 2:
            return None
        last = core[-1].folded
        compound = " ".join(item.folded for item in core[-2:])
        if (
            _singular_noun(last) not in self.known.roles
            and compound not in self.known.roles
            and not any(_singular_noun(i.folded) in self.known.roles for i in segments[0])
        ):
            return None
        following, _ = _cut_tail(segments[1])
        heads = [head for head in self._heads(following) if head.kind in ("person", "unknown")]
        if (
            following
            and heads
            and (
                following[0].name is not None
                or following[0].text[0].isupper()
                or following[0].folded in self.known.roles
            )
        ):
            return heads[0]
        return None

    def _described(self, core: list[_Item], tail: list[_Item], phrase: str) -> Source:
        known = self.known
        if not core:
            return Source("nothing", text=phrase)
        words = frozenset(item.folded for item in core) | frozenset(item.folded for item in tail)
        head = core[-1]
        noun = head.folded.rstrip(".")
        single = _singular_noun(noun)
        lead = core[0].folded
        owner_pronoun = _OWNERS.get(lead)
        owner = next((item.name for item in core if item.name is not None and item.possessive), None)
        modifiers = [item.name for item in core if item.name is not None]
        adjective_country = next((n.country for n in modifiers if n.country is not None), None)
        tail_names = [item.name for item in tail if item.name is not None and item.name.kind != "adjective"]
        country = adjective_country or _country_of_tail(tail)
        count = next((_NUMBERS[i.folded] for i in core if i.folded in _NUMBERS), None)
        definite = lead in ("the", "this", "that", *_OWNERS) or owner is not None
        base = Source(
            "nothing", (), owner_pronoun, single, words, single != noun, count, definite, country, owner, None, phrase
        )
        if noun in known.documents and not (noun in ("ad", "order", "bill") and head.text[0].isupper()):
            of_owner = _authors(tail, modifiers, owner)
            office = next((_OWNERS[i.folded] for i in tail if i.folded in _OWNERS), None)
            return replace(base, kind="document", heads=tuple(of_owner), pronoun=owner_pronoun or office)
        compound = " ".join(item.folded for item in core[-2:])
        if noun in known.institutional or single in known.institutional or compound in known.institutional:
            if noun == "delegation" and head.text[0].isupper():
                return replace(base, kind="organisation")
            institution = _institution(tail, tail_names, modifiers)
            heads = (institution,) if institution else ()
            return replace(base, kind="institution", heads=heads, gender=known.roles.get(single))
        role = single if single in known.roles else compound if compound in known.roles else None
        if head.name is None and role is None and any(_singular_noun(i.folded) in known.roles for i in core):
            role = next(_singular_noun(i.folded) for i in reversed(core) if _singular_noun(i.folded) in known.roles)
            if core[-1].folded not in _ADVERBS or not definite:
                role = None
        plural = known.is_plural_role(noun)
        if role is not None and not plural:
            gender = next(
                (g for pair in itertools.pairwise(core) if (g := known.roles.get(" ".join(i.folded for i in pair)))),
                None,
            )
            gender = gender or next(
                (g for item in core if item.name is None and (g := known.roles.get(item.folded))), None
            )
            affiliated = any(n.kind in ("organisation", "country") for n in (*modifiers, *tail_names))
            return replace(base, kind="person", gender=gender, noun=role, plural=False, affiliated=affiliated)
        if plural:
            if count is not None or lead == "both":
                return replace(base, kind="person", plural=True)
            named = any(n.country is not None and n.kind != "person" for n in modifiers)
            return replace(base, kind="group", plural=True, named_group=named, text=_group_text([*core, *_of_part(tail)], phrase))
        if single in known.organisation_nouns:
            return replace(base, kind="organisation", heads=tuple(n for n in modifiers if n.kind != "adjective"))
        return base


def _authors(tail: list[_Item], modifiers: list[Name], owner: Name | None) -> list[Name]:
    """Who wrote a document: "a report by X and Y", "X's report", "the X report", "a study published in X"."""
    found: list[Name] = []
    if tail:
        starts = [i for i, item in enumerate(tail) if item.folded in ("by", "from", "in", "of", "as")]
        for word in ("by", "from", "in", "as", "of"):
            for i in starts:
                if tail[i].folded != word:
                    continue
                for item in tail[i + 1 :]:
                    if item.name is not None and item.name.kind in ("organisation", "person", "country", "unknown"):
                        found.append(item.name)
                    elif item.folded in _PREPOSITIONS or (
                        found and item.name is None and item.folded not in (*_JOINERS, ",", "the")
                    ):
                        break
                if found:
                    return found
    if owner is not None:
        return [owner]
    kinds = ("organisation", "person", "unknown")
    return [m for m in modifiers if m.kind in kinds and fold(m.text) not in _PLATFORMS][-1:]


def _institution(tail: list[_Item], tail_names: list[Name], modifiers: list[Name]) -> Name | None:
    """Whom an unnamed representative speaks for: "of X", "for X", "the X spokesman", "the French delegate"."""
    if tail_names and tail[0].folded in ("of", "for", "from"):
        return tail_names[0] if tail_names[0].kind != "unknown" else None
    organisations = [n for n in modifiers if n.kind in ("organisation", "country", "person")]
    adjectives = [n for n in modifiers if n.kind == "adjective" and n.country is not None]
    return next((names[-1] for names in (organisations, adjectives, tail_names) if names), None)


def _country_of_tail(tail: list[_Item]) -> str | None:
    return next((i.name.country for i in tail if i.name is not None and i.name.kind == "country"), None)


def _group_text(core: list[_Item], phrase: str) -> str:
    kept = list(core)
    while kept and kept[0].name is None and kept[0].folded in _QUANTIFIERS:
        kept.pop(0)
    if not kept:
        return phrase
    return " ".join(item.text for item in kept)


def _of_part(tail: list[_Item]) -> list[_Item]:
    """"of Parliament" in "Egyptian members of Parliament"."""
    return tail if len(tail) == 2 and tail[0].folded == "of" and tail[1].text[0].isupper() else []


def _count(plain: str) -> int | None:
    return next((n for word, n in _NUMBERS.items() if word in plain.split()), None)


def _sure_head(head: Name, heads: list[Name]) -> bool:
    return head.kind in ("unknown", "organisation")


def _alike(name: Name, first: Name) -> bool:
    personal = ("person", "unknown")
    bodies = ("organisation", "country", "people", "unknown")
    return (name.kind in personal and first.kind in personal) or (name.kind in bodies and first.kind in bodies)


def _is_noun_like(item: _Item, known: object) -> bool:
    """A lower-case word right after a name that the name modifies: "Clinton aides", "Trump supporters"."""
    folded = item.folded
    return (
        folded not in _PREPOSITIONS and folded not in (",", ";", ":", "“", '"', "—", "–") and folded not in _DETERMINERS
    )


def _without_parentheses(items: list[_Item]) -> list[_Item]:
    out: list[_Item] = []
    depth = 0
    for item in items:
        if item.text in "([":
            depth += 1
        elif item.text in ")]":
            depth = max(0, depth - 1)
        elif not depth:
            out.append(item)
    return out


def _split(items: list[_Item]) -> list[list[_Item]]:
    """At commas, semicolons and dashes."""
    segments: list[list[_Item]] = [[]]
    for item in items:
        if item.name is None and item.text in ',;:—–“”"':
            segments.append([])
        else:
            segments[-1].append(item)
    return [segment for segment in segments if segment]


def _cut_tail(segment: list[_Item]) -> tuple[list[_Item], list[_Item]]:
    """(the noun phrase up to its first preposition or relative pronoun, the rest)."""
    for i, item in enumerate(segment):
        if (
            i
            and item.name is None
            and _PARTICIPLE.fullmatch(item.text)
            and segment[i - 1].name is None
            and i + 1 < len(segment)
        ) and segment[i - 1].folded not in _DETERMINERS:
            return segment[:i], segment[i + 1 :]
        if i and item.name is None and item.folded in _PREPOSITIONS and not item.text[0].isupper():
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


def describes(phrase: str) -> bool:
    """Whether a phrase holds a role noun."""
    return make_role(phrase, 0) is not None

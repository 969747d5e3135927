"""What the source words of a quotation are: a pronoun, names, a description, a document, a group of people."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from quotes.attribution.heads import Heads
from quotes.attribution.lexicon import Gender, fold, lexicon, small_words
from quotes.attribution.patterns import Name
from quotes.attribution.phrases import (
    ADVERBS,
    JOINERS,
    NUMBERS,
    OWNERS,
    PARTICIPLE,
    PARTY_STATE,
    TOKEN,
    Item,
    alike,
    authors,
    count,
    country_of_tail,
    cut_tail,
    group_text,
    institutions,
    of_part,
    person_noun,
    rest_of_list,
    singular_noun,
    split,
    sure_head,
    without_parentheses,
)
from quotes.attribution.roles import abbreviations
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


class SourceReader(Heads):
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
            return Source("pronoun", pronoun=self.known.pronouns[plain], text=plain, count=count(plain))
        items = self._items(span)
        if not items:
            return Source("nothing")
        lead = items[0].folded
        if lead in ("who", "which") and not any(item.name is not None for item in items):
            return Source("pronoun", pronoun="relative", text=lead)  # "who in 2010", "which together"
        if (
            lead in self.known.pronouns
            and len(items) > 1
            and items[1].folded in ("himself", "herself", "itself", "themselves", "too", "also", "(")
            and lead not in OWNERS
        ):
            return Source("pronoun", pronoun=self.known.pronouns[lead], text=lead)
        outside = without_parentheses(items)
        if outside != items and all(i.folded in self.known.pronouns for i in outside):
            inside = [i for i in items if i.name is not None]
            if inside and inside[-1].name is not None:
                return Source("names", heads=(inside[-1].name,))
            if outside:
                return Source("pronoun", pronoun=self.known.pronouns[outside[0].folded], text=outside[0].folded)
        if (called := self._self_called(outside or items)) is not None:
            return Source("names", heads=(called,))
        return self._read_phrase(outside or items, phrase)

    def _self_called(self, items: list[Item]) -> Name | None:
        """ "The group that held her, which calls itself the Dune Brigade": the name that a description is given."""
        if items[0].name is not None or (items[0].text[0].isupper() and len(items) > 1 and items[1].name is not None):
            return None
        for i in range(1, len(items) - 1):
            pair = f"{items[i - 1].folded} {items[i].folded}"
            told_as = items[i].folded == "as" and any(item.folded in _TOLD_AS for item in items[max(0, i - 3) : i])
            if items[i].folded in _CALLS_ITSELF or pair in _CALLS_ITSELF or told_as:
                following = items[i + 2] if items[i + 1].folded == "the" and i + 2 < len(items) else items[i + 1]
                if following.name is not None and following.name.kind != "adjective" and not following.possessive:
                    return following.name
        return None

    def _items(self, span: Span) -> list[Item]:
        items: list[Item] = []
        names = [name for name in self.names_in(span) if not PARTY_STATE.fullmatch(name.text)]
        at = span.start
        for name in names:
            items.extend(self._words(at, min(max(at, name.span.start), span.end)))
            end = name.span.end
            possessive = self.text[end : end + 2] in ("'s", "’s") or (
                self.text[end - 1 : end] == "s" and self.text[end : end + 1] in ("'", "’")
            )
            items.append(Item(name.text, name.span, name, possessive and end < span.end))
            at = max(at, end + (2 if self.text[end : end + 2] in ("'s", "’s") else 0))
        items.extend(self._words(at, span.end))
        return items

    def _words(self, start: int, end: int) -> list[Item]:
        out = []
        for match in TOKEN.finditer(self.text, start, max(start, end)):
            possessive = self.text[match.end() : match.end() + 2] in ("'s", "’s")
            out.append(Item(match.group(), Span(match.start(), match.end()), None, possessive))
        return [item for item in out if item.text not in ("s", "S") or item.span.start == start]

    # ---- phrases ----

    def _read_phrase(self, items: list[Item], phrase: str) -> Source:
        segments = split(items)
        if not segments:
            return Source("nothing")
        if segments[0][0].folded == "from" and len(segments[0]) > 1:
            placed = _without_place(segments[0])
            segments[0] = placed if placed is not segments[0] else placed[1:]
        if (holder := self._holder(segments)) is not None:
            return Source("names", heads=(holder,))
        core, tail = cut_tail(segments[0])
        if listed := self._listed(core, tail, segments):
            return Source("names", heads=tuple(listed))
        core = _without_company(core)
        if core and (first := core[0].name) is not None and first.headline and first.kind == "person":
            others = [item.name for item in core[1:] if item.name is not None]
            joined = any(item.folded in JOINERS for item in core)
            if others and not joined and not core[0].possessive and not any(name.sure for name in others):
                return Source("names", heads=(first,))  # a headline's verb and object read as part of its source
        heads = self._heads(core)
        if heads:
            return self._joined(heads, segments, tail)
        named = self._named_after(core, segments)
        if named is not None:
            return Source("names", heads=(named,))
        first = core[0].name if core else None
        if first is not None and first.headline and first.kind == "person" and not core[0].possessive:
            return Source("names", heads=(first,))
        if not tail and len(segments) > 1 and PARTICIPLE.fullmatch(segments[1][0].text):
            tail = segments[1]  # "The audit, finished in May by the Vesta Institute"
        return self._described(core, [*tail, *rest_of_list(segments)] if tail else tail, phrase)

    def _joined(self, heads: list[Name], segments: list[list[Item]], tail: list[Item]) -> Source:
        """All of "A, B and C"; a segment joins when it is a name of the same kind (not an apposition, not a place)."""
        persons = [head for head in heads if head.kind == "person"]
        if persons and len(heads) > len(persons):
            heads = [head for head in heads if head.kind == "person" or sure_head(head, heads)]
        out = list(heads)
        joined_by_and = False
        more: list[Name] = []
        for segment in segments[1:]:
            words = segment[1:] if segment[0].folded in (*JOINERS, "both") else segment
            conjunction = words is not segment
            core, _ = cut_tail(words)
            found = (
                self._heads(core)
                if core
                and (core[0].name is not None or core[0].folded in ("the", "rep.", "sen.") or core[0].text[0].isupper())
                else []
            )
            same = [name for name in found if alike(name, heads[0])]
            if not same or (len(core) > 6 and not conjunction):
                continue
            more.extend(same)
            joined_by_and |= conjunction or len(same) > 1
        if joined_by_and:
            out.extend(name for name in more if name not in out)
        if tail and tail[0].folded in ("such", "including", "around", "across", "like"):
            return Source("names", heads=tuple(out))
        return Source("names", heads=tuple(out), words=frozenset(i.folded for s in segments for i in s))

    def _named_after(self, core: list[Item], segments: list[list[Item]]) -> Name | None:
        """The name in apposition to a description: "the foreign minister, Ana Lima"."""
        if not core or len(segments) < 2:
            return None
        last = core[-1].folded
        compound = " ".join(item.folded for item in core[-2:])
        if singular_noun(last) in self.known.organisation_nouns and singular_noun(last) not in self.known.roles:
            return self._body_after(segments)
        if (
            core[0].folded not in _ONE_OF
            and singular_noun(last) not in self.known.roles
            and compound not in self.known.roles
            and not any(singular_noun(i.folded) in self.known.roles for i in segments[0])
        ):
            return None
        following, _ = cut_tail(segments[1])
        heads = [head for head in self._heads(following) if head.kind in ("person", "unknown")]
        if not following or not heads:
            return None
        first = following[0]
        opens = first.name is not None or first.text[0].isupper() or first.folded in self.known.roles
        ends = following[-1].name is heads[0] and heads[0].kind == "person" and len(following) <= 5
        return heads[0] if opens or (ends and first.folded not in JOINERS) else None

    def _holder(self, segments: list[list[Item]]) -> Name | None:
        """Who holds the office that opens a phrase, however long it is: "the Permanent Secretary, Federal Ministry of
        Trade, Dr. Ana Lima": a segment of its own that is nothing but a person's name and title."""
        first = segments[0]
        office = [item for item in first if item.name is None or item.name.kind != "person"]
        if (
            len(segments) < 2
            or len(office) < len(first)
            or any(i.folded in JOINERS for s in segments[1:] for i in s[:1])
        ):
            return None
        head, _ = cut_tail(first)
        if not head or not any(item.folded.rstrip(".") in self.known.roles for item in head):
            return None
        if singular_noun(head[-1].folded) != head[-1].folded and self.known.is_plural_role(head[-1].folded):
            return None
        for segment in segments[1:4]:
            name = segment[-1].name
            if name is None or name.kind != "person" or segment[-1].possessive:
                continue
            titles = segment[:-1]
            if all(item.folded.rstrip(".") in self.known.title_words or item.text == "." for item in titles):
                return name
        return None

    def _body_after(self, segments: list[list[Item]]) -> Name | None:
        """The body in apposition to a description: "its parent company, Vesta Holdings"."""
        following, _ = cut_tail(segments[1])
        heads = self._heads(following) if following else []
        first = following[0] if following else None
        opens = first is not None and (first.name is not None or first.folded == "the")
        return heads[0] if opens and heads and heads[0].kind not in ("place", "people") else None

    def _described(self, core: list[Item], tail: list[Item], phrase: str) -> Source:
        known = self.known
        if not core:
            return Source("nothing", text=phrase)
        words = frozenset(item.folded for item in core) | frozenset(item.folded for item in tail)
        head = core[-1]
        noun = head.folded.rstrip(".")
        if noun in abbreviations() and abbreviations()[noun] in known.roles and core[0].folded in ("the", *OWNERS):
            noun = abbreviations()[noun]
        if noun.startswith("ex-"):
            noun, words = noun[3:], words | {"ex"}
        single = singular_noun(noun)
        lead = core[0].folded
        owner_pronoun = OWNERS.get(lead)
        owner = next((item.name for item in core if item.name is not None and item.possessive), None)
        modifiers = [item.name for item in core if item.name is not None]
        adjective_country = next((n.country for n in modifiers if n.country is not None), None)
        tail_names = [item.name for item in tail if item.name is not None and item.name.kind != "adjective"]
        country = adjective_country or country_of_tail(tail)
        count = next((NUMBERS[i.folded] for i in core if i.folded in NUMBERS), None)
        definite = lead in ("the", "this", "that", *OWNERS) or owner is not None
        base = Source(
            "nothing", (), owner_pronoun, single, words, single != noun, count, definite, country, owner, None, phrase
        )
        if noun in known.documents and not (noun in ("ad", "order", "bill") and head.text[0].isupper()):
            of_owner = authors(tail, modifiers, owner)
            office = next((OWNERS[i.folded] for i in tail if i.folded in OWNERS), None)
            return replace(base, kind="document", heads=tuple(of_owner), pronoun=owner_pronoun or office)
        compound = " ".join(item.folded for item in core[-2:])
        if noun in known.institutional or single in known.institutional or compound in known.institutional:
            if noun == "delegation" and head.text[0].isupper():
                return replace(base, kind="organisation")
            heads = institutions(core, tail, tail_names, single != noun)
            return replace(base, kind="institution", heads=tuple(heads), gender=known.roles.get(single))
        role = single if single in known.roles else compound if compound in known.roles else None
        if head.name is None and role is None and any(singular_noun(i.folded) in known.roles for i in core):
            role = next(singular_noun(i.folded) for i in reversed(core) if singular_noun(i.folded) in known.roles)
            if core[-1].folded not in ADVERBS or not definite:
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
            placed = of_part(tail)
            places = [item.name for item in placed if item.name is not None and item.name.kind == "country"]
            named = any(n.country is not None and n.kind != "person" for n in (*modifiers, *places))
            text = group_text([*core, *placed], phrase)
            return replace(base, kind="group", plural=True, named_group=named, text=text)
        part = noun in _PARTS_OF_BODIES and bool(tail) and tail[0].folded == "of"
        if part and tail_names and tail_names[0].kind == "organisation":
            return replace(base, kind="names", heads=tuple(tail_names[:1]))
        if single in known.organisation_nouns:
            return replace(base, kind="organisation", heads=tuple(n for n in modifiers if n.kind != "adjective"))
        if head.name is not None and head.name.kind == "adjective" and head.name.country and lead == "the":
            return replace(base, kind="person", noun="national", plural=False)  # "the Samoan"
        if (unknown := person_noun(head, lead)) is not None:
            return replace(base, kind="person", noun=unknown, plural=False)
        return base


def _without_place(segment: list[Item]) -> list[Item]:
    """ "From Lima the Norland Government": where it speaks from is no speaker."""
    if len(segment) < 4 or segment[0].folded not in _PLACING or segment[1].name is None or segment[1].possessive:
        return segment
    return segment[2:] if segment[2].folded == "the" else segment


def _without_company(core: list[Item]) -> list[Item]:
    """ "the nominee and his aides": the nominee."""
    for i in range(1, len(core) - 1):
        if core[i].folded in JOINERS and core[i + 1].folded in OWNERS and core[i + 1].name is None:
            return core[:i]
    return core


_PLACING = frozenset(("from", "in", "at"))
_TOLD_AS = frozenset(("name", "identified"))  # "gave her name only as Lima"
_CALLS_ITSELF = small_words("calls_itself")
_ONE_OF = frozenset(("one", "another", "counterpart"))
_PARTS_OF_BODIES = frozenset(("panel", "bench"))

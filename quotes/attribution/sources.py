"""What the source words of a quotation are: a pronoun, names, a description, a document, a group of people."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from quotes.attribution.lexicon import Gender, fold, lexicon, small_words
from quotes.attribution.patterns import Name
from quotes.attribution.phrases import (
    ADVERBS,
    DETERMINERS,
    JOINERS,
    NUMBERS,
    OWNERS,
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
    rest_of_list,
    singular_noun,
    split,
    sure_head,
    without_parentheses,
)
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
        return self._read_phrase(outside or items, phrase)

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
            segments[0] = segments[0][1:]
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
        return self._described(core, [*tail, *rest_of_list(segments)] if tail else tail, phrase)

    def _listed(self, core: list[Item], tail: list[Item], segments: list[list[Item]]) -> list[Name]:
        """The names that a group is said to include: "critics of the plan, such as Ana Lima and Rui Costa"."""
        if not core or not self._is_group(core[-1]):
            return []
        items = [item for segment in (tail, *segments[1:]) for item in segment]
        at = next((i for i, item in enumerate(items[:8]) if item.name is None and item.folded in _INCLUDING), None)
        if at is None:
            return []
        names: list[Name] = []
        for item in items[at + 1 :]:
            if item.folded in _ENDS_OF_LISTS:
                break
            if item.name is not None and item.name.kind != "adjective" and not item.possessive:
                names.append(item.name)
        persons = [name for name in names if name.kind == "person"]
        return persons or [name for name in names if name.kind not in ("unknown", "place")]

    def _is_group(self, item: Item) -> bool:
        """A plural noun for people; one that opens a sentence may pass for a name."""
        if item.name is not None and (item.name.kind != "unknown" or item.name.sure):
            return False
        folded = item.folded
        return self.known.is_plural_role(folded) or (folded.endswith("s") and self._is_noun(folded))

    def _heads(self, core: list[Item]) -> list[Name]:
        """The names in a noun phrase that are not mere modifiers of something else."""
        heads: list[Name] = []
        for i, item in enumerate(core):
            name = item.name
            following = core[i + 1] if i + 1 < len(core) else None
            if name is None or name.kind == "adjective" or (item.possessive and following is not None):
                continue
            if following is not None and self._apposed_body(core, i):
                heads.append(name)
                continue
            if following is not None and self._modifies(core, i):
                continue
            if (
                i
                and core[i - 1].name is None
                and core[i - 1].folded in self.known.group_roles - DETERMINERS
                and name.kind != "person"
            ):
                continue  # "several people Republicans have talked to"
            if (
                following is None
                or following.folded in JOINERS
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

    def _apposed_body(self, core: list[Item], i: int) -> bool:
        """ "the Vesta newspaper chain", "the Vesta news agency": the noun only says what the named body is."""
        name = core[i].name
        if name is None or name.kind not in ("organisation", "unknown"):
            return False
        rest = list(itertools.takewhile(lambda item: item.folded not in JOINERS, core[i + 1 :]))
        if not 0 < len(rest) <= 3 or any(item.name is not None or not item.text[0].islower() for item in rest):
            return False
        nouns = _BODY_NOUNS if name.kind == "organisation" else _MEDIA_NOUNS
        return rest[-1].folded in nouns and not any(item.possessive for item in rest)

    def _modifies(self, core: list[Item], i: int) -> bool:
        """Whether the name at ``i`` (or the names joined to it) stands before a noun: "US and NATO officials"."""
        j = i + 1
        while j < len(core) and (core[j].folded in JOINERS or core[j].name is not None):
            if core[j].name is not None and core[j].name is not core[i].name and core[j - 1].folded not in JOINERS:
                return False
            if core[i].name.kind == "person" and core[j].name is not None and core[j].name.kind != "person":  # type: ignore[union-attr]
                return False  # "Lima and Vesta executives": her, and the executives
            j += 1
        between = core[i + 1 : -1]
        last = core[-1].name
        plain = all(b.name is None and b.folded not in (*JOINERS, "or", "of") for b in between)
        if between and plain and last is not None and last.kind == "person":
            return True  # "Lima supporter Rui Costa", "Senate Majority Leader Rui Costa"
        rest = [item for item in core[j:] if item.name is None and item.text[0].islower()]
        if rest and core[j - 1].folded in JOINERS:
            return False  # "Ana Lima and others"
        if not rest or core[j].folded in DETERMINERS:
            return False
        return any(self._is_noun(item.folded) for item in rest[:4])

    def _is_noun(self, word: str) -> bool:
        known = self.known
        single = singular_noun(word)
        if word in ADVERBS:
            return False
        return (
            single in known.roles
            or single in known.organisation_nouns
            or word in known.documents
            or word in known.group_roles
            or (len(word) > 3 and word.endswith(("s", "er", "or", "ist", "ion", "ment", "ship")))
        )

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
            singular_noun(last) not in self.known.roles
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

    def _body_after(self, segments: list[list[Item]]) -> Name | None:
        """The body in apposition to a description: "its parent company, Vesta Holdings"."""
        following, _ = cut_tail(segments[1])
        heads = self._heads(following) if following else []
        first = following[0] if following else None
        opens = first is not None and (first.name is not None or first.folded == "the")
        body = bool(heads) and (heads[0].kind in ("organisation", "unknown") or not heads[0].sure)
        return heads[0] if opens and body else None

    def _described(self, core: list[Item], tail: list[Item], phrase: str) -> Source:
        known = self.known
        if not core:
            return Source("nothing", text=phrase)
        words = frozenset(item.folded for item in core) | frozenset(item.folded for item in tail)
        head = core[-1]
        noun = head.folded.rstrip(".")
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
            named = any(n.country is not None and n.kind != "person" for n in modifiers)
            text = group_text([*core, *of_part(tail)], phrase)
            return replace(base, kind="group", plural=True, named_group=named, text=text)
        part = noun in _PARTS_OF_BODIES and bool(tail) and tail[0].folded == "of"
        if part and tail_names and tail_names[0].kind == "organisation":
            return replace(base, kind="names", heads=tuple(tail_names[:1]))
        if single in known.organisation_nouns:
            return replace(base, kind="organisation", heads=tuple(n for n in modifiers if n.kind != "adjective"))
        return base


def _without_company(core: list[Item]) -> list[Item]:
    """ "the nominee and his aides": the nominee."""
    for i in range(1, len(core) - 1):
        if core[i].folded in JOINERS and core[i + 1].folded in OWNERS and core[i + 1].name is None:
            return core[:i]
    return core


_PARTS_OF_BODIES = frozenset(("panel", "bench"))
_INCLUDING = frozenset(("such", "including", "like")) | small_words("opens_examples")
_ENDS_OF_LISTS = frozenset(("who", "which", "that"))
_BODY_NOUNS = small_words("nouns_after_names")
_MEDIA_NOUNS = small_words("nouns_after_names_of_media")

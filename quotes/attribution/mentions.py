"""Names in the text: persons, organisations, countries and peoples, with the titles before them.

The model's mentions are taken where there are any; capital letters and the data files find the rest, so that the stage
also works without a model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property

import regex

from quotes.analysis import Analysis, Mention
from quotes.attribution.lexicon import data, fold, small_words
from quotes.attribution.patterns import (
    ACRONYM,
    ADDRESS,
    CAPITAL,
    NEVER_NAMES,
    PEOPLES,
    PLAIN_WORD,
    SEQUENCE,
    Name,
    covered,
    gaps,
    is_acronym,
)
from quotes.attribution.roles import abbreviations
from quotes.attribution.titles import TitledNames
from quotes.model import Article, Block, Span

_OPENINGS = small_words("opens_organisation_names")
_CAPITAL_NEXT = regex.compile(rf"[ \u00a0]{CAPITAL}")
_NUMERAL = regex.compile(r" (?:I{2,3}|I?V|VI{1,3}|I?X|XI{1,3}|XI?V|XVI|XXIII)\b(?![.'’])")
_MONTH = regex.compile(r"(?<!\p{L})(?:Jan|April|May|June|August) $")
_PEOPLE_FOR = regex.compile(r"\p{Lu}\p{Ll}+s (?:for|of|at|from) ")
_SURE_ADJECTIVE, _WEAK = 0.5, 0.25
_JOINT = regex.compile(r"[-‑]| (?:bin|bint|ibn|ben|van|von|der|de|del|della|da|dos|al|el)(?: (?:al|der|la))? ")
_TWO_SYLLABLES = regex.compile(r"\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+-\p{Ll}+")
_GIVEN_SHORTENED = small_words("given_abbreviations")
_SHORTENED = regex.compile(r"(?<!\p{L})(\p{Lu}\p{Ll}{1,4}\.)[ \u00a0]$")
_OFFICE_OF_BODY = regex.compile(r"(?<!\p{L})(\p{Lu}[\p{L}-]+) (?:of|for) (?:the )?$")


@cache
def letters_after_names() -> frozenset[str]:
    """Orders, degrees and seats that follow a name ("KC", "MP")."""
    return frozenset(data("titles.json")["letters_after_names"])


@cache
def ranks_shortened() -> frozenset[str]:
    """Shortened titles that stand for roles ("pm"), which a person before whose name they stand holds."""
    return frozenset(abbreviations())


class NameFinder(TitledNames):
    """Finds the names of one article. Use ``names()``."""

    def __init__(self, article: Article, analysis: Analysis, sources: Sequence[Span] = ()) -> None:
        super().__init__(article, analysis, sources)
        self.article = article

    @cached_property
    def bylines(self) -> list[Block]:
        return [block for block in self.article.blocks if block.role == "byline"]

    def names(self) -> tuple[Name, ...]:
        """All names in the order of the text, never overlapping."""
        found: list[Name] = []
        for mention in self._whole_mentions():
            if mention.kind == "nationality" and not self._is_nationality(mention):
                found.extend(self._body_after_all(mention.span))
            elif mention.kind != "title":
                found.extend(self._weighed(name, mention) for name in self._from_mention(mention.span, mention.kind))
        found.extend(self._defined())
        taken = sorted((name.span for name in found), key=lambda span: span.start)
        for match in SEQUENCE.finditer(self.text):
            for piece in self._pieces(self._words(Span(match.start(), match.end()))):
                span = Span(piece[0].start, piece[-1].end)
                if not covered(span, taken):
                    for part in self._parts_by_source(piece):
                        found.extend(self._from_capitals(part))
                else:
                    for gap in gaps(span, taken):
                        found.extend(self._country_words(gap))
        found = sorted(map(self._with_month, found), key=lambda name: (name.span.start, -name.span.end))
        kept: list[Name] = []
        for name in found:
            if kept and name.span.start < kept[-1].span.end:
                if len(name.span) > len(kept[-1].span) and name.kind != "unknown":
                    kept[-1] = name
                continue
            kept.append(name)
        kept = sorted((*kept, *self._named_elsewhere(kept)), key=lambda name: name.span.start)
        told = [name for name in kept if not self._in_byline(name.span)]
        return tuple(self._with_numeral(self._without_letters(self._with_title(name))) for name in told)

    def _in_byline(self, span: Span) -> bool:
        """Whoever wrote the article is nobody whom it tells of."""
        return any(block.span.contains(span) for block in self.bylines)

    def _whole_mentions(self) -> list[Mention]:
        """The model's mentions; persons that it parted at a particle or hyphen ("Nasser bin Rashid") in one."""
        out: list[Mention] = []
        for mention in self.analysis.mentions:
            mention = self._with_shortened_name(mention)
            before = out[-1] if out else None
            if before is not None and before.span.end > mention.span.start > before.span.start:
                before = out[-1] = replace(before, span=Span(before.span.start, mention.span.start))
            both = before is not None and before.kind == mention.kind == "person"
            if before is None or not both or before.span.end > mention.span.start:
                out.append(mention)
            elif _JOINT.fullmatch(self.text, before.span.end, mention.span.start):
                whole = Span(before.span.start, mention.span.end)
                out[-1] = Mention(whole, "person", max(before.score, mention.score))
            else:
                out.append(mention)
        return out

    def _with_shortened_name(self, mention: Mention) -> Mention:
        """ "Ma. Ana Lima": a given name that is always shortened belongs to the name after it."""
        if mention.kind != "person":
            return mention
        before = _SHORTENED.search(self.text, max(0, mention.span.start - 8), mention.span.start)
        if before is None or before.group(1).lower() not in _GIVEN_SHORTENED:
            return mention
        return replace(mention, span=Span(before.start(), mention.span.end))

    def _body_after_all(self, span: Span) -> Iterator[Name]:
        """ "Norland Cattle Farmers' League": what the model takes for an adjective and ends as bodies' names do."""
        words = self._trimmed(span).of(self.text).split()
        if words and fold(words[-1]) in self.known.organisation_heads and words[0][0].isupper():
            yield self._name(self._extended(self._trimmed(span)), "organisation")

    def _weighed(self, name: Name, mention: Mention) -> Name:
        """A lone word that the model hardly takes for a person, and no list knows, is a doubtful name."""
        doubtful = name.kind == "person" and mention.score < _WEAK and " " not in name.text
        return replace(name, sure=False) if doubtful and not self.known.is_given(name.text) else name

    def _is_nationality(self, mention: Mention) -> bool:
        """Whether an adjective as the model marks it is one: several words that no list knows need some certainty."""
        words = mention.span.of(self.text)
        listed = (
            fold(words) in self.known.places or fold(words) in self.known.party_adjectives or fold(words) in PEOPLES
        )
        return listed or len(words.split()) == 1 or mention.score >= _SURE_ADJECTIVE

    def _named_elsewhere(self, found: Sequence[Name]) -> Iterator[Name]:
        """Lone surnames that capitals tell too little about: in headlines ("Lima May Not Go"), and those that are
        titles too ("Prince" after "Mr. Rui Prince"); the document gives the full name elsewhere."""
        surnames = {name.text.split()[-1] for name in found if self._tells_surname(name)}
        surnames = {word for word in surnames if len(word) > 2 and fold(word) not in NEVER_NAMES}
        if not surnames:
            return
        taken = sorted((name.span for name in found), key=lambda span: span.start)
        pattern = regex.compile(
            r"(?<![\p{L}\p{N}.'’-])(?:" + "|".join(map(regex.escape, sorted(surnames))) + r")(?![\p{L}-])"
        )
        for match in pattern.finditer(self.text):
            span = Span(match.start(), match.end())
            titled = fold(match.group()) in self.known.title_words
            if covered(span, taken) or not (titled or self.in_headline(span)):
                continue
            if titled and _CAPITAL_NEXT.match(self.text, span.end):
                continue  # "Prince Faisal"
            yield self._name(span, "person")

    def _tells_surname(self, name: Name) -> bool:
        return name.kind == "person" and name.sure and not name.headline and " " in name.text

    def _with_month(self, name: Name) -> Name:
        """ "Jan Lima", where the given name was taken for a month."""
        before = _MONTH.search(self.text, max(0, name.span.start - 7), name.span.start)
        if name.kind not in ("person", "unknown") or before is None or " " in name.text or self.in_headline(name.span):
            return name
        span = Span(before.start(), name.span.end)
        return replace(name, span=span, text=span.of(self.text), outer=span, kind="person")

    def _without_letters(self, name: Name) -> Name:
        """ "Ana Lima KC": what stands after the name is no part of it."""
        words = name.text.split()
        if name.kind != "person" or len(words) < 3 or words[-1] not in letters_after_names():
            return name
        span = Span(name.span.start, name.span.end - len(words[-1]) - 1)
        return replace(name, span=span, text=span.of(self.text), outer=Span(name.outer.start, span.end))

    def _with_numeral(self, name: Name) -> Name:
        """ "King Abdullah II": the numeral belongs to the name."""
        numeral = _NUMERAL.match(self.text, name.span.end) if name.kind == "person" else None
        if numeral is None or (len(numeral.group()) == 2 and " " in name.text):
            return name  # "Ana Lima V" may be anything
        span = Span(name.span.start, numeral.end())
        return replace(name, span=span, text=span.of(self.text), outer=Span(name.outer.start, span.end))

    def _defined(self) -> Iterator[Name]:
        """The long forms of acronyms in brackets: "Alliance to Restore Our Coasts (AROC)"."""
        for match in ACRONYM.finditer(self.text):
            letters = match.group(1).lower()
            words = list(PLAIN_WORD.finditer(self.text, max(0, match.start() - 120), match.start()))
            for i in range(len(words) - 1, max(-1, len(words) - 2 * len(letters) - 2), -1):
                initials = "".join(w.group()[0].lower() for w in words[i:] if w.group()[0].isupper())
                of_all = "".join(w.group()[0].lower() for w in words[i:])  # "ECOWAS": with its "of"
                if words[i].group()[0].isupper() and letters in (initials, of_all):
                    yield self._name(Span(words[i].start(), words[-1].end()), "organisation")
                    break

    def _parts_by_source(self, words: list[Span]) -> list[list[Span]]:
        """In a headline, the words of a short source apart from the rest: capitals mark no names there, sources do."""
        if not self.in_headline(words[0]) or not covered(Span(words[0].start, words[-1].end), self._sources):
            return [words]
        parts: list[list[Span]] = [[]]
        inside = False
        for word in words:
            named = covered(word, self._sources)
            if named != inside and parts[-1]:
                parts.append([])
            inside = named
            parts[-1].append(word)
        return parts

    def _from_mention(self, span: Span, kind: str) -> Iterator[Name]:
        span = self._trimmed(span)
        words = span.of(self.text)
        if not words or not any(c.isupper() for c in words) or self._is_address(words):
            return
        if ADDRESS.fullmatch(words):
            return  # "His Highness": whom it means is asked of the text
        last = self._words(span)[-1]
        if kind != "person" and fold(last.of(self.text)) in PEOPLES:
            yield self._name(last, "people")
            return
        if kind != "person" and fold(last.of(self.text)) in self.known.party_adjectives:
            yield self._name(last, "adjective")
            return
        place = self.known.place(words)
        if kind == "person":
            if place is not None and place.sense in ("name", "capital", "adjective", "people") and " " not in words:
                # "Jordan" and "Chad" are given names too: a lone country word is a country.
                yield self._placed(span, words)
                return
            if fold(words) in self.known.organisations or self._is_defined_acronym(words):
                yield self._name(span, "organisation")
                return
            span = self._known_part(self._with_surname(self._with_family_name(span)))
            parts = self._words(span)
            lead = self._leading_place([part.of(self.text) for part in parts])
            if lead:
                yield from self._country_words(Span(span.start, parts[lead - 1].end))
                span = Span(parts[lead].start, span.end)
            person, title = self._cut_title(span)
            if len(person):
                yield self._name(person, "person", title=title)
        elif self._is_delegate(span):
            yield self._name(span, "person")
        elif kind == "organisation":
            if _TWO_SYLLABLES.fullmatch(words) and fold(words.split()[0]) in self.known.family_first:
                yield self._name(span, "person")  # "Oh Mi-rae"
                return
            if fold(words) in self.known.roles or fold(words) in self.known.titles:
                return
            if _PEOPLE_FOR.match(words) and self.known.is_plural_role(words.split()[0]):
                yield from self._country_words(Span(span.start + len(words.split()[0]) + 1, span.end))
                return  # "Lawyers for Norland": people, and no body
            if (titled := self._titled_person(span)) is not None:
                yield titled
                return
            if place is not None:
                yield self._placed(span, words)
            elif self._is_office(words) or self._leads_office(span):
                yield from self._country_words(span)
            elif words.split()[-1].endswith("s") and fold(words) in PEOPLES:
                yield self._name(span, "people")
            elif not self.in_headline(span) or words in self._body:
                yield self._name(self._extended(self._with_opening(span)), "organisation")
        elif place is not None:
            yield self._placed(span, words)
        elif fold(words) in PEOPLES:
            yield self._name(span, "people")
        elif fold(words) in self.known.organisations:
            yield self._name(span, "organisation")
        elif kind == "place" and (lead := self._leading_place([w.of(self.text) for w in self._words(span)])):
            parts = self._words(span)
            yield from self._country_words(Span(span.start, parts[lead - 1].end))
            yield self._name(Span(parts[lead].start, span.end), "unknown", sure=False)
        elif kind == "place":
            yield self._name(span, "organisation" if is_acronym(words) else "place")
        elif kind == "nationality" and " " in words and self._cut_title(span)[1] is not None:
            return  # "General Lima": the rules for capitals know better
        elif " " in words and self.known.is_given(words.split()[0]):
            yield self._name(span, "person")
        elif fold(words) in self.known.party_adjectives or " " in words or words.endswith(("an", "ese", "ish", "ist")):
            yield self._name(span, "adjective")
        elif fold(words) in self.known.organisation_heads:
            yield self._name(span, "organisation")
        else:
            yield self._name(span, "unknown", sure=False)

    def _with_opening(self, span: Span) -> Span:
        """An organisation with the word before it that opens such names ("Government Accountability Office")."""
        before = regex.search(rf"({CAPITAL})[ \u00a0]$", self.text[max(0, span.start - 20) : span.start])
        if before is None or fold(before.group(1)) not in _OPENINGS:
            return span
        return Span(span.start - len(before.group()), span.end)

    def _titled_person(self, span: Span) -> Name | None:
        """ "King Mohammed VI", which a model may take for a body."""
        person, title = self._cut_title(span)
        words = person.of(self.text).split()
        if not words or fold(words[-1]) in self.known.organisation_heads:
            return None
        if title is None:
            return self._holder_of_body(span)
        if self.known.singular(title) != fold(title):
            return None  # "Doctors Without Walls"
        full = 2 <= len(words) <= 5 and all(word[0].isupper() or fold(word) in self.known.particles for word in words)
        office = fold(title.split()[-1])
        holds = full and (
            office in self.known.roles or office in self.known.honorific_gender or office in ranks_shortened()
        )
        if not self.known.is_given(words[0]) and (not holds or self._names_body(words)):
            return None
        return self._name(person, "person", title=title)

    def _names_body(self, words: list[str]) -> bool:
        """Whether words behind a title are of a body or place after all: "Minister Council", "Mayor Norland Square"."""
        known = self.known
        return any(fold(w) in known.organisation_heads or fold(w) in known.organisation_nouns for w in words) or any(
            known.place(w) is not None for w in words
        )

    def _holder_of_body(self, span: Span) -> Name | None:
        """ "Roads and Housing Ana Lima" after "Minister of": the name that ends what was taken for the body."""
        office = _OFFICE_OF_BODY.search(self.text, max(0, span.start - 40), span.start)
        if office is None or fold(office.group(1)) not in self.known.roles:
            return None
        words = self._words(span)
        for i in range(1, len(words) - 1):
            rest = [word.of(self.text) for word in words[i:]]
            if self.known.is_given(rest[0]) and len(rest) <= 4 and not self._names_body(rest):
                title = Span(office.start(), words[i - 1].end).of(self.text)
                name = self._name(Span(words[i].start, span.end), "person", title=title)
                return replace(name, outer=Span(office.start(), span.end))
        return None

    def _is_defined_acronym(self, words: str) -> bool:
        """Whether the text gives it in brackets after what it stands for: "(AROC)", "(or AROC)"."""
        return is_acronym(words) and regex.search(rf"\((?:or )?{regex.escape(words)}\)", self.text) is not None

    def _is_office(self, words: str) -> bool:
        """ "High Commissioner for Human Rights": an office held by a person, not a body."""
        head = fold(regex.split(r" (?:of|for|on|to) ", words)[0].split()[-1])
        is_role = head in self.known.roles and head in self.known.title_words
        return is_role and fold(words) not in self.known.organisations

    def _leads_office(self, span: Span) -> bool:
        """ "Kuwaiti Assistant Foreign" before "Minister": part of an office that the model cut short."""
        following = _CAPITAL_NEXT.match(self.text, span.end)
        last = fold(span.of(self.text).split()[-1])
        if following is None or last not in self.known.title_words or last in self.known.organisation_heads:
            return False
        return fold(following.group().strip()) in self.known.roles

    def _with_family_name(self, span: Span) -> Span:
        """ "Lim Boon Keat", where the model left out the family name that stands first."""
        before = regex.search(rf"(?<=\p{{Ll}} )({CAPITAL})[ \u00a0]$", self.text[max(0, span.start - 20) : span.start])
        if before is None or fold(before.group(1)) not in self.known.family_first or self.in_headline(span):
            return span
        return Span(span.start - len(before.group(1)) - 1, span.end)

    def _with_surname(self, span: Span) -> Span:
        """A lone given name with the capitalised word after it, where the model stopped too early."""
        word = span.of(self.text)
        if " " in word or not self.known.is_given(word) or self.in_headline(span):
            return span
        following = regex.compile(rf"[ \u00a0]({CAPITAL})").match(self.text, span.end)
        if following is None:
            return span
        surname = regex.sub(r"['’][sS]?$|\.$", "", following.group(1))
        folded = fold(surname)
        if self.known.place(surname) or folded in self.known.organisation_heads or folded in self.known.title_words:
            return span
        return Span(span.start, following.start(1) + len(surname))

    def _known_part(self, span: Span) -> Span:
        """A name in a headline cut to what the running text knows ("Ana Lima Says" → "Ana Lima")."""
        words = self._words(span)
        if not self.in_headline(span) or len(words) < 2 or span.of(self.text) in self._body:
            return span
        given = self.known.is_given(words[0].of(self.text))
        for n in range(len(words) - 1, 0, -1):
            for i in range(1 if given else len(words) - n + 1):
                part = Span(words[i].start, words[i + n - 1].end)
                if regex.search(rf"\b{regex.escape(part.of(self.text))}\b", self._body):
                    return part
        return span


def find_names(article: Article, analysis: Analysis, sources: Sequence[Span] = ()) -> tuple[Name, ...]:
    """The names of an article in the order of the text, never overlapping. ``sources`` are trusted to hold names."""
    return NameFinder(article, analysis, sources).names()

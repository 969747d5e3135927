"""Names in the text: persons, organisations, countries and peoples, with the titles before them.

The model's mentions are taken where there are any; capital letters and the data files find the rest, so that the stage
also works without a model.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import regex

from quotes.analysis import Analysis
from quotes.attribution.lexicon import Gender, fold, lexicon, small_words
from quotes.attribution.names import is_initial, words_of
from quotes.model import Article, Span

NameKind = Literal["person", "organisation", "country", "people", "adjective", "place", "unknown"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text. ``span`` leaves the title out, ``outer`` takes it (and an adjective before it) in.

    ``people`` are demonyms in the plural ("Russians", "Republicans"); ``unknown`` are capitalised words that may be a
    surname. ``headline`` marks names in lines set in title case or capitals, where capitals tell little.
    """

    span: Span
    kind: NameKind
    text: str
    outer: Span
    title: str | None = None
    country: str | None = None
    gender: Gender | None = None
    headline: bool = False
    sure: bool = True


_LETTERS = r"[\p{L}\p{M}\p{N}]"
_CAPITAL = (
    r"(?:(?:\p{Lu}\.){1,4}(?:-\p{Lu}\.)?(?:\p{Lu}(?!\p{L}))?"
    rf"|(?:[Aa]l|[Ee]l|[Aa][nsd]|[Uu]l|[Dd])[-‑'’]\p{{Lu}}{_LETTERS}+"
    rf"|\p{{Lu}}{_LETTERS}*(?:(?:['’](?![sS]\b)|[-‑&/.](?=\p{{L}})){_LETTERS}+)*\.?"
    r")"
)
_WORD = regex.compile(_CAPITAL)
_PARTICLE = r"(?:de|del|della|di|da|dos|das|do|du|la|le|van|von|der|den|ter|ten|bin|bint|ibn|ben|al|el|ul|e|y|af|av)"
_SEQUENCE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}\-’'&@#/.]){_CAPITAL}"
    rf"(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,3}}{_CAPITAL}|,?[ \u00a0](?:Jr|Sr)\b\.?)*"
)
_OF = regex.compile(
    rf"[ \u00a0](?:of|for|on)[ \u00a0](?:the[ \u00a0]|a[ \u00a0])?"
    rf"({_CAPITAL}(?:(?:[ \u00a0]|,[ \u00a0]|[ \u00a0]and[ \u00a0]|[ \u00a0]of[ \u00a0](?:the[ \u00a0])?){_CAPITAL})*)"
)
_AND = regex.compile(rf"[ \u00a0]and[ \u00a0]({_CAPITAL}(?:[ \u00a0]{_CAPITAL})*)")
_AT = regex.compile(rf"[ \u00a0]of(?:[ \u00a0]{_CAPITAL}){{1,2}}[ \u00a0]at(?:[ \u00a0]{_CAPITAL}){{1,2}}")
_TITLE_OF = regex.compile(
    rf"[ \u00a0](?:of|for)[ \u00a0](?:the[ \u00a0])?({_CAPITAL}(?:(?:[ \u00a0]|[ \u00a0]and[ \u00a0]){_CAPITAL})*)"
)
_WORD_REST = regex.compile(r"[\p{L}\p{N}]*(?:[-‑/&][\p{L}\p{N}]+|['’](?![sS]\b)\p{L}{2,})*(?:,? (?:Jr|Sr)\b\.?)?")
_ACRONYM = regex.compile(r" \(([\p{Lu}]{3,8})\)")
_PLAIN_WORD = regex.compile(r"[\p{L}\p{M}’'-]+")
_POSSESSIVE = regex.compile(r"['’]s?$")
_LINE = regex.compile(r"[^\n]+")
_AGE_NEXT = regex.compile(r",? (?:\(\d\d\)|\d\d,)|,? \((?:[RDI]|Dem|Rep)[-.–]")
_PARTY = small_words("peoples")
_FUNCTION = small_words("never_names")
_LOWER_NOT_NAME = frozenset(("mr", "mrs", "ms"))


def title_case(line: str) -> bool:
    """Whether a line is set in title case or capitals, so that its capitals do not mark names."""
    words = [w for w in line.split() if w[:1].isalpha()]
    if not words:
        return False
    if line.rstrip()[-1:] in ".!?”\"’',;":
        return line.isupper() or (len(words) > 3 and not any(w.islower() and len(w) > 4 for w in words))
    small = sum(1 for w in words if w[0].islower() and len(w) > 3)
    return small <= len(words) * 0.12


class NameFinder:
    """Finds the names of one article. Use ``names(...)``."""

    def __init__(self, article: Article, analysis: Analysis, sources: Sequence[Span] = ()) -> None:
        self.text = article.text
        self.analysis = analysis
        self.known = lexicon()
        self.headlines = [Span(m.start(), m.end()) for m in _LINE.finditer(self.text) if title_case(m.group())]
        self._headline_starts = [span.start for span in self.headlines]
        self._body = self._outside_headlines()
        self._sources = sorted(sources, key=lambda span: span.start)
        self.sentence_starts = {span.start for span in analysis.sentences}
        self.lower = frozenset(regex.findall(r"(?<![\p{L}\-’'])\p{Ll}[\p{Ll}'’-]+", self.text))

    def _outside_headlines(self) -> str:
        pieces, at = [], 0
        for span in self.headlines:
            pieces.append(self.text[at : span.start])
            at = span.end
        return " ".join((*pieces, self.text[at:]))

    def in_headline(self, span: Span) -> bool:
        i = bisect_left(self._headline_starts, span.start + 1) - 1
        return i >= 0 and self.headlines[i].overlaps(span)

    def names(self) -> tuple[Name, ...]:
        """All names in the order of the text, never overlapping."""
        found: list[Name] = []
        for mention in self.analysis.mentions:
            if mention.kind != "title":
                found.extend(self._from_mention(mention.span, mention.kind))
        found.extend(self._defined())
        taken = sorted((name.span for name in found), key=lambda span: span.start)
        for match in _SEQUENCE.finditer(self.text):
            for piece in self._pieces(self._words(Span(match.start(), match.end()))):
                span = Span(piece[0].start, piece[-1].end)
                if not _covered(span, taken):
                    for part in self._parts_by_source(piece):
                        found.extend(self._from_capitals(part))
                else:
                    for gap in _gaps(span, taken):
                        found.extend(self._country_words(gap))
        found.sort(key=lambda name: (name.span.start, -name.span.end))
        kept: list[Name] = []
        for name in found:
            if kept and name.span.start < kept[-1].span.end:
                if len(name.span) > len(kept[-1].span) and name.kind != "unknown":
                    kept[-1] = name
                continue
            kept.append(name)
        return tuple(self._with_title(name) for name in kept)

    def _defined(self) -> Iterator[Name]:
        """The long forms of acronyms in brackets: "Alliance to Restore Our Coasts (AROC)"."""
        for match in _ACRONYM.finditer(self.text):
            letters = match.group(1).lower()
            words = list(_PLAIN_WORD.finditer(self.text, max(0, match.start() - 120), match.start()))
            for i in range(len(words) - 1, max(-1, len(words) - 2 * len(letters) - 2), -1):
                initials = "".join(w.group()[0].lower() for w in words[i:] if w.group()[0].isupper())
                if words[i].group()[0].isupper() and initials == letters:
                    yield self._name(Span(words[i].start(), words[-1].end()), "organisation")
                    break

    def _parts_by_source(self, words: list[Span]) -> list[list[Span]]:
        """In a headline, the words of a short source apart from the rest: capitals mark no names there, sources do."""
        if not self.in_headline(words[0]) or not _covered(Span(words[0].start, words[-1].end), self._sources):
            return [words]
        parts: list[list[Span]] = [[]]
        inside = False
        for word in words:
            covered = _covered(word, self._sources)
            if covered != inside and parts[-1]:
                parts.append([])
            inside = covered
            parts[-1].append(word)
        return parts

    # ---- the model's mentions ----

    def _from_mention(self, span: Span, kind: str) -> Iterator[Name]:
        span = self._trimmed(span)
        words = span.of(self.text)
        if not words or not any(c.isupper() for c in words):
            return
        last = self._words(span)[-1]
        if kind != "person" and fold(last.of(self.text)) in _PARTY:
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
            if fold(words) in self.known.organisations:
                yield self._name(span, "organisation")
                return
            span = self._known_part(self._with_surname(span))
            parts = self._words(span)
            lead = self._leading_place([part.of(self.text) for part in parts])
            if lead:
                yield from self._country_words(Span(span.start, parts[lead - 1].end))
                span = Span(parts[lead].start, span.end)
            person, title = self._cut_title(span)
            if len(person):
                yield self._name(person, "person", title=title)
        elif kind == "organisation":
            if fold(words) in self.known.roles or fold(words) in self.known.titles:
                return
            if (titled := self._titled_person(span)) is not None:
                yield titled
                return
            if place is not None:
                yield self._placed(span, words)
            elif self._is_office(words):
                yield from self._country_words(span)
            elif words.split()[-1].endswith("s") and fold(words) in _PARTY:
                yield self._name(span, "people")
            elif not self.in_headline(span) or words in self._body:
                yield self._name(self._extended(span), "organisation")
        elif place is not None:
            yield self._placed(span, words)
        elif fold(words) in _PARTY:
            yield self._name(span, "people")
        elif fold(words) in self.known.organisations:
            yield self._name(span, "organisation")
        elif kind == "place" and (lead := self._leading_place([w.of(self.text) for w in self._words(span)])):
            parts = self._words(span)
            yield from self._country_words(Span(span.start, parts[lead - 1].end))
            yield self._name(Span(parts[lead].start, span.end), "unknown", sure=False)
        elif kind == "place":
            yield self._name(span, "place")
        elif " " in words and self.known.is_given(words.split()[0]):
            yield self._name(span, "person")
        elif fold(words) in self.known.party_adjectives or " " in words or words.endswith(("an", "ese", "ish", "ist")):
            yield self._name(span, "adjective")
        elif fold(words) in self.known.organisation_heads:
            yield self._name(span, "organisation")
        else:
            yield self._name(span, "unknown", sure=False)

    def _titled_person(self, span: Span) -> Name | None:
        """ "King Mohammed VI", which a model may take for a body."""
        person, title = self._cut_title(span)
        words = person.of(self.text).split()
        if (
            title is None
            or not words
            or not self.known.is_given(words[0])
            or fold(words[-1]) in self.known.organisation_heads
        ):
            return None
        return self._name(person, "person", title=title)

    def _is_office(self, words: str) -> bool:
        """"High Commissioner for Human Rights": an office held by a person, not a body."""
        head = fold(regex.split(r" (?:of|for|on|to) ", words)[0].split()[-1])
        is_role = head in self.known.roles and head in self.known.title_words
        return is_role and fold(words) not in self.known.organisations

    def _with_surname(self, span: Span) -> Span:
        """A lone given name with the capitalised word after it, where the model stopped too early."""
        word = span.of(self.text)
        if " " in word or not self.known.is_given(word) or self.in_headline(span):
            return span
        following = regex.compile(rf"[ \u00a0]({_CAPITAL})").match(self.text, span.end)
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
        for n in range(len(words) - 1, 0, -1):
            for i in range(len(words) - n + 1):
                part = Span(words[i].start, words[i + n - 1].end)
                if regex.search(rf"\b{regex.escape(part.of(self.text))}\b", self._body):
                    return part
        return span

    def _trimmed(self, span: Span) -> Span:
        """Whole words, without a leading article, surrounding marks, or a possessive ending."""
        start, end = span.start, span.end
        if (rest := _WORD_REST.match(self.text, end)) is not None and end > start and self.text[end - 1].isalnum():
            end = rest.end()
        if (lead_part := regex.search(r"(?:[\p{L}\p{N}]+[-‑/&])+$", self.text[max(0, start - 20) : start])) is not None:
            start -= len(lead_part.group())
        words = self.text[start:end]
        lead = len(words) - len(words.lstrip(" \u00a0\n\"“‘'(,.-"))
        if (article := regex.match(r"(?:[Tt]he|[Aa]n?|THE)\s+", words[lead:])) is not None:
            lead += article.end()
        words = words[lead:].split("\n")[0].rstrip(" \u00a0\"”)’',;:-")
        if (possessive := regex.search(r"['’][sS]$", words)) is not None:
            words = words[: possessive.start()]
        start += lead
        return Span(start, max(start, min(end, start + len(words))))

    def _extended(self, span: Span) -> Span:
        """An organisation with its "of ..." part, where the model stopped before it."""
        last = span.of(self.text).split()[-1]
        if fold(last) == "university" and (more := _AT.match(self.text, span.end)):
            return Span(span.start, more.end())
        more = _OF.match(self.text, span.end) if fold(last) in self.known.organisation_heads else None
        if more is not None and fold(more.group(1).split()[0]) not in _FUNCTION:
            return Span(span.start, self._trimmed(Span(span.start, more.end())).end)
        more = _AND.match(self.text, span.end) if regex.search(r" (?:of|for|on) ", span.of(self.text)) else None
        if more is not None and not self._is_name_of_its_own(more.group(1)):
            return Span(span.start, more.end())
        return span

    def _is_name_of_its_own(self, words: str) -> bool:
        folded = fold(words)
        return (
            folded in self.known.organisations
            or folded in self.known.places
            or self.known.is_given(words.split()[0])
            or fold(words.split()[-1]) in self.known.organisation_heads
        )

    # ---- capital letters ----

    def _from_capitals(self, words: list[Span]) -> Iterator[Name]:
        headline = self.in_headline(words[0]) and (len(words) > 3 or not _covered(words[0], self._sources))
        while words and self._is_function(words[0], headline):
            words = words[1:]
        while words and fold(words[-1].of(self.text)) in _FUNCTION and len(words) > 1:
            words = words[:-1]
        yield from self._classify(words, headline)

    def _pieces(self, words: Sequence[Span]) -> Iterator[list[Span]]:
        """Cut a run of capitalised words at full stops that end a sentence and not an abbreviation."""
        piece: list[Span] = []
        for word in words:
            text = word.of(self.text)
            if text.endswith(".") and not self._is_abbreviation(text):
                piece.append(Span(word.start, word.end - 1))
                yield piece
                piece = []
            else:
                piece.append(word)
        if piece:
            yield piece

    def _is_abbreviation(self, text: str) -> bool:
        return (
            is_initial(text)
            or fold(text) in self.known.abbreviations
            or text in ("St.", "Ft.", "Mt.", "No.", "Corp.", "Co.")
        )

    def _words(self, span: Span) -> list[Span]:
        return [
            Span(m.start(), m.end())
            for m in regex.finditer(r"[^\s\u00a0]+", self.text, pos=span.start, endpos=span.end)
        ]

    def _is_function(self, word: Span, headline: bool) -> bool:
        text = word.of(self.text)
        folded = fold(text)
        if folded in _FUNCTION and not (len(text) > 1 and text.isupper() and folded in ("us", "who", "it")):
            return True
        if headline or text.isupper() or folded.endswith("."):
            return False
        at_start = word.start in self.sentence_starts or self._after_opening(word.start)
        lower = text.lower()
        return (
            at_start and lower in self.lower and folded not in self.known.title_words and not self.known.is_given(text)
        )

    def _after_opening(self, at: int) -> bool:
        before = self.text[max(0, at - 3) : at].rstrip(" \u00a0")
        return not before or before[-1] in "\n.!?:\"“‘'—–-"

    def _classify(self, words: list[Span], headline: bool) -> Iterator[Name]:
        if not words:
            return
        span = Span(words[0].start, words[-1].end)
        text = span.of(self.text).rstrip(",")
        known = self.known
        if known.place(text) is not None:
            yield self._placed(span, text)
            return
        if fold(text) in known.organisations or fold(text) in _PARTY:
            yield self._name(span, "people" if fold(text) in _PARTY else "organisation")
            return
        last = fold(words[-1].of(self.text))
        if last in known.party_adjectives:
            yield from self._country_words(Span(span.start, words[-1].start))
            yield self._name(words[-1], "adjective")
            return
        if fold(words[-1].of(self.text)) in _PARTY:
            yield from self._country_words(Span(span.start, words[-2].end))
            yield self._name(words[-1], "people")
            return
        person, title = (span, None) if last in known.organisation_heads and not headline else self._cut_title(span)
        if title is not None:
            yield from self._country_words(Span(span.start, person.start if len(person) else span.end))
            if len(person) and not headline:
                yield from self._person_or_organisation(person, title)
            elif len(person):
                yield from self._classify(self._words(person), headline)
            return
        if headline:
            yield from self._headline_parts(words)
        elif len(words) > 1 or not self._is_common_noun(text):
            yield from self._person_or_organisation(span, None)

    def _is_common_noun(self, word: str) -> bool:
        """ "Lawmaker urges ...": a noun for people that opens a sentence."""
        folded = fold(word)
        return folded in self.known.roles or self.known.is_plural_role(folded) or folded in self.known.documents

    def _person_or_organisation(self, span: Span, title: str | None) -> Iterator[Name]:
        known = self.known
        words = [w.of(self.text) for w in self._words(span)]
        last = fold(words[-1])
        if title is None and (last in known.organisation_heads or (len(words) == 1 and _is_acronym(words[0]))):
            yield self._name(self._extended(span), "organisation")
            return
        if title is None and len(words) > 1 and (first := self._leading_place(words)) > 0:
            spans = self._words(span)
            yield from self._country_words(Span(span.start, spans[first - 1].end))
            yield from self._person_or_organisation(Span(spans[first].start, span.end), None)
            return
        given = known.is_given(words[0]) or (is_initial(words[0]) and not _is_acronym(words[0]))
        if title is not None or (2 <= len(words) <= 5 and given):
            yield self._name(span, "person", title=title)
        elif 2 <= len(words) <= 4 and all(w[0].isupper() or fold(w) in known.particles for w in words):
            if any(_is_acronym(w) or fold(w) in known.organisation_heads for w in words):
                yield self._name(span, "organisation", sure=False)
            elif _AGE_NEXT.match(self.text, span.end):
                yield self._name(span, "person")
            else:
                yield self._name(span, "person", sure=False)
        elif len(words) == 1 and len(words[0]) > 1:
            yield self._name(span, "unknown", sure=False)
        elif len(words) > 4:
            yield self._name(span, "organisation", sure=False)

    def _leading_place(self, words: list[str]) -> int:
        """How many words at the start are a country's ("Russian Vladimir Putin"), 0 where none or all are."""
        if len(words) > 1 and fold(words[0]) in self.known.party_adjectives:
            return 1
        for n in (3, 2, 1):
            if n < len(words) and (place := self.known.place(" ".join(words[:n]))) is not None:
                if n == 1 and self.known.is_given(words[0]) and place.sense != "adjective":
                    continue
                return n
        return 0

    def _country_words(self, span: Span) -> Iterator[Name]:
        """The places and organisations inside a title ("White House Press Secretary", "Russian Foreign Minister")."""
        words = self._words(span)
        at = 0
        while at < len(words):
            for n in (4, 3, 2, 1):
                if at + n > len(words):
                    continue
                piece = self._trimmed(Span(words[at].start, words[at + n - 1].end))
                text = piece.of(self.text)
                if self.known.place(text) is not None:
                    yield self._placed(piece, text)
                elif fold(text) in self.known.organisations and len(text) > 1:
                    yield self._name(piece, "organisation")
                else:
                    continue
                at += n - 1
                break
            at += 1

    def _headline_parts(self, words: list[Span]) -> Iterator[Name]:
        """From a headline: known organisations and places, names that the running text has; else maybe surnames."""
        at = 0
        while at < len(words):
            for n in (3, 2, 1):
                if at + n > len(words):
                    continue
                piece = self._trimmed(Span(words[at].start, words[at + n - 1].end))
                text = piece.of(self.text)
                if n > 1 and self.known.is_given(words[at].of(self.text)) and text in self._body:
                    yield self._name(piece, "person", sure=False)
                elif self.known.place(text) is not None and (len(text) > 2 or text.isupper()):
                    yield self._placed(piece, text)
                elif fold(text) in self.known.organisations and len(text) > 2:
                    yield self._name(piece, "organisation", sure=False)
                elif n == 1 and len(text) > 1:
                    yield self._name(piece, "unknown", sure=False)
                else:
                    continue
                at += n - 1
                break
            at += 1

    # ---- shared ----

    def _cut_title(self, span: Span) -> tuple[Span, str | None]:
        """(the name, the title before it or None): "Russian Foreign Minister Sergey Lavrov"."""
        words = self._words(span)
        texts = [word.of(self.text).strip(",") for word in words]
        cut = 0
        for i, text in enumerate(texts):
            folded = fold(text)
            is_title = folded in self.known.title_words or folded.rstrip(".") in self.known.title_words
            if (is_title and not (i == 0 and len(texts) > 1 and self._is_name_not_title(texts))) or (
                folded in self.known.roles and i + 1 < len(texts)
            ):
                cut = i + 1
        if cut == 0:
            return span, None
        if cut >= len(words):
            return Span(span.end, span.end), span.of(self.text)
        name = Span(words[cut].start, span.end)
        return name, self.text[span.start : words[cut - 1].end]

    def _is_name_not_title(self, texts: list[str]) -> bool:
        """ "Major" and "Dean" before one more word may be given names; titles are likelier when a full name follows."""
        return (
            len(texts) == 2
            and fold(texts[0]) in ("don", "major", "king", "prince", "father", "duke", "count", "green", "rep")
            and self.known.is_given(texts[0])
        )

    def _placed(self, span: Span, text: str) -> Name:
        place = self.known.place(text)
        assert place is not None
        kinds: dict[str, NameKind] = {
            "name": "country",
            "capital": "country",
            "seat": "organisation",
            "people": "people",
            "adjective": "adjective",
            "region": "place",
        }
        kind = kinds[place.sense]
        if kind == "country" and fold(text) in self.known.adjectives and self._before_noun(span):
            kind = "adjective"
        return replace(self._name(span, kind), country=place.code)

    def _before_noun(self, span: Span) -> bool:
        """ "US officials", "UK Foreign Secretary": a country's name used as an adjective."""
        return (
            regex.match(r"[ \u00a0](?:\p{Lu}\p{L}+|\p{L}+(?:s|or|er|t|man|nt)\b)", self.text[span.end : span.end + 30])
            is not None
        )

    def _name(self, span: Span, kind: NameKind, *, title: str | None = None, sure: bool = True) -> Name:
        text = self._trimmed(span).of(self.text) or span.of(self.text)
        country = None
        if kind == "organisation":
            place = self.known.place(text)
            official = self.known.organisations.get(fold(text))
            if place is not None:
                country = place.code
            elif official is not None:
                country = self.known.organisation_country.get(official)
            else:
                country = self._country_inside(text)
        start = span.start + span.of(self.text).find(text)
        inner = Span(start, start + len(text))
        return Name(inner, kind, text, inner, title, country, None, self.in_headline(span), sure)

    def _country_inside(self, text: str) -> str | None:
        """ "Russian Foreign Ministry", "Ministry of Foreign Affairs of China", "Chinese Embassy"."""
        words = text.split()
        for n in (2, 1):
            for i in range(len(words) - n + 1):
                place = self.known.place(" ".join(words[i : i + n]))
                if place is not None and place.sense in ("adjective", "name"):
                    return place.code
        return None

    def _with_title(self, name: Name) -> Name:
        """Add the title, the gender and the outer span from the words before a person's name."""
        if name.kind not in ("person", "unknown"):
            return name
        start, title = name.span.start, name.title
        if title is None:
            start, title = self._title_before(name.span.start)
            if title is not None and name.kind == "unknown":
                name = replace(name, kind="person", sure=True)
        else:
            start = min(start, self.text.rfind(title, 0, name.span.start) if title in self.text else start)
        gender = self._gender(name.text, title)
        return replace(name, outer=Span(max(0, start), name.span.end), title=title, gender=gender)

    def _title_before(self, at: int) -> tuple[int, str | None]:
        """The run of title words that ends right before ``at``."""
        start = at
        steps = 0
        while steps < 8:
            before = regex.search(r"([\p{L}\p{M}.'’\-]+)[ \u00a0]$", self.text[max(0, start - 30) : start])
            if before is None:
                break
            word = before.group(1)
            folded = fold(word)
            is_title = word[0].isupper() and (
                folded in self.known.title_words or folded.rstrip(".") in self.known.title_words
            )
            role = folded in self.known.roles and not word[0].isupper()
            if not (is_title or role):
                break
            start -= len(before.group())
            steps += 1
            if role:
                break
        return (start, self.text[start:at].strip()) if start < at else (at, None)

    def _gender(self, name: str, title: str | None) -> Gender | None:
        for word in (title or "").split():
            gender = self.known.honorific_gender.get(fold(word)) or self.known.roles.get(fold(word))
            if gender is not None:
                return gender
        words = words_of(name)
        if len(words) > 1:
            for word in words[:-1]:
                if not is_initial(word) and self.known.is_given(word):
                    return self.known.gender_of_given(word)
            if self.known.is_given(words[-1]):
                # East Asian order, or a surname that is a given name elsewhere: no evidence.
                return None
        return None


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 6 and letters.isupper() and letters.isalpha()


def _covered(span: Span, taken: list[Span]) -> bool:
    i = bisect_left(taken, span.start, key=lambda t: t.end)
    while i < len(taken) and taken[i].start < span.end:
        if taken[i].overlaps(span):
            return True
        i += 1
    return False


def _gaps(span: Span, taken: Iterable[Span]) -> Iterator[Span]:
    at = span.start
    for other in taken:
        if other.end <= span.start or other.start >= span.end:
            continue
        if other.start > at:
            yield Span(at, other.start)
        at = max(at, other.end)
    if at < span.end:
        yield Span(at, span.end)


def find_names(article: Article, analysis: Analysis, sources: Sequence[Span] = ()) -> tuple[Name, ...]:
    """The names of an article in the order of the text, never overlapping. ``sources`` are trusted to hold names."""
    return NameFinder(article, analysis, sources).names()

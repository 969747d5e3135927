"""Names found by capital letters and the data files alone, and what both ways of finding share."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from quotes.analysis import Analysis
from quotes.attribution.lexicon import fold, lexicon, small_words
from quotes.attribution.name_titles import Titles
from quotes.attribution.names import is_initial
from quotes.attribution.participants import participants
from quotes.attribution.patterns import (
    AGE_NEXT,
    AND_NAME,
    AT_NAME,
    CAPITAL,
    LINE,
    NEVER_NAMES,
    OF_AT_NAME,
    OF_NAME,
    PEOPLES,
    WORD_REST,
    Name,
    NameKind,
    covered,
    is_acronym,
    title_case,
)
from quotes.model import Article, Span

# "US Farmers' Union", "All-China Women's Federation": whose body it is belongs to the name.
_OWNERS = regex.compile(
    rf"(?<![\p{{L}}.'’-])(?:{CAPITAL}[ \u00a0]){{0,3}}\p{{Lu}}[\p{{L}}-]*"
    r"(?:s['’]|(?:men|people|children)['’]s)[ \u00a0]$"
)
_COUNTRY_ASIDE = regex.compile(r"[*_]{0,3}\s?\((?:the )?(?P<of>\p{Lu}[^()]{3,60})\)")
# What follows a word like "Press" or "General" that is no title there.
_PAPERS = small_words("papers")
_ADDRESSES = small_words("addresses")


class CapitalNames(Titles):
    """Finds names in capitalised words of one article."""

    def __init__(self, article: Article, analysis: Analysis, sources: Sequence[Span] = ()) -> None:
        self.text = article.text
        self.analysis = analysis
        self.known = lexicon()
        listed = {line.start for line in participants(self.text)}
        self.headlines = [
            Span(m.start(), m.end())
            for m in LINE.finditer(self.text)
            if title_case(m.group()) and m.start() not in listed
        ]
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

    def _trimmed(self, span: Span) -> Span:
        """Whole words, without a leading article, surrounding marks, or a possessive ending."""
        start, end = span.start, span.end
        if (rest := WORD_REST.match(self.text, end)) is not None and end > start and self.text[end - 1].isalnum():
            end = rest.end()
        if (
            lead_part := regex.search(
                r"(?:[\p{L}\p{N}]+[-‑/&])+$|(?<![\p{L}\p{N}])[DLMO]['’]$", self.text[max(0, start - 20) : start]
            )
        ) is not None:
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
        if fold(last) == "university" and (more := OF_AT_NAME.match(self.text, span.end)):
            return Span(span.start, more.end())
        if regex.match(r"University of ", span.of(self.text)) and (more := AT_NAME.match(self.text, span.end)):
            return Span(span.start, more.end())
        is_court = regex.search(r"\bCourt\b", span.of(self.text)) is not None
        is_body = is_court or fold(last) in self.known.organisation_heads
        more = OF_NAME.match(self.text, span.end) if is_body else None
        if more is not None and fold(more.group(1).split()[0]) not in NEVER_NAMES:
            end = min(more.start(1) + self._sentence(more.group(1)), self._before_honorific(more))
            longer = Span(span.start, self._trimmed(Span(span.start, end)).end)
            return self._extended(longer) if is_court else longer  # "Court of Appeals for the Third Circuit"
        more = AND_NAME.match(self.text, span.end) if regex.search(r" (?:of|for|on) ", span.of(self.text)) else None
        if more is not None and not self._is_name_of_its_own(more.group(1)):
            return Span(span.start, more.end())
        return span

    def _sentence(self, words: str) -> int:
        """How long the part of a run of capitalised words is that ends with its sentence ("Debt Swaps. The Panel")."""
        for match in regex.finditer(r"(\S+\.)\s", words):
            if not self._is_abbreviation(match.group(1)):
                return match.end(1) - 1
        return len(words)

    def _before_honorific(self, more: regex.Match[str]) -> int:
        """Where an "of ..." part ends before the person who follows: "Ministry for Trade, H.E. Ana Lima"."""
        for comma in regex.finditer(r",[ \u00a0]([\p{L}.]+)", more.group()):
            if fold(comma.group(1)) in self.known.honorific_gender:
                return more.start() + comma.start()
        return more.end()

    def _is_name_of_its_own(self, words: str) -> bool:
        folded = fold(words)
        return (
            folded in self.known.organisations
            or folded in self.known.places
            or self.known.is_given(words.split()[0])
            or fold(words.split()[-1]) in self.known.organisation_heads
        )

    def _from_capitals(self, words: list[Span]) -> Iterator[Name]:
        if self._is_address(Span(words[0].start, words[-1].end).of(self.text)):
            return
        headline = self.in_headline(words[0]) and (len(words) > 3 or not covered(words[0], self._sources))
        while words and self._is_function(words[0], headline):
            words = words[1:]
        while words and fold(words[-1].of(self.text)) in NEVER_NAMES and len(words) > 1:
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

    def _is_function(self, word: Span, headline: bool) -> bool:
        text = word.of(self.text)
        folded = fold(text)
        if folded in NEVER_NAMES and not (len(text) > 1 and text.isupper() and folded in ("us", "who", "it")):
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
        if fold(text) in known.organisations or fold(text) in PEOPLES:
            yield self._name(span, "people" if fold(text) in PEOPLES else "organisation")
            return
        last = fold(words[-1].of(self.text))
        if last in known.party_adjectives:
            yield from self._country_words(Span(span.start, words[-1].start))
            yield self._name(words[-1], "adjective")
            return
        if fold(words[-1].of(self.text)) in PEOPLES:
            yield from self._country_words(Span(span.start, words[-2].end))
            yield self._name(words[-1], "people")
            return
        person, title = (span, None) if last in known.organisation_heads and not headline else self._cut_title(span)
        if title is not None:
            yield from self._country_words(Span(span.start, person.start if len(person) else span.end))
            if len(person) and not headline:
                yield from self._person_or_organisation(person, title)
            elif len(person) and self._stands_alone(person):
                yield self._name(person, "person", title=title)
            elif len(person):
                yield from self._classify(self._words(person), headline)
            elif headline and known.is_given(words[0].of(self.text)):
                yield from self._headline_parts(words)
            return
        if headline:
            yield from self._headline_parts(words)
        elif len(words) > 1 or not self._is_common_noun(text):
            yield from self._person_or_organisation(span, None)

    def _stands_alone(self, span: Span) -> bool:
        """Whether a full name after a title ends its line of capitals: "SPOKESPERSON FOR PRESIDENT ANA LIMA"."""
        words = span.of(self.text).split()
        ends = self.text[span.end : span.end + 1] in ("", "\n", ",", "(")
        return ends and len(words) in (2, 3) and self.known.is_given(words[0])

    def _is_common_noun(self, word: str) -> bool:
        """ "Lawmaker urges ...": a noun for people that opens a sentence."""
        folded = fold(word)
        return folded in self.known.roles or self.known.is_plural_role(folded) or folded in self.known.documents

    def _person_or_organisation(self, span: Span, title: str | None) -> Iterator[Name]:
        known = self.known
        words = [w.of(self.text) for w in self._words(span)]
        last = fold(words[-1])
        if title is not None and last in _PAPERS:
            return  # "Press Release"
        is_body = last in known.organisation_heads or (last == "group" and len(words) > 1 and words[-1][0].isupper())
        if title is None and (is_body or (len(words) == 1 and is_acronym(words[0]))):
            yield self._name(self._extended(span), "organisation")
            return
        if title is None and len(words) > 1 and (first := self._leading_place(words)) > 0:
            spans = self._words(span)
            yield from self._country_words(Span(span.start, spans[first - 1].end))
            yield from self._person_or_organisation(Span(spans[first].start, span.end), None)
            return
        if title is None and self._is_delegate(span):
            yield self._name(span, "person")
            return
        given = known.is_given(words[0]) or (is_initial(words[0]) and not is_acronym(words[0]))
        if title is not None or (2 <= len(words) <= 5 and given):
            yield self._name(span, "person", title=title)
        elif 2 <= len(words) <= 4 and all(w[0].isupper() or fold(w) in known.particles for w in words):
            if any(is_acronym(w) or fold(w) in known.organisation_heads for w in words):
                yield self._name(span, "organisation", sure=False)
            elif AGE_NEXT.match(self.text, span.end):
                yield self._name(span, "person")
            else:
                yield self._name(span, "person", sure=False)
        elif len(words) == 1 and len(words[0]) > 1:
            yield self._name(span, "unknown", sure=False)
        elif len(words) > 4:
            yield self._name(span, "organisation", sure=False)

    def _is_address(self, words: str) -> bool:
        """Whether words are a form of address alone: "His Highness", "Majesty"."""
        return len(words.split()) <= 2 and fold(words.split()[-1]) in _ADDRESSES

    def _is_delegate(self, span: Span) -> bool:
        """Whether a name of capitals stands before its country in brackets: "DAI YUMING (China)"."""
        words = span.of(self.text)
        aside = _COUNTRY_ASIDE.match(self.text, span.end) if words.isupper() and " " in words else None
        place = self.known.place(aside["of"]) if aside else None
        return place is not None and place.sense == "name"

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
        if kind == "organisation" and (owners := _OWNERS.search(self.text, max(0, start - 60), start)):
            start = owners.start()
            text = self.text[start : span.end][: owners.end() - start + len(text)]
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

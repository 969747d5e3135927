"""Names in the text: persons, organisations, countries and peoples, with the titles before them.

The model's mentions are taken where there are any; capital letters and the data files find the rest, so that the stage
also works without a model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from quotes.analysis import Analysis
from quotes.attribution.capitals import CapitalNames
from quotes.attribution.lexicon import fold, small_words
from quotes.attribution.patterns import ACRONYM, CAPITAL, PEOPLES, PLAIN_WORD, SEQUENCE, Name, covered, gaps, is_acronym
from quotes.model import Article, Span

_OPENINGS = small_words("opens_organisation_names")


class NameFinder(CapitalNames):
    """Finds the names of one article. Use ``names()``."""

    def names(self) -> tuple[Name, ...]:
        """All names in the order of the text, never overlapping."""
        found: list[Name] = []
        for mention in self.analysis.mentions:
            if mention.kind != "title":
                found.extend(self._from_mention(mention.span, mention.kind))
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
        for match in ACRONYM.finditer(self.text):
            letters = match.group(1).lower()
            words = list(PLAIN_WORD.finditer(self.text, max(0, match.start() - 120), match.start()))
            for i in range(len(words) - 1, max(-1, len(words) - 2 * len(letters) - 2), -1):
                initials = "".join(w.group()[0].lower() for w in words[i:] if w.group()[0].isupper())
                if words[i].group()[0].isupper() and initials == letters:
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
            span = self._known_part(self._with_surname(span))
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
            if fold(words) in self.known.roles or fold(words) in self.known.titles:
                return
            if (titled := self._titled_person(span)) is not None:
                yield titled
                return
            if place is not None:
                yield self._placed(span, words)
            elif self._is_office(words):
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
        if title is None or not words or fold(words[-1]) in self.known.organisation_heads:
            return None
        elsewhere = regex.search(
            rf"\p{{Lu}}[\p{{L}}'’.-]+ {regex.escape(words[-1])}\b(?<!{regex.escape(span.of(self.text))})", self.text
        )
        if not self.known.is_given(words[0]) and (self._leading_place(words) or not (len(words) == 2 or elsewhere)):
            return None
        return self._name(person, "person", title=title)

    def _is_defined_acronym(self, words: str) -> bool:
        """Whether the text gives it in brackets after what it stands for: "(AROC)", "(or AROC)"."""
        return is_acronym(words) and regex.search(rf"\((?:or )?{regex.escape(words)}\)", self.text) is not None

    def _is_office(self, words: str) -> bool:
        """ "High Commissioner for Human Rights": an office held by a person, not a body."""
        head = fold(regex.split(r" (?:of|for|on|to) ", words)[0].split()[-1])
        is_role = head in self.known.roles and head in self.known.title_words
        return is_role and fold(words) not in self.known.organisations

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
        for n in range(len(words) - 1, 0, -1):
            for i in range(len(words) - n + 1):
                part = Span(words[i].start, words[i + n - 1].end)
                if regex.search(rf"\b{regex.escape(part.of(self.text))}\b", self._body):
                    return part
        return span


def find_names(article: Article, analysis: Analysis, sources: Sequence[Span] = ()) -> tuple[Name, ...]:
    """The names of an article in the order of the text, never overlapping. ``sources`` are trusted to hold names."""
    return NameFinder(article, analysis, sources).names()

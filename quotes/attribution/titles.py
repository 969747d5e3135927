"""Where the title before a person's name ends: titles that are surnames too, stand inside names, or open with names."""

from __future__ import annotations

from functools import cache

import regex

from quotes.attribution.capitals import CapitalNames
from quotes.attribution.lexicon import data, fold, small_words
from quotes.attribution.names import is_initial
from quotes.model import Span

_TITLES_AS_SURNAMES = small_words("titles_as_surnames")
_TITLES_AS_NAMES = small_words("titles_as_names")
_NOT_YET = regex.compile(r"-(?:elect|designate|delegate|in-waiting)$")


@cache
def honorific_phrases() -> tuple[tuple[str, ...], ...]:
    """Address forms that are names too ("Tan Sri", "Daw"), folded and word by word; longer ones first."""
    phrases = (tuple(fold(phrase).split()) for phrase in data("titles.json")["honorific_phrases"])
    return tuple(sorted(phrases, key=len, reverse=True))


class TitledNames(CapitalNames):
    """The part of finding names that tells titles from names."""

    def _cut_title(self, span: Span) -> tuple[Span, str | None]:
        """As CapitalNames does, but "Rui Prince" and "Mr. King" are names, and "Presidents Ana Lima" has a title."""
        person, title = super()._cut_title(span)
        words = self._words(span)
        texts = [word.of(self.text).strip(",") for word in words]
        if not len(person) and len(words) > 1 and fold(texts[-1]) in _TITLES_AS_SURNAMES:
            before = texts[-2]
            if fold(before) in self.known.honorific_gender and fold(before) not in _TITLES_AS_SURNAMES:
                return words[-1], Span(span.start, words[-2].end).of(self.text)
            if self.known.is_given(before) or is_initial(before):
                first, title = super()._cut_title(Span(span.start, words[-2].end))
                return (Span(first.start, span.end), title) if len(first) else (person, title)
        if (name := self._name_with_title_inside(words, texts, person)) is not None:
            return name
        if len(person) and (cut := self._honorific_phrase(person)):
            return Span(cut, span.end), Span(span.start, cut).of(self.text).strip()
        cut = max((i + 1 for i, text in enumerate(texts[:-1]) if self._is_title_form(text)), default=0)
        if cut and words[cut].start > person.start and len(person):
            return Span(words[cut].start, span.end), Span(span.start, words[cut - 1].end).of(self.text)
        return person, title

    def _name_with_title_inside(
        self, words: list[Span], texts: list[str], person: Span
    ) -> tuple[Span, str | None] | None:
        """ "Abdi Sheikh Noor", "Luther King Costa": behind a name's first word it is a part of it."""
        cut = next((i for i, word in enumerate(words) if word.start >= person.start), len(words))
        if cut < 2 or fold(texts[cut - 1]) not in _TITLES_AS_NAMES or self._is_before_names(texts[cut - 2]):
            return None
        start = cut - 2
        while start and not self._is_before_names(texts[start - 1]):
            start -= 1
        end = words[-1].end
        return Span(words[start].start, end), (
            Span(words[0].start, words[start - 1].end).of(self.text) if start else None
        )

    def _is_before_names(self, word: str) -> bool:
        """Whether a word stands before names and is in none: a title, a country's adjective, "former"."""
        folded = fold(word).rstrip(".")
        known = self.known
        return (
            not word[0].isupper()
            or folded in known.title_words
            or fold(word) in known.title_words
            or folded in known.roles
            or folded in known.former
            or known.place(word) is not None
            or fold(word) in known.party_adjectives
            or fold(word) in known.organisation_heads
        )

    def _honorific_phrase(self, person: Span) -> int | None:
        """Where the name begins behind address forms that are names too: "Tan Sri Ana Lima", "Daw Ana Lima"."""
        words = self._words(person)
        texts = [fold(word.of(self.text)) for word in words]
        for phrase in honorific_phrases():
            if tuple(texts[: len(phrase)]) == phrase and len(texts) - len(phrase) >= 2:
                return words[len(phrase)].start
        return None

    def _is_title_form(self, word: str) -> bool:
        """A title in the plural ("Presidents") or with "-elect" after it."""
        folded = fold(word)
        single = self.known.singular(folded) if folded.endswith("s") else _NOT_YET.sub("", folded)
        return single != folded and single in self.known.roles

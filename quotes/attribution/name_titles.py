"""The titles of names: cut from a run of capitalised words, found before a name, and what they tell of the gender."""

from __future__ import annotations

from dataclasses import replace

import regex

from quotes.attribution.lexicon import Gender, Lexicon, fold, small_words
from quotes.attribution.names import is_initial, words_of
from quotes.attribution.patterns import Name
from quotes.model import Span

_PAPERS = small_words("papers")


class Titles:
    """The reading of titles in one ``text``; for classes that find names there."""

    text: str
    known: Lexicon

    def _words(self, span: Span) -> list[Span]:
        return [
            Span(m.start(), m.end())
            for m in regex.finditer(r"[^\s\u00a0]+", self.text, pos=span.start, endpos=span.end)
        ]

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

    def _with_title(self, name: Name) -> Name:
        """Add the title, the gender and the outer span from the words before a person's name."""
        if name.kind not in ("person", "unknown"):
            return name
        if name.kind == "unknown" and fold(name.text.split()[0]) in self.known.organisation_heads | _PAPERS:
            return name  # "General Assembly", "Press Statement"
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

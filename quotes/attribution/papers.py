"""Whose a document is where its own phrase does not say: by what the text says of it before or after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from quotes.attribution.context import Context, Heard
from quotes.attribution.lexicon import data, lexicon
from quotes.attribution.patterns import Name
from quotes.attribution.phrases import cut_np
from quotes.attribution.sources import Source, SourceReader
from quotes.model import Span

_BACK, _ON = 90, 110  # characters before and after a document's noun that can say whose it is
_WHEN = r"(?:on\s+)?(?:\p{Lu}\p{L}+day|last \p{L}+|this \p{L}+|today|yesterday|in \d{4}|earlier)"
_TAIL = regex.compile(
    rf"(?:\s+(?:\p{{L}}+ed|written|sent|put out)\b(?:\s+{_WHEN})?)?\s+(?:by|from)\b[^.;:\n“”\"]{{2,90}}?"
    r"(?=[.,;:\n“”\"]|\s(?:said|says|found|shows?|showed|that|which|who|was|were|is|are|has|have|had)\b|$)"
)
_MADE = regex.compile(
    r"\b(?:in|with|via|through|by|releas\p{L}+|issu\p{L}+|publish\p{L}+|wrote|written|sent|send|post\p{L}+|sign\p{L}+|fil\p{L}+|"
    r"present\p{L}+|produc\p{L}+|conduct\p{L}+|deliver\p{L}+|gave|hand\p{L}+ down)\s+"
    r"(?:an?|the|his|her|its|their|this|one)\s+(?:[\p{L}\d-]+\s+){0,4}$"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """An earlier or later mention of a document: whose it is, as names or as what somebody was heard to say."""

    heads: tuple[Name, ...] = ()
    heard: Heard | None = None


@cache
def same_papers() -> dict[str, frozenset[str]]:
    """The nouns that may mean the same document: "report", "study", "findings"."""
    groups = [frozenset(words) for words in data("organisations.json")["same_documents"]]
    return {
        noun: frozenset().union(*(group for group in groups if noun in group)) for group in groups for noun in group
    }


class Papers:
    """The documents of one text."""

    def __init__(self, text: str, reader: SourceReader, context: Context) -> None:
        self.text = text
        self.reader = reader
        self.context = context

    def author(self, source: Source, span: Span, *, opening: bool) -> Paper | None:
        """Whose document ``source`` means: the last one before it that the text gives an author; in a headline or
        lead (``opening``) the only one that follows. None where nothing says."""
        if source.noun in _NOBODY_SAYS:
            return None
        nouns = same_papers().get(source.noun, frozenset((source.noun,)))
        before = [paper for _, paper in self._mentions(nouns, max(0, span.start - _REACH), span.start)]
        if before and (source.definite or not source.plural):
            return before[-1] if source.definite else None
        if not opening or (source.plural and source.definite):
            return None
        after = [paper for _, paper in self._mentions(nouns, span.end, span.end + _REACH) if paper.heads]
        authors = {tuple(head.text for head in paper.heads) for paper in after}
        soon = bool(after) and after[0].heads[0].span.start - span.end <= _SOON
        return after[0] if len(authors) == 1 or (soon and not source.plural) else None

    def behind_it(self, at: int) -> Paper | None:
        """Whose document "it" is, where the sentence before says that somebody made one and "it" goes on from it."""
        here = self.context.sentence(at)
        start = self.context.sentence_start(max(0, self.context.sentence_start(at) - 2))
        found = list(self._mentions(lexicon().documents - _NOBODY_SAYS, start, at))
        return found[-1][1] if found and here - self.context.sentence(found[-1][0]) <= 2 else None

    def _mentions(self, nouns: frozenset[str], start: int, end: int) -> Iterator[tuple[int, Paper]]:
        words = "|".join(sorted((regex.escape(noun) for noun in nouns), key=len, reverse=True))
        for match in regex.finditer(rf"(?<![\p{{L}}-])(?:{words})(?![\p{{L}}-])", self.text, regex.I, start, end):
            if self.context.in_quotes(match.start()):
                continue
            tail = _TAIL.match(self.text, match.end(), min(len(self.text), end, match.end() + _ON))
            phrase = Span(cut_np(self.text, match.start(), _BACK), tail.end() if tail is not None else match.end())
            reading = self.reader.read(phrase)
            if reading.kind == "document" and reading.heads and all(head.sure for head in reading.heads):
                yield match.start(), Paper(reading.heads)
            elif _MADE.search(self.text, max(0, match.start() - 80), match.start()):
                sentence = self.context.sentence(match.start())
                said = [h for h in self.context.heard if self.context.sentence(h.at) == sentence]
                near = self.context.sentence(end) - sentence <= _NEAR
                if near and len({tuple(map(id, h.entities)) for h in said}) == 1:
                    yield match.start(), Paper(heard=said[-1])


def issuing_body(noun: str, context: Context) -> Heard | None:
    """Who hands down "the ruling": the last court or judge that spoke."""
    if noun not in _RULINGS:
        return None
    for heard in reversed(context.heard[-6:]):
        for entity in heard.entities:
            words = {word.lower() for word in entity.name.split()}
            if words & _COURTS or any(
                lexicon().singular(w) in _JUDGES for _, role in entity.roles for w in role.split()
            ):
                return heard
    return None


_REACH = 10_000  # characters before and after within which a document is looked for
_NEAR = 6  # sentences within which "the letter" is the one that somebody was said to have written
_SOON = 700  # characters after "a new poll" within which the first poll that is named is the one
_NOBODY_SAYS = frozenset(
    (
        "bill",
        "law",
        "legislation",
        "treaty",
        "agreement",
        "accord",
        "rule",
        "rules",
        "policy",
        "charter",
        "constitution",
    )
)
_RULINGS = frozenset(("ruling", "decision", "opinion", "order", "judgment", "judgement", "verdict", "injunction"))
_COURTS = frozenset(("court", "tribunal", "circuit"))
_JUDGES = frozenset(("judge", "justice", "magistrate"))

"""Which body a description means, and what all descriptions share: points, and what counts for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from quotes.attribution.context import Context
from quotes.attribution.entities import Entity
from quotes.attribution.lexicon import data, fold, lexicon, small_words
from quotes.attribution.roles import Role
from quotes.attribution.sources import Source

# Points that a binding earns; a description is resolved when its best entity has at least LEAST and leads by LEAD.
SAME_NOUN, COVERED_NOUN, SHARED_WORD, COUNTRY = 3.0, 2.0, 0.8, 1.0
LEAST, LEAD = 2.2, 0.35
PLAIN_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "for",
        "in",
        "at",
        "to",
        "and",
        "who",
        "former",
        "top",
        "senior",
        "new",
        "his",
        "her",
        "its",
        "their",
        "s",
        "us",
    ]
)


@dataclass(frozen=True, slots=True)
class Fit:
    """An entity that may be meant, with its points and a share in 0..1 of how sure that is."""

    entity: Entity
    points: float
    sure: float


class BodyDescriber:
    """Resolves descriptions of bodies in one document. ``roles`` are those bound to each person, by ``id(entity)``."""

    def __init__(self, context: Context, roles: dict[int, list[Role]]) -> None:
        self.context = context
        self.roles = roles
        self.known = lexicon()

    def organisation(self, source: Source, at: int) -> Fit | None:
        """The organisation or country meant by "the bank", "the ministry", "the country"."""
        if not source.definite or source.plural:
            return None
        best: list[tuple[float, Entity]] = []
        for entity in self.context.entities.others:
            if entity.official == "?" or entity.kind == "group" or entity.names[0].kind == "place":
                continue
            last = entity.last_before(at)
            if last is None:
                continue
            points = self._body_points(source, entity)
            if not points:
                continue
            if any(e is entity for heard in self.context.heard[-3:] for e in heard.entities):
                points += 0.5
            if source.country and entity.country:
                points += COUNTRY if source.country == entity.country else -2.0
            distance = self.context.sentence(at) - self.context.sentence(last.span.start)
            best.append((points - min(1.5, 0.25 * distance), entity))
        best.sort(key=lambda pair: -pair[0])
        if not best and source.noun in _ANY_BODY and not source.country:
            return self._only_body(source.noun, at)
        if not best or best[0][0] < 1.5 or (len(best) > 1 and best[0][0] - best[1][0] < 0.3):
            return None
        return Fit(best[0][1], best[0][0], 0.7)

    def _body_points(self, source: Source, entity: Entity) -> float:
        """How well the noun fits a body: its name has it, it is known or introduced as one, or its name is like one."""
        words = {fold(word) for word in entity.name.split()}
        if source.noun in words:
            points = 3.0
        elif source.noun in _COUNTRY_NOUNS:
            return 2.0 if entity.kind == "country" else 0.0
        elif entity.kind != "organisation":
            return 0.0
        elif source.noun in self._called(entity) or self._apposed(entity, source.noun):
            points = 2.5
        elif words & _nouns_cover().get(source.noun, frozenset()):
            points = 2.2
        else:
            return 0.0
        return points + SHARED_WORD * min(2, len((source.words - PLAIN_WORDS - {source.noun}) & words))

    def lead_body(self, source: Source, at: int) -> Fit | None:
        """The body that "a federal court" or "Popular website" in a headline or lead turns out to be: the only one of
        that kind, named only afterwards."""
        if source.plural or source.country:
            return None
        found = [
            entity
            for entity in self.context.entities.others
            if entity.kind == "organisation"
            and entity.official != "?"
            and not entity.count_before(at)
            and entity.names[0].kind == "organisation"
            and (source.noun in {fold(w) for w in entity.name.split()} | self._called(entity))
        ]
        telling = source.words - PLAIN_WORDS - {source.noun}
        best = max((len(telling & {fold(w) for w in entity.name.split()}) for entity in found), default=0)
        found = [e for e in found if len(telling & {fold(w) for w in e.name.split()}) == best]
        alone = len(found) == 1 or (bool(found) and found[0].first - at <= _SOON)
        return Fit(found[0], COVERED_NOUN, 0.5) if alone else None

    def _called(self, entity: Entity) -> frozenset[str]:
        """What a well-known body is called: "the company", "the watchdog"."""
        names = (entity.official, entity.name)
        return frozenset().union(*(self.known.known_as.get(fold(name), frozenset()) for name in names if name))

    def _only_body(self, noun: str, at: int) -> Fit | None:
        """ "The group" after one organisation only, of those whose names do not say that they are something else."""
        here = self.context.sentence(at)
        found = []
        for entity in self.context.entities.others:
            last = entity.last_before(at)
            if last is None or entity.kind != "organisation" or last.kind != "organisation" or entity.country:
                continue
            near = here - self.context.sentence(last.span.start) <= 2
            words = {fold(word) for word in entity.name.split()}
            other = (words & self.known.organisation_nouns) or fold(entity.name) in self.known.known_as
            if near and not other:
                found.append(entity)
        return Fit(found[0], 1.5, 0.5) if len(found) == 1 else None

    def _apposed(self, entity: Entity, noun: str) -> bool:
        """ "Wells Fargo, the bank that ...", "the website Zero Hedge"."""
        text = self.context.article.text
        pattern = regex.compile(rf"\b{regex.escape(noun)}\b", regex.I)
        for name in entity.names:
            after = text[name.span.end : name.span.end + 60]
            if regex.match(r"(?:,| –| —| -| is| was) (?:a|an|the|one)\b", after) and pattern.search(
                after.split(".")[0]
            ):
                return True
            if noun in _BEFORE_NAMES and pattern.search(
                text[max(0, name.span.start - len(noun) - 2) : name.span.start]
            ):
                return True
        return False


@cache
def _nouns_cover() -> dict[str, frozenset[str]]:
    return {noun: frozenset(words) for noun, words in data("organisations.json")["nouns_cover"].items()}


_SOON = 700  # characters after "a court" within which the first court that is named is the one
_ANY_BODY = small_words("nouns_for_any_body")
_BEFORE_NAMES = small_words("nouns_before_names")
_COUNTRY_NOUNS = frozenset(("country", "nation", "state", "kingdom", "republic", "government"))

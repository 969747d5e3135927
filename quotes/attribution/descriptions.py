"""Whom a description means: "the minister", "the California congressman", "the bank", "the two leaders"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from quotes.attribution.entities import Entity
from quotes.attribution.fits import (
    COUNTRY,
    COVERED_NOUN,
    LEAD,
    LEAST,
    PLAIN_WORDS,
    SAME_NOUN,
    SHARED_WORD,
    BodyDescriber,
    Fit,
)
from quotes.attribution.lexicon import small_words
from quotes.attribution.patterns import Name
from quotes.attribution.ranking import Candidate, probabilities
from quotes.attribution.roles import covers, families
from quotes.attribution.sources import Source

_TOO_WIDE = small_words("descriptions_too_wide")


class Describer(BodyDescriber):
    """Resolves descriptions in one document."""

    def person(self, source: Source, at: int) -> Fit | None:
        """The one person whom the description at ``at`` means, or None where no one or several fit."""
        fits = sorted(self._fits(source, at), key=lambda fit: -fit[0])
        if not fits or fits[0][0] < LEAST:
            return None
        points, entity = fits[0]
        lead = points - (fits[1][0] if len(fits) > 1 else 0.0)
        if lead < LEAD or (source.definite and self.unnamed_before(source, at, _last(entity, at))):
            return None
        return Fit(entity, points, min(0.95, 0.5 + 0.1 * (points - LEAST) + 0.15 * min(lead, 2.0)))

    def lead(self, source: Source, at: int) -> Fit | None:
        """Who an indefinite description in a headline or lead ("A Graz judge ruled ...") turns out to be: the only
        person of such an office in the document, named only afterwards."""
        if source.noun in _TOO_WIDE - {"judge"} or source.plural:
            return None
        covered = covers().get(source.noun, frozenset()) | {source.noun}
        bearers = [
            entity
            for entity in self.context.entities.persons
            if not entity.doubtful
            and any(covered & role.main_nouns and not role.former for role in self.roles.get(id(entity), ()))
            and (source.country is None or not self._serves_another(entity, source.country))
        ]
        if len(bearers) != 1 or bearers[0].count_before(at):
            return None
        return Fit(bearers[0], COVERED_NOUN, 0.55)

    def delayed(self, source: Source, at: int) -> Fit | None:
        """Who "Norland's foreign minister" in a lead is when the next paragraph begins with a new name and gives it no
        other office: "Ana Lima told reporters ..."."""
        if source.plural or source.noun in _TOO_WIDE or source.pronoun or not (source.country or source.affiliated):
            return None
        context = self.context
        for name in self._new_names_after(at):
            entity = context.entities.of_name[name.span]
            other = source.country is not None and self._serves_another(entity, source.country)
            return None if other or self._other_walk(source, entity) else Fit(entity, 1.5, 0.5)
        return None

    def _new_names_after(self, at: int) -> Iterator[Name]:
        """Full names without title that open a paragraph soon after, or are the source of a quotation there."""
        context = self.context
        text = context.article.text
        end = context.paragraph(at) + _LEAD_PARAGRAPHS
        sources = [f.quotation.source for f in context.findings if f.quotation.source is not None]
        for entity in context.entities.persons:
            name = entity.names[0] if not entity.names[0].headline else entity.next_after(at)
            if name is None or name.span.start < at or name.title is not None or " " not in name.text:
                continue
            if not context.paragraph(at) < context.paragraph(name.span.start) <= end:
                continue
            opens = text[: name.span.start].rstrip(' “"').endswith("\n")
            if opens or any(source.start == name.span.start for source in sources):
                yield name

    def variation(self, source: Source, at: int, barred: tuple[Entity, ...] = ()) -> Fit | None:
        """Another word for who is spoken of right here: "Lima held up the texts. ... the veteran said"."""
        if not source.definite or source.plural or source.pronoun or source.owner is not None:
            return None
        if _OFFICE.match(source.text) or _NARROWED.search(source.text.split(",")[0]):
            return None  # "The Secretary": one office; "the officer on duty": somebody new
        context = self.context
        here, paragraph = context.sentence(at), context.paragraph(at)
        found: dict[int, Entity] = {}
        heard = context.heard[-1] if context.heard else None
        if (
            heard is not None
            and here - context.sentence(heard.at) <= 2
            and paragraph - context.paragraph(heard.at) <= 1
        ):
            found |= {id(e): e for e in heard.entities if e.kind == "person"}
        for activity in reversed(context.activities[-12:]):
            back = here - context.sentence(activity.at)
            if back > 2 or context.paragraph(activity.at) != paragraph:
                break
            if activity.subject and not activity.quoted and back > 0:
                found.setdefault(id(activity.entity), activity.entity)
                break
        # An office like it was weighed before, and found another one.
        own = [
            e
            for e in found.values()
            if not any(source.noun in r.nouns for r in self.roles.get(id(e), ()) if not r.former)
        ]
        fitting = [e for e in own if self.may_be(source, e) and all(e is not b for b in barred)]
        return Fit(fitting[0], 1.2, 0.55) if len(fitting) == 1 else None

    def may_be(self, source: Source, entity: Entity) -> bool:
        """Whether nothing that the text says of a person goes against the description."""
        if source.noun in _TOO_WIDE and not source.words & _FORMER:
            return False
        if entity.doubtful or (source.gender and entity.gender and source.gender != entity.gender):
            return False
        roles = [role for role in self.roles.get(id(entity), ()) if not role.former]
        countries = {role.country for role in roles if role.country}
        if source.country and countries and source.country not in countries:
            return False
        if source.words & _FORMER:
            return True
        return not self._other_walk(source, entity)

    def _other_walk(self, source: Source, entity: Entity) -> bool:
        """Whether the text gives a person roles of other walks of life only ("the bishop", of a minister)."""
        family = families().get(source.noun)
        roles = [role for role in self.roles.get(id(entity), ()) if not role.former]
        own = {families()[noun] for role in roles for noun in role.nouns if noun in families()}
        return family is not None and bool(own) and family not in own

    def unnamed_before(self, source: Source, at: int, named_at: int) -> bool:
        """Whether "the diplomat" goes back to "a Canadian diplomat", not named since offset ``named_at``."""
        text = self.context.article.text
        start = max(0, at - _REACH, named_at)
        noun = regex.escape(source.noun)
        pattern = (
            r"(?<!, )\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Ss]econd|[Tt]hird)\s"
            r"(?:(?!(?:the|of|for|to|by|with|from|in|on|at|his|her|its|their|and|or)\s)[\p{L}\d-]+\s){0,4}?"
            rf"{noun}s?\b(?!,? \p{{Lu}})"
        )
        return any(
            not text[max(0, m.start() - 3) : m.start()].endswith((", ", "as ", "is ", "– ", "— "))
            and not self.context.in_quotes(m.start())
            for m in regex.finditer(pattern, text, regex.M, start, at)
        )

    def holders(self, source: Source, entities: tuple[Entity, ...]) -> bool:
        """Whether all of ``entities`` hold an office that the plural description names ("the senators")."""
        covered = covers().get(source.noun, frozenset()) | {source.noun}
        return all(any(covered & role.nouns for role in self.roles.get(id(entity), ())) for entity in entities)

    def by_place_in_text(self, source: Source, at: int, barred: tuple[Entity, ...] = ()) -> Fit | None:
        """A description that nothing in the text binds ("the Vermont senator"): the person the text is about here.

        Only for definite descriptions, and never somebody whom the text gives another kind of role.
        """
        if (
            not source.definite
            or source.affiliated
            or source.pronoun
            or source.owner is not None
            or source.noun in _TOO_WIDE
            or source.noun not in families()
        ):
            return None
        candidates = [
            c
            for gender in ((source.gender,) if source.gender else ("male", "female"))
            for c in self.context.candidates(at, gender, (), barred=barred)
            if c.entity is not None
            and not self._has_other_role(source, c.entity)
            and (source.country in (None, "USA") or self._serves(c.entity, source.country))
        ]
        unique = {id(c.entity): c for c in candidates}
        if not unique:
            return None
        shares = probabilities([Candidate(None, {"none": 0.0}), *unique.values()])
        best = max(range(1, len(shares)), key=lambda i: shares[i])
        entity = list(unique.values())[best - 1].entity
        heard = self.context.heard
        speaking = bool(heard) and any(e is entity for e in heard[-1].entities)
        if entity is None or shares[best] < (0.6 if speaking else 0.75) or len(entity.names) < 2:
            return None
        return Fit(entity, 1.0, 0.45 + 0.2 * shares[best])

    def _serves_another(self, entity: Entity, country: str) -> bool:
        served = {role.country for role in self.roles.get(id(entity), ()) if role.country}
        return bool(served) and country not in served

    def _serves(self, entity: Entity, country: str | None) -> bool:
        return any(role.country == country for role in self.roles.get(id(entity), ()))

    def _has_other_role(self, source: Source, entity: Entity) -> bool:
        roles = [role for role in self.roles.get(id(entity), ()) if not role.former]
        related = covers().get(source.noun, frozenset()) | {source.noun}
        return bool(roles) and not any(related & role.nouns for role in roles)

    def several(self, source: Source, at: int) -> tuple[Entity, ...]:
        """The persons meant by "the two ministers" or "the candidates": as many as the number says."""
        wanted = source.count or 2
        fits = [
            entity
            for points, entity in self._fits(source, at)
            if points >= COVERED_NOUN - 1.0 and entity.count_before(at)
        ]
        recent = sorted(fits, key=lambda entity: -_last(entity, at))[:wanted]
        if len(recent) < wanted or len(fits) > wanted + 1:
            return ()
        return tuple(sorted(recent, key=lambda entity: entity.first))

    def _fits(self, source: Source, at: int) -> list[tuple[float, Entity]]:
        out = []
        covered = covers().get(source.noun, frozenset())
        telling = source.words - PLAIN_WORDS - {source.noun}
        only_one = self._only_one_of_country(source)
        for entity in self.context.entities.persons:
            if entity.doubtful or (source.gender and entity.gender and source.gender != entity.gender):
                continue
            best = 0.0
            for role in self.roles.get(id(entity), ()):
                points = 0.0
                if source.noun in role.nouns:
                    points = SAME_NOUN
                elif covered & role.main_nouns and (not source.affiliated or telling & role.words):
                    points = COVERED_NOUN
                if not points:
                    continue
                shared = len(telling & role.words)
                if role.former != bool(source.words & {"former", "ex"}):
                    points -= 0.7
                if source.pronoun and source.noun in _SERVE_SEVERAL and not shared:
                    points -= 1.5  # the lawyer named before may be somebody else's
                owned = 0.3 if source.noun in _KIN else 1.0
                points += SHARED_WORD * min(2, shared) - (owned if source.pronoun and not shared else 0.0)
                if source.country and role.country:
                    points += COUNTRY if source.country == role.country else -2.0
                elif source.country:
                    points -= 0.5 if entity.count_before(at) else 1.5
                longer = f"{source.noun} general" in role.nouns and "general" not in source.words
                if longer or (_RANKS & role.words) - source.words:
                    points -= 1.5
                best = max(best, points)
            if not best and self._shares_words(telling, source, entity):
                best = 1.6
            if not best and entity is only_one:
                best = 1.4 + COUNTRY
            if best:
                out.append(
                    (best + self._recency(entity, at) + (0.2 if source.gender and entity.gender else 0.0), entity)
                )
        return out

    def _only_one_of_country(self, source: Source) -> Entity | None:
        """ "The Norwegian envoy": the only person whom the text gives an office of that country."""
        if source.country is None or source.noun not in _ENVOYS or not source.definite:
            return None
        serving = [e for e in self.context.entities.persons if self._serves(e, source.country)]
        return serving[0] if len(serving) == 1 else None

    def _shares_words(self, telling: frozenset[str], source: Source, entity: Entity) -> bool:
        words: set[str] = set()
        for role in self.roles.get(id(entity), ()):
            words |= role.words
        return len(telling & words) >= 2

    def _recency(self, entity: Entity, at: int) -> float:
        """A little for having been named lately, and for speaking now; a little off for not having been named yet."""
        last = _last(entity, at)
        if last < 0:
            return -0.6
        context = self.context
        paragraphs = context.paragraph(at) - context.paragraph(last)
        points = max(0.0, 0.6 - 0.1 * paragraphs)
        if context.heard and any(e is entity for e in context.heard[-1].entities):
            points += 0.6
        return points + min(0.4, 0.05 * entity.count_before(at))


_ENVOYS = small_words("envoys")
_KIN = small_words("kin")
_SERVE_SEVERAL = small_words("serve_several")
_RANKS = small_words("ranks")
_FORMER = frozenset(("former", "ex", "veteran", "late", "onetime"))
_OFFICE = regex.compile(r"[Tt]he (?:[\p{L}-]+ ){0,4}\p{Lu}[\p{L}-]+(?:,|$)")
_NARROWED = regex.compile(r"\s(?:on|at|in|from|of|for|with|near|behind|beside|under)\s")
_LEAD_PARAGRAPHS = 3  # after a lead, within which a delayed name follows
_REACH = 1500  # characters back to which "the diplomat" may mean "a diplomat"


def _last(entity: Entity, at: int) -> int:
    name = entity.last_before(at)
    return name.span.start if name is not None else -1

"""Whom "they", "both" and "it" mean: people who spoke together, and bodies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from quotes.attribution.answers import Answer, Answers
from quotes.attribution.chains import chained
from quotes.attribution.entities import Entity
from quotes.attribution.lexicon import fold, small_words
from quotes.attribution.sources import Source
from quotes.attribution.speaking import group_speaker, joint_speaker
from quotes.model import Span

_SUBJECT_NEXT = regex.compile(
    r"(?:^|[,;:]\s|\b(?:when|as|while|if|because|although|though|that|and|but|then|so|after|before)\s*)(?:the|most|many)?$",
    regex.I,
)
# Points for standing so many sentences back, and how many a body needs to be meant by "it", and to lead by.
_NEARNESS = {0: 1.2, 1: 1.0, 2: 0.6, 3: 0.4, 4: 0.2, 5: 0.1, 6: 0.0}
_IT_LEAST, _IT_LEAD = 1.3, 0.3
_PAIR_REACH = 3  # sentences back in which "the two" were named
_TIME_ZONES = small_words("time_zones")
_DUALS = small_words("duals")
_NAME = r"(?:the )?\p{Lu}[\p{L}.'’-]*(?: (?:of |al-)?\p{Lu}[\p{L}.'’-]*){0,4}"
_GROUP_OPENS = regex.compile(
    rf"[“\"]?(?:(?:But|And|Meanwhile,|Later,) )?"
    rf"(?P<who>(?:(?:[Tt]he |[Bb]oth )?(?:[\p{{L}}-]+ ){{0,3}}?\p{{Ll}}+s of )?"
    rf"{_NAME}(?:, {_NAME}){{0,6}},? and {_NAME})\s\p{{Ll}}"
)


class Neuters(Answers):
    """The part of attribution that answers plural and neuter pronouns."""

    def _plural(self, span: Span, source: Source) -> Answer:
        """They: the last speakers where they were several or a body of people."""
        if self.context.in_quotes(span.start):
            return Answer(None, (), "they: not said who", 1.0)
        if (people := self._people_before(span.start)) is not None:
            return Answer(self._speaker(people), (people,), f"they: {people.name}", 0.6)
        for heard in reversed(self.context.heard[-2:]):
            before = self.answers[heard.index]
            if self.findings[heard.index].origin == "turn":
                continue
            if before is None or before.speaker is None:
                if self._spoke_as_group(heard.index):
                    return Answer(None, (), "they: not said who", 1.0)
                continue
            if (
                before.speaker.kind != "person"
                and self.context.sentence(span.start) - self.context.sentence(heard.at) <= 3
            ):
                return chained(before, "they: previous speakers", 0.75)
            break
        dual = source.text in _DUALS or source.count == 2
        if dual and len(pair := self._pair_before(span.start)) == 2:
            return Answer(joint_speaker([self._speaker(e) for e in pair]), pair, "joint: both named", 0.65)
        if (group := self._subject_group(span.start)) is not None:
            return group
        return Answer(None, (), "they: not said who", 1.0)

    def _spoke_as_group(self, index: int) -> bool:
        """Whether an unnamed group ("companies") is the source of a finding."""
        source = self.findings[index].quotation.source
        reading = self.reader.read(source) if source is not None else None
        return reading is not None and reading.plural and reading.kind in ("group", "person")

    def _pair_before(self, at: int) -> tuple[Entity, ...]:
        """The two persons of this sentence, else of the last sentences: those who spoke, or the only ones named."""
        persons = [e for e in self.entities.persons if e.count_before(at) > 0]
        start = self.context.sentence_start(at)
        if any(self.known.is_plural_role(word) for word in self.text[start:at].lower().split()):
            return ()  # "The three governors came, but each ..."
        here = [e for e in persons if (n := e.last_before(at)) is not None and n.span.start >= start]
        if len(here) == 2:
            return tuple(here)
        spoke: dict[int, Entity] = {}
        for heard in reversed(self.context.heard[-6:]):
            if self.context.paragraph(at) - self.context.paragraph(heard.at) > 1:
                break
            spoke |= {id(e): e for e in heard.entities if e.kind == "person"}
        recent = [
            e
            for e in persons
            if (n := e.last_before(at)) is not None
            and self.context.sentence(at) - self.context.sentence(n.span.start) <= _PAIR_REACH
        ]
        found = list(spoke.values()) if len(spoke) == 2 else recent
        return tuple(sorted(found, key=lambda e: e.first)) if len(found) == 2 else ()

    def _subject_group(self, at: int) -> Answer | None:
        """ "The leaders of A, B and C put out a statement in which they ...": the group that opens the sentence."""
        for start in (
            self.context.sentence_start(at),
            self.context.sentence_start(self.context.sentence_start(at) - 1),
        ):
            match = _GROUP_OPENS.match(self.text, start, at)
            if match is None:
                continue
            source = self.reader.read(Span(match.start("who"), match.end("who")))
            if source.kind == "group" and source.named_group:
                return Answer(group_speaker(source.text, source.country), (), f"they: {source.text}", 0.6)
            if source.kind == "names" and len(source.heads) > 1:
                return self._named(source.heads, "they: named together", 0.65)
        return None

    def _people_before(self, at: int) -> Entity | None:
        """The one people ("the Americans") that is the subject of the sentence before, or of this one."""
        sentence = self.context.sentence(at)
        found: list[Entity] = []
        for entity in self.entities.others:
            name = entity.last_before(at)
            if entity.kind != "group" or entity.official == "?" or name is None:
                continue
            start = self.context.sentence_start(name.span.start)
            before = self.text[start : name.span.start].strip()
            near = sentence - self.context.sentence(name.span.start) <= 1
            if near and (not before or _SUBJECT_NEXT.search(before)) and not self._person_since(name.span.end, at):
                found.append(entity)
        return found[0] if len(found) == 1 else None

    def _person_since(self, start: int, end: int) -> bool:
        return any(heard.at > start and heard.at < end and len(heard.entities) > 1 for heard in self.context.heard[-4:])

    def _it(self, span: Span) -> Answer:
        """It: the organisation or country that spoke just before, or that the text is about here."""
        if self._defined(span):
            return Answer(None, (), "it: a word or a thing", 1.0)
        heard = self.context.heard[-1] if self.context.heard else None
        if heard is not None and self.context.sentence(span.start) - self.context.sentence(heard.at) <= 2:
            before = self.answers[heard.index]
            if before is not None and before.speaker is not None and before.speaker.kind in ("organisation", "country"):
                return chained(before, "it: previous speaker", 0.8)
        fits = sorted(self._bodies_for_it(span), key=lambda fit: -fit[0])
        if not fits or fits[0][0] < _IT_LEAST or (len(fits) > 1 and fits[0][0] - fits[1][0] < _IT_LEAD):
            return Answer(None, (), "it: not said what", 1.0)
        answer = fits[0][1]
        return replace(answer, how=f"it: {answer.speaker.name}" if answer.speaker else answer.how, sure=0.6)

    def _defined(self, span: Span) -> bool:
        """ "The rate is a common term: it refers to ...": what opens this very sentence is no body."""
        before = self.text[max(0, span.start - 200) : span.start].rstrip()
        if not before.endswith(":"):
            return False
        clause = regex.search(r"[^.!?“”\"\n:]+:$", before)
        start = span.start - len(self.text[max(0, span.start - 200) : span.start]) + (clause.start() if clause else 0)
        return clause is not None and not self.reader.names_in(Span(start, span.start))

    def _bodies_for_it(self, span: Span) -> Iterator[tuple[float, Answer]]:
        """Bodies with points for being near, the subject of their clause, and among the last speakers."""
        here = self.context.sentence(span.start)
        speaking: dict[int, float] = {}
        unnamed: list[tuple[float, Answer]] = []
        for points, heard in zip((1.2, 0.8, 0.8, 0.6, 0.6), reversed(self.context.heard[-5:]), strict=False):
            answer = self.answers[heard.index]
            if answer is None or answer.speaker is None or answer.speaker.kind not in ("organisation", "country"):
                continue
            near = _NEARNESS.get(here - self.context.sentence(heard.at), -0.5)
            for entity in answer.entities:
                speaking.setdefault(id(entity), points)
            if not answer.entities and not any(a.speaker == answer.speaker for _, a in unnamed):
                unnamed.append((points + near + 1.0, answer))
        yield from unnamed
        for entity in self.entities.others:
            name = entity.last_before(span.start)
            if name is None or self.context.in_quotes(name.span.start) or not self._may_be_it(entity):
                continue
            points = _NEARNESS.get(here - self.context.sentence(name.span.start), -0.5) + speaking.get(id(entity), 0.0)
            before = self.text[self.context.sentence_start(name.span.start) : name.outer.start].rstrip()
            if not before.strip() or _SUBJECT_NEXT.search(before):
                points += 1.0
            if self.text[name.span.end : name.span.end + 2] in ("'s", "’s"):
                points -= 0.5
            yield points, Answer(self._speaker(entity, name), (entity,), "it", 0.6)

    def _may_be_it(self, entity: Entity) -> bool:
        if entity.kind == "country":
            return True
        if fold(entity.name) in _TIME_ZONES:
            return False
        by_model = any(name.kind == "organisation" and name.sure for name in entity.names)
        return entity.kind == "organisation" and (by_model or self._is_body(entity))

    def _is_body(self, entity: Entity) -> bool:
        """An organisation by the data files or by its words, not just a capitalised name."""
        words = {fold(word) for word in entity.name.split()}
        return entity.official is not None or bool(words & self.known.organisation_heads)

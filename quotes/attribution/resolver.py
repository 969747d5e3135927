"""From findings to quotations: whose words they are, how that was found, and how sure it is."""

from __future__ import annotations

import itertools
from dataclasses import replace

import regex

from quotes.attribution.answers import NOBODY, THRESHOLD, Answer
from quotes.attribution.chains import chained
from quotes.attribution.entities import Entity
from quotes.attribution.fits import Fit
from quotes.attribution.genders import gender_of
from quotes.attribution.institutional import Institutional
from quotes.attribution.lexicon import fold, small_words
from quotes.attribution.patterns import ADDRESS, Name
from quotes.attribution.sources import Source
from quotes.attribution.speaking import group_speaker, joint_speaker
from quotes.model import Quotation, Span, Speaker

_PRONOUN = regex.compile(r"(?<![\p{L}'’\-])(?:[Hh]e|[Ss]he|[Hh]im|[Hh]is|[Hh]er)(?![\p{L}\-])")
_MALE = frozenset(("he", "him", "his", "himself"))
_ACCORDING = regex.compile(r"\b[Aa]ccording to (?=\p{Lu})(?!.*\b[Aa]ccording to )")
_CLOSES = regex.compile(r"[\p{L})], ?[“\"‘']?$")
_COORDINATED = regex.compile(r"\b(?:and|but|then)\s+(?:(?:also|later|then|even|still)\s+)?$")
_AGED = regex.compile(r"\b\d\d-year-old\b|\b(?:mother|father) of (?:one|two|three|four|five|six|\d)\b", regex.I)
_BY = regex.compile(r"\s+by\s+(?:the\s+)?(?=\p{Lu})")
_ACTIVE = regex.compile(r"(?:\p{L}+\s+)*\p{L}+ing\b", regex.I)
_TITLE_WORDS = regex.compile(r"(?:\p{Lu}[\p{L}.]+\s+){1,3}(?=\p{Lu})")
_PASSIVE = regex.compile(
    r"(?:(?:has|have|had|will|would|can|could|should|may|might|must|to)\s+)?(?:is|are|was|were|been|be|being|got)\s+"
    r"(?:\p{L}+\s+)?(?:asked|told|informed|warned|reminded|advised|urged|ordered|instructed|questioned|assured)\b",
    regex.I,
)


class Resolver(Institutional):
    """Attributes the findings of one article. Use ``quotations()`` once."""

    def quotations(self) -> tuple[Quotation, ...]:
        """The findings as quotations, same order and indices, with speaker, resolution and scaled confidence."""
        speaking = {
            name.span for f in self.findings if (s := f.quotation.source) for name in self.reader.names_in(s)[:1]
        }
        for entity in self.entities.persons:
            if entity.gender is None:
                entity.gender = gender_of(self.text, entity.names)
            if entity.doubtful and entity.names[0].span in speaking:
                entity.names[0] = replace(entity.names[0], sure=True)  # who speaks is a person
        sources = [f.quotation.source for f in self.findings if f.quotation.source is not None]
        taken = {s.start for s in sources}
        subjects = {name.span.start for s in sources for name in self.reader.names_in(s)[:1]}
        events: list[tuple[int, int, int]] = [(self._place(f), 1, i) for i, f in enumerate(self.findings)]
        persons = [
            n for n in self.names if n.span in self.entities.of_name and self.entities.of_name[n.span].kind == "person"
        ]
        events += [(name.span.start, 0, i) for i, name in enumerate(persons)]
        pronouns = [m for m in _PRONOUN.finditer(self.text) if m.start() not in taken]
        events += [(m.start(), 2, i) for i, m in enumerate(pronouns)]
        for at, kind, i in sorted(events):
            if kind == 0:
                self.context.note_name(
                    persons[i], self.entities.of_name[persons[i].span], persons[i].span.start in subjects
                )
            elif kind == 1:
                self._attribute(i)
            else:
                self._read_pronoun(at, pronouns[i].group())
        for i, answer in enumerate(self.answers):
            if answer is not None and answer.speaker is None and (told := self._told_by_lead(i)) is not None:
                self.answers[i] = told
        return tuple(self._finished(i) for i in range(len(self.findings)))

    def _told_by_lead(self, i: int) -> Answer | None:
        """Whom "Lawmaker" in a headline means: the one person who speaks in the lead, if nothing goes against it."""
        source = self.findings[i].quotation.source
        if source is None or self.context.paragraph(source.start) > 2 or source.start >= self._lead.start:
            return None
        reading = self.reader.read(source)
        if reading.kind != "person" or reading.plural or reading.pronoun or reading.owner is not None:
            return None
        lead: dict[int, Entity] = {}
        for j, finding in enumerate(self.findings):
            answer = self.answers[j]
            if self._lead.start <= self._place(finding) < self._lead.end and answer is not None and answer.speaker:
                lead |= {id(entity): entity for entity in answer.entities}
        fitting = [e for e in lead.values() if e.kind == "person" and self.describer.may_be(reading, e)]
        if len(lead) != 1 or len(fitting) != 1:
            return None
        return Answer(self._speaker(fitting[0]), (fitting[0],), "description: who speaks in the lead", 0.55)

    def _finished(self, i: int) -> Quotation:
        quotation = self.findings[i].quotation
        answer = self.answers[i] or NOBODY
        if answer.speaker is None or answer.sure < THRESHOLD:
            how = answer.how if answer.speaker is None else f"too unsure: {answer.how}"
            return replace(quotation, speaker=None, resolution=how)
        return replace(
            quotation, speaker=answer.speaker, resolution=answer.how, confidence=quotation.confidence * answer.sure
        )

    def _answer(self, i: int) -> Answer:
        finding = self.findings[i]
        if finding.origin == "continuation" and finding.follows is not None:
            return self._same_as(finding.follows, "continuation")
        if finding.origin == "turn":
            return self._known_speaker(self._turns.get(i), "turn: its label")
        if finding.origin == "issuer":
            return self._known_speaker(self._issuer, "issuer of the document")
        if finding.quotation.source is None:
            beside = self._beside_cue(finding.quotation)
            return beside if beside is not None else self._without_source(i)
        if self._is_addressed(finding.quotation, finding.quotation.source):
            return Answer(None, (), "who was asked or told, not who spoke", 1.0)
        return self._from_source(i, finding.quotation.source)

    def _beside_cue(self, quotation: Quotation) -> Answer | None:
        """A name that touches the cue where the source was not marked: "Lima: ...", "as put by the Germans"."""
        if quotation.cue is None:
            start = quotation.content[0].start
            before = _ACCORDING.search(self.text, max(0, start - 80), start)
            answer = self._name_at(before.end()) if before is not None else None
            named = answer is not None and _CLOSES.search(self.text[:start][-6:]) is not None
            return answer if named else None
        cue = quotation.cue.span
        if cue.of(self.text).lower().endswith("according to"):
            return self._name_at(cue.end + 1)
        agent = _BY.match(self.text, cue.end)
        if agent is not None and not _ACTIVE.match(cue.of(self.text)):
            return self._name_at(agent.end())
        if cue.of(self.text) == ":":
            start = self.text.rfind("\n", 0, cue.start) + 1
            names = self.reader.names_in(Span(start, cue.start)) if start < cue.start else []
            if len(names) == 1 and names[0].outer.start == start and names[0].span.end == cue.start:
                return self._named((names[0],))
        return None

    def _name_at(self, at: int) -> Answer | None:
        names = self.reader.names_in(Span(at, min(len(self.text), at + 1)))
        if not names:
            title = _TITLE_WORDS.match(self.text, at)
            names = self.reader.names_in(Span(title.end(), title.end() + 1)) if title else []
        if not names or names[0].kind == "adjective" or min(names[0].outer.start, names[0].span.start) < at:
            return None
        return self._named((names[0],))

    def _is_addressed(self, quotation: Quotation, source: Span) -> bool:
        """ "The envoy was asked why ...", "he was told that ...": the subject is who was spoken to."""
        if quotation.cue is None or quotation.cue.span.start < source.end:
            return False
        return _PASSIVE.match(quotation.cue.span.of(self.text)) is not None

    def _without_source(self, i: int) -> Answer:
        finding = self.findings[i]
        quotation = finding.quotation
        if quotation.inside is not None:
            return NOBODY
        if (subject := self._shared_subject(quotation)) is not None:
            return subject
        place = self._place(finding)
        heard = next((h for h in reversed(self.context.heard[-4:]) if (a := self.answers[h.index]) and a.speaker), None)
        before = self.answers[heard.index] if heard is not None else None
        if heard is None or before is None:
            return NOBODY
        sentences = self.context.sentence(place) - self.context.sentence(heard.at)
        participle = quotation.cue is not None and quotation.cue.span.of(self.text).split()[0].lower().endswith("ing")
        if participle and sentences == 0:
            return chained(before, "participle: same sentence", 0.85)
        goes_on = finding.origin == "marks" or (quotation.form == "direct" and self._fills_paragraph(quotation))
        last = self.findings[heard.index].quotation.content[-1].end
        paragraphs = self.context.paragraph(place) - self.context.paragraph(last)
        if goes_on and 0 <= paragraphs <= 1 and self._nobody_between(heard.at, place, before.entities):
            return chained(before, "continuing speaker", 0.8)
        return NOBODY

    def _shared_subject(self, quotation: Quotation) -> Answer | None:
        """ "Lima met the envoys and came away convinced that ...": the name that opens the sentence."""
        if quotation.cue is None:
            return None
        at = quotation.cue.span.start
        start = self.context.sentence_start(at)
        clause = self.text[start:at]
        if not _COORDINATED.search(clause) or any(mark in clause for mark in ';:“”"'):
            return None
        names = [n for n in self.reader.names_in(Span(start, at)) if n.kind != "adjective"]
        if not names or names[0].kind != "person" or names[0].outer.start > start + 4:
            return None
        if self.text[names[0].span.end : names[0].span.end + 1] not in (" ", ","):
            return None
        return self._named((names[0],), f"subject of the sentence: {names[0].text}", 0.7)

    def _fills_paragraph(self, quotation: Quotation) -> bool:
        """Whether the quotation is all of its paragraph: no words beside it that could name another speaker."""
        start, end = quotation.content[0].start, quotation.content[-1].end
        before = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        after = self.text[end : self.text.find("\n", end) if "\n" in self.text[end:] else len(self.text)]
        return not any(c.isalnum() for c in before + after)

    def _nobody_between(self, start: int, end: int, speakers: tuple[Entity, ...]) -> bool:
        """Whether no other person is named between two places, outside quotation marks."""
        return not any(
            start < a.at < end and not a.quoted and all(a.entity is not s for s in speakers)
            for a in self.context.activities[-12:]
        )

    def _from_source(self, i: int, span: Span) -> Answer:
        if (addressed := self._addressed_as(span)) is not None:
            return addressed
        source = self.reader.read(span)
        quotation = self.findings[i].quotation
        if source.kind == "pronoun":
            return self._pronoun(i, source, span)
        if source.kind == "names":
            return self._described_in_full(span) or self._named(source.heads)
        if source.kind == "person":
            return self._description(source, span, quotation)
        if source.kind == "institution":
            return self._institution(source, span)
        if source.kind == "organisation":
            return self._office(source, span, quotation) or self._organisation(source, span)
        if source.kind == "document":
            return self._document(i, source, span)
        if source.kind == "group" and (
            joint := self._joint_before(source, span.start) or self._introduced_together(source, span.start)
        ):
            return joint
        if source.kind == "group" and (source.named_group or self._in_a_turn(quotation, source)):
            return Answer(group_speaker(source.text, source.country), (), "group", 0.8)
        return Answer(None, (), "not named in the text", 1.0)

    def _described_in_full(self, span: Span) -> Answer | None:
        """ "The UN refugee agency": a description that the data files know as a whole, and no name."""
        words = regex.sub(r"^[Tt]he\s+", "", " ".join(span.of(self.text).split())).strip(" ,")
        known = self.known.organisations.get(fold(words))
        if known is None or not any(word.islower() for word in words.split()):
            return None
        country = self.known.organisation_country.get(known)
        return Answer(Speaker(known, known, "organisation", None, country), (), f"description: {known}", 0.9)

    def _in_a_turn(self, quotation: Quotation, source: Source) -> bool:
        """Inside a transcript's turn a group is known to those who talk ("those senators"), unless it is anybody."""
        outer = quotation.inside
        return outer is not None and self.findings[outer].origin == "turn" and source.noun not in _ANYBODY

    def _description(self, source: Source, span: Span, quotation: Quotation) -> Answer:
        if source.plural:
            entities = self.describer.several(source, span.start) if source.definite or source.count else ()
            entities = entities or self._two_before(source, span.start)
            if entities:
                speaker = joint_speaker([self._speaker(entity) for entity in entities])
                return Answer(speaker, entities, f"description: {source.text}", 0.65)
            return Answer(None, (), "not named in the text", 1.0)
        if (apposed := self._name_before(span.start)) is not None:
            return self._named((apposed,), f"description of {apposed.text}", 0.9)
        if not source.definite and not self._opens(span.start):
            return Answer(None, (), "description: nobody named", 1.0)
        if source.definite and source.gender and _AGED.search(source.text):
            return self._he_or_she(span.start, source.gender, quotation)
        fit = self._described_person(source, span, self._enclosing(quotation))
        if fit is None:
            return Answer(None, (), "description: nobody named", 1.0)
        return Answer(self._speaker(fit.entity), (fit.entity,), f"description: {source.text}", fit.sure)

    def _described_person(self, source: Source, span: Span, barred: tuple[Entity, ...]) -> Fit | None:
        describer, at = self.describer, span.start
        if not source.definite:
            # "A judge" in a lead is never somebody named before; "Judge" in a headline may be.
            bare = source.words.isdisjoint(("a", "an", "one", "another"))
            fit = describer.person(source, at) if bare else None
            return fit or describer.lead(source, at) or (describer.delayed(source, at) if self._opens(at) else None)
        if (fit := describer.person(source, at)) is not None:
            return fit
        if describer.unnamed_before(source, at, 0):
            return None
        return (
            describer.variation(source, at, barred)
            or describer.by_place_in_text(source, at, barred)
            or (describer.delayed(source, at) if self._opens(at) else None)
        )

    def _two_before(self, source: Source, at: int) -> tuple[Entity, ...]:
        """ "The two presidents": the only persons that the sentence before names, where they are as many."""
        if not source.count or not source.definite:
            return ()
        number = self.context.sentence(at) - 1
        persons = [e for e in self.entities.persons if not e.doubtful]
        named = [e for e in persons if any(self._in_sentence(n, number) for n in e.names)]
        here = [e for e in persons if any(self._in_sentence(n, number + 1) for n in e.names)]
        return tuple(named) if len(named) == source.count and not set(map(id, here)) - set(map(id, named)) else ()

    def _in_sentence(self, name: Name, number: int) -> bool:
        return self.context.sentence(name.span.start) == number

    def _joint_before(self, source: Source, at: int) -> Answer | None:
        """ "The senators" after two senators spoke together."""
        if not source.definite or source.named_group or source.owner is not None:
            return None
        for heard in reversed(self.context.heard[-4:]):
            if len(heard.entities) > 1 and self.context.sentence(at) - self.context.sentence(heard.at) <= 4:
                persons = [e for e in heard.entities if e.kind == "person"]
                before = self.answers[heard.index]
                if len(persons) == len(heard.entities) and before and self.describer.holders(source, heard.entities):
                    return chained(before, f"description: {source.text}", 0.75)
        return None

    def _introduced_together(self, source: Source, at: int) -> Answer | None:
        """ "The ministers" after "the ministers of the two countries, Ana Lima and Rui Costa"."""
        if not source.definite or source.named_group or source.owner is not None or not source.noun:
            return None
        start = max(0, at - _TOGETHER)
        for match in reversed(
            list(regex.finditer(rf"(?i)(?<!\p{{L}}){regex.escape(source.noun)}s(?!\p{{L}})", self.text[start:at]))
        ):
            after = start + match.end()
            stop = self.text.find("\n", after, at)
            names = [n for n in self.reader.names_in(Span(after, stop if stop > 0 else at)) if n.kind == "person"]
            for one, two in itertools.pairwise(names):
                between = self.text[one.span.end : two.outer.start]
                lead = self.text[after : one.outer.start]
                near = len(lead) <= 80 and "." not in lead
                if near and regex.fullmatch(r",? and ", between):
                    return self._named((one, two), f"description: {source.text}", 0.65)
                break
        return None

    def _addressed_as(self, span: Span) -> Answer | None:
        """ "His Highness", "H.E.": the last person before whose name that address stands."""
        words = " ".join(span.of(self.text).split()).strip(" ,")
        address = ADDRESS.fullmatch(words)
        if address is None:
            return None
        kind = _ADDRESSES.get(fold(words).replace(".", "").split()[-1])
        male = {"his": "male", "her": "female"}.get(fold(words).split()[0])
        best: tuple[int, Entity] | None = None
        for entity in self.entities.persons:
            if male and entity.gender and entity.gender != male:
                continue
            for name in entity.names:
                title = fold(self.text[max(0, name.span.start - 60) : name.span.start].rsplit("\n", 1)[-1])
                own = {_ADDRESSES.get(w.replace(".", "").strip(",")) for w in title.split()[-6:]}
                if kind in own and name.span.start < span.start:
                    last = entity.last_before(span.start)
                    if last is not None and (best is None or last.span.start > best[0]):
                        best = (last.span.start, entity)
        if best is None:
            return Answer(None, (), "address: nobody named", 1.0)
        return Answer(self._speaker(best[1]), (best[1],), f"address: {words}", 0.7)

    def _name_before(self, at: int) -> Name | None:
        """The person's name that a description stands in apposition to: "Lima, the Portuguese minister"."""
        if self.text[max(0, at - 2) : at] != ", " or at < 3:
            return None
        names = self.reader.names_in(Span(at - 3, at - 2))
        if not names or names[0].kind != "person" or names[0].span.end != at - 2:
            return None
        clause = self.text[self.context.sentence_start(at) : names[0].outer.start].strip().lower()
        first = clause.split()[0] if clause else ""
        fronted = first in _FRONTS or first.endswith(("ed", "ing"))  # "Represented by Lima, the President said"
        return None if fronted else names[0]  # "In an interview with Lima, the minister said"


_TOGETHER = 1500  # characters back to which "the ministers" may mean two who were named as such
_ADDRESSES = {
    short: long
    for long, shorts in {
        "highness": ("highness", "hh", "hrh"),
        "excellency": ("excellency", "he"),
        "majesty": ("majesty", "hm"),
        "eminence": ("eminence",),
        "holiness": ("holiness",),
        "beatitude": ("beatitude",),
    }.items()
    for short in shorts
}
_ANYBODY = small_words("anybody")
_FRONTS = small_words("fronts_adverbials")

"""From findings to quotations: whose words they are, how that was found, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from quotes.analysis import Analysis, Finding
from quotes.attribution.context import Context
from quotes.attribution.descriptions import Describer
from quotes.attribution.entities import Entities, Entity
from quotes.attribution.issuer import issuer
from quotes.attribution.labels import label_speakers
from quotes.attribution.lexicon import Gender, fold, lexicon, small_words
from quotes.attribution.mentions import Name, find_names
from quotes.attribution.ranking import Candidate, probabilities
from quotes.attribution.roles import Role, country_in, roles_of
from quotes.attribution.sources import Source, SourceReader
from quotes.attribution.speaking import group_speaker, joint_speaker, speaker_of
from quotes.model import Article, Quotation, Span, Speaker

#: Below this confidence the speaker is null.
THRESHOLD = 0.4
_PRONOUN = regex.compile(r"(?<![\p{L}'’\-])(?:[Hh]e|[Ss]he|[Hh]im|[Hh]is|[Hh]er)(?![\p{L}\-])")
_MALE = frozenset(("he", "him", "his", "himself"))


@dataclass(frozen=True, slots=True)
class Answer:
    """A speaker with the entities behind it, the explanation, and the confidence in 0..1 (null speakers: 1)."""

    speaker: Speaker | None
    entities: tuple[Entity, ...]
    how: str
    sure: float


NOBODY = Answer(None, (), "no speaker given", 1.0)


class Resolver:
    """Attributes the findings of one article. Use ``quotations()`` once."""

    def __init__(self, article: Article, analysis: Analysis, findings: Sequence[Finding]) -> None:
        self.article = article
        self.text = article.text
        self.findings = tuple(findings)
        self.names = find_names(
            article, analysis, [f.quotation.source for f in findings if f.quotation.source is not None]
        )
        self.entities = Entities(self.text, self.names)
        self.context = Context(article, analysis, self.entities, self.findings)
        self.names = tuple(self._as_used(name) for name in self.names)
        self.reader = SourceReader(self.text, self.names)
        self.roles = self._bind_roles()
        self.describer = Describer(self.context, self.roles)
        self.answers: list[Answer | None] = [None] * len(self.findings)
        self.known = lexicon()
        self._documents: list[tuple[str, Answer]] = []

    def _as_used(self, name: Name) -> Name:
        """A name with the kind of the entity that it turned out to belong to."""
        entity = self.entities.of_name.get(name.span)
        if entity is not None and entity.kind == "person" and name.kind != "person":
            return replace(name, kind="person")
        return name

    def _bind_roles(self) -> dict[int, list[Role]]:
        roles: dict[int, list[Role]] = {}
        for entity in self.entities.persons:
            bound = [role for name in entity.names for role in roles_of(self.text, name)]
            roles[id(entity)] = bound
            if entity.gender is None:
                entity.gender = next(
                    (g for role in bound if not role.former for n in role.nouns if (g := lexicon().roles.get(n))), None
                )
        return roles

    # ---- the walk through the text ----

    def quotations(self) -> tuple[Quotation, ...]:
        """The findings as quotations, same order and indices, with speaker, resolution and scaled confidence."""
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
        return tuple(self._finished(i) for i in range(len(self.findings)))

    def _place(self, finding: Finding) -> int:
        """Where a quotation's speaker is decided: at its source, else at its cue or its start."""
        quotation = finding.quotation
        if quotation.source is not None:
            return quotation.source.start
        if quotation.cue is not None:
            return quotation.cue.span.start
        return quotation.content[0].start

    def _finished(self, i: int) -> Quotation:
        quotation = self.findings[i].quotation
        answer = self.answers[i] or NOBODY
        if answer.speaker is None or answer.sure < THRESHOLD:
            how = answer.how if answer.speaker is None else f"too unsure: {answer.how}"
            return replace(quotation, speaker=None, resolution=how)
        return replace(
            quotation, speaker=answer.speaker, resolution=answer.how, confidence=quotation.confidence * answer.sure
        )

    def _attribute(self, i: int) -> Answer:
        done = self.answers[i]
        if done is not None:
            return done
        self.answers[i] = NOBODY  # a circle of findings that follow each other ends here
        answer = self._answer(i)
        self.answers[i] = answer
        self.context.note_heard(self._place(self.findings[i]), i, answer.entities if answer.sure >= THRESHOLD else ())
        return answer

    def _answer(self, i: int) -> Answer:
        finding = self.findings[i]
        if finding.origin == "continuation" and finding.follows is not None:
            return self._same_as(finding.follows, "continuation")
        if finding.origin == "turn":
            return self._known_speaker(self._turns.get(i), "turn: its label")
        if finding.origin == "issuer":
            return self._known_speaker(self._issuer, "issuer of the document")
        if finding.quotation.source is None:
            return self._without_source(i)
        return self._from_source(i, finding.quotation.source)

    @cached_property
    def _turns(self) -> dict[int, Speaker | None]:
        if not any(finding.origin == "turn" for finding in self.findings):
            return {}
        return label_speakers(self.article, self.findings)

    @cached_property
    def _issuer(self) -> Speaker | None:
        return issuer(self.article)

    @cached_property
    def _author(self) -> Entity | None:
        """Who writes "I": the author as read, or whom the note at the end introduces ("Ana Lima is a writer ...")."""
        author = fold(self.article.author or "")
        closing = list(regex.finditer(r"[^\n]+", self.text))[-3:]
        for entity in self.entities.persons:
            if author and fold(entity.name) in author:
                return entity
            for line in closing:
                name = next((n for n in entity.names if n.span.start == line.start()), None)
                if name is not None and regex.match(
                    r" (?:is|was) (?:an? |the |\p{Ll}+-in-)|, an? |(?: is)? \p{Ll}+(?:or|er|ist|ent|man|ow)\b",
                    line.group()[len(name.text) :],
                ):
                    return entity
        if author and len(author.split()) in (2, 3):
            return Entity("person", self.article.author or "")
        return None

    def _known_speaker(self, speaker: Speaker | None, how: str) -> Answer:
        """A speaker found by the document's form; its entity, where the text names it, is who is heard."""
        if speaker is None:
            return Answer(None, (), f"{how}: nobody named", 1.0)
        key = fold(speaker.name_in_document)
        entities = tuple(e for e in (*self.entities.persons, *self.entities.others) if fold(e.name) == key)[:1]
        return Answer(speaker, entities, how, 1.0)

    def _same_as(self, i: int, how: str) -> Answer:
        before = self._attribute(i)
        return replace(before, how=how if before.speaker else before.how, sure=before.sure * 0.97)

    # ---- quotations without a source ----

    def _without_source(self, i: int) -> Answer:
        finding = self.findings[i]
        quotation = finding.quotation
        if quotation.inside is not None:
            return NOBODY
        place = self._place(finding)
        heard = next((h for h in reversed(self.context.heard[-4:]) if (a := self.answers[h.index]) and a.speaker), None)
        before = self.answers[heard.index] if heard is not None else None
        if heard is None or before is None:
            return NOBODY
        sentences = self.context.sentence(place) - self.context.sentence(heard.at)
        participle = quotation.cue is not None and quotation.cue.span.of(self.text).split()[0].lower().endswith("ing")
        if participle and sentences == 0:
            return replace(before, how="participle: same sentence", sure=before.sure * 0.85)
        goes_on = finding.origin == "marks" or (quotation.form == "direct" and self._fills_paragraph(quotation))
        last = self.findings[heard.index].quotation.content[-1].end
        paragraphs = self.context.paragraph(place) - self.context.paragraph(last)
        if goes_on and 0 <= paragraphs <= 1 and self._nobody_between(heard.at, place, before.entities):
            return replace(before, how="continuing speaker", sure=before.sure * 0.8)
        return NOBODY

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

    # ---- quotations with a source ----

    def _from_source(self, i: int, span: Span) -> Answer:
        source = self.reader.read(span)
        quotation = self.findings[i].quotation
        if source.kind == "pronoun":
            return self._pronoun(i, source, span)
        if source.kind == "names":
            return self._named(source.heads)
        if source.kind == "person":
            return self._description(source, span, quotation)
        if source.kind == "institution":
            return self._institution(source, span)
        if source.kind == "organisation":
            return self._organisation(source, span)
        if source.kind == "document":
            return self._document(i, source, span)
        if source.kind == "group" and source.named_group:
            return Answer(group_speaker(source.text, source.country), (), "group", 0.8)
        return Answer(None, (), "not named in the text", 1.0)

    def _named(self, heads: tuple[Name, ...], how: str | None = None, sure: float = 1.0) -> Answer:
        entities: list[Entity] = []
        for head in heads:
            entity = self.entities.of_name.get(head.span)
            if entity is not None and all(entity is not e for e in entities):
                entities.append(entity)
        if not entities:
            return Answer(None, (), "not named in the text", 1.0)
        if len(entities) == 1 and (known := self._formal(entities[0])) is not None:
            return Answer(known, tuple(entities), f"short name: {known.name}", 0.9)
        speaker = joint_speaker([self._speaker(entity, head) for entity, head in zip(entities, heads, strict=False)])
        if how is None:
            short = len(entities) == 1 and fold(heads[0].text) != fold(entities[0].name)
            how = f"short name: {entities[0].name}" if short else "joint" if len(entities) > 1 else "name"
        doubtful = any(e.official == "?" for e in entities)
        return Answer(speaker, tuple(entities), how, sure * (0.75 if doubtful else 1.0))

    def _formal(self, entity: Entity) -> Speaker | None:
        """The one turn speaker or issuer whose fuller name holds this lone word ("Winston" for "Winston Peters")."""
        if " " in entity.name or entity.kind not in ("person", "group"):
            return None
        fuller = {
            speaker.name: speaker
            for speaker in (*self._turns.values(), self._issuer_if_statement)
            if speaker is not None
            and speaker.kind == "person"
            and " " in speaker.name
            and fold(entity.name) in fold(speaker.name_in_document).split()
        }
        return next(iter(fuller.values())) if len(fuller) == 1 else None

    @property
    def _issuer_if_statement(self) -> Speaker | None:
        return self._issuer if any(f.origin == "issuer" for f in self.findings) else None

    def _speaker(self, entity: Entity, head: Name | None = None) -> Speaker:
        before = head.span.start if head is not None else 0
        the = fold(self.text[max(0, before - 4) : before]) == "the "
        return speaker_of(entity, self.roles.get(id(entity), []), with_article=the)

    # ---- pronouns ----

    def _read_pronoun(self, at: int, word: str) -> None:
        """A he or she that is no source tells who the text is about here."""
        if self.context.in_quotes(at):
            return
        gender: Gender = "male" if word.lower() in _MALE else "female"
        candidates = self.context.candidates(at, gender, ())
        chosen = self._choose(at, gender, candidates, False)
        if chosen is not None and chosen[1] >= 0.5:
            self.context.note_pronoun(at, chosen[0], gender, word.lower() in ("he", "she"))

    def _choose(
        self, at: int, gender: Gender, candidates: list[Candidate], is_source: bool
    ) -> tuple[Entity, float] | None:
        """The likeliest candidate with its probability, or None for nobody."""
        shares = probabilities(candidates)
        best = max(range(len(candidates)), key=lambda i: shares[i])
        entity = candidates[best].entity
        return (entity, shares[best]) if entity is not None else None

    def _pronoun(self, i: int, source: Source, span: Span) -> Answer:
        quotation = self.findings[i].quotation
        kind = source.pronoun
        if kind in ("male", "female"):
            return self._he_or_she(span.start, "male" if kind == "male" else "female", quotation)
        if kind in ("first", "second", "first_plural"):
            return self._in_speech(i, kind)
        if kind == "relative":
            return self._relative(span)
        if kind == "plural":
            return self._plural(span, source)
        if kind == "neuter":
            return self._it(span)
        return Answer(None, (), "indefinite pronoun", 1.0)

    def _he_or_she(self, at: int, gender: Gender, quotation: Quotation) -> Answer:
        delegate = self._delegate(at)
        if delegate is not None:
            return delegate
        content = () if self.context.in_quotes(at) else quotation.content
        ahead = 150 if self.context.paragraph(at) <= 3 else 0
        candidates = self.context.candidates(at, gender, content, ahead, self._enclosing(quotation), source=True)
        chosen = self._choose(at, gender, candidates, True)
        if chosen is None:
            return Answer(None, (), "pronoun: nobody fits", 1.0)
        entity, share = chosen
        previous = bool(self.context.heard) and any(e is entity for e in self.context.heard[-1].entities)
        self.context.note_pronoun(at, entity, gender, True)
        how = "pronoun: previous speaker" if previous else f"pronoun: {entity.name}"
        return Answer(self._speaker(entity), (entity,), how, share)

    def _delegate(self, at: int) -> Answer | None:
        """In the coverage of a meeting a he or she after a country is its delegate, who speaks for it."""
        if self.article.kind != "meeting-summary" or not self.context.heard:
            return None
        heard = self.context.heard[-1]
        before = self.answers[heard.index]
        if before is None or before.speaker is None or before.speaker.kind not in ("country", "organisation"):
            return None
        if not 0 <= self.context.sentence(at) - self.context.sentence(heard.at) <= 1:
            return None
        named = [a for a in self.context.activities[-6:] if heard.at < a.at < at]
        return (
            None
            if named
            else replace(before, how="pronoun: the delegate of the previous speaker", sure=before.sure * 0.8)
        )

    def _enclosing(self, quotation: Quotation) -> tuple[Entity, ...]:
        """Who speaks the words that a nested quotation stands in."""
        return self._attribute(quotation.inside).entities if quotation.inside is not None else ()

    def _in_speech(self, i: int, kind: str) -> Answer:
        """I, we and you inside the words of another quotation."""
        outer = self.findings[i].quotation.inside
        if outer is None:
            if kind != "second" and self.article.kind == "statement":
                return self._known_speaker(self._issuer, "first person: issuer of the document")
            if kind == "first" and self._author is not None:
                return Answer(self._speaker(self._author), (self._author,), "first person: the author", 0.85)
            return Answer(None, (), "first person outside a quotation", 1.0)
        if kind == "first":
            return self._same_as(outer, "first person: who is speaking")
        if kind == "first_plural":
            return Answer(None, (), "we: not said who", 1.0)
        return self._addressee(outer)

    def _addressee(self, outer: int) -> Answer:
        """An interviewer's "you": who answers next, or answered before."""
        turns = [j for j, f in enumerate(self.findings) if f.origin == "turn" and f.quotation.inside is None]
        if outer not in turns:
            return Answer(None, (), "you: not said who", 1.0)
        own = self._attribute(outer)
        at = turns.index(outer)
        for j in (*turns[at + 1 : at + 2], *reversed(turns[:at])):
            other = self._attribute(j)
            if other.speaker is not None and other.speaker != own.speaker:
                return replace(other, how="you: who answers", sure=other.sure * 0.85)
        return Answer(None, (), "you: not said who", 1.0)

    def _relative(self, span: Span) -> Answer:
        """ "Hewitt, who had pressed him": the name right before."""
        before = Span(self.context.sentence_start(span.start), span.start)
        names = self.reader.names_in(before) if len(before) else []
        clause = self.text[before.start : before.end].rstrip(" ,")
        end = before.start + len(clause)
        close = [name for name in names if name.kind != "adjective"]
        chunk = self._chunk_before(end)
        personal = span.of(self.text).lower() != "who" or (
            bool(close) and close[-1].kind in ("person", "people", "unknown")
        )
        if close and personal and (close[-1].span.end == end or self._parenthesis_between(close[-1].span.end, end)):
            source = self.reader.read(chunk)
            if source.kind in ("person", "group", "institution"):
                return Answer(None, (), "relative: not named", 1.0)
            heads = source.heads if source.kind == "names" and source.heads else (close[-1],)
            return self._named(heads, f"relative: {close[-1].text}", 0.9)
        word = span.of(self.text).lower()
        if word == "which" and self.reader.names_in(chunk):
            source = self.reader.read(chunk)
            if source.kind == "organisation":
                return self._organisation(source, chunk)
        if word == "who":
            persons = [n for n in close if n.kind == "person"]
            if persons and regex.fullmatch(
                r"(?:\s?\([^)]*\))?,[^,.;“”\"]{3,90}", self.text[persons[-1].span.end : end]
            ):
                return self._named((persons[-1],), f"relative: {persons[-1].text}", 0.75)
        return Answer(None, (), "relative: not named", 1.0)

    def _parenthesis_between(self, start: int, end: int) -> bool:
        between = self.text[start:end].strip(" ,'’s")
        return not between or bool(regex.fullmatch(r"\([^()]{1,40}\)|\d\d|[RDI]-[\p{L}.]+", between))

    def _chunk_before(self, end: int) -> Span:
        """The noun phrase that ends at ``end``, so that joint names before "which" are seen together."""
        start = end
        for match in regex.finditer(r"[^,.;:“”\"()\n]+", self.text[max(0, end - 120) : end]):
            start = max(0, end - 120) + match.start()
        return Span(start, max(start, end))

    def _plural(self, span: Span, source: Source) -> Answer:
        """They: the last speakers where they were several or a body of people."""
        if self.context.in_quotes(span.start):
            return Answer(None, (), "they: not said who", 1.0)
        for heard in reversed(self.context.heard[-2:]):
            before = self.answers[heard.index]
            if before is None or before.speaker is None:
                continue
            if (
                before.speaker.kind != "person"
                and self.context.sentence(span.start) - self.context.sentence(heard.at) <= 3
            ):
                return replace(before, how="they: previous speakers", sure=before.sure * 0.75)
            break
        if source.text in ("each", "both", "the two", "the pair", "the duo") or source.count:
            persons = [e for e in self.entities.persons if e.count_before(span.start) > 0]
            start = self.context.sentence_start(span.start)
            here = [e for e in persons if (n := e.last_before(span.start)) is not None and n.span.start >= start]
            if len(here) == 2:
                return Answer(joint_speaker([self._speaker(e) for e in here]), tuple(here), "joint: both named", 0.7)
        return Answer(None, (), "they: not said who", 1.0)

    def _it(self, span: Span) -> Answer:
        """It: the organisation or country that spoke or was the subject just before."""
        if self.context.heard:
            heard = self.context.heard[-1]
            before = self.answers[heard.index]
            close = self.context.sentence(span.start) - self.context.sentence(heard.at) <= 2
            if (
                close
                and before is not None
                and before.speaker is not None
                and before.speaker.kind in ("organisation", "country")
            ):
                return replace(before, how="it: previous speaker", sure=before.sure * 0.8)
        sentence = self.context.sentence(span.start)
        bodies = [
            (name.span.start, entity)
            for entity in self.entities.others
            if (entity.kind == "country" or (entity.kind == "organisation" and self._is_body(entity)))
            and (name := entity.last_before(span.start)) is not None
            and sentence - self.context.sentence(name.span.start) <= 1
        ]
        opening = [(at, e) for at, e in bodies if at - self.context.sentence_start(at) <= 5]
        if len(opening) == 1:
            return Answer(self._speaker(opening[0][1]), (opening[0][1],), f"it: {opening[0][1].name}", 0.6)
        return Answer(None, (), "it: not said what", 1.0)

    def _is_body(self, entity: Entity) -> bool:
        """An organisation by the data files or by its words, not just a capitalised name."""
        words = {fold(word) for word in entity.name.split()}
        return entity.official is not None or bool(words & self.known.organisation_heads)

    # ---- descriptions, institutions, documents ----

    def _description(self, source: Source, span: Span, quotation: Quotation) -> Answer:
        if source.plural:
            entities = self.describer.several(source, span.start) if source.definite or source.count else ()
            if entities:
                speaker = joint_speaker([self._speaker(entity) for entity in entities])
                return Answer(speaker, entities, f"description: {source.text}", 0.65)
            return Answer(None, (), "not named in the text", 1.0)
        if (apposed := self._name_before(span.start)) is not None:
            return self._named((apposed,), f"description of {apposed.text}", 0.9)
        if not source.definite and not self._opens(span.start):
            return Answer(None, (), "description: nobody named", 1.0)
        fit = self.describer.person(source, span.start) or self.describer.by_place_in_text(
            source, span.start, self._enclosing(quotation)
        )
        if fit is None:
            return Answer(None, (), "description: nobody named", 1.0)
        return Answer(self._speaker(fit.entity), (fit.entity,), f"description: {source.text}", fit.sure)

    def _name_before(self, at: int) -> Name | None:
        """The person's name that a description stands in apposition to: "Lima, the Portuguese minister"."""
        if self.text[max(0, at - 2) : at] != ", " or at < 3:
            return None
        names = self.reader.names_in(Span(at - 3, at - 2))
        return names[0] if names and names[0].kind == "person" and names[0].span.end == at - 2 else None

    def _opens(self, at: int) -> bool:
        """Whether ``at`` stands in the headline or lead, where articles are dropped ("Lawmaker urges ...")."""
        return self.context.paragraph(at) <= 3

    def _institution(self, source: Source, span: Span) -> Answer:
        """An unnamed spokesman: the one named before, else the institution."""
        if source.definite and not source.plural:
            fit = self.describer.person(source, span.start)
            if fit is not None and fit.points >= 3.0:
                return Answer(self._speaker(fit.entity), (fit.entity,), f"description: {source.text}", fit.sure)
        for head in source.heads:
            entity = self.entities.of_name.get(head.span)
            if head.kind == "adjective" and head.country is not None:
                name = self.known.countries[head.country].name
                return Answer(Speaker(name, name, "country", None, head.country), (), "spokesperson: the country", 0.8)
            if entity is not None and entity.kind != "person":
                return Answer(self._speaker(entity, head), (entity,), "spokesperson: the institution", 0.85)
        return Answer(None, (), "spokesperson: not said whose", 1.0)

    def _organisation(self, source: Source, span: Span) -> Answer:
        if source.heads and source.noun in _BODIES_OF_SOMEBODY:
            text = self._body_name(source, span)
            country = next((h.country for h in source.heads if h.country), source.country)
            return Answer(Speaker(text, text, "organisation", None, country), (), "name", 0.85)
        if source.country and source.noun in (
            "legislature",
            "leadership",
            "opposition",
            "judiciary",
            "parliament",
            "government",
            "administration",
            "delegation",
            "mission",
            "embassy",
            "ministry",
            "presidency",
        ):
            return self._national_body(source, span)
        if source.heads or source.pronoun:
            return Answer(None, (), "not named in the text", 1.0)
        fit = self.describer.organisation(source, span.start)
        if fit is None:
            return Answer(None, (), "description: nothing named", 1.0)
        return Answer(self._speaker(fit.entity), (fit.entity,), f"description: {source.text}", fit.sure)

    def _body_name(self, source: Source, span: Span) -> str:
        """ "the Clinton campaign" → "Clinton campaign"."""
        words = " ".join(span.of(self.text).split())
        words = regex.sub(r"^(?:[Tt]he|[Aa]n?|[Ff]rom)\s+(?:the\s+)?", "", words).strip(" ,")
        return words.split(",")[0]

    def _national_body(self, source: Source, span: Span) -> Answer:
        """The government of a country speaks for the country; its ministry or embassy is a body of its own."""
        code = source.country
        assert code is not None
        text = self._body_name(source, span)
        if source.noun == "government":
            return Answer(Speaker(self.known.countries[code].name, text, "country", None, code), (), "government", 0.9)
        return Answer(Speaker(text, text, "organisation", None, code), (), "name", 0.85)

    def _document(self, i: int, source: Source, span: Span) -> Answer:
        if source.heads:
            answer = self._named(source.heads, "document: its author", 0.8)
            self._documents.append((source.noun, answer))
            return answer
        if source.pronoun in ("male", "female"):
            return self._he_or_she(
                span.start, "male" if source.pronoun == "male" else "female", self.findings[i].quotation
            )
        if (code := country_in(span.of(self.text))) is not None and source.country == code:
            name = self.known.countries[code].name
            return Answer(Speaker(name, name, "country", None, code), (), "document: its issuer", 0.5)
        if source.definite and not source.pronoun and self._documents:
            noun, before = self._documents[-1]
            if noun == source.noun or source.noun in _ANY_DOCUMENT:
                return replace(before, how="document: named before", sure=before.sure * 0.8)
        return Answer(None, (), "document: no author named", 1.0)


_ANY_DOCUMENT = frozenset(("report", "article", "statement", "document", "letter", "study"))
_BODIES_OF_SOMEBODY = small_words("bodies_of_somebody")

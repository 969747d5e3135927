"""What all ways of attribution share: the document as read, the answers given so far, and speakers of names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from quotes.analysis import Analysis, Finding
from quotes.attribution.context import Context
from quotes.attribution.delegates import delegates
from quotes.attribution.descriptions import Describer
from quotes.attribution.entities import Entities, Entity
from quotes.attribution.inside import checked
from quotes.attribution.issuer import issuer
from quotes.attribution.labels import label_speakers
from quotes.attribution.lexicon import fold, lexicon
from quotes.attribution.mentions import find_names
from quotes.attribution.offices import restore_case
from quotes.attribution.patterns import Name
from quotes.attribution.roles import Role, roles_of
from quotes.attribution.sources import Source, SourceReader
from quotes.attribution.speaking import joint_speaker, speaker_of
from quotes.detection.documents.labels import shape_of
from quotes.model import Article, Quotation, Span, Speaker

#: Below this confidence the speaker is null.
THRESHOLD = 0.4


@dataclass(frozen=True, slots=True)
class Answer:
    """A speaker with the entities behind it, the explanation, and the confidence in 0..1 (null speakers: 1)."""

    speaker: Speaker | None
    entities: tuple[Entity, ...]
    how: str
    sure: float


_SIGNED = regex.compile(r"\([Ss]igned\)[^\n]*")
_SIGNATURE = regex.compile(r"(?:\(?[Ss]igned\)?:?\s+)?(?P<name>(?:\p{Lu}[\p{L}\p{M}.’'-]*\s?){1,4})\.?")


def _unwrapped(article: Article) -> Article:
    """The article with spaces for the line ends inside its paragraphs, so that a name on two lines is one."""
    if not any("\n" in block.span.of(article.text) for block in article.blocks):
        return article
    pieces, at = [], 0
    for block in sorted(article.blocks, key=lambda block: block.span):
        pieces += [article.text[at : block.span.start], block.span.of(article.text).replace("\n", " ")]
        at = block.span.end
    return replace(article, text="".join([*pieces, article.text[at:]]))


NOBODY = Answer(None, (), "no speaker given", 1.0)


class Answers:
    """One document with its names, entities and roles, and the answers for its findings."""

    def __init__(self, article: Article, analysis: Analysis, findings: Sequence[Finding]) -> None:
        self.article = article
        article = _unwrapped(article)
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

    def _place(self, finding: Finding) -> int:
        """Where a quotation's speaker is decided: at its source, else at its cue or its start."""
        quotation = finding.quotation
        if quotation.source is not None:
            return quotation.source.start
        if quotation.cue is not None:
            return quotation.cue.span.start
        return quotation.content[0].start

    def _attribute(self, i: int) -> Answer:
        done = self.answers[i]
        if done is not None:
            return done
        self.answers[i] = NOBODY  # a circle of findings that follow each other ends here
        answer = checked(self, i, self._answer(i))
        self.answers[i] = answer
        self.context.note_heard(self._place(self.findings[i]), i, answer.entities if answer.sure >= THRESHOLD else ())
        return answer

    @cached_property
    def _turns(self) -> dict[int, Speaker | None]:
        if not any(finding.origin == "turn" for finding in self.findings):
            return {}
        return label_speakers(self.article, self.findings)

    @cached_property
    def _turn_speakers(self) -> dict[str, list[Speaker]]:
        """The different speakers of turns by the last word of their name, folded."""
        found: dict[str, list[Speaker]] = {}
        for speaker in dict.fromkeys(speaker for speaker in self._turns.values() if speaker is not None):
            if words := fold(speaker.name_in_document).split():
                found.setdefault(words[-1], []).append(speaker)
        return found

    @cached_property
    def _first_words(self) -> int:
        """Where the first turn begins: who is named in the heading only has not been spoken of."""
        return min((f.quotation.content[0].start for f in self.findings if f.origin in {"turn", "issuer"}), default=0)

    @cached_property
    def _delegates(self) -> dict[str, Entity]:
        return delegates(self.text, self.names, self.entities)

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
        return self._signatory(closing) if self.article.kind not in (None, "article") else None

    def _signatory(self, closing: Sequence[regex.Match[str]]) -> Entity | None:
        """Who signs a telegram, despatch or letter: a name alone on one of the last lines."""
        stated = _SIGNED.search(self.text)
        for line in [*([stated] if stated else []), *reversed(closing)]:
            signed = _SIGNATURE.fullmatch(line.group().strip())
            shape = shape_of(signed["name"]) if signed else None
            if signed and shape is not None and shape.kind == "person":
                name = restore_case(signed["name"], self.text)
                known = next((e for e in self.entities.persons if fold(name).split()[-1] in fold(e.name).split()), None)
                return known if known is not None else Entity("person", name)
        return None

    def _known_speaker(self, speaker: Speaker | None, how: str) -> Answer:
        """A speaker found by the document's form; its entity, where the text names it, is who is heard."""
        if speaker is None:
            return Answer(None, (), f"{how}: nobody named", 1.0)
        key = fold(speaker.name_in_document)
        everybody = (*self.entities.persons, *self.entities.others)
        entities = tuple(e for e in everybody if fold(e.name) == key)[:1]
        if not entities and speaker.kind == "person":
            # The heading's full name is put together from a label and a role: the text may know the surname only.
            entities = tuple(e for e in self.entities.persons if set(fold(e.name).split()) <= set(key.split()))
        return Answer(speaker, entities, how, 1.0)

    def _same_as(self, i: int, how: str) -> Answer:
        before = self._attribute(i)
        return replace(before, how=how if before.speaker else before.how, sure=before.sure * 0.97)

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
        speaker = speaker_of(entity, self.roles.get(id(entity), []), with_article=the)
        if not (speaker.name.isupper() and " " in speaker.name):
            return speaker
        name = restore_case(speaker.name, self.text)  # "ANA LIMA (Portugal) said", "the ARAB GROUP"
        return replace(speaker, name=name, name_in_document=name)

    def _enclosing(self, quotation: Quotation) -> tuple[Entity, ...]:
        """Who speaks the words that a nested quotation stands in."""
        return self._attribute(quotation.inside).entities if quotation.inside is not None else ()

    def _answer(self, i: int) -> Answer:
        raise NotImplementedError

    def _organisation(self, source: Source, span: Span) -> Answer:
        raise NotImplementedError

    def _from_source(self, i: int, span: Span) -> Answer:
        raise NotImplementedError

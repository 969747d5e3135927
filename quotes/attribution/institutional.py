"""Speakers that are no persons: spokespeople's institutions, bodies of all kinds, and the authors of documents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import regex

from quotes.attribution.answers import Answer
from quotes.attribution.bodies import Bodies
from quotes.attribution.chains import chained
from quotes.attribution.context import opens_clause
from quotes.attribution.lexicon import fold, small_words
from quotes.attribution.papers import Papers, issuing_body, same_papers
from quotes.attribution.pronouns import Pronouns
from quotes.attribution.roles import country_in
from quotes.attribution.sources import Source
from quotes.model import Quotation, Span, Speaker

_ON_PAGES = regex.compile(
    r"\b(?:on|to|at)\s+(?P<whose>(?:the\s+)?\p{Lu}[^,;]{1,60}?)['’]s?\s+(?:official\s+|own\s+)?"
    r"(?:website|web\s?site|site|page|account|blog|channel)\b"
)
_SHORTEST_LEAD = 90  # characters
_READS = regex.compile(r",?\s(?:went on to )?reads?\b")
_OFFICE_OF = regex.compile(r"(?P<owner>.+?)['’]s? (?:[\p{Ll}-]+ )?office")
_BODY_OF = regex.compile(r"(?P<owner>[Tt]he [\p{L} -]{2,40}?)['’]s? ")
_ORGANS = "|".join(sorted(small_words("bodies_in_lower_case")))
# "an Indian foreign ministry spokesman", "a spokesman for the Chinese delegation": bodies that no capitals name.
_LOWER_BODY = regex.compile(
    rf"(?P<body>\p{{Lu}}[\p{{L}}.'’-]+\s(?:[\p{{Ll}}-]+\s){{0,3}}?(?:{_ORGANS}))(?:['’]s)?(?=\s(?:spokes\p{{L}}+|press\b)|,?$)"
)


class Institutional(Pronouns):
    """The part of attribution that answers descriptions of bodies and documents."""

    def _opens(self, at: int) -> bool:
        """Whether ``at`` stands in the headline or lead, where articles are dropped ("Lawmaker urges ...")."""
        return self.context.paragraph(at) <= 3 or at < self._lead.end

    @cached_property
    def _lead(self) -> Span:
        """The first paragraph of running text, a short line under the headline left out."""
        body = [block.span for block in self.article.blocks if block.role == "body"]
        return next((span for span in body if len(span) >= _SHORTEST_LEAD), body[0] if body else Span(0, 0))

    def _institution(self, source: Source, span: Span) -> Answer:
        """An unnamed spokesman: the one named before, else the institution."""
        if source.definite and not source.plural:
            fit = self.describer.person(source, span.start)
            if fit is not None and fit.points >= 3.0:
                return Answer(self._speaker(fit.entity), (fit.entity,), f"description: {source.text}", fit.sure)
        if len(source.heads) > 1:
            return self._named(source.heads, "spokespersons: their institutions", 0.85)
        if (body := _LOWER_BODY.search(span.of(self.text))) is not None:
            text = " ".join(body["body"].split())
            return Answer(
                Speaker(text, text, "organisation", None, country_in(text)), (), "spokesperson: the body", 0.8
            )
        if not source.heads and (owner := self._owning_body(source, span)) is not None:
            return owner
        for head in source.heads:
            entity = self.entities.of_name.get(head.span)
            if head.kind == "adjective" and head.country is not None:
                name = self.known.countries[head.country].name
                return Answer(Speaker(name, name, "country", None, head.country), (), "spokesperson: the country", 0.8)
            if entity is not None and entity.kind != "person":
                return Answer(self._speaker(entity, head), (entity,), "spokesperson: the institution", 0.85)
        return Answer(None, (), "spokesperson: not said whose", 1.0)

    def _owning_body(self, source: Source, span: Span) -> Answer | None:
        """The body of "the force's spokesperson" and "its spokesman", which another sentence names."""
        words = span.of(self.text)
        answer: Answer | None
        if source.pronoun == "neuter":
            answer = self._it(Span(span.start, span.start + 3))
        elif (owned := _BODY_OF.match(words)) is not None:
            owner = Span(span.start, span.start + len(owned["owner"]))
            reading = self.reader.read(owner)
            answer = self._organisation(reading, owner) if reading.kind == "organisation" else None
        else:
            return None
        return chained(answer, "spokesperson: the institution", 0.8) if answer and answer.speaker else None

    def _office(self, source: Source, span: Span, quotation: Quotation) -> Answer | None:
        """ "Lima's office", "his office", "the minister's office": the person whose office it is."""
        if source.noun != "office" or source.plural:
            return None
        if source.pronoun in ("male", "female"):
            return self._he_or_she(span.start, "male" if source.pronoun == "male" else "female", quotation)
        owned = _OFFICE_OF.fullmatch(span.of(self.text).strip(" ,"))
        if owned is None:
            return None
        owner = Span(span.start, span.start + len(owned["owner"]))
        reading = self.reader.read(owner)
        if reading.kind == "names" and len(reading.heads) == 1 and reading.heads[0].kind == "person":
            return self._named(reading.heads, f"office of {reading.heads[0].text}", 0.7)
        return self._description(reading, owner, quotation) if reading.kind == "person" else None

    def _description(self, source: Source, span: Span, quotation: Quotation) -> Answer:
        raise NotImplementedError

    def _organisation(self, source: Source, span: Span) -> Answer:
        if (known := self.known.organisations.get(fold(self._body_name(source, span)))) is not None:
            country = self.known.organisation_country.get(known)
            return Answer(Speaker(known, known, "organisation", None, country), (), f"description: {known}", 0.9)
        if source.noun == "government" and source.country and not source.owner:
            return self._national_body(source, span)
        if source.heads and source.noun in _BODIES_OF_SOMEBODY:
            text = self._bodies.canonical(self._body_name(source, span))
            country = next((h.country for h in source.heads if h.country), source.country)
            return Answer(Speaker(text, text, "organisation", None, country), (), "name", 0.85)
        if source.country and source.noun in _NATIONAL_BODIES:
            return self._national_body(source, span)
        if source.owner is not None and source.noun in _ORGAN_NOUNS and source.owner.kind != "person":
            text = self._body_name(source, span)  # "North Korea's state news agency"
            return Answer(Speaker(text, text, "organisation", None, source.country), (), "name", 0.8)
        if source.heads or source.pronoun:
            return Answer(None, (), "not named in the text", 1.0)
        if source.definite and not source.plural and (body := self._bodies.before(source.noun, span.start)) is not None:
            return Answer(Speaker(body, body, "organisation"), (), f"description: {source.text}", 0.7)
        fit = self.describer.organisation(source, span.start)
        if fit is None and self._opens(span.start):
            fit = self.describer.lead_body(source, span.start)
        if fit is None:
            return Answer(None, (), "description: nothing named", 1.0)
        return Answer(self._speaker(fit.entity), (fit.entity,), f"description: {source.text}", fit.sure)

    @cached_property
    def _bodies(self) -> Bodies:
        return Bodies(self.text, self.names, self.context)

    def _body_name(self, source: Source, span: Span) -> str:
        """ "the Clinton campaign" → "Clinton campaign"."""
        words = " ".join(span.of(self.text).split())
        words = regex.sub(r"^(?:[Tt]he|[Aa]n?|[Ff]rom)\s+(?:the\s+)?", "", words).strip(" ,")
        return regex.split(r",|\s(?:in|at|on|yesterday|today|earlier|later)\b", words)[0]

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
        if (owner := _ON_PAGES.search(span.of(self.text))) is not None:
            start, end = span.start + owner.start("whose"), span.start + owner.end("whose")
            whose = self.reader.read(Span(start, end))
            if whose.kind == "organisation":
                return self._organisation(whose, Span(start, end))
            if whose.kind == "names":
                return self._named(whose.heads, "document: whose page it is on", 0.8)
        if source.pronoun in ("male", "female"):
            return self._he_or_she(
                span.start, "male" if source.pronoun == "male" else "female", self.findings[i].quotation
            )
        if (code := country_in(span.of(self.text))) is not None and source.country == code:
            name = self.known.countries[code].name
            return Answer(Speaker(name, name, "country", None, code), (), "document: its issuer", 0.5)
        if source.pronoun is None:
            return self._document_elsewhere(source, span)
        return Answer(None, (), "document: no author named", 1.0)

    def _document_elsewhere(self, source: Source, span: Span) -> Answer:
        """A document whose author another sentence names."""
        if source.definite and self._documents:
            noun, before = self._documents[-1]
            if noun == source.noun or source.noun in _ANY_DOCUMENT or noun in same_papers().get(source.noun, ()):
                return chained(before, "document: named before", 0.8)
        paper = self._papers.author(source, span, opening=self._opens(span.start))
        if paper is not None and paper.heads:
            return self._named(paper.heads, "document: its author, named elsewhere", 0.65)
        heard = paper.heard if paper is not None else None
        if heard is None and source.definite:
            heard = issuing_body(source.noun, self.context)
        made = self.answers[heard.index] if heard is not None else None
        if made is not None and made.speaker is not None:
            return chained(made, "document: who made it", 0.7)
        return Answer(None, (), "document: no author named", 1.0)

    def _it(self, span: Span) -> Answer:
        """As for all bodies, but "it reads" and an "it" that no body fits is the document made right before."""
        answer = super()._it(span)
        reads = _READS.match(self.text, span.end) is not None
        if answer.speaker is not None and not reads:
            return answer
        paper = self._papers.behind_it(span.start)
        if paper is None:
            return answer
        if paper.heads:
            return self._named(paper.heads, "it: the document's author", 0.65)
        made = self.answers[paper.heard.index] if paper.heard is not None else None
        return chained(made, "it: the document's author", 0.7) if made is not None and made.speaker else answer

    def _bodies_for_it(self, span: Span) -> Iterator[tuple[float, Answer]]:
        """Also "the Lima campaign", which no capitals name as a whole."""
        yield from super()._bodies_for_it(span)
        body = self._bodies.last_before(span.start)
        if body is None:
            return
        sentences = self.context.sentence(span.start) - self.context.sentence(body.at)
        opens = opens_clause(self.text[self.context.sentence_start(body.at) : body.at])
        if sentences <= 2:
            name = self._bodies.canonical(body.name)
            speaker = Speaker(name, name, "organisation")
            yield 1.2 - 0.3 * sentences + (1.0 if opens else 0.0), Answer(speaker, (), "it", 0.6)

    @cached_property
    def _papers(self) -> Papers:
        return Papers(self.text, self.reader, self.context)


_ANY_DOCUMENT = frozenset(("report", "article", "statement", "document", "letter", "study"))
_BODIES_OF_SOMEBODY = small_words("bodies_of_somebody")
_ORGAN_NOUNS = frozenset(word.split()[-1] for word in small_words("bodies_in_lower_case"))
_NATIONAL_BODIES = small_words("national_bodies")

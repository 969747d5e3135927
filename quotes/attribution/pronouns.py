"""Whom pronouns mean: he and she, they, it, who, and I and you inside the words of others."""

from __future__ import annotations

from dataclasses import replace

import regex

from quotes.attribution.answers import Answer
from quotes.attribution.entities import Entity
from quotes.attribution.lexicon import Gender, fold, small_words
from quotes.attribution.neuters import Neuters
from quotes.attribution.patterns import Name
from quotes.attribution.ranking import Candidate, probabilities
from quotes.attribution.sources import Source
from quotes.model import Quotation, Span, Speaker

_PRONOUN = regex.compile(r"(?<![\p{L}'’\-])(?:[Hh]e|[Ss]he|[Hh]im|[Hh]is|[Hh]er)(?![\p{L}\-])")
_CLEAR = 0.7
_SOMEBODY = regex.compile(
    r"[“\"]?(?:But |And )?(?:(?:One|Another) of (?:the|his|her|its|their) |An? |Another )"
    r"(?P<who>(?:\p{Ll}[\p{L}-]+ ){1,4}?)(?:was|is|has|had|were|said|told|\p{Ll}+ed|in|at|from|of|who)\b"
)
_FOR_COUNTRIES = small_words("speak_for_countries")
_NOT_IN_OFFICE = frozenset(("former", "ex", "shadow", "opposition", "designate", "elect"))
_SUBORDINATE = regex.compile(r"\b(?:after|before|when|while|because|although|though|since|as)\s+$")
_MALE = frozenset(("he", "him", "his", "himself"))


class Pronouns(Neuters):
    """The part of attribution that answers pronouns."""

    def _read_pronoun(self, at: int, word: str) -> None:
        """A he or she that is no source tells who the text is about here."""
        if self.context.in_quotes(at):
            return
        gender: Gender = "male" if word.lower() in _MALE else "female"
        candidates = self.context.candidates(at, gender, ())
        chosen = self._choose(at, gender, candidates, False)
        if chosen is not None and chosen[1] >= 0.5:
            self.context.note_pronoun(at, chosen[0], gender, word.lower() in ("he", "she"))
            self._learn_gender(chosen[0], gender, chosen[1])

    def _learn_gender(self, entity: Entity, gender: Gender, share: float) -> None:
        """Who was a clear "she" once is no "he" later."""
        if entity.gender is None and share >= _CLEAR:
            entity.gender = gender

    def _choose(
        self, at: int, gender: Gender, candidates: list[Candidate], is_source: bool
    ) -> tuple[Entity, float] | None:
        """The likeliest candidate with its probability, or None for nobody."""
        shares = probabilities(candidates, source=is_source)
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
        if (unnamed := self._unnamed_before(at)) is not None:
            return unnamed
        barred = (*self._enclosing(quotation), *self._addressed(quotation))
        candidates = self.context.candidates(at, gender, content, ahead, barred, source=True)
        chosen = self._choose(at, gender, candidates, True)
        if chosen is not None and (reported := self._reported_before(at, gender, quotation, chosen[0], barred)):
            chosen = (reported, 0.6)
        if (subject := self._subject_of_main_clause(at, gender, barred)) is not None:
            chosen = (subject, 0.7)
        if chosen is None:
            return Answer(None, (), "pronoun: nobody fits", 1.0)
        entity, share = chosen
        previous = bool(self.context.heard) and any(e is entity for e in self.context.heard[-1].entities)
        self.context.note_pronoun(at, entity, gender, True)
        self._learn_gender(entity, gender, share)
        how = "pronoun: previous speaker" if previous else f"pronoun: {entity.name}"
        return Answer(self._speaker(entity), (entity,), how, share)

    def _subject_of_main_clause(self, at: int, gender: Gender, barred: tuple[Entity, ...]) -> Entity | None:
        """ "Lima drew criticism after he asked ...": the only person of that gender in the sentence so far."""
        start = self.context.sentence_start(at)
        clause = self.text[start:at]
        # Another pronoun before it may be somebody whom this sentence does not name.
        if not _SUBORDINATE.search(clause) or _PRONOUN.search(clause) or any(mark in clause for mark in '“”";:'):
            return None
        names = [
            n
            for n in self.reader.names_in(Span(start, at))
            if n.span in self.entities.of_name and self.text[n.span.end : n.span.end + 2] not in ("'s", "’s")
        ]
        found = {id(e): e for n in names if (e := self.entities.of_name[n.span]).kind == "person"}
        fitting = [e for e in found.values() if e.gender in (None, gender) and not e.doubtful]
        if len(fitting) != 1 or any(fitting[0] is b for b in barred) or fitting[0].gender != gender:
            return None
        return fitting[0]

    def _reported_before(
        self, at: int, gender: Gender, quotation: Quotation, chosen: Entity, barred: tuple[Entity, ...]
    ) -> Entity | None:
        """Whose words the turns before reported, where this turn has named nobody: a conversation keeps to them."""
        outer = quotation.inside
        if outer is None or self.findings[outer].origin != "turn":
            return None
        start = self.findings[outer].quotation.content[0].start
        last = chosen.last_before(at)
        if last is not None and last.span.start >= start:
            return None
        for heard in reversed(self.context.heard):
            own = self.findings[heard.index]
            if own.origin == "turn" or heard.at < start - 4000:
                continue
            for entity in heard.entities:
                if entity.kind == "person" and entity.gender == gender and all(entity is not b for b in barred):
                    return entity
        return None

    def _unnamed_before(self, at: int) -> Answer | None:
        """He or she right after "a Kenyan envoy was asked" or "an aide said" is that unnamed person."""
        if self._unnamed_subject(at):
            return Answer(None, (), "pronoun: the unnamed person before", 1.0)
        if not self.context.heard:
            return None
        heard = self.context.heard[-1]
        source = self.findings[heard.index].quotation.source
        if source is None or not 0 < self.context.sentence(at) - self.context.sentence(heard.at) <= 1:
            return None
        reading = self.reader.read(source)
        before = self.answers[heard.index]
        if before is None or before.entities or reading.plural or reading.kind not in ("person", "institution"):
            return None
        if any(source.end < a.at < at and a.subject for a in self.context.activities[-6:]):
            return None
        meant = self._from_source(heard.index, source)
        if meant.speaker is not None and meant.speaker.kind == "person":
            return None
        return replace(meant, how="pronoun: the unnamed person before", sure=meant.sure * 0.8)

    def _unnamed_subject(self, at: int) -> bool:
        """Whether the sentence before, in this paragraph, is about "one of his own legislators" or "a nurse"."""
        start = self.context.sentence_start(at)
        before = self.context.sentence_start(start - 1) if start else 0
        if before >= start or self.context.paragraph(before) != self.context.paragraph(at):
            return False
        opening = _SOMEBODY.match(self.text, before, start)
        if opening is None or any(
            a.subject and before <= a.at < at and not a.quoted for a in self.context.activities[-8:]
        ):
            return False
        return any(self.known.singular(word) in self.known.roles for word in opening["who"].lower().split())

    def _addressed(self, quotation: Quotation) -> tuple[Entity, ...]:
        """Whom an unnamed questioner speaks to: "you", never "he"."""
        outer = quotation.inside
        if outer is None or self.findings[outer].origin != "turn" or self._attribute(outer).speaker is not None:
            return ()
        return self._addressee(outer).entities

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
            if (country := self._spoken_for(outer)) is not None:
                return country
            return Answer(None, (), "we: not said who", 1.0)
        return self._addressee(outer)

    def _spoken_for(self, outer: int) -> Answer | None:
        """A country's "we" in the mouth of one who holds its office, in a turn of a transcript."""
        speaker = self._attribute(outer).speaker
        if self.findings[outer].origin != "turn" or speaker is None or speaker.kind != "person":
            return None
        office = set(regex.findall(r"\p{L}+", fold(speaker.role or "")))
        if speaker.country is None or not office & _FOR_COUNTRIES or office & _NOT_IN_OFFICE:
            return None
        name = self.known.countries[speaker.country].name
        return Answer(Speaker(name, name, "country", None, speaker.country), (), "we: whom the speaker speaks for", 0.5)

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
        if len(close) > 1 and close[-2].kind == "person" and close[-1].kind != "person" and close[-1].span.end == end:
            between = self.text[close[-2].span.end : close[-1].span.start]
            if regex.fullmatch(r" of (?:the )?", between) and span.of(self.text).lower().startswith("who"):
                return self._named((close[-2],), f"relative: {close[-2].text}", 0.85)  # "Lima of Norland, who"
        chunk = self._chunk_before(end)
        personal = not span.of(self.text).lower().startswith("who") or (
            bool(close) and close[-1].kind in ("person", "people", "unknown")
        )
        if close and personal and (close[-1].span.end == end or self._parenthesis_between(close[-1].span.end, end)):
            source = self.reader.read(chunk)
            if source.kind in ("person", "group", "institution"):
                return Answer(None, (), "relative: not named", 1.0)
            heads = source.heads if source.kind == "names" and close[-1] in source.heads else (close[-1],)
            return self._named(heads, f"relative: {close[-1].text}", 0.9)
        word = span.of(self.text).lower()
        if word.startswith("which"):
            nearest = self._after_preposition(chunk)
            if self.reader.names_in(nearest):
                source = self.reader.read(nearest)
                if source.kind == "organisation":
                    return self._organisation(source, nearest)
            if apposed := self._apposed_bodies(before.start, end):
                return self._named(apposed, f"relative: {apposed[-1].text}", 0.7)
        if word.startswith("who"):
            for person in [n for n in reversed(close) if n.kind == "person"]:
                if regex.fullmatch(r"(?:\s?\([^)]*\))?,[^,.;“”\"]{3,90}", self.text[person.span.end : end]):
                    return self._named((person,), f"relative: {person.text}", 0.75)
        return Answer(None, (), "relative: not named", 1.0)

    def _after_preposition(self, chunk: Span) -> Span:
        """ "members of the Kenyan government" → "the Kenyan government"."""
        cut = list(regex.finditer(r"\b(?:of|with|from|by|to|in|at|for)\s+", chunk.of(self.text)))
        return Span(chunk.start + cut[-1].end(), chunk.end) if cut else chunk

    def _apposed_bodies(self, start: int, end: int) -> tuple[Name, ...]:
        """The bodies that a plural apposition before "which" stands for: "from A and B, two allies, which"."""
        comma = self.text.rfind(", ", start, end)
        if comma < 0 or not regex.match(r", (?:the|two|three|both|all)\b[^,;]*s$", self.text[comma:end]):
            return ()
        source = self.reader.read(self._after_preposition(self._chunk_before(comma)))
        return source.heads if source.kind == "names" and len(source.heads) > 1 else ()

    def _parenthesis_between(self, start: int, end: int) -> bool:
        between = self.text[start:end].strip(" ,'’s")
        return not between or bool(regex.fullmatch(r"\([^()]{1,40}\)|\d\d|[RDI]-[\p{L}.]+", between))

    def _chunk_before(self, end: int) -> Span:
        """The noun phrase that ends at ``end``, so that joint names before "which" are seen together."""
        start = end
        for match in regex.finditer(r"[^,.;:“”\"()\n]+", self.text[max(0, end - 120) : end]):
            start = max(0, end - 120) + match.start()
        return Span(start, max(start, end))

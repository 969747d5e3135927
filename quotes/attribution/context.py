"""The running state of a document while its quotations are attributed: who was named, meant and heard, and where."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field

import regex

from quotes.analysis import Analysis, Finding
from quotes.attribution.entities import Entities, Entity
from quotes.attribution.lexicon import Gender, small_words
from quotes.attribution.patterns import Name
from quotes.attribution.ranking import Candidate
from quotes.model import Article, Span

_OBJECT_BEFORE = regex.compile(
    r"\b(?:of|to|with|by|for|from|about|against|on|at|like|than|told|asked|praised|accused|criticized|criticised|called|urged|over|after|behind|toward|towards|between|and|including|supporting|defeat|beat|met|meet|support|attack|attacked|against|between|versus|vs\.?)\s+(?:the\s+)?$",
    regex.I,
)
_NEWLINES = regex.compile(r"\n\s*")


_FRONTED = regex.compile(r"(?:\p{L}+[ \u00a0]){0,2}(?:[^,.;:“”\"]{1,60}),\s+")
_NEVER_IN_SUBJECTS = small_words("ends_of_noun_phrases") | small_words("no_noun_phrase")


def opens_clause(before: str) -> bool:
    """Whether what stands between the start of a sentence and a name leaves the name its subject: nothing, or only a
    description ("Her husband, the Norwegian engineer ...") or an adverbial with its comma ("On Tuesday, ...")."""
    before = before.lstrip(" \n“\"‘'(")
    if len(before) <= 5:
        return True
    first = before.split()[0].lower()
    fronted = _FRONTED.match(before) if first in _FRONTS or first.endswith(("ing", "ed")) else None
    rest = before[fronted.end() :] if fronted is not None else before
    words = rest.replace(",", " ").lower().split()
    return len(words) <= 9 and not any(
        word in _NEVER_IN_SUBJECTS or word in ("and", "or", "said") or word.endswith(("ed", "ly")) for word in words
    )


_FRONTS = small_words("fronts_adverbials")


@dataclass(slots=True)
class Activity:
    """One mention of an entity: by name, or by a pronoun that was resolved to it."""

    at: int
    entity: Entity
    subject: bool
    pronoun: bool
    possessive: bool
    object: bool
    quoted: bool


@dataclass(slots=True)
class Heard:
    """Whom a quotation already attributed belongs to."""

    at: int
    index: int
    entities: tuple[Entity, ...]


@dataclass(slots=True)
class Context:
    """Positions, mentions and speakers of one document, filled as the text is read from start to end."""

    article: Article
    analysis: Analysis
    entities: Entities
    findings: tuple[Finding, ...]
    activities: list[Activity] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    pronouns: dict[str, Entity] = field(default_factory=dict)
    _sentences: list[int] = field(default_factory=list)
    _paragraphs: list[int] = field(default_factory=list)
    _quoted: list[Span] = field(default_factory=list)
    _quoted_starts: list[int] = field(default_factory=list)
    _counts: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sentences = [span.start for span in self.analysis.sentences]
        self._paragraphs = [0, *(m.end() for m in _NEWLINES.finditer(self.article.text))]
        # A turn or an issuer's own words are the running text of their document, not words set off from it.
        quoted = [
            piece
            for f in self.findings
            for piece in f.quotation.content
            if f.quotation.form == "direct" and f.origin not in ("turn", "issuer")
        ]
        self._quoted = sorted(quoted, key=lambda span: span.start)
        self._quoted_starts = [span.start for span in self._quoted]

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds offset ``at``."""
        return bisect_right(self._sentences, at)

    def sentence_start(self, at: int) -> int:
        i = self.sentence(at)
        return self._sentences[i - 1] if i else 0

    def paragraph(self, at: int) -> int:
        return bisect_right(self._paragraphs, at)

    def in_quotes(self, at: int) -> bool:
        i = bisect_right(self._quoted_starts, at)
        return i > 0 and self._quoted[i - 1].end > at

    def note_name(self, name: Name, entity: Entity, subject: bool) -> None:
        """A person's name was read."""
        text = self.article.text
        possessive = text[name.span.end : name.span.end + 2] in ("'s", "’s") or text[
            name.span.end : name.span.end + 1
        ] in ("’", "'")
        before = text[max(0, name.outer.start - 24) : name.outer.start]
        is_object = not subject and _OBJECT_BEFORE.search(before) is not None
        opening = opens_clause(text[self.sentence_start(name.span.start) : name.outer.start])
        at = name.span.start
        leads = subject or (opening and not possessive)
        self._note(Activity(at, entity, leads, False, possessive, is_object, self.in_quotes(at)))

    def note_pronoun(self, at: int, entity: Entity, gender: str, subject: bool) -> None:
        """A pronoun was resolved to ``entity``."""
        self.pronouns[gender] = entity
        self._note(Activity(at, entity, subject, True, not subject, False, self.in_quotes(at)))

    def _note(self, activity: Activity) -> None:
        self.activities.append(activity)
        self._counts[id(activity.entity)] = self._counts.get(id(activity.entity), 0) + 1

    def note_heard(self, at: int, index: int, entities: tuple[Entity, ...]) -> None:
        self.heard.append(Heard(at, index, entities))

    def candidates(
        self,
        at: int,
        gender: Gender,
        content: tuple[Span, ...],
        ahead: int = 0,
        barred: tuple[Entity, ...] = (),
        source: bool = False,
    ) -> list[Candidate]:
        """The persons that a he or she at ``at`` may mean, with their features; the first is "none of these".

        ``content`` is the quotation's content where the pronoun is its source. Persons named only within ``ahead``
        characters after the pronoun are candidates too (cataphora). ``barred`` are those whose words the pronoun
        stands in: nobody calls himself "he".
        """
        latest: dict[int, Activity] = {}
        for activity in reversed(self.activities[-80:]):
            if activity.at < at and id(activity.entity) not in latest:
                latest[id(activity.entity)] = activity
        own = sorted(latest.values(), key=lambda a: -a.at)
        fitting = [
            a
            for a in own
            if a.entity.gender in (None, gender) and not a.entity.doubtful and all(a.entity is not b for b in barred)
        ]
        if ahead:
            fitting += self._named_ahead(at, ahead, gender, set(latest))
        out = [
            Candidate(
                None,
                {"none": 1.0, "none_source": float(source), "none_far": float(not fitting or at - fitting[0].at > 600)},
            )
        ]
        if not fitting:
            return out
        most = max(self._counts.get(id(a.entity), 0) for a in fitting)
        for rank, activity in enumerate(fitting):
            out.append(
                Candidate(activity.entity, self._values(at, gender, content, activity, rank, len(fitting), most))
            )
        return out

    def _named_ahead(self, at: int, ahead: int, gender: Gender, seen: set[int]) -> list[Activity]:
        out = []
        for entity in self.entities.persons:
            name = entity.next_after(at)
            if (
                id(entity) not in seen
                and name is not None
                and name.span.start - at <= ahead
                and entity.gender in (None, gender)
            ):
                out.append(Activity(name.span.start, entity, False, False, False, False, False))
        return out

    def _values(
        self, at: int, gender: Gender, content: tuple[Span, ...], activity: Activity, rank: int, n: int, most: int
    ) -> dict[str, float]:
        entity = activity.entity
        values: dict[str, float] = {}
        distance = self.sentence(at) - self.sentence(activity.at)
        if activity.at > at:
            values["never_named_before"] = 1.0
            distance = 0
        if 0 <= distance < 3:
            values[("same_sentence", "previous_sentence", "two_back")[distance]] = 1.0
        else:
            values["three_to_five_back" if distance <= 5 else "farther_back"] = 1.0
        if self.paragraph(at) == self.paragraph(activity.at):
            values["same_paragraph"] = 1.0
        if activity.subject:
            values["subject"] = 1.0
            if distance == 0:
                values["same_sentence_subject"] = 1.0
            if rank == 0:
                values["nearest_subject"] = 1.0
            if not activity.pronoun and distance <= 2 and self.paragraph(at) == self.paragraph(activity.at):
                values["named_subject_here"] = 1.0
        if self._is_subject_of(entity, self.sentence(at) - 1):
            values["subject_of_previous_sentence"] = 1.0
        if activity.at - self.sentence_start(activity.at) <= 25:
            values["first_in_sentence"] = 1.0
        for name, holds in (
            ("possessive", activity.possessive and not activity.pronoun),
            ("object", activity.object),
            ("in_quotes", activity.quoted),
            ("last_was_pronoun", activity.pronoun),
        ):
            if holds:
                values[name] = 1.0
        self._speaker_values(at, entity, values)
        if self.pronouns.get(gender) is entity:
            values["same_pronoun_before"] = 1.0
        if entity.gender == gender:
            values["gender_known"] = 1.0
        if rank < 2:
            values[("nearest", "second_nearest")[rank]] = 1.0
        values["passed_over"] = min(rank, 4) / 2
        count = self._counts.get(id(entity), 0)
        values["frequency"] = math.log1p(count)
        if count == most and most > 1:
            values["most_frequent"] = 1.0
        if any(
            name.span.start >= piece.start and name.span.end <= piece.end for piece in content for name in entity.names
        ):
            values["named_in_content"] = 1.0
        if entity.names[0].span.start < (self._paragraphs[1] if len(self._paragraphs) > 1 else 0):
            values["in_title"] = 1.0
        if n == 1:
            values["only_candidate"] = 1.0
        return values

    def _speaker_values(self, at: int, entity: Entity, values: dict[str, float]) -> None:
        earlier = self.heard
        if earlier and any(e is entity for e in earlier[-1].entities):
            values["previous_speaker"] = 1.0
            if self.paragraph(earlier[-1].at) == self.paragraph(at):
                values["previous_speaker_same_paragraph"] = 1.0
        elif len(earlier) > 1 and any(e is entity for e in earlier[-2].entities):
            values["speaker_before_that"] = 1.0

    def _is_subject_of(self, entity: Entity, sentence: int) -> bool:
        for activity in reversed(self.activities[-30:]):
            number = self.sentence(activity.at)
            if number < sentence:
                return False
            if number == sentence and activity.entity is entity and activity.subject:
                return True
        return False

"""What those who talk report of others: checks of the speakers found inside a transcript's turn or a signed speech.

Talk names fewer people than news does, and means more whom nobody names ("the Australian defence minister", "he"). So a
description needs somebody of that office and country, and a pronoun means the unnamed person just spoken of before it
means somebody named long ago.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from quotes.attribution.lexicon import fold, lexicon, small_words
from quotes.attribution.roles import country_in
from quotes.detection.documents.vocabulary import bare, words
from quotes.model import Span, Speaker

if TYPE_CHECKING:
    from quotes.attribution.answers import Answer, Answers
    from quotes.attribution.entities import Entity

_SIDE = regex.compile(
    r"(?:(?:but|and|so|well|now),?\s+)?(?:[Tt]he\s+)?(?P<whose>\p{Lu}[\p{L}\p{M}.’'-]*(?:\s\p{Lu}[\p{L}\p{M}.’'-]*){0,2})\s+"
    r"[Ss]ide(?:\s+(?:itself|also))?"
)
_VOCATIVE = regex.compile(r",?\s+(?P<name>(?:\p{Lu}[\p{L}\p{M}.’'-]*\s+){0,3}\p{Lu}[\p{L}\p{M}’'-]*),")
_DESCRIPTION = regex.compile(
    r"\b(?:the|an?|my|your|our|his|her|their|that|this|\p{Lu}[\p{L}\p{M}-]+[’']s)\s+"
    r"(?P<words>(?:[\p{L}\p{M}’'-]+\s+){0,4}?[\p{L}\p{M}-]+(?:\s(?:of|for|to|at)\s(?:the\s)?\p{Lu}[\p{L}\p{M}-]*(?:\s\p{Lu}[\p{L}\p{M}-]*)*)?)"
    r"(?P<aside>,[^,.;:!?\n]{3,60},)?(?=(?P<verb>\s+(?:has|had|was|is|then|also|just|who|(?!\p{L}*ing\b)\p{Ll}+(?:ed|id|s|ld|ame|ent|rote|ut|ave))\b)|\W)",
    regex.I,
)
_SINGULAR_HE = frozenset({"male", "female"})
_AROUND = 90  # characters beside a name in which its country may stand
_BACK = 700  # characters before a pronoun in which the one meant may have been spoken of


def checked(answers: Answers, i: int, answer: Answer) -> Answer:
    """``answer`` to finding ``i``, or a better one where the finding stands inside somebody's talk."""
    quotation = answers.findings[i].quotation
    outer = quotation.inside
    if quotation.source is None:
        return answer
    if (side := _side(quotation.source.of(answers.text), answer)) is not None:
        return side
    if outer is None or answers.findings[outer].origin not in {"turn", "issuer"}:
        return answer
    reading = answers.reader.read(quotation.source)
    if reading.kind == "pronoun" and reading.pronoun == "second":
        return _addressed_by_name(answers, quotation.source) or answer
    if reading.kind == "pronoun" and reading.pronoun in _SINGULAR_HE:
        return _he(answers, i, quotation.source.start, answer)
    if reading.kind in {"person", "institution"} and not reading.plural and not reading.heads:
        return _holder(answers, quotation.source, answer)
    return answer


def _side(source: str, answer: Answer) -> Answer | None:
    """ "The Polish side" is Poland."""
    match = _SIDE.fullmatch(" ".join(source.split()))
    code = country_in(match["whose"]) if match else None
    if code is None:
        return None
    name = lexicon().countries[code].name
    return replace(answer, speaker=Speaker(name, name, "country", None, code), entities=(), how="side", sure=0.85)


def _addressed_by_name(answers: Answers, source: Span) -> Answer | None:
    """ "You, Ms. Lima, say ..." """
    match = _VOCATIVE.match(answers.text, source.end)
    if match is None:
        return None
    names = answers.reader.names_in(Span(match.end("name") - 1, match.end("name")))
    return answers._named((names[0],), "you: addressed by name", 0.9) if names and names[0].kind == "person" else None


def _holder(answers: Answers, source: Span, answer: Answer) -> Answer:
    """The answer to a description, as far as its person is known to hold that office of that country."""
    if len(answer.entities) != 1 or answer.entities[0].kind != "person" or not answer.how.startswith("description"):
        return answer
    entity, phrase = answer.entities[0], source.of(answers.text)
    code = country_in(phrase)
    if code is not None and code not in _countries(answers, entity):
        return _nobody(answer, "description: nobody of that country named")
    office = {bare(word) for word in phrase.split()} & words("titles", "words")
    if " ".join(bare(word) for word in phrase.split()).removeprefix("the ") in words("titles", "offices"):
        held = _office_words(answers, entity)
        if not office <= held:
            return _nobody(answer, "description: nobody of that office named")
    return answer


def _nobody(answer: Answer, how: str) -> Answer:
    return replace(answer, speaker=None, entities=(), how=how, sure=1.0)


def _countries(answers: Answers, entity: Entity) -> set[str]:
    """The countries that the text binds to a person: in roles, labels, and right beside the name."""
    found = {role.country for role in answers.roles.get(id(entity), ()) if role.country}
    found |= {speaker.country for speaker in _as_speaker(answers, entity) if speaker.country}
    for name in entity.names:
        line_start = answers.text.rfind("\n", 0, name.outer.start) + 1
        before = answers.text[max(line_start, name.outer.start - _AROUND) : name.span.start]
        after = answers.text[name.span.end : name.span.end + _AROUND].split("\n")[0]
        for near in (regex.split(r"[.!?;]\s", before)[-1], regex.split(r"[.!?;]", after)[0]):
            if code := country_in(near):
                found.add(code)
    return found


def _office_words(answers: Answers, entity: Entity) -> set[str]:
    held = {word for role in answers.roles.get(id(entity), ()) for word in role.words}
    roles = [speaker.role for speaker in _as_speaker(answers, entity) if speaker.role]
    titles = [name.title for name in entity.names if name.title]
    return held | {bare(word) for phrase in (*roles, *titles) for word in phrase.replace("-", " ").split()}


def _as_speaker(answers: Answers, entity: Entity) -> list[Speaker]:
    """The speakers of turns that an entity is."""
    return [
        speaker
        for speaker in answers._turns.values()
        if speaker is not None and fold(entity.name).split()[-1:] == fold(speaker.name_in_document).split()[-1:]
    ]


def _he(answers: Answers, i: int, at: int, answer: Answer) -> Answer:
    """The answer to "he" or "she", unless somebody without a name was spoken of since that person was named."""
    start = max(_talk_start(answers, i), at - _BACK)
    spoken_of = _unnamed_before(answers, start, at)
    if spoken_of is None:
        return answer
    for entity in answer.entities:
        last = entity.last_before(at)
        if last is not None and last.span.start > spoken_of.start:
            return answer
    meant = answers._from_source(i, spoken_of)
    if meant.speaker is not None and {id(e) for e in meant.entities} == {id(e) for e in answer.entities}:
        return answer
    if meant.speaker is not None and not meant.how.startswith("description"):
        return replace(meant, how="pronoun: the person just spoken of", sure=meant.sure * 0.85)
    return _nobody(answer, "pronoun: an unnamed person before")


def _talk_start(answers: Answers, i: int) -> int:
    """Where the enclosing turn begins, or the turn before it."""
    outer = answers.findings[i].quotation.inside
    assert outer is not None
    while (further := answers.findings[outer].quotation.inside) is not None:
        outer = further
    earlier = [f for f in answers.findings[:outer] if f.origin == "turn" and f.quotation.inside is None]
    return (earlier[-1] if earlier else answers.findings[outer]).quotation.content[0].start


def _unnamed_before(answers: Answers, start: int, at: int) -> Span | None:
    """The last person before ``at`` who is spoken of by an office alone and does something ("the envoy said")."""
    found: Span | None = None
    for match in _DESCRIPTION.finditer(answers.text, start, at, overlapped=True):
        if match["verb"] is None or not _is_person(match["words"]) or answers.reader.names_in(_noun(match)):
            continue
        if match["aside"] and any(
            name.kind == "person" for name in answers.reader.names_in(Span(*match.span("aside")))
        ):
            continue
        found = Span(match.start(), match.end("words"))
    return found


def _noun(match: regex.Match[str]) -> Span:
    """The description's head noun, before "of ..."."""
    head = regex.split(r"\s(?:of|for|to|at)\s", match["words"])[0]
    end = match.start("words") + len(head)
    return Span(end - len(head.split()[-1]), end)


def _is_person(phrase: str) -> bool:
    head = regex.split(r"\s(?:of|for|to|at)\s", phrase)[0].split()
    return fold(head[-1]) in lexicon().roles and fold(head[-1]) not in small_words("anybody")

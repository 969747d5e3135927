"""What those who talk report of others: checks of the speakers found inside a transcript's turn or a signed speech.

Talk names fewer people than news does, and means more whom nobody names ("the Australian defence minister", "he"). So a
description needs somebody of that office and country, and a pronoun means the unnamed person just spoken of before it
means somebody named long ago.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from quotes.attribution import source_forms
from quotes.attribution.lexicon import fold, lexicon, small_words
from quotes.attribution.offices import is_given_name
from quotes.attribution.roles import abbreviations, country_in
from quotes.detection.documents.vocabulary import bare, words
from quotes.model import Span, Speaker

if TYPE_CHECKING:
    from quotes.attribution.answers import Answer, Answers
    from quotes.attribution.entities import Entity

_TITLE = (
    r"(?:(?:Mr\.?|Madam|Mister)\s+)?(?:Minister|Secretary(?:[ -]General)?|President|Chair(?:man|woman)?|Ambassador|"
    r"Prime Minister|Chancellor|Senator)"
)
_ADDRESSED = regex.compile(
    rf"(?:{_TITLE},\s+(?P<who>\S.+)|\p{{Lu}}[^,]{{2,40}},\s+(?P<who>(?:an?|the|your|one)\s(?:[^,]*\b)?yours?\b[^,]*))",
    regex.S,
)
# "Briefing the Council, Ana Lima, ... said"
_LED_BY = regex.compile(r"\p{Lu}\p{Ll}+ing\s[^,]{2,60},\s+(?=(?:the\s+)?\p{Lu})")
_STRESSED = regex.compile(r"(?P<who>.+?)\s+(?:itself|himself|herself|themselves)", regex.S)
_YOU = regex.compile(r"[Yy]ou,\s+(?P<who>\p{Lu}.+?),?", regex.S)
_VOCATIVE = regex.compile(r",?\s+(?P<name>(?:\p{Lu}[\p{L}\p{M}.’'-]*\s+){0,3}\p{Lu}[\p{L}\p{M}’'-]*),")
# What a person who was spoken of did: auxiliaries, regular past forms, and the commonest others.
_VERB = (
    r"(?:has|had|have|was|is|will|would|did|does|could|can|may|might|must|also|then|just|himself|herself|\p{Ll}{2,}ed|"
    r"says?|said|tells?|told|came|went|made|makes|put|gave|took|wrote|spoke|met|sat|stood|ran|got|held|left|sent|led|began|"
    r"claims|calls|wants|thinks|keeps|kept|knew|swore|brought|threw|rose|read)\b"
)
_CHAIN = {
    "male": regex.compile(r"\b(?:he|him|his)\b", regex.I),
    "female": regex.compile(r"\b(?:she|her|hers)\b", regex.I),
}
_AROUND = 90  # characters beside a name in which its country may stand
_HEADS = frozenset({"president", "prime", "chancellor", "king", "queen", "premier", "secretary"})
_TITLED_BACK = 3000  # characters before "the ambassador" in which "Ambassador Lima" may stand
_BACK = 700  # characters before a pronoun in which the one meant may have been spoken of


def checked(answers: Answers, i: int, answer: Answer) -> Answer:
    """``answer`` to finding ``i``, or a better one where the finding stands inside somebody's talk."""
    quotation = answers.findings[i].quotation
    outer = quotation.inside
    if quotation.source is None:
        return answer
    inner = _without_address(answers, quotation.source) if outer is not None else None
    if inner is None and (led := _LED_BY.match(quotation.source.of(answers.text))):
        inner = Span(quotation.source.start + led.end(), quotation.source.end)
    if inner is not None:
        return _read(answers, i, inner, answers._from_source(i, inner))
    return _read(answers, i, quotation.source, answer)


def _read(answers: Answers, i: int, source: Span, answer: Answer) -> Answer:
    """``answer`` to finding ``i``, whose source is ``source``, after all checks."""
    outer = answers.findings[i].quotation.inside
    if (by_form := source_forms.by_form(answers, i, source, answer)) is not None:
        return by_form
    reading = answers.reader.read(source)
    talked = outer is not None and answers.findings[outer].origin in {"turn", "issuer"}
    if not talked and answers.article.kind != "meeting-summary":
        return answer
    if reading.kind == "pronoun" and reading.pronoun == "second":
        return _addressed_by_name(answers, source) or answer
    office = abbreviations().get(" ".join(source.of(answers.text).split()).removeprefix("the ").lower().rstrip("."))
    if answer.speaker is None and office is not None:  # "PM", in a telegram
        return _titled(answers, i, office.split(), source.start) or answer
    goes_on = _previous_speaker(answers, source.start, reading.pronoun) if not talked else None
    if goes_on is not None:
        return goes_on
    if reading.kind == "pronoun" and reading.pronoun in _CHAIN:
        meant = _he(answers, i, source.start, reading.pronoun, answer)
        return _somebody(answers, meant) if talked else meant
    if reading.kind in {"person", "institution"} and not reading.plural and not reading.heads:
        return _holder(answers, i, source, answer)
    return answer


def _without_address(answers: Answers, source: Span) -> Span | None:
    """The part of a source that names who spoke, without whom the talk addresses or what only stresses it.

    "Minister, your colleague", "Ms. Lima, a friend of yours"; "the report itself"; "You, Ms. Lima," is Ms. Lima.
    """
    written = source.of(answers.text)
    for pattern in (_ADDRESSED, _STRESSED, _YOU):
        if match := pattern.fullmatch(written):
            return Span(source.start + match.start("who"), source.start + match.end("who"))
    return None


def _addressed_by_name(answers: Answers, source: Span) -> Answer | None:
    """ "You, Ms. Lima, say ..." """
    match = _VOCATIVE.match(answers.text, source.end)
    if match is None:
        return None
    names = answers.reader.names_in(Span(match.end("name") - 1, match.end("name")))
    return answers._named((names[0],), "you: addressed by name", 0.9) if names and names[0].kind == "person" else None


def _holder(answers: Answers, i: int, source: Span, answer: Answer) -> Answer:
    """The answer to a description, as far as its person is known to hold that office of that country."""
    phrase = source.of(answers.text)
    title = [bare(word) for word in phrase.split()]
    title = title[1:] if title[:1] == ["the"] else title
    if " ".join(title) in words("titles", "offices") and (titled := _titled(answers, i, title, source.start)):
        return titled
    if len(answer.entities) != 1 or answer.entities[0].kind != "person" or not answer.how.startswith("description"):
        return answer
    entity = answer.entities[0]
    if any(entity is speaking for speaking in _speaking(answers, i)):
        return _nobody(answer, "description: not who is speaking")
    if regex.search(r"\byours?\b", phrase) and _as_speaker(answers, entity):
        return _nobody(answer, "description: not who is spoken to")
    if _talk(answers, i) != i and set(title) & _HEADS and " ".join(title) in words("titles", "offices"):
        last = entity.last_before(source.start)
        if last is None or last.span.start < _talk_start(answers, i):
            return _nobody(answer, "description: nobody of that office named lately")
    code = country_in(phrase)
    if code is not None and code not in _countries(answers, entity):
        return _nobody(answer, "description: nobody of that country named")
    if " ".join(title) in words("titles", "offices") and not set(title) <= _office_words(answers, entity):
        return _nobody(answer, "description: nobody of that office named")
    return answer


def _speaking(answers: Answers, i: int) -> tuple[Entity, ...]:
    """Whose talk a finding stands in."""
    outer = _talk(answers, i)
    return answers._attribute(outer).entities if outer != i else ()


def _titled(answers: Answers, i: int, title: list[str], at: int) -> Answer | None:
    """ "The ambassador" after "Ambassador Lima": the one last named with just that title, not who is speaking."""
    speaking = _speaking(answers, i)
    # every country has a president: only the one just named is meant
    back = at - _talk_start(answers, i) if set(title) & _HEADS else _TITLED_BACK
    first = max(at - back, answers._first_words)
    for name in reversed(answers.reader.names_in(Span(first, max(first, at)))):
        if not first <= name.span.start < at or name.kind != "person" or not name.title:
            continue
        entity = answers.entities.of_name.get(name.span)
        if [bare(word) for word in name.title.split()] == title and all(entity is not one for one in speaking):
            return answers._named((name,), f"description: {' '.join(title)}", 0.7)
    return None


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
    return answers._turn_speakers.get(fold(entity.name).split()[-1], []) if entity.name.split() else []


def _he(answers: Answers, i: int, at: int, gender: str, answer: Answer) -> Answer:
    """The answer to "he" or "she", unless somebody without a name was spoken of since that person was."""
    start = max(_talk_start(answers, i), at - _BACK)
    spoken_of = _unnamed_before(answers, start, at)
    if spoken_of is None or any(_last(answers, entity, at) > spoken_of.start for entity in answer.entities):
        return answer
    chain = _CHAIN[gender]
    goes_on = chain.search(answers.text, start, spoken_of.start) and chain.search(answers.text, spoken_of.end, at)
    if goes_on or answer.how == "pronoun: the unnamed person before":
        return answer  # one more "he" of somebody else's chain
    meant = _holder(answers, i, spoken_of, answers._from_source(i, spoken_of))
    meant = source_forms.delegate(answers, spoken_of.of(answers.text), meant) or meant
    if meant.speaker is not None:
        return replace(meant, how="pronoun: the person just spoken of", sure=meant.sure * 0.85)
    return _nobody(answer, "pronoun: an unnamed person before")


def _previous_speaker(answers: Answers, at: int, pronoun: str | None) -> Answer | None:
    """In the coverage of a meeting "he" and "she" go on with the paragraph's last speaker, where that is a person."""
    if pronoun not in _CHAIN:
        return None
    for heard in reversed(answers.context.heard):
        if heard.at >= at:
            continue
        before = answers.answers[heard.index]
        if answers.context.paragraph(heard.at) != answers.context.paragraph(at) or before is None:
            return None
        if before.speaker is None or before.speaker.kind != "person" or len(before.entities) != 1:
            return None
        entity = before.entities[0]
        if entity.gender not in (None, pronoun) or answers.findings[heard.index].quotation.inside is not None:
            return None
        return replace(before, how="pronoun: previous speaker", sure=before.sure * 0.9)
    return None


def _somebody(answers: Answers, answer: Answer) -> Answer:
    """The answer to "he" or "she", unless a word is meant that nothing shows to be a person ("Jacmel")."""
    if len(answer.entities) != 1 or not answer.how.startswith("pronoun:") or answer.entities[0].kind != "person":
        return answer
    entity = answer.entities[0]
    shown = " " in entity.name or any(n.title for n in entity.names) or answers.roles.get(id(entity))
    if shown or is_given_name(entity.name) or _as_speaker(answers, entity):
        return answer
    return _nobody(answer, "pronoun: nobody shown to be a person")


def _last(answers: Answers, entity: Entity, at: int) -> int:
    """Where a person was last named before ``at``, or last spoke in a report; -1 for nowhere."""
    name = entity.last_before(at)
    heard = (h.at for h in answers.context.heard if h.at < at and any(e is entity for e in h.entities))
    return max(name.span.start if name else -1, *heard, -1)


def _talk_start(answers: Answers, i: int) -> int:
    """Where the enclosing turn begins, or the turn before it; outside of talk, the paragraph before."""
    outer = _talk(answers, i)
    if outer == i:
        here = answers.text.rfind("\n", 0, answers._place(answers.findings[i]))
        return max(0, answers.text.rfind("\n", 0, max(0, here - 2)) + 1)
    before = outer - 1
    while before >= 0 and not (
        answers.findings[before].origin == "turn" and answers.findings[before].quotation.inside is None
    ):
        before -= 1
    return answers.findings[before if before >= 0 else outer].quotation.content[0].start


def _talk(answers: Answers, i: int) -> int:
    """The index of the outermost finding around number ``i``."""
    while (outer := answers.findings[i].quotation.inside) is not None:
        i = outer
    return i


def _unnamed_before(answers: Answers, start: int, at: int) -> Span | None:
    """The last person before ``at`` who is spoken of by an office alone and does something ("the envoy said")."""
    found: Span | None = None
    for match in _description().finditer(answers.text, start, at, overlapped=True):
        aside = Span(*match.span("aside")) if match["aside"] else None
        named = [name for span in (Span(*match.span("noun")), aside) if span for name in answers.reader.names_in(span)]
        if not any(name.kind == "person" for name in named):
            found = Span(match.start(), match.end("tail") if match["tail"] else match.end("noun"))
    return found


@lru_cache(maxsize=1)
def _description() -> regex.Pattern[str]:
    """A determiner, an office or part without a name, and the verb of what that person does."""
    nouns = "|".join(sorted(map(regex.escape, lexicon().roles.keys() - small_words("anybody")), key=len, reverse=True))
    return regex.compile(
        r"\b(?:(?:the|an?|my|your|our|his|her|their|that|this)|\p{Lu}[\p{L}\p{M}-]+[’']s)\s+"
        rf"(?:[\p{{L}}\p{{M}}’'-]+\s+){{0,4}}?(?P<noun>{nouns})"
        r"(?P<tail>\s(?:of|for|to|at)\s(?:the\s)?\p{Lu}[\p{L}\p{M}-]*(?:\s\p{Lu}[\p{L}\p{M}-]*){0,3}+)?+"
        rf"(?P<aside>,[^,.;:!?\n]{{3,60}},)?\s+{_VERB}",
        regex.I,
    )

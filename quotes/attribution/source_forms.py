"""Speakers that the form of a source gives away: sides, delegates, bodies by their common noun, names at its end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from quotes.attribution.delegates import code_of, spoken_for
from quotes.attribution.issuer import issuing_body
from quotes.attribution.lexicon import fold, lexicon
from quotes.attribution.offices import country_named, restore_case
from quotes.attribution.roles import country_in
from quotes.attribution.speaking import joint_speaker
from quotes.detection.documents.statements import is_issuer
from quotes.detection.documents.vocabulary import bare, words
from quotes.model import Span, Speaker

if TYPE_CHECKING:
    from quotes.attribution.answers import Answer, Answers

_SIDE = regex.compile(
    r"(?:(?:but|and|so|well|now),?\s+)?(?:[Tt]he\s+)?(?P<whose>\p{Lu}[\p{L}\p{M}.’'-]*(?:\s\p{Lu}[\p{L}\p{M}.’'-]*){0,2})\s+"
    r"[Ss]ide(?:\s+(?:itself|also))?"
)
_COUNTERPART = regex.compile(
    r"(?:[Hh]is|[Hh]er|[Tt]he|[Tt]heir)\s+(?:counterpart|colleague)s?\s+from\s+(?:the\s+)?(?P<of>\p{Lu}.+)"
)
_SPOKEN_FOR = regex.compile(
    r"(?:[Aa]n?\s|[Tt]he\s)?(?P<body>(?:\p{Lu}[\p{L}’'-]*\s)+(?:\p{Ll}+\s)*?(?:ministry|department|embassy|army|military|navy|police|parliament|"
    r"presidency|commission|agency))(?:['’]s)?\s(?:(?:deputy|chief|senior)\s)?spokes(?:man|woman|person|people|men|women)"
)
_LEADERS = regex.compile(
    r"(?:the |all )?(?:(?P<count>two|both|three|four) )?(?:leaders|presidents|(?:prime |foreign )?ministers)", regex.I
)
# A plural noun as a source, with what may stand before it and "of ..." behind it.
_MANY = regex.compile(
    r"(?!(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Mm]y|[Tt]hese|[Tt]hose)\b)(?:\p{L}[\p{L}\p{M}’'-]*\s){0,4}?"
    r"(?:members|delegates|delegations|ministers|speakers|officials|representatives|parties|countries|states|"
    r"sources|experts|leaders|witnesses|authorities|participants|critics|senators|directors|analysts|police|"
    r"diplomats|observers|capitals|governments|scientists|villagers|residents|groups|organi[sz]ations|ngos|"
    r"heads of state(?: and government)?)(?:\s(?:of|from|in|at)\s[^,;]{2,60})?",
    regex.I,
)
_OWNED = frozenset(
    {"his", "her", "their", "our", "my", "your", "its", "this", "that", "these", "those", "some", "many", "one"}
)
_GROUPS = frozenset({"group", "bloc", "caucus", "coalition", "alliance", "states", "quartet", "troika", "forum"})
_HEAD = 1500  # characters of a joint statement in which its leaders are named


def by_form(answers: Answers, i: int, source: Span, answer: Answer) -> Answer | None:
    """A better answer than ``answer`` to finding ``i``, where the form of its ``source`` alone tells who it is."""
    if (side := _side(source.of(answers.text), answer)) is not None:
        return side
    if answer.speaker is None and (apposed := _apposed(answers, source)) is not None:
        return apposed
    if answer.speaker is None and (written := _capitalised(answers, source)) is not None:
        return replace(answer, speaker=written, entities=(), how="name", sure=0.8)
    unnamed = answer.speaker is None and answer.how.startswith(("description: nothing", "not named"))
    unnamed = unnamed and answers.article.kind not in (None, "article")
    if unnamed and (body := _body_of_common_noun(answers, source)) is not None:
        return replace(answer, speaker=body, entities=(), how="body: as the text calls it", sure=0.7)
    if (delegation := _delegation(answers, i, source, answer)) is not None:
        return delegation
    if _unnamed_many(answers, source, answer):
        name = regex.sub(r"^[Tt]he\s+", "", " ".join(source.of(answers.text).split())).strip(" ,")
        speaker = Speaker(name, name, "group", None, country_in(name))
        return replace(answer, speaker=speaker, entities=(), how="group: as the document calls it", sure=0.7)
    return _named_after(answers, source) if answers.reader.read(source).kind == "person" else None


def _unnamed_many(answers: Answers, source: Span, answer: Answer) -> bool:
    """Whether a source is people without names, whom minutes and round-ups know by no more ("Several delegates")."""
    if answer.speaker is not None or answers.article.kind in (None, "article", "transcript"):
        return False
    return _MANY.fullmatch(" ".join(source.of(answers.text).split()).strip(" ,")) is not None


def _side(source: str, answer: Answer) -> Answer | None:
    """ "The Polish side" is Poland."""
    match = _SIDE.fullmatch(" ".join(source.split()))
    code = country_in(match["whose"]) if match else None
    if code is None:
        return None
    name = lexicon().countries[code].name
    return replace(answer, speaker=Speaker(name, name, "country", None, code), entities=(), how="side", sure=0.85)


def _apposed(answers: Answers, source: Span) -> Answer | None:
    """ "A reader of the paper, Jo Berg," and "One of them, Mr. Berg,": the name that ends a description."""
    end = source.start + len(source.of(answers.text).rstrip(" ,"))
    names = [n for n in answers.reader.names_in(Span(source.start, end)) if n.kind == "person" and n.span.end == end]
    if not names or not answers.text[source.start : names[0].outer.start].rstrip().endswith(","):
        return None
    return answers._named((names[0],), f"description of {names[0].text}", 0.85)


def _body_of_common_noun(answers: Answers, source: Span) -> Speaker | None:
    """A body that the text calls by a common noun alone is known to it by that ("the Danish defence command")."""
    if answers.reader.read(source).kind != "organisation":
        return None
    phrase = regex.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", " ".join(source.of(answers.text).split())).strip(" ,")
    if not regex.fullmatch(r"(?:[\p{L}\p{M}’'-]+ ?){1,6}", phrase) or phrase.split()[0].lower() in _OWNED:
        return None
    return Speaker(phrase, phrase, "organisation", None, country_in(phrase))


def _capitalised(answers: Answers, source: Span) -> Speaker | None:
    """A country or body written with capitals that was taken apart: "the RUSSIAN FEDERATION", "The AFRICAN GROUP"."""
    phrase = regex.sub(r"^[Tt]he\s+", "", " ".join(source.of(answers.text).split())).strip(" ,")
    parts = phrase.split()
    if len(parts) < 2 or not all(part[0].isupper() or part in {"of", "and", "for", "the"} for part in parts):
        return None
    name = restore_case(phrase, answers.text)
    if code := country_named(phrase):
        return Speaker(lexicon().countries[code].name, name, "country", None, code)
    body = fold(parts[-1]) in lexicon().organisation_heads | _GROUPS
    titled = any(bare(part) in words("titles", "words") - words("titles", "fields") for part in parts)
    return Speaker(name, name, "organisation", None, country_in(phrase)) if body and not titled else None


def delegate(answers: Answers, phrase: str, answer: Answer) -> Answer | None:
    """The person named as a country's delegate, where a source has only the post; else the country."""
    place = spoken_for(phrase)
    followed = answer.how.startswith("pronoun: the delegate") and answer.speaker is not None and answer.speaker.country
    code = code_of(place) if place else followed or None
    entity = answers._delegates.get(code) if code else None
    if entity is not None and (answer.speaker is None or answer.speaker.kind != "person"):
        return replace(answer, speaker=answers._speaker(entity), entities=(entity,), how="delegate", sure=0.85)
    if place and answer.speaker is None and code is None:  # a country that is no more
        return replace(answer, speaker=Speaker(place, place, "country"), entities=(), how="delegate of", sure=0.7)
    return None


def _leaders(answers: Answers, phrase: str) -> Answer | None:
    """ "The two leaders" of a joint statement: the office-holders named in its first paragraphs, as many as it says."""
    match = _LEADERS.fullmatch(phrase)
    if match is None or (match["count"] is None and "minister" in phrase.lower()):
        return None
    wanted = {"three": 3, "four": 4}.get((match["count"] or "").lower(), 2)
    persons = [e for e in answers.entities.persons if e.first < _HEAD and " " in e.name]
    named = [e for e in persons if answers.roles.get(id(e))]
    if len(named) != wanted:
        return None
    return replace(
        answers._named((named[0].names[0],)),
        speaker=joint_speaker([answers._speaker(entity) for entity in named]),
        entities=tuple(named),
    )


def _delegation(answers: Answers, i: int, source: Span, answer: Answer) -> Answer | None:
    """Who speaks for a body or country without a name: "his counterpart from Japan", "the Embassy" by a letter."""
    finding = answers.findings[i]
    phrase = " ".join(source.of(answers.text).split())
    if (named := delegate(answers, phrase, answer)) is not None:
        return named
    if (match := _COUNTERPART.fullmatch(phrase)) and (code := country_named(match["of"])):
        speaker = Speaker(lexicon().countries[code].name, match["of"], "country", None, code)
        return replace(answer, speaker=speaker, entities=(), how="counterpart: whom they speak for", sure=0.85)
    if (match := _SPOKEN_FOR.fullmatch(phrase)) and answer.speaker is not None and answer.speaker.kind != "person":
        code = country_in(match["body"])
        speaker = Speaker(match["body"], match["body"], "organisation", None, code)
        return replace(answer, speaker=speaker, entities=(), how="spokesperson: the institution")
    leaders = _leaders(answers, phrase) if finding.origin == "issuer" else None
    if leaders is not None:
        return replace(leaders, how="leaders: the two persons named")
    own = answers.article.kind == "statement" and finding.origin == "frame" and is_issuer(phrase)
    if own and answers._issuer is not None and (answer.speaker is None or answer.how in {"name", "group"}):
        return replace(answer, speaker=answers._issuer, entities=(), how="issuer of the document")
    signed = finding.origin == "issuer" and answer.speaker is not None and answer.speaker.kind == "person"
    body = issuing_body(answers.article, phrase) if signed and finding.quotation.form != "direct" else None
    return replace(answer, speaker=body, entities=(), how="issuer: the body in the heading") if body else None


def _named_after(answers: Answers, source: Span) -> Answer | None:
    """ "Its chair, Ana Lima (Portugal)," where the source was cut before the name."""
    if answers.text[source.end : source.end + 2] != ", ":
        return None
    names = answers.reader.names_in(Span(source.end + 2, source.end + 3))
    named = names and names[0].kind == "person" and names[0].outer.start == source.end + 2 and " " in names[0].text
    return answers._named((names[0],), f"description of {names[0].text}", 0.9) if named else None

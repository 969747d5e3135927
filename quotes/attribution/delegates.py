"""Whom a document names as the delegate of a country: "ANA LIMA (Portugal)", "Portugal's representative, Ana Lima"."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from quotes.attribution.entities import Entities, Entity
from quotes.attribution.offices import country_named
from quotes.attribution.patterns import Name
from quotes.attribution.roles import country_in

_ASIDE = regex.compile(r"[*_]{0,3}\s?\((?P<of>[^()]{3,60})\)")
_POST = r"(?:permanent representative|representative|delegate|delegation|ambassador|observer|envoy)"
_BEFORE = regex.compile(
    rf"(?:(?P<owner>\p{{Lu}}[\p{{L}} ]{{2,40}}?)['’]s?\s+{_POST}|"
    rf"{_POST} (?:of|for) (?:the )?(?P<of>\p{{Lu}}[\p{{L}} ]{{2,60}}?)),?\s+$",
    regex.I,
)
_SPOKEN_FOR = regex.compile(
    rf"(?:[Tt]he\s+)?(?:(?:deputy|acting)\s+)?{_POST}s?\s+(?:of|for)\s+(?:the\s+)?"
    rf"(?P<of>\p{{Lu}}[\p{{L}}\p{{M}}’' -]+?)(?:,.*)?"
    rf"|(?P<owner>\p{{Lu}}[\p{{L}}\p{{M}} -]+?)['’]s?\s+{_POST}(?:,.*)?",
    regex.I | regex.S,
)
_REACH = 90  # characters before a name in which the post stands


def delegates(text: str, names: Sequence[Name], entities: Entities) -> dict[str, Entity]:
    """The one person named for each country (alpha-3); countries with several delegates are left out."""
    found: dict[str, Entity] = {}
    several: set[str] = set()
    for name in names:
        entity = entities.of_name.get(name.span)
        if entity is None or entity.kind != "person":
            continue
        code = _country(text, name)
        if code is not None and found.setdefault(code, entity) is not entity:
            several.add(code)
    return {code: entity for code, entity in found.items() if code not in several}


def _country(text: str, name: Name) -> str | None:
    if aside := _ASIDE.match(text, name.span.end):
        return country_named(aside["of"])
    before = _BEFORE.search(text[max(0, name.outer.start - _REACH) : name.outer.start])
    return country_named((before["of"] or before["owner"]).strip()) if before else None


def spoken_for(phrase: str) -> str | None:
    """The country, as written, whose delegate a source phrase describes ("the representative of Zaire"); else None."""
    match = _SPOKEN_FOR.fullmatch(" ".join(phrase.split()).strip(" ,"))
    return (match["of"] or match["owner"]).strip() if match else None


def code_of(place: str) -> str | None:
    """The alpha-3 code of a country as a source phrase writes it."""
    return country_named(place) or country_in(place)

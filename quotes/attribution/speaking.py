"""The ``Speaker`` of an entity: its name, kind, role and country."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from quotes.attribution.entities import Entity
from quotes.attribution.lexicon import fold, lexicon
from quotes.attribution.roles import Role
from quotes.model import Speaker

_COURTESY = frozenset(["mr", "mrs", "ms", "miss", "dr", "sir", "madam", "prof", "professor", "dame", "lord", "lady"])
_LEADING_COUNTRY = regex.compile(r"^(?:[\p{Lu}][\p{L}.'’\-]*\s){1,3}")


def speaker_of(entity: Entity, roles: Sequence[Role], *, with_article: bool = False) -> Speaker:
    """The speaker that an entity is. ``with_article``: the source has "the" before the name."""
    if entity.kind == "person":
        role = best_role(roles)
        country = (role.country if role else None) or next((r.country for r in roles if r.country), None)
        return Speaker(entity.name, entity.name, "person", role_text(role) if role else None, country)
    if entity.official == "?":
        kind = "organisation" if with_article else "person"
        return Speaker(entity.name, entity.name, kind, None, None)  # type: ignore[arg-type]
    if entity.kind == "organisation" and entity.country and fold(entity.name).endswith(" government"):
        # A government speaks for its country: one speaker across documents.
        return Speaker(known_country(entity.country), entity.name, "country", None, entity.country)
    return Speaker(entity.official or entity.name, entity.name, entity.kind, None, entity.country)


def known_country(code: str) -> str:
    return lexicon().countries[code].name


def joint_speaker(speakers: Sequence[Speaker]) -> Speaker:
    """One speaker for all: the names joined by "; ", in the order of the text."""
    if len(speakers) == 1:
        return speakers[0]
    countries = {s.country for s in speakers}
    return Speaker(
        "; ".join(s.name for s in speakers), "; ".join(s.name_in_document for s in speakers), "group", None,
        countries.pop() if len(countries) == 1 else None,
    )  # fmt: skip


def group_speaker(text: str, country: str | None) -> Speaker:
    return Speaker(text, text, "group", None, country)


def best_role(roles: Sequence[Role]) -> Role | None:
    """The role to show: a title before an apposition, a present one before a former, the fuller text of equals."""
    telling = [role for role in roles if role.text and not _is_courtesy(role.text)]
    if not telling:
        return None
    return max(telling, key=lambda r: (not r.former, r.title, r.country is not None, len(r.text) < 60, -r.at))


def _is_courtesy(text: str) -> bool:
    return all(fold(word).strip(".") in _COURTESY for word in text.split())


def role_text(role: Role) -> str:
    """The role without the country before or after it: "Russian Foreign Minister" → "Foreign Minister"."""
    known = lexicon()
    words = role.text.split()
    while role.title and len(words) > 1 and fold(words[0]).strip(".,") in _COURTESY:
        words.pop(0)
    for n in (3, 2, 1):
        lead = regex.sub(r"['’]s?$", "", " ".join(words[:n]))
        place = known.place(lead) if len(words) > n and lead[:1].isupper() else None
        if place is not None and place.sense != "seat":
            words = words[n:]
            break
    text = " ".join(words)
    match = regex.search(r"\s(?:of|for)\s(?:the\s)?((?:\p{Lu}[\p{L}.]*\s?){1,4})$", text)
    if match is not None and known.place(match.group(1).strip()) is not None:
        text = text[: match.start()]
    return text.strip(" ,")

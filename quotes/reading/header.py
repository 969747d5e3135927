"""What the head of a document says of it: date lines, bylines, datelines, labelled fields, sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from quotes.model import Role
from quotes.reading.dates import DATE, iso_date
from quotes.reading.phrases import phrases

_DATE_LINE_LENGTH = 120
_BYLINE_LENGTH = 120
_DATELINE_LENGTH = 160
_AUTHOR_LENGTH = 100
# What may stand beside a date in a date line, besides labels and section names.
_BESIDE_DATE = regex.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:at|on|in|the|time|local|hours?|hrs|am|pm|GMT|UTC|E[SD]?T|BST|CE?S?T|IST|MSK)\b"
    r"|\b\d{1,2}[:.]?\d\d\b|\d+ min(?:ute)?s? read|[\d:]+",
    regex.I,
)
_PARTICLE = r"(?:de|da|del|della|der|di|du|van|von|bin|bint|al|el|la|le|ibn|ben|ter|zu) "
_NAME = rf"\p{{Lu}}[\p{{L}}.'’-]*(?: (?:{_PARTICLE})*\p{{Lu}}[\p{{L}}.'’-]*){{1,4}}"
_PLACE_BEFORE_DATE = regex.compile(r"\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){0,2},\s*")  # "Geneva, 5 March 2024"
_BARE_NAME = regex.compile(rf"{_NAME}(?:(?:, | and | & ){_NAME})*")
_DOUBLED = regex.compile(r"(?P<name>\p{Lu}[^\n]{4,60}?)[\s|,]*(?P=name)")
_BY = regex.compile(
    r"(?:(?:[Ww]ritten |[Rr]eported |[Ss]tory |[Aa]nalysis |[Oo]pinion |[Ww]ords )?[Bb]y|BY)(?::\s*|\s+)(?P<names>\S.*)"
)
_TRAILING_POST = regex.compile(
    r"(?:,| [-–—|/] |\bin\b|\bfor\b|\bat\b|\bStaff\b|\bSpecial\b|\b(?:The )?Associated Press\b|\s[-–—|]\s).*$"
)
_SOURCE = regex.compile(r"\(?sources?\s?:\s*(?P<source>[^.!?\"“”]{2,60})[.)]*", regex.I)
_SOURCE_LENGTH = 80
# "SOURCE: Skerry Post and staff": the outlet without who else wrote
_STAFF = regex.compile(
    r"(?:\s*[,&/+]\s*|\s+(?:and|with)\s+)(?:\p{L}+\s+){0,2}(?:staff|agenc(?:y|ies)|wires?|others|reporters?|correspondents?|desk)\b.*$",
    regex.I,
)
_BETWEEN_NAMES = regex.compile(r"\s*(?:,|\band\b|&)\s*", regex.I)
_DASH = r"(?:\s*(?:—|–|―|--)\s*|\s+-\s+|\s-(?=\p{Lu}))"
_UPPER_WORD = r"(?:\p{Lu}[\p{Lu}.'’-]+|\p{Lu}\.)"
_UPPER_PLACE = rf"{_UPPER_WORD}(?:[ /-]{_UPPER_WORD}){{0,3}}"
_MIXED_PLACE = r"\p{Lu}[\p{L}.'’-]*(?:[ /](?:\p{Lu}[\p{L}.'’-]*|d[eu]|el|al|la|of)){0,3}"
_REGION = r"(?:,\s?(?:(?:\p{Lu}\.){1,3}|\p{Lu}\p{L}{1,11}\.?(?: \p{Lu}\p{L}{1,11}\.?){0,2}))?"
_MONTH = r"(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[A-Za-z]*\.?"
_SHORT_DATE = (
    r"(?:[,.]?\s?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    rf"(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?\.?)"
)
_NO_PLACES = frozenset({
    "UPDATE", "UPDATES", "UPDATED", "BREAKING", "EXCLUSIVE", "ANALYSIS", "OPINION", "WATCH", "QUESTION", "ANSWER",
    "NOTE", "CORRECTION", "EDITOR", "FACT", "CHECK", "Q", "A",
})  # fmt: skip
_COPYRIGHT = regex.compile(
    r"(?:copyright\s*)?(?:©|\(c\))\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?,?\s+)?(?:by\s+)?"
    r"(?P<name>\p{L}[^.,|©]{2,60}?)(?:\s*(?:\d{4}|[.,|]|$|all rights))",
    regex.I,
)


@dataclass(slots=True)
class Facts:
    """What the text of a document states about it. The first statement of a fact counts."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    agency: str | None = None
    author: str | None = None
    url: str | None = None

    def add_date(self, words: str) -> None:
        """From a date line; the day of an update counts only where no other is given."""
        date = iso_date(words)
        if date and (self.published is None or (self._updated and not _is_update(words))):
            self.published = date
            self._updated = _is_update(words)

    def add_byline(self, words: str) -> None:
        field = _field(words)
        if field is not None and field[0] != "author":
            self._set(field[0], field[1])
            return
        if self.author is None:
            self.author = author_of(words)
        if self.agency is None and (found := _agency_in(words)):
            self.agency = found
        if iso_date(words):
            self.add_date(words)

    def add_dateline(self, words: str) -> None:
        match = regex.search(rf"[(/](?:[^()/]*\b)?({phrases().agency})[)/]", words)
        if match and self.agency is None:
            self.agency = phrases().agencies[match[1]]
        if self.published is None and (date := iso_date(words)):
            self.published = date

    def add_furniture(self, words: str) -> None:
        source = source_line(words)
        if source and self.agency is None:
            self.agency = _agency_in(source)
        if source and not _agency_in(source) and self.publisher is None:
            self.publisher = source
        match = _COPYRIGHT.match(words)
        if match and self.publisher is None:
            self.publisher = match["name"].strip()

    def _set(self, name: str, value: str) -> None:
        if name in ("publisher", "title", "url") and getattr(self, name) is None:
            setattr(self, name, value)

    _updated: bool = False


def _is_update(words: str) -> bool:
    return regex.match(r"\W*(?:last )?(?:updated|modified)\b", words, regex.I) is not None


@lru_cache(maxsize=64)
def _field(words: str) -> tuple[str, str] | None:
    """The name and value of a labelled header line ("Published: 6 April 2021")."""
    match = phrases().header_field.fullmatch(words)
    return None if match is None else (phrases().field_names[match["name"].casefold()], match["value"].strip())


def field_role(words: str) -> Role | None:
    """The role of a labelled header line: date, byline or title; publisher and url count as byline."""
    found = _field(words) if len(words) <= 250 else None
    if found is None:
        return None
    name, value = found
    if name == "date":
        return "date" if iso_date(value) else None
    if name == "title":
        return "title"
    if name == "author":
        return "byline" if len(value) <= _AUTHOR_LENGTH and not regex.search(r"[.!?][\"”]?$", value) else None
    return "byline" if len(value) <= _AUTHOR_LENGTH or name == "url" else None


def title_of(words: str) -> str:
    """The title without the label some files put before it."""
    found = _field(words)
    value = found[1] if found is not None and found[0] == "title" else words
    return " ".join(value.split())


def is_date_line(words: str) -> bool:
    """Whether a line is a date with nothing but labels, weekdays, times and section names around it."""
    if len(words) > _DATE_LINE_LENGTH:
        return False
    match = DATE.search(words)
    if match is None:
        return False
    if _PLACE_BEFORE_DATE.fullmatch(words[: match.start()]) and not words[match.end() :].strip(" ."):
        return True
    rest = _BESIDE_DATE.sub(" ", DATE.sub(" ", words))
    if rest.split() and rest.split()[-1].isupper() and rest.split()[-1].isalpha():
        rest = rest.rsplit(maxsplit=1)[0] if len(rest.split()) > 1 else ""  # a section in capitals
    rest = rest.casefold()
    rest = regex.sub(r"[^\p{L}\s]+", " ", rest)
    known = phrases()
    for label, name in known.field_names.items():
        if name == "date":
            rest = regex.sub(rf"\b{label}\b", " ", rest)
    rest = " ".join(rest.split())
    return not rest or rest in known.sections or all(word in known.sections for word in rest.split())


def is_byline(words: str) -> bool:
    """Whether a line can be a byline: "By Jane Doe", "Jane DoeJane Doe", or bare names."""
    if len(words) > _BYLINE_LENGTH or (
        words.endswith((".", "?", "!", ":", "”", '"')) and not words.endswith(("Jr.", "Sr."))
    ):
        return False
    return is_sure_byline(words) or _BARE_NAME.fullmatch(words) is not None


def is_sure_byline(words: str) -> bool:
    """Whether a line says that it is a byline, wherever it stands in the head."""
    match = _BY.fullmatch(words)
    if match:
        return _is_names(match["names"])
    doubled = _DOUBLED.fullmatch(words)
    return doubled is not None and _is_names(doubled["name"])


def _is_names(words: str) -> bool:
    """Whether nearly all words are capitalised or belong to bylines."""
    known = phrases().byline_words
    listed = regex.findall(r"[\p{L}.'’-]+", DATE.sub(" ", words))
    odd = sum(not (word[0].isupper() or word.casefold().strip(".") in known or len(word) < 3) for word in listed)
    return bool(listed) and odd == 0 and len(listed) <= 14


def author_of(words: str) -> str | None:
    """The names in a byline, joined by ", "; names in capitals get ordinary ones."""
    doubled = _DOUBLED.fullmatch(words)
    by = _BY.fullmatch(words)
    field = _field(words)
    names = doubled["name"] if doubled else by["names"] if by else field[1] if field else words
    found = []
    for name in _BETWEEN_NAMES.split(DATE.sub("", names)):
        name = _TRAILING_POST.sub("", name).strip(" .|-–—")
        if not name or all(word.casefold().strip(".") in phrases().byline_words for word in name.split()):
            continue
        if _agency_in(name) == name or name in phrases().agencies:
            continue
        found.append(_ordinary_capitals(name) if name.isupper() else name)
    return ", ".join(dict.fromkeys(found)) or None


def _ordinary_capitals(name: str) -> str:
    return regex.sub(r"(?<=\p{L})\p{L}+", lambda match: match[0].lower(), name)


def source_line(words: str) -> str | None:
    """Whom a line like "SOURCE:Reuters" names."""
    match = _SOURCE.fullmatch(words) if len(words) <= _SOURCE_LENGTH else None
    if match is None:
        return None
    source: str = _STAFF.sub("", match["source"]).strip()
    return source if _agency_in(source) or (len(source.split()) <= 5 and source[0].isupper()) else None


def _agency_in(words: str) -> str | None:
    match = _agency_pattern().search(words)
    return None if match is None else phrases().agencies[match[0]]


@lru_cache(maxsize=1)
def _agency_pattern() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w){phrases().agency}(?!\w)")


@lru_cache(maxsize=1)
def _dateline_patterns() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    agency = rf"(?:[^()]{{0,30}}\b)?{phrases().agency}(?:\b[^()]{{0,30}})?"
    with_agency = (
        rf"(?:{_MIXED_PLACE}{_REGION}{_SHORT_DATE}?,?\s*)?"
        rf"(?:\({agency}\)(?:{_DASH}|\s*[.:]\s+|\s+(?=\p{{Lu}}|[“\"]))|/{agency}/\.?\s+)"
    )
    by_place = rf"(?P<place>{_UPPER_PLACE}){_REGION}(?P<date>{_SHORT_DATE})?,?{_DASH}"
    return regex.compile(with_agency), regex.compile(by_place)


def dateline_end(words: str, first: bool) -> int:
    """Where the text of a paragraph starts after its dateline, 0 without one.

    ``first`` says that it is the first paragraph of the body, where a place in capitals and a dash are enough; further
    down an agency or a date must be named.
    """
    with_agency, by_place = _dateline_patterns()
    head = words[:_DATELINE_LENGTH]
    match = with_agency.match(head)
    if match is None:
        match = by_place.match(head)
        if match is None or not (first or match["date"]) or match["place"].split()[0] in _NO_PLACES:
            return 0
    end: int = match.end()
    return end if words[end:].strip() else 0

"""Dates as headers state them, to ISO 8601, by dateparser behind a guard against its false positives."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

import regex

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_ZONE = r"(?:Z\b|GMT|UTC|E[SD]?T|P[SD]T|C?EST|CET|BST|IST|MSK|[+-]\d\d:?\d\d)"
_TIME = (
    r"(?:[T,\s]*(?:at\s+|[-–—|•]\s*)?\d{1,2}[:.]\d\d(?::\d\d(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?"
    rf"(?:\s*{_ZONE})?)"
)
_ISO = rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_UNAMBIGUOUS = (
    rf"(?:1[3-9]|2\d|3[01])[/.](?:0?[1-9]|1[0-2])[/.]{_YEAR}"
    rf"|(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/{_YEAR}"
)
_DATE = rf"(?:{_ISO}|{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}|{_DAY}\s+(?:of\s+)?{_MONTH}\s*,?\s+{_YEAR}|{_UNAMBIGUOUS})"

#: A date with day, month and year, and its time. All-numeric dates count only when they can be read in one way.
DATE = regex.compile(rf"(?<![\w/.-])(?P<date>{_DATE})(?P<time>{_TIME})?(?![\w/-])", regex.IGNORECASE)


@lru_cache(maxsize=4096)
def iso_date(text: str) -> str | None:
    """The first date that ``text`` states in full, as ISO 8601 (with the time, where given); else None."""
    match = DATE.search(text)
    if match is None:
        return None
    time = match["time"]
    if time and regex.fullmatch(r"\d{4}-.*", match["date"]):
        try:
            return datetime.fromisoformat(match[0].strip().replace("Z", "+00:00")).isoformat()
        except ValueError:
            pass  # not in ISO format after all: dateparser reads it
    stated = _parse(match["date"])
    if stated is None:
        return None
    moment = _parse(match[0]) if time else None
    return moment.isoformat() if moment is not None and moment.date() == stated.date() else stated.date().isoformat()


def _parse(text: str) -> datetime | None:
    import dateparser

    parsed = dateparser.parse(text, languages=["en"], settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    return parsed if isinstance(parsed, datetime) else None

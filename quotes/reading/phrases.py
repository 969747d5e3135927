"""What data/layout.toml says, compiled: the phrases by which the parts of a page are known."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import regex


@dataclass(frozen=True, slots=True)
class Phrases:
    """The tables of data/layout.toml. Patterns are to be matched against a whole paragraph."""

    furniture_lines: frozenset[str]
    furniture_starts: regex.Pattern[str]
    furniture_contains: regex.Pattern[str]
    start_length: int
    contains_length: int
    link_lists: frozenset[str]
    credits: regex.Pattern[str]
    code: regex.Pattern[str]
    header_field: regex.Pattern[str]
    field_names: dict[str, str]
    sections: frozenset[str]
    byline_words: frozenset[str]
    caption_starts: regex.Pattern[str]
    caption_ends: regex.Pattern[str]
    agencies: dict[str, str]
    agency: str  # an alternation for use inside patterns


def _words(phrases: list[str]) -> str:
    """An alternation of phrases, longest first; apostrophes may be curly."""
    escaped = (regex.escape(phrase, literal_spaces=True) for phrase in sorted(phrases, key=len, reverse=True))
    return "(?:" + "|".join(phrase.replace("'", "['’]") for phrase in escaped) + ")"


def _starting(phrases: list[str]) -> regex.Pattern[str]:
    # a phrase that ends in a letter must end a word
    return regex.compile(_words(phrases) + r"(?:(?<=\W)|\b)", regex.I)


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The bundled phrases, loaded once."""
    data = tomllib.loads(resources.files("quotes").joinpath("data/layout.toml").read_text(encoding="utf-8"))
    furniture, header, caption, agencies = data["furniture"], data["header"], data["caption"], data["agencies"]
    fields = {word: name for name in ("date", "author", "publisher", "title", "url") for word in header[name]}
    agency = _words(list(agencies)).replace("['’]", "'")
    return Phrases(
        furniture_lines=frozenset(furniture["lines"]),
        furniture_starts=_starting(furniture["prefixes"]),
        furniture_contains=regex.compile(_words(furniture["contains"]), regex.I),
        start_length=furniture["prefix_length"],
        contains_length=furniture["contains_length"],
        link_lists=frozenset(furniture["link_lists"]),
        credits=regex.compile("|".join(f"(?:{pattern})" for pattern in furniture["credits"]), regex.I),
        code=regex.compile("|".join(f"(?:{pattern})" for pattern in furniture["code"]), regex.I),
        header_field=regex.compile(rf"(?P<name>{_words(list(fields))})\s*:\s*(?P<value>\S.*)", regex.I),
        field_names=fields,
        sections=frozenset(header["sections"]),
        byline_words=frozenset(header["byline_words"]),
        caption_starts=_starting(caption["starts"]),
        # a credit: "/ Reuters", "(AP Photo/Jane Doe)", "[Jane Doe/Reuters]", "via Getty Images"
        caption_ends=regex.compile(
            rf"(?:\b(?i:{_words(caption['ends'])})|(?:\s/ ?|\p{{L}}/|©\s?){agency}"
            rf"|[(\[](?:(?:{agency})[ /])?(?:Photo|Picture|Image|File)\b[^()\[\]]{{0,60}}[)\]]"
            rf"|[(\[][^()\[\]]{{0,60}}/\s?{agency}[)\]])[)\].]*$"
        ),
        agencies=agencies,
        agency=agency,
    )

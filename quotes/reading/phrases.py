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
    furniture_starts: tuple[str, ...]
    furniture_contains: tuple[str, ...]
    start_length: int
    contains_length: int
    link_lists: frozenset[str]
    credits: regex.Pattern[str]
    code: regex.Pattern[str]
    header_field: regex.Pattern[str]
    field_names: dict[str, str]
    corrections: tuple[str, ...]
    kickers: frozenset[str]
    sections: frozenset[str]
    byline_words: frozenset[str]
    caption_starts: tuple[str, ...]
    caption_ends: tuple[str, ...]
    credit: regex.Pattern[str]
    agencies: dict[str, str]
    agency: str  # an alternation for use inside patterns


def _words(phrases: list[str]) -> str:
    """An alternation of phrases, longest first; apostrophes may be curly."""
    escaped = (regex.escape(phrase, literal_spaces=True) for phrase in sorted(phrases, key=len, reverse=True))
    return "(?:" + "|".join(phrase.replace("'", "['’]") for phrase in escaped) + ")"


def folded(words: str) -> str:
    """``words`` as the phrases are written: lower case, straight apostrophes."""
    return words.casefold().replace("’", "'")


def start_of(words: str, starts: tuple[str, ...]) -> str | None:
    """The phrase that folded ``words`` begin with, as whole words; None without one."""
    if not words.startswith(starts):
        return None
    for start in starts:
        if words.startswith(start) and not (start[-1].isalnum() and words[len(start) : len(start) + 1].isalnum()):
            return start
    return None


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The bundled phrases, loaded once."""
    data = tomllib.loads(resources.files("quotes").joinpath("data/layout.toml").read_text(encoding="utf-8"))
    furniture, header, caption, agencies = data["furniture"], data["header"], data["caption"], data["agencies"]
    fields = {word: name for name in ("date", "author", "publisher", "title", "url") for word in header[name]}
    agency = _words(list(agencies)).replace("['’]", "'")
    return Phrases(
        furniture_lines=frozenset(folded(line) for line in furniture["lines"]),
        furniture_starts=tuple(map(folded, furniture["prefixes"])),
        furniture_contains=tuple(map(folded, furniture["contains"])),
        start_length=furniture["prefix_length"],
        contains_length=furniture["contains_length"],
        link_lists=frozenset(map(folded, furniture["link_lists"])),
        credits=regex.compile("|".join(f"(?:{pattern})" for pattern in furniture["credits"]), regex.I),
        code=regex.compile("|".join(f"(?:{pattern})" for pattern in furniture["code"]), regex.I),
        header_field=regex.compile(rf"(?P<name>{_words(list(fields))})\s*:\s*(?P<value>\S.*)", regex.I),
        field_names=fields,
        corrections=tuple(map(folded, header["corrections"])),
        kickers=frozenset(header["kickers"]),
        sections=frozenset(header["sections"]),
        byline_words=frozenset(header["byline_words"]),
        caption_starts=tuple(map(folded, caption["starts"])),
        caption_ends=tuple(map(folded, caption["ends"])),
        # "/ Reuters", "(AP Photo/Jane Doe)", "[Jane Doe/Reuters]", "via Getty Images"
        credit=regex.compile(
            rf"(?:(?:\s/ ?|\p{{L}}/|©\s?){agency}"
            rf"|[(\[](?:(?:{agency})[ /])?(?:Photo|Picture|Image|File)\b[^()\[\]]{{0,60}}[)\]]"
            rf"|[(\[][^()\[\]]{{0,60}}/\s?{agency}[)\]])[)\].]*$"
        ),
        agencies=agencies,
        agency=agency,
    )

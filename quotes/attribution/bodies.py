"""Bodies that are called by whose they are: "the Lima campaign", "Lima's administration", and "the campaign" alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from quotes.attribution.context import Context
from quotes.attribution.lexicon import fold, small_words
from quotes.attribution.patterns import Name

_NOUN_NEXT = regex.compile(
    r"(?P<owner>['’]s?)?[ \u00a0](?:(?:presidential|re-?election|election|transition|gubernatorial|senate)[ \u00a0])?"
    r"(?P<noun>" + "|".join(sorted(small_words("bodies_called_by_owner"))) + r")(?![\p{L}-])",
    regex.I,
)
_CAMPAIGNS = frozenset(("campaign", "camp", "team"))
_TITLES = regex.compile(r"^(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|President|Senator|Secretary)\.?\s+)+(?=\p{Lu})")
_KIND_OF = regex.compile(r"\s(?:presidential|re-?election|election)(?=\s(?:campaign|camp|team)$)")
_NEAR = 4  # sentences


@dataclass(frozen=True, slots=True)
class Body:
    at: int
    name: str
    noun: str
    owner: str


class Bodies:
    """The bodies of one text that are called by their owners, in order."""

    def __init__(self, text: str, names: Sequence[Name], context: Context) -> None:
        self.context = context
        self.found: list[Body] = []
        for name in names:
            match = _NOUN_NEXT.match(text, name.span.end)
            if match is not None and name.kind not in ("adjective", "people", "place"):
                noun = match["noun"].lower()
                owner = name.text.split()[-1] if name.kind == "person" else name.text
                self.found.append(Body(name.span.start, f"{name.text} {noun}", noun, fold(owner)))
        self._starts = [body.at for body in self.found]

    def before(self, noun: str, at: int) -> str | None:
        """Which body "the campaign" at ``at`` is: the only one of the text, else the last one if named lately."""
        nouns = _CAMPAIGNS if noun in _CAMPAIGNS else {noun}
        if noun not in small_words("bodies_called_by_owner"):
            return None
        alike = [body for body in self.found[: bisect_left(self._starts, at)] if body.noun in nouns]
        if not alike:
            return None
        last = alike[-1]
        near = self.context.sentence(at) - self.context.sentence(last.at) <= _NEAR
        return self.canonical(last.name) if near or len({body.owner for body in alike}) == 1 else None

    def last_before(self, at: int) -> Body | None:
        i = bisect_left(self._starts, at)
        return self.found[i - 1] if i else None

    def canonical(self, name: str) -> str:
        """ "Mrs. Lima's presidential campaign" → "Lima's campaign"; "Lima team" → "Lima campaign" if it is there."""
        plain = _KIND_OF.sub("", _TITLES.sub("", name))
        words = plain.split()
        if words[-1].lower() not in _CAMPAIGNS - {"campaign"} or len(words) < 2:
            return plain
        owner = fold(regex.sub(r"['’]s?$", "", words[-2]))
        same = [body for body in self.found if body.noun == "campaign" and body.owner == owner]
        return self.canonical(same[0].name) if same else plain

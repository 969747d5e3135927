"""What the main screen shows, as one value: it can be changed piece by piece, bookmarked, and turned into a filter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any, Literal, get_args

from db.records import QUOTATION_SORTS, Filter, QuotationSort
from tui.widgets.chips import Chip

By = Literal["speakers", "countries", "articles"]
BYS: tuple[str, ...] = get_args(By)

SORT_LABELS: dict[str, str] = {
    "newest": "newest first",
    "oldest": "oldest first",
    "position": "by place in the text",
    "speaker": "by speaker",
    "confidence": "least sure first",
    "repeats": "most repeated first",
    "relevance": "best match first",
}
_TUPLE_LABELS: dict[str, str] = {
    "country": "country",
    "form": "form",
    "act": "act",
    "mode": "mode",
    "kind": "speaker is",
    "publisher": "publisher",
    "status": "status",
}


@dataclass(frozen=True)
class View:
    """``chosen``: what the list on the left limits to; speaker ids (None: no speaker found), countries or article ids.

    ``labels`` are the names of the chosen, for people.
    """

    by: By = "speakers"
    filter: Filter = field(default_factory=Filter)
    sort: QuotationSort = "newest"
    chosen: tuple[Any, ...] = ()
    labels: tuple[str, ...] = ()

    def quotations(self) -> Filter:
        """The filter of the quotations shown: the user's filters, and what is chosen on the left."""
        if not self.chosen:
            return self.filter
        if self.by == "countries":
            return replace(self.filter, country=tuple(self.chosen))
        if self.by == "articles":
            return replace(self.filter, article_id=self.chosen[0])
        ids = tuple(number for number in self.chosen if number is not None)
        return replace(self.filter, speaker_ids=ids) if ids else replace(self.filter, unattributed=True)

    @property
    def heading(self) -> str:
        """What the quotations shown have in common."""
        if not self.labels:
            return "All quotations"
        return ", ".join(self.labels[:3]) + (f" and {len(self.labels) - 3} more" if len(self.labels) > 3 else "")

    def chips(self) -> tuple[Chip, ...]:
        """One chip for each filter; the words of a search stand in the search field instead."""
        wanted, chips = self.filter, []
        if wanted.speaker:
            chips.append(Chip("speaker", None, f"speaker {wanted.speaker}"))
        for name, label in _TUPLE_LABELS.items():
            chips += [Chip(name, value, f"{label} {value}") for value in getattr(wanted, name)]
        for name, text in (("since", "from"), ("until", "until"), ("path", "file")):
            if getattr(wanted, name):
                chips.append(Chip(name, None, f"{text} {getattr(wanted, name)}"))
        if wanted.min_confidence is not None:
            chips.append(Chip("min_confidence", None, f"confidence ≥ {wanted.min_confidence:.0%}"))
        if wanted.max_confidence is not None:
            chips.append(Chip("max_confidence", None, f"confidence ≤ {wanted.max_confidence:.0%}"))
        if wanted.article_id is not None:
            chips.append(Chip("article_id", None, "one article"))
        if wanted.speaker_ids:
            chips.append(Chip("speaker_ids", None, f"{len(wanted.speaker_ids)} speakers"))
        if wanted.unattributed is not None:
            chips.append(Chip("unattributed", None, "no speaker" if wanted.unattributed else "with a speaker"))
        if wanted.once:
            chips.append(Chip("once", None, "repeats once"))
        return tuple(chips)

    def without(self, chip: Chip) -> View:
        """The view with one filter removed."""
        present = getattr(self.filter, chip.field)
        left: Any = (
            tuple(value for value in present if value != chip.value)
            if isinstance(present, tuple) and chip.value is not None
            else _DEFAULTS[chip.field]
        )
        changes: dict[str, Any] = {chip.field: left}
        return replace(self, filter=replace(self.filter, **changes))

    def without_filters(self) -> View:
        """The view with no filter at all, also no search; what is chosen on the left stays."""
        return replace(self, filter=Filter(), sort="newest" if self.sort == "relevance" else self.sort)

    def searching(self, words: str) -> View:
        """The view for a search; without words, the view without one."""
        words = words.strip()
        sort = self.sort
        if words and not self.filter.words and sort in ("newest", "oldest"):
            sort = "relevance"
        elif not words and sort == "relevance":
            sort = "newest"
        return replace(self, filter=replace(self.filter, words=words or None), sort=sort)

    def sorts(self) -> tuple[QuotationSort, ...]:
        """The orders that make sense here."""
        one_article = self.quotations().article_id is not None
        return tuple(
            name
            for name in get_args(QuotationSort)
            if (name != "relevance" or self.filter.words) and (name != "position" or one_article)
        )

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it; filters that are not set are left out."""
        return {
            "by": self.by,
            "sort": self.sort,
            "chosen": list(self.chosen),
            "labels": list(self.labels),
            "filter": {
                name: value for name, default in _DEFAULTS.items() if (value := getattr(self.filter, name)) != default
            },
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> View:
        """The inverse of ``to_dict``. What is unknown is left out: another version may have written it."""
        given = data.get("filter")
        known: dict[str, Any] = {}
        for name, value in given.items() if isinstance(given, Mapping) else ():
            if name in _DEFAULTS:
                known[name] = tuple(value) if isinstance(value, list) else value
        chosen, labels = data.get("chosen"), data.get("labels")
        by, sort = data.get("by"), data.get("sort")
        return cls(
            by=by if by in BYS else "speakers",
            filter=Filter(**known),
            sort=sort if sort in QUOTATION_SORTS else "newest",
            chosen=tuple(chosen) if isinstance(chosen, list) else (),
            labels=tuple(map(str, labels)) if isinstance(labels, list) else (),
        )


_DEFAULTS: dict[str, Any] = {
    item.name: item.default if item.default is not MISSING else None for item in fields(Filter)
}

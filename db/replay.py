"""A person's corrections applied to what the engine found in one article: a pure function, the same at every re-run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from db.anchors import Anchor, moved, overlap
from quotes.jsonl import quotation_from_dict
from quotes.model import Cue, Quotation, Span, Speaker

_SAME = 0.5  # share of common text from which two quotations are the same one
KEPT = "kept: a person's correction"


@dataclass(frozen=True, slots=True)
class Change:
    """One correction of one quotation.

    ``anchor`` is its content when the person saw it. ``quotation`` is the whole quotation after the change, as the JSON
    Lines contract has it: from it the quotation is restored when a later engine no longer finds it. ``set`` names what
    the person changed in an edit.
    """

    id: int
    action: str
    anchor: Anchor
    quotation: dict[str, Any]
    set: tuple[str, ...] = ()

    @classmethod
    def from_detail(cls, id: int, action: str, detail: dict[str, Any]) -> Change:
        """Raises KeyError, TypeError or ValueError when ``detail`` is not one of a quotation's correction."""
        quotation_from_dict(detail["quotation"])
        return cls(id, action, Anchor.from_dict(detail["anchor"]), detail["quotation"], tuple(detail.get("set") or ()))


@dataclass(slots=True)
class Item:
    """A quotation on its way into the store. ``found`` is what the engine found (None: nothing, a person keeps it)."""

    quotation: Quotation
    found: Quotation | None
    status: str = "extracted"
    changes: list[int] = field(default_factory=list)


def replay(text: str, found: Sequence[Quotation], changes: Sequence[Change]) -> tuple[list[Item], dict[int, str]]:
    """The article's quotations with ``changes`` applied in their order, and why those not applied found no place."""
    items = [Item(quotation, quotation) for quotation in found]
    conflicts: dict[int, str] = {}
    for change in changes:
        reason = _apply(text, items, change)
        if reason is not None:
            conflicts[change.id] = reason
    return items, conflicts


def _apply(text: str, items: list[Item], change: Change) -> str | None:
    places = change.anchor.locate(text)
    if places is None:
        return "the words are no longer in the text, or stand there in other surroundings"
    after = relocated(text, change, places)
    if after is None:
        return "the corrected words are no longer in the text"
    item = _best(items, places, after.content)
    if item is None:
        if change.action == "reject":
            return None  # what was rejected is not found any longer: nothing is left to do
        item = Item(replace(after, inside=None, resolution=KEPT), None)
        items.append(item)
    item.changes.append(change.id)
    _change(item, change, _with_lost_parts(after, change.quotation, item.quotation))
    return None


def _with_lost_parts(after: Quotation, wanted: dict[str, Any], now: Quotation) -> Quotation:
    """``after`` with the cue and source that the engine finds now, where the person's are no longer in their place."""
    cue = now.cue if after.cue is None and wanted["cue"] is not None else after.cue
    source = now.source if after.source is None and wanted["source"] is not None else after.source
    return replace(after, cue=cue, source=source)


def _best(items: Sequence[Item], *places: Sequence[Span]) -> Item | None:
    """The item at one of ``places``: the same content first, then the one that shares most of it."""
    for spans in places:
        score, best = max(
            ((overlap(item.quotation.content, spans), -index) for index, item in enumerate(items)), default=(0.0, 0)
        )
        if score >= _SAME:
            return items[-best]
    return None


def _change(item: Item, change: Change, after: Quotation) -> None:
    now = item.quotation
    if change.action == "reject":
        item.status = "rejected"
    elif change.action == "confirm":
        item.quotation = replace(after, inside=now.inside, resolution=now.resolution, confidence=now.confidence)
        if item.status != "corrected":
            item.status = "confirmed"
    elif change.action == "reassign":
        item.quotation = replace(now, speaker=after.speaker, resolution=after.resolution)
        item.status = "corrected"
    else:
        item.quotation = replace(now, **{name: getattr(after, name) for name in change.set})
        item.status = "corrected"


def relocated(text: str, change: Change, places: Sequence[Span]) -> Quotation | None:
    """The change's quotation with all its spans where they stand in ``text``; None when its content is not there.

    ``places`` is where the anchor stands now; cue and source that are not beside it any longer are left out.
    """
    data = change.quotation
    content_anchor = [(piece["start"], piece["end"], piece["text"]) for piece in data["content"]]
    offset = places[0].start - change.anchor.pieces[0][0]
    if content_anchor == list(change.anchor.pieces):
        content = tuple(places)
    else:
        shifted = [moved(Span(start, end), words, offset, text) for start, end, words in content_anchor]
        if None in shifted:
            found = Anchor(tuple(content_anchor), change.anchor.before, change.anchor.after).locate(text)
            if found is None:
                return None
            content = found
        else:
            content = tuple(span for span in shifted if span is not None)
    cue, source, speaker = data["cue"], data["source"], data["speaker"]
    cue_span = None if cue is None else moved(Span(cue["start"], cue["end"]), cue["text"], offset, text)
    source_span = None if source is None else moved(Span(source["start"], source["end"]), source["text"], offset, text)
    return Quotation(
        form=data["form"],
        mode=data["mode"],
        act=data["act"],
        content=content,
        cue=None if cue_span is None else Cue(cue_span, cue["lemma"]),
        source=source_span,
        speaker=None if speaker is None else Speaker(**speaker),
        inside=None,
        confidence=data["confidence"],
        resolution=data.get("resolution"),
    )

"""One speaker, one name: the speakers of a run joined to each other and to those that the store knows already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from quotes.attribution.speakers import Decision, SpeakerRegistry
from quotes.model import Extraction, Speaker, SpeakerKind

if TYPE_CHECKING:
    from db import KnownSpeaker

# (former name, fuller name, kind, country): as ``db.Store.rename_canonical`` takes them
Renamed = Callable[[str, str, SpeakerKind, str | None], object]


def linker(
    known: Iterable[KnownSpeaker] = (), renamed: Renamed = lambda old, new, kind, country: None
) -> Callable[[Extraction], Extraction]:
    """Gives the function that puts canonical names in an extraction. It learns, so the order of documents matters.

    ``renamed`` is called when a document gives a name more fully than those before it did ("Sergei Orlovsky" for
    "Orlovsky"), so that what was extracted from them can follow. Names that a person has set are never made fuller.
    """
    registry = _Renaming()
    for speaker in known:
        key = registry.prime(
            speaker.name, speaker.aliases, kind=cast(SpeakerKind, speaker.kind), country=speaker.country,
            role=speaker.role,
        )  # fmt: skip
        registry.speakers[key].fixed = speaker.corrected

    def link(extraction: Extraction) -> Extraction:
        names = [q.speaker.name_in_document for q in extraction.quotations if q.speaker]
        speakers = [registry.canonical(q.speaker, names) if q.speaker else None for q in extraction.quotations]
        for decision in registry.taken():
            former, speaker = str(decision.renamed_from), registry.speakers[decision.key]
            speakers = [each and _with_name(each, former, decision.name) for each in speakers]
            country = next(iter(speaker.countries)) if len(speaker.countries) == 1 else None
            renamed(former, decision.name, speaker.kind, country)
        quotations = zip(extraction.quotations, speakers, strict=True)
        return replace(extraction, quotations=tuple(replace(q, speaker=speaker) for q, speaker in quotations))

    return link


def _with_name(speaker: Speaker, former: str, name: str) -> Speaker:
    """``speaker`` by the new name, where it is the one (or one of those who speak together) of the former name."""
    return replace(speaker, name="; ".join(name if part == former else part for part in speaker.name.split("; ")))


class _Renaming(SpeakerRegistry):
    """A registry that remembers which names became fuller."""

    def __init__(self) -> None:
        super().__init__()
        self._fuller: list[Decision] = []

    def add(
        self,
        name: str,
        kind: SpeakerKind = "person",
        country: str | None = None,
        role: str | None = None,
        context: Collection[str] = (),
    ) -> Decision:
        decision = super().add(name, kind, country, role, context)
        if decision.renamed_from is not None:
            self._fuller.append(decision)
        return decision

    def taken(self) -> list[Decision]:
        """The decisions since the last call that made a name fuller."""
        fuller, self._fuller = self._fuller, []
        return fuller

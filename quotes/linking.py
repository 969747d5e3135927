"""One speaker, one name: the speakers of a run joined to each other and to those that the store knows already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from quotes.attribution.speakers import SpeakerRegistry
from quotes.model import Extraction, SpeakerKind

if TYPE_CHECKING:
    from db import KnownSpeaker


def linker(known: Iterable[KnownSpeaker] = ()) -> Callable[[Extraction], Extraction]:
    """Gives the function that puts canonical names in an extraction. It learns, so the order of documents matters."""
    registry = SpeakerRegistry()
    for speaker in known:
        registry.prime(
            speaker.name, speaker.aliases, kind=cast(SpeakerKind, speaker.kind), country=speaker.country,
            role=speaker.role,
        )  # fmt: skip

    def link(extraction: Extraction) -> Extraction:
        names = [q.speaker.name_in_document for q in extraction.quotations if q.speaker]
        quotations = tuple(
            replace(q, speaker=registry.canonical(q.speaker, names)) if q.speaker else q for q in extraction.quotations
        )
        return replace(extraction, quotations=quotations)

    return link

"""The JSON Lines contract: one document with its quotations as one JSON object, and back.

The shape is documented in the README ("JSON Lines"). ``from_dict(to_dict(x))`` gives ``x`` back, but for the layout
(``Article.blocks``), which is not part of the contract.
"""

from __future__ import annotations

import json
from typing import Any

from quotes.model import Article, Cue, Extraction, Quotation, Span, Speaker

DOCUMENT_FIELDS = (
    "path", "title", "published", "publisher", "agency", "author", "url", "language", "kind", "text",
)  # fmt: skip
SPEAKER_FIELDS = ("name", "name_in_document", "kind", "role", "country")


def span_to_dict(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def quotation_to_dict(quotation: Quotation, text: str) -> dict[str, Any]:
    """One quotation as the contract has it; ``text`` is the article's text."""
    cue, source, speaker = quotation.cue, quotation.source, quotation.speaker
    return {
        "form": quotation.form,
        "mode": quotation.mode,
        "act": quotation.act,
        "content": [span_to_dict(span, text) for span in quotation.content],
        "cue": None if cue is None else {**span_to_dict(cue.span, text), "lemma": cue.lemma},
        "source": None if source is None else span_to_dict(source, text),
        "speaker": None if speaker is None else {name: getattr(speaker, name) for name in SPEAKER_FIELDS},
        "inside": quotation.inside,
        "confidence": round(quotation.confidence, 4),
        "resolution": quotation.resolution,
    }


def to_dict(extraction: Extraction) -> dict[str, Any]:
    """The whole extraction of one document as the contract has it."""
    article = extraction.article
    return {
        "document": {name: getattr(article, name) for name in DOCUMENT_FIELDS},
        "quotations": [quotation_to_dict(quotation, article.text) for quotation in extraction.quotations],
    }


def to_line(extraction: Extraction) -> str:
    """One line of JSON, without the line end."""
    return json.dumps(to_dict(extraction), ensure_ascii=False)


def quotation_from_dict(data: dict[str, Any]) -> Quotation:
    """Raises KeyError or ValueError when ``data`` is not a quotation of the contract."""
    cue, source, speaker = data["cue"], data["source"], data["speaker"]
    return Quotation(
        form=data["form"],
        mode=data["mode"],
        act=data["act"],
        content=tuple(Span(piece["start"], piece["end"]) for piece in data["content"]),
        cue=None if cue is None else Cue(Span(cue["start"], cue["end"]), cue["lemma"]),
        source=None if source is None else Span(source["start"], source["end"]),
        speaker=None if speaker is None else Speaker(**{name: speaker.get(name) for name in SPEAKER_FIELDS}),
        inside=data["inside"],
        confidence=data["confidence"],
        resolution=data.get("resolution"),
    )


def from_dict(data: dict[str, Any]) -> Extraction:
    """The inverse of ``to_dict``. Raises KeyError or ValueError when ``data`` is not a line of the contract."""
    article = Article(**{name: data["document"].get(name) for name in DOCUMENT_FIELDS})
    return Extraction(article, tuple(quotation_from_dict(item) for item in data["quotations"]))

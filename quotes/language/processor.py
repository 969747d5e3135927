"""The Stanza processor ``quotation``: importing this module registers it, so that any Stanza pipeline can have it.

>>> import stanza, quotes.language
>>> pipeline = stanza.Pipeline("en", processors="tokenize,quotation", download_method=None)
>>> pipeline('"No," he said.').quotations

Without ``quotation_model_path`` it takes the model that is bundled with this package.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stanza.models.common.doc import Document
from stanza.pipeline.processor import Processor, register_processor

from quotes.language import bundle
from quotes.language.reader import QuotationReader

NAME = "quotation"


@register_processor(name=NAME)
class QuotationProcessor(Processor):
    """Adds ``quotations`` (quotes.analysis.Frame) and ``mentions`` (quotes.analysis.Mention) to a Document.

    Offsets are code points of ``Document.text``. Raises quotes.language.ModelMissing when the model is not there.
    """

    PROVIDES_DEFAULT = {NAME}  # noqa: RUF012 (Stanza's own convention)
    REQUIRES_DEFAULT = {"tokenize"}  # noqa: RUF012

    def __init__(self, config: dict[str, Any], pipeline: Any, device: str) -> None:
        super().__init__(config, pipeline, device)
        given = Path(config["model_path"]) if config.get("model_path") else bundle.QUOTATION
        model = given if given.is_file() else bundle.require(bundle.QUOTATION)
        self._reader = QuotationReader(model, bundle.require(bundle.VOCABULARY), str(device))

    def _set_up_variants(self, config: dict[str, Any], device: str) -> None:
        """There are no variants of this processor."""

    def process(self, document: Document) -> Document:
        """Annotate one document in place."""
        return self.bulk_process([document])[0]

    def bulk_process(self, documents: list[Document]) -> list[Document]:
        """Annotate several documents together; each is read for itself. A document may say where its paragraphs start
        in an attribute ``paragraph_starts`` (rising code points)."""
        starts = [getattr(document, "paragraph_starts", None) for document in documents]
        readings = self._reader.read([document.text for document in documents], starts)
        for document, reading in zip(documents, readings, strict=True):
            document.quotations = reading.frames
            document.mentions = reading.mentions
        return documents

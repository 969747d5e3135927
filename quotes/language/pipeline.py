"""The bundled Stanza pipeline, and articles read with it: ``Analyser``."""

from __future__ import annotations

from collections.abc import Sequence

import stanza
from stanza.models.common.doc import Document

from quotes.analysis import Analysis
from quotes.language import bundle
from quotes.language.processor import NAME
from quotes.language.segmentation import paragraphs, sentences
from quotes.model import Article, Span

PACKAGE = "compact"


def bundled_pipeline(device: str | None = None) -> stanza.Pipeline:
    """A Stanza pipeline of tokenizer and quotation processor on the bundled models. It never uses the network.

    Raises ModelMissing when a model file is not there.
    """
    for path in (bundle.FOLDER / "resources.json", bundle.TOKENIZER, bundle.QUOTATION, bundle.VOCABULARY):
        bundle.require(path)
    return stanza.Pipeline(
        "en",
        dir=str(bundle.FOLDER),
        package=None,
        processors={"tokenize": PACKAGE, NAME: PACKAGE},
        quotation_model_path=str(bundle.QUOTATION),
        download_method=None,
        logging_level="ERROR",
        device=device,
    )


class Analyser:
    """Reads articles with the bundled pipeline. Loads the models once; not to be shared between threads."""

    def __init__(self, device: str | None = None) -> None:
        self._pipeline = bundled_pipeline(device)

    def analyse(self, articles: Sequence[Article]) -> list[Analysis]:
        """One Analysis for each article; several articles at a time are read faster than one by one."""
        documents = []
        for article in articles:
            document = Document([], text=article.text)
            if article.blocks:
                document.paragraph_starts = [block.span.start for block in article.blocks]
            documents.append(document)
        if documents:
            self._pipeline.bulk_process(documents)
        return [_analysis(article, document) for article, document in zip(articles, documents, strict=True)]


def _analysis(article: Article, document: Document) -> Analysis:
    tokens = []
    ends = []
    for sentence in document.sentences:
        tokens += [Span(token.start_char, token.end_char) for token in sentence.tokens]
        ends.append(len(tokens))
    return Analysis(
        tokens=tuple(tokens),
        sentences=tuple(sentences(article.text, tokens, ends, paragraphs(article))),
        frames=document.quotations,
        mentions=document.mentions,
    )

"""The engine: an article goes through language, detection and attribution and comes out with its quotations."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from quotes.analysis import Analysis
from quotes.attribution import attribute
from quotes.batch import by_size, failure, with_kind
from quotes.detection import detect
from quotes.language import Analyser
from quotes.model import Article, Extraction, Quotation
from quotes.reading import article_from_text

log = logging.getLogger(__name__)

BATCH_CHARACTERS = 60_000  # of text that go through the models together


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that the engine could not work through, and why. The rest of the batch goes on."""

    article: Article
    reason: str


class Extractor:
    """Extracts quotations from many articles; loads the models once. Use one for each thread or process.

    ``thoughts``: also give what is reported but not said (mode ``thought``: beliefs, plans, withheld speech).
    ``device``: where the models run ("cpu", "cuda"); by default a GPU when there is one.
    Raises quotes.language.ModelMissing when a bundled model is not there.
    """

    def __init__(self, *, thoughts: bool = False, device: str | None = None) -> None:
        self.thoughts = thoughts
        self._analyser = Analyser(device)

    def extract(self, article: Article | str) -> Extraction:
        """The quotations of one article, or of one text."""
        read = article_from_text(article) if isinstance(article, str) else article
        return self._finish(read, self._analyser.analyse([read])[0])

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        """One result for each article, in order; the models read several articles at a time."""
        for batch in by_size(articles, BATCH_CHARACTERS):
            yield from self._extract_batch(batch)

    def _extract_batch(self, batch: Sequence[Article]) -> Iterator[Extraction | Failure]:
        try:
            analyses: list[Analysis | None] = list(self._analyser.analyse(batch))
        except Exception:
            log.debug("a batch failed; its articles are read one by one", exc_info=True)
            analyses = [None] * len(batch)
        for article, analysis in zip(batch, analyses, strict=True):
            try:
                yield self._finish(article, analysis or self._analyser.analyse([article])[0])
            except Exception as error:
                log.debug("extraction failed", exc_info=True)
                yield Failure(article, failure(error))

    def _finish(self, article: Article, analysis: Analysis) -> Extraction:
        article = with_kind(article)
        quotations = attribute(article, analysis, detect(article, analysis))
        return Extraction(article, quotations if self.thoughts else without_thoughts(quotations))


def without_thoughts(quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Only what was said or written; ``inside`` is renumbered, and points to the nearest encloser that is left."""
    place: dict[int, int] = {}
    for index, quotation in enumerate(quotations):
        if quotation.mode != "thought":
            place[index] = len(place)

    def encloser(index: int | None) -> int | None:
        while index is not None and index not in place:
            index = quotations[index].inside
        return None if index is None else place[index]

    return tuple(replace(quotations[i], inside=encloser(quotations[i].inside)) for i in place)


@cache
def _default_extractor() -> Extractor:
    return Extractor()


def extract(text: str) -> Extraction:
    """The quotations of one text: what was said or written in it, with speakers.

    >>> quotes.extract("...").quotations

    Loads the models on first use and keeps them; for many texts, or other options, use Extractor.
    """
    return _default_extractor().extract(text)

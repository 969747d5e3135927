"""Who said it: from findings to quotations with speakers."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.analysis import Analysis, Finding
from quotes.attribution.answers import THRESHOLD
from quotes.attribution.resolver import Resolver
from quotes.attribution.subjects import with_subjects
from quotes.model import Article, Quotation

__all__ = ["THRESHOLD", "attribute"]


def attribute(article: Article, analysis: Analysis, findings: Sequence[Finding]) -> tuple[Quotation, ...]:
    """The findings as quotations with speakers, in the same order and with the same indices.

    ``resolution`` says how each speaker was found; ``confidence`` is scaled by how sure that is. A speaker found with
    less than ``THRESHOLD`` is null.
    """
    return Resolver(article, analysis, with_subjects(article, analysis, findings)).quotations()

"""Texts as the tests of document structure need them: sentences by their stops, no model."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import regex

from quotes.analysis import Analysis
from quotes.model import Article, Span

_BREAK = regex.compile(r"(?<!\b(?:Mr|Ms|Mrs|Dr|St))(?<=[.?!][”\"’)]?)\s+(?=\p{Lu}|[“\"])|\n+")


@pytest.fixture
def parsed() -> Callable[[str], tuple[Article, Analysis]]:
    """Text -> the article and an analysis with its sentences."""

    def parse(text: str) -> tuple[Article, Analysis]:
        sentences, start = [], 0
        for end, after in [match.span() for match in _BREAK.finditer(text)] + [(len(text), len(text))]:
            if piece := text[start:end].strip():
                first = text.index(piece[0], start)
                sentences.append(Span(first, first + len(piece)))
            start = after
        tokens = tuple(Span(*match.span()) for match in regex.finditer(r"\w+|[^\w\s]", text))
        return Article(text), Analysis(tokens, tuple(sentences))

    return parse

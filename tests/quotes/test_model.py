"""The data model: spans, and what cannot be made."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.model import ACTS, DOCUMENT_KINDS, FORMS, MODES, ROLES, SPEAKER_KINDS, Article, Quotation, Span

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (-3, -1)])
def test_a_span_does_not_run_backwards(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_a_span_counts_code_points() -> None:
    text = "“Non 🙂, c’est fini”, dit-il"
    assert Span(5, 6).of(text) == "🙂"
    assert len(Span(5, 6)) == 1


@given(spans, spans)
def test_spans_as_sets_of_offsets(a: Span, b: Span) -> None:
    one, other = set(range(a.start, a.end)), set(range(b.start, b.end))
    if one and other:
        assert a.overlaps(b) == bool(one & other)
        assert a.contains(b) == (other <= one)
    assert a.overlaps(b) == b.overlaps(a)
    assert len(a) == len(one)


def test_a_quotation_has_content() -> None:
    with pytest.raises(ValueError, match="at least one content span"):
        Quotation("direct", "speech", "state", ())


def test_the_text_of_a_quotation_in_pieces() -> None:
    text = '"We go," she said. "Now."'
    pieces = tuple(Span(text.index(words), text.index(words) + len(words)) for words in ("We go", "Now."))
    assert Quotation("direct", "speech", "state", pieces).text(text) == "We go … Now."


def test_the_model_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Article("text").text = "other"  # type: ignore[misc]


@pytest.mark.parametrize("names", [FORMS, MODES, ACTS, SPEAKER_KINDS, DOCUMENT_KINDS, ROLES])
def test_names_of_kinds_are_distinct(names: tuple[str, ...]) -> None:
    assert len(names) == len(set(names)) > 2

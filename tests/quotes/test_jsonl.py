"""The JSON Lines contract, there and back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import from_dict, to_dict, to_line
from quotes.model import (
    ACTS,
    DOCUMENT_KINDS,
    FORMS,
    MODES,
    SPEAKER_KINDS,
    Article,
    Block,
    Cue,
    Extraction,
    Quotation,
    Span,
    Speaker,
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
maybe = st.none() | words


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
    span = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda pair: Span(*sorted(pair)))
    speaker = st.builds(Speaker, words, words, st.sampled_from(SPEAKER_KINDS), maybe, maybe)
    quotation = st.builds(
        Quotation, st.sampled_from(FORMS), st.sampled_from(MODES), st.sampled_from(ACTS),
        st.lists(span, min_size=1, max_size=3).map(tuple), st.none() | st.builds(Cue, span, words), st.none() | span,
        st.none() | speaker, st.none() | st.integers(0, 5), st.integers(0, 10_000).map(lambda n: n / 10_000), maybe,
    )  # fmt: skip
    article = st.builds(
        Article, st.just(text), maybe, maybe, maybe, maybe, maybe, maybe, maybe, maybe,
        st.none() | st.sampled_from(DOCUMENT_KINDS), st.just(()) | st.just((Block(Span(0, len(text)), "body"),)),
    )  # fmt: skip
    return Extraction(draw(article), tuple(draw(st.lists(quotation, max_size=4))))


@given(extractions())
def test_there_and_back_but_for_the_layout(extraction: Extraction) -> None:
    expected = replace(extraction, article=replace(extraction.article, blocks=()))
    assert from_dict(to_dict(extraction)) == expected
    line = to_line(extraction)
    assert "\n" not in line
    assert from_dict(json.loads(line)) == expected


@given(extractions())
def test_every_span_carries_its_words(extraction: Extraction) -> None:
    line = to_dict(extraction)
    text = line["document"]["text"]
    for quotation in line["quotations"]:
        for span in (*quotation["content"], quotation["cue"], quotation["source"]):
            assert span is None or text[span["start"] : span["end"]] == span["text"]


LINE = to_dict(
    Extraction(
        Article("He said so."), (Quotation("indirect", "speech", "state", (Span(8, 10),), Cue(Span(3, 7), "say")),)
    )
)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: line.pop("document"),
        lambda line: line["quotations"][0].pop("form"),
        lambda line: line["quotations"][0].update(content=[]),
        lambda line: line["quotations"][0]["content"][0].update(start=99),
        lambda line: line["quotations"][0]["cue"].pop("lemma"),
    ],
)
def test_what_is_not_a_line_of_the_contract_is_refused(spoil: Any) -> None:
    line = json.loads(json.dumps(LINE))
    from_dict(line)
    spoil(line)
    with pytest.raises((KeyError, ValueError)):
        from_dict(line)

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.language import Analyser, segmentation
from quotes.model import Article, Block, Span


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser("cpu")


def sentences_of(analyser: Analyser, article: Article) -> list[str]:
    return [span.of(article.text) for span in analyser.analyse([article])[0].sentences]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Sen. Ada Brook met Gov. J. R. Hale on Monday.", "They talked."],
        ["The U.S. envoy arrived.", "He spoke."],
        ["“We will sign.”", "She left."],
        ["Dr. Lind and Prof. Okoro agreed."],
    ],
)
def test_sentences_end_where_they_should(analyser: Analyser, sentences: list[str]) -> None:
    assert sentences_of(analyser, Article(" ".join(sentences))) == sentences


def test_a_heading_without_a_full_stop_is_a_sentence_of_its_own(analyser: Analyser) -> None:
    text = "Talks resume in Geneva\nThe delegations met on Monday"
    cut = text.index("\n")
    article = Article(text, blocks=(Block(Span(0, cut), "title"), Block(Span(cut + 1, len(text)), "body")))
    assert sentences_of(analyser, article) == text.split("\n")


TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("abc ABC. “”\n,'\"\u200b\t\u00ad\ufeff😀é"), st.characters(codec="utf-8")),
    max_size=120,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_spans_of_any_text_are_in_order_and_inside_it(analyser: Analyser, texts: list[str]) -> None:
    for text, analysis in zip(texts, analyser.analyse([Article(text) for text in texts]), strict=True):
        for spans in (analysis.tokens, analysis.sentences):
            assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
            assert all(0 <= s.start < s.end <= len(text) for s in spans)
        parts = [s for f in analysis.frames for s in (*f.cue, *f.source, *f.content)]
        for span in (*parts, *(m.span for m in analysis.mentions)):
            assert 0 <= span.start < span.end <= len(text)
        assert all(0 <= f.score <= 1 for f in analysis.frames)


def test_a_list_of_initials_takes_linear_time() -> None:
    count = 20_000
    text = "J. " * count
    tokens = [Span(3 * i, 3 * i + 2) for i in range(count)]
    began = time.perf_counter()
    assert segmentation.sentences(text, tokens, range(1, count + 1), [0]) == [Span(0, len(text) - 1)]
    assert time.perf_counter() - began < 5  # seconds; a minute when the sentence is read anew for each initial

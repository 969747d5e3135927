"""Quotation marks: exact boundaries in every style, apostrophes apart, and never an error."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.detection.layout import paragraphs
from quotes.detection.marks import find
from quotes.model import Article


def quoted(text):
    spans = [paragraph.span for paragraph in paragraphs(Article(text))]
    return find(text, spans)


def inner(text, depth=None):
    return [item.inner.of(text) for item in quoted(text) if depth is None or item.depth == depth]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We agree,” she said.", ["We agree,"]),
        ('"We agree," she said.', ["We agree,"]),
        ("‘We agree,’ she said.", ["We agree,"]),
        ("'We agree,' she said.", ["We agree,"]),
        ("«We agree», she said.", ["We agree"]),
        ("« We agree », she said.", ["We agree"]),
        ("‹We agree›, she said.", ["We agree"]),
        ("„We agree“, she said.", ["We agree"]),
        ("‚We agree‘, she said.", ["We agree"]),
        ("„We agree”, she said.", ["We agree"]),
        ("»We agree«, she said.", ["We agree"]),
        ("''We agree,'' she said.", ["We agree,"]),
        ("``We agree,'' she said.", ["We agree,"]),
        ('" We agree " she said.', ["We agree"]),
        ('She said: "We agree."', ["We agree."]),
        ("(“We agree”) —“so be it”—", ["We agree", "so be it"]),
        ('"One," she said, "and two."', ["One,", "and two."]),
    ],
)
def test_each_style(text, expected):
    assert inner(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We agree\", she said, 'no'.", ["We agree", "no"]),
        ('"We agree”, she said.', ["We agree"]),
        ("“We agree“, she said.", ["We agree"]),
        ("‘We agree', she said.", ["We agree"]),
        ("”We agree” she said.", ["We agree"]),
        ('„We agree" she said.', ["We agree"]),
    ],
)
def test_closed_in_another_style(text, expected):
    assert inner(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'We reject the ministers' plan,' he said.", ["We reject the ministers' plan,"]),
        ("‘It’s the ministers’ plan,’ he said. ‘It isn’t ours.’", ["It’s the ministers’ plan,", "It isn’t ours."]),
        ("'It is '90s thinking,' he said.", ["It is '90s thinking,"]),
        ("'No,' the delegates' speaker said.", ["No,"]),
        ("The ministers' plan and the envoys' reply", []),
        ("'Tis the season of the '90s, rock 'n' roll and all o' that", []),
        ("It's Norland's, isn't it?", []),
        ('The 6\'2" guard said "no".', ["no"]),
        ("Don’t give ’em the ’16 figures", []),
        ("‘90s thinking, he called it", []),
        ("He called it ‘unacceptable’.", ["unacceptable"]),
    ],
)
def test_apostrophes_are_no_marks(text, expected):
    assert inner(text) == expected


@pytest.mark.parametrize(
    ("text", "outer", "nested"),
    [
        ("“He told me ‘no’ twice,” she said.", ["He told me ‘no’ twice,"], ["no"]),
        ("'She said \"no\" twice,' he said.", ['She said "no" twice,'], ["no"]),
        ("\"'Yes,' he told me,\" she said.", ["'Yes,' he told me,"], ["Yes,"]),
        ("''He said 'no'.''", ["He said 'no'."], ["no"]),
        ("“A ‘b “c” d’ e”", ["A ‘b “c” d’ e"], ["b “c” d"]),
    ],
)
def test_nested(text, outer, nested):
    assert inner(text, 0) == outer
    assert inner(text, 1) == nested


@pytest.mark.parametrize("mark", ["“", '"', "‘", "«"])
def test_paragraphs_reopened_and_closed_once(mark):
    closing = {"“": "”", '"': '"', "‘": "’", "«": "»"}[mark]
    text = f"{mark}The first has no end.\n\n{mark}Nor has the second.\n\n{mark}The third has,{closing} he said."
    found = quoted(text)
    assert [item.inner.of(text) for item in found] == [
        "The first has no end.", "Nor has the second.", "The third has,",
    ]  # fmt: skip
    assert [item.closed for item in found] == [False, False, True]
    assert [item.reopens for item in found] == [False, True, True]


def test_possessive_does_not_close_a_paragraph_that_runs_on():
    text = "‘We thank the ministers’ envoys for their work.\n\n‘We will come back.’"
    assert inner(text) == ["We thank the ministers’ envoys for their work.", "We will come back."]


def test_reopened_paragraph_with_words_in_marks_inside():
    text = '"They call it "progress" in the capital.\n\n"We call it delay," he said.'
    assert inner(text, 0) == ['They call it "progress" in the capital.', "We call it delay,"]
    assert inner(text, 1) == ["progress"]


def test_a_mark_never_closed_ends_at_its_paragraph_and_loses_nothing():
    text = "“We will not sign, he said.\n\nThe talks went on.\n\n“We will,” she said. “Soon.”"
    found = quoted(text)
    assert [(item.inner.of(text), item.closed) for item in found] == [
        ("We will not sign, he said.", False), ("We will,", True), ("Soon.", True),
    ]  # fmt: skip


def test_a_stray_mark_does_not_swallow_its_like():
    text = 'He said "yes and "no" in a day, and "perhaps" the next.'
    assert inner(text, 0) == ["yes and", "no", "perhaps"]


MARKED = st.text(alphabet="“”„\"'‘’‚«»‹›`´ab sS.,!?—-()9\n\t\u00a0é", max_size=200)


@settings(max_examples=200, deadline=None)
@given(st.one_of(MARKED, st.text(max_size=200)))
def test_stretches_nest_and_stay_in_their_paragraphs(text):
    layout = [paragraph.span for paragraph in paragraphs(Article(text))]
    found = find(text, layout)
    for item in found:
        assert item.outer.contains(item.inner)
        assert item.inner.of(text).strip() == item.inner.of(text) != ""
        assert any(span.contains(item.outer) for span in layout)
    for first in found:
        for second in found:
            apart = not first.outer.overlaps(second.outer)
            assert apart or first.outer.contains(second.outer) or second.outer.contains(first.outer)
    for item in found:
        assert item.depth == sum(other.outer.contains(item.outer) for other in found if other is not item)
    assert [item.outer.start for item in found] == sorted(item.outer.start for item in found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abcdefg ,.", min_size=3).filter(lambda s: any(c.isalpha() for c in s)), min_size=1))
def test_curly_pairs_are_found_exactly(pieces):
    text = " said ".join(f"“{piece}”" for piece in pieces)
    assert [item.outer.of(text) for item in quoted(text)] == [f"“{piece}”" for piece in pieces]


@pytest.mark.parametrize("unit", ['"a "b ', "“a ‘b ", "'a s' ", "«“‘\"'", '" ', "''' "])
def test_time_is_linear(unit):
    def seconds(repeats):
        text = unit * repeats
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            quoted(text)
            best = min(best, time.process_time() - start)
        return best

    seconds(100)
    assert seconds(4_000) < 40 * max(seconds(400), 0.001)  # ten times the text; a hundred times were quadratic

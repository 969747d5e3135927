"""Wrapping, runs and cells, as properties of any text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from tui.drawing import Run, bar, clean, flatten, pieces, shorten, strip_of, wrap
from tui.hits import as_you_type, found_words, places

WIDE = "海は皆のものです。"
TEXTS = st.text(st.sampled_from("ab c\tä海は\x1b\u202e\ud800é’“ \n👍🏽") | st.characters(), max_size=200)


@given(TEXTS)
def test_clean_keeps_offsets_and_nothing_that_moves_the_cursor(text):
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in cleaned)
    assert not set(cleaned) & set("\u202a\u202e\u2066\ufeff\ud800")
    cleaned.encode()


@given(TEXTS, st.integers(2, 40))
def test_wrapped_lines_hold_every_word_in_order_and_fit(text, width):
    text = "\n".join(clean(line) for line in text.split("\n"))
    lines = wrap(text, width)
    position = 0
    for line in lines:
        assert text[position : line.start].strip() == ""
        assert cell_len(text[line.start : line.end]) <= width
        assert "\n" not in text[line.start : line.end]
        position = line.end
    assert text[position:].strip() == ""


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]),
        ("a\n\nb", 9, ["a", "", "b"]),
        (WIDE, 6, ["海は皆", "のもの", "です。"]),
        ("né à la mer", 6, ["né à", "la mer"]),
        ("", 9, [""]),
    ],
)
def test_wrap(text, width, lines):
    assert [text[line.start : line.end] for line in wrap(text, width)] == lines


RUNS = st.lists(st.builds(Run, st.integers(0, 60), st.integers(0, 60), st.sampled_from("abc")), max_size=12)


@given(RUNS)
def test_flattened_runs_show_the_topmost_at_each_place(runs):
    flat = flatten(runs)
    assert all(run.start < run.end for run in flat)
    assert all(one.end <= other.start for one, other in itertools.pairwise(flat))
    for place in range(60):
        wanted = [run.look for run in runs if run.start <= place < run.end]
        found = [run.look for run in flat if run.start <= place < run.end]
        assert found == wanted[-1:]


@given(RUNS, st.integers(0, 50), st.integers(1, 20))
def test_pieces_cover_a_line_without_gaps(runs, start, length):
    flat = flatten(runs)
    line = wrap("x" * 80, 80)[0]._replace(start=start, end=start + length)
    cut = pieces(line, flat, "plain")
    assert [place for run in cut for place in range(run.start, run.end)] == list(range(start, start + length))


@given(TEXTS, st.integers(1, 30))
def test_shorten_and_strips_fit_exactly(text, width):
    text = clean(text)
    assert cell_len(shorten(text, width)) <= width
    assert strip_of([(text, Style(bold=True))], width, Style(bgcolor="red")).cell_length == width


@pytest.mark.parametrize(
    ("value", "most", "width", "drawn"),
    [(0, 9, 4, ""), (9, 9, 4, "████"), (1, 1000, 4, "▏"), (5, 10, 3, "█▌"), (3, 0, 4, "")],
)
def test_bar(value, most, width, drawn):
    assert bar(value, most, width) == drawn


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ""), ("h", "h"), ("harb", "harb*"), ("harbour ", "harbour"), ("red li", "red li*"), ('"red li', '"red li'),
        ('"red line"', '"red line"'), ("pre*", "pre*"), ("-no", "-no*"), ("é", "é"), ("米海", "米海*"),
    ],
)  # fmt: skip
def test_the_last_word_may_go_on(typed, words):
    assert as_you_type(typed) == words


def test_hits_are_the_words_that_the_snippet_marks():
    words = found_words("the \ue000Łódź harbours\ue001 … \ue000HARBOUR\ue001")
    text = "A harbour, two Harbours; harbourmaster in Lodz and Łódź"
    assert [text[start:end] for start, end in places(text, words)] == ["harbour", "Harbours", "Łódź"]
    assert found_words(None) == frozenset()
    assert places(text, frozenset()) == []

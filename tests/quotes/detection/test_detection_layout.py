"""The paragraphs that detection works on, and which of them make findings."""

import pytest

from quotes.analysis import Frame
from quotes.detection.layout import Locator, paragraphs
from quotes.model import Article, Block, Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One,\nstill one.\n\nTwo.", ["One,\nstill one.", "Two."]),
        ("One.\nTwo.\n", ["One.", "Two."]),
        ("  One.  \n \n\n Two.\u00a0\n", ["One.", "Two."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_without_blocks(text, expected):
    assert [paragraph.span.of(text) for paragraph in paragraphs(Article(text))] == expected


def test_blocks_are_taken_in_order():
    blocks = (Block(Span(4, 7), "body"), Block(Span(0, 3), "title"))
    found = paragraphs(Article("One Two", blocks=blocks))
    assert [(paragraph.span, paragraph.role) for paragraph in found] == [(Span(0, 3), "title"), (Span(4, 7), "body")]


def test_locator():
    locator = Locator([Span(2, 4), Span(6, 9)])
    assert [locator.index(offset) for offset in range(10)] == [None, None, 0, 0, None, None, 1, 1, 1, None]
    assert [locator.before(offset) for offset in (0, 3, 5, 9)] == [-1, 0, 0, 1]


@pytest.mark.parametrize("role", ["byline", "dateline", "date", "furniture"])
def test_silent_roles(detected, role):
    text = "Berg said that the talks had failed.\nThe ships sailed."
    assert len(detected(text, ("Berg", "said", "that the talks had failed"), roles=[role, "body"])) == 0


def test_a_caption_that_surely_reports_makes_a_finding(detected):
    text = "Berg told the press that it was late.\nThe ships sailed."
    parts = ("Berg", "told", "that it was late")
    assert detected(text, parts, roles=["caption", "body"]).contents() == [["it was late"]]


def test_a_caption_without_marks_needs_a_sure_frame(detected):
    text = "Berg calls on her dog.\nThe ships sailed."
    cue, source, content = Span(5, 13), Span(0, 4), Span(14, 21)
    unsure = Frame((cue,), (source,), (content,), 0.2)
    assert [f for f in detected(text, unsure, roles=["caption", "body"]).findings if f.quotation.confidence < 0.5] == []


def test_a_word_of_the_page_is_no_cue_for_the_text(detected):
    text = "SUGGESTED\nPort fees after the strike\nThe ships sailed."
    parts = ("SUGGESTED", "SUGGESTED", "Port fees after the strike")
    for role in ("heading", "body"):
        assert len(detected(text, parts, roles=["furniture", role, "body"])) == 0

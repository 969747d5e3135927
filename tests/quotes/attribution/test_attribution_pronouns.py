"""Whom pronouns mean where gender, number and the place in the text decide. All people and bodies are invented."""

from __future__ import annotations

import pytest

from quotes.analysis import Finding
from quotes.attribution import attribute
from quotes.attribution.context import opens_clause
from quotes.attribution.genders import gender_beside, gender_of
from quotes.attribution.patterns import Name
from quotes.model import Article, Quotation, Span
from tests.quotes.attribution.test_attribution_resolution import analysis_of, speakers


@pytest.mark.parametrize(
    ("text", "sources", "expected"),
    [
        # It
        ("The weather was fine. It said so.", ["It"], None),
        ("Norway met Ana Brandtner. It said so.", ["It"], "Norway"),
        ("The Vesta Institute said no. Ana Brandtner said no. It said so.",
         ["The Vesta Institute", "Ana Brandtner", "It"], "Vesta Institute"),
        ("The rate is a common term: it said so.", ["it"], None),
        ("Norway met Peru. Sweden met Chile. Nobody else came. It said so.", ["It"], None),
        # They and the two
        ("Ana Brandtner left. Rui Costelo left. The two said so.", ["The two"], "Ana Brandtner; Rui Costelo"),
        ("Ana Brandtner left. Rui Costelo left. Ivo Harrow left. The two said so.", ["The two"], None),
        ("Ana Brandtner said yes. Rui Costelo said no. Both said so.", ["Ana Brandtner", "Rui Costelo", "Both"],
         "Ana Brandtner; Rui Costelo"),
        ("Ana Brandtner left. Both said so.", ["Both"], None),
        ("The leaders of Norway, Peru and Chile wrote a letter in which they said so.", ["they"],
         "leaders of Norway, Peru and Chile"),
        ("Norway and Peru wrote a letter in which they said so.", ["they"], "Norway; Peru"),
        ("The leaders wrote a letter in which they said so.", ["they"], None),
        # He and she
        ("Rui Costelo said no.\n\nA guest, the engineer Ivo Harrow, came. He said talks failed.", ["Rui Costelo", "He"],
         "Ivo Harrow"),
        ("Kim Ji-won came. Later she left. Ivo Harrow came. He said so.", ["He"], "Ivo Harrow"),
        ("Judge Ivo Harrow of Norway, who said so, left.", ["who"], "Ivo Harrow"),
        ("The judge of Norway, who said so, left.", ["who"], None),
    ],
)  # fmt: skip
def test_pronouns(text, sources, expected):
    assert speakers(text, *sources)[-1] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Harrow said she would go.", "Ana Harrow"),
        ("Harrow said he would go.", "Rui Harrow"),
        ("Harrow, who lost her seat, said so.", "Ana Harrow"),
    ],
)
def test_the_words_after_a_surname_tell_which_bearer(sentence, expected):
    text = f"Rui Harrow met Ana Harrow for talks about the old plan for the town.\n\n{sentence}"
    at = text.rindex("Harrow")
    quotation = Quotation("indirect", "speech", "state", (Span(len(text) - 4, len(text) - 1),), None, Span(at, at + 6))
    speaker = attribute(Article(text), analysis_of(text), [Finding(quotation, "frame")])[0].speaker
    assert speaker is not None
    assert speaker.name == expected


def name_in(text: str, word: str) -> Name:
    span = Span(text.index(word), text.index(word) + len(word))
    return Name(span, "person", word, span)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lima said she would go.", "female"),
        ("Lima, who lost his seat, left.", "male"),
        ("Lima said Costa told her plan.", None),
        ("Lima left.", None),
    ],
)
def test_gender_beside_a_name(text, expected):
    assert gender_beside(text, name_in(text, "Lima")) == expected


def test_gender_of_a_person_is_what_most_of_the_text_says():
    text = "Lima said she left. Lima said she came. Lima said he stayed."
    names = [Name(Span(at, at + 4), "person", "Lima", Span(at, at + 4)) for at in (0, 20, 40)]
    assert gender_of(text, names) == "female"
    assert gender_of(text, names[1:]) is None


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", True),
        ("But ", True),
        ("Her husband, the Norwegian engineer ", True),
        ("On Tuesday, French President ", True),
        ("Asked about the plan, ", True),
        ("The plan of ", False),
        ("The envoys praised ", False),
        ("Rain fell and ", False),
    ],
)
def test_what_may_stand_before_a_subject(before, expected):
    assert opens_clause(before) is expected

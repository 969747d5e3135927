"""Sources that the model missed or took from another paragraph. All people are invented."""

from __future__ import annotations

import pytest

from quotes.analysis import Finding
from quotes.attribution import attribute
from quotes.attribution.subjects import with_subjects
from quotes.model import Article, Cue, Quotation, Span
from tests.quotes.attribution.test_attribution_resolution import analysis_of


def reported(text: str, cue: str, content: str, source: str | None) -> Finding:
    at, start = text.index(cue), text.index(content)
    span = None if source is None else Span(text.index(source), text.index(source) + len(source))
    quotation = Quotation(
        "indirect", "speech", "state", (Span(start, start + len(content)),), Cue(Span(at, at + len(cue)), "say"), span
    )
    return Finding(quotation, "frame")


def repaired(text: str, cue: str, content: str, source: str | None = None) -> str | None:
    finding = reported(text, cue, content, source)
    found = with_subjects(Article(text), analysis_of(text), [finding])[0].quotation.source
    return found.of(text) if found else None


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Talks failed, Ana Brandtner said.", "said", "Ana Brandtner"),
        ("As President Brandtner announced talks failed.", "announced", "President Brandtner"),
        ("The minister claimed talks failed.", "claimed", "The minister"),
        ("Ana Brandtner, at the debate, claimed talks failed.", "claimed", "Ana Brandtner"),
        ("Ana Brandtner says talks failed.", "says", "Ana Brandtner"),
        # No subject of the cue stands there, or the cue takes none
        ("Ana Brandtner seems sure talks failed.", "seems sure", None),
        ("Ana Brandtner was accused of what talks failed.", "was accused of", None),
        ("Under criticism for what talks failed.", "criticism for", None),
        ("Ana Brandtner came, saying talks failed.", "saying", None),
    ],
)
def test_a_finite_cue_without_source(text, cue, expected):
    assert repaired(text, cue, "talks failed" if "talks failed" in text else "Talks failed") == expected


@pytest.mark.parametrize(
    ("sentence", "cue", "expected"),
    [
        ("Rui Costelo tried to calm them, explaining talks failed.", "explaining", None),
        ("He tried to calm them, explaining talks failed.", "explaining", "He"),
        ("The senator forced Costelo, who sat there, to admit talks failed.", "to admit", "Costelo"),
        ("The senator forced him to admit talks failed.", "to admit", "him"),
        ("He came late and promptly claimed talks failed.", "claimed", "He"),
        ("It met envoys, who came late and claimed talks failed.", "claimed", "who"),
        ("Federal prosecutors claimed talks failed.", "claimed", "Federal prosecutors"),
        ("Rain fell, leaving it clear talks failed.", "leaving it clear", None),
    ],
)
def test_a_source_in_another_paragraph_gives_way(sentence, cue, expected):
    text = f"Ana Brandtner Grills Vesta\n\n{sentence}"
    assert repaired(text, cue, "talks failed", "Ana Brandtner") == expected


@pytest.mark.parametrize("between", [" spoke. It rained. She", " spoke for an hour, and then she"])
def test_a_source_in_the_same_paragraph_stays(between):
    text = f"Ana Brandtner{between} claimed talks failed."
    assert repaired(text, "claimed", "talks failed", "Ana Brandtner") == "Ana Brandtner"


def test_turns_and_marks_are_left_alone():
    text = "Ana Brandtner\n\nRui Costelo said talks failed."
    finding = reported(text, "said", "talks failed", "Ana Brandtner")
    turn = Finding(finding.quotation, "turn")
    assert with_subjects(Article(text), analysis_of(text), [turn]) == (turn,)


def test_the_speaker_follows_the_new_source():
    text = "Ana Brandtner Grills Vesta\n\nRui Costelo left. Costelo claimed talks failed."
    quotation = attribute(
        Article(text), analysis_of(text), [reported(text, "claimed", "talks failed", "Ana Brandtner")]
    )[0]
    assert quotation.source is not None
    assert quotation.source.of(text) == "Costelo"
    assert quotation.speaker is not None
    assert quotation.speaker.name == "Rui Costelo"

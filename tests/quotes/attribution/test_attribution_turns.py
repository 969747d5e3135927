"""Reported speech inside a transcript's turns: you, he, they, we and groups. All people are invented."""

from __future__ import annotations

import pytest
import regex

from quotes.analysis import Finding
from quotes.attribution import attribute
from quotes.model import Article, Cue, Quotation, Span, Speaker
from tests.quotes.attribution.test_attribution_resolution import analysis_of

HEAD = "Press conference of Portuguese Foreign Minister Rui Costelo\n\nLisbon, 3 May 2021\n\n"


def nested(turns: list[tuple[str, str]], where: int, source: str, cue: str = "") -> Speaker | None:
    """The speaker of the words after ``source`` (and ``cue``) inside turn number ``where``."""
    text, findings, starts = HEAD, [], []
    for label, words in turns:
        at = len(text)
        starts.append(at + len(label) + 2)
        text += f"{label}: {words}\n\n"
        content = Span(starts[-1], len(text) - 2)
        colon = Cue(Span(at + len(label), at + len(label) + 1), ":")
        findings.append(
            Finding(Quotation("direct", "speech", "state", (content,), colon, Span(at, at + len(label))), "turn")
        )
    at = text.index(source, starts[where])
    end = text.index(".", at)
    said = Cue(Span(at + len(source) + 1, at + len(source) + 1 + len(cue)), "ask") if cue else None
    inner = Quotation(
        "indirect", "speech", "state", (Span(at + len(source) + 1 + len(cue), end),), said, Span(at, at + len(source)),
        inside=where,
    )  # fmt: skip
    return attribute(Article(text, kind="transcript"), analysis_of(text), [*findings, Finding(inner, "frame")])[
        -1
    ].speaker


COSTELO = "FOREIGN MINISTER COSTELO"
FIRST = [(COSTELO, "Talks went well. I met Mr. Orlovsky today.")]


@pytest.mark.parametrize(
    ("turns", "where", "source", "expected"),
    [
        ([*FIRST, ("QUESTION", "You said talks would fail."), (COSTELO, "No.")], 1, "You", "Rui Costelo"),
        ([*FIRST, ("QUESTION", "Mr. Costelo, he said talks would fail."), (COSTELO, "No.")], 1, "he", "Orlovsky"),
        ([("QUESTION", "Did Mr. Orlovsky come?"), (COSTELO, "Yes. He said talks failed.")], 1, "He", "Orlovsky"),
        ([("QUESTION", "Well?"), (COSTELO, "He said talks failed.")], 1, "He", None),
        ([("QUESTION", "Well?"), (COSTELO, "The Americans came. They said talks failed.")], 1, "They", "Americans"),
        ([("QUESTION", "Well?"), (COSTELO, "We met the Americans. They said talks failed.")], 1, "They", None),
        ([("QUESTION", "Well?"), (COSTELO, "It rained. They said talks failed.")], 1, "They", None),
        ([("QUESTION", "Well?"), (COSTELO, "A number of senators said talks failed.")], 1, "A number of senators",
         "senators"),
        ([("QUESTION", "Well?"), (COSTELO, "The countries around Kenya said talks failed.")], 1,
         "The countries around Kenya", "countries around Kenya"),
        ([("QUESTION", "Well?"), (COSTELO, "Some people said talks failed.")], 1, "Some people", None),
        ([("QUESTION", "Well?"), (COSTELO, "We said talks failed.")], 1, "We", "Portugal"),
        ([("QUESTION", "We said talks failed."), (COSTELO, "No.")], 0, "We", None),
        ([("QUESTION", "Well?"), (COSTELO, "A Kenyan envoy came. He said talks failed.")], 1, "He", None),
    ],
)  # fmt: skip
def test_words_of_others_in_a_turn(turns, where, source, expected):
    speaker = nested(turns, where, source)
    assert (speaker.name_in_document if speaker else None) == expected


def test_groups_in_running_text_stay_null():
    text = "A number of senators said talks failed."
    quotation = Quotation("indirect", "speech", "state", (Span(26, 38),), None, Span(0, 20))
    assert attribute(Article(text), analysis_of(text), [Finding(quotation, "frame")])[0].speaker is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Orlovsky left. An aide said talks failed. She said no date was set.", None),
        ("Ana Orlovsky left. A Kenyan delegate said talks failed. She said no date was set.", "Kenya"),
        ("An aide said talks failed. Ana Orlovsky left. She said no date was set.", "Ana Orlovsky"),
    ],
)
def test_she_after_an_unnamed_person_is_that_person(text, expected):
    findings = []
    for match in regex.finditer(r"(An aide|A Kenyan delegate|She) said ([^.]+)\.", text):
        findings.append(
            Finding(
                Quotation("indirect", "speech", "state", (Span(*match.span(2)),), None, Span(*match.span(1))), "frame"
            )
        )
    speaker = attribute(Article(text), analysis_of(text), findings)[-1].speaker
    assert (speaker.name_in_document if speaker else None) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("No. She said no date was set.", "Ana Brandtner"),
        ("I saw Eva Harrow. She said no date was set.", "Eva Harrow"),
    ],
)
def test_a_conversation_keeps_to_whose_words_it_reports(answer, expected):
    opening = "Ana Brandtner said talks failed. Ivo Harrow rang, and so did Prime Minister Lena Orlovsky."
    text = f"{HEAD}{COSTELO}: {opening}\n\nQUESTION: When?\n\n{COSTELO}: {answer}\n"
    findings = []
    for match in regex.finditer(r"(FOREIGN MINISTER COSTELO|QUESTION): ([^\n]+)", text):
        colon = Cue(Span(match.end(1), match.end(1) + 1), ":")
        turn = Quotation("direct", "speech", "state", (Span(*match.span(2)),), colon, Span(*match.span(1)))
        findings.append(Finding(turn, "turn"))
    for match, outer in zip(regex.finditer(r"(Ana Brandtner|She) said ([^.]+)\.", text), (0, 2), strict=True):
        inner = Quotation(
            "indirect", "speech", "state", (Span(*match.span(2)),), None, Span(*match.span(1)), inside=outer
        )
        findings.append(Finding(inner, "frame"))
    speaker = attribute(Article(text, kind="transcript"), analysis_of(text), findings)[-1].speaker
    assert (speaker.name_in_document if speaker else None) == expected


@pytest.mark.parametrize(
    ("office", "expected"),
    [("Portuguese Foreign Minister", "Portugal"), ("Former Portuguese Foreign Minister", None),
     ("Portuguese Shadow Minister", None), ("Portuguese Senator", None)],
)  # fmt: skip
def test_we_is_the_country_only_in_the_mouth_of_its_office(office, expected):
    text = f"Press conference of {office} Rui Costelo\n\nQUESTION: Well?\n\nMR COSTELO: We said talks failed.\n"
    findings = []
    for match in regex.finditer(r"(MR COSTELO|QUESTION): ([^\n]+)", text):
        colon = Cue(Span(match.end(1), match.end(1) + 1), ":")
        turn = Quotation("direct", "speech", "state", (Span(*match.span(2)),), colon, Span(*match.span(1)))
        findings.append(Finding(turn, "turn"))
    at = text.index("We said")
    inner = Quotation("indirect", "speech", "state", (Span(at + 8, at + 20),), None, Span(at, at + 2), inside=1)
    speaker = attribute(Article(text, kind="transcript"), analysis_of(text), [*findings, Finding(inner, "frame")])[
        -1
    ].speaker
    assert (speaker.name_in_document if speaker else None) == expected

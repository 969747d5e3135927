"""Whom a source phrase names: lists, appositions, bodies, headlines, relatives, and names beside a cue. All people are
invented."""

from __future__ import annotations

import pytest
import regex

from quotes.analysis import Finding, Mention
from quotes.attribution import attribute
from quotes.model import Article, Cue, Quotation, Span
from tests.quotes.attribution.test_attribution_resolution import analysis_of, speakers


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Critics of the plan, such as Ana Brandtner and Robert Costelo,", "Ana Brandtner; Robert Costelo"),
        (
            "Critics of the plan, like Sens. Ana Brandtner, Democrat of Ohio, and Robert Costelo, Republican of Iowa,",
            "Ana Brandtner; Robert Costelo",
        ),
        ("Supporters, including the Graz Council of Mayors,", "Graz Council of Mayors"),
        ("Several lawmakers, including some from the south,", None),
        ("A 2014 study by Lakeside Law School professor Ana Brandtner", "Ana Brandtner"),
        ("A 2014 study by Lakeside Law School and the University of Ohio at Graz",
         "Lakeside Law School; University of Ohio at Graz"),
        ("A three-judge panel of the U.S. Court of Appeals for the Third Circuit",
         "U.S. Court of Appeals for the Third Circuit"),
        ("A panel of experts", None),
        ("Brandtner -- editor of a book on the vote --", "Brandtner"),
        ("The Vesta Institute and the Lumen newspaper chain", "Vesta Institute; Lumen"),
        ("The Vesta Institute newspaper", "Vesta Institute"),
        ("The Federal Accountability Office", "Federal Accountability Office"),
        ("Twitter", "Twitter"),
        ("Proponents of the plan", None),
    ],
)  # fmt: skip
def test_source_phrases(source, expected):
    assert speakers(f"{source} said talks failed.", source) == [expected]


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("A note reached the Vesta Institute, which said talks failed.", "which", "Vesta Institute"),
        ("Ana Brandtner gave it to Lena Costelo and the Vesta Institute, which said so.", "which", "Vesta Institute"),
        ("It met members of the Kenyan government, which said talks failed.", "which", "Kenyan government"),
        ("It came from China and Kenya, the two oldest allies, which together said so.", "which together",
         "China; Kenya"),
        ("It came from the two oldest allies, which together said so.", "which together", None),
        ("They met Ana Brandtner, a Harrow campaign aide turned lawyer who said so. Eva Harrow left.", "who",
         "Ana Brandtner"),
        ("They met Ana Brandtner, now the party leader, who in 2010 said so.", "who in 2010", "Ana Brandtner"),
        ("They met somebody who in 2010 said so.", "who in 2010", None),
    ],
)  # fmt: skip
def test_relatives(text, source, expected):
    assert speakers(text, source) == [expected]


def test_a_nominee_and_his_aides_are_the_nominee():
    text = "Republican nominee Rui Costelo came. The Republican nominee and his aides said talks failed."
    assert speakers(text, "The Republican nominee and his aides") == ["Rui Costelo"]


@pytest.mark.parametrize("written", ["(AROC)", "(or AROC)"])
def test_a_defined_acronym_is_no_person(written):
    text = f"The Alliance to Restore Our Coasts {written} met. AROC said talks failed."
    at = text.rindex("AROC")
    found = Finding(
        Quotation("indirect", "speech", "state", (Span(at + 10, len(text)),), None, Span(at, at + 4)), "frame"
    )
    analysis = analysis_of(text, (Mention(Span(at, at + 4), "person", 0.4),))
    speaker = attribute(Article(text), analysis, [found])[0].speaker
    assert speaker is not None
    assert (speaker.kind, speaker.name_in_document) == ("organisation", "Alliance to Restore Our Coasts")


def test_dots_in_an_acronym_are_no_part_of_it():
    text = "The Grain and Oats Commission met. The G.O.C. said talks failed."
    at = text.index("G.O.C.")
    mentions = (
        Mention(Span(4, 29), "organisation", 0.9),
        Mention(Span(at, at + 6), "place", 0.1),
    )
    found = Finding(
        Quotation("indirect", "speech", "state", (Span(at + 12, len(text)),), None, Span(at, at + 6)), "frame"
    )
    speaker = attribute(Article(text), analysis_of(text, mentions), [found])[0].speaker
    assert speaker is not None
    assert speaker.name_in_document == "Grain and Oats Commission"


def without_source(text: str, cue: str, content: str) -> str | None:
    at = text.index(cue)
    start = text.index(content)
    quotation = Quotation(
        "indirect", "speech", "state", (Span(start, start + len(content)),), Cue(Span(at, at + len(cue)), "say")
    )
    speaker = attribute(Article(text), analysis_of(text), [Finding(quotation, "frame")])[0].speaker
    return speaker.name_in_document if speaker else None


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        ("Brandtner: Talks have failed\n\nAna Brandtner left Graz.", ":", "Talks have failed", "Ana Brandtner"),
        ("Talks of Brandtner: a failure\n\nAna Brandtner left Graz.", ":", "a failure", None),
        ("As estimated by the Americans, talks failed.", "estimated", "talks failed", "Americans"),
        ("As estimated by experts, talks failed.", "estimated", "talks failed", None),
        ("According to Ana Brandtner, talks failed.", "According to", "talks failed", "Ana Brandtner"),
        ("According to reports in Graz, talks failed.", "According to", "talks failed", None),
    ],
)
def test_names_beside_the_cue(text, cue, content, expected):
    assert without_source(text, cue, content) == expected


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("was asked", None),
        ("has been told", None),
        ("was quoted as saying", "Ana Brandtner"),
        ("asked", "Ana Brandtner"),
    ],
)
def test_who_is_asked_or_told_does_not_speak(cue, expected):
    text = f"Ana Brandtner {cue} whether talks failed."
    at = text.index(cue)
    start = text.index("whether")
    quotation = Quotation(
        "indirect", "speech", "ask", (Span(start, len(text) - 1),), Cue(Span(at, at + len(cue)), "ask"), Span(0, 13)
    )
    speaker = attribute(Article(text), analysis_of(text), [Finding(quotation, "frame")])[0].speaker
    assert (speaker.name_in_document if speaker else None) == expected


def test_a_headlines_verb_is_no_part_of_the_name():
    text = "Ana Brandtner Grills Vesta CEO: Talks Failed\n\nAna Brandtner left Graz."
    assert speakers(text, "Ana Brandtner Grills Vesta CEO") == ["Ana Brandtner"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Brandtner met the envoys and came away convinced that talks failed.", "Ana Brandtner"),
        ("Ana Brandtner, the minister, met the envoys, but came away convinced that talks failed.", "Ana Brandtner"),
        ("The envoys met Ana Brandtner and came away convinced that talks failed.", None),
        ("Ana Brandtner left; the envoys met and came away convinced that talks failed.", None),
        ("Ana Brandtner's envoys met and came away convinced that talks failed.", None),
        ("Ana Brandtner heard how envoys came away convinced that talks failed.", None),
    ],
)
def test_verbs_joined_by_and_share_their_subject(text, expected):
    assert without_source(text, "came away convinced", "talks failed") == expected


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("According to Brandtner, ", "Ana Brandtner"),
        ("According to Minister Brandtner, ", "Ana Brandtner"),
        ("According to reports from Graz, ", None),
        ("According to Brandtner it rained. ", None),
    ],
)
def test_according_to_before_marks(lead, expected):
    text = f"Ana Brandtner left Graz.\n\n{lead}“Talks failed.”"
    start = text.index("Talks failed.”")
    quotation = Quotation("direct", "speech", "state", (Span(start, start + 13),))
    speaker = attribute(Article(text), analysis_of(text), [Finding(quotation, "marks")])[0].speaker
    assert (speaker.name_in_document if speaker else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Kenyan Supreme Court met. The Supreme Court said so.", "Kenyan Supreme Court"),
        ("The Kenyan Supreme Court met the Indian Supreme Court. The Supreme Court said so.", "Supreme Court"),
        ("The Vesta Supreme Court met. The Supreme Court said so.", "Supreme Court"),
    ],
)
def test_the_court_of_the_country_that_was_named(text, expected):
    at = text.rindex("The Supreme Court")
    mentions = tuple(
        Mention(Span(m.start(), m.end()), "organisation", 0.9)
        for m in regex.finditer(r"(?:(?:Kenyan|Indian|Vesta) )?Supreme Court", text)
    )
    found = Finding(
        Quotation("indirect", "speech", "state", (Span(at + 23, at + 25),), None, Span(at, at + 17)), "frame"
    )
    speaker = attribute(Article(text), analysis_of(text, mentions), [found])[0].speaker
    assert speaker is not None
    assert speaker.name_in_document == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Vesta's TV colleague Ivo Harrow drew criticism after he said talks failed.", "Ivo Harrow"),
        ("Ivo Harrow and Ana Brandtner came because he said talks failed.", "Ivo Harrow"),
        ("Ivo Harrow's office closed after he said talks failed.", "Rui Costelo"),
        ("He met Ivo Harrow after he said talks failed.", "Rui Costelo"),
    ],
)
def test_he_after_a_conjunction_is_the_subject(sentence, expected):
    text = f"Rui Costelo said it rained. Rui Costelo said it snowed. {sentence}"
    at = text.index("he said talks")
    before = Finding(
        Quotation("indirect", "speech", "state", (Span(17, 26),), None, Span(0, 11)),
        "frame",
    )
    found = Finding(
        Quotation("indirect", "speech", "state", (Span(at + 8, len(text) - 1),), None, Span(at, at + 2)), "frame"
    )
    speaker = attribute(Article(text), analysis_of(text), [before, found])[-1].speaker
    assert (speaker.name_in_document if speaker else None) == expected

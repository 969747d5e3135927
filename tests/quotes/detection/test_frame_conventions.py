"""The model's frames, in PolNeAR's convention, cut to this project's: a text, a frame, what is wanted."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.analysis import Frame
from quotes.model import Span

PARAPHRASES = [
    ("Berg said that the talks had failed.", ("Berg", "said", "that the talks had failed"), "the talks had failed"),
    ("Berg said the talks had failed.", ("Berg", "said", "the talks had failed."), "the talks had failed"),
    ("Berg told reporters that it was late.", ("Berg", "told", "that it was late"), "it was late"),
    ("Berg told the assembly that it was late.", ("Berg", "told", "the assembly that it was late"), "it was late"),
    ("Berg warned Norland that it was late.", ("Berg", "warned", "Norland that it was late"), "it was late"),
    (
        "Berg told us she knew that it was late.",
        ("Berg", "told", "she knew that it was late"),
        "she knew that it was late",
    ),
    ("Berg urged Norland to sign.", ("Berg", "urged", "Norland to sign"), "Norland to sign"),
    ("The talks, Berg said, had failed.", ("Berg", "said", "The talks,", "had failed."), "The talks … had failed"),
    ("Berg accused Norland of delay.", ("Berg", "accused", "Norland of delay"), "Norland of delay"),
    ("According to Berg, nobody left.", ("Berg", "According to", "nobody left"), "nobody left"),
    ("Nobody left, according to Berg.", ("Berg", "according to", "Nobody left,"), "Nobody left"),
    ("Berg said she lives in the U.S.", ("Berg", "said", "she lives in the U.S."), "she lives in the U.S."),
    ("Berg said: That is not so.", ("Berg", "said", "That is not so"), "is not so"),
    ("That is not so, Berg said.", ("Berg", "said", "That is not so,"), "That is not so"),
    # the reporter's comment on what was said is not said; a second half of the paraphrase is
    (
        "Norland will sign, Berg has said in Oslo, in a move that may irk its neighbours.",
        ("Berg", "has said", "Norland will sign", "in a move that may irk its neighbours"),
        "Norland will sign",
    ),
    (
        "Norland will sign, Berg said, in a hall that it built.",
        ("Berg", "said", "Norland will sign", "in a hall that it built"),
        "Norland will sign … in a hall that it built",
    ),
]


@pytest.mark.parametrize(("text", "parts", "content"), PARAPHRASES)
def test_paraphrase(detected, text, parts, content):
    found = detected(text, parts)
    assert [" … ".join(pieces) for pieces in found.contents()] == [content]
    assert found.findings[0].quotation.form == "indirect"


DIRECT = [
    ("“We agree,” Berg said.", ("Berg", "said", "“We agree,”"), ["We agree"]),
    ("“We agree.” Berg said so twice.", ("Berg", "said", "“We agree.”"), ["We agree."]),
    ('Berg said: "Who knows?"', ("Berg", "said", '"Who knows?"'), ["Who knows?"]),
    ("“We agree,” Berg said, “with all.”", ("Berg", "said", "“We agree,”", "“with all.”"), ["We agree", "with all."]),
    ("''We agree,'' Berg said.", ("Berg", "said", "''We agree,''"), ["We agree"]),
    ("‘We agree’, Berg said.", ("Berg", "said", "‘We agree’,"), ["We agree"]),
    ("“One. Two.” “Three.” Berg said.", ("Berg", "said", "“One. Two.” “Three.”"), ["One. Two.” “Three."]),
]


@pytest.mark.parametrize(("text", "parts", "content"), DIRECT)
def test_direct(detected, text, parts, content):
    found = detected(text, parts)
    assert found.contents() == [content]
    assert found.findings[0].quotation.form == "direct"


MIXED = [
    ("Berg said it was “a mistake” to go.", ("Berg", "said", "it was “a mistake” to go"), "it was “a mistake” to go"),
    ("Berg said it was “a mistake.”", ("Berg", "said", "it was “a mistake.”"), "it was “a mistake.”"),
    ("“A mistake” is what Berg called it.", ("Berg", "called", "“A mistake”", "it"), "A mistake … it"),
    ("Berg spoke of “tears” and “joy”.", ("Berg", "spoke of", "“tears” and “joy”"), "“tears” and “joy”"),
]


@pytest.mark.parametrize(("text", "parts", "content"), MIXED)
def test_mixed(detected, text, parts, content):
    found = detected(text, parts)
    assert [" … ".join(pieces) for pieces in found.contents()] == [content]
    assert found.findings[0].quotation.form == "mixed"


QUOTED = "On Monday “the envoys from both sides have met us here,” Berg told the press."


@pytest.mark.parametrize(
    "shifted",
    [
        "envoys from both sides have met us here,”",
        "“the envoys from both sides have met us",
        "from both sides have met",
        "the envoys from both sides have met us here",
    ],
)
def test_marks_repair_shifted_ends(detected, shifted):
    assert detected(QUOTED, ("Berg", "told", shifted)).contents() == [["the envoys from both sides have met us here"]]


def test_a_slip_over_a_mark_is_taken_back(detected):
    text = "Berg said the road was open, “and all of us will use it tomorrow,” Holt said."
    found = detected(
        text, ("Berg", "said", "the road was open, “and all"), ("Holt", ("said", 1), "all of us will use it")
    )
    assert found.contents() == [["the road was open"], ["and all of us will use it tomorrow"]]


def test_content_never_holds_its_own_cue_or_source(detected):
    text = "The road, Berg said, was open."
    found = detected(text, ("Berg", "said", "The road, Berg said, was open"))
    assert found.contents() == [["The road", "was open"]]


def test_new_sentence_behind_the_marks_is_no_content(detected):
    text = "They say: “I came and saw.” The country is falling apart."
    found = detected(text, ("They", "say", "“I came and saw.” The country is falling apart"))
    assert found.contents() == [["I came and saw."]]


def test_reported_inside_a_quotation(detected):
    text = "“I heard Holt say the road was closed,” Berg said."
    found = detected(
        text, ("Berg", "said", "“I heard Holt say the road was closed,”"), ("Holt", "say", "the road was closed")
    )
    assert found.contents() == [["I heard Holt say the road was closed"], ["the road was closed"]]
    assert [finding.quotation.inside for finding in found.findings] == [None, 0]
    assert [finding.quotation.form for finding in found.findings] == ["direct", "indirect"]


def test_nested_content_stays_inside_the_marks_around_its_cue(detected):
    text = "“Holt says the road is closed,” Berg said."
    found = detected(text, ("Holt", "says", "the road is closed,” Berg said"))
    assert found.contents()[-1] == ["the road is closed"]


def test_content_outside_the_marks_around_its_cue(detected):
    text = "“Holt says so,” Berg said. The road is closed."
    found = detected(text, ("Holt", "says", "The road is closed"))
    assert ["The road is closed"] in found.contents()
    both = detected(text, ("Holt", "says", "so", "The road is closed"))
    assert all(len(span) < 30 for finding in both.findings for span in finding.quotation.content)


def test_own_words_inside_a_quotation_are_no_quotation_of_another(detected):
    text = "“I said we would come,” Berg said."
    found = detected(text, ("Berg", ("said", 1), "“I said we would come,”"), ("I", "said", "we would come"))
    assert found.contents() == [["I said we would come"]]
    assert [finding.quotation.mode for finding in found.findings] == ["speech", "thought"]


THOUGHT = [
    ("Berg did not specify what was sold.", ("Berg", "did not specify", "what was sold")),
    ("Berg declined to comment on the sale.", ("Berg", "declined to comment", "on the sale")),
    ("Berg has not said whether she will go.", ("Berg", "has not said", "whether she will go")),
    ("Berg hopes to sign soon.", ("Berg", "hopes", "to sign soon")),
    ("Berg said so.", ("Berg", "said", "so")),
    ("Berg, who said it, left.", ("who", "said", "it")),
    ("The two discussed the price of grain.", ("The two", "discussed", "the price of grain")),
    ("Berg will announce a new plan.", ("Berg", "will announce", "a new plan")),
    ("The plan was criticised.", (None, "was criticised", "The plan")),
    ("The statement of Berg came late.", ("Berg", "statement", "came late")),
    ("Holt congratulated Berg.", ("Holt", "congratulated", "Berg")),
]


@pytest.mark.parametrize(("text", "parts"), THOUGHT)
def test_not_said(detected, text, parts):
    found = detected(text, parts)
    assert len(found) == 1
    assert found.said() == []


SAID = [
    ("Holt thanked the ministers for their patience in the talks.",
     ("Holt", "thanked", "the ministers for their patience in the talks"), "thank"),
    ("It was announced that the road was open.", (None, "was announced", "that the road was open"), "announce"),
    ("The claim that he lied is false.", (None, "claim", "that he lied"), "claim"),
    ("Berg did not mince her words: “This is a scandal.”", ("Berg", "did not mince her words", "“This is a scandal.”"),
     "state"),
    ("“It was late,” Berg recalls.", ("Berg", "recalls", "“It was late,”"), "state"),
    ("“Peace at last,” Berg hopes.", ("Berg", "hopes", "“Peace at last,”"), "hope"),
    ("Berg has urged Norland to leave.", ("Berg", "has urged", "Norland to leave"), "urge"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts", "act"), SAID)
def test_said(detected, text, parts, act):
    (finding,) = detected(text, parts).said()
    assert finding.quotation.act == act
    assert finding.quotation.mode == "speech"


def test_cue_and_source_stay_as_the_model_marks_them(detected):
    text = "Berg, who leads the talks, has again warned Norland that time is short."
    found = detected(text, ("Berg, who leads the talks,", "has again warned", "that time is short"))
    assert found.rows() == [("Berg, who leads the talks,", "has again warned", ["time is short"])]
    assert found.findings[0].quotation.cue.lemma == "warn"


def test_who_is_told_is_not_the_source(detected):
    found = detected("Berg was told that the road was closed.", ("Berg", "was told", "that the road was closed"))
    assert found.rows() == [(None, "was told", ["the road was closed"])]


def test_quoted_words_were_said_whatever_the_cue(detected):
    text = "Berg wished Holt “every success in the years ahead” on Monday."
    found = detected(text, ("Berg", "wished", "Holt “every success in the years ahead”"))
    assert found.contents() == [["Holt “every success in the years ahead”"]]


def test_pieces_that_stray_into_another_paragraph_are_left_out(detected):
    text = "She said it was hard.\n\nNo, it was not.\n\nWe do not know."
    found = detected(text, ("She", "said", "it was hard", "We do not know"))
    assert found.contents() == [["it was hard"]]


def test_a_frame_without_content_makes_nothing(detected):
    assert len(detected("Berg spoke at noon.", ("Berg", "spoke"))) == 0


def test_marks_raise_confidence(detected):
    direct = detected("“We agree,” Berg said.", ("Berg", "said", "“We agree,”")).findings[0]
    indirect = detected("Berg said they agree.", ("Berg", "said", "they agree")).findings[0]
    assert 0 <= indirect.quotation.confidence < direct.quotation.confidence <= 1


ALPHABET = [
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "Berg",
    "said",
    "that",
    "the",
    "road",
    ".",
    ",",
    ":",
    "\n\n",
    " ",
    "is",
    "closed",
]


@given(st.lists(st.sampled_from(ALPHABET), max_size=60), st.integers(0, 10_000))
def test_any_frames_on_any_text(detected, pieces, seed):
    text = " ".join(pieces)
    rng = random.Random(seed)

    def spans(most):
        found = []
        for _ in range(rng.randint(0, most) if text else 0):
            start = rng.randint(0, len(text) - 1)
            found.append(Span(start, rng.randint(start, len(text))))
        return tuple(sorted(found))

    frames = [Frame(spans(1), spans(1), spans(3), rng.random()) for _ in range(rng.randint(0, 4))]
    findings = detected(text, *frames).findings
    for index, finding in enumerate(findings):
        quotation = finding.quotation
        assert 0 <= quotation.confidence <= 1
        assert list(quotation.content) == sorted(quotation.content)
        assert quotation.inside is None or quotation.inside < index
        assert (finding.origin == "continuation") == (finding.follows is not None)
        for span in quotation.content:
            words = span.of(text)
            assert words == words.strip()
            assert any(character.isalnum() for character in words)
            assert "\n" not in words
            assert not quotation.cue or not span.overlaps(quotation.cue.span)

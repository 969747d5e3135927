"""Direct speech without frames: marks, the cue and source beside them, and what is no statement."""

import pytest

BESIDE = [
    ("“We will sign the treaty,” Berg said.", ("Berg", "said", ["We will sign the treaty"])),
    ("“We will sign the treaty,” Foreign Minister Anna Berg told reporters in Geneva.",
     ("Foreign Minister Anna Berg", "told", ["We will sign the treaty"])),
    ("“We will sign the treaty,” said Anna Berg, the foreign minister of Norland.",
     ("Anna Berg, the foreign minister of Norland", "said", ["We will sign the treaty"])),
    ("“We will sign the treaty,” Mr. Berg said. It was late.", ("Mr. Berg", "said", ["We will sign the treaty"])),
    ("“We will sign the treaty,” she has repeatedly said.",
     ("she", "has repeatedly said", ["We will sign the treaty"])),
    ("“Will you sign the treaty?” asked one of the envoys.",
     ("one of the envoys", "asked", ["Will you sign the treaty?"])),
    ("“We will sign the treaty,” according to the ministry.",
     ("the ministry", "according to", ["We will sign the treaty"])),
    ("Anna Berg said: “We will sign the treaty.”", ("Anna Berg", "said", ["We will sign the treaty."])),
    ("In Geneva, Anna Berg told journalists on Monday: “We will sign.”",
     ("Anna Berg", "told", ["We will sign."])),
    ("The minister added, “We will sign the treaty.”", ("The minister", "added", ["We will sign the treaty."])),
    ("Anna Berg, who leads the talks, said, “We will sign.”",
     ("Anna Berg, who leads the talks", "said", ["We will sign."])),
    ("Berg: “We will sign the treaty.”", ("Berg", ":", ["We will sign the treaty."])),
    ("“We will sign the treaty.” – Anna Berg", ("Anna Berg", None, ["We will sign the treaty."])),
    ("“We will sign the treaty.” — Anna Berg", ("Anna Berg", None, ["We will sign the treaty."])),
    ("«We will sign the treaty», Berg said.", ("Berg", "said", ["We will sign the treaty"])),
    ("''We will sign the treaty,'' Berg said.", ("Berg", "said", ["We will sign the treaty"])),
    ("‘The ministers’ envoys won’t sign,’ Berg said.", ("Berg", "said", ["The ministers’ envoys won’t sign"])),
    ("Anna Berg said:\n\n“We will sign the treaty.”", ("Anna Berg", "said", ["We will sign the treaty."])),
]  # fmt: skip


@pytest.mark.parametrize(("text", "row"), BESIDE)
def test_cue_and_source_beside_the_marks(detected, text, row):
    found = detected(text)
    assert found.rows() == [row]
    assert found.findings[0].quotation.form == "direct"
    assert found.findings[0].origin in ("frame", "turn")


NO_STATEMENTS = [
    "The so-called “security zone” was closed.",
    "She wrote the novel “The Long Road to the North” in a year.",
    "Ivan “the Bear” Holt won again.",
    "The ship “Northern Star of Norland” sailed.",
    "It was a “very special” friendship between the two states.",
    "The programme, “Growth for All of Us”, began in May.",
    "He was given the award “for services to the peace of the region” in May.",
]


@pytest.mark.parametrize("text", NO_STATEMENTS)
def test_scare_quotes_titles_and_nicknames(detected, text):
    assert len(detected(text)) == 0


def test_a_frame_without_cue_gets_the_one_beside_its_marks(detected):
    assert detected("“We will sign,” Berg said.", ("Berg", None, "“We will sign,”")).rows() == [
        ("Berg", "said", ["We will sign"])
    ]
    assert detected("“We will sign,” Berg said.", (None, None, "“We will sign,”")).rows() == [
        ("Berg", "said", ["We will sign"])
    ]


def test_no_cue_is_taken_from_another_speaker(detected):
    rows = detected("Holt nodded. “We will sign,” Berg said.", ("Holt", None, "“We will sign,”")).rows()
    assert rows == [("Holt", None, ["We will sign"])]


def test_split_by_the_cue_is_one_quotation(detected):
    found = detected("“We will sign,” Berg said, “and we will stay.”", ("Berg", "said", "“We will sign,”"))
    assert found.rows() == [("Berg", "said", ["We will sign", "and we will stay."])]


def test_runs_on_in_the_paragraph(detected):
    found = detected("“We will sign,” Berg said. “We will stay.”", ("Berg", "said", "“We will sign,”"))
    assert found.contents() == [["We will sign", "We will stay."]]


def test_runs_on_over_reopened_paragraphs(detected):
    text = "Berg said: “We will sign.\n\n“We will stay.\n\n“We will not leave.”"
    found = detected(text, ("Berg", "said", "“We will sign."))
    assert found.contents() == [["We will sign.", "We will stay.", "We will not leave."]]


def test_runs_on_over_reopened_paragraphs_without_a_frame(detected):
    found = detected("Berg said: “We will sign.\n\n“We will stay.”")
    assert found.rows() == [("Berg", "said", ["We will sign.", "We will stay."])]


def test_a_new_cue_is_a_new_quotation(detected):
    text = "“We will sign,” Berg said. “We will stay,” Holt added."
    found = detected(text, ("Berg", "said", "“We will sign,”"), ("Holt", "added", "“We will stay,”"))
    assert found.contents() == [["We will sign"], ["We will stay"]]


def test_words_between_keep_quotations_apart(detected):
    text = "“We will sign,” Berg said. The crowd cheered for an hour. “We will stay here for ever.”"
    found = detected(text, ("Berg", "said", "“We will sign,”"))
    assert found.contents() == [["We will sign"], ["We will stay here for ever."]]
    assert [finding.origin for finding in found.findings] == ["frame", "continuation"]
    assert found.findings[1].follows == 0


def test_a_paragraph_in_marks_of_its_own_continues(detected):
    text = "“We will sign,” Berg said.\n\n“Nobody will leave before it is done.”"
    found = detected(text, ("Berg", "said", "“We will sign,”"))
    assert found.contents() == [["We will sign"], ["Nobody will leave before it is done."]]
    assert found.findings[1].origin == "continuation"
    assert found.findings[1].follows == 0


def test_a_frame_over_closed_paragraphs_is_taken_apart(detected):
    text = "“We will sign,” Berg said.\n\n“Nobody will leave before it is done.”"
    found = detected(text, ("Berg", "said", "“We will sign,”", "“Nobody will leave before it is done.”"))
    assert found.contents() == [["We will sign"], ["Nobody will leave before it is done."]]
    assert found.findings[1].follows == 0


def test_words_in_marks_with_nobody_near_stand_alone(detected):
    found = detected("The room was full.\n\n“Nobody will leave before it is done.”\n\nIt rained.")
    assert found.rows() == [(None, None, ["Nobody will leave before it is done."])]
    assert found.findings[0].origin == "marks"


def test_a_mark_never_closed_loses_nothing_else(detected):
    text = "“We will sign, Berg said.\n\n“We will stay here,” Holt said. “For ever.”"
    found = detected(text)
    assert found.rows() == [("Berg", "said", ["We will sign"]), ("Holt", "said", ["We will stay here", "For ever."])]
    assert all("\n" not in piece for content in found.contents() for piece in content)


def test_silent_blocks_make_nothing(detected):
    text = "READ MORE: “We will sign the treaty,” Berg said\n“We will sign the treaty,” Berg said."
    found = detected(text, roles=["furniture", "body"])
    assert len(found) == 1
    assert found.findings[0].quotation.content[0].start > text.index("\n")


def test_standfirst_and_body_both_keep_the_words(detected):
    text = "“We will sign,” Berg tells the press.\nBerg spoke on Monday.\n“We will sign,” Berg said."
    found = detected(text, roles=["standfirst", "body", "body"])
    assert found.contents() == [["We will sign"], ["We will sign"]]


def test_quoted_words_inside_a_quotation_need_a_cue(detected):
    text = "“They call it ‘the long and winding road to peace’ there,” Berg said."
    assert len(detected(text, ("Berg", "said", "“They call it ‘the long and winding road to peace’ there,”"))) == 1

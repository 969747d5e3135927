"""Reported speech by rules alone, and how rules give way to the model's frames."""

import pytest

PATTERNS = [
    ("Anna Berg said that the talks had failed.", ("Anna Berg", "said", ["the talks had failed"])),
    ("Anna Berg said the talks had failed.", ("Anna Berg", "said", ["the talks had failed"])),
    ("She has warned that time is short.", ("She", "has warned", ["time is short"])),
    ("Officials from both countries have said their governments agree.",
     ("Officials from both countries", "have said", ["their governments agree"])),
    ("Berg told reporters that nobody would leave.", ("Berg", "told", ["nobody would leave"])),
    ("According to the ministry, nobody was hurt.", ("the ministry", "According to", ["nobody was hurt"])),
    ("Nobody was hurt, according to the ministry.", ("the ministry", "according to", ["Nobody was hurt"])),
    ("The ministry urged Norland to withdraw its ships.",
     ("The ministry", "urged", ["Norland to withdraw its ships"])),
    ("Berg accused Norland of delaying the talks.", ("Berg", "accused", ["Norland of delaying the talks"])),
    ("The ministry called for an end to the blockade.",
     ("The ministry", "called for", ["an end to the blockade"])),
    ("The ministry has called on Norland to end the blockade.",
     ("The ministry", "has called on", ["Norland to end the blockade"])),
    ("Berg was quoted as saying that ships would sail.", ("Berg", "was quoted as saying", ["ships would sail"])),
    ("The blockade, she said, would end soon.", ("she", "said", ["The blockade", "would end soon"])),
    ("The blockade would end soon, she said.", ("she", "said", ["The blockade would end soon"])),
    ("Berg pointed out that ships had sailed.", ("Berg", "pointed out", ["ships had sailed"])),
    ("Berg said it was “a mistake” to wait.", ("Berg", "said", ["it was “a mistake” to wait"])),
]  # fmt: skip


@pytest.mark.parametrize(("text", "row"), PATTERNS)
def test_sure_patterns(detected, text, row):
    assert detected(text).rows() == [row]


def test_participle_has_no_source(detected):
    rows = detected("The ships left on Monday, adding that more would follow.").rows()
    assert rows == [(None, "adding", ["more would follow"])]


NOTHING = [
    "Berg did not say that the talks had failed.",
    "Berg declined to say that the talks had failed.",
    "Berg has not said whether the talks failed.",
    "Berg would say that the talks had failed.",
    "The Secretary of State left for Geneva.",
    "The state that signed last was Norland.",
    "A charge that might have stung was dropped.",
    "Reagan Holt went on to win that year.",
    "Reports that month were few.",
    "It goes without saying that ships sail.",
    "The ministers were told that the road was closed.",
    "The report of the board of appeals was long.",
    "To say that it is over is too early.",
    "She asked him.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_statement(detected, text):
    assert detected(text).rows() == []


HEADLINES = [
    ("Norland’s ships will stay in port – Berg", ("Berg", None, ["Norland’s ships will stay in port"])),
    ("Berg: Ships will stay in port this winter", ("Berg", ":", ["Ships will stay in port this winter"])),
]


@pytest.mark.parametrize(("text", "row"), HEADLINES)
def test_headlines(detected, text, row):
    text = text + "\nThe ships lay in port on Monday."
    assert detected(text, roles=["title", "body"]).rows() == [row]


def test_a_rule_gives_way_to_a_frame_that_uses_its_words(detected):
    text = "Anna Berg said that the talks had failed on Monday."
    found = detected(text, ("Anna Berg", "said", "that the talks had failed"))
    assert found.contents() == [["the talks had failed"]]


def test_a_rule_adds_what_the_frames_leave_alone(detected):
    text = "Anna Berg said that the talks had failed. Holt warned that the ships would sail."
    found = detected(text, ("Anna Berg", "said", "that the talks had failed"))
    assert found.contents() == [["the talks had failed"], ["the ships would sail"]]


def test_rules_are_less_sure_than_frames(detected):
    text = "Anna Berg said that the talks had failed."
    by_rule = detected(text).findings[0].quotation.confidence
    by_frame = detected(text, ("Anna Berg", "said", "that the talks had failed")).findings[0].quotation.confidence
    assert by_rule < by_frame


def test_a_cue_behind_its_clause_corrects_a_frame_inside_it(detected):
    text = "The two are discussing a canal, Foreign Minister Anna Berg has said in Oslo, in a move that pleased all."
    found = detected(text, ("Foreign Minister Anna Berg", "are discussing", "a canal"))
    assert found.rows() == [("Foreign Minister Anna Berg", "has said", ["The two are discussing a canal"])]
    assert len(found) == 1


def test_a_thought_reported_inside_such_a_clause_stays(detected):
    text = "The two are discussing a canal, Foreign Minister Anna Berg has said in Oslo."
    found = detected(text, ("The two", "are discussing", "a canal"))
    assert found.contents() == [["The two are discussing a canal"]]
    assert [(finding.quotation.mode, finding.quotation.inside) for finding in found.findings] == [
        ("speech", None), ("thought", 0),
    ]  # fmt: skip

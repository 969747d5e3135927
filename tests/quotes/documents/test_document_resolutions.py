"""Resolutions, notes verbales and the clauses of meetings: whose words the structure gives away."""

from __future__ import annotations

import pytest

from quotes.attribution.issuer import issuer
from quotes.detection.documents.kind import kind_of
from quotes.detection.documents.resolutions import clauses
from quotes.model import Article
from tests.quotes.documents.test_document_statements import Parse, rows

RESOLUTION = (
    "Resolution 9801 (2033)\n\nAdopted by the Security Council at its 9999th meeting\n\nThe Security Council,\n\n"
    "Recalling its earlier resolutions on the strait,\n\nFurther expressing concern at the mines,\n\nActing under "
    "Chapter VII of the Charter,\n\n1. Demands that all parties withdraw;\n\n2. Decides to extend the mandate;\n\n"
    "3. Strongly condemns the attacks, and stresses that they must end;\n\n4. Calls upon all States to cooperate."
)
COMMUNIQUE = (
    "COMMUNIQUÉ\n\nThe Peace and Security Council,\n\nNoting the statement by the Chair;\n\nActing under Article 7 of "
    "its Protocol, the Peace and Security Council:\n\n1. Expresses concern over the raids;\n\n2. Requests a report."
)


def test_a_resolution_states_what_its_clauses_say() -> None:
    found = clauses(Article(RESOLUTION))
    assert [(one.cue.of(RESOLUTION), one.content.of(RESOLUTION)) for one in found] == [
        ("Recalling", "its earlier resolutions on the strait"),
        ("expressing", "concern at the mines"),
        ("Demands", "all parties withdraw"),
        ("condemns", "the attacks"),
        ("stresses", "they must end"),
        ("Calls upon", "all States to cooperate"),
    ]
    assert {one.source.of(RESOLUTION) for one in found} == {"Security Council"}


@pytest.mark.parametrize(
    ("text", "name"),
    [(RESOLUTION, "United Nations Security Council"), (COMMUNIQUE, "Peace and Security Council")],
)
def test_the_body_above_the_clauses_is_the_issuer(text: str, name: str) -> None:
    assert kind_of(Article(text)).kind == "statement"
    speaker = issuer(Article(text))
    assert speaker is not None
    assert speaker.name == name


@pytest.mark.parametrize(
    "text",
    [
        "Dear friends,\n\nThe committee,\n\nwhich met on Monday, was late.",
        "The Council,\n\nRecalling nothing.\n\nThe village council of the north met again in spring.",
    ],
)
def test_other_texts_hold_no_clauses(text: str) -> None:
    assert clauses(Article(text)) == ()


NOTE = (
    "The Embassy of Norway presents its compliments to the Ministry of Foreign Affairs of Kenya and has "
    "the honour to inform the Ministry that the ambassador will leave on Friday.\n\nThe Embassy wishes to state that "
    "the car was not used. The Embassy regrets the delay and would like to thank the Ministry for its patience.\n\nThe "
    "Embassy avails itself of this opportunity to renew to the Ministry the assurances of its highest consideration."
)


def test_a_note_verbale_states_in_spite_of_its_courtesies(parsed: Parse) -> None:
    assert [(cue, content) for _, _, cue, content in rows(parsed, NOTE)] == [
        ("inform", "the ambassador will leave on Friday"),
        ("state", "the car was not used"),
        ("regrets", "the delay"),
        ("thank", "the Ministry for its patience"),
    ]
    speaker = issuer(Article(NOTE))
    assert speaker is not None
    assert (speaker.name, speaker.country) == ("Embassy of Norway", "NOR")


MEETING = "Summary of the Meeting\n\n"
CLAUSES = {
    "an aside of supporters": (
        "The EU called for targets, and, supported by NORWAY, proposed a fund. INDIA preferred plans. KENYA urged "
        "haste.",
        [("called for", "targets"), ("proposed", "a fund"), ("preferred", "plans"), ("urged", "haste")],
    ),
    "two verbs with one object": (
        "BRAZIL suggested, and the EU opposed, deleting the paragraph. INDIA noted the cost. KENYA stressed the need "
        "for haste.",
        [("suggested", "deleting the paragraph"), ("noted", "the cost"), ("stressed", "the need for haste")],
    ),
    "how a meeting is opened": (
        "The Minister opened the meeting by thanking the hosts for the room. The Ambassador said that he was glad. The "
        "Chairman noted the hour.",
        [("thanking", "the hosts for the room"), ("said", "he was glad"), ("noted", "the hour")],
    ),
    "numbers before sentences": (
        "1. The Sides noted the growth of trade.\n\n2. The Sides reaffirmed their ties.\n\n3. The Chair thanked the "
        "hosts for it.",
        [("noted", "the growth of trade"), ("reaffirmed", "their ties"), ("thanked", "the hosts for it")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLAUSES)
def test_clauses_of_meetings(parsed: Parse, name: str) -> None:
    words, expected = CLAUSES[name]
    assert [(cue, content) for _, _, cue, content in rows(parsed, MEETING + words)] == expected

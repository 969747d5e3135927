"""Transcripts as institutions lay them out: which turns there are and whose, and what is no label."""

from __future__ import annotations

import pytest

from quotes.detection import cues
from quotes.detection.documents.statements import signed
from quotes.detection.documents.talk import only_mentioned
from quotes.detection.documents.turns import transcript
from quotes.detection.drafts import Draft
from quotes.model import Article, Block, Span
from quotes.reading import article_from_text
from tests.quotes.documents.test_document_turns import turns

Expected = list[tuple[str | None, str]]

STYLES: dict[str, tuple[str, Expected]] = {
    "full stops of a hearing": (
        "BORDER POLICY\n\nHEARING BEFORE THE COMMITTEE ON FOREIGN RELATIONS\n\nOPENING STATEMENT OF HON. RUTH CALLAN, "
        "U.S. SENATOR FROM OHIO\n\nThe Chairman. This hearing will come to order. Senator Prior.\n\nSTATEMENT OF HON. "
        "JOAN PRIOR,\nU.S. SENATOR FROM MAINE\n\nSenator Prior. Thank you, Chairman Callan. We have one witness.\n\n"
        "Mr. Arlen of Utah. Is it true?\n\nThe Chairman. We will ask.\n\nMr. Arlen. Good.",
        [("Ruth Callan", "This hearing will come to order. Senator Prior."),
         ("Joan Prior", "Thank you, Chairman Callan. We have one witness."), ("Arlen", "Is it true?"),
         ("Ruth Callan", "We will ask."), ("Arlen", "Good.")],
    ),
    "places and parties in brackets": (
        "Ferry Links\n\nThe Secretary of State for Transport (Mr Dan Orwell)\n\nI beg to move the motion.\n\n"
        "Elin Strand (Leith) (Lab)\n\nWill he give way?\n\nMr Orwell\n\nI will.\n\nSir Tom Arlen (Deal) (Con)\n\n"
        "I thank the Minister.",
        [("Dan Orwell", "I beg to move the motion."), ("Elin Strand", "Will he give way?"), ("Dan Orwell", "I will."),
         ("Tom Arlen", "I thank the Minister.")],
    ),
    "initials before a dash": (
        "Breakfast Radio, 9 May 2004\n\nJo Strand (JS) talks to Ruth Callan (RC), Minister for Ports.\n\n"
        "JS - Good morning.\n\nRC - Good morning.\n\nJS - Will the port close?\n\nRC - No.\n\nJS - Never?\n\n"
        "RC - Never.",
        [("Jo Strand", "Good morning."), ("Ruth Callan", "Good morning."), ("Jo Strand", "Will the port close?"),
         ("Ruth Callan", "No."), ("Jo Strand", "Never?"), ("Ruth Callan", "Never.")],
    ),
    "given names of a podcast": (
        "Ports and Pilots, Episode 6\n\n[00:00:09] **Orla:** I'm Orla Strand.\n\n[00:00:12] **Orla:** Welcome, Benno "
        "Callan.\n\n[00:00:15] **Benno:** Thank you.\n\n[00:00:18] **Orla:** Why ports?\n\n[00:00:20] **Benno:** "
        "I grew up in one.",
        [("Orla Strand", "I'm Orla Strand."), ("Orla Strand", "Welcome, Benno Callan."), ("Benno Callan", "Thank you."),
         ("Orla Strand", "Why ports?"), ("Benno Callan", "I grew up in one.")],
    ),
    "initials of an office": (
        "Town hall with Assistant Secretary General Ruth Callan\n\nJOURNO: Is it true?\n\nASG: It is.\n\n"
        "JOURNO: Really?\n\nASG: Really.",
        [(None, "Is it true?"), ("Ruth Callan", "It is."), (None, "Really?"), ("Ruth Callan", "Really.")],
    ),
    "outlet before or after the name": (
        "Press Conference by Foreign Minister Ito Kenji\n\nReporter, Asahi Shimbun: Will you go?\n\nMinister Ito: I "
        "will.\n\nNHK, Mori: When?\n\nMinister Ito: In June.",
        [("Asahi Shimbun", "Will you go?"), ("Ito Kenji", "I will."), ("Mori", "When?"), ("Ito Kenji", "In June.")],
    ),
    "a letter before brackets and a colon": (
        "Remarks by Chancellor Lukas Brandt\n\nCHANCELLOR BRANDT: (In English.) We agree.\n\nQ (As interpreted.) One "
        "question for you: are you ready?\n\nCHANCELLOR BRANDT: I am.",
        [("Lukas Brandt", "(In English.) We agree."),
         (None, "(As interpreted.) One question for you: are you ready?"), ("Lukas Brandt", "I am.")],
    ),
    "an office with its organisation alone": (
        "Press point\n\nNATO Secretary General Ingrid Solheim: Good morning.\n\nNATO Spokesperson Oana Petru: One "
        "question.\n\nFollow-up question: Where?\n\nNATO Secretary General: In Oslo.\n\nNATO Spokesperson: Thank you.",
        [("Ingrid Solheim", "Good morning."), ("Oana Petru", "One question."), (None, "Where?"),
         ("Ingrid Solheim", "In Oslo."), ("Oana Petru", "Thank you.")],
    ),
    "one interviewer for all questions": (
        "Oral History Project\n\nAMBASSADOR JOAN PRIOR\n\nInterviewed by: Carl Mayfield\n\nQ: Where were you born?\n\n"
        "PRIOR: In Leeds.\n\nQ: When?\n\nPRIOR: In the war.",
        [("Carl Mayfield", "Where were you born?"), ("Joan Prior", "In Leeds."), ("Carl Mayfield", "When?"),
         ("Joan Prior", "In the war.")],
    ),
    "a president behind dots": (
        "Security Council\n9999th meeting\n\nPresident: Mr. Okello . . . . . . . . . (Uganda)\n\nThe President: The "
        "meeting is open.\n\nMs. Baird (New Zealand): I thank the President.\n\nThe President: I thank Ms. Baird.\n\n"
        "The meeting rose at 11.40 a.m.",
        [("Okello", "The meeting is open."), ("Baird", "I thank the President."), ("Okello", "I thank Ms. Baird.")],
    ),
    "the president's name in brackets": (
        "Minutes of a Council Meeting\n\nPRINCIPALS\nThe President (Whitlow)\nSecretary of State Aldous Farrant\n\n"
        "The President: Where are we?\n\nSecretary Farrant: Nowhere.\n\nThe President: Stay there.\n\nAfter the "
        "meeting, the President told Mr. Voss that he was content.",
        [("Whitlow", "Where are we?"), ("Aldous Farrant", "Nowhere."), ("Whitlow", "Stay there.")],
    ),
    "a witness named before the answers": (
        "TRIBUNAL\n\nJUDGE MALLOY: Go on.\n\nWITNESS: ZORAN PETRAK\n\nExamined by Mr. Nicol:\n\nQ. Where were you?\n\n"
        "A. At home.\n\nJUDGE MALLOY: Thank you.\n\n--- Recess taken at 10.30 a.m.",
        [("Malloy", "Go on."), ("Nicol", "Where were you?"), ("Zoran Petrak", "At home."), ("Malloy", "Thank you.")],
    ),
    "page furniture after the last turn": (
        "Answers to questions\n\nQuestion: Will there be a deal?\n\nPavel Sorin: There will.\n\nQuestion: When?\n\n"
        "Pavel Sorin: Soon.\n\nPublication status\n\nPublished in sections: News, Transcripts",
        [(None, "Will there be a deal?"), ("Pavel Sorin", "There will."), (None, "When?"), ("Pavel Sorin", "Soon.")],
    ),
    "questions without any label": (
        "An interview with Estonia’s Minister Marit Kask\n\nMarit Kask spoke to us in May.\n\nDo you miss your "
        "office?\n\nNot for a minute. I sleep well.\n\nWhat was hard for you?\n\nThe night of the cut. We had no "
        "light.\n\nDid the allies help you?\n\nThey did. I thank them.\n\nThis interview has been edited for length.",
        [(None, "Do you miss your office?"), ("Marit Kask", "Not for a minute. I sleep well."),
         (None, "What was hard for you?"), ("Marit Kask", "The night of the cut. We had no light."),
         (None, "Did the allies help you?"), ("Marit Kask", "They did. I thank them.")],
    ),
    "questions in another language": (
        "Government press conference\n\nSpokesman Falk Gruner on the podium\n\nSTS GRUNER: Good morning.\n\nFRAGE "
        "WIECK: Is it true?\n\nSTS GRUNER: It is.\n\nZUSATZFRAGE: Since when?\n\nSTS GRUNER: Since May.",
        [("Falk Gruner", "Good morning."), ("Wieck", "Is it true?"), ("Falk Gruner", "It is."),
         (None, "Since when?"), ("Falk Gruner", "Since May.")],
    ),
    "only who answers has a label": (
        "Remarks of Minister Ana Lima, with questions\n\n(a) Has the port opened?\n\nThe Minister: It has.\n\n(b) The "
        "paper says it has not.\n\nThe Minister: It is mistaken.\n\n(c) And the road?\n\nThe Minister: The road "
        "too.",
        [(None, "(a) Has the port opened?"), ("Ana Lima", "It has."), (None, "(b) The paper says it has not."),
         ("Ana Lima", "It is mistaken."), (None, "(c) And the road?"), ("Ana Lima", "The road too.")],
    ),
    "questions in bold": (
        "A quiet border\n\n**Ambassador Rui Dantas talks to Ines Prior about rivers**\n\n**Were you afraid?**\n\nI "
        "was not. I slept well.\n\n**The quarrel was about a toll.**\n\nIt was, on paper. We paid it.\n\n**And "
        "now?**\n\nNow I read.",
        [("Ines Prior", "Were you afraid?"), ("Rui Dantas", "I was not. I slept well."),
         ("Ines Prior", "The quarrel was about a toll."), ("Rui Dantas", "It was, on paper. We paid it."),
         ("Ines Prior", "And now?"), ("Rui Dantas", "Now I read.")],
    ),
    "emphasis inside labels": (
        "Security Council\n\n**The President** (spoke in French): I open the meeting.\n\n**Ms. Baird** (New Zealand): "
        "Thank you.\n\n**The President** (spoke in French): It is closed.",
        [(None, "I open the meeting."), ("Baird", "Thank you."), (None, "It is closed.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_every_layout_gives_its_turns(style: str) -> None:
    text, expected = STYLES[style]
    assert [(speaker, content[0]) for speaker, _, content in turns(text)] == expected


NO_LABELS = {
    "sections in capitals": (
        "Negotiations Bulletin\n\nAGRICULTURE: Delegates met in the morning and heard the co-chairs.\n\nLOSS AND "
        "DAMAGE: The EU called for a fund, and others agreed with it.\n\nPLENARY: The chair closed the session early."
    ),
    "one sentence that begins with a title": (
        "The deal\n\nMr. Arlen. That is the name on the door, and nobody has seen him since the spring.\n\nThe ferry "
        "still runs on Sundays, and the minister takes it when he can."
    ),
    "questions of an essay": (
        "What the treaty means\n\nWho wins?\n\nThe islands win, and so do the ports of the north.\n\nWho loses?\n\n"
        "Nobody will say, and the numbers are old.\n\nWhat comes next?\n\nThe vote comes next, in the spring."
    ),
}


@pytest.mark.parametrize("text", NO_LABELS.values(), ids=NO_LABELS)
def test_what_is_no_transcript(text: str) -> None:
    assert turns(text) == []


def test_headings_between_turns_are_nobodys_words() -> None:
    head = "STATEMENT OF HON. JOAN PRIOR, OF MAINE"
    text = f"Hearing\n\nMR. ARLEN: I yield.\n\n{head}\n\nMS. PRIOR: Thank you.\n\nMR. ARLEN: Go on."
    assert [content for _, _, content in turns(text)] == [["I yield."], ["Thank you."], ["Go on."]]


def test_a_row_of_stars_ends_a_text_only_near_its_end() -> None:
    body = "We have a long way to go, and I thank all of you for coming here. " * 4
    head, end = "Remarks by Minister Ana Lima\n\nMINISTER LIMA: ", f"\n\nQ: Thank you.\n\nMINISTER LIMA: {body}"
    text = f"{head}{body}{end}\n\n***\n\nContacts of the office"
    assert all("Contacts" not in span.of(text) for turn in transcript(Article(text)).turns for span in turn.content)
    parted = f"{head}I begin.\n\n***\n\n{body}{end}"
    assert any(span.of(parted) == body.strip() for turn in transcript(Article(parted)).turns for span in turn.content)


def test_lines_of_uneven_length_are_still_one_paragraph() -> None:
    text = (
        "The representative of Fiji said the draft was the fruit of\neleven rounds of talks. He pointed out that the "
        "amount of\nplastic washed ashore in one storm equalled the population in weight, and more than that.\n\n"
        "The observer thanked\nthe secretariat for its work on the\ntext.\n"
    )
    article = article_from_text(text)
    assert [block.span.of(text).count("\n") for block in article.blocks] == [2, 2]


def test_a_title_is_not_part_of_the_speech() -> None:
    title = "Foreign Minister Pavel Sorin’s statement and answers to questions after talks with the ministers of " + (
        "all the islands of the north and of the south, in the capital, on the third of March of this year"
    )
    text = f"{title}\n\nLadies and gentlemen,\n\nI thank my colleague for the talks. I hope that we will meet again."
    blocks = (Block(Span(0, len(title)), "title"),)
    found = article_from_text(text, blocks=blocks)
    speech = signed(found)
    assert speech is not None
    assert speech.content[0].of(text) == "Ladies and gentlemen,"


def test_a_list_with_dashes_makes_no_turns() -> None:
    text = "Present:\n\nEUR - Mr. Strand\n\nNEA - Mr. Callan\n\nEUR - Ms. Arlen\n\nThey spoke of ports."
    assert not transcript(article_from_text(text)).turns


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("proposed", "a solution", True),
        ("asked", "probing questions", True),
        ("is serious about", "making commitments", True),
        ("proposed", "a ban on shipping", False),
        ("demanded", "the withdrawal of all units", False),
        ("said", "it would be a solution", False),
    ],
)
def test_things_are_no_statements_inside_talk(cue: str, content: str, expected: bool) -> None:
    text = f"They {cue} {content}."
    at = len("They ")
    start = at + len(cue) + 1
    draft = Draft(
        [Span(start, len(text) - 1)], Span(at, at + len(cue)), Span(0, 4), cues.read(cue), "indirect", "speech",
        "state", "frame", 0.6,
    )  # fmt: skip
    assert only_mentioned(draft, None, text) is expected

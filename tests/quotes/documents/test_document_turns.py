"""Transcripts of every label style: which turns there are, and whose."""

from __future__ import annotations

import pytest

from quotes.analysis import Analysis
from quotes.attribution.labels import label_speakers
from quotes.detection import documents
from quotes.model import Article

EMPTY = Analysis((), ())


def turns(text: str) -> list[tuple[str | None, str | None, list[str]]]:
    """(speaker, label, content) of each turn."""
    article = Article(text)
    findings = documents.read(article, EMPTY)
    speakers = label_speakers(article, findings)
    return [
        (
            speakers[i].name if speakers[i] else None,
            finding.quotation.source.of(text) if finding.quotation.source else None,
            [span.of(text) for span in finding.quotation.content],
        )
        for i, finding in enumerate(findings)
        if finding.origin == "turn"
    ]


STYLES = {
    "capitals with title": (
        "Department Press Briefing\n\nNadia Holt, Department Spokesperson\n\n"
        "MS HOLT: Good afternoon.\n\nQUESTION: Any update on the talks?\n\nMS HOLT: The talks go on.\n\nThey will "
        "take time.",
        [("Nadia Holt", ["Good afternoon."]), (None, ["Any update on the talks?"]),
         ("Nadia Holt", ["The talks go on.", "They will take time."])],
    ),
    "letter Q and spaces": (
        "Press Gaggle by Press Secretary Tom Arlen\n\nMR. ARLEN:  Hi, everybody.\n\nQ    Is the summit still on?\n\n"
        "MR. ARLEN:  It is.\n\nQ    Where?\n\nMR. ARLEN:  In Oslo.",
        [("Tom Arlen", ["Hi, everybody."]), (None, ["Is the summit still on?"]), ("Tom Arlen", ["It is."]),
         (None, ["Where?"]), ("Tom Arlen", ["In Oslo."])],
    ),
    "letter Q and one space": (
        "Press Gaggle by Press Secretary Tom Arlen\n\nMR. ARLEN: Hi, everybody.\n\nQ Is the summit still on?\n\n"
        "MR. ARLEN: It is.",
        [("Tom Arlen", ["Hi, everybody."]), (None, ["Is the summit still on?"]), ("Tom Arlen", ["It is."])],
    ),
    "question and full name": (
        "Foreign Minister Pavel Sorin answers a media question\n\nQuestion: Will you go to Vienna?\n\n"
        "Pavel Sorin: We have not decided.\n\nNobody has asked us yet.",
        [(None, ["Will you go to Vienna?"]), ("Pavel Sorin", ["We have not decided.", "Nobody has asked us yet."])],
    ),
    "the president": (
        "Remarks by President Amara Diallo and Prime Minister Lukas Brandt after their meeting\n\n"
        "THE PRESIDENT: Welcome, everyone.\n\nPRIME MINISTER BRANDT: (As interpreted.) Thank you for having me.\n\n"
        "THE PRESIDENT: It was a good meeting. (Applause.)",
        [("Amara Diallo", ["Welcome, everyone."]), ("Lukas Brandt", ["(As interpreted.) Thank you for having me."]),
         ("Amara Diallo", ["It was a good meeting. (Applause.)"])],
    ),
    "agencies ask": (
        "Foreign Ministry Spokesperson Lin Yue’s Regular Press Conference\n\nAFP: Can you confirm the visit?\n\n"
        "Lin Yue: I have nothing to announce.\n\nBloomberg: And the tariffs?\n\nLin Yue: Please ask the competent "
        "authorities.",
        [("AFP", ["Can you confirm the visit?"]), ("Lin Yue", ["I have nothing to announce."]),
         ("Bloomberg", ["And the tariffs?"]), ("Lin Yue", ["Please ask the competent authorities."])],
    ),
    "office and name, then short forms": (
        "Joint press point\n\nNATO Secretary General Ingrid Solheim: Good morning.\n\nMODERATOR: We have time for "
        "one question.\n\n"
        "Question: Are the allies united?\n\nIngrid Solheim: They are.\n\nSolheim: And they will stay so.",
        [("Ingrid Solheim", ["Good morning."]), (None, ["We have time for one question."]), (None, ["Are the allies "
            "united?"]),
         ("Ingrid Solheim", ["They are."]), ("Ingrid Solheim", ["And they will stay so."])],
    ),
    "bold labels": (
        "Interview with Minister Carla Reyes\n\n**Question:** What comes next?\n\n**Carla Reyes:** An agreement.\n\n"
        "**Question:** When?\n\n**Carla Reyes**: Soon.",
        [(None, ["What comes next?"]), ("Carla Reyes", ["An agreement."]), (None, ["When?"]),
         ("Carla Reyes", ["Soon."])],
    ),
    "labels on lines of their own": (
        "TRANSCRIPT OF DOORSTOP\n\nTHE HON. RUTH CALLAN, MP\n\nMS CALLAN:\n\nWe will sign on Friday.\n\nJOURNALIST:\n\n"
        "Who else signs?\n\nMS CALLAN:\n\nThe islands do.\n\nAll of them.",
        [("Ruth Callan", ["We will sign on Friday."]), (None, ["Who else signs?"]),
         ("Ruth Callan", ["The islands do.", "All of them."])],
    ),
    "own lines without a colon": (
        "Interview with Foreign Minister Elin Strand\n\nInterviewer\n\nIs the border open?\n\nElin Strand\n\nIt "
        "opens on Monday.\n\n"
        "Interviewer\n\nFor everybody?\n\nElin Strand\n\nFor everybody with a visa.",
        [(None, ["Is the border open?"]), ("Elin Strand", ["It opens on Monday."]), (None, ["For everybody?"]),
         ("Elin Strand", ["For everybody with a visa."])],
    ),
    "verbatim record": (
        "Security Council, 9999th meeting\n\nThe President (spoke in French): I give the floor to the representative "
        "of Chile.\n\n"
        "Mr. Ossandon (Chile) (spoke in Spanish): We thank the Secretariat.\n\nMs. Baird (New Zealand): We align "
        "ourselves with Chile.\n\n"
        "The President (spoke in French): I thank the speakers.",
        [(None, ["I give the floor to the representative of Chile."]), ("Ossandon", ["We thank the Secretariat."]),
         ("Baird", ["We align ourselves with Chile."]), (None, ["I thank the speakers."])],
    ),
    "surname alone": (
        "A rush transcript of an interview with Defence Minister Olena Marchuk\n\nKERR: Minister, "
        "welcome.\n\nMARCHUK: Thank you.\n\n"
        "KERR: How long can this last?\n\nMARCHUK: As long as it must.",
        [("Kerr", ["Minister, welcome."]), ("Olena Marchuk", ["Thank you."]), ("Kerr", ["How long can this last?"]),
         ("Olena Marchuk", ["As long as it must."])],
    ),
    "Q and A": (
        "Foreign Ministry Spokesperson Chen Rui's Remarks\n\nQ: What is China's comment on the vote?\n\n"
        "A: We have noted the result.\n\nQ: Anything else?\n\nA: No.",
        [(None, ["What is China's comment on the vote?"]), ("Chen Rui", ["We have noted the result."]),
         (None, ["Anything else?"]), ("Chen Rui", ["No."])],
    ),
    "Q. and A.": (
        "Interview with Ambassador Joan Prior\n\nQ. Was the text agreed?\n\nA. Only in part.\n\nQ. Which part?\n\nA. "
        "The first.",
        [(None, ["Was the text agreed?"]), ("Joan Prior", ["Only in part."]), (None, ["Which part?"]),
         ("Joan Prior", ["The first."])],
    ),
    "committee evidence": (
        "Foreign Affairs Committee\n\nQ1 Chair: Welcome. Could you introduce yourself?\n\nDr Mina Sethi: I lead the "
        "programme.\n\n"
        "Q2 Alan Crewe: How is it paid for?\n\nDr Mina Sethi: By levy.",
        [(None, ["Welcome. Could you introduce yourself?"]), ("Mina Sethi", ["I lead the programme."]),
         ("Alan Crewe", ["How is it paid for?"]), ("Mina Sethi", ["By levy."])],
    ),
    "time codes": (
        "Press conference\n\n[00:00:05] Moderator: Good morning.\n\n[00:00:12] Minister Bea Lund: We met today.\n\n"
               "[00:01:40] Reporter 1: About what?\n\n[00:01:44] Minister Bea Lund: Fisheries.",
        [(None, ["Good morning."]), ("Bea Lund", ["We met today."]), (None, ["About what?"]),
         ("Bea Lund", ["Fisheries."])],
    ),
    "prime minister and journalists": (
        "Prime Minister\nTranscript\n\nPress conference with the Prime Minister, the Hon Dana Whitlow MP\n\nPRIME "
               "MINISTER: Good morning.\n\n"
        "JOURNALIST: Prime Minister, will you attend?\n\nPRIME MINISTER: I will.",
        [("Dana Whitlow", ["Good morning."]), (None, ["Prime Minister, will you attend?"]),
         ("Dana Whitlow", ["I will."])],
    ),
    "questioner introduces herself": (
        "News conference of Viktor Adler\n\nQuestion: Austria Press Agency, Petra Lenz.\n\nWhy now?\n\nViktor Adler: "
        "Why not?\n\n"
        "Question: Good afternoon. Ben Ode, Reuters. What about the loans?\n\nViktor Adler: They stand.\n\nQuestion: "
        "And the fees?",
        [("Petra Lenz", ["Austria Press Agency, Petra Lenz.", "Why now?"]), ("Viktor Adler", ["Why not?"]),
         ("Ben Ode", ["Good afternoon. Ben Ode, Reuters. What about the loans?"]), ("Viktor Adler", ["They stand."]),
         (None, ["And the fees?"])],
    ),
    "function with a name in brackets": (
        "Press briefing\n\nModerator (Karen Oduya): Let us begin.\n\nQuestion (Le Monde): Who pays?\n\n"
        "High Commissioner Rafael Toro: The members do.\n\nModerator (Karen Oduya): Thank you.",
        [("Karen Oduya", ["Let us begin."]), ("Le Monde", ["Who pays?"]), ("Rafael Toro", ["The members do."]),
         ("Karen Oduya", ["Thank you."])],
    ),
    "senior officials stay unnamed": (
        "Background Briefing\n\nSENIOR ADMINISTRATION OFFICIAL ONE: Two points.\n\nQUESTION: Which?\n\n"
        "SENIOR ADMINISTRATION OFFICIAL TWO: First, the ceasefire.",
        [(None, ["Two points."]), (None, ["Which?"]), (None, ["First, the ceasefire."])],
    ),
    "single line ends": (
        "Joint doorstep by High Representative Marta Kuusk\nQ. Will there be sanctions?\nMarta Kuusk: Ministers will "
        "decide.\n"
        "Q. Today?\nMarta Kuusk: Today.",
        [(None, ["Will there be sanctions?"]), ("Marta Kuusk", ["Ministers will decide."]), (None, ["Today?"]),
         ("Marta Kuusk", ["Today."])],
    ),
    "a joint label": (
        "Press availability\n\nSECRETARY HALE: We agree.\n\nFOREIGN MINISTER ITO: Fully.\n\n"
        "SECRETARY HALE AND FOREIGN MINISTER ITO: Thank you.",
        [("Hale", ["We agree."]), ("Ito", ["Fully."]), ("Hale; Ito", ["Thank you."])],
    ),
    "countries speak": (
        "Summary of the exchange\n\nChair: The floor is open.\n\nFRANCE: We support the draft.\n\nRUSSIAN "
        "FEDERATION: We do not.\n\n"
        "FRANCE: Then let us talk.\n\nChair: So be it.\n\nRUSSIAN FEDERATION: Very well.",
        [(None, ["The floor is open."]), ("France", ["We support the draft."]), ("Russian Federation", ["We do not."]),
         ("France", ["Then let us talk."]), (None, ["So be it."]), ("Russian Federation", ["Very well."])],
    ),
    "verbatim record with a head": (
        "S/PV.9999\n\nMonday, 4 May 2031, 10 a.m.\n\nPresident: Mr. Okello (Uganda)\n\n"
        "The meeting was called to order at 10.05 a.m.\n\nThe President: The Council will now begin.\n\n"
        "Ms. Prado (Chile) (spoke in Spanish): We thank the briefers.\n\nThe President: I thank the representative "
        "of Chile.",
        [("Okello", ["The Council will now begin."]), ("Prado", ["We thank the briefers."]),
         ("Okello", ["I thank the representative of Chile."])],
    ),
    "name and outlet, name and office": (
        "Transcript of Weekly Media Briefing (March 07, 2031)\n\nShri Arvind Rao, Official Spokesperson: Good "
        "afternoon.\n\n"
        "Sidhant Mehta, WION: Any update on the visit?\n\nShri Arvind Rao, Official Spokesperson: We will come back "
        "to you.",
        [("Arvind Rao", ["Good afternoon."]), ("Sidhant Mehta", ["Any update on the visit?"]),
         ("Arvind Rao", ["We will come back to you."])],
    ),
    "the spokesman by office": (
        "Daily Press Briefing\n\nThe following is a near-verbatim transcript of today’s noon briefing by Paul Marin, "
        "Spokesman for "
        "the Secretary-General.\n\nQuestion: Any comment on the strike?\n\nSpokesman: We have seen the reports.\n\n"
        "Correspondent: On Libya, what is next?\n\nSpokesman: We shall see.",
        [(None, ["Any comment on the strike?"]), ("Paul Marin", ["We have seen the reports."]),
         (None, ["On Libya, what is next?"]), ("Paul Marin", ["We shall see."])],
    ),
    "television": (
        "THE NEWSROOM\n\nKATE BOLAND, CNN ANCHOR: With me now is the minister. Welcome.\n\n"
        "OLENA MARCHUK, UKRAINIAN DEFENSE MINISTER: Thank you.\n\n(BEGIN VIDEO CLIP)\n\nUNIDENTIFIED MALE: We stay.\n\n"
        "(END VIDEO CLIP)\n\nBOLAND (voice-over): That was in March.\n\nMARCHUK: It was.",
        [("Kate Boland", ["With me now is the minister. Welcome."]), ("Olena Marchuk", ["Thank you."]),
         (None, ["We stay."]),
         ("Kate Boland", ["That was in March."]), ("Olena Marchuk", ["It was."])],
    ),
    "answers without labels": (
        "Doorstep by High Representative/Vice-President Marta Kuusk\n\nQ. Will there be a veto?\n\nI hope not. I "
        "have talked to them.\n\n"
        "They know our view.\n\nQ. And the assets?\n\nWe are working on it.",
        [(None, ["Will there be a veto?"]), ("Marta Kuusk", ["I hope not. I have talked to them.", "They know our "
            "view."]),
         (None, ["And the assets?"]), ("Marta Kuusk", ["We are working on it."])],
    ),
    "labels inside a paragraph": (
        "Interview of Foreign Minister Pavel Sorin with TASS, March 3, 2031\n\nQuestion: How are relations? Answer: "
        "Stable. "
        "Question: And trade? Answer: It grows.",
        [(None, ["How are relations?"]), ("Pavel Sorin", ["Stable."]), (None, ["And trade?"]),
         ("Pavel Sorin", ["It grows."])],
    ),
    "full office first": (
        "Meeting in the Kremlin\n\nPresident of Russia Viktor Adler: Mr Petrosyan, welcome.\n\nTrade has grown.\n\n"
        "Prime Minister of Armenia Aram Petrosyan (retranslated): Thank you.\n\nViktor Adler: Let us begin.\n\n<…>\n\n"
        "Aram Petrosyan: Gladly.",
        [("Viktor Adler", ["Mr Petrosyan, welcome.", "Trade has grown."]), ("Aram Petrosyan", ["Thank you."]),
         ("Viktor Adler", ["Let us begin."]), ("Aram Petrosyan", ["Gladly."])],
    ),
    "colons inside a turn": (
        "Press briefing by Spokesperson Ann Price\n\nMS. PRICE: Three points.\n\nUkraine: We sent aid.\n\n"
        "Middle East: Talks go on in the east.\n\nQUESTION: On Ukraine: when?\n\nMS. PRICE: Soon.",
        [("Ann Price", ["Three points.", "Ukraine: We sent aid.", "Middle East: Talks go on in the east."]),
         (None, ["On Ukraine: when?"]), ("Ann Price", ["Soon."])],
    ),
    "page breaks and notes": (
        "TRANSCRIPT\n\nSUBJECTS: Pacific visit; trade talks.\n\nFOREIGN MINISTER RUTH CALLAN: I leave "
        "tonight.\n\nPage 1 of 2\n\n"
        "We are ready.\n\nJOURNALIST: For what?\n\nFOREIGN MINISTER: For talks.\n\n[ENDS]\n\nMedia contact: 02 6277 "
        "7500",
        [("Ruth Callan", ["I leave tonight.", "We are ready."]), (None, ["For what?"]),
         ("Ruth Callan", ["For talks."])],
    ),
    "called on by name": (
        "Background Press Call\n\nMODERATOR: We’ll go to Celia Ramos. Please state your outlet.\n\nQ    Hi. What "
        "changes?\n\n"
        "SENIOR ADMINISTRATION OFFICIAL: Little.\n\nQ    And prices?",
        [(None, ["We’ll go to Celia Ramos. Please state your outlet."]), ("Celia Ramos", ["Hi. What changes?"]),
         (None, ["Little."]), (None, ["And prices?"])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_label_styles(style: str) -> None:
    text, expected = STYLES[style]
    assert [(speaker, content) for speaker, _, content in turns(text)] == expected


def test_offices_and_countries_of_labels() -> None:
    text = (
        "Joint Press Availability\n\nREMARKS\nROBERT HALE, SECRETARY OF STATE\n\n"
        "NORWEGIAN FOREIGN MINISTER ELIN STRAND: Welcome.\n\nSECRETARY HALE: Thank you.\n\n"
        "Ms. Prado (Chile): May I add a point?\n\nSTRAND: Please. And AFP: you as well.\n\nAFP: Is it signed?"
    )
    article = Article(text)
    findings = documents.read(article, EMPTY)
    speakers = [speaker for speaker in label_speakers(article, findings).values() if speaker]
    assert [(s.name, s.kind, s.role, s.country) for s in speakers] == [
        ("Elin Strand", "person", "Norwegian Foreign Minister", "NOR"),
        ("Robert Hale", "person", "Secretary of State", None),
        ("Prado", "person", None, "CHL"),
        ("Elin Strand", "person", "Norwegian Foreign Minister", "NOR"),
        ("AFP", "organisation", None, None),
    ]


ORDINARY = {
    "places and notes": (
        "Ministers meet\n\nWashington: A city in fear of the vote.\n\nNote: This report was updated.\n\n"
        "BACKGROUND: The dispute began in 1994.\n\nThe minister said: “We are ready.”\n\nHe added: “We will see.”"
    ),
    "fields of a form": (
        "MEDIA RELEASE\n\nDate: 5 May 2031\n\nSubject: Fisheries\n\nContact: The press office\n\nThe agreement "
        "enters into force today."
    ),
    "headings with explanations": (
        "What to watch\n\nVeto Power: The council is stuck.\n\nRefugee Crisis: The crisis is worse.\n\n"
        "Climate Change: The summit is near.\n\nThe crisis and the power of climate to change minds were plain, and "
        "a veto loomed."
    ),
    "an outline": "Terms of the agreement\n\nA. Ports stay open.\n\nB. Ships pay dues.\n\nA. Dues are low.\n\nA. "
    "Dues may rise.",
    "a tally": "The count\n\nAnna Berg: 1,769.\n\nTom Dale: 1,501.\n\nAnna Berg: 547.\n\nTom Dale: 46.",
    "one headline": "Sanders: Clinton must go on\n\nThe senator spoke on Monday.\n\nHis aides were pleased with the "
    "crowd.",
    "repeated topic headings": (
        "Weekly notes\n\nMiddle East: Talks paused.\n\nTrade Policy: No news.\n\nMiddle East: Talks resumed.\n\n"
        "Trade Policy: The policy on trade stands. In the middle of the month the east was calm."
    ),
}


@pytest.mark.parametrize("kind", ORDINARY)
def test_ordinary_colons_make_no_turns(kind: str) -> None:
    assert turns(ORDINARY[kind]) == []

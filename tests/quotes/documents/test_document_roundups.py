"""Round-ups: quotations beside names, posts, block quotes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotes.analysis import Analysis
from quotes.attribution.labels import label_speakers
from quotes.detection import documents
from quotes.model import Article

Parse = Callable[[str], tuple[Article, Analysis]]
Row = tuple[str | None, str | None, str, str]


def rows(parse: Parse, text: str) -> list[Row]:
    """(speaker or source, cue, mode, content) of each finding."""
    article, analysis = parse(text)
    findings = documents.read(article, analysis)
    speakers = label_speakers(article, findings)
    out: list[Row] = []
    for i, finding in enumerate(findings):
        quotation, speaker = finding.quotation, speakers.get(i)
        source = quotation.source.of(text) if quotation.source else None
        cue = quotation.cue.span.of(text) if quotation.cue else None
        content = " / ".join(span.of(text) for span in quotation.content)
        out.append((speaker.name if speaker else source, cue, quotation.mode, content))
    return out


CASES: dict[str, tuple[str, list[Row]]] = {
    "names over quotations": (
        "Reactions to the vote\n\nPRIME MINISTER OLA DAHL, on television:\n\n“A good day.”\n\nMARTA KUUSK, his "
        "rival\n\n“A day like any other.”\n\n* FOREIGN MINISTER JO BERG, in Bonn: “We will see.”",
        [("Ola Dahl", ":", "speech", "A good day."), ("Marta Kuusk", None, "speech", "A day like any other."),
         ("Jo Berg", ":", "speech", "We will see.")],
    ),
    "a post under a name and a handle": (
        "Posts of the day\n\nOla Dahl\n@oladahl\nThe law is the law.\n\nRT @martak: Seen at the gate: nobody.",
        [("Ola Dahl", None, "writing", "The law is the law."),
         ("@martak", ":", "writing", "Seen at the gate: nobody.")],
    ),
    "a block without a verb of saying": (
        "Live: the vote\n\nHere is a bit more from Norway’s premier, Ola Dahl, who has been speaking in Oslo:\n\nI "
        "expect that we will win this vote, and that nobody will be surprised by it.",
        [("Norway’s premier, Ola Dahl", None, "speech",
          "I expect that we will win this vote, and that nobody will be surprised by it.")],
    ),
    "labels before marks": (
        "Praise for the agreement\n\nNorwegian Prime Minister Ola Dahl: “A good day.”\n\n"
        "European Union foreign policy chief Marta Kuusk: “It is time to ratify … and to build.”\n\nReuters: “A rare "
        "success”",
        [("Ola Dahl", ":", "speech", "A good day."), ("Marta Kuusk", ":", "speech", "It is time to ratify … and to "
            "build."),
         ("Reuters", ":", "speech", "A rare success")],
    ),
    "bullets": (
        "What they said\n\n- President Amara Diallo: \"We agree.\"\n- Lukas Brandt, Chancellor: \"So do we.\" [2]\n- "
        "FRANCE: «Nous aussi.»",
        [("Amara Diallo", ":", "speech", "We agree."), ("Lukas Brandt", ":", "speech", "So do we."),
         ("France", ":", "speech", "Nous aussi.")],
    ),
    "names as headings": (
        "Excerpts from the general debate\n\nMacky Ndiaye, President of Senegal\n\nHunger is growing on our "
        "continent. It must not.\n\n"
        "We need the pledges kept, all of them.\n\nGabriel Prado, President of Chile:\n\nNobody is an island in this "
        "storm of prices.\n\n"
        "Elin Strand, Minister for Foreign Affairs of Norway\n\nThe ocean is warming, and we with it, faster than we "
        "thought.",
        [("Macky Ndiaye", None, "speech", "Hunger is growing on our continent. It must not. / We need the pledges "
                                          "kept, all of them."),
         ("Gabriel Prado", ":", "speech", "Nobody is an island in this storm of prices."),
         ("Elin Strand", None, "speech", "The ocean is warming, and we with it, faster than we thought.")],
    ),
    "dash and name": (
        "Reactions\n\n“The region can breathe again,” — Marta Kuusk, High Representative\n\n“A great day for "
        "Africa.”\n— Kofi Asante, President of Ghana",
        [("Marta Kuusk", None, "speech", "The region can breathe again"),
         ("Kofi Asante", None, "speech", "A great day for Africa.")],
    ),
    "posts": (
        "Reactions\n\nLena Brandt (@lenabrandt): Congratulations to everybody in Nairobi!\n\n"
        "Proud of my friends. The future is yours. — Tom Arlen (@tomarlen) August 15, 2031\n\n@UNHumans: We welcome "
        "the calm.",
        [("Lena Brandt", ":", "writing", "Congratulations to everybody in Nairobi!"),
         ("Tom Arlen", None, "writing", "Proud of my friends. The future is yours."),
         ("@UNHumans", ":", "writing", "We welcome the calm.")],
    ),
    "block quote": (
        "Neighbours react\n\nPresident Paul Ndege of Uganda sent a message and said:\n\n"
        "Our peoples have a border and a future in common. We shall keep both open.\n\nTrade has grown since then.",
        [("President Paul Ndege of Uganda", "said", "speech",
          "Our peoples have a border and a future in common. We shall keep both open.")],
    ),
    "marked-up block quote": (
        "Neighbours react\n\nThe ministry wrote on Monday:\n\n> We share a border and a future, whoever governs.\n> "
        "The people have decided, and we respect that.\n\nTrade grew.",
        [("The ministry", "wrote", "writing",
          "We share a border and a future, whoever governs. / The people have decided, and we respect that.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_structures(parsed: Parse, case: str) -> None:
    text, expected = CASES[case]
    assert rows(parsed, text) == expected


NOTHING = {
    "a colon and a list": "The plan\n\nThe plan has three parts, as the ministry noted in its rules:\n\nParties pay "
    "their dues in the first month of each year.",
    "office holders told of": (
        "The new cabinet\n\nAnna Berg, Minister of Finance\n\nBerg has led the bank since 2019 and is known for "
        "thrift.\n\n"
        "Tom Dale, Minister of Trade\n\nDale was ambassador in Lima, and before that in Rome.\n\n"
        "Eva Lang, Minister of Justice\n\nA judge for twenty years, Lang wrote the code."
    ),
    "did not say": "A statement\n\nAsked about the loan, the minister did not say:\n\nThe loan is due on the first "
    "of May next year.",
    "a quotation and a dash of thought": "Notes\n\n“Peace” – What a word. It has been used too often in this hall, "
    "and too rarely meant.",
}


@pytest.mark.parametrize("case", NOTHING)
def test_no_quotation(parsed: Parse, case: str) -> None:
    assert rows(parsed, NOTHING[case]) == []

"""Statements, communiques and readouts: performative sentences, first-person texts, and who issued them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotes.analysis import Analysis
from quotes.attribution.issuer import issuer
from quotes.detection import documents
from quotes.model import Article

Parse = Callable[[str], tuple[Article, Analysis]]
Row = tuple[str, str | None, str | None, str]


def rows(parse: Parse, text: str) -> list[Row]:
    """(origin, source, cue, content) of each finding."""
    article, analysis = parse(text)
    return [
        (
            finding.origin,
            finding.quotation.source.of(text) if finding.quotation.source else None,
            finding.quotation.cue.span.of(text) if finding.quotation.cue else None,
            " / ".join(span.of(text) for span in finding.quotation.content),
        )
        for finding in documents.read(article, analysis)
    ]


MINISTRY = (
    "Statement by the Ministry of Foreign Affairs of Georgia\n\n"
    "The Ministry of Foreign Affairs of Georgia strongly condemns the attack on civilians in the border region and "
    "expresses "
    "its condolences to the families of the victims.\n\n"
    "The Ministry calls on all parties to refrain from violence. We will not be silent. We remain appalled by and "
    "denounce "
    "the shelling of the port. We also urge the international community to respond.\n\n"
    "Georgia stands ready to assist."
)  # fmt: skip
COMMUNIQUE = (
    "Joint Communiqué on the Strategic Dialogue between the Republic of Kenya and the Kingdom of Norway\n\n"
    "1. At the invitation of the President of the Republic of Kenya, the Prime Minister of Norway paid an official "
    "visit.\n\n"
    "2. The two Sides reaffirmed their commitment to the Charter of the United Nations, stressing that it bound "
    "everybody. "
    "They welcomed the agreement on fisheries.\n\n"
    "3. The Sides strongly condemned terrorism in all its forms and called on all States to cooperate."
)  # fmt: skip
READOUT = (
    "Readout of Secretary Hale’s Meeting with Foreign Minister Ito\n\n"
    "Secretary of State Robert Hale met today with Japanese Foreign Minister Kenji Ito in Geneva. The Secretary "
    "underscored the "
    "importance of close coordination and reiterated that the alliance was strong. Secretary Hale and Foreign "
    "Minister Ito "
    "discussed supply chains. The Foreign Minister noted that Japan would spend more, and the Secretary thanked "
    "Japan for its "
    "support. They exchanged views on the region, with Secretary Hale stressing the need for calm."
)  # fmt: skip


def test_ministry(parsed: Parse) -> None:
    assert rows(parsed, MINISTRY) == [
        ("frame", "The Ministry of Foreign Affairs of Georgia", "condemns", "the attack on civilians in the border "
            "region"),
        ("frame", "The Ministry of Foreign Affairs of Georgia", "expresses", "its condolences to the families of the "
            "victims"),
        ("issuer", "The Ministry", "calls on", "all parties to refrain from violence"),
        ("issuer", "We", "denounce", "the shelling of the port"),
        ("issuer", "We", "urge", "the international community to respond"),
    ]  # fmt: skip


def test_communique(parsed: Parse) -> None:
    assert rows(parsed, COMMUNIQUE) == [
        ("issuer", "The two Sides", "reaffirmed", "their commitment to the Charter of the United Nations"),
        ("issuer", "The two Sides", "stressing", "it bound everybody"),
        ("issuer", "They", "welcomed", "the agreement on fisheries"),
        ("issuer", "The Sides", "condemned", "terrorism in all its forms"),
        ("issuer", "The Sides", "called on", "all States to cooperate"),
    ]


def test_readout_names_its_speakers(parsed: Parse) -> None:
    assert rows(parsed, READOUT) == [
        ("frame", "The Secretary", "underscored", "the importance of close coordination"),
        ("frame", "The Secretary", "reiterated", "the alliance was strong"),
        ("frame", "The Foreign Minister", "noted", "Japan would spend more"),
        ("frame", "the Secretary", "thanked", "Japan for its support"),
        ("frame", "Secretary Hale", "stressing", "the need for calm"),
    ]


SIGNED = {
    "heading": (
        "Statement by Minister Carla Reyes on the Passing of Ambassador Lopez\n\n"
        "I was deeply saddened to learn of the passing of Ambassador Lopez. He served our country for forty years.\n\n"
        "My thoughts are with his family. I will always remember his kindness.\n\nENDS\n\nMedia contact: 02 6277 7500",
        "Minister Carla Reyes",
        "Carla Reyes",
    ),
    "signature": (
        "Letter to the members of the Association, a message of thanks\n\n"
        "I write to thank you for twenty years of work. I have learned more from you than I can say.\n\n"
        "My successor will be lucky to have you, as I have been.\n\nRuth Callan\nChairwoman",
        "Ruth Callan",
        "Ruth Callan",
    ),
    "office before the name": (
        "Remarks by High Representative Marta Kuusk at the opening of the conference\n\n"
        "Thank you for having me. I come with one message, and I will be brief about it.\n\nWe need this treaty, and "
        "I need your help.",
        "High Representative Marta Kuusk",
        "Marta Kuusk",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SIGNED)
def test_first_person_statement_is_one_direct_quotation(parsed: Parse, case: str) -> None:
    text, source, name = SIGNED[case]
    found = rows(parsed, text)
    assert [row[:3] for row in found if row[0] == "issuer"] == [("issuer", source, None)]
    pieces = found[0][3].split(" / ")
    assert pieces[0] == text.split("\n\n")[1]
    assert len(pieces) == 2
    speaker = issuer(Article(text))
    assert speaker is not None
    assert (speaker.name, speaker.kind) == (name, "person")


def test_no_signed_statement_without_the_first_person(parsed: Parse) -> None:
    text = "Statement by Minister Carla Reyes\n\nThe country mourns Ambassador Lopez. He served it long and well."
    assert rows(parsed, text) == []


ISSUERS = {
    "three countries": (
        "Joint Statement by France, Germany and the United Kingdom on the Elections\n\nWe condemn the violence at "
        "the polls.",
        "France; Germany; United Kingdom",
    ),
    "between": (COMMUNIQUE, "Kenya; Norway"),
    "hyphen": ("India-Japan Joint Statement\n\nThe two sides welcomed the progress of their talks.", "India; Japan"),
    "ministry": (MINISTRY, "Ministry of Foreign Affairs of Georgia"),
    "group": ("G7 Leaders’ Statement\n\n1. We welcome the talks in Oslo.\n\n2. We urge everybody to go on.", "G7"),
    "on behalf of": (
        "Declaration by the High Representative on behalf of the European Union on the vote\n\nThe European Union "
        "welcomes the vote.",
        "European Union",
    ),
    "spokesperson for a body": (
        "Statement by the Foreign Ministry Spokesperson Lin Yue\n\nWe deplore the decision taken yesterday by the "
        "committee.",
        "Foreign Ministry",
    ),
    "main subject": (
        "Statement by Press Secretary Tom Arlen on the Missile Launch\n\nCanada strongly condemns the launch of the "
        "missile. "
        "We call on all countries to enforce the sanctions.",
        "Canada",
    ),
    "we, the ministers of": (
        "Statement on the Situation at the Border\n\nWe, the Foreign Ministers of Canada, France, and Japan, condemn "
        "the closure of "
        "the border. We urge its reopening.",
        "Canada; France; Japan",
    ),
    "office of a body": (
        "Statement of the African Union Commission Chairperson on the Coup\n\nWe condemn the coup. We urge the army "
        "to step back.",
        "African Union",
    ),
    "council": (
        "Security Council Press Statement on the Attack\n\nThe members of the Security Council condemned the attack. "
        "They expressed "
        "their condolences to the families.",
        "United Nations Security Council",
    ),
    "the two who met": (
        "Press release on Foreign Minister Pavel Sorin’s talks with Foreign Minister of Kenya Joan Odera\n\nThe "
        "sides expressed a "
        "commitment to stronger ties. The sides emphasised the summit.",
        "Pavel Sorin; Joan Odera",
    ),
    "nobody": ("Statement on the weather\n\nWe note the rain. We regret the lack of umbrellas at the venue.", None),
}  # fmt: skip


@pytest.mark.parametrize("case", ISSUERS)
def test_issuer(case: str) -> None:
    text, expected = ISSUERS[case]
    speaker = issuer(Article(text))
    assert (speaker.name if speaker else None) == expected


def test_news_has_no_issuer() -> None:
    assert (
        issuer(
            Article("Talks resume\n\nThe minister said on Monday that talks would resume. France welcomed the news.")
        )
        is None
    )

"""What is a name and what is a title, an office or a country beside it. All people and bodies are invented."""

from __future__ import annotations

import pytest

from quotes.analysis import Finding, Mention
from quotes.attribution import attribute
from quotes.model import Article, Block, Quotation, Span
from tests.quotes.attribution.test_attribution_resolution import analysis_of, speakers


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        # Surnames that are titles too
        ("Matthew Prince, chief executive of a Graz company, said so.", "Matthew Prince", "Matthew Prince"),
        ("Larry King said so.", "Larry King", "Larry King"),
        ("Matthew Prince left. Mr. Prince said so.", "Mr. Prince", "Matthew Prince"),
        ("Prince Faisal bin Nasser said so.", "Prince Faisal bin Nasser", "Faisal bin Nasser"),
        ("The prince said so.", "The prince", None),
        # Numerals and months
        ("King Abdullahi II said so.", "King Abdullahi II", "Abdullahi II"),
        ("The Norwegian Council's Jan Haugland said so.", "Jan Haugland", "Jan Haugland"),
        # Honorifics before a name and letters after it
        ("Katarzyna Ellwood KC said so.", "Katarzyna Ellwood KC", "Katarzyna Ellwood"),
        ("Cllr Rosa Costelo said so.", "Cllr Rosa Costelo", "Rosa Costelo"),
        ("Ratu Emosi Nakarawa said so.", "Ratu Emosi Nakarawa", "Emosi Nakarawa"),
        ("Tan Sri Farid Osman said so.", "Tan Sri Farid Osman", "Farid Osman"),
        ("Daw Khin Mya said so.", "Daw Khin Mya", "Khin Mya"),
        ("Maj.-Gen. Rosa Costelo DSO said so.", "Maj.-Gen. Rosa Costelo DSO", "Rosa Costelo"),
        ("Omar Sheikh Nuur said so.", "Omar Sheikh Nuur", "Omar Sheikh Nuur"),
        ("Tan Siew Hoon said so.", "Tan Siew Hoon", "Tan Siew Hoon"),
        (
            "The Economic Community of Southern States (ECOSS) met. The ECOSS said so.",
            "The ECOSS",
            "Economic Community of Southern States",
        ),
        # Titles in the plural, and not yet held
        (
            "Presidents Ivo Harrow and Rui Costelo said so.",
            "Presidents Ivo Harrow and Rui Costelo",
            "Ivo Harrow; Rui Costelo",
        ),
        ("Prime Minister-designate Eva Harrow said so.", "Prime Minister-designate Eva Harrow", "Eva Harrow"),
        # Offices with "of" in small letters
        ("Former secretary of state Rosa Costelo said so.", "Former secretary of state Rosa Costelo", "Rosa Costelo"),
        (
            "The director of national intelligence Rosa Costelo said so.",
            "The director of national intelligence Rosa Costelo",
            "Rosa Costelo",
        ),
        ("A supporter of Rosa Costelo said so.", "A supporter of Rosa Costelo", None),
        ("The head of the party of Rosa Costelo said so.", "The head of the party of Rosa Costelo", None),
        (
            "Presidential front-runner and former secretary of state Rosa Costelo said so.",
            "Presidential front-runner and former secretary of state Rosa Costelo",
            "Rosa Costelo",
        ),
        # Participles that only describe
        ("Ivo Harrow left. A newly elected Harrow said so.", "A newly elected Harrow", "Ivo Harrow"),
        ("Committee ranking member Rosa Costelo said so.", "Committee ranking member Rosa Costelo", "Rosa Costelo"),
        ("A group led by Rosa Costelo said so.", "A group led by Rosa Costelo", None),
        # A person and others
        ("Rosa Costelo left. Costelo and HP executives said so.", "Costelo and HP executives", "Rosa Costelo"),
        ("US and NATO executives said so.", "US and NATO executives", "US and NATO executives"),
        (
            "Some candidates, for instance Sen. Rosa Costelo of Texas, said so.",
            "Some candidates, for instance Sen. Rosa Costelo of Texas,",
            "Rosa Costelo",
        ),
        (
            "Some candidates, for instance those of Texas, said so.",
            "Some candidates, for instance those of Texas,",
            None,
        ),
    ],
)
def test_names_titles_and_offices(text, source, expected):
    assert speakers(text, source) == [expected]


def named(text: str, source: str, mentions: dict[str, str], **article: object) -> str | None:
    at = text.rindex(source)
    quotation = Quotation(
        "indirect", "speech", "state", (Span(len(text) - 4, len(text) - 1),), None, Span(at, at + len(source))
    )
    spans = tuple(
        Mention(Span(text.index(words), text.index(words) + len(words)), kind)  # type: ignore[arg-type]
        for words, kind in mentions.items()
    )
    found = attribute(Article(text, **article), analysis_of(text, spans), [Finding(quotation, "frame")])  # type: ignore[arg-type]
    return found[0].speaker.name_in_document if found[0].speaker else None


@pytest.mark.parametrize(
    ("text", "source", "mentions", "expected"),
    [
        (
            "Her colleague Lim Boon Keat said so.",
            "Her colleague Lim Boon Keat",
            {"Boon Keat": "person"},
            "Lim Boon Keat",
        ),
        ("Her Norwegian Boon Keat said so.", "Her Norwegian Boon Keat", {"Boon Keat": "person"}, "Boon Keat"),
        ("Lawyers for Norway said so.", "Lawyers for Norway", {"Lawyers for Norway": "organisation"}, None),
        ("Lawmaker Oh Mi-rae said so.", "Oh Mi-rae", {"Oh Mi": "organisation"}, "Oh Mi-rae"),
        (
            "Sheikh Nasser bin Rashid left. Sheikh Nasser said so.",
            "Sheikh Nasser",
            {"Sheikh Nasser": "person", "Rashid": "person"},
            "Nasser bin Rashid",
        ),
        (
            "Doctors Without Walls said so.",
            "Doctors Without Walls",
            {"Doctors Without Walls": "organisation"},
            "Doctors Without Walls",
        ),
        (
            "The Kuwaiti Assistant Foreign Minister, Sami al-Hamdan, said so.",
            "The Kuwaiti Assistant Foreign Minister, Sami al-Hamdan,",
            {"Kuwaiti Assistant Foreign": "organisation"},
            "Sami al-Hamdan",
        ),
    ],
)
def test_what_the_model_cut_short(text, source, mentions, expected):
    assert named(text, source, mentions) == expected


def test_a_surname_in_a_headline_is_known_from_the_text():
    text = "Costelo May Not Have Gone To Graz\n\nRosa Costelo left the hall of the old town, and so on."
    quotation = Quotation("indirect", "speech", "state", (Span(8, 20),), None, Span(0, 7))
    found = attribute(
        Article(text), analysis_of(text, (Mention(Span(35, 47), "person"),)), [Finding(quotation, "frame")]
    )
    assert found[0].speaker is not None
    assert found[0].speaker.name == "Rosa Costelo"


def test_who_wrote_the_article_is_nobody_in_it():
    text = "By Corazon Villareal-Tan\n\nTan Siew Choo left the hall of the old town. Dr Tan said so."
    byline = Block(Span(0, 24), "byline")
    body = Block(Span(26, len(text)), "body")
    assert named(text, "Dr Tan", {}, blocks=(byline, body)) == "Tan Siew Choo"


def named_with(text: str, source: str, *mentions: tuple[str, str]) -> str | None:
    """The speaker of ``source`` where a model marks ``mentions`` (words, kind)."""
    marked = tuple(
        Mention(Span(text.index(words), text.index(words) + len(words)), kind, 0.3)  # type: ignore[arg-type]
        for words, kind in mentions
    )
    start = text.index(source)
    quotation = Quotation(
        "indirect", "speech", "state", (Span(len(text) - 3, len(text) - 1),), None, Span(start, start + len(source))
    )
    (found,) = attribute(Article(text), analysis_of(text, marked), [Finding(quotation, "frame")])
    return found.speaker.name if found.speaker is not None else None


@pytest.mark.parametrize(
    ("text", "source", "mentions", "expected"),
    [
        # A person in what a model takes for a body
        (
            "Commodore Rexel Abanado said so.",
            "Commodore Rexel Abanado",
            (("Commodore Rexel Abanado", "organisation"),),
            "Rexel Abanado",
        ),
        (
            "Vesta Bloc MP Tarek Shamoun said so.",
            "Vesta Bloc MP Tarek Shamoun",
            (("Vesta Bloc MP Tarek Shamoun", "organisation"),),
            "Tarek Shamoun",
        ),
        # ... and a body that begins with a title
        (
            "The Ambassador Bridge Company said so.",
            "The Ambassador Bridge Company",
            (("Ambassador Bridge Company", "organisation"),),
            "Ambassador Bridge Company",
        ),
        # A given name that is always shortened
        (
            "Undersecretary Ma. Corina Velasco said so.",
            "Undersecretary Ma. Corina Velasco",
            (("Corina Velasco", "person"),),
            "Ma. Corina Velasco",
        ),
    ],
)
def test_persons_that_a_model_marks_wrongly(
    text: str, source: str, mentions: tuple[tuple[str, str], ...], expected: str | None
) -> None:
    assert named_with(text, source, *mentions) == expected

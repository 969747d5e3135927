"""The roles of paragraphs, and what the head of a text states."""

from __future__ import annotations

import pytest

from quotes.model import Article
from quotes.reading import article_from_text

LONG = (
    "The two islands are looking at a shared lighthouse, the foreign minister of the northern one has said, in a step"
    " that could anger the fishermen of the southern one, who never liked the light."
)
SECOND = "Mirela Ostrand did not say what the lamp would cost, or when it could be lit again after the storm."


def shown(article: Article) -> list[tuple[str, str]]:
    return [(block.role, block.span.of(article.text)) for block in article.blocks]


def layout(*paragraphs: str, between: str = "\n\n") -> list[tuple[str, str]]:
    return shown(article_from_text(between.join(paragraphs)))


def test_the_whole_head_of_a_news_page() -> None:
    text = (
        " date 2023-02-17 SEA\nIslands in talks to share a lighthouse\n"
        '"We agreed to light it," Northern Foreign Minister Mirela Ostrand tells media in Skerry.\n'
        "Northern FM Mirela Ostrand and Tobias Quell pose for a picture in Skerry, on February 17, 2023. / Reuters\n"
        f"Jonna BriskJonna Brisk\nFebruary 17, 2023\n\n{LONG}\n\nREAD MORE:Islands pledge to fish less\n\n"
        "RECOMMENDED\n\n"
        f"Anger over oil\n\n{SECOND}\n\nSOURCE:Reuters\n"
    )
    article = article_from_text(text)
    assert [role for role, _ in shown(article)] == [
        "date",
        "title",
        "standfirst",
        "caption",
        "byline",
        "date",
        "body",
        "furniture",
        "furniture",
        "heading",
        "body",
        "furniture",
    ]
    assert article.title == "Islands in talks to share a lighthouse"
    assert article.published == "2023-02-17"
    assert article.agency == "Reuters"
    assert article.author == "Jonna Brisk"
    assert article.text == text


@pytest.mark.parametrize(
    ("paragraph", "dateline", "agency"),
    [
        (f"NEW SKERRY (Reuters) - {LONG}", "NEW SKERRY (Reuters) -", "Reuters"),
        (f"SKERRY, April 6 (AP) — {LONG}", "SKERRY, April 6 (AP) —", "AP"),
        (f"SKERRY, Feb. 8 (UPI) -- {LONG}", "SKERRY, Feb. 8 (UPI) --", "UPI"),
        (f"Skerry (AFP) – {LONG}", "Skerry (AFP) –", "AFP"),
        (f"BEIJING, April 6 (Xinhua) -- {LONG}", "BEIJING, April 6 (Xinhua) --", "Xinhua"),
        (f"MOSCOW, April 6. /TASS/. {LONG}", "MOSCOW, April 6. /TASS/.", "TASS"),
        (f"GENEVA/BEIJING (Reuters) - {LONG}", "GENEVA/BEIJING (Reuters) -", "Reuters"),
        (f"(Reuters) - {LONG}", "(Reuters) -", "Reuters"),
        (f"DES MOINES, Iowa — {LONG}", "DES MOINES, Iowa —", None),
        (f"BEDFORD, N.H. - {LONG}", "BEDFORD, N.H. -", None),
        (f"RANGOON, Burma - {LONG}", "RANGOON, Burma -", None),
        (f"WASHINGTON — {LONG}", "WASHINGTON —", None),
    ],
)
def test_datelines_are_split_off(paragraph: str, dateline: str, agency: str | None) -> None:
    article = article_from_text(f"Islands share a lamp\n\n{paragraph}\n\n{SECOND}")
    assert shown(article)[1:] == [("dateline", dateline), ("body", LONG), ("body", SECOND)]
    assert article.agency == agency


@pytest.mark.parametrize(
    "paragraph",
    [
        f"Ostrand (who is 60) - {LONG}",
        f"MR. OSTRAND:  {LONG}",
        f"UPDATE — {LONG}",
        f"The lamp — which is old — burns. {LONG}",
        f"Ostrand - {LONG}",
        f"“NO — never,” she said. {LONG}",
    ],
)
def test_what_is_no_dateline(paragraph: str) -> None:
    assert ("body", paragraph) in layout("Islands share a lamp", paragraph, SECOND)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jonna Brisk", "Jonna Brisk"),
        ("By JONNA BRISK and TOM O'DALE", "Jonna Brisk, Tom O'Dale"),
        ("By Jonna Brisk, Tom Dale and Ida Wren", "Jonna Brisk, Tom Dale, Ida Wren"),
        ("By Jonna Brisk, Diplomatic Correspondent", "Jonna Brisk"),
        ("By Jonna Brisk in Skerry", "Jonna Brisk"),
        ("By Reuters Staff", None),
        ("Jonna BriskJonna Brisk", "Jonna Brisk"),
        ("Written by Jonna Brisk", "Jonna Brisk"),
        ("Author: Jonna Brisk", "Jonna Brisk"),
    ],
)
def test_bylines(line: str, author: str | None) -> None:
    article = article_from_text(f"Islands share a lamp\n\n{line}\n\n{LONG}\n\n{SECOND}")
    assert ("byline", line) in shown(article)
    assert article.author == author


@pytest.mark.parametrize("line", ["By Tuesday the lamp was out, and nobody knew why", "By now nobody cared"])
def test_what_is_no_byline(line: str) -> None:
    assert "byline" not in [role for role, _ in layout("Islands share a lamp", line, LONG, SECOND)]


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("April 6, 2021", "2021-04-06"),
        ("6 April 2021", "2021-04-06"),
        ("Tuesday, 6th April 2021", "2021-04-06"),
        ("16 JUNE 1999", "1999-06-16"),
        ("2021-04-06", "2021-04-06"),
        ("2021-04-06T10:30:00Z", "2021-04-06T10:30:00+00:00"),
        ("Published: 6 April 2021 10:30 GMT", "2021-04-06T10:30:00+00:00"),
        ("Published on April 6, 2021", "2021-04-06"),
        ("DATE: 5 May 2006", "2006-05-05"),
        ("31/12/2020", "2020-12-31"),
        ("Skerry, 31 December 2020", "2020-12-31"),
        ("WORLD NEWS | April 6, 2021", "2021-04-06"),
    ],
)
def test_date_lines(line: str, published: str) -> None:
    article = article_from_text(f"Islands share a lamp\n\n{line}\n\n{LONG}\n\n{SECOND}")
    assert ("date", line) in shown(article)
    assert article.published == published


@pytest.mark.parametrize("line", ["04/05/2021", "On 6 April 2021 the lamp went out", "30 February 2021", "May 2021"])
def test_dates_that_are_not_sure(line: str) -> None:
    assert article_from_text(f"Islands share a lamp\n\n{line}\n\n{LONG}\n\n{SECOND}").published is None


def test_the_first_publication_counts_and_not_the_update() -> None:
    text = f"Islands share a lamp\n\nUpdated: 8 April 2021\n\nPublished: 6 April 2021\n\n{LONG}\n\n{SECOND}"
    assert article_from_text(text).published == "2021-04-06"


def test_a_statement_dated_at_its_end_and_a_dated_correction() -> None:
    signed = article_from_text(f"On the lamp\n\n{LONG}\n\n{SECOND}\n\nNew Skerry, 6 April 2021")
    assert shown(signed)[-1] == ("date", "New Skerry, 6 April 2021")
    assert signed.published == "2021-04-06"
    corrected = article_from_text(f"On the lamp\n\n{LONG}\n\nAn article on Monday misstated her age.\n\n6 April 2021")
    assert corrected.published is None


def test_the_dates_of_a_chronicle_are_headings() -> None:
    found = layout("The lamp: a history", "1 May 2020", LONG, "2 May 2020", SECOND, "3 May 2020", LONG)
    assert [role for role, _ in found] == ["title", "heading", "body", "heading", "body", "heading", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "READ MORE:Islands pledge to fish less",
        "READ MORE: Islands pledge to fish less",
        "Read more",
        "RECOMMENDED",
        "SOURCE:Reuters",
        "Source: Skerry Post",
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Follow us on Twitter @skerry",
        "Share this",
        "Related stories",
        "Also read: The lamp is out",
        "(Reporting by Jonna Brisk; Editing by Tom Dale)",
        "Reporting by Jonna Brisk in Skerry; Editing by Tom Dale",
        "(Additional reporting by Ida Wren and Tom Dale; Writing by Jonna Brisk; Editing by Al Oak.)",
        "This site uses cookies to give you the best experience.",
        "Sign up for our daily newsletter",
        "© 2024 The Skerry Post. All rights reserved.",
        "Our Standards: The Thomson Reuters Trust Principles.",
        "***",
        "- - -",
        "https://example.org/lamp",
        ".facebook-bio {",
        "width:100%;",
        '<div class="x">',
        "(h/t Skerry Post)",
    ],
)
def test_furniture(line: str) -> None:
    assert ("furniture", line) in layout("Islands share a lamp", LONG, line, SECOND, LONG)


@pytest.mark.parametrize(
    "paragraph",
    [
        "“Read more books,” she said.",
        "Read more carefully, the treaty says something else.",
        "Source code was stolen.",
        "Related to this, Ostrand said that the lamp was out.",
        "Share this burden with us, the minister said.",
        "Advertisement spending rose, the ministry said.",
        "Sources said the lamp was out.",
        "Watch: the lamp goes out,” Ostrand said.",
        '"',
        "”",
        "The site uses cookies, “and so do all of the others we know of”.",
        "No.",
        "Yes.",
        "Reporting by the ministry was late, and nobody could say why. It was not the first time.",
        "More: that is what Ostrand said she wanted.",
    ],
)
def test_what_is_no_furniture(paragraph: str) -> None:
    assert ("body", paragraph) in layout("Islands share a lamp", LONG, paragraph, SECOND, LONG)


@pytest.mark.parametrize(
    "line",
    [
        "The lamp in Skerry, on Tuesday. / Reuters",
        "Mirela Ostrand speaks in Skerry on Feb. 5. (AP Photo/Tom Dale)",
        "The lamp. [Tom Dale/Reuters]",
        "FILE PHOTO: Mirela Ostrand in Skerry",
        "Photo: Tom Dale",
        "Tom Dale via Getty Images",
        "Mirela Ostrand, left, with Tobias Quell. Tom Dale/AFP/Getty Images",
        "Image: The lamp at night",
        "Robert Oak / Reuters.",
    ],
)
def test_captions(line: str) -> None:
    assert ("caption", line) in layout("Islands share a lamp", LONG, line, SECOND, LONG)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The pictures were all over social media.",
        "Ostrand told Reuters.",
        "She spoke to the BBC and AP.",
        "The photo was old, Ostrand said.",
        "She was in the picture, she told AFP",
    ],
)
def test_what_is_no_caption(paragraph: str) -> None:
    assert "caption" not in [role for role, _ in layout("Islands share a lamp", LONG, paragraph, SECOND, LONG)]


def test_headings_stand_between_paragraphs() -> None:
    assert ("heading", "Anger over oil") in layout("Islands share a lamp", LONG, "Anger over oil", SECOND)


def test_link_lists_after_a_marker_are_furniture() -> None:
    found = layout(
        "Islands share a lamp", LONG, "Related stories", "Minister: lamp is safe", "Quell says oil is out", SECOND
    )
    assert [role for role, _ in found] == ["title", "body", "furniture", "furniture", "furniture", "body"]


def test_the_turns_of_a_transcript_are_body() -> None:
    turns = [
        "Question: Is it out?",
        "Mirela Ostrand: It is.",
        "Question: Why",
        "Mirela Ostrand: READ MORE",
        "Question: By whom?",
    ]
    assert layout(*turns) == [("body", turn) for turn in turns]


def test_a_single_paragraph_is_body() -> None:
    assert layout("The envoy said no") == [("body", "The envoy said no")]


def test_a_stated_title_is_found_in_the_text() -> None:
    article = article_from_text(f"SEA\n\nIslands share a lamp.\n\n{LONG}", title="Islands share a lamp")
    assert ("title", "Islands share a lamp.") in shown(article)
    assert article.title == "Islands share a lamp"


def test_metadata_given_wins_over_what_the_text_states() -> None:
    article = article_from_text(
        f"Islands share a lamp\n\n6 April 2021\n\n{LONG}", published="2020-01-01", publisher="Skerry Post"
    )
    assert (article.published, article.publisher) == ("2020-01-01", "Skerry Post")


WRAPPED = """Islands share a lamp

The two islands are looking at a shared lighthouse, the foreign
minister of the northern one has said, in a step that could anger
the fishermen of the southern one, who never liked the light.
   Mirela Ostrand did not say what the lamp would cost, or when it
could be lit again after the storm. She said that the oil was
there.

A second meeting will be held before the end of the month, and
nobody knows where.
"""


def test_kickers_are_no_titles() -> None:
    found = layout("MEDIA RELEASE", "By Jonna Brisk", "Islands share a lamp", LONG, SECOND)
    assert [role for role, _ in found] == ["heading", "byline", "title", "body", "body"]


def test_the_title_of_a_page_above_other_words_is_the_first_line() -> None:
    # capital letters do not make a name of a headline
    assert layout("Islands Agree Lamp Deal", LONG, SECOND)[0] == ("title", "Islands Agree Lamp Deal")


def test_a_headline_of_another_page_that_reports_speech_is_furniture() -> None:
    assert ("furniture", "READ MORE: Ostrand says the lamp is safe") in layout(
        "Islands share a lamp", LONG, "READ MORE: Ostrand says the lamp is safe", SECOND
    )


def test_hard_wrapped_lines_make_one_paragraph() -> None:
    found = layout(WRAPPED)
    assert [role for role, _ in found] == ["title", "body", "body", "body"]
    assert found[1][1].startswith("The two islands")
    assert found[1][1].endswith("liked the light.")
    assert found[2][1].startswith("Mirela Ostrand did not")


@pytest.mark.parametrize("between", ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n \t\n", "\u2029"])
def test_paragraphs_by_any_line_end(between: str) -> None:
    assert layout("Islands share a lamp", LONG, SECOND, between=between) == [
        ("title", "Islands share a lamp"),
        ("body", LONG),
        ("body", SECOND),
    ]


@pytest.mark.parametrize(
    ("line", "publisher", "agency"),
    [
        ("SOURCE: Reuters and staff", None, "Reuters"),
        ("Source: Skerry Post and staff", "Skerry Post", None),
        ("Source: AFP, agencies", None, "AFP"),
        ("Source: Skerry Post", "Skerry Post", None),
    ],
)
def test_an_outlet_is_named_without_its_staff(line: str, publisher: str | None, agency: str | None) -> None:
    article = article_from_text(f"Islands share a lamp\n\n{LONG}\n\n{line}\n")
    assert (article.publisher, article.agency) == (publisher, agency)

"""The kind of a document, its lines without page furniture, and what holds for any text at all."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.analysis import Analysis
from quotes.attribution.issuer import issuer
from quotes.attribution.labels import label_speakers
from quotes.detection import documents
from quotes.detection.documents.lines import lines
from quotes.model import Article, Span

Parse = Callable[[str], tuple[Article, Analysis]]

BRIEFING = (
    "Daily Press Briefing\n\nMS HOLT: Good afternoon, everybody. Two announcements.\n\nQUESTION: Any update on the "
    "talks in Oslo?\n\n"
    "MS HOLT: They go on.\n\nQUESTION: Until when, do you think?\n\nMS HOLT: Until they are done."
)
KINDS = {
    "transcript": BRIEFING,
    "meeting-summary": (
        "Minutes of the third meeting of the Committee\n\nNorway proposed a quota of 120,000 tonnes for the coming "
        "year.\n\n"
        "Iceland objected to the proposal, arguing that the assessment was incomplete. The Chair asked the delegates "
        "to be brief.\n\n"
        "Mr Halvorsen replied that the data had been available since February."
    ),
    "statement": (
        "Statement by the Ministry of Foreign Affairs\n\nThe Ministry strongly condemns the attack on the embassy. "
        "We urge the authorities "
        "to find those responsible.\n\nWe extend our condolences to the families of the two guards."
    ),
    "roundup": (
        "World leaders on the agreement\n\nNorwegian Prime Minister Ola Dahl: “A good day for everybody who "
        "fishes.”\n\n"
        "Chancellor Lukas Brandt: “It took us long enough, and it was worth it.”\n\nReuters: “A rare success in a "
        "bad year”"
    ),
    "article": (
        "Talks resume in Oslo\n\nOSLO (Agency) — Talks on the fishing agreement resumed on Monday after a break of "
        "two weeks, the Norwegian "
        "government said.\n\n“We are hopeful,” said Anna Berg, a spokeswoman. Ships stayed in port.\n\nThe agreement "
        "expires in May."
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_kind_with_evidence(kind: str) -> None:
    report = documents.kind_of(Article(KINDS[kind]))
    assert report.kind == kind
    assert all(report.evidence)


def test_kind_that_is_given_stands() -> None:
    assert documents.kind_of(Article(BRIEFING, kind="article")) == documents.KindReport("article", ("given",))


def test_mixed_document_is_cut_into_parts(parsed: Parse) -> None:
    text = (
        "Foreign Minister Pavel Sorin’s statement and answers to media questions, Vienna, March 3, 2031\n\nLadies "
        "and gentlemen,\n\n"
        "We have held good talks with my colleague. I would like to thank her for the hospitality shown to us.\n\n"
        "We discussed trade. I am convinced that we can do more about it.\n\nQuestion: Did you discuss gas?\n\n"
        "Pavel Sorin: Of course we did. Gas is important.\n\nQuestion: And transit?\n\nPavel Sorin: Transit as "
        "well.\n\n* * *\n\n"
        "Background information on relations between the two countries"
    )
    article, analysis = parsed(text)
    found = documents.read(article, analysis)
    assert [finding.origin for finding in found] == ["issuer", "turn", "turn", "turn", "turn"]
    assert [span.of(text)[:20] for span in found[0].quotation.content][:2] == [
        "Ladies and gentlemen",
        "We have held good ta",
    ]
    assert found[0].quotation.content[-1].of(text).endswith("about it.")
    assert found[-1].quotation.content == (Span(text.index("Transit as"), text.index("Transit as") + 16),)
    assert documents.kind_of(article).kind == "transcript"
    speaker = issuer(article)
    assert speaker is not None
    assert speaker.name == "Pavel Sorin"


FURNITURE = {
    "page numbers": ("Alpha said no.\n\nPage 1 of 3\n\nBeta said yes.\n\n- 2 -\n\nGamma left.",
        ["Alpha said no.", "Beta said yes.", "Gamma left."]),
    "running head": (
        "Talks went on.\n\nMinistry of Fisheries 1\n\nThey ended late.\n\nMinistry of Fisheries 2\n\nAll "
        "left.\n\nMinistry of Fisheries 3\n\nNobody stayed.",
        ["Talks went on.", "They ended late.", "All left.", "Nobody stayed."],
    ),
    "contact line": ("It rained.\n\nInquiries: (02) 6277 7500 2\n\nIt stopped.", ["It rained.", "It stopped."]),
    "form feed": ("One page.\n\n12\f\n\nAnother page.", ["One page.", "Another page."]),
    "years stay": ("In 1994 it began.\n\nIn 1995 it ended.", ["In 1994 it began.", "In 1995 it ended."]),
}  # fmt: skip


@pytest.mark.parametrize("case", FURNITURE)
def test_page_furniture_is_left_out(case: str) -> None:
    text, expected = FURNITURE[case]
    assert [line.span.of(text) for line in lines(Article(text))] == expected


def test_hard_wrapped_paragraphs_stay_whole(parsed: Parse) -> None:
    text = (
        "MS. PRICE: Good afternoon. I have two announcements at the top, and\nafter that I will be glad to take your "
        "questions. First, the minister\n"
        "will travel to Oslo tomorrow for talks with his counterpart about the\nfisheries agreement that has been "
        "pending for years.\n\n"
        "                              Page 1 of 2\n\nQUESTION: Can you say anything about the reports that the "
        "talks have\n"
        "been suspended, and whether he raised this with the minister when they\nspoke on the phone over the "
        "weekend?\nMS. PRICE: I have seen those reports.\n"
    )
    article, analysis = parsed(text)
    found = documents.read(article, analysis)
    assert [len(finding.quotation.content) for finding in found] == [1, 1, 1]
    assert found[1].quotation.content[0].of(text).endswith("over the weekend?")
    assert found[2].quotation.content[0].of(text) == "I have seen those reports."


PIECES = st.sampled_from(
    [
        *("MS HOLT: ", "QUESTION: ", "Q  ", "A: ", "Question", "Ab, Cd of Ef:", "@handle: ", "said:"),
        "— Anna Berg, Minister",
        *("\n", "\n\n", "\f", "“", "”", '"', "(Laughter.)", "[", ")", "#", "> ", "** ", "é", "：", "12"),
        *("Page 1 of 2", "* * *"),
        *("We condemn it. ", "The Sides reaffirmed peace. ", "NORWAY, for the GROUP, stressed that "),
        "It would rain. ",
        *("Statement by Minister Anna Berg", "I am glad. "),
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=300)))
def test_any_text_gives_findings_with_valid_offsets(text: str) -> None:
    article = Article(text)
    cuts = [i + 1 for i, c in enumerate(text) if c in ".?!\n"] + [len(text)]
    sentences = tuple(Span(a, b) for a, b in zip([0, *cuts], cuts, strict=False) if text[a:b].strip())
    analysis = Analysis((), sentences)
    findings = documents.read(article, analysis)
    more = documents.continue_paragraphs(article, analysis, findings)
    speakers = label_speakers(article, findings)
    issuer(article)
    assert set(speakers) == {i for i, finding in enumerate(findings) if finding.origin == "turn"}
    for finding in (*findings, *more):
        quotation = finding.quotation
        for span in (*quotation.content, *([quotation.source] if quotation.source else [])):
            assert span.of(text)
            assert span.end <= len(text)
        starts = [span.start for span in quotation.content]
        assert starts == sorted(starts)
    turns = [span for finding in findings if finding.origin == "turn" for span in finding.quotation.content]
    assert all(a.end <= b.start for a, b in pairwise(turns))


REPEATED = {
    "turns": "MS HOLT: It goes on.\n\nQUESTION: Until when?\n\n",
    "head lines": "Anna Berg: Oslo Norway\n",
    "quotations under names": "Anna Berg, Minister of Trade\n\nIt is good to be here today with all of you.\n\n",
    "labels before marks": "President Ola Dahl: “A good day.”\n\n",
    "open marks": "((((“““““",
    "clauses": "NORWAY opposed it; and ICELAND, too; ",
}


@pytest.mark.parametrize("case", REPEATED)
def test_time_is_linear_in_the_text(parsed: Parse, case: str) -> None:
    def seconds(times: int) -> float:
        article, analysis = parsed("A title\n\n" + REPEATED[case] * times)
        start = time.process_time()
        findings = documents.read(article, analysis)
        documents.continue_paragraphs(article, analysis, findings)
        label_speakers(article, findings)
        return time.process_time() - start

    seconds(20)
    small, large = seconds(150), seconds(1500)
    assert large < 40 * max(small, 0.01)

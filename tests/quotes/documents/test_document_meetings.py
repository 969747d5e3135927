"""Meeting coverage: who stated what by sentence structure, and paraphrase that goes on without a cue."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotes.analysis import Analysis, Finding
from quotes.detection import documents
from quotes.detection.documents.reports import reports
from quotes.model import Article, Quotation, Span

Parse = Callable[[str], tuple[Article, Analysis]]

SENTENCES = {
    "group in commas": (
        "Chile, for the ALLIANCE, supported the text and stressed the need for finance.",
        [("Chile", "supported", "the text"), ("Chile", "stressed", "the need for finance")],
    ),
    "capitals": (
        "The G-77/CHINA said funding should be new and additional.",
        [("The G-77/CHINA", "said", "funding should be new and additional")],
    ),
    "representative of": (
        "The representative of Ghana, speaking on behalf of the African Group, welcomed the briefing and expressed "
        "concern over arms.",
        [("The representative of Ghana", "welcomed", "the briefing"),
         ("The representative of Ghana", "expressed", "concern over arms")],
    ),
    "name, office": (
        "MARIA OLSEN, Under-Secretary-General for Political Affairs, briefing members, said that the ceasefire held.",
        [("MARIA OLSEN", "said", "the ceasefire held")],
    ),
    "name (country)": (
        "PIERRE LAURENT (France) rejected the notion that sanctions caused hunger, adding that exemptions existed.",
        [("PIERRE LAURENT (France)", "rejected", "the notion that sanctions caused hunger"),
         ("PIERRE LAURENT (France)", "adding", "exemptions existed")],
    ),
    "urged to": (
        "He urged the parties to sign the agreement, and called for the release of prisoners.",
        [("He", "urged", "the parties to sign the agreement"), ("He", "called for", "the release of prisoners")],
    ),
    "leading participle": (
        "Highlighting the costs of delay, the EU emphasized early action.",
        [("the EU", "Highlighting", "the costs of delay"), ("the EU", "emphasized", "early action")],
    ),
    "two speakers": (
        "NORWAY proposed a pause, while ICELAND opposed any pause.",
        [("NORWAY", "proposed", "a pause"), ("ICELAND", "opposed", "any pause")],
    ),
    "a list of speakers": (
        "Kenya, Ghana and Chad requested more time.",
        [("Kenya, Ghana and Chad", "requested", "more time")],
    ),
    "place first": (
        "On fisheries, Iceland objected to the quota.",
        [("Iceland", "objected to", "the quota")],
    ),
    "silent verb first": (
        "Chair Liana Brand opened the session and suggested postponing the item.",
        [("Chair Liana Brand", "suggested", "postponing the item")],
    ),
    "who": (
        "The meeting was opened by the Executive Secretary, Tomas Alder, who noted the need for haste.",
        [("Tomas Alder", "noted", "the need for haste")],
    ),
    "view": (
        "In his (Sir Alan Brook’s) view, the northern route was the better one.",
        [("his (Sir Alan Brook’s)", "view", "the northern route was the better one")],
    ),
    "mixed": (
        "The Secretary called the plan “a gift”.",
        [],
    ),
    "no statement": ("The Committee adopted the agenda and elected its officers.", []),
    "will": ("We will condemn any attack.", []),
    "negated": ("Iran did not support the proposal.", []),
    "passive": ("The proposal was supported by Iran.", []),
    "courtesy": ("The Chair welcomed the participants.", []),
    "plural noun is no verb": ("The United States has no desire to keep its forces there.", []),
}  # fmt: skip


@pytest.mark.parametrize("case", SENTENCES)
def test_reports(case: str) -> None:
    text, expected = SENTENCES[case]
    found = reports(text, Span(0, len(text)))
    assert [(r.source.of(text), r.cue.of(text), r.content.of(text)) for r in found] == expected


MINUTES = (
    "Minutes of the third meeting of the Fisheries Committee\n\n"
    "Item 1. Quotas\n\n"
    "The delegate of Norway proposed a higher quota. The stock had recovered and could bear more. It would be wrong "
    "to wait.\n\n"
    "Mr Halvorsen replied that the data were new. The Committee adjourned for lunch. It would meet again at two.\n\n"
    "Item 2. Ports\n\n"
    "There would be new fees in all ports from May.\n\n"
    "Iceland stressed the cost of inspections. As the delegate of Norway had said, fees should be low. Delegates "
    "discussed the fees."
)  # fmt: skip


def continuations(parse: Parse, text: str) -> list[tuple[str, str]]:
    """(what it goes on from, content) of each continuation."""
    article, analysis = parse(text)
    findings = documents.read(article, analysis)
    out = []
    for finding in documents.continue_paragraphs(article, analysis, findings):
        assert finding.origin == "continuation"
        assert finding.quotation.cue is None
        assert finding.quotation.source is None
        assert finding.follows is not None
        content = findings[finding.follows].quotation.content[0].of(text)
        out.append((content, finding.quotation.content[0].of(text)))
    return out


def test_paraphrase_goes_on_within_its_paragraph(parsed: Parse) -> None:
    assert continuations(parsed, MINUTES) == [
        ("a higher quota", "The stock had recovered and could bear more. It would be wrong to wait."),
        ("the cost of inspections", "As the delegate of Norway had said, fees should be low."),
    ]


def test_paragraph_that_plainly_goes_on(parsed: Parse) -> None:
    text = (
        "Summary record of the second meeting\n\n"
        "Ms Olsen (Denmark) said that the fund was empty. Mr Ode (Ghana) asked for more time to pay. She agreed that "
        "it was late.\n\n"
        "The contributions should be doubled, and the deadline must be kept. Nobody could wait any longer for the "
        "reserve."
    )
    assert [content for _, content in continuations(parsed, text)] == [text.split("\n\n")[2]]


def test_no_continuation_in_news(parsed: Parse) -> None:
    text = (
        "Talks resume\n\n“We are ready,” said the minister in Oslo on Monday. The talks would go on until Friday at "
        "least. Prices rose.\n\n"
        "Markets were calm. Nobody knew what the talks would bring, and few cared."
    )
    article, analysis = parsed(text)
    quotation = Quotation("indirect", "speech", "state", (analysis.sentences[1],))
    assert documents.continue_paragraphs(article, analysis, (Finding(quotation, "frame"),)) == ()

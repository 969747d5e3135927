"""What the structure of a document says alone, as findings."""

from __future__ import annotations

from quotes.analysis import Analysis, Finding
from quotes.detection.documents import roundups, statements
from quotes.detection.documents.kind import kind_of
from quotes.detection.documents.turn import Turn
from quotes.detection.documents.turns import transcript
from quotes.model import Article, Cue, Quotation


def read(article: Article, analysis: Analysis) -> tuple[Finding, ...]:
    """The quotations that the layout of ``article`` gives away, in the order of the text.

    Turns have origin "turn", and so have quotations under or beside a name; first-person texts and a body's
    performative sentences have "issuer"; sentences with a subject that names its speaker have "frame".
    """
    kind = kind_of(article).kind
    findings = [_turn_finding(turn) for turn in transcript(article).turns]
    said = [span for finding in findings for span in finding.quotation.content]
    findings += [
        item
        for item in roundups.items(article)
        if not any(mine.overlaps(span) for mine in item.quotation.content for span in said)
    ]
    findings += statements.signed_finding(article)
    findings += statements.resolved(article)
    if kind in {"statement", "meeting-summary"}:
        taken = [span for finding in findings for span in finding.quotation.content]
        findings += statements.performatives(article, analysis, kind == "statement", taken)
    return tuple(sorted(findings, key=lambda finding: finding.quotation.content[0]))


def _turn_finding(turn: Turn) -> Finding:
    label = turn.label
    quotation = Quotation(
        form="direct",
        mode="speech",
        act="ask" if turn.asked or (label and label.kind == "question") else "state",
        content=turn.content,
        cue=Cue(label.colon, ":") if label and label.colon else None,
        source=label.span if label else None,
    )
    return Finding(quotation, "turn")

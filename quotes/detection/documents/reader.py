"""What the structure of a document says alone, as findings."""

from __future__ import annotations

from quotes.analysis import Analysis, Finding
from quotes.detection.documents.turns import Turn, transcript
from quotes.model import Article, Cue, Quotation


def read(article: Article, analysis: Analysis) -> tuple[Finding, ...]:
    """The quotations that the layout of ``article`` gives away, in the order of the text."""
    return tuple(_turn_finding(turn) for turn in transcript(article).turns)


def _turn_finding(turn: Turn) -> Finding:
    label = turn.label
    quotation = Quotation(
        form="direct",
        mode="speech",
        act="ask" if label.kind == "question" else "state",
        content=turn.content,
        cue=None if label.colon is None else Cue(label.colon, ":"),
        source=label.span,
    )
    return Finding(quotation, "turn")

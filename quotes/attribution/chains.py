"""An answer handed on: "it" and "they" after a speaker, a paragraph that goes on, a document named before."""

from __future__ import annotations

from dataclasses import replace

from quotes.attribution.answers import Answer

#: A link of a chain is not less sure for the number of links before it: the confidence does not sink below this.
FLOOR = 0.5


def chained(before: Answer, how: str, factor: float) -> Answer:
    """``before`` once more, found as ``how`` says, a little less sure."""
    return replace(before, how=how, sure=max(before.sure * factor, min(before.sure, FLOOR)))

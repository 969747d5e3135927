"""What a transcript consists of: its turns, and what stands before them."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.detection.documents.labels import Label
from quotes.detection.documents.lines import Line
from quotes.model import Span


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's words: ``content`` has a span a paragraph, label and stage directions of their own left out.

    Without ``label`` it is an answer that only the question before it marks off, or, ``asked``, such a question.
    """

    label: Label | None
    content: tuple[Span, ...]
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Transcript:
    """The turns of a document, its lines before the first one, and the share of the text that the turns take up (0..1).

    ``named`` holds what a head line tells of a label's person ("HOST: Anna Berg"), by the label's key.
    """

    turns: tuple[Turn, ...] = ()
    head: tuple[Line, ...] = ()
    share: float = 0.0
    named: tuple[tuple[str, str], ...] = ()

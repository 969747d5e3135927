"""What passes between the stages: the language stage's analysis, and detection's findings for attribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quotes.model import Quotation, Span

MentionKind = Literal["person", "organisation", "place", "title", "nationality"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or title in the text ("Sergey Lavrov", "the Kremlin", "Foreign Minister"). ``score`` is in 0..1."""

    span: Span
    kind: MentionKind
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """One attribution as the model reads it: linked cue, source and content spans.

    The spans follow the training data (PolNeAR): content includes quotation marks and the conjunction "that", and is
    cut to this project's conventions by detection. Any of the three may be empty. ``score`` is in 0..1.
    """

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text as the language stage read it. All spans in code points of the text, in order."""

    tokens: tuple[Span, ...]
    sentences: tuple[Span, ...]
    frames: tuple[Frame, ...] = ()
    mentions: tuple[Mention, ...] = ()


Origin = Literal["frame", "marks", "turn", "issuer", "continuation"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A detected quotation on its way to attribution: complete but for speaker and resolution.

    ``origin`` says why it was found, and so how its speaker is to be looked for:

    - ``frame``: reporting words; the speaker is whom ``quotation.source`` names, or whom the text implies without one
    - ``marks``: quotation marks without reporting words of their own
    - ``turn``: a transcript turn; ``quotation.source`` is its label
    - ``issuer``: words of the body or person that issued the document
    - ``continuation``: goes on with the speaker of finding number ``follows`` (index in the same sequence)
    """

    quotation: Quotation
    origin: Origin
    follows: int | None = None

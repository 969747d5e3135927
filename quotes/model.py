"""The data model that all stages share: spans, articles, speakers, quotations.

Offsets are half-open and count Unicode code points of ``Article.text``; ``span.of(text)`` gives the words. Everything
here is frozen, so that a value can be passed between stages, threads and caches without copies.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

Form = Literal["direct", "indirect", "mixed"]
Mode = Literal["speech", "writing", "thought"]
SpeakerKind = Literal["person", "organisation", "country", "group"]
DocumentKind = Literal["article", "transcript", "meeting-summary", "statement", "roundup"]
Act = Literal[
    "state", "announce", "confirm", "deny", "reject", "claim", "explain", "answer", "ask", "demand", "urge", "order",
    "propose", "promise", "warn", "threaten", "predict", "accuse", "condemn", "criticise", "praise", "thank",
    "congratulate", "apologise", "agree", "support", "express", "believe", "hope", "intend", "worry", "know",
]  # fmt: skip
Role = Literal["title", "standfirst", "byline", "dateline", "date", "caption", "heading", "body", "furniture"]

FORMS: tuple[str, ...] = get_args(Form)
MODES: tuple[str, ...] = get_args(Mode)
SPEAKER_KINDS: tuple[str, ...] = get_args(SpeakerKind)
DOCUMENT_KINDS: tuple[str, ...] = get_args(DocumentKind)
ACTS: tuple[str, ...] = get_args(Act)
ROLES: tuple[str, ...] = get_args(Role)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of a text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words of this span in ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document's layout: a paragraph, heading, caption, ... (never empty, no surrounding white space).

    ``furniture`` is what belongs to the page and not to the text: "READ MORE:", "RECOMMENDED", "SOURCE:Reuters".
    """

    span: Span
    role: Role


@dataclass(frozen=True, slots=True)
class Article:
    """A document as it was read. ``text`` is never changed after reading: all offsets point into it."""

    text: str
    path: str | None = None
    title: str | None = None
    published: str | None = None  # ISO 8601 date or date-time
    publisher: str | None = None  # the outlet
    agency: str | None = None  # the news agency, where the text names one
    author: str | None = None
    url: str | None = None
    language: str | None = None  # ISO 639-1
    kind: DocumentKind | None = None
    blocks: tuple[Block, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Cue:
    """The reporting words ("has warned", "according to", ":") and their dictionary form."""

    span: Span
    lemma: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom the words belong to.

    ``name`` is canonical across documents, ``name_in_document`` the fullest name this document gives, without title.
    ``country`` is the ISO 3166 alpha-3 code of whom they speak for, when the text tells.
    """

    name: str
    name_in_document: str
    kind: SpeakerKind
    role: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """One reported stretch of speech, with its place in the text.

    ``inside`` is the index, in the same article's sequence, of the quotation that encloses this one. ``resolution``
    says in a few words how the speaker was found ("pronoun: previous speaker"). ``confidence`` is in 0..1.
    """

    form: Form
    mode: Mode
    act: Act
    content: tuple[Span, ...]
    cue: Cue | None = None
    source: Span | None = None
    speaker: Speaker | None = None
    inside: int | None = None
    confidence: float = 1.0
    resolution: str | None = None

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("a quotation has at least one content span")

    def text(self, article_text: str) -> str:
        """The content pieces joined by " … "."""
        return " … ".join(span.of(article_text) for span in self.content)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came out of one article: the article and its quotations in the order of the text."""

    article: Article
    quotations: tuple[Quotation, ...]

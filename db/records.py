"""What the store takes and gives: filters, pages, and one frozen dataclass for each kind of row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, get_args

from quotes.model import Block, Span

Status = Literal["extracted", "confirmed", "corrected", "rejected"]
STATUSES: tuple[str, ...] = get_args(Status)

QuotationSort = Literal["newest", "oldest", "position", "speaker", "confidence", "repeats", "relevance"]
QUOTATION_SORTS: tuple[str, ...] = get_args(QuotationSort)
SpeakerSort = Literal["most-quoted", "name", "latest"]
SPEAKER_SORTS: tuple[str, ...] = get_args(SpeakerSort)
ArticleSort = Literal["newest", "oldest", "title", "most-quotations"]
ARTICLE_SORTS: tuple[str, ...] = get_args(ArticleSort)

Action = Literal["confirm", "reject", "reassign", "edit", "merge", "rename", "split"]
ACTIONS: tuple[str, ...] = get_args(Action)
CorrectionState = Literal["applied", "undone", "conflict"]
CORRECTION_STATES: tuple[str, ...] = get_args(CorrectionState)

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which quotations. Every field narrows; a tuple means "one of these"; the empty filter means all but the rejected.

    ``words`` is what a user types: words (their inflections are found too), ``"a phrase"``, ``prefix*``, ``-without``.
    It is data: whatever stands in it, it is never an error. ``speaker`` is a name, or the start of any words of a name
    or alias, whatever the case and accents. ``since`` and ``until`` are ISO 8601 dates or their beginnings
    ("2024-03"), both inclusive; undated articles are left out by them. ``path`` is a glob (``*``, ``?``) or a plain
    path. ``status`` empty means all but "rejected"; ``STATUSES`` means all. ``once`` keeps one quotation, the
    longest version, of each group of repeats.
    """

    words: str | None = None
    speaker: str | None = None
    speaker_ids: tuple[int, ...] = ()
    country: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()  # of the speaker: person, organisation, country, group
    publisher: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_confidence: float | None = None
    max_confidence: float | None = None
    path: str | None = None
    article_id: int | None = None
    unattributed: bool | None = None  # True: only those without a speaker; False: only those with one
    once: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a longer list.

    ``next`` and ``previous`` are opaque cursors for ``after=`` and ``before=``, None at the ends. ``count`` counts the
    whole list, but no further than asked; ``exact`` says whether it got to the end ("1000" or "more than 1000").
    """

    rows: tuple[Row, ...]
    next: str | None = None
    previous: str | None = None
    count: int | None = None
    exact: bool = True

    @property
    def count_text(self) -> str:
        """The honest count: "37" or ">1000"."""
        if self.count is None:
            return "?"
        return f"{self.count:,}" if self.exact else f">{self.count:,}"


@dataclass(frozen=True, slots=True)
class QuotationRow:
    """One quotation as lists show it: the columns of the view ``quotes``, and the ids.

    ``snippet`` is set in a search by words: the text around what was found, with the found words between U+E000 and
    U+E001 (``db.MARK_START``, ``db.MARK_END``).
    """

    id: int
    article_id: int
    speaker_id: int | None
    speaker: str | None
    role: str | None
    country: str | None
    speaker_kind: str | None
    form: str
    mode: str
    act: str
    text: str
    cue: str | None
    source: str | None
    published: str | None
    title: str | None
    publisher: str | None
    author: str | None
    url: str | None
    path: str | None
    start_char: int
    end_char: int
    confidence: float
    status: str
    repeats: int
    resolution: str | None = None
    name_in_document: str | None = None
    snippet: str | None = None


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """One speaker with how much is known of them. ``first`` and ``last`` are dates (YYYY-MM-DD) of articles."""

    id: int
    name: str
    kind: str
    role: str | None
    country: str | None
    quotations: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """All speakers or articles of a list, in order, without their rows: ids, numbers of quotations, and names.

    The names are for looking through: of speakers in lower case without accents, with the country; titles as they are.
    """

    ids: tuple[int, ...]
    quotations: tuple[int, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """One way in which documents name a speaker; ``canonical`` is what the engine made of it."""

    id: int
    name: str
    canonical: str
    kind: str
    country: str | None
    quotations: int


@dataclass(frozen=True, slots=True)
class SpeakerDetail:
    """A speaker with all aliases and all roles they were quoted in (role, first date, last date, quotations)."""

    speaker: SpeakerRow
    aliases: tuple[Alias, ...]
    roles: tuple[tuple[str, str | None, str | None, int], ...]


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """A speaker as the engine needs it to link new names to known ones (``Store.speaker_index``).

    ``corrected``: a person has given something to this name or taken it away, so the engine may not change the name.
    """

    name: str
    kind: str
    country: str | None
    role: str | None
    aliases: tuple[str, ...]
    quotations: int
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article without its text."""

    id: int
    path: str | None
    title: str | None
    published: str | None
    publisher: str | None
    agency: str | None
    author: str | None
    url: str | None
    language: str | None
    kind: str | None
    quotations: int
    extracted_at: str
    engine: str


@dataclass(frozen=True, slots=True)
class QuotationSpans:
    """A quotation with its places in the article's text (code points). ``inside_id``: the enclosing quotation."""

    quotation: QuotationRow
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    inside_id: int | None


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """An article with its text, layout and all its quotations (also the rejected) in the order of the text."""

    article: ArticleRow
    text: str
    blocks: tuple[Block, ...]
    quotations: tuple[QuotationSpans, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A value (country code, publisher) and how many quotations have it; None: those without."""

    value: str | None
    quotations: int


@dataclass(frozen=True, slots=True)
class Period:
    """A month ("2024-03"; None: undated) of a timeline and the quotations in it by act."""

    month: str | None
    quotations: int
    acts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """One version of a repeated quotation. ``difference`` shows how its words differ from the longest version's.

    Each piece is (kind, words) with kind "same", "added" (only here) or "missing" (only in the longest version).
    """

    quotation: QuotationRow
    longest: bool
    difference: tuple[tuple[Literal["same", "added", "missing"], str], ...]


@dataclass(frozen=True, slots=True)
class RepeatGroup:
    """All versions of one quotation, the earliest first."""

    id: int
    versions: tuple[Repeat, ...]
    first_published: str | None
    publishers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One act of a person: who, when, what. ``summary`` is one line for lists; ``reason`` says why it is a conflict.

    ``batch`` joins corrections that were made, and are undone, as one (all quotations of a split).
    """

    id: int
    batch: int
    action: Action
    state: CorrectionState
    author: str
    made_at: str
    summary: str
    note: str | None
    quotation_id: int | None
    article_id: int | None
    reason: str | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """One extraction run; ``engine`` is the version of program and models that made its quotations."""

    id: int
    engine: str


@dataclass(frozen=True, slots=True)
class Written:
    """What writing one article did. ``conflicts`` counts corrections that found no place in the new text."""

    article_id: int
    outcome: Literal["added", "replaced", "unchanged"]
    quotations: int
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """How much is in the store."""

    articles: int
    quotations: int
    speakers: int
    corrections: int
    conflicts: int

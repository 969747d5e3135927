"""From the model's frames to drafts: contents repaired at quotation marks and cut to this project's conventions."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import regex

from quotes.analysis import Frame, Origin
from quotes.detection import cues
from quotes.detection.clauses import addressee_end, split
from quotes.detection.context import Context, stripped
from quotes.detection.marks import Quoted
from quotes.detection.tables import group
from quotes.model import Act, Form, Mode, Span

_THAT = regex.compile(r"that\s+", regex.I)
_SEPARATORS = ",;:—–―-"
_SENTENCE_CLOSE = regex.compile(r"[.!?]|\n")
_NEW_SENTENCE = regex.compile(r"[.!?][\"'”’)]*\s+\p{Lu}")
_PASSIVE = regex.compile(
    r"(?:(?:has|have|had)\s+)?(?:\b|')(?:is|are|was|were|been|being|be|'s|'re)\s+(?:being\s+)?(?:\w+ly\s+)?\w+(?:ed|en|wn|id|ld)\b",
    regex.I,
)
# A word or two that stray over a quotation mark are the tagger's slip; more are meant.
_SLIP = 2
_REACH = 120  # characters in which an addressee ends
_CLAUSE_WORDS = 5  # fewer words are rather a name or a thing than a clause


@dataclass(slots=True, eq=False)
class Draft:
    """A quotation in the making. ``agreement``: whether marks confirm what the frame says."""

    content: list[Span]
    cue: Span | None
    source: Span | None
    reading: cues.Reading | None
    form: Form
    mode: Mode
    act: Act
    origin: Origin
    score: float
    agreement: bool = False
    follows: Draft | None = None
    level: int = 0  # how many quoted stretches stand around the cue
    claimed: list[Quoted] = field(default_factory=list)

    @property
    def spans(self) -> list[Span]:
        """Content, cue and source."""
        return [*self.content, *(span for span in (self.cue, self.source) if span)]

    @property
    def hull(self) -> Span:
        """From the first to the last character of content, cue and source."""
        spans = self.spans
        return Span(min(span.start for span in spans), max(span.end for span in spans))


def from_frame(frame: Frame, context: Context) -> Draft | None:
    """The draft that a frame of the model makes; None when it has no content words."""
    cue = _hull(frame.cue, context)
    source = _longest(frame.source, context)
    around = context.enclosing(cue) if cue else []
    parts = [piece for span in frame.content for piece in _by_paragraph(span, context)]
    if around:
        within = [piece for piece in parts if piece.overlaps(around[-1].inner)]
        parts, around = (within, around) if within else (parts, [])
    pieces: list[Span] = []
    for piece in _near(parts, cue, context):
        pieces.extend(_repaired(piece, cue, source, around, context))
    if not pieces:
        return None
    pieces = _merged(pieces)
    reading = cues.read(cue.of(context.text)) if cue else None
    starts_after_cue = cue is not None and cue.end <= pieces[0].start
    if starts_after_cue and reading and "whom" in reading.frames:
        pieces[0] = _without_addressee(pieces[0], context)
    told_that = False
    content: list[Span] = []
    for number, piece in enumerate(pieces):
        own_sentence = _own_sentence(piece, cue, context)
        trimmed, that = trimmed_piece(
            piece, context, number == 0 and (starts_after_cue or cue is None), keep_full_stop=own_sentence
        )
        told_that = told_that or that
        if cue and trimmed.overlaps(cue):
            continue  # the marks around a piece reach into its cue: the frame makes no sense
        if any(character.isalnum() for character in trimmed.of(context.text)):
            content.append(trimmed)
    content = _without_comment(_without_strays(content, cue, context), cue, context)
    if not content:
        return None
    if reading and "addressee" in reading.frames and cue and source and source.end <= cue.start:
        source = None
    draft = Draft(
        content, cue, source, reading, "indirect", "speech", reading.act if reading else "state", "frame", frame.score,
        level=len(around),
    )  # fmt: skip
    settle(draft, context, told_that)
    return draft


def _without_strays(content: list[Span], cue: Span | None, context: Context) -> list[Span]:
    """The pieces without a paraphrase from an earlier sentence, where the cue leads on to words in marks."""
    if cue is None or len(content) < 2:
        return content
    quoted = [bool(context.enclosing(piece)) for piece in content]
    if not any(marked and piece.start >= cue.end for piece, marked in zip(content, quoted, strict=True)):
        return content
    return [
        piece
        for piece, marked in zip(content, quoted, strict=True)
        if marked or piece.end > cue.start or not _NEW_SENTENCE.search(context.text, piece.end - 1, cue.start)
    ]


def _without_comment(content: list[Span], cue: Span | None, context: Context) -> list[Span]:
    """The pieces without what the reporter says of them: "Talks go on, he has said, in a move that may irk Lima"."""
    if cue is None or not any(piece.end <= cue.start for piece in content):
        return content
    return [
        piece
        for piece in content
        if piece.start < cue.end
        or "," not in context.text[cue.end : piece.start + 1]
        or context.enclosing(piece)
        or not _comment().match(context.text, piece.start, piece.end)
    ]


@cache
def _comment() -> regex.Pattern[str]:
    """How a reporter's comment on words begins: "in a move that", "a step that could"."""
    nouns = "|".join(sorted(group("comment")))
    return regex.compile(rf"(?:in )?(?:an?|another|the latest) (?:[\p{{L}}-]+ ){{0,2}}(?:{nouns}) \p{{Ll}}+", regex.I)


def settle(draft: Draft, context: Context, told_that: bool = False) -> None:
    """Sets form, mode and the claimed marks of a draft from its content and cue."""
    direct = []
    inner_marks = False
    draft.claimed = []
    for piece in draft.content:
        own = [item for item in context.overlapping(piece) if item.depth >= draft.level]
        whole = [item for item in own if item.inner.contains(piece) and item.depth >= draft.level]
        direct.append(bool(whole) or _only_quoted(piece, own, context))
        inner_marks = inner_marks or any(item.depth == draft.level for item in own)
        draft.claimed.extend(item for item in own if item.depth == draft.level)
    draft.form = "direct" if all(direct) else "mixed" if inner_marks else "indirect"
    draft.agreement = all(direct)
    draft.mode = _mode(draft, context, told_that)


def _mode(draft: Draft, context: Context, told_that: bool) -> Mode:
    reading = draft.reading
    if reading is None:
        return "speech"
    introduced = draft.form == "direct" and _colon_before(draft, context)
    if reading.withheld and not introduced:
        return "thought"
    content = " ".join(span.of(context.text) for span in draft.content)
    if draft.form == "direct":
        return "writing" if reading.mode == "writing" else "speech"
    if draft.form == "mixed" and reading.mode == "thought" and not reading.unreal and _words_in_marks(draft, context):
        return "speech"  # what is quoted was said, whatever the cue
    if reading.unreal or content.strip(" .,;:!?\"'“”‘’").lower() in group("bare content"):
        return "thought"
    if not reading.known:
        return "speech" if told_that or draft.form == "mixed" else "thought"
    if reading.kind == "noun" and not told_that and draft.form == "indirect":
        return "thought"
    words = sum(context.words(span.start, span.end) for span in draft.content)
    if draft.source is None and draft.cue is not None and _PASSIVE.match(draft.cue.of(context.text)):
        clause = told_that or ("that" in reading.frames and words >= _CLAUSE_WORDS)
        return reading.mode if clause else "thought"
    if reading.act in ("congratulate", "thank") and words < _CLAUSE_WORDS:
        return "thought"  # "congratulated Mr Berg": a deed reported, no words
    return reading.mode


def _words_in_marks(draft: Draft, context: Context) -> bool:
    """Whether more than a catchword stands in marks."""
    return any(context.words(item.inner.start, item.inner.end) > _SLIP for item in draft.claimed)


def _colon_before(draft: Draft, context: Context) -> bool:
    """Whether a colon leads from the cue to the words ("did not mince her words: ...")."""
    if draft.cue is None or draft.cue.end > draft.content[0].start:
        return False
    return ":" in context.text[draft.cue.end - 1 : draft.content[0].start]


def _hull(spans: tuple[Span, ...], context: Context) -> Span | None:
    if not spans:
        return None
    span = context.snapped(Span(spans[0].start, spans[-1].end)) if len(spans) > 1 else context.snapped(spans[0])
    span = stripped(context.text, span.start, span.end)
    return span if len(span) else None


def _longest(spans: tuple[Span, ...], context: Context) -> Span | None:
    if not spans:
        return None
    span = context.snapped(max(spans, key=len))
    span = stripped(context.text, span.start, span.end)
    return span if len(span) else None


def _by_paragraph(span: Span, context: Context) -> list[Span]:
    span = context.snapped(span)
    first, last = context.paragraph_index(span.start), context.paragraph_index(span.end - 1)
    if first == last:
        return [span]
    pieces = []
    for paragraph in context.paragraphs[max(first, 0) : last + 1]:
        start, end = max(span.start, paragraph.span.start), min(span.end, paragraph.span.end)
        if start < end:
            pieces.append(Span(start, end))
    return pieces or [span]


def _repaired(piece: Span, cue: Span | None, source: Span | None, around: list[Quoted], context: Context) -> list[Span]:
    """A piece of content that crosses no mark wrongly, without its own cue and source; two when the cue splits it."""
    if around:
        inner = around[-1].inner
        piece = Span(max(piece.start, inner.start), min(piece.end, inner.end))
    out: list[Span] = []
    for part in _without(piece, cue, source):
        start, end = part.start, part.end
        for item in context.overlapping(part):
            if item.depth != len(around) or not context.solid(item) or (cue and item.outer.overlaps(cue)):
                continue
            start, end = _aligned(start, end, item, context)
            if cue and cue.end <= start == item.outer.start and _ends_sentence(item, context):
                end = min(end, item.outer.end)
        part = stripped(context.text, start, max(start, end))
        out.extend(piece for piece in _without(part, cue, source) if len(piece))
    return out


def _aligned(start: int, end: int, item: Quoted, context: Context) -> tuple[int, int]:
    outer, inner = item.outer, item.inner
    begins_inside = outer.start < start < outer.end
    ends_inside = outer.start < end < outer.end
    if begins_inside and ends_inside:
        return outer.start, outer.end
    if begins_inside:
        shared, missed = context.words(start, inner.end), context.words(inner.start, start)
        if shared <= _SLIP and missed > shared:
            return outer.end, end
        return outer.start, end
    if ends_inside:
        shared, missed = context.words(inner.start, end), context.words(end, inner.end)
        if shared <= _SLIP and missed > shared:
            return start, outer.start
        return start, outer.end
    return start, end


def _ends_sentence(item: Quoted, context: Context) -> bool:
    """Whether a sentence ends with the marks and a new one begins behind them."""
    text = context.text
    behind = text[item.outer.end : item.outer.end + 4].lstrip()
    return item.closed and text[item.inner.end - 1] in ".!?…" and behind[:1].isupper()


def _without(piece: Span, cue: Span | None, source: Span | None) -> list[Span]:
    pieces = [piece]
    for other in (cue, source):
        if other is None:
            continue
        left: list[Span] = []
        for part in pieces:
            if not part.overlaps(other):
                left.append(part)
                continue
            if part.start < other.start:
                left.append(Span(part.start, other.start))
            if other.end < part.end:
                left.append(Span(other.end, part.end))
        pieces = left
    return pieces


def _merged(pieces: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for piece in sorted(pieces):
        if merged and piece.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, piece.end))
        else:
            merged.append(piece)
    return merged


def _without_addressee(piece: Span, context: Context) -> Span:
    """ "(told) the assembly that ..." from "that" on."""
    words = split(context.text, piece.start, min(piece.end, piece.start + _REACH))
    count = addressee_end(words)
    return piece if count is None else Span(words.spans[count].start, piece.end)


def _near(parts: list[Span], cue: Span | None, context: Context) -> list[Span]:
    """The pieces without those that strayed: words without marks in another paragraph than the cue and other pieces."""
    if cue is None:
        return parts
    own = context.paragraph_index(cue.start)
    here = [context.paragraph_index(part.start) == own for part in parts]
    if not any(here):
        return parts
    return [part for part, near in zip(parts, here, strict=True) if near or context.overlapping(part)]


def _own_sentence(piece: Span, cue: Span | None, context: Context) -> bool:
    """Whether a piece is whole sentences without the cue: then its full stop is its own."""
    before = context.text[max(0, piece.start - 4) : piece.start].rstrip(" \"'“‘")
    begins = not before or before[-1] in ".!?\n" or context.text[piece.start - 1] == "\n"
    return begins and (cue is None or _SENTENCE_CLOSE.search(context.text, *_gap(piece, cue)) is not None)


def _gap(piece: Span, cue: Span) -> tuple[int, int]:
    return (cue.end, piece.start) if cue.end <= piece.start else (piece.end - 1, cue.start)


def trimmed_piece(
    piece: Span, context: Context, may_start_with_that: bool, keep_full_stop: bool = False
) -> tuple[Span, bool]:
    """A piece without outer marks, "that", separators and a paraphrase's full stop; and whether "that" stood there."""
    text = context.text
    piece = stripped(text, piece.start, piece.end, _SEPARATORS) if _lone_separator(text, piece) else piece
    span = stripped(text, piece.start, piece.end)
    that = False
    if may_start_with_that and (match := _THAT.match(text, span.start, span.end)):
        span, that = Span(match.end(), span.end), True
    items = context.overlapping(span)
    first = next((item for item in items if item.outer.start == span.start), None)
    body_end = stripped(text, span.start, span.end, _SEPARATORS + ".").end
    if first is not None and not first.closed:
        return _end_trimmed(Span(first.inner.start, max(span.end, first.inner.start)), items, context, True), that
    if first is not None and first.outer.end >= body_end:
        return inside(first, context), that
    if first is not None:
        last = next(
            (item for item in reversed(items) if item.outer.end >= body_end and item.depth == first.depth), None
        )
        if last is not None and _only_quoted(Span(span.start, last.outer.end), items, context):
            return Span(first.inner.start, inside(last, context).end), that
    within = next((item for item in items if item.inner.contains(span) and item.inner.end == span.end), None)
    if within is not None:
        return Span(span.start, max(span.start, inside(within, context).end)), that
    return _end_trimmed(span, items, context, keep_full_stop), that


def inside(item: Quoted, context: Context) -> Span:
    """The words of a quoted stretch without the comma that only leads on to the cue."""
    return stripped(context.text, item.inner.start, item.inner.end, ",") if item.closed else item.inner


def _lone_separator(text: str, piece: Span) -> bool:
    return len(piece) > 0 and (text[piece.start] in ",;:—–―" or text[piece.end - 1] in ",;:—–―")


def _end_trimmed(span: Span, items: list[Quoted], context: Context, keep_full_stop: bool) -> Span:
    text, end = context.text, span.end
    while end > span.start:
        last = text[end - 1]
        if any(item.outer.end == end and item.closed for item in items):
            break
        if (
            last.isspace()
            or last in _SEPARATORS
            or (last == "." and not keep_full_stop and context.is_token(Span(end - 1, end)))
        ):
            end -= 1
        else:
            break
    return Span(span.start, max(end, span.start))


def _only_quoted(span: Span, items: list[Quoted], context: Context) -> bool:
    """Whether all words of ``span`` stand in marks."""
    at = span.start
    for item in items:
        if item.outer.start >= at and context.words(at, item.outer.start):
            return False
        at = max(at, item.outer.end)
    return bool(items) and not context.words(at, span.end)

"""Reported speech without the model: a few sure patterns, the safety net below the frames.

Each pattern starts from a cue of the lexicon and needs what surely goes with it: a likely subject, and behind the verb
a clause ("said that ...", "said the talks ..."), "X to ..." ("urged Norland to stop"), "X of ..." ("accused Norland of
..."), or a noun phrase for phrasal cues ("called for talks").
"""

from __future__ import annotations

import regex

from quotes.detection import cues
from quotes.detection.clauses import Words, cue_start, finite, is_name, split, subject_after, subject_before
from quotes.detection.context import Context, stripped
from quotes.detection.drafts import Draft, settle, trimmed_piece
from quotes.detection.overlaps import Overlaps
from quotes.detection.tables import group
from quotes.model import Span

# Verbs that take a clause without "that" so often that a noun behind them begins one.
_OPEN_VERBS = frozenset(
    {"say", "add", "tell", "warn", "insist", "claim", "note", "stress", "announce", "argue", "state"}
)
_HEADLINE = regex.compile(
    r"(?P<content>\p{Lu}[^\n“”\"]{15,150}?)\s+[–—-]\s+(?P<source>\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){0,3})$"
)
_LABEL = regex.compile(
    r"(?P<source>\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){0,4})(?P<cue>:)\s+(?P<content>[^\n]{15,})$"
)
_SCORE = 0.6
_ADVERBIAL = 9  # words at most of "in an interview on Monday" behind a cue
_NAMES = frozenset({"person", "organisation", "place", "title"})


def indirect(context: Context, drafts: list[Draft]) -> tuple[list[Draft], list[Draft]]:
    """Those of ``drafts`` that are mistaken about a clause's source, and new drafts for what they leave alone."""
    taken = _Taken(drafts)
    found: list[Draft] = []
    for sentence in context.analysis.sentences:
        paragraph = context.paragraph_at(sentence.start)
        if paragraph is None or paragraph.silent:
            continue
        if paragraph.role in ("title", "standfirst", "heading") and (draft := _headline(sentence, context)):
            if taken.free(draft):
                found.append(draft)
            continue
        found.extend(_sentence(sentence, context, taken))
    return taken.mistaken, found


class _Taken:
    """What the drafts at hand use."""

    def __init__(self, drafts: list[Draft]) -> None:
        self._users = Overlaps((span, draft) for draft in drafts for span in draft.spans)
        self.mistaken: list[Draft] = []

    def free(self, draft: Draft) -> bool:
        """Whether nothing uses the draft's words, or only what is reported inside its clause."""
        own = [*draft.content, *(span for span in (draft.cue,) if span)]
        if not any(self._users.touches(span) for span in own):
            return True
        if draft.cue is None or draft.content[0].end > draft.cue.start or self._users.touches(draft.cue):
            return False
        users = self._users(draft.content[0])
        if not all(user.cue and draft.content[0].contains(user.cue) and user.mode == "thought" for user in users):
            return False
        self.mistaken.extend(user for user in users if user.source == draft.source)
        return True


def _sentence(sentence: Span, context: Context, taken: _Taken) -> list[Draft]:
    words = split(context.text, sentence.start, sentence.end)
    found: list[Draft] = []
    at = 0
    while at < len(words):
        match = cues.entry_at(words.lower, at)
        if match is None:
            at += 1
            continue
        entry, length = match
        draft = (
            _according(words, at, context)
            if entry.lemma == "according to"
            else _verb(words, at, length, entry, context)
        )
        if draft is not None and taken.free(draft) and all(_apart(draft, other) for other in found):
            found.append(draft)
        at += length
    return found


def _apart(draft: Draft, other: Draft) -> bool:
    return not any(mine.overlaps(its) for mine in draft.content for its in other.content)


def _according(words: Words, at: int, context: Context) -> Draft | None:
    subject = subject_after(words, at + 2)
    if subject is None:
        return None
    if at == 0 and subject[1] < len(words) and words.lower[subject[1]] == ",":
        content = (subject[1] + 1, len(words))
    elif at > 2 and words.lower[at - 1] == ",":
        content = (0, at - 1)
    else:
        return None
    return _made(words, [content], (at, at + 2), subject, context)


def _verb(words: Words, at: int, length: int, entry: cues.Entry, context: Context) -> Draft | None:
    if entry.kind != "verb" or "sure" not in entry.frames:
        return None
    first, end = cue_start(words, at), at + length
    participle = words.lower[at].endswith("ing") and first == at
    if not participle and (not finite(words, at, entry) or _passive(words, first, at, entry)):
        return None
    subject = None if participle else subject_before(words, first)
    if participle and not (at > 0 and words.lower[at - 1] == ","):
        return None
    if not participle and subject is None:
        return None
    start = _content_start(words, end, entry, participle)
    if start is None:
        return _in_the_middle(words, first, end, subject, entry, context)
    return _made(words, [(start, len(words))], (first, end), subject, context)


def _passive(words: Words, first: int, at: int, entry: cues.Entry) -> bool:
    """Whether others speak to or of the subject ("were told that"); "was quoted as saying" is the subject's own."""
    forms = {"is", "are", "was", "were", "been", "being", "be", "'s", "'re"}
    return "quote" not in entry.lemma and any(word in forms for word in words.lower[first:at])


def _content_start(words: Words, end: int, entry: cues.Entry, participle: bool) -> int | None:
    """Where the content behind a cue begins; None when what follows is none of the patterns."""
    start = _past_addressee(words, end) if "that" in entry.frames else end
    if start < len(words) and "that" in entry.frames:
        if words.lower[start] == "that":
            return start
        if entry.lemma in _OPEN_VERBS and _begins_clause(words, start):
            return start
    if participle:
        return None
    if "inf" in entry.frames and (to := _next(words, end, {"to", "not"}, 8)) is not None and to > end:
        return end
    if (
        entry.act == "accuse"
        and "of" in entry.frames
        and (of := _next(words, end, {"of"}, 10)) is not None
        and of > end
    ):
        return end
    if " " in entry.lemma and entry.act in ("demand", "urge") and "noun" in entry.frames and end < len(words):
        return end if words.lower[end] in group("determiner") or words.texts[end][0].isalnum() else None
    return None


def _past_addressee(words: Words, end: int) -> int:
    """The word behind "(told) reporters in Geneva": the first "that" or clause start within reach."""
    if end < len(words) and words.lower[end] in group("addressee") | group("time"):
        if (that := _next(words, end, {"that"}, 6)) is not None:
            return that
        return end + 1
    if (that := _next(words, end, {"that"}, 7)) is not None and end < len(words):
        between = words.lower[end:that]
        if not between or between[0] in group("preposition") | group("time") or is_name(words.texts[end]):
            return that
    return end


def _next(words: Words, start: int, wanted: set[str], reach: int) -> int | None:
    for at in range(start, min(len(words), start + reach)):
        if words.lower[at] in wanted:
            return at
        if words.lower[at] in {",", ";", ":", ".", "“", '"', "and", "but"}:
            return None
    return None


def _begins_clause(words: Words, start: int) -> bool:
    word = words.lower[start]
    return word in group("clause start") or word in group("determiner") or is_name(words.texts[start])


def _in_the_middle(
    words: Words, first: int, end: int, subject: tuple[int, int] | None, entry: cues.Entry, context: Context
) -> Draft | None:
    """ "The talks, he said, will go on." and "The talks will go on, he said." """
    if subject is None or "quote" not in entry.frames or subject[0] < 3 or words.lower[subject[0] - 1] != ",":
        return None
    before = (0, subject[0] - 1)
    rest = [word for word in words.lower[end:] if word not in {".", "!", "?"}]
    if not rest or rest[0] in group("time") | group("preposition") | group("addressee"):
        adverbial = rest.index(",") if "," in rest else len(rest)
        return _made(words, [before], (first, end), subject, context) if adverbial < _ADVERBIAL else None
    if words.lower[end] == "," and len(rest) > 3:
        return _made(words, [before, (end + 1, len(words))], (first, end), subject, context)
    return None


def _made(
    words: Words,
    content: list[tuple[int, int]],
    cue: tuple[int, int],
    subject: tuple[int, int] | None,
    context: Context,
) -> Draft | None:
    cue_span = words.span(*cue)
    reading = cues.read(cue_span.of(context.text))
    if reading.withheld or reading.unreal or reading.mode == "thought":
        return None
    around = context.enclosing(cue_span)
    pieces, told_that = [], False
    for first, end in content:
        piece = words.span(first, end)
        if around:
            piece = Span(
                max(piece.start, around[-1].inner.start), max(piece.start, min(piece.end, around[-1].inner.end))
            )
        if any(
            item.inner.contains(cue_span) is False and item.outer.start < piece.start < item.outer.end
            for item in context.overlapping(piece)[:1]
            if not around
        ):
            return None
        span, that = trimmed_piece(stripped(context.text, piece.start, piece.end), context, cue[1] <= first)
        told_that = told_that or that
        if context.words(span.start, span.end) < 2:
            return None
        pieces.append(span)
    source = words.span(*subject) if subject else None
    draft = Draft(
        pieces, cue_span, source, reading, "indirect", "speech", reading.act, "frame", _SCORE, level=len(around)
    )
    settle(draft, context, told_that)
    return draft


def _headline(sentence: Span, context: Context) -> Draft | None:
    """ "Ships will stay in port – Berg" and "Berg: Ships will stay in port", in titles, standfirsts and headings."""
    match = _HEADLINE.match(context.text, sentence.start, sentence.end) or _LABEL.match(
        context.text, sentence.start, sentence.end
    )
    if match is None:
        return None
    if not _names_somebody(Span(*match.span("source")), context):
        return None
    cue = Span(*match.span("cue")) if "cue" in match.groupdict() else None
    reading = cues.read(":") if cue else None
    content, _ = trimmed_piece(Span(*match.span("content")), context, False)
    draft = Draft([content], cue, Span(*match.span("source")), reading, "indirect", "speech", "state", "frame", _SCORE)
    settle(draft, context)
    return draft


def _names_somebody(span: Span, context: Context) -> bool:
    """Whether a label is a name ("Berg:") and no series or topic ("The Latest:"); without mentions, any may be."""
    mentions = context.analysis.mentions
    return not mentions or any(mention.span.overlaps(span) and mention.kind in _NAMES for mention in mentions)

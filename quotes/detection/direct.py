"""Direct speech that no frame of the model claims: its cue and source nearby, or the quotation that it goes on with."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import regex

from quotes.detection import cues
from quotes.detection.clauses import Words, cue_start, finite, split, subject_after, subject_before
from quotes.detection.context import Context
from quotes.detection.drafts import Draft, inside, settle
from quotes.detection.marks import Quoted
from quotes.detection.overlaps import Overlaps
from quotes.model import Span

_SENTENCE_BREAK = regex.compile(
    r"(?<!\b(?:Mrs?|Ms|Dr|Sens?|Reps?|Gov|Gen|St|Lt|Col|Prof|Sgt|Adm|Hon|Amb|Messrs|\p{Lu}))[.!?…]['\"”’»)]*\s+"
    r"(?=[\p{Lu}\"“‘'«„(])|\n"
)
_LABEL = regex.compile(r"(?P<source>\p{Lu}[^\n:“”\"]{1,80}?)\s*(?P<cue>:)\s*$")
_SIGNED = regex.compile(
    r"[,.]?\s*(?:[–—―-]{1,2}\s*|\()(?P<source>\p{Lu}[\p{L}.'’-]*(?:\s+(?:of|de|al|bin|van|von|the|\p{Lu}[\p{L}.'’-]*)){0,7})\)?\s*\.?\s*?(?=\n|$)"
)
_TERMINAL = frozenset(".!?…—–,")
_REACH = 240
_UNSURE = 0.5
_LONGEST_GAP = 160  # characters between two pieces of a quotation: " said Anna Berg, who leads the talks. "
_SAME = 0.8
_JOINED = regex.compile(r"\s*,?\s*(?:and|but|then|so|to which|whereupon)\b", regex.I)
_FEWEST_WORDS = 5  # of a quotation that stands without a cue
_FEWEST_WORDS_WITH_CUE = 2
_MOST_WORDS_BETWEEN = 9  # from a cue to the opening mark ("told reporters in Geneva on Monday: ")


@dataclass(frozen=True, slots=True)
class Lead:
    """A cue and source found beside quotation marks."""

    cue: Span | None
    source: Span | None
    reading: cues.Reading | None


def unclaimed(context: Context, drafts: list[Draft], turns: list[Draft]) -> list[Draft]:
    """Drafts for the outermost quoted stretches that neither ``drafts`` nor a scare quote explain, in order."""
    claimed = {item.outer.start for draft in drafts for item in draft.claimed}
    taken = _Taken(drafts)
    taken.cues |= {turn.cue.start for turn in turns if turn.cue}
    structure = Overlaps((piece, piece) for turn in turns for piece in turn.content)
    found: list[Draft] = []
    before: Quoted | None = None
    for item in (item for item in context.quoted if item.depth == 0):
        before, last = item, before
        paragraph = context.paragraph_at(item.outer.start)
        if item.outer.start in claimed or paragraph is None or paragraph.silent or taken.covers(item):
            continue
        around = structure(item.inner)
        if any(_same(piece, item) for piece in around):
            continue
        if _resume(item, last, found, context):
            continue
        enclosed = any(piece.contains(item.inner) for piece in around)
        if (draft := _draft(item, context, taken, enclosed)) is not None:
            found.append(draft)
    return found


def supply_cues(context: Context, drafts: list[Draft]) -> None:
    """Gives direct quotations without a cue the one beside their marks, when it is nobody else's."""
    used = {draft.cue.start for draft in drafts if draft.cue}
    for draft in drafts:
        if draft.cue is not None or draft.form != "direct" or draft.level or not draft.claimed:
            continue
        for item in (draft.claimed[0], draft.claimed[-1]):
            lead = lead_of(item, context)
            if lead is None or lead.cue is None or lead.reading is None or lead.cue.start in used:
                continue
            if draft.source is None or (lead.source is not None and lead.source.overlaps(draft.source)):
                draft.cue, draft.reading, draft.act = lead.cue, lead.reading, lead.reading.act
                draft.source = draft.source or lead.source
                used.add(lead.cue.start)
                break


def extend(context: Context, drafts: list[Draft]) -> None:
    """Gives each direct quotation the pieces that run on: re-opened paragraphs, and the words after "..., he said."."""
    ordered = sorted(drafts, key=lambda draft: draft.content[0])
    claimed = {item.outer.start for draft in drafts for item in draft.claimed}
    tops = [item for item in context.quoted if item.depth == 0]
    place = {item.outer.start: index for index, item in enumerate(tops)}
    for draft in ordered:
        if draft.form != "direct" or draft.level or not draft.claimed:
            continue
        index = place.get(draft.claimed[-1].outer.start)
        while index is not None and index + 1 < len(tops):
            following = tops[index + 1]
            if following.outer.start in claimed or not _goes_on(draft, tops[index], following, context):
                break
            claimed.add(following.outer.start)
            draft.content.append(inside(following, context))
            draft.claimed.append(following)
            index += 1


def cut_at_cues(context: Context, drafts: list[Draft]) -> None:
    """Leaves each direct quotation the words on its own side of another's cue: "asked, “Is it?” and I said, “No.”" """
    for draft in drafts:
        if draft.form != "direct" or draft.level or draft.cue is None or len(draft.claimed) < 2:
            continue
        for before, after in pairwise(draft.claimed):
            gap = Span(before.outer.end, max(before.outer.end, after.outer.start))
            between = gap.of(context.text)
            own = gap.overlaps(draft.cue) and not _JOINED.match(between)
            if own or "\n" in between or len(gap) > _LONGEST_GAP or not _has_cue(between):
                continue
            first = draft.cue.start < gap.start
            kept = [piece for piece in draft.content if (piece.start < gap.start) == first]
            if kept:
                draft.content = kept
                draft.claimed = [item for item in draft.claimed if any(item.outer.overlaps(piece) for piece in kept)]
                break


def split_paragraphs(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Drafts for the paragraphs, each in marks of its own, that a frame counts to the quotation of a paragraph before.

    Only a re-opened quotation goes on over a paragraph's end; after a closed one, a new quotation continues.
    """
    found: list[Draft] = []
    for draft in drafts:
        if draft.form != "direct" or draft.level or draft.cue is None:
            continue
        opened = {inside(item, context).start: item for item in draft.claimed}
        kept: list[Span] = []
        current = draft.content
        own = context.paragraph_index(draft.cue.start)
        for piece in draft.content:
            item = opened.get(piece.start)
            later = context.paragraph_index(piece.start) > own and kept
            if later and item is not None and not item.reopens:
                current = [piece]
                found.append(Draft(current, None, None, None, "direct", "speech", "state", "marks", draft.score))
            elif later and found and current is found[-1].content:
                current.append(piece)
            else:
                kept.append(piece)
        if len(kept) < len(draft.content):
            draft.content = kept
            draft.claimed = [item for item in draft.claimed if any(item.outer.overlaps(piece) for piece in kept)]
    for draft in found:
        settle(draft, context)
    return found


def _goes_on(draft: Draft, last: Quoted, following: Quoted, context: Context) -> bool:
    if following.reopens:
        return not any(own and following.inner.overlaps(own) for own in (draft.cue, draft.source))
    # the pieces are in order: the hull itself would be measured over and over for a quotation of many pieces
    end = max(span.end for span in (draft.content[-1], draft.cue, draft.source) if span)
    if end > following.outer.start:
        return False
    gap = context.text[max(last.outer.end, end) : following.outer.start]
    if "\n" in gap or context.words(following.inner.start, following.inner.end) < 2:
        return False
    before_cue = draft.cue is None or draft.cue.start < last.outer.start
    if before_cue and gap.strip():
        return False
    body = gap.rstrip()
    ends = not body or body[-1] in ".!?:,;"
    if not ends or _SENTENCE_BREAK.search(body) or len(body) > _LONGEST_GAP or _has_cue(body):
        return False
    lead = lead_of(following, context)
    return lead is None or lead.cue is None or lead.cue.start < following.outer.start


def _has_cue(text: str) -> bool:
    words = cues.words(text)
    return any((match := cues.entry_at(words, i)) is not None and _speaks(match[0]) for i in range(len(words)))


def _speaks(entry: cues.Entry) -> bool:
    return entry.kind == "verb" and entry.mode != "thought" and "quote" in entry.frames


class _Taken:
    """The stretches that drafts already use as cue, source or content."""

    def __init__(self, drafts: list[Draft]) -> None:
        self._users = Overlaps((span, draft) for draft in drafts for span in draft.spans)
        self.cues = {draft.cue.start for draft in drafts if draft.cue}

    def covers(self, item: Quoted) -> bool:
        """Whether a draft uses these words, other than one that is wholly reported inside them."""
        return any(not _inside(draft.hull, item.inner) for draft in self._users(item.inner))


def _inside(hull: Span, inner: Span) -> bool:
    return inner.contains(hull) and len(hull) < len(inner)


def _same(piece: Span, item: Quoted) -> bool:
    shared = min(piece.end, item.outer.end) - max(piece.start, item.outer.start)
    return 2 * shared > _SAME * (len(piece) + len(item.outer))


def _resume(item: Quoted, before: Quoted | None, found: list[Draft], context: Context) -> bool:
    """Adds words in marks to the quotation found just before them, where that runs on."""
    if before is None or not found or not found[-1].claimed or found[-1].claimed[-1] is not before:
        return False
    if item.reopens and not context.runs_on(before):
        return False
    if not _goes_on(found[-1], before, item, context):
        return False
    found[-1].content.append(inside(item, context))
    found[-1].claimed.append(item)
    return True


def _draft(item: Quoted, context: Context, taken: _Taken, enclosed: bool) -> Draft | None:
    if not item.closed and (draft := _never_closed(item, context)) is not None:
        return draft
    words = context.words(item.inner.start, item.inner.end)
    content = inside(item, context)
    lead = lead_of(item, context)
    if lead is not None and lead.cue is not None and lead.cue.start in taken.cues:
        lead = None
    if lead is not None and words >= _FEWEST_WORDS_WITH_CUE:
        draft = Draft([content], lead.cue, lead.source, lead.reading, "direct", "speech", "state", "frame", 0.75)
        draft.act = lead.reading.act if lead.reading else "state"
        if lead.cue is None:
            draft.origin, draft.score = "frame", 0.65
        settle(draft, context)
        return draft
    if enclosed or words < _FEWEST_WORDS or not _sentence_like(item, context):
        return None
    draft = Draft([content], None, None, None, "direct", "speech", "state", "marks", 0.5)
    settle(draft, context)
    return draft


def _never_closed(item: Quoted, context: Context) -> Draft | None:
    """ "“We will sign, Berg said." — a closing mark forgotten before the cue that ends the paragraph."""
    text, inner = context.text, item.inner
    comma = text.rfind(",", max(inner.start, inner.end - _REACH), inner.end)
    if comma < 0 or context.words(inner.start, comma) < _FEWEST_WORDS_WITH_CUE:
        return None
    lead = _after(split(text, comma, inner.end), text, ",")
    if lead is None or lead.source is None or lead.cue is None or inner.end - max(lead.cue.end, lead.source.end) > 1:
        return None
    content = Span(inner.start, comma)
    act = lead.reading.act if lead.reading else "state"
    return Draft([content], lead.cue, lead.source, lead.reading, "direct", "speech", act, "frame", _UNSURE)


def _sentence_like(item: Quoted, context: Context) -> bool:
    """Whether marked words look like somebody's sentence, and not like a title, a name or an emphasised phrase."""
    text = context.text
    inner = item.inner.of(text)
    first = next((character for character in inner if character.isalnum()), "")
    ends = inner[-1] in _TERMINAL or text[item.outer.end : item.outer.end + 1] in {".", "!", "?", ""} or not item.closed
    before = text[max(0, item.outer.start - 2) : item.outer.start].strip()
    begins = not before or before[-1] in '.!?:…\n”"’' or "\n" in text[max(0, item.outer.start - 2) : item.outer.start]
    capitals = sum(word[:1].isupper() for word in inner.split())
    title = capitals > 0.6 * len(inner.split())
    return first.isupper() and ends and begins and not title


def lead_of(item: Quoted, context: Context) -> Lead | None:
    """The reporting words beside a quoted stretch: after it, else before it, else a label or a signature."""
    paragraph = context.paragraph_at(item.outer.start)
    if paragraph is None:
        return None
    text, limits = context.text, paragraph.span
    after_end = min(limits.end, item.outer.end + _REACH)
    if match := _SENTENCE_BREAK.search(text, item.outer.end, after_end):
        after_end = match.start() + 1
    after_end = min(
        [
            after_end,
            *(
                other.outer.start
                for other in context.overlapping(Span(item.outer.end, after_end + 1))
                if other.outer.start >= item.outer.end
            ),
        ]
    )
    closing = text[item.inner.end - 1] if item.closed else ""
    if closing != "." or text[item.outer.end : item.outer.end + 1] in {",", " ", "\xa0"}:
        lead = _after(split(text, item.outer.end, after_end), text, closing)
        if lead is not None:
            return lead
    before_start = max(limits.start, item.outer.start - _REACH)
    for match in _SENTENCE_BREAK.finditer(text, before_start, item.outer.start):
        if match.end() < item.outer.start:
            before_start = match.end()
    earlier = [
        other
        for other in context.overlapping(Span(before_start, max(before_start, item.outer.start)))
        if other.depth == 0
    ]
    if earlier:
        before_start = max(
            before_start, max(other.outer.end for other in earlier if other.outer.end <= item.outer.start)
        )
    if (
        before_start < item.outer.start
        and (lead := _before(split(text, before_start, item.outer.start), text)) is not None
    ):
        return lead
    if (match := _LABEL.search(text, before_start, item.outer.start)) and match.start() == before_start:
        return Lead(Span(*match.span("cue")), Span(*match.span("source")), cues.read(":"))
    if match := _SIGNED.match(text, item.outer.end, limits.end):
        return Lead(None, Span(*match.span("source")), None)
    return _introduced(item, limits, context)


def _introduced(item: Quoted, limits: Span, context: Context) -> Lead | None:
    """The cue of a paragraph before that ends with a colon, for a quotation that begins its own paragraph."""
    index = context.paragraph_index(item.outer.start)
    if item.outer.start != limits.start or index < 1:
        return None
    text, before = context.text, context.paragraphs[index - 1].span
    if text[before.end - 1] != ":":
        return None
    start = max(before.start, before.end - _REACH)
    for match in _SENTENCE_BREAK.finditer(text, start, before.end):
        start = match.end()
    return _before(split(text, start, before.end), text)


def _after(words: Words, text: str, closing: str) -> Lead | None:
    at = 0
    while at < len(words) and words.lower[at] in {",", "–", "—", "-"}:
        at += 1
    if at >= len(words) or (at == 0 and closing not in _TERMINAL):
        return None
    leads_on = at > 0 or closing == "," or words.texts[at][0].islower()
    if words.lower[at : at + 2] == ("according", "to"):
        subject = subject_after(words, at + 2)
        return _lead(words, at, at + 2, subject, text) if subject else None
    for verb in range(at, min(len(words), at + 16)):
        match = cues.entry_at(words.lower, verb)
        if match is None or not _speaks(match[0]) or _no_verb(words, verb, match):
            continue
        first = cue_start(words, verb)
        end = verb + match[1]
        if not leads_on and (len(words) - end > _MOST_WORDS_BETWEEN or "that" in words.lower[end : end + 1]):
            return None
        if first <= at:
            subject = subject_after(words, end)
            return _lead(words, at, end, subject, text) if subject or words.lower[verb].endswith("ing") else None
        subject = subject_before(words, first)
        if subject is not None and subject[0] == at:
            return _lead(words, first, end, subject, text)
        if not leads_on or subject is None:
            return None
    return None


def _no_verb(words: Words, at: int, match: tuple[cues.Entry, int]) -> bool:
    """Whether a word that may be a verb is none here: "the report", "to say", "the fund's report said"."""
    entry, length = match
    if not words.lower[at].endswith("ing") and not finite(words, at, entry):
        return True
    following = cues.entry_at(words.lower, at + length) if at + length < len(words) else None
    return length == 1 and following is not None and _speaks(following[0])


def _before(words: Words, text: str) -> Lead | None:
    count = len(words)
    for verb in range(count - 1, max(-1, count - 2 - _MOST_WORDS_BETWEEN - 4), -1):
        match = cues.entry_at(words.lower, verb)
        if match is None or not _speaks(match[0]) or _no_verb(words, verb, match):
            continue
        end = verb + match[1]
        between = words.lower[end:]
        if len(between) > _MOST_WORDS_BETWEEN or any(word in {";", "(", ")", "and", "but"} for word in between):
            return None
        if between and between[-1] not in {":", ",", "that"} and end < count:
            return None
        first = cue_start(words, verb)
        subject = subject_before(words, first)
        if subject is None and not words.lower[verb].endswith("ing"):
            continue
        return _lead(words, first, end, subject, text)
    return None


def _lead(words: Words, first: int, end: int, subject: tuple[int, int] | None, text: str) -> Lead | None:
    cue = words.span(first, end)
    reading = cues.read(cue.of(text))
    if reading.withheld:
        return None
    return Lead(cue, words.span(*subject) if subject else None, reading)

"""Detection's last word: structure, marks, model frames and rules become one list of findings.

The order, from strongest to weakest; what comes later gives way where it says the same again:

1. Document structure (turns, an issuer's sentences) keeps its bounds. A frame with the same words gives way to it.
2. Quotation marks correct the ends of the frames' contents, give direct quotations the pieces that run on, and a cue
   where the frame has none.
3. Frames say what is speech, with which cue and source.
4. Rules add direct speech in marks that no frame claims, from the cue and source beside it.
5. Rules add reported speech by sure patterns, where no frame touches the words. Only a cue behind the clause that it
   reports ("..., Berg has said") corrects frames: what they find inside the clause is part of it, and one that took the
   clause's source for its own is left out.
6. Quoted sentences without any cue go on with the speaker before (``continuation``) or stand alone (``marks``).
7. In meeting coverage, paragraphs that plainly go on with a speaker's paraphrase are added (``continuation``).
"""

from __future__ import annotations

from dataclasses import replace

from quotes.analysis import Analysis, Finding
from quotes.detection import cues, direct, documents, reported
from quotes.detection.context import Context
from quotes.detection.drafts import Draft, from_frame
from quotes.detection.overlaps import Overlaps
from quotes.model import Article, Cue, Quotation, Span

_SAME_WORDS = 0.7
# Captions and headings are no prose: only what the model itself is sure of, or marks with a cue, is taken from them.
_SPARE = frozenset({"caption", "heading"})
_SURE = 0.5


def detect(article: Article, analysis: Analysis) -> tuple[Finding, ...]:
    """The quotations of an article in the order of the text, an enclosing one before those inside it.

    Quotations of mode "thought" are reported but not said: thoughts, plans, withheld and hypothetical speech.
    """
    context = Context(article, analysis)
    structure = [_structured(finding, context) for finding in documents.read(article, analysis)]
    drafts = [draft for frame in analysis.frames if (draft := from_frame(frame, context)) is not None]
    drafts = _without_repeats(structure, [draft for draft in drafts if _allowed(draft, context)])
    direct.cut_at_cues(context, drafts)
    drafts.extend(_without_repeats(structure, direct.split_paragraphs(context, drafts)))
    direct.supply_cues(context, drafts)
    direct.extend(context, drafts)
    drafts.extend(direct.unclaimed(context, drafts, structure))
    if not structure:
        mistaken, added = reported.indirect(context, drafts)
        drafts = [draft for draft in drafts if draft not in mistaken] + added
    drafts = [*structure, *drafts]
    drafts.sort(key=lambda draft: (draft.content[0].start, -_last_end(draft)))
    enclosers = _enclosers(drafts)
    _continue(drafts, enclosers, context)
    for index, draft in enumerate(drafts):
        if documents.states_nothing(draft, context.text) or _in_talk(drafts, enclosers, index, context):
            draft.mode = "thought"
    findings = _findings(drafts, enclosers)
    return _merged(findings, documents.continue_paragraphs(article, analysis, findings))


def _structured(finding: Finding, context: Context) -> Draft:
    quotation = finding.quotation
    cue = quotation.cue.span if quotation.cue else None
    reading = cues.read(cue.of(context.text)) if cue else None
    return Draft(
        list(quotation.content), cue, quotation.source, reading, quotation.form, quotation.mode, quotation.act,
        finding.origin, quotation.confidence,
    )  # fmt: skip


def _allowed(draft: Draft, context: Context) -> bool:
    paragraph = context.paragraph_at(draft.content[0].start)
    if paragraph is None:
        return True
    cue_paragraph = context.paragraph_at(draft.cue.start) if draft.cue else None
    if paragraph.silent or (cue_paragraph is not None and cue_paragraph.silent):
        return False
    if paragraph.role not in _SPARE or draft.form != "indirect":
        return True
    return cue_paragraph is paragraph and draft.score >= _SURE


def _without_repeats(structure: list[Draft], drafts: list[Draft]) -> list[Draft]:
    """The drafts that do not say again what the structure, or a more certain draft, says."""
    labels = Overlaps(
        (span, draft)
        for draft in structure
        for span in ((draft.cue, draft.source) if draft.origin == "turn" else (draft.cue,))
        if span
    )
    contents = Overlaps((span, draft) for draft in (*structure, *drafts) for span in draft.content)
    kept = {id(draft) for draft in structure}
    left: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: -draft.score):
        if any(own and labels.touches(own) for own in (draft.cue, draft.source)):
            continue
        near = [other for span in draft.content for other in contents(span) if id(other) in kept]
        rival = next((other for other in near if _alike(draft, other)), None)
        if rival is None:
            kept.add(id(draft))
            left.append(draft)
        elif rival.cue is None and rival.origin == "issuer" and draft.cue is not None:
            rival.cue, rival.reading = draft.cue, draft.reading
    return sorted(left, key=lambda draft: draft.content[0])


def _alike(draft: Draft, other: Draft) -> bool:
    if not any(mine.overlaps(its) for mine in draft.content for its in other.content):
        return False
    if _reported_in(draft, other) or _reported_in(other, draft):
        return False
    shared = sum(
        max(0, min(mine.end, its.end) - max(mine.start, its.start)) for mine in draft.content for its in other.content
    )
    return 2 * shared >= _SAME_WORDS * (sum(map(len, draft.content)) + sum(map(len, other.content)))


def _reported_in(inner: Draft, outer: Draft) -> bool:
    """Whether a quotation, its cue included, is reported inside another's words."""
    return inner.cue is not None and any(piece.contains(inner.hull) for piece in outer.content)


def _last_end(draft: Draft) -> int:
    return max(span.end for span in draft.content)


def _enclosers(drafts: list[Draft]) -> list[int | None]:
    """For each draft, in text order, the smallest one whose content holds all of its content, cue and source."""
    enclosers: list[int | None] = []
    open_pieces: list[tuple[Span, int]] = []
    for index, draft in enumerate(drafts):
        hull = draft.hull
        open_pieces = [(piece, owner) for piece, owner in open_pieces if piece.end > draft.content[0].start]
        around = [
            (len(piece), owner)
            for piece, owner in open_pieces
            if drafts[owner] is not draft
            and piece.contains(Span(draft.content[0].start, _last_end(draft)))
            and piece.start <= hull.start
            and len(piece) > len(draft.content[0])
        ]
        enclosers.append(min(around)[1] if around else None)
        open_pieces.extend((piece, index) for piece in draft.content)
    return enclosers


def _in_talk(drafts: list[Draft], enclosers: list[int | None], index: int, context: Context) -> bool:
    """Whether a draft inside a quotation or a turn is the speaker's own talk: "I said that ...", unless in marks."""
    outer = enclosers[index]
    if outer is None:
        return False
    source = drafts[outer].source
    label = source.of(context.text) if drafts[outer].origin == "turn" and source else None
    return documents.only_mentioned(drafts[index], label, context.text)


def _continue(drafts: list[Draft], enclosers: list[int | None], context: Context) -> None:
    """Lets quoted sentences without a cue follow the speaker of the same or the preceding paragraph."""
    last: Draft | None = None
    last_paragraph = -1
    for draft, encloser in zip(drafts, enclosers, strict=True):
        paragraph = context.paragraph_index(draft.content[0].start)
        near = paragraph == last_paragraph or (paragraph == last_paragraph + 1 and _begins_paragraph(draft, context))
        if draft.origin == "marks" and encloser is None and last is not None and near:
            draft.origin, draft.follows, draft.score = "continuation", last, 0.6
        if draft.mode != "thought" and encloser is None:
            last, last_paragraph = draft, context.paragraph_index(_last_end(draft) - 1)


def _begins_paragraph(draft: Draft, context: Context) -> bool:
    paragraph = context.paragraph_at(draft.content[0].start)
    return paragraph is not None and context.words(paragraph.span.start, draft.content[0].start) == 0


def _confidence(draft: Draft) -> float:
    """The frame's or rule's score, raised half-way to certainty when marks hold exactly the same words."""
    score = min(1.0, max(0.0, draft.score))
    return score + (1.0 - score) / 2 if draft.agreement and draft.origin == "frame" else score


def _findings(drafts: list[Draft], enclosers: list[int | None]) -> tuple[Finding, ...]:
    place = {id(draft): index for index, draft in enumerate(drafts)}
    return tuple(
        Finding(
            Quotation(
                form=draft.form,
                mode=draft.mode,
                act=draft.act,
                content=tuple(draft.content),
                cue=Cue(draft.cue, draft.reading.lemma) if draft.cue and draft.reading else None,
                source=draft.source,
                inside=encloser,
                confidence=_confidence(draft),
            ),
            draft.origin,
            place[id(draft.follows)] if draft.follows else None,
        )
        for draft, encloser in zip(drafts, enclosers, strict=True)
    )


def _merged(findings: tuple[Finding, ...], added: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """All findings in the order of the text; ``inside`` and ``follows`` of both point to ``findings`` before."""
    if not added:
        return findings
    together = [*findings, *added]
    order = sorted(range(len(together)), key=lambda i: (together[i].quotation.content[0].start, i))
    place = {old: new for new, old in enumerate(order)}

    def moved(index: int | None) -> int | None:
        return None if index is None else place[index]

    return tuple(
        replace(
            together[i],
            quotation=replace(together[i].quotation, inside=moved(together[i].quotation.inside)),
            follows=moved(together[i].follows),
        )
        for i in order
    )

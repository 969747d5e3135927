"""Detection's last word: structure, marks, model frames and rules become one list of findings."""

from __future__ import annotations

from dataclasses import replace

from quotes.analysis import Analysis, Finding
from quotes.detection.context import Context
from quotes.detection.drafts import Draft, from_frame
from quotes.model import Article, Cue, Quotation, Span


def detect(article: Article, analysis: Analysis) -> tuple[Finding, ...]:
    """The quotations of an article, in the order of the text."""
    context = Context(article, analysis)
    drafts = [draft for frame in analysis.frames if (draft := from_frame(frame, context)) is not None]
    drafts = [draft for draft in drafts if not _silent(draft, context)]
    return _findings(drafts, context)


def _silent(draft: Draft, context: Context) -> bool:
    paragraph = context.paragraph_at(draft.content[0].start)
    return paragraph is not None and paragraph.silent


def _findings(drafts: list[Draft], context: Context) -> tuple[Finding, ...]:
    drafts.sort(key=lambda draft: (draft.content[0].start, -draft.content[-1].end))
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
                confidence=draft.score,
            ),
            draft.origin,
            place[id(draft.follows)] if draft.follows else None,
        )
        for draft in drafts
    )

"""Frames that lack a part: the content that a cue without one must have, the cue of a bare quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from quotes.analysis import Frame
from quotes.detection import cues
from quotes.detection.context import Context, stripped
from quotes.detection.layout import Locator
from quotes.detection.tables import group
from quotes.model import Span

_CLAUSE_END = regex.compile(
    r"[,;]\s+(?:and|but|while|although|though|which|who|as|when|after|according|in a)\b|;|\s[—–]\s"
)
_FIRST_WORD = regex.compile(r"\w+")
_MOST_TAIL_WORDS = 8  # of "in an interview on Monday" behind a cue that follows its content
_TRUST = 0.6  # what a guessed content leaves of the frame's score


class Completer:
    """Finds the content of frames without one, among the words that no other frame uses."""

    def __init__(self, context: Context, frames: Sequence[Frame]) -> None:
        self._context = context
        self._sentences = Locator(context.analysis.sentences)
        self._used = sorted(span for frame in frames for span in [*frame.cue, *frame.source, *frame.content])

    def complete(self, frame: Frame) -> Frame | None:
        """The frame with the clause beside its cue as content; None when there is none to be had."""
        if not frame.cue or not _says(frame.cue[0].of(self._context.text)):
            return None
        own = [*frame.cue, *frame.source]
        hull = Span(min(span.start for span in own), max(span.end for span in own))
        index = self._sentences.index(frame.cue[0].start)
        if index is None:
            return None
        sentence = self._sentences.spans[index]
        before = self._free(stripped(self._context.text, sentence.start, max(sentence.start, hull.start)), left=True)
        after = self._free(stripped(self._context.text, hull.end, max(hull.end, sentence.end)), left=False)
        content = self._choose(before, after, hull)
        if content is None or self._context.words(content.start, content.end) < 1:
            return None
        return replace(frame, content=(content,), score=frame.score * _TRUST)

    def _choose(self, before: Span, after: Span, hull: Span) -> Span | None:
        text = self._context.text
        led_on = len(before) > 0 and text[before.end - 1] in ",”\"'’?!—–"
        follows_content = led_on and self._context.words(before.start, before.end) > 2
        first = _FIRST_WORD.search(text, after.start, after.end)
        adverbial = first is None or (
            first.group().lower() in group("preposition") | group("time")
            and self._context.words(after.start, after.end) <= _MOST_TAIL_WORDS
        )
        if follows_content and adverbial:
            return stripped(text, before.start, before.end, ",")
        if first is None:
            return None
        start = stripped(text, after.start, after.end, ",:").start
        end = after.end
        if match := _CLAUSE_END.search(text, start + 1, end):
            end = match.start()
        return stripped(text, start, max(start, end), ",.;")

    def _free(self, span: Span, left: bool) -> Span:
        """The part of ``span`` next to the frame that no frame's cue, source or content touches."""
        start, end = span.start, span.end
        for used in self._used:
            if used.start >= end or used.end <= start:
                continue
            if left:
                start = min(used.end, end)
            else:
                return Span(start, max(start, used.start))
        return Span(start, end)


def _says(cue: str) -> bool:
    """Whether a cue is a sure verb of saying or "according to": others may well stand without content."""
    reading = cues.read(cue)
    return "sure" in reading.frames and not reading.withheld and not reading.unreal

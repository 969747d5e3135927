"""Interviews in print, whose questions are paragraphs or headings of their own, without labels."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from quotes.detection.documents.headings import heading_text, is_running
from quotes.detection.documents.lines import Line
from quotes.detection.documents.turn import Transcript, Turn
from quotes.detection.documents.vocabulary import pattern
from quotes.model import Article, Span

_ADDRESSES = regex.compile(r"\b(?:you|your|yours)\b", regex.I)
_FIRST_PERSON = regex.compile(r"(?<![\p{L}\p{N}.])(?:I|I[’'](?:m|ve|d|ll)|my|we|our|us)(?![\p{L}.])", regex.I)
_BOLD = regex.compile(r"(?:\*\*|__)[^*\n]+(?:\*\*|__)")
_QUOTED = regex.compile(r"[“\"«„]")
_LONGEST_QUESTION = 600
_FEWEST = 3  # questions


def unlabelled(article: Article, found: Sequence[Line]) -> Transcript:
    """The questions and answers of an interview whose heading or lead says that it is one; else no turns."""
    text = article.text
    asked = _in_bold(text, found) or _questions(text, found)
    if len(asked) < _FEWEST or not pattern("kinds", "interview").search(_opening(article, found, asked[0])):
        return Transcript()
    turns: list[Turn] = []
    answers: list[Span] = []
    for number, (start, stop) in enumerate(zip(asked, [*asked[1:], len(found)], strict=True)):
        content = _answer(text, found, range(start + 1, stop), last=number == len(asked) - 1)
        turns.append(Turn(None, (_unmarked(text, found[start].span),), asked=True))
        if content:
            turns.append(Turn(None, content))
            answers.extend(content)
    spoken = sum(bool(_FIRST_PERSON.search(span.of(text))) for span in answers)
    if 2 * len(answers) < len(asked) or 4 * spoken < len(answers):
        return Transcript()
    share = sum(len(piece) for turn in turns for piece in turn.content) / max(1, sum(len(line.span) for line in found))
    return Transcript(tuple(turns), tuple(found[: asked[0]]), min(1.0, share))


def _in_bold(text: str, found: Sequence[Line]) -> list[int]:
    """The paragraphs set in bold ("**...**"), where most of them ask something."""
    bold = [
        i
        for i, line in enumerate(found)
        if len(line.span) > 8 and _BOLD.fullmatch(text, line.span.start, line.span.end)
    ]
    asking = sum(text[found[i].span.start : found[i].span.end].rstrip("*_ ").endswith("?") for i in bold)
    while bold and (bold[0] == 0 or pattern("kinds", "interview").search(text, *_range(found[bold[0]].span))):
        bold.pop(0)  # the title, and the lead that says who talks to whom
    return bold if 2 * asking >= len(bold) else []


def _range(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _unmarked(text: str, span: Span) -> Span:
    inner = span.of(text)
    start = span.start + len(inner) - len(inner.lstrip("*_ "))
    return Span(start, max(start, span.end - (len(inner) - len(inner.rstrip("*_ ")))))


def _questions(text: str, found: Sequence[Line]) -> list[int]:
    """The lines that ask: headings where the questions are headings, else paragraphs that end with their question."""
    asks = [
        i
        for i, line in enumerate(found)
        if not line.stage
        and len(line.span) <= _LONGEST_QUESTION
        and line.span.of(text).rstrip("*_ ").endswith("?")
        and not _QUOTED.match(text, line.span.start)
    ]
    headings = [i for i in asks if found[i].role == "heading"]
    if len(headings) >= _FEWEST:
        return headings
    # an answer may end with a question, too: not to whoever asked
    kept = [i for i in asks if len(found[i].span) < 120 or _ADDRESSES.search(found[i].span.of(text))]
    return [i for i in kept if i + 1 < len(found)]


def _opening(article: Article, found: Sequence[Line], first: int) -> str:
    before = [line.span.of(article.text) for line in found[:first]]
    return "\n".join([heading_text(article), *before[:4], *before[-2:]])


def _answer(text: str, found: Sequence[Line], numbers: range, last: bool) -> tuple[Span, ...]:
    content: list[Span] = []
    for i in numbers:
        line = found[i]
        if line.end or (last and pattern("furniture", "closing").match(line.span.of(text))):
            break
        if not line.stage and (line.role != "heading" or is_running(text, line)):
            content.append(line.span)
    return tuple(content)

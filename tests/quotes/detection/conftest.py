"""Analyses made by hand: tokens and sentences by simple patterns, frames as words of the text."""

from collections.abc import Callable, Sequence

import pytest
import regex

from quotes.analysis import Analysis, Finding, Frame
from quotes.detection import detect
from quotes.model import Article, Block, Role, Span

_TOKEN = regex.compile(r"(?:\p{L}\.){2,}|\w+(?:[-'’]\w+)*|''|[^\w\s]")
_SENTENCE = regex.compile(r"\S[^\n]*?(?:(?<!\b(?:Mr|Mrs|Ms|Dr|Gen))[.!?]['\"”’]*(?=\s|$)|(?=\n|$))")
Words = str | tuple[str, int]


def span_of(text: str, words: Words) -> Span:
    """Where ``words`` stand: the first place, or the n-th of ``(words, n)``, counted from 0."""
    phrase, nth = words if isinstance(words, tuple) else (words, 0)
    at = -1
    for _ in range(nth + 1):
        at = text.index(phrase, at + 1)
    return Span(at, at + len(phrase))


def frame(text: str, source: Words | None, cue: Words | None, *content: Words, score: float = 0.9) -> Frame:
    def spans(words: Sequence[Words | None]) -> tuple[Span, ...]:
        return tuple(span_of(text, one) for one in words if one is not None)

    return Frame(spans([cue]), spans([source]), spans(content), score)


def analysis_of(text: str, frames: Sequence[Frame] = ()) -> Analysis:
    return Analysis(
        tuple(Span(*match.span()) for match in _TOKEN.finditer(text)),
        tuple(Span(*match.span()) for match in _SENTENCE.finditer(text)),
        tuple(frames),
    )


class Detected:
    """The findings of one text, with their words at hand."""

    def __init__(self, text: str, findings: tuple[Finding, ...]) -> None:
        self.text = text
        self.findings = findings

    def __len__(self) -> int:
        return len(self.findings)

    def said(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.quotation.mode != "thought"]

    def rows(self) -> list[tuple[str | None, str | None, list[str]]]:
        """(source, cue, content pieces) of every quotation that is no thought."""
        return [
            (
                finding.quotation.source.of(self.text) if finding.quotation.source else None,
                finding.quotation.cue.span.of(self.text) if finding.quotation.cue else None,
                [span.of(self.text) for span in finding.quotation.content],
            )
            for finding in self.said()
        ]

    def contents(self) -> list[list[str]]:
        return [content for _, _, content in self.rows()]


Detect = Callable[..., Detected]


@pytest.fixture(scope="session")
def detected() -> Detect:
    """``detected(text, (source, cue, content, ...), ..., roles=[...])``: the findings of a text with these frames.

    With ``roles``, the text's lines become blocks of these roles.
    """

    def run(text: str, *frames: tuple, roles: Sequence[Role] | None = None) -> Detected:
        blocks = []
        if roles is not None:
            lines = [line for line in text.split("\n") if line]
            blocks = [Block(span_of(text, line), role) for line, role in zip(lines, roles, strict=True)]
        made = [one if isinstance(one, Frame) else frame(text, *one) for one in frames]
        return Detected(text, detect(Article(text, blocks=tuple(blocks)), analysis_of(text, made)))

    return run

"""A document's lines of text as its structure needs them: one paragraph each, page furniture left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import regex

from quotes.detection import layout
from quotes.detection.documents.vocabulary import pattern
from quotes.model import Article, Role, Span

_LINE = regex.compile(r"[^\n\f\v\u2028\u2029]+")
_DIGITS = regex.compile(r"\d+")
_LOWER_START = regex.compile(r"\p{Ll}")
_SENTENCE_END = regex.compile(r"[.!?…:][\"'”’)\]]*$")
# A label inside a paragraph, where a page's line ends were lost: "... stable. QUESTION: And Rome?"
_INLINE = regex.compile(
    r"(?<=[.?!…)\"”’][ ]{1,3})(?=(?:Question|Answer|Q|A|QUESTION|ANSWER|MODERATOR|"
    r"(?:MR|MS|MRS|DR)\.?\s\p{Lu}[\p{Lu}'’-]+|THE \p{Lu}{4,}|"
    r"(?:PRESIDENT|SECRETARY|(?:FOREIGN |PRIME )?MINISTER|AMBASSADOR)(?:\s\p{Lu}[\p{Lu}'’-]+)?)\s?:\s)"
)
_LABEL_START = regex.compile(r"[*_]{0,3}(?:Q(?:uestion)?|A(?:nswer)?|[\p{Lu}][\p{Lu}.'’ -]{2,50})[*_]{0,3}\s*:")

_ADDED = 0.4  # the share of a document that notes, contacts and the like take up at most


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. ``stage``: nothing but a stage direction or a time; ``end``: what follows is no more of the text."""

    span: Span
    role: Role = "body"
    stage: bool = False
    end: bool = False


def lines(article: Article) -> tuple[Line, ...]:
    """The paragraphs in order, without page numbers, running heads and the like.

    A hard-wrapped paragraph stays one; other paragraphs end at every line end. Offsets point into ``article.text``.
    """
    text = article.text
    blocks = layout.paragraphs(article)
    wrapped = _hard_wrapped([block.span.of(text) for block in blocks])
    raw = [
        (piece, block.role)
        for block in blocks
        for span in _split(block.span, text, wrapped)
        for piece in _at_labels(span, text)
    ]
    furniture = _furniture([span.of(text) for span, _ in raw])
    stage, end, rule = (pattern("furniture", name) for name in ("stage", "ends", "rules"))
    total = sum(len(span) for span, _ in raw)
    before, out = 0, []
    for index, (span, role) in enumerate(raw):
        words = span.of(text) if len(span) < 200 else ""
        # a row of stars parts the sections of a text, or the text from what is added to it: that is short
        ends = bool(end.fullmatch(words)) or (bool(rule.fullmatch(words)) and total - before < _ADDED * total)
        before += len(span)
        if ends or (index not in furniture and role != "furniture"):
            out.append(Line(span, role, bool(stage.fullmatch(words)), ends))
    return tuple(out)


def _split(block: Span, text: str, wrapped: bool) -> Iterator[Span]:
    start: int | None = None
    end = block.start
    for match in _LINE.finditer(text, block.start, block.end):
        words = match.group()
        if not words.strip():
            continue
        first = match.start() + len(words) - len(words.lstrip())
        if start is not None and (not wrapped or _LABEL_START.match(text, first)):
            yield Span(start, end)
            start = None
        start = first if start is None else start
        end = match.start() + len(words.rstrip())
    if start is not None:
        yield Span(start, end)


def _at_labels(span: Span, text: str) -> Iterator[Span]:
    start = span.start
    for match in _INLINE.finditer(text, span.start, span.end) if ":" in text[span.start : span.end] else ():
        if match.start() > start:
            yield Span(start, start + len(text[start : match.start()].rstrip()))
            start = match.start()
    yield Span(start, span.end)


def _hard_wrapped(blocks: Sequence[str]) -> bool:
    """Whether line ends inside paragraphs are only the page's: lines of like length that break inside sentences."""
    inner = [line.strip() for block in blocks for line in block.split("\n")[:-1] if line.strip()]
    if len(inner) < 4:
        return False
    lengths = [len(line) for line in inner]
    broken = sum(not _SENTENCE_END.search(line) for line in inner)
    return 45 <= median(lengths) <= 100 and max(lengths) <= 130 and broken > 0.6 * len(inner)


def _furniture(texts: Sequence[str]) -> set[int]:
    """Indices of page numbers, contact lines and of running heads and feet.

    A running line comes back with another page number, or word for word beside a page number.
    """
    shape = pattern("furniture", "patterns")
    found = {i for i, words in enumerate(texts) if len(words) < 130 and shape.fullmatch(words)}
    masked: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for words in texts:
        if len(words) < 100 and not _SENTENCE_END.search(words):
            masked.setdefault(_DIGITS.sub("#", words), set()).add(words)
            counts[words] += 1
    for i, words in enumerate(texts):
        if len(words) >= 100 or _SENTENCE_END.search(words) or i in found:
            continue
        key = _DIGITS.sub("#", words)
        numbered = "#" in key and len(key) > 3 and len(masked[key]) >= 3 and not _LOWER_START.match(words)
        beside = counts[words] >= 2 and ({i - 1, i + 1} & found) and len(words) > 3
        if (numbered and regex.search(r"#\W*$|^\W*#", key)) or beside:
            found.add(i)
    return found

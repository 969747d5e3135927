"""Statements: first-person texts given whole to who signs them, and the performative sentences of bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from quotes.analysis import Analysis, Finding
from quotes.detection.documents import resolutions
from quotes.detection.documents.headings import head_of, heading_text, is_running
from quotes.detection.documents.labels import shape_of
from quotes.detection.documents.lines import Line
from quotes.detection.documents.reports import Report, reports
from quotes.detection.documents.turns import transcript
from quotes.detection.documents.vocabulary import bare, pattern, words
from quotes.detection.layout import Locator
from quotes.model import Article, Cue, Form, Quotation, Span

_FIRST = regex.compile(r"(?<![\p{L}\p{N}.])(?:I|I[’'](?:m|ve|d|ll)|my|me|myself|My)(?![\p{L}’'.])")
_QUOTED = regex.compile(r"“[^“”\n]*”|\"[^\"\n]*\"|«[^«»\n]*»")
_BY = regex.compile(
    r"(?:\b(?:by|of|from)\b|^)\s*(?:the\s+)?(?P<who>\p{Lu}(?:(?!\b(?:by|from)\b)[^\n,;:()–—])*?)(?=\s*(?:[,;:()\n–—]|$|[’']s?\s"
    r"|\b(?:on|at|to|after|following|regarding|concerning|about|during|in|for|before|marking|ahead|with|and)\b\s))"
)
# "Following is the text of Secretary-General Jo Berg's remarks at ...:", "This is a transcript of the briefing by ..."
_FOLLOWING = regex.compile(
    r"(?:[Tt]he\s+)?(?:[Ff]ollowing|[Bb]elow)\s+(?:is|are)\b|[Tt]he following\b|[Tt]his is\b|[Tt]ranscript of\b|"
    r"[Tt]ext of\b|[Rr]emarks (?:by|of)\b"
)
_ALOUD = regex.compile(
    r"\b(?:remarks|speech|transcript|message|address|briefing|keynote|lecture|toast|comments|delivered)\b", regex.I
)
_SPEECH = (
    r"(?:statement|remarks|speech|address|message|letter|comments?|keynote|lecture|intervention|toast|text|transcript|briefing|"
    r"opening|closing|response|answers|introduction|contribution|reply)"
)
_OF = regex.compile(rf"\b{_SPEECH}(?:\s+\p{{L}}+)?\s*$", regex.I)
_BODY = regex.compile(
    r"^(?:the )?(?:department|ministry|embassy|office|government|commission|council|agency|bureau|mission)\b", regex.I
)
_BY_INSIDE = regex.compile(rf"\b(?:by|{_SPEECH})\b", regex.I)  # "A STATEMENT BY THE MINISTER" names nobody
_OWNED = regex.compile(
    rf"(?P<who>(?:\p{{Lu}}[\p{{L}}\p{{M}}.’'-]*\s+|of\s+|for\s+|and\s+|the\s+){{1,10}}?\p{{Lu}}[\p{{L}}\p{{M}}.-]*)[’']s?\s+(?:\p{{L}}+\s+){{0,3}}?{_SPEECH}\b"
)
_MARK = regex.compile(r"[“\"«„‘]")
_QUOTE_ENDS = ("”", '"', "»")


@dataclass(frozen=True, slots=True)
class Signed:
    """A text in the first person singular: whose it is, as the heading or signature names them, and its paragraphs."""

    who: Span | None
    name: str
    content: tuple[Span, ...]


@lru_cache(maxsize=16)
def signed(article: Article) -> Signed | None:
    """The first-person text of one person that a document holds before any turns; None when there is none."""
    text, head = article.text, head_of(article)
    found = transcript(article)
    opening = found.turns[0].label if found.turns else None
    limit = opening.span.start if opening else len(text)
    body = [line for line in head.body if line.span.start < limit and not line.stage]
    running = [line for line in body if is_running(text, line)]
    introduced = _introduction(text, running[:2])
    if introduced and not _spoken(text, running[introduced[0] :]):
        introduced = None
    running = running[introduced[0] + 1 :] if introduced else running
    if not running or not (introduced or _first_person(text, running)):
        return None
    named = pattern("kinds", "statement").search(heading_text(article))
    if _MARK.match(text, running[0].span.start) or not (introduced or named):
        return None
    who = introduced[1] if introduced else _named_in(text, head.heading) or _signature(text, body)
    title = article.title or ""
    name = who.of(text) if who else next((m["who"] for m in _named_by(title) if _is_person(m["who"])), "")
    if not name:
        return None
    if not introduced and running[0].span.of(text).endswith(":") and len(running) > 1:
        running = running[1:]
    first = _salutation(text, head.heading, running[0])
    content = tuple(line.span for line in (*head.heading, *body) if line.span.start >= first and _speaks(text, line))
    return Signed(who, name, content)


def _introduction(text: str, running: Sequence[Line]) -> tuple[int, Span] | None:
    """The paragraph that says whose spoken words follow, by number, and the person's words in it."""
    for number, line in enumerate(running):
        if not _FOLLOWING.match(text, line.span.start) or line.span.of(text)[-1] not in ":.":
            continue
        written = line.span.of(text)
        for match in (*_named_by(written), *_OWNED.finditer(written)):
            if _is_person(match["who"]) and not regex.search(r"\b[Ss]pokes", written[: match.start("who")][-40:]):
                return number, Span(line.span.start + match.start("who"), line.span.start + match.end("who"))
    return None


def _spoken(text: str, running: Sequence[Line]) -> bool:
    """Whether the words that follow an introduction are somebody's own, and not a body's statement that they issued."""
    return bool(_ALOUD.search(running[0].span.of(text))) or _first_person(text, running[1:])


def _salutation(text: str, heading: Sequence[Line], first: Line) -> int:
    """Where the speech begins: at "Good morning." and "Excellencies," above its first paragraph."""
    start = first.span.start
    for line in reversed(heading):
        if line.stage or line.role in {"title", "date", "byline"} or text[line.span.end - 1] not in ".!,…":
            break
        start = line.span.start
    return start


def _speaks(text: str, line: Line) -> bool:
    """A paragraph, a salutation or a "Thank you.", but no subheading and no signature."""
    return is_running(text, line) or text[line.span.end - 1] in ".!?…,—"


def _first_person(text: str, running: Sequence[Line]) -> bool:
    plain = [_QUOTED.sub("", line.span.of(text)) for line in running]
    count = sum(len(_FIRST.findall(words_)) for words_ in plain)
    length = sum(len(words_.split()) for words_ in plain)
    return count >= 2 and count / max(1, length) > 0.006


def _is_person(phrase: str) -> bool:
    shape = shape_of(phrase)
    return shape is not None and shape.kind == "person" and len(phrase.split()) < 12


def _named_in(text: str, heading: Sequence[Line]) -> Span | None:
    """Whom the heading names as the speaker: with a title, else with two names, "by X" before "X's remarks"."""
    found = [
        (line.span.start, match)
        for finder in (_named_by, _OWNED.finditer)
        for line in heading
        for match in finder(line.span.of(text))
        if _is_person(match["who"])
    ]
    titled = (one for one in found if any(bare(w) in words("titles", "words") for w in one[1]["who"].split()))
    full = (one for one in found if len(one[1]["who"].split()) > 1)
    chosen = next(titled, None) or next(full, None)
    return None if chosen is None else Span(chosen[0] + chosen[1].start("who"), chosen[0] + chosen[1].end("who"))


def _named_by(written: str) -> Iterator[regex.Match[str]]:
    """ "by X", "from X"; "of X" only of a speech ("the death of X" names no speaker)."""
    for match in _BY.finditer(written, overlapped=True):
        before = written[: match.start("who")].rstrip()
        if _BY_INSIDE.search(match["who"]) or _BODY.search(match["who"].split(",")[0]):
            continue
        if not regex.search(r"\bof(?:\s+the)?$", before) or _OF.search(before.rsplit("of", 1)[0]):
            yield match


def _signature(text: str, body: Sequence[Line]) -> Span | None:
    for line in body[-4:]:
        written = line.span.of(text).strip()
        if not is_running(text, line) and _is_person(written.split(",")[0].strip("—–- ")):
            name = written.split(",")[0].strip("—–- ")
            start = line.span.start + line.span.of(text).find(name)
            return Span(start, start + len(name))
    return None


def signed_finding(article: Article) -> Iterator[Finding]:
    """The first-person text as one direct quotation."""
    if (found := signed(article)) and found.content:
        yield Finding(Quotation("direct", "speech", "state", found.content, None, found.who), "issuer")


def resolved(article: Article) -> Iterator[Finding]:
    """What a body states in the clauses of its resolution."""
    for report in resolutions.clauses(article):
        yield Finding(_quotation(article.text, report), "issuer")


def performatives(article: Article, analysis: Analysis, own: bool, taken: Sequence[Span]) -> Iterator[Finding]:
    """The statements that structure alone finds, outside ``taken`` (disjoint spans).

    With ``own`` the document speaks for the body that issued it: its "we" and "the Sides" are the issuer.
    """
    text, issuer = article.text, False
    elsewhere = Locator(sorted(taken))
    for sentence in analysis.sentences:
        near = elsewhere.before(sentence.end - 1)
        if near >= 0 and elsewhere.spans[near].overlaps(sentence):
            continue
        for report in reports(text, sentence):
            source = report.subject.lower()
            issuer = own and (source == "we" or is_issuer(report.subject) or (source == "they" and issuer))
            yield Finding(_quotation(text, report), "issuer" if issuer else "frame")


def is_issuer(subject: str) -> bool:
    """Whether a subject is the document's own body by its common noun alone ("the two Sides", "the Ministry")."""
    low = [bare(word) for word in subject.split()]
    small = {
        "the",
        "both",
        "all",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "our",
        "of",
        "state",
        "and",
        "foreign",
        "prime",
        "eu",
        "security",
        "un",
    }
    nouns = words("performatives", "issuers")
    return bool(low) and all(word in nouns or word in small for word in low) and any(word in nouns for word in low)


def _quotation(text: str, report: Report) -> Quotation:
    content = report.content.of(text)
    form: Form = "indirect"
    if _MARK.search(content) and any(mark in content for mark in _QUOTE_ENDS):
        form = "mixed"
    span = report.content
    if (
        form == "mixed"
        and _MARK.match(content)
        and content.endswith(_QUOTE_ENDS)
        and not any(m in content[1:-1] for m in _QUOTE_ENDS)
    ):
        form, span = "direct", Span(span.start + 1, span.end - 1)
    return Quotation(form, "speech", report.act, (span,), Cue(report.cue, report.lemma), report.source, confidence=0.8)  # type: ignore[arg-type]

"""What kind of document a text is, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from quotes.detection.documents import roundups
from quotes.detection.documents.headings import head_of, heading_text, is_running, rough_sentences
from quotes.detection.documents.lines import lines
from quotes.detection.documents.reports import reports
from quotes.detection.documents.resolutions import clauses
from quotes.detection.documents.statements import is_issuer, signed
from quotes.detection.documents.turns import transcript
from quotes.detection.documents.vocabulary import pattern
from quotes.model import Article, DocumentKind

_MARK = regex.compile(r"[“”\"«»]")
_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class KindReport:
    """The kind, with the observations that led to it in plain words."""

    kind: DocumentKind
    evidence: tuple[str, ...]


@lru_cache(maxsize=64)
def kind_of(article: Article) -> KindReport:
    """The kind of a document from its text; ``article.kind`` where that is set."""
    if article.kind is not None:
        return KindReport(article.kind, ("given",))
    found = transcript(article)
    opening = signed(article) if found.turns else None
    share = found.share + sum(map(len, opening.content)) / max(1, len(article.text)) if opening else found.share
    if found.share >= 0.5 or (len(found.turns) > 2 and (share >= 0.5 or (len(found.turns) > 3 and share > 0.3))):
        labels = len({turn.label.key for turn in found.turns if turn.label})
        return KindReport(
            "transcript", (f"{len(found.turns)} turns under {labels} labels", f"{found.share:.0%} of the text")
        )
    if len(resolved := clauses(article)) > 2:
        return KindReport("statement", (f"{len(resolved)} clauses of a resolution",))
    minutes = _meeting(article) if pattern("kinds", "minutes").search(_opening(article)) else None
    return minutes or _roundup(article) or _statement(article) or _meeting(article) or _by_name(article)


@dataclass(frozen=True, slots=True)
class _Counts:
    """Shares of the sentences: with a performative, with the issuer as its subject, with quotation marks."""

    reporting: float
    issuing: float
    quoted: float
    subjects: int
    sentences: int


@lru_cache(maxsize=16)
def _counts(article: Article) -> _Counts:
    text = article.text
    running = [line for line in head_of(article).body if is_running(text, line)]
    sentences = rough_sentences(text, running)[:_SAMPLE]
    found = [list(reports(text, sentence)) for sentence in sentences]
    total = max(1, len(sentences))
    return _Counts(
        sum(map(bool, found)) / total,
        sum(any(one.subject.lower() == "we" or is_issuer(one.subject) for one in each) for each in found) / total,
        sum(bool(_MARK.search(text, sentence.start, sentence.end)) for sentence in sentences) / total,
        len({one.subject for each in found for one in each}),
        len(sentences),
    )


def _opening(article: Article) -> str:
    """The heading and some lines more: minutes name themselves after what the archive has put on top."""
    return heading_text(article) + "\n" + article.text[:1200]


def _named(article: Article, kind: str) -> str | None:
    match = pattern("kinds", kind).search(heading_text(article))
    return " ".join(match.group().split()) if match else None


def _roundup(article: Article) -> KindReport | None:
    text = article.text
    collected = roundups.items(article)
    total = max(1, sum(len(line.span) for line in lines(article)))
    share = sum(len(span) for one in collected for span in one.quotation.content) / total
    if len(collected) > 2 and (share >= 0.4 or _named(article, "roundup")):
        return KindReport("roundup", (f"{len(collected)} quotations beside names", f"{share:.0%} of the text"))
    dates = sum(
        bool(pattern("kinds", "date").fullmatch(line.span.of(text))) for line in lines(article) if len(line.span) < 40
    )
    if dates > 3:
        return KindReport("roundup", (f"{dates} dates as headings",))
    times = sum(
        bool(pattern("kinds", "time").fullmatch(line.span.of(text))) for line in lines(article) if len(line.span) < 30
    )
    if times > 2:
        return KindReport("roundup", (f"{times} entries with their times",))
    dated = sum(bool(pattern("kinds", "dated").match(line.span.of(text))) for line in lines(article))
    if dated > 3 and 3 * dated > sum(is_running(text, line) for line in lines(article)):
        return KindReport("roundup", (f"{dated} paragraphs begin with a date",))
    return None


def _statement(article: Article) -> KindReport | None:
    named, counts = _named(article, "statement"), _counts(article)
    if one := signed(article):
        return KindReport("statement", (f"heading: {named}", f"first person, by {one.name}"))
    if named and (counts.issuing >= 0.08 or (counts.reporting >= 0.25 and counts.quoted < 0.2)):
        return KindReport(
            "statement", (f"heading: {named}", f"{counts.reporting:.0%} of the sentences are performative")
        )
    if counts.issuing >= 0.2 and counts.quoted < 0.2:
        return KindReport("statement", (f"the issuer states something in {counts.issuing:.0%} of the sentences",))
    return None


def _meeting(article: Article) -> KindReport | None:
    strong = pattern("kinds", "minutes").search(_opening(article))
    named, counts = _named(article, "meeting") or (strong.group() if strong else None), _counts(article)
    # coverage of a council quotes a few words in every other sentence; other texts with so many marks are news
    most_quoted = 0.5 if named and counts.reporting >= 0.3 else 0.2
    if counts.sentences < 3 or counts.quoted > most_quoted or counts.subjects < 2:
        return None
    news = article.agency or any(block.role in {"dateline", "byline"} for block in article.blocks)
    if not named and (news or counts.subjects < 3):
        return None
    if counts.reporting >= (0.2 if named else 0.5):
        evidence = [f"{counts.reporting:.0%} of the sentences report what somebody stated"]
        return KindReport("meeting-summary", (*([f"heading: {named}"] if named else []), *evidence))
    return None


def _by_name(article: Article) -> KindReport:
    named, counts = _named(article, "roundup"), _counts(article)
    if named and counts.quoted >= 0.3 and counts.subjects > 3:
        return KindReport("roundup", (f"heading: {named}", f"{counts.quoted:.0%} of the sentences hold quotations"))
    return KindReport("article", ("no other kind's structure",))

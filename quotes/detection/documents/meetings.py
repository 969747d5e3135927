"""Meeting coverage: sentences and paragraphs that go on with a speaker's paraphrase without a new cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from quotes.analysis import Analysis, Finding
from quotes.detection.documents.headings import head_of, is_running
from quotes.detection.documents.kind import kind_of
from quotes.detection.documents.reports import narrates
from quotes.detection.documents.vocabulary import pattern
from quotes.detection.layout import Locator
from quotes.model import Article, Quotation, Span

_MARK = regex.compile(r"[“”\"«»]")
# Words of paraphrase: a speaker's wishes and forecasts in reported speech.
_PARAPHRASE = regex.compile(
    r"\b(?:would|should|must|could|might|ought|needs?|needed|is|are|had|has|have|will|may|cannot|can)\b", regex.I
)
_EARLIER = regex.compile(r"\bhad\s+(?:\p{L}+ly\s+|also\s+|already\s+|once\s+)?\p{L}+(?:\s+\p{L}+)?$")
_AS = regex.compile(r"As\s+[^,]*$")
# A paragraph that is one delegate's throughout: "ANA LIMA (Portugal) said", "Mr. LIMA (Portugal),".
_DELEGATE = regex.compile(r"(?:\d+\.\s+)?(?:(?:Mr|Ms|Mrs|Dr|Sir)\.?\s+)?\p{Lu}[\p{Lu}\p{M}’'. -]{3,40}(?:\s\(|,\s)")
_LEADING = regex.compile(r"(?:[(\[]?\d{1,3}[.)\]]\s+|[a-z][.)]\s+)")


def continue_paragraphs(article: Article, analysis: Analysis, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Further indirect findings of a meeting's summary, to be added to ``findings`` (the new ones only, in text order).

    Each is a run of sentences within one paragraph that no finding touches and that goes on with the paraphrase before
    it: no cue, no source, origin "continuation", ``follows`` the index in ``findings`` of what it goes on from.
    """
    if kind_of(article).kind != "meeting-summary":
        return ()
    return tuple(_continue(article, analysis, findings))


def _continue(article: Article, analysis: Analysis, findings: Sequence[Finding]) -> Iterator[Finding]:
    text, sentences = article.text, analysis.sentences
    paragraphs = Locator([line.span for line in head_of(article).body if is_running(text, line)])
    touched = _touched(text, sentences, findings)
    last, place, run = -1, -1, list[int]()
    for number, sentence in enumerate(sentences):
        paragraph = paragraphs.index(sentence.start)
        if paragraph is None or number in touched or paragraph != place:
            yield from _flush(text, sentences, run, last)
            run = []
        if paragraph is None:
            last, place = -1, -1
            continue
        if paragraph != place and not (
            paragraph == place + 1 and _whole(text, sentences, paragraphs.spans[paragraph], number)
        ):
            last = -1
        place = paragraph
        if number in touched:
            last = touched[number]
        elif last >= 0 and _goes_on(
            text, sentence, begun=bool(run or _DELEGATE.match(text, paragraphs.spans[paragraph].start))
        ):
            run.append(number)
        else:
            yield from _flush(text, sentences, run, last)
            run, last = [], -1
    yield from _flush(text, sentences, run, last)


def _touched(text: str, sentences: Sequence[Span], findings: Sequence[Finding]) -> dict[int, int]:
    """The sentences with a statement of their own -> the finding to go on from, -1 when it is none to go on from."""
    place = Locator(sentences)
    out: dict[int, int] = {}
    for index, finding in enumerate(findings):
        if finding.quotation.mode == "thought" or _looks_back(text, sentences, place, finding):
            continue
        for span in _spans(finding):
            for number in range(max(0, place.before(span.start)), place.before(max(span.start, span.end - 1)) + 1):
                if finding.quotation.inside is None or number not in out:
                    out[number] = index if _reports(finding) else out.get(number, -1)
    return out


def _looks_back(text: str, sentences: Sequence[Span], place: Locator, finding: Finding) -> bool:
    """Whether a statement is one that the speaker tells of in turn: "X had said", "As X said, ..."."""
    cue = finding.quotation.cue
    number = place.index(cue.span.start) if cue else None
    if cue is None or number is None:
        return False
    before = text[sentences[number].start : cue.span.start]
    return bool(_EARLIER.search(before + cue.span.of(text)) or _AS.match(before))


def _spans(finding: Finding) -> list[Span]:
    quotation = finding.quotation
    cue = [quotation.cue.span] if quotation.cue else []
    source = [quotation.source] if quotation.source else []
    return [*quotation.content, *cue, *source]


def _reports(finding: Finding) -> bool:
    quotation = finding.quotation
    return (
        quotation.mode == "speech"
        and quotation.form != "direct"
        and finding.origin in {"frame", "issuer", "continuation"}
    )


def _whole(text: str, sentences: Sequence[Span], paragraph: Span, first: int) -> bool:
    """Whether a paragraph without any cue plainly is paraphrase: most of its sentences say what would or should be."""
    inside = []
    for sentence in sentences[first:]:
        if sentence.start >= paragraph.end:
            break
        inside.append(sentence)
    wishes = sum(bool(regex.search(r"\b(?:would|should|must|could|might|ought)\b", one.of(text))) for one in inside)
    return bool(inside) and 2 * wishes >= len(inside)


def _goes_on(text: str, sentence: Span, begun: bool) -> bool:
    """Whether a sentence can be paraphrase; once a run has ``begun``, without the words that mark it as such."""
    written = sentence.of(text)
    if _MARK.search(written) or len(written) < 15 or not regex.search(r"[.!?]\W*$", written):
        return False
    start = sentence.start + (skip.end() if (skip := _LEADING.match(written)) else 0)
    if pattern("continuation", "narrators").match(text, start, sentence.end):
        return False
    return (begun or bool(_PARAPHRASE.search(written))) and not narrates(text, sentence)


def _flush(text: str, sentences: Sequence[Span], run: Sequence[int], follows: int) -> Iterator[Finding]:
    if run and follows >= 0:
        content = Span(sentences[run[0]].start, sentences[run[-1]].end)
        yield Finding(Quotation("indirect", "speech", "state", (content,), confidence=0.6), "continuation", follows)

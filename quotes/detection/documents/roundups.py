"""Round-ups: collected quotations, each under or beside the name of who said it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from quotes.analysis import Finding
from quotes.detection import cues
from quotes.detection.documents.headings import is_running
from quotes.detection.documents.labels import Label, label_at, shape_of
from quotes.detection.documents.lines import Line, lines
from quotes.detection.documents.turns import transcript
from quotes.detection.documents.vocabulary import bare, pattern, words
from quotes.detection.inflection import verb_forms
from quotes.model import Article, Cue, Quotation, Span

_WHOLE_QUOTE = regex.compile(
    r"\s*(?:“(?P<a>[^“”]+(?:“[^“”]*”[^“”]*)*)”|\"(?P<b>[^\"]+)\"|«(?P<c>[^«»]+)»|‘(?P<d>[^‘\n]+)’)(?P<after>[.,;]?\s*(?:\[[^\[\]]{1,12}\]|\([^()]{1,60}\))*\s*)$"
)
_DASH_NAME = regex.compile(r"\s*(?:[-–—―~]{1,3}|--)\s*(?P<name>@?\p{Lu}[^\n.!?“”\"]{2,110}?)\s*$")
_QUOTE_DASH = regex.compile(
    r"\s*[-–—•*]?\s*(?:“(?P<a>[^“”]+)”|\"(?P<b>[^\"]+)\"|«(?P<c>[^«»]+)»)\s*(?:[-–—―~]{1,3})\s*(?P<name>\p{Lu}[^\n.!?“”\"]{2,110}?)\.?\s*$"
)
_HANDLE = regex.compile(
    r"[-–—•*\s]*(?:RT\s+)?(?P<name>\p{Lu}[\p{L}\p{M}.'’ -]{1,60}?)?\s*\(?(?P<handle>@\w{2,30})\)?\s*"
    r"(?P<date>[·•|,-]?\s*(?:\p{Lu}\p{Ll}{2,8}\.?\s+\d{1,2}(?:,\s*\d{4})?|\d{1,2}\s+\p{Lu}\p{Ll}{2,8}\s*\d{0,4}|\d{1,2}h))?\s*(?P<colon>:)?\s*"
)
_EMBED = regex.compile(
    r"(?P<text>\S.*?\S)\s*(?:—|–|--)\s*(?P<name>\p{Lu}[^\n@()—–]{1,60}?)\s*\((?P<handle>@\w{2,30})\)\s*(?P<date>\p{Lu}\p{Ll}+\s+\d{1,2},\s*\d{4})?\s*$"
)
_BEHIND_NAME = regex.compile(r"[-–—•*\s]*(?P<who>\p{Lu}[^:“\"«]{3,140}?)\s*(?P<colon>:)\s*(?=[“\"«])")
_OVER_QUOTE = regex.compile(r"[-–—•*\s]*(?P<who>\p{Lu}[^:“\"«]{3,140}?)\s*(?P<colon>:)?\s*")
_OFFICE_LINE = regex.compile(r"(?P<name>\p{Lu}[^,:\n]{2,60}),\s+(?P<office>[^\n:]{3,120}?)(?P<colon>:)?$")
_ANY_MARK = regex.compile(r"[“”\"«»„]")
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:[’'-][\p{L}\p{M}]+)*")
_NAME = r"\p{Lu}[\p{L}\p{M}.'’-]*(?:\s+(?:(?:of|for|the|and|al|bin|de)\s+){0,2}\p{Lu}[\p{L}\p{M}.'’-]*)*"
_SUBJECT = regex.compile(
    rf"(?:(?<=^|[,\s])(?:[Tt]he(?:\s+[\p{{L}}\p{{M}}.’'-]+){{1,6}}|(?:[Tt]he\s+)?{_NAME}|[Hh]e|[Ss]he|[Tt]hey))$"
)
_OPENING_NAME = regex.compile(rf"(?:[Tt]he\s+)?{_NAME}(?=\s+\p{{Ll}})")
_ADVERBS = regex.compile(r"(?:\s+(?:also|then|later|further|again|has|have|had|\p{L}+ly))+\s*$")
# What may stand between such a verb and its colon, and what before it denies it.
_TAIL = frozenset(
    {
        "on",
        "in",
        "to",
        "for",
        "of",
        "at",
        "the",
        "as",
        "this",
        "that",
        "via",
        "today",
        "yesterday",
        "later",
        "earlier",
        "within",
        "minutes",
        "hours",
        "shortly",
        "afterwards",
        "after",
        "by",
        "from",
        "with",
        "again",
        "simply",
        "then",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    }
)
_WHO = regex.compile(r"\s*(?P<who>[^:;“\"]{3,90}?)(?=\s*:|,\s+who\b|,?\s+(?:in|at|on|to|after|himself|herself)\s)")
_FIRST = regex.compile(r"(?<![\p{L}\p{N}.])(?:I|I[’'](?:m|ve|d|ll)|we|our|us|my|me)(?![\p{L}.])", regex.I)
_DENIED = frozenset({"not", "never", "is", "are", "was", "were", "be", "been"})
_WRITTEN = frozenset({"write", "tweet", "post", "publish", "blog"})


@lru_cache(maxsize=16)
def items(article: Article) -> tuple[Finding, ...]:
    """The quotations that a collection's layout gives away, in order; none for a transcript."""
    if len(transcript(article).turns) > 1:
        return ()
    text, found = article.text, lines(article)
    out = [
        *_labelled(text, found),
        *_headed(text, found),
        *_under_names(text, found),
        *_dashed(text, found),
        *_posts(text, found),
        *_blocks(text, found),
    ]
    kept: list[Finding] = []
    end = 0
    for finding in sorted(out, key=lambda one: one.quotation.content[0]):
        if finding.quotation.content[0].start >= end:
            kept.append(finding)
            end = finding.quotation.content[-1].end
    return tuple(kept)


def _finding(
    content: Sequence[Span], source: Span | None, cue: Cue | None, turn: bool, written: bool = False
) -> Finding:
    mode = "writing" if written else "speech"
    quotation = Quotation("direct", mode, "state", tuple(content), cue, source)  # type: ignore[arg-type]
    return Finding(quotation, "turn" if turn else "frame")


def _quote_inside(match: regex.Match[str]) -> tuple[int, int]:
    group = next(name for name in "abcd" if name in match.re.groupindex and match[name] is not None)
    inner = match[group]
    return match.start(group) + len(inner) - len(inner.lstrip()), match.start(group) + len(inner.rstrip(" ,;"))


def _labelled(text: str, found: Sequence[Line]) -> Iterator[Finding]:
    """ "Finnish President X: “...”": a label before words that stand in marks whole; two at least."""
    series: list[tuple[Label, Span]] = []
    for line in found:
        label = label_at(text, line.span)
        if label is None or label.colon is None or label.kind in {"question", "answer"}:
            continue
        match = _WHOLE_QUOTE.match(text, label.body, line.span.end)
        if match:
            series.append((label, Span(*_quote_inside(match))))
    if len(series) > 1 or (series and pattern("kinds", "roundup").search(text[:200])):
        for label, content in series:
            assert label.colon is not None
            yield _finding([content], label.span, Cue(label.colon, ":"), turn=True)


def _headed(text: str, found: Sequence[Line]) -> Iterator[Finding]:
    """A paragraph in marks under or behind who said it: "PRIME MINISTER JO BERG, in Bonn:"; two at least."""
    series: list[tuple[Span, Cue | None, Span]] = []
    for i, line in enumerate(found):
        if match := _BEHIND_NAME.match(text, line.span.start, line.span.end):
            who, colon = Span(*match.span("who")), match.start("colon")
            whole = _WHOLE_QUOTE.match(text, match.end(), line.span.end)
        else:
            after = found[i + 1].span if i + 1 < len(found) else Span(line.span.end, line.span.end)
            match = _OVER_QUOTE.fullmatch(text, line.span.start, line.span.end) if len(line.span) < 150 else None
            whole = _WHOLE_QUOTE.match(text, after.start, after.end) if match else None
            who, colon = (Span(*match.span("who")), match.start("colon")) if match else (after, -1)
        if whole is None or (name := _who_of(text, who)) is None:
            continue
        cue = Cue(Span(colon, colon + 1), ":") if colon >= 0 else None
        series.append((name, cue, Span(*_quote_inside(whole))))
    if len(series) > 1:
        for name, cue, content in series:
            yield _finding([content], name, cue, turn=True)


def _who_of(text: str, who: Span) -> Span | None:
    """The name in "FOREIGN MINISTER JO BERG, his friend, to radio", as far as it names somebody."""
    first = regex.split(r",|\s[–—-]\s|\(", who.of(text), maxsplit=1)[0].rstrip()
    shape = shape_of(first) if first else None
    return Span(who.start, who.start + len(first)) if shape is not None and shape.kind in {"person", "outlet"} else None


def _under_names(text: str, found: Sequence[Line]) -> Iterator[Finding]:
    """Lines "Name, Office" (with or without colon) with that person's words below them; three at least."""
    heads: dict[int, regex.Match[str]] = {}
    for i, line in enumerate(found):
        written = line.span.of(text) if len(line.span) < 170 else ""
        match = _OFFICE_LINE.fullmatch(written.strip("*_# "))
        if match and (shape := shape_of(match["name"])) and shape.kind == "person" and _is_office(match["office"]):
            heads[i] = match
    if len(heads) < 3:
        return
    for i, match in heads.items():
        body: list[Line] = []
        for number in range(i + 1, len(found)):
            line = found[number]
            if line.end or not is_running(text, line) or number in heads:
                break
            body.append(line)
        written = " ".join(line.span.of(text) for line in body)
        surname = match["name"].split()[-1]
        if not body or regex.search(rf"\b{regex.escape(surname)}\b", written):
            continue
        start = text.index(match["name"], found[i].span.start)
        colon = text.find(":", start, found[i].span.end) if match["colon"] else -1
        cue = Cue(Span(colon, colon + 1), ":") if colon >= 0 else None
        content = [_unmarked(text, line.span) for line in body]
        yield _finding(content, Span(start, start + len(match["name"])), cue, turn=True)


def _is_office(phrase: str) -> bool:
    return any(bare(word) in words("titles", "words") for word in phrase.split())


def _unmarked(text: str, span: Span) -> Span:
    """The span without quotation marks around all of it."""
    match = _WHOLE_QUOTE.match(text, span.start, span.end)
    return Span(*_quote_inside(match)) if match else span


def _dashed(text: str, found: Sequence[Line]) -> Iterator[Finding]:
    """A quotation with a dash and a name behind it, on the same line or the next."""
    for i, line in enumerate(found):
        match = _QUOTE_DASH.match(text, line.span.start, line.span.end)
        if match and _names_someone(match["name"]):
            yield _finding([Span(*_quote_inside(match))], _name_span(text, match), None, turn=True)
        elif i + 1 < len(found) and (whole := _WHOLE_QUOTE.match(text, line.span.start, line.span.end)):
            after = found[i + 1].span
            named = _DASH_NAME.match(text, after.start, after.end) if len(after) < 130 else None
            if named and _names_someone(named["name"]):
                yield _finding([Span(*_quote_inside(whole))], _name_span(text, named), None, turn=True)


def _names_someone(phrase: str) -> bool:
    shape = shape_of(phrase.split("(")[0].split(",")[0].strip())
    return shape is not None and shape.kind in {"person", "outlet", "office"}


def _name_span(text: str, match: regex.Match[str]) -> Span:
    name = match["name"].split(",")[0].split("(")[0].rstrip()
    return Span(match.start("name"), match.start("name") + len(name))


def _posts(text: str, found: Sequence[Line]) -> Iterator[Finding]:
    """Social-media posts: "Name (@handle): text", a head line over the text, "text — Name (@handle) March 3, 2031"."""
    for i, line in enumerate(found):
        start, end = line.span.start, line.span.end
        if "@" not in text[start:end]:
            continue
        if embed := _EMBED.fullmatch(text, start, end):
            yield _finding([_unmarked(text, Span(*embed.span("text")))], Span(*embed.span("name")), None, True, True)
        elif (match := _HANDLE.match(text, start, end)) and (match["colon"] or match["date"] or match.end() == end):
            name = match["name"] is None and match.end() == end and i and _bare_name(text, found[i - 1].span)
            source = Span(*match.span("name")) if match["name"] else name or Span(*match.span("handle"))
            cue = Cue(Span(*match.span("colon")), ":") if match["colon"] else None
            if match.end() < end:
                yield _finding([_unmarked(text, Span(match.end(), end))], source, cue, True, True)
            elif i + 1 < len(found) and "@" not in found[i + 1].span.of(text)[:40]:
                yield _finding([_unmarked(text, found[i + 1].span)], source, cue, True, True)


def _bare_name(text: str, line: Span) -> Span | None:
    """The line above a handle where it is a name alone ("Jo Berg" over "@joberg")."""
    shape = shape_of(line.of(text)) if len(line) < 60 else None
    return line if shape is not None and shape.kind in {"person", "office", "outlet"} else None


def _blocks(text: str, found: Sequence[Line]) -> Iterator[Finding]:
    """A paragraph without marks after "... X said:"; in a marked-up block quote ("> ...") all its lines."""
    for i, line in enumerate(found[:-1]):
        written = line.span.of(text)
        if not written.endswith(":") or _ANY_MARK.search(written[-160:]):
            continue
        cue = _closing_cue(text, line.span)
        who = None if cue else _brought_in(text, line.span, found[i + 1].span)
        if cue is None and who is None:
            continue
        body = [found[i + 1]]
        if body[0].span.of(text).startswith(">"):
            body = list(_marked_block(text, found[i + 1 :]))
        content = [_without_arrow(text, one.span) for one in body]
        if not is_running(text, body[0]) or _ANY_MARK.match(text, content[0].start) or label_at(text, body[0].span):
            continue
        if cue is None:
            yield _finding(content, who, None, False)
        else:
            yield _finding(content, _subject_before(text, line.span, cue.span.start), cue, False, cue.lemma in _WRITTEN)


def _brought_in(text: str, line: Span, block: Span) -> Span | None:
    """Whom a line brings in without a verb of saying: "Here is more from Germany's chancellor, Jo Berg, in Bonn:"."""
    match = pattern("blocks", "intros").search(text, line.start, line.end)
    if match is None or not _FIRST.search(text, block.start, block.end):
        return None
    named = _WHO.match(text, match.end(), line.end)
    return Span(*named.span("who")) if named else None


def _marked_block(text: str, found: Sequence[Line]) -> Iterator[Line]:
    for line in found:
        if not text.startswith(">", line.span.start):
            return
        yield line


def _without_arrow(text: str, span: Span) -> Span:
    inner = text[span.start : span.end]
    skip = len(inner) - len(inner.lstrip("> "))
    return Span(span.start + skip, span.end)


def _closing_cue(text: str, span: Span) -> Cue | None:
    """The verb of saying that ends a line before its colon ("said:", "wrote on Twitter:")."""
    start = max(span.start, span.end - 90)
    tokens = list(_WORD.finditer(text, start, span.end - 1))
    lows = [token.group().lower() for token in tokens]
    for at in range(len(lows) - 1, max(-1, len(lows) - 7), -1):
        found = cues.entry_at(lows, at)
        if found is None or found[0].lemma not in words("blocks", "quoting"):
            continue
        lemma, after = found[0].lemma, lows[at + found[1] :]
        clause = text[max(start, text.rfind(",", start, tokens[at].start()) + 1) : tokens[at].start()]
        if (after and after[0] not in _TAIL) or clause.lower().lstrip().startswith("as "):
            return None
        infinitive = lows[at] == verb_forms(lemma)[0] and lemma != "read"
        if infinitive or any(low in _DENIED for low in lows[max(0, at - 2) : at]):
            return None
        return Cue(Span(tokens[at].start(), tokens[at + found[1] - 1].end()), lemma)
    return None


def _subject_before(text: str, span: Span, verb: int) -> Span | None:
    """The name, pronoun or description right before a verb, else the name that opens the sentence."""
    sentence = max(span.start, *(text.rfind(stop, span.start, verb) + 2 for stop in (". ", "? ", "! ")))
    before = _ADVERBS.sub("", text[sentence:verb]).rstrip(" ,")
    match = _SUBJECT.search(before) or _OPENING_NAME.match(before)
    return Span(sentence + match.start(), sentence + match.end()) if match else None

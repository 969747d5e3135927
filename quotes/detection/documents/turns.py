"""The turns of a transcript: which of the labels in a text are speakers' labels, and which words belong to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import regex

from quotes.detection.documents.interviews import unlabelled
from quotes.detection.documents.labels import Label, is_stage_aside, label_at
from quotes.detection.documents.lines import Line, lines
from quotes.detection.documents.turn import Transcript, Turn
from quotes.detection.documents.vocabulary import bare, pattern, words
from quotes.model import Article, Span

_SENTENCE = regex.compile(r"[.?!…][\"'”’)\]]*\s*$|[.?!]\s")
_QUOTED_BODY = regex.compile(r"\s*[“\"«„‘]")
_TALK = regex.compile(r"\p{Ll}[^.?!…]*[.?!…—–-]|(?:\p{L}+\W+){4}")
_WORD = regex.compile(r"[\p{L}\p{M}'’-]+")
_LISTED = regex.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s")
_DASH = regex.compile(r"[-–—]")
_LEADERS = regex.compile(r"(?:\s*\.){3,}|…+")


@lru_cache(maxsize=16)
def transcript(article: Article) -> Transcript:
    """The document's turns; none when its labels are not speakers' labels."""
    text, found = article.text, lines(article)
    labels = [None if line.stage or line.end else label_at(text, line.span, own_line=True) for line in found]
    head_names = _head_names(text, found, labels)
    labels = [None if index in head_names else label for index, label in enumerate(labels)]
    accepted = _accept(text, found, labels)
    if not accepted:
        return unlabelled(article, found)
    first = min(accepted)
    total = sum(len(line.span) for line in found)
    before = sum(len(line.span) for line in found[:first])
    turns = _turns(text, found, accepted, embedded=before > 0.5 * total)
    share = sum(len(piece) for turn in turns for piece in turn.content) / max(1, total)
    named = tuple((label.key.removeprefix("the "), name) for label, name in head_names.values())
    return Transcript(turns, found[:first], min(1.0, share), named)


def _head_names(text: str, found: Sequence[Line], labels: Sequence[Label | None]) -> dict[int, tuple[Label, str]]:
    """Head lines that only introduce who stands behind a label ("HOST: Anna Berg"), by line number."""
    out: dict[int, tuple[Label, str]] = {}
    last = {label.key.removeprefix("the "): index for index, label in enumerate(labels) if label}
    in_head = True
    for index, (line, label) in enumerate(zip(found, labels, strict=True)):
        if label is None or label.colon is None or not (in_head or label.key == "witness"):
            continue
        body = _LEADERS.sub(" ", text[label.body : line.span.end]).strip()
        tokens = [token.strip("(),") for token in body.split()]
        later = last[label.key.removeprefix("the ")] > index or label.key == "witness"
        introduces = (
            later
            and 1 < len(tokens) <= 10
            and body[-1] not in ".?!…"
            and all(token[:1].isupper() or bare(token) in words("labels", "inner_words") for token in tokens)
        )
        in_head = in_head and introduces
        if introduces:
            out[index] = (label, body)
    return out


def _accept(text: str, found: Sequence[Line], labels: Sequence[Label | None]) -> dict[int, Label]:
    """The labels that are speakers' labels, by line number; empty when the document has no turns."""
    counts = Counter(label.key for label in labels if label)
    marked = {i: label for i, label in enumerate(labels) if label and (label.colon or label.key in {"q", "a"})}
    bare_lines = {i: label for i, label in enumerate(labels) if label and i not in marked}
    common = (
        _lower_words(text) if marked or any(counts[label.key] > 1 for label in bare_lines.values()) else frozenset()
    )
    supported = {i: label for i, label in marked.items() if _supported(label, counts, common)}
    supported |= _by_surname(text, marked, common)
    titled = {i: label for i, label in marked.items() if _titled(text, label)}
    if len({label.key for label in titled.values()}) > 1:
        supported |= titled
    supported |= _alone(text, found, bare_lines, counts, common) | _stopped(text, bare_lines, counts)
    joined = _with_company(text, marked, supported, common)
    spoken = sum(
        bool(_TALK.search(text, label.body, found[i].span.end)) or label.own_line for i, label in joined.items()
    )
    if 2 * spoken < len(joined) or _outline(joined):
        return {}
    return dict(sorted(joined.items())) if _established(text, found, joined) else {}


def _alone(
    text: str, found: Sequence[Line], bare_lines: dict[int, Label], counts: Counter[str], common: frozenset[str]
) -> dict[int, Label]:
    """The labels without a colon that fill their lines: repeated, or with a place in brackets ("Jo Berg (Leith)")."""
    fit = {
        i: label
        for i, label in bare_lines.items()
        if label.own_line and label.kind in {"question", "answer", "person", "office"} and not _common(label, common)
    }
    alone = {i: label for i, label in fit.items() if counts[label.key] > 1 or _bracketed(label)}
    if len({label.key for label in alone.values()}) < 2:
        return {}
    titled = {i: label for i, label in fit.items() if _titled(text, label) or label.kind == "office"}
    followed = {
        i: label for i, label in titled.items() if i + 1 < len(found) and _SENTENCE.search(found[i + 1].span.of(text))
    }
    together = alone | followed
    return together if len(together) > 3 and _talk(text, found, together) else {}


def _bracketed(label: Label) -> bool:
    return any(not is_stage_aside(aside) and aside[:1].isupper() for aside in label.asides)


def _stopped(text: str, bare_lines: dict[int, Label], counts: Counter[str]) -> dict[int, Label]:
    """The labels before a full stop; a single one could be a sentence."""
    beside = {i: label for i, label in bare_lines.items() if not label.own_line}
    dashed = {i: label for i, label in beside.items() if _DASH.search(text, label.span.end, label.body)}
    talking = len({label.key for label in dashed.values() if counts[label.key] > 2}) > 1
    stopped = {i: label for i, label in beside.items() if talking or i not in dashed}
    repeated = any(counts[label.key] > 1 for label in stopped.values())
    return stopped if repeated and len({label.key for label in stopped.values()}) > 1 else {}


def _outline(accepted: dict[int, Label]) -> bool:
    """Whether the only labels are "A." without any "Q.": the letters of an outline."""
    return all(label.key == "a" and label.colon is None for label in accepted.values())


def _with_company(
    text: str, marked: dict[int, Label], supported: dict[int, Label], common: frozenset[str]
) -> dict[int, Label]:
    """The supported labels with those that stand once and are of their kind."""
    if not supported:
        return {}
    capitals = all(_in_capitals(text, label) for label in supported.values())
    out = dict(supported)
    for _ in range(2):
        known = {bare(word) for label in out.values() for word in label.key.split()}
        out |= {
            i: label for i, label in marked.items() if i not in out and _joins(text, label, capitals, known, common)
        }
    return out


def _supported(label: Label, counts: Counter[str], common: frozenset[str]) -> bool:
    if label.sure:
        return True
    if label.kind in {"question", "answer", "function", "office", "outlet"}:
        return counts[label.key] > 1
    return counts[label.key] > 1 and not _common(label, common)


def _by_surname(text: str, marked: dict[int, Label], common: frozenset[str]) -> dict[int, Label]:
    """The labels of one person under several names: "President of Russia X:" and later "X:"."""
    upper = [_in_capitals(text, label) for label in marked.values() if label.kind == "person"]
    shouted = 2 * sum(upper) > len(upper)
    fit = {
        i: label
        for i, label in marked.items()
        if label.kind == "person"
        and not _common(label, common)
        and not _QUOTED_BODY.match(text, label.body)
        and (_in_capitals(text, label) or not shouted)
    }
    surnames = Counter(_surname(label) for label in fit.values())
    return {i: label for i, label in fit.items() if surnames[_surname(label)] > 1}


def _surname(label: Label) -> str:
    """The last word of a label's name: of "kate boland, cnn anchor" and of "prime minister boland" it is "boland"."""
    name = [bare(word) for word in label.key.split(",")[0].split()]
    return next((word for word in reversed(name) if word not in words("titles", "words")), name[-1])


def _in_capitals(text: str, label: Label) -> bool:
    return regex.sub(r"[(\[][^()\[\]]*[)\]]", "", text[label.span.start : label.span.end]).isupper()


def _titled(text: str, label: Label) -> bool:
    """Whether a label is a person's with title or office, before words that do not stand in marks."""
    titles = words("titles", "words")
    parts = [bare(word) for word in label.key.replace("/", " ").split()]
    return label.kind == "person" and any(part in titles for part in parts) and not _QUOTED_BODY.match(text, label.body)


def _established(text: str, found: Sequence[Line], supported: dict[int, Label]) -> bool:
    """Whether the supported labels show that people talk here."""
    if not supported:
        return False
    keys = {label.key for label in supported.values()}
    counts = Counter(label.key for label in supported.values())
    asks = any(label.kind in {"question", "answer"} for label in supported.values())
    titled = sum(_titled(text, label) for label in supported.values())
    if max(counts.values()) == 1 and not asks and titled < 2 and len(supported) > 2:
        return False  # nobody speaks twice: the heads of a bulletin's sections
    if len(keys) > 1 and len(supported) > 2:
        return True
    if len(keys) == 1 and counts[supported[min(supported)].key] > 2 and len(_asked(text, found, supported)) > 1:
        return True  # only who answers has a label
    total = sum(len(line.span) for line in found)
    first = min(supported)
    share = sum(len(line.span) for line in found[first:]) / max(1, total)
    asked = any(label.kind in {"question", "answer"} for label in supported.values())
    if len(keys) > 1 and share > 0.5:
        return True
    if asked and len(supported) > 1:
        return share > 0.3
    label = supported[first]
    styled = _in_capitals(text, label) and label.sure and label.kind in {"person", "office", "function"}
    return styled and share > 0.6 and not _QUOTED_BODY.match(text, label.body)


def _asked(text: str, found: Sequence[Line], labels: dict[int, Label]) -> set[int]:
    """The lines right before labels that ask something: with a question mark, or numbered as questions are."""
    return {
        i - 1
        for i in labels
        if i
        and i - 1 not in labels
        and (text[found[i - 1].span.end - 1] == "?" or _LISTED.match(text, found[i - 1].span.start))
    }


def _joins(text: str, label: Label, capitals: bool, known: set[str], common: frozenset[str]) -> bool:
    """Whether a label that stands once belongs to an established transcript."""
    upper = _in_capitals(text, label)
    if label.kind in {"question", "answer", "function", "outlet", "office"}:
        return upper or not capitals or label.kind != "office"
    if capitals and not upper:
        return False
    parts = label.key.split()
    if {bare(part) for part in parts} & known or upper or any(bare(part) in words("titles", "words") for part in parts):
        return True
    return len(parts) > 1 and not _common(label, common)


def _talk(text: str, found: Sequence[Line], alone: dict[int, Label]) -> bool:
    """Whether labels on lines of their own have sentences under them, and not one another or nothing."""
    filled = sum(
        i + 1 < len(found) and i + 1 not in alone and bool(_SENTENCE.search(found[i + 1].span.of(text))) for i in alone
    )
    return filled > 0.8 * len(alone)


def _lower_words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text) if word.islower())


def _common(label: Label, common: frozenset[str]) -> bool:
    """Whether a label is made of ordinary words: the text uses one of them without a capital."""
    skip = words("titles", "words") | words("labels", "inner_words")
    return any(bare(word) in common for word in label.key.split() if bare(word) not in skip and len(word) > 2)


def _turns(text: str, found: Sequence[Line], accepted: dict[int, Label], embedded: bool) -> tuple[Turn, ...]:
    out: list[Turn] = []
    current: Label | None = None
    content: list[Span] = []
    last, answering = max(accepted), False
    kinds = {label.kind for label in accepted.values()}
    # Where only the questions are labelled, each is a paragraph and what follows its answer.
    one_sided = kinds == {"question"}
    asked = {i - 1 for i in accepted} if kinds == {"answer"} else set()
    lone = len({label.key for label in accepted.values()}) == 1 and kinds <= {"office", "person"}
    questions = _asked(text, found, accepted) if lone else set()

    def skipped(index: int, line: Line) -> bool:
        written = line.span.of(text)
        heading = (line.role == "heading" and not _SENTENCE.search(written)) or (
            written.isupper() and written[-1] not in ".?!…" and len(written) > 3
        )
        return heading or (embedded and index > last) or (index in asked and written.endswith("?"))

    def close() -> None:
        if content and (current is not None or answering):
            out.append(Turn(current, tuple(content)))

    for index, line in enumerate(found):
        if label := accepted.get(index):
            close()
            current, content, answering = label, [], False
            first = Span(min(label.body, line.span.end), line.span.end)
            if len(first) and not _is_stage(first.of(text)):
                content.append(first)
        elif line.end or (index > last and pattern("furniture", "narrative").match(text, line.span.start)):
            close()
            current, content, answering = None, [], False
        elif index in questions:
            close()
            current, content, answering = None, [], False
            out.append(Turn(None, (line.span,), asked=True))
        elif not line.stage and (current is not None or answering) and not (content and skipped(index, line)):
            if one_sided and current is not None and content:
                close()
                current, content, answering = None, [], True
            content.append(line.span)
    close()
    return tuple(out)


def _is_stage(written: str) -> bool:
    return bool(regex.fullmatch(r"\s*(?:[(\[][^()\[\]]*[)\]]\s*)+[.]?", written))


def head_text(article: Article, found: Transcript) -> str:
    """The words before the first turn, with the title, one line a paragraph."""
    title = [article.title] if article.title else []
    return "\n".join(title + [line.span.of(article.text) for line in found.head])

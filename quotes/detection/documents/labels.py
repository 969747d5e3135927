"""Speaker labels: what stands before a turn, as it is written.

A label is recognised here by its own shape alone; whether a document's labels make it a transcript is decided in
``turns``. Styles: ``MR PRICE:``, ``Q  ``, ``Sergey Lavrov:``, ``**Name**:``, ``Name (Country) (spoke in French):``,
``Q12 Name:``, ``[00:01:12] Name:``, ``Senator Young. ``, a label on a line of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex

from quotes.detection.documents.vocabulary import bare, words
from quotes.model import Span

LabelKind = Literal["question", "answer", "function", "office", "person", "outlet"]

_LONGEST = 110
_MARKS = r"[*_]{0,3}"
_TIME = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?[\])]?\s+(?:[-–—]\s+)?)?"
_COLON = regex.compile(
    rf"{_TIME}(?:[-–—•>]\s+)?(?P<numbered>{_MARKS}Q\s?\d{{1,3}}\.?{_MARKS}\s+(?=\S[^:\n]*:))?{_MARKS}"
    rf"(?P<name>[\p{{Lu}}\p{{Lo}}(\[][^:：\n*]{{0,{_LONGEST}}}?)\s*{_MARKS}\s*[:：]{_MARKS}(?=\s|$|[\p{{Lu}}“\"(\[])"
)
_EMPHASIS = regex.compile(r"[*_]")
_LETTER = regex.compile(
    rf"{_TIME}{_MARKS}(?P<name>Q|A)(?P<stop>\.|\))?{_MARKS}(?P<gap>[  \t\u2003\u2002]{{1,12}}[-–—]?\s*)(?=\S)"
)
_OWN_LINE = regex.compile(
    rf"{_TIME}{_MARKS}(?P<name>[\p{{Lu}}\p{{Lo}}][^:：\n*]{{0,{_LONGEST}}}?){_MARKS}(?:\s+[\[(]?\d{{1,2}}:\d{{2}}(?::\d{{2}})?[\])]?)?$"
)
# The full stop of official reports: "The Chairman. We will begin.", "Mr. SMITH of Ohio. I yield."
_STOPPED = regex.compile(
    r"(?P<name>(?:(?:Mrs?|Ms|Dr|Sen|Rep|Gen|Adm|Amb|Lt|Col|Hon)\.\s+|[Tt]he\s+)?\p{Lu}[\p{L}\p{M}'’-]+"
    r"(?:\s+(?:\p{Lu}[\p{L}\p{M}'’-]+|\p{Lu}\.|of|de|van|von|the)){0,5}?)\.\s+(?=[\p{Lu}“\"(\[—–])"
)
# "JB - Good morning.", "THE CHAIRMAN.— Order."
_DASHED = regex.compile(
    r"(?P<name>(?:[\p{Lu}][\p{Lu}\p{M}.'’-]+|\p{Lu}\.)(?:\s[\p{Lu}][\p{Lu}\p{M}.'’-]*){0,3})\.?"
    r"(?:\s*[—–]\s*|\s+-{1,2}\s+)(?=\S)"
)
_ASKER = regex.compile(r"(?P<part>\p{L}{4,}) \p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+){0,2}")  # "FRAGE BERG"
_ASIDE = regex.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_TOKEN = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}.'’`/&-]*,?|[&,/–—-]")
_NAME_WORD = regex.compile(r"\p{Lu}[\p{L}\p{M}.'’`-]*$|\p{Lo}+$")
_CAPS = regex.compile(r"[\p{Lu}\p{M}\p{N}.'’`/&-]+$")
_NUMBER = regex.compile(r"(?:#|no\.?\s*|number\s+)?\d{1,3}$|one$|two$|three$|four$|five$|[a-h]$", regex.I)


@dataclass(frozen=True, slots=True)
class Label:
    """A label in the text.

    ``span`` is its words without marks, stage directions and colon; ``asides`` the words in brackets in it; ``body`` is
    where the turn's words start (the end of the line for a label on a line of its own). Labels of the same wording have
    the same ``key``. ``sure``: the wording alone makes it a label ("Question", "MR PRICE").
    """

    span: Span
    kind: LabelKind
    key: str
    body: int
    colon: Span | None = None
    asides: tuple[str, ...] = ()
    sure: bool = False
    own_line: bool = False


@dataclass(frozen=True, slots=True)
class _Shape:
    kind: LabelKind
    sure: bool


def label_at(text: str, line: Span, own_line: bool = False) -> Label | None:
    """The label at the start of ``line``; with ``own_line`` also one that fills the line without a colon."""
    head = text[line.start : min(line.end, line.start + _LONGEST + 60)]
    # emphasis inside a label ("**The President** (spoke in French):") is no part of it; places stay the same
    plain = _EMPHASIS.sub(" ", head)
    inset = len(plain) - len(plain.lstrip())
    for written, start in ((head, 0), (plain, inset)) if plain != head else ((head, 0),):
        if (match := _COLON.match(written, start)) and (label := _from_match(text, line, match, colon=True)):
            return label
    if match := _LETTER.match(head):
        stop, gap = match["stop"], match["gap"]
        wide = len(gap) > 1 or gap.strip(" ") != "" or bool(stop)
        if match["name"] == "Q" or wide:
            span = _shift(match.span("name"), line)
            kind: LabelKind = "question" if match["name"] == "Q" else "answer"
            return Label(span, kind, match["name"].lower(), line.start + match.end(), sure=wide)
    if (match := _STOPPED.match(head)) and (label := _stopped(text, line, match)):
        return label
    if (match := _DASHED.match(head)) and (label := _dashed(line, match)):
        return label
    if own_line and len(head) <= _LONGEST and (match := _OWN_LINE.match(head)) and head[-1] not in ".,;!?…”\"’'-":
        return _from_match(text, line, match, colon=False)
    return None


def _stopped(text: str, line: Span, match: regex.Match[str]) -> Label | None:
    """The label before a full stop: a title with a name ("Senator Young"), or an office or part with "the"."""
    core = match["name"]
    shape = shape_of(core)
    first, titled = bare(core.split()[0]), words("titles", "words")
    if shape is None or not (
        first in titled if shape.kind == "person" else first == "the" and shape.kind in {"office", "function"}
    ):
        return None
    span = _shift(match.span("name"), line)
    return Label(span, shape.kind, " ".join(core.casefold().split()), line.start + match.end())


def _dashed(line: Span, match: regex.Match[str]) -> Label | None:
    """The label in capitals before a dash: initials, a name with title, a part."""
    core = match["name"].rstrip(".")
    shape = shape_of(core)
    initials = len(core.replace(".", "")) <= 4 and " " not in core
    if shape is None or not (initials or shape.sure or shape.kind == "office"):
        return None
    start, end = match.start("name"), match.start("name") + len(core)
    return Label(_shift((start, end), line), shape.kind, " ".join(core.casefold().split()), line.start + match.end())


def _shift(span: tuple[int, int], line: Span) -> Span:
    return Span(line.start + span[0], line.start + span[1])


def _from_match(text: str, line: Span, match: regex.Match[str], colon: bool) -> Label | None:
    start, end = _shift(match.span("name"), line).start, _shift(match.span("name"), line).end
    written = _EMPHASIS.sub(" ", text[start:end])
    asides = tuple(aside.strip() for aside in _ASIDE.findall(written))
    core = _ASIDE.sub("", written).strip(" _*,-–—")
    if not core:
        return None
    shape = shape_of(core)
    if shape is None:
        return None
    first = written.find(core.split()[0])
    last = written.rfind(core.split()[-1])
    if first < 0 or last < first:  # an aside in the middle of a word
        return None
    span = Span(start + first, start + last + len(core.split()[-1]))
    if asides and not all(is_stage_aside(aside) for aside in asides) and written.rstrip().endswith((")", "]")):
        span = Span(span.start, start + len(written.rstrip()))
    at = text.find(":", end, line.end + 1) if colon else -1
    at = text.find("：", end, line.end + 1) if colon and at < 0 else at
    body = line.start + match.end()
    if text[end:body].count("*") % 2 or text.startswith("*:", max(0, body - 2)):
        body += len(text[body : line.end]) - len(text[body : line.end].lstrip("*"))
    body += len(text[body : line.end]) - len(text[body : line.end].lstrip())
    return Label(
        span,
        shape.kind,
        " ".join(core.casefold().split()),
        body,
        Span(at, at + 1) if at >= 0 else None,
        asides,
        shape.sure or (colon and match["numbered"] is not None),
        own_line=body >= line.end,
    )


def asides_of(label: str) -> tuple[str, ...]:
    """The words in brackets in a label's text."""
    return tuple(aside.strip() for aside in _ASIDE.findall(label))


def is_stage_aside(aside: str) -> bool:
    """Whether bracketed words in a label tell how or when it was said, rather than who said it."""
    low = aside.lower()
    return bool(regex.fullmatch(r"[\d:.\s]+", low)) or any(word in low for word in words("labels", "asides"))


def is_outlet(name: str) -> bool:
    """Whether a label's words name a news outlet."""
    low = bare(name).removeprefix("the ")
    outlets = words("outlets", "names")
    return low in outlets or f"the {low}" in outlets or (" " in low and low.split()[-1] in words("outlets", "endings"))


@lru_cache(maxsize=4096)
def shape_of(core: str) -> _Shape | None:
    """What kind of label these words can be; None when they cannot be one."""
    low = bare(core)
    tokens = low.split()
    if tokens and len(tokens) > 1 and _NUMBER.match(tokens[-1]):
        tokens = tokens[:-1]
    unnumbered = " ".join(tokens).removeprefix("the ").strip(" #-–—")
    if unnumbered in words("labels", "questioners") or regex.fullmatch(r"q\d{1,3}|q\.?", low):
        return _Shape(
            "question", unnumbered not in {"comment", "press", "media", "host", "student", "voice", "questions"}
        )
    if unnumbered.startswith(("question from ", "question by ", "question (", "question - ", "question – ")):
        return _Shape("question", True)
    if "," in core and bare(core.split(",")[0]) in words("labels", "questioners"):
        return _Shape("question", False)
    if (match := _ASKER.fullmatch(core)) and bare(match["part"]) in words("labels", "questioners") - words(
        "titles", "words"
    ):
        return _Shape("question", False)
    if unnumbered in words("labels", "answerers") or regex.fullmatch(r"a\d{1,3}", low):
        return _Shape("answer", unnumbered not in {"response", "guest", "reply", "answers"})
    if unnumbered in words("labels", "functions"):
        return _Shape("function", unnumbered not in {"all", "both", "participants", "staff"})
    if low in words("labels", "not_speakers") or low.removeprefix("the ") in words("labels", "not_speakers"):
        return None
    if is_outlet(core):
        return _Shape("outlet", False)
    if low.removeprefix("the ") in words("titles", "offices"):
        return _Shape("office", core.isupper() and (low.startswith("the ") or " " in low))
    return _named(core)


def _named(core: str) -> _Shape | None:
    """Persons, with or without title, and other runs of capitalised words."""
    found = [part for token in _TOKEN.findall(core) for part in token.rstrip(",").split("/") if part]
    if not found or len(found) > 16 or sum(map(len, found)) < len(regex.sub(r"[\s,/]", "", core)):
        return None
    titles, inner, particles = words("titles", "words"), words("labels", "inner_words"), words("labels", "particles")
    names, joined, several = 0, False, 1
    for word in found:
        low = bare(word)
        if low in titles:
            continue
        several += low == "and"
        if low in inner or not low:
            joined = joined or (low not in particles and not word.isupper() and low != "ii")
        elif _NAME_WORD.match(word):
            names += 1
        else:
            return None
    has_title = any(bare(word) in titles - words("titles", "fields") for word in found)
    if bare(found[0]) in words("labels", "not_speakers") and (not has_title or bare(found[0]) not in {"the", *titles}):
        return None
    if not names:
        return _Shape("office", core.isupper()) if has_title else None
    if has_title:
        surname_caps = core.isupper() and any(len(word) > 2 and _CAPS.match(word) for word in found)
        return _Shape("person", surname_caps or bare(found[0]) in {"mr", "mrs", "ms", "mme", "miss", "dr"})
    if names > 4 * several or (joined and "," not in core and several == 1):
        return None
    return _Shape("person", False)

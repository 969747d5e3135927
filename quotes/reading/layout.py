"""The parts of a document: title, standfirst, byline, dateline, date, captions, headings, furniture; all else is body.

Body is the default everywhere: furniture taken for body costs little, body taken for furniture loses quotations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from quotes.model import Block, Role, Span
from quotes.reading import header
from quotes.reading.paragraphs import paragraphs_of, trimmed
from quotes.reading.phrases import folded, phrases, start_of

_LABEL = regex.compile(r"(?:\p{Lu}[\p{L}.'’-]*)(?:[ ,][\p{L}.'’()-]+){0,6}:(?=\s|$)|(?:Q|A):?(?=\s{2,})")
_ENDS = regex.compile(r"[.!?…:;,—–-][\"'”’»)\]]*$|[\"'”’»]$")
_STOP = regex.compile(r"[.!?…][\"'”’»)\]]*$")
_INNER_STOP = regex.compile(r"(?<!\b[\p{Lu}]|\b(?:Mr|Mrs|Ms|Dr|St|Sen|Gov|Gen|Rep|vs|No))[.!?][\"'”’»)\]]*\s+\p{Lu}")
_SPEECH = regex.compile(r"[“\"«].{15,}[”\"»]|\b(?:said|says|told)\b")
_QUOTATION_MARK = regex.compile(r"[\"“”‘’«»]")
_BULLET = regex.compile(r"[-–—•*▪◦‣·]\s")
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_TRIM = " \t.:-–—|*>»›→▶"

_LABEL_LENGTH = 120
_TITLE_LENGTH = 220
_SENTENCE_TITLE_LENGTH = 130
_STANDFIRST_LENGTH = 450
_HEADING_LENGTH = 100
_CAPTION_LENGTH = 450
_CREDIT_LENGTH = 100  # how far from its end a caption's credit begins at most
_HEAD = 12  # paragraphs that may belong to the head of a document


@dataclass(slots=True)
class Layout:
    """The blocks of a text and what its header says of it."""

    blocks: list[Block] = field(default_factory=list)
    facts: header.Facts = field(default_factory=header.Facts)


def lay_out(text: str, title: str | None = None, known: Sequence[Block] = ()) -> Layout:
    """The blocks of ``text``, in order: never empty, no outer white space, every non-space character in exactly one.

    ``title`` is the document's title where its format told it, ``known`` are blocks whose format told their place and
    role (a known role other than body is kept).
    """
    known = _covering(text, known) if known else [Block(span, "body") for span in paragraphs_of(text)]
    roles = _Roles(text, [block.span for block in known], [block.role for block in known], title)
    return roles.layout()


def _covering(text: str, known: Sequence[Block]) -> list[Block]:
    """``known`` made whole: trimmed, and with body blocks where it leaves something out."""
    blocks: list[Block] = []
    end = 0
    for block in sorted(known, key=lambda block: block.span):
        start = max(block.span.start, end)
        blocks.extend(Block(_moved(span, end), "body") for span in paragraphs_of(text[end:start]))
        span = trimmed(text, start, max(start, min(block.span.end, len(text))))
        if len(span):
            blocks.append(Block(span, block.role))
        end = max(end, block.span.end)
    blocks.extend(Block(_moved(span, end), "body") for span in paragraphs_of(text[end:]))
    return blocks


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


class _Roles:
    """The roles of the paragraphs of one text, found in passes from the surest to the least sure."""

    def __init__(self, text: str, spans: list[Span], roles: list[Role], title: str | None) -> None:
        self.text, self.spans = text, spans
        self.words = [span.of(text) for span in spans]
        self.roles: list[Role | None] = [None if role == "body" else role for role in roles]
        self.facts = header.Facts(title=title)
        starts = Counter(match[0] for words in self.words if (match := _LABEL.match(words, 0, _LABEL_LENGTH)))
        self.labels = {label for label, count in starts.items() if count > 1}

    def layout(self) -> Layout:
        self._mark_furniture()
        self._mark_captions()
        self._mark_head()
        self._mark_headings()
        self._collect_facts()
        return Layout(list(self._blocks()), self.facts)

    def _free(self, index: int) -> bool:
        return self.roles[index] is None

    def _is_turn(self, words: str) -> bool:
        """Whether a paragraph begins with a label that begins others too, as the turns of a transcript do."""
        match = _LABEL.match(words, 0, _LABEL_LENGTH)
        return match is not None and match[0] in self.labels

    def _mark_furniture(self) -> None:
        for index, words in enumerate(self.words):
            if self._free(index) and is_furniture(words):
                self.roles[index] = "furniture"
        for index, words in enumerate(self.words):
            if self.roles[index] == "furniture" and folded(words).strip(_TRIM) in phrases().link_lists:
                self._mark_links(index + 1)

    def _mark_links(self, index: int) -> None:
        end = index
        while end < len(self.words) and self._free(end) and _is_link(self.words[end]):
            end += 1
        if end - index >= 2:
            self.roles[index:end] = ["furniture"] * (end - index)

    def _mark_captions(self) -> None:
        for index, words in enumerate(self.words):
            if self._free(index) and len(words) <= _CAPTION_LENGTH and not self._is_turn(words) and is_caption(words):
                self.roles[index] = "caption"

    def _mark_head(self) -> None:
        """Title, standfirst, byline and date: what stands before the body, read from the top."""
        end = self._end_of_head()
        dates = [
            index for index in range(len(self.words)) if self._free(index) and header.is_date_line(self.words[index])
        ]
        # dates between paragraphs of text are the headings of a chronicle, and then so is the first of them
        chronicle = sum(self._has_text(earlier, later) for earlier, later in pairwise(dates)) > 1
        for index in dates:
            in_head = index < end and not chronicle
            self.roles[index] = "date" if in_head or index == len(self.words) - 1 else "heading"
        for index in range(end):
            if self._free(index) and (role := header.field_role(self.words[index])):
                self.roles[index] = role
        for index in range(end):
            if self._free(index) and len(self.words) > 1 and header.is_sure_byline(self.words[index]):
                self.roles[index] = "byline"
        title = self._title_index(end)
        if title is None:
            return
        self.roles[title] = "title"
        marks = [index for index in range(title + 1, end) if self.roles[index] in ("byline", "date")]
        for index in range(title + 1, end):
            if self._free(index) and self._is_byline(index, end):
                self.roles[index] = "byline"
                marks.append(index)
        last = max(marks, default=title)
        standfirsts = [index for index in range(title + 1, last) if self._free(index)]
        following = next((index for index in range(title + 1, len(self.words)) if self._free(index)), None)
        if not standfirsts and following is not None and self._is_open_standfirst(following):
            standfirsts = [following]
        for index in standfirsts[:2]:
            if len(self.words[index]) <= _STANDFIRST_LENGTH:
                self.roles[index] = "standfirst"

    def _has_text(self, start: int, end: int) -> bool:
        """Whether a paragraph between the two indices is running text."""
        return any(self._free(index) and _STOP.search(self.words[index]) for index in range(start + 1, end))

    def _end_of_head(self) -> int:
        """Where the head ends at the latest: a byline or date can follow up to two paragraphs of text."""
        texts = 0
        for index, words in enumerate(self.words[:_HEAD]):
            if self._is_turn(words) or header.dateline_end(words, first=True):
                return index
            if self._free(index) and _STOP.search(words) and not header.is_date_line(words):
                texts += 1
                if texts > 2 or len(words) > _STANDFIRST_LENGTH:
                    return index
        return min(_HEAD, len(self.words))

    def _title_index(self, end: int) -> int | None:
        stated = self.facts.title
        if stated is not None:
            wanted = _squeezed(stated)
            found = (
                index for index in range(min(_HEAD, len(self.words))) if self.roles[index] in (None, "heading", "title")
            )
            return next((index for index in found if wanted and _squeezed(self.words[index]) == wanted), None)
        if "title" in self.roles:
            return self.roles.index("title")
        open_roles = (None, "heading")  # a heading that the format told may be the title
        candidates = (index for index in range(end) if self.roles[index] in open_roles)
        index = next((index for index in candidates if not self._is_kicker(index)), None)
        return index if index is not None and self._is_title(index) else None

    def _is_kicker(self, index: int) -> bool:
        """Whether a line stands above the title: a byline, or the kind of document or section ("MEDIA RELEASE")."""
        words = folded(self.words[index]).strip(_TRIM)
        return words in phrases().kickers or words in phrases().sections or header.is_sure_byline(self.words[index])

    def _is_title(self, index: int) -> bool:
        words = self.words[index]
        if len(words) > _TITLE_LENGTH or self._is_turn(words) or _BULLET.match(words) or len(self.words) < index + 2:
            return False
        if not _WORD.search(words) or words.endswith((":", ",")):
            return False
        if not words.endswith("."):
            return not _INNER_STOP.search(words) or len(words) <= _SENTENCE_TITLE_LENGTH
        # a sentence: a title only when it is much shorter than the text that follows
        following = next((self.words[later] for later in range(index + 1, len(self.words)) if self._free(later)), "")
        return len(words) <= _SENTENCE_TITLE_LENGTH and not _INNER_STOP.search(words) and len(following) > len(words)

    def _is_byline(self, index: int, end: int) -> bool:
        words = self.words[index]
        if not header.is_byline(words):
            return False
        if header.is_sure_byline(words):
            return True
        # a bare name: only beside a date or before the body
        beside = [self.roles[near] for near in (index - 1, index + 1) if 0 <= near < len(self.words)]
        return "date" in beside or "byline" in beside

    def _is_open_standfirst(self, index: int) -> bool:
        """A line below the title without a full stop, too long for a heading."""
        words = self.words[index]
        return (
            index + 1 < len(self.words)
            and _HEADING_LENGTH // 2 < len(words) <= _STANDFIRST_LENGTH // 2
            and not _ENDS.search(words)
            and not words.isupper()
            and not self._is_turn(words)
        )

    def _mark_headings(self) -> None:
        last = len(self.words) - 1
        for index, words in enumerate(self.words):
            if self._free(index) and index < last and not self._is_turn(words) and _is_heading(words):
                self.roles[index] = "heading"

    def _collect_facts(self) -> None:
        for index, words in enumerate(self.words):
            role = self.roles[index]
            if role == "title" and self.facts.title is None:
                self.facts.title = header.title_of(words)
            elif role == "date" and not self._follows_correction(index):
                self.facts.add_date(words)
            elif role == "byline":
                self.facts.add_byline(words)
            elif role == "furniture":
                self.facts.add_furniture(words)

    def _follows_correction(self, index: int) -> bool:
        before = folded(self.words[index - 1]) if index else ""
        return any(phrase in before for phrase in phrases().corrections)

    def _blocks(self) -> Iterator[Block]:
        bodies = 0
        for index, span in enumerate(self.spans):
            role = self.roles[index]
            if role is not None:
                yield Block(span, role)
                continue
            bodies += 1
            cut = 0 if self._is_turn(self.words[index]) else header.dateline_end(self.words[index], first=bodies == 1)
            if cut:
                self.facts.add_dateline(self.words[index][:cut])
                yield Block(trimmed(self.text, span.start, span.start + cut), "dateline")
            yield Block(trimmed(self.text, span.start + cut, span.end), "body")


def is_furniture(words: str) -> bool:
    """Whether a paragraph belongs to the page and not to the text."""
    known = phrases()
    if len(words) > 400:
        return False
    if not _WORD.search(words):
        return not _QUOTATION_MARK.search(words)
    plain = folded(words)
    if plain.strip(_TRIM) in known.furniture_lines or plain in known.furniture_lines:
        return True
    if len(words) <= known.start_length and (start := start_of(plain, known.furniture_starts)):
        # what follows a colon is the headline of another page, which may well report what someone said
        headline = start.endswith((":", "|")) and not words.endswith((".", ".”", '."', ".’"))
        if headline or not _speaks(words):
            return True
    if len(words) <= known.contains_length and any(phrase in plain for phrase in known.furniture_contains):
        return not _speaks(words)
    return bool(header.source_line(words) or known.credits.fullmatch(words) or known.code.fullmatch(words))


def is_caption(words: str) -> bool:
    """Whether a paragraph describes a picture, or says whose it is."""
    known = phrases()
    plain = folded(words)
    if start_of(plain, known.caption_starts):
        return True
    end = plain.rstrip(" .)]")
    for phrase in known.caption_ends if end.endswith(known.caption_ends) else ():
        if end.endswith(phrase) and not end[: -len(phrase)][-1:].isalnum():
            return True
    tail = words[-_CREDIT_LENGTH:]
    return any(sign in tail for sign in "/©[(") and known.credit.search(tail) is not None


def _speaks(words: str) -> bool:
    """Whether a paragraph has a quotation in it, and so is not to be thrown away."""
    return _SPEECH.search(words) is not None


def _is_link(words: str) -> bool:
    return len(words) <= 140 and not words.endswith((".", ":", ";", ",", "”", '"'))


def _is_heading(words: str) -> bool:
    return (
        len(words) <= _HEADING_LENGTH
        and _ENDS.search(words) is None
        and _BULLET.match(words) is None
        and (words[0].isupper() or words[0].isdigit())
        and len(words.split()) <= 14
        and (words.isupper() or not _LABEL.match(words))
        and "\n" not in words
    )


def _squeezed(words: str) -> str:
    return "".join(_WORD.findall(words.casefold()))

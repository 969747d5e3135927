"""Annotated texts for training: PolNeAR's JSON Lines and this project's own marked-up corpus.

Both give ``Example``: words, span labels, links, and (PolNeAR only) silver entity labels.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import regex

from quotes.language.links import WordSpan
from quotes.language.network import MENTION_LABELS, SPAN_LABELS
from quotes.language.words import Words, split_words

KINDS = ("source", "cue", "content")
SILVER = {"PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place", "MISC": "nationality"}
_MARKUP = regex.compile(r"\{([scq])([0-9]+(?:,[0-9]+)*)\||\}")

Attribution = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Example:
    """One annotated text. ``content_cue`` and ``cue_source`` say which span belongs to which, None to none."""

    name: str
    text: str
    words: Words
    labels: np.ndarray  # int64 (words,) index into SPAN_LABELS
    mentions: np.ndarray | None  # int64 (words,) index into MENTION_LABELS
    content_cue: dict[WordSpan, WordSpan | None]
    cue_source: dict[WordSpan, WordSpan | None]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """JSON objects of a .jsonl or .jsonl.xz file."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def word_span(words: Words, starts: np.ndarray, ends: np.ndarray, start: int, end: int) -> WordSpan | None:
    """The words that a stretch of characters touches."""
    first = int(np.searchsorted(ends, start, side="right"))
    last = int(np.searchsorted(starts, end, side="left"))
    return WordSpan(first, last) if first < last else None


def example(
    name: str, text: str, attributions: list[Attribution], silver: list[tuple[int, int, str]] | None
) -> Example:
    """Labels and links of one text. Where attributions overlap, the later one's labels stand, as in CofeNet's data."""
    words = split_words(text)
    starts, ends = np.asarray(words.starts), np.asarray(words.ends)
    labels = np.zeros(len(words), dtype=np.int64)
    content_cue: dict[WordSpan, WordSpan | None] = {}
    cue_source: dict[WordSpan, WordSpan | None] = {}
    for item in attributions:
        spans = {k: [s for a, b in item[k] if (s := word_span(words, starts, ends, a, b))] for k in KINDS}
        for kind in KINDS:
            for span in spans[kind]:
                labels[span.start : span.end] = SPAN_LABELS.index(f"I-{kind}")
                labels[span.start] = SPAN_LABELS.index(f"B-{kind}")
        cue = spans["cue"][0] if spans["cue"] else None
        for content in spans["content"]:
            content_cue[content] = cue
        if cue:
            cue_source[cue] = min(spans["source"], key=lambda s: abs(s.start - cue.start), default=None)
    _mend(labels)
    return Example(name, text, words, labels, _silver_labels(words, silver), content_cue, cue_source)


def _mend(labels: np.ndarray) -> None:
    """A span that another one has cut in two goes on with a B label."""
    for i in range(len(labels)):
        name = SPAN_LABELS[labels[i]]
        before = SPAN_LABELS[labels[i - 1]] if i else "O"
        if name.startswith("I-") and before[2:] != name[2:]:
            labels[i] = SPAN_LABELS.index("B-" + name[2:])


def _silver_labels(words: Words, silver: list[tuple[int, int, str]] | None) -> np.ndarray | None:
    if silver is None:
        return None
    starts, ends = np.asarray(words.starts), np.asarray(words.ends)
    out = np.zeros(len(words), dtype=np.int64)
    for start, end, kind in silver:
        if span := word_span(words, starts, ends, start, end):
            out[span.start : span.end] = MENTION_LABELS.index(f"I-{kind}")
            out[span.start] = MENTION_LABELS.index(f"B-{kind}")
    return out


def _silver_mentions(sentences: list[list[list[Any]]]) -> list[tuple[int, int, str]]:
    """CoreNLP's tokens ``[start, end, pos, lemma, ner]`` -> mentions (start, end, kind) in code points."""
    out: list[tuple[int, int, str]] = []
    for sentence in sentences:
        before = None
        for start, end, _, _, ner in sentence:
            kind = SILVER.get(ner)
            if kind and kind == before:
                out[-1] = (out[-1][0], end, kind)
            elif kind:
                out.append((start, end, kind))
            before = kind
    return out


def polnear(folder: Path, part: str) -> Iterator[Example]:
    """PolNeAR's ``train`` or ``dev`` part, with CoreNLP's entities as silver mentions."""
    entities = {d["id"]: d["sentences"] for d in read_lines(folder / f"{part}-corenlp.jsonl.xz")}
    for document in read_lines(folder / f"{part}.jsonl.xz"):
        silver = _silver_mentions(entities[document["id"]]) if document["id"] in entities else None
        yield example(document["id"], document["text"], document["attributions"], silver)


def parse_markup(marked: str) -> tuple[str, list[Attribution]]:
    """``{s1|He} {c1|said} {q1|so}`` -> the plain text and its attributions. Raises ValueError on unbalanced markup."""
    text: list[str] = []
    length = 0
    open_spans: list[tuple[str, list[int], int]] = []
    found: dict[int, Attribution] = {}
    at = 0
    for match in _MARKUP.finditer(marked):
        text.append(marked[at : match.start()])
        length += match.start() - at
        at = match.end()
        if match.group() != "}":
            open_spans.append((match[1], [int(n) for n in match[2].split(",")], length))
            continue
        if not open_spans:
            raise ValueError(f"'}}' without '{{' at character {match.start()}")
        letter, numbers, start = open_spans.pop()
        for number in numbers:
            item = found.setdefault(number, {kind: [] for kind in KINDS})
            item[{"s": "source", "c": "cue", "q": "content"}[letter]].append((start, length))
    if open_spans:
        raise ValueError(f"'{{{open_spans[-1][0]}' is never closed")
    text.append(marked[at:])
    # outer attributions first, so that what stands inside them keeps its labels
    items = sorted(found.values(), key=lambda item: -sum(b - a for a, b in item["content"]))
    return "".join(text), items


def corpus(folder: Path) -> Iterator[Example]:
    """This project's own marked-up texts."""
    for path in sorted(folder.glob("*.txt")):
        try:
            text, attributions = parse_markup(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from error
        yield example(path.stem, text, attributions, None)

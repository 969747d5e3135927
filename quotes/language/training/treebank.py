"""Sentences of a Universal Dependencies treebank as the encoder's words, with the head and relation of each."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from quotes.language.words import Words, split_words

UNKNOWN = -1  # a word without syntax of its own: the second part of a token, or a text that nobody parsed


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text with its syntax; all arrays (words,) int64.

    ``sentences``: the number of the sentence of each word. ``heads``: the word that governs it (itself at the root of a
    sentence), ``UNKNOWN`` where nothing is known. ``relations``: index into the list that ``treebank`` was given.
    """

    words: Words
    sentences: np.ndarray
    heads: np.ndarray
    relations: np.ndarray


@dataclass(frozen=True, slots=True)
class _Token:
    """A syntactic word: its place in the text, the number of its head (0: root), its relation."""

    start: int
    end: int
    head: int
    relation: str


def unparsed(text: str) -> Parsed:
    """A text of which only the words are known."""
    words = split_words(text)
    unknown = np.full(len(words), UNKNOWN, dtype=np.int64)
    return Parsed(words, np.zeros(len(words), dtype=np.int64), unknown, unknown)


def treebank(path: Path, relations: list[str]) -> Iterator[Parsed]:
    """The documents of a .conllu.xz file. New relations are added to ``relations``."""
    text = ""
    sentences: list[list[_Token]] = []
    paragraph = False
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for block in lines.read().strip().split("\n\n"):
            rows = block.split("\n")
            comments = [row for row in rows if row.startswith("#")]
            if any(row.startswith("# newdoc") for row in comments) and text:
                yield _parsed(text, sentences, relations)
                text, sentences = "", []
            paragraph = any(row.startswith("# newpar") for row in comments)
            own = next(row.removeprefix("# text = ") for row in comments if row.startswith("# text = "))
            text += ("\n\n" if paragraph else " ") if text else ""
            sentences.append(_tokens(own, len(text), [row.split("\t") for row in rows if not row.startswith("#")]))
            text += own
    if text:
        yield _parsed(text, sentences, relations)


def _tokens(text: str, offset: int, rows: list[list[str]]) -> list[_Token]:
    """One entry for each syntactic word; those of one written token ("don't") share its place."""
    out: list[_Token] = []
    at = 0
    shared = 0  # number of the last syntactic word that belongs to the present written token
    place = (offset, offset)
    for row in rows:
        first, _, last = row[0].partition("-")
        if "." in first:  # an elided word: it has no place in the text
            continue
        if last or int(first) > shared:
            start = text.find(row[1], at)
            start = at if start < 0 else start
            at = start + len(row[1])
            place = (offset + start, offset + at)
        if last:
            shared = int(last)
            continue
        out.append(_Token(*place, int(row[6]), row[7].partition(":")[0]))
    return out


def _parsed(text: str, sentences: list[list[_Token]], relations: list[str]) -> Parsed:
    words = split_words(text)
    starts = np.asarray(words.starts)
    heads = np.full(len(words), UNKNOWN, dtype=np.int64)
    labels = np.full(len(words), UNKNOWN, dtype=np.int64)
    numbers = np.zeros(len(words), dtype=np.int64)
    for number, tokens in enumerate(sentences):
        places = [min(int(np.searchsorted(starts, token.start, side="left")), len(words) - 1) for token in tokens]
        if places:
            numbers[places[0] :] = number
        for token, place in zip(tokens, places, strict=True):
            if heads[place] != UNKNOWN:
                continue
            head = places[token.head - 1] if token.head else place
            if head == place and token.head:  # governed by its own other half
                continue
            if token.relation not in relations:
                relations.append(token.relation)
            heads[place], labels[place] = head, relations.index(token.relation)
    return Parsed(words, numbers, heads, labels)

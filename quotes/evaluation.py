"""Scores of extracted quotations against annotated documents: ``quotes evaluate``.

Gold files are JSON documents like the bundled samples (``text`` and ``statements``), or JSON Lines as ``quotes extract
--jsonl`` writes them (corrected by a person, say). A statement is found when letters and digits of its content overlap
by Dice >= 0.7, one to one, best first; a speaker is right when the names are the same but for case, accents,
punctuation and courtesy titles.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex

from quotes.jsonl import from_dict
from quotes.model import FORMS, Extraction, Quotation, Span

LEAST_OVERLAP = 0.7
_COURTESY = regex.compile(r"\b(the|mr|mrs|ms|dr)\b")


@dataclass(frozen=True, slots=True)
class Statement:
    """One annotated statement; ``content`` in code points of the document's text."""

    form: str
    content: tuple[Span, ...]
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated document."""

    name: str
    text: str
    statements: tuple[Statement, ...]


@dataclass(slots=True)
class Score:
    """Counts over documents. ``by_form``: (gold, found, found with the right speaker)."""

    gold: int = 0
    predicted: int = 0
    found: int = 0
    right_speaker: int = 0
    right_form: int = 0
    by_form: dict[str, list[int]] = field(default_factory=lambda: {form: [0, 0, 0] for form in FORMS})
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.found / max(1, self.predicted)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.gold)

    @property
    def f1(self) -> float:
        return 2 * self.found / max(1, self.predicted + self.gold)

    @property
    def attributed_f1(self) -> float:
        """F1 when a statement counts only with the right speaker."""
        return 2 * self.right_speaker / max(1, self.predicted + self.gold)


def read_gold(path: Path) -> Iterator[Gold]:
    """The annotated documents of one file. Raises ValueError, with the reason, when it is not one."""
    where = str(path)
    try:
        content = path.read_text(encoding="utf-8")
        whole = json.loads(content) if path.suffix == ".json" else None
        if whole is not None:
            yield _from_statements(whole, path.stem)
            return
        for number, line in enumerate(content.split("\n"), 1):  # not splitlines: texts hold other line separators
            if line.strip():
                where = f"{path}: line {number}"
                yield _from_line(json.loads(line), f"{path.stem}:{number}")
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{where}: not JSON: {error}") from error
    except (KeyError, TypeError) as error:
        raise ValueError(f"{where}: not an annotated document: {error!r}") from error
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def _from_statements(document: dict[str, Any], name: str) -> Gold:
    text = document["text"]
    statements = [
        Statement(item["form"], _find(text, item["content"], item.get("place", 0)), item["speaker"])
        for item in document["statements"]
    ]
    return Gold(document.get("id", name), text, tuple(statements))


def _find(text: str, pieces: Sequence[str], place: int) -> tuple[Span, ...]:
    """Each piece where it stands after the one before; ``place``: how often the first one stands before that."""
    at = 0
    for _ in range(place):
        at = text.index(pieces[0], at) + 1
    out = []
    for piece in pieces:
        start = text.find(piece, at)
        if start < 0 and (start := text.find(piece)) < 0:
            raise ValueError(f"content not in the text: {piece[:60]!r}")
        at = start + len(piece)
        out.append(Span(start, at))
    return tuple(out)


def _from_line(line: dict[str, Any], name: str) -> Gold:
    extraction = from_dict(line)
    statements = [
        Statement(q.form, q.content, q.speaker.name_in_document if q.speaker else None)
        for q in extraction.quotations
        if q.mode != "thought"
    ]
    return Gold(name, extraction.article.text, tuple(statements))


def score(pairs: Iterable[tuple[Gold, Extraction]]) -> Score:
    """Compare each annotated document with what was extracted from its text (speech and writing only)."""
    total = Score()
    for gold, extraction in pairs:
        predicted = [q for q in extraction.quotations if q.mode != "thought"]
        found = match(
            [letters(s.content, gold.text) for s in gold.statements], [letters(q.content, gold.text) for q in predicted]
        )
        total.gold += len(gold.statements)
        total.predicted += len(predicted)
        total.found += len(found)
        for i, statement in enumerate(gold.statements):
            _count(total, gold.name, statement, predicted[found[i]] if i in found else None)
        for j in sorted(set(range(len(predicted))) - set(found.values())):
            total.misses.append(f"{gold.name}: extra ({predicted[j].form}): {predicted[j].text(gold.text)[:70]}")
    return total


def _count(total: Score, name: str, statement: Statement, quotation: Quotation | None) -> None:
    row = total.by_form[statement.form]
    row[0] += 1
    if quotation is None:
        total.misses.append(
            f"{name}: missed ({statement.form}), {len(statement.content)} piece(s), of {statement.speaker}"
        )
        return
    right = same_speaker(quotation, statement.speaker)
    row[1] += 1
    row[2] += right
    total.right_speaker += right
    total.right_form += quotation.form == statement.form
    if not right:
        got = quotation.speaker.name_in_document if quotation.speaker else None
        total.misses.append(f"{name}: speaker is {statement.speaker}, got {got}")


def letters(spans: Sequence[Span], text: str) -> set[int]:
    """Offsets of the letters and digits in the spans."""
    return {i for span in spans for i in range(span.start, span.end) if text[i].isalnum()}


def match(gold: Sequence[set[int]], predicted: Sequence[set[int]]) -> dict[int, int]:
    """One to one, best first, by Dice overlap: {gold index: predicted index}."""
    pairs = sorted(
        (
            (-2 * len(g & p) / (len(g) + len(p)), i, j)
            for i, g in enumerate(gold)
            for j, p in enumerate(predicted)
            if g & p
        ),
    )
    out: dict[int, int] = {}
    for dice, i, j in pairs:
        if -dice >= LEAST_OVERLAP and i not in out and j not in out.values():
            out[i] = j
    return out


def normal_name(name: str | None) -> str | None:
    """A name without case, accents, possessive, punctuation and courtesy titles."""
    if not name:
        return None
    folded = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    plain = regex.sub(r"[^\w ;]", " ", regex.sub(r"['’]s\b", "", folded))
    return " ".join(_COURTESY.sub(" ", plain).split()) or None


def same_speaker(quotation: Quotation, gold: str | None) -> bool:
    """Whether the quotation's speaker is the annotated one (or both are unknown)."""
    speaker = quotation.speaker
    names = {normal_name(speaker.name), normal_name(speaker.name_in_document)} - {None} if speaker else set()
    wanted = normal_name(gold)
    return not names if wanted is None else wanted in names

"""GUM's documents with gold coreference, for training the pronoun ranking only."""

from __future__ import annotations

import lzma
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import regex

from quotes.analysis import Analysis, Finding
from quotes.model import Article, Cue, Quotation, Span

_OPEN_OR_CLOSE = regex.compile(r"\((\d+)-[^()]*\)|\((\d+)-[^()]*|(\d+)\)")
_GENRES = ("news", "bio", "fiction", "interview", "essay", "letter", "speech", "textbook", "academic", "voyage")


@dataclass(slots=True)
class _Word:
    span: Span
    head: int
    relation: str
    lemma: str


@dataclass(slots=True)
class _Document:
    """What is gathered of a document while its lines are read."""

    text: str = ""
    sentences: list[list[_Word]] = field(default_factory=list)
    mentions: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    opened: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, columns: list[str]) -> None:
        start = len(self.text)
        self.text += columns[1]
        span = Span(start, len(self.text))
        self.sentences[-1].append(_Word(span, int(columns[6]), columns[7], columns[2]))
        misc = dict(item.split("=", 1) for item in columns[9].split("|") if "=" in item)
        for match in _OPEN_OR_CLOSE.finditer(misc.get("Entity", "")):
            single, opening, closing = match.groups()
            if single:
                self.mentions[single].append(span)
            elif opening:
                self.opened[opening].append(start)
            elif self.opened[closing]:
                self.mentions[closing].append(Span(self.opened[closing].pop(), span.end))
        if misc.get("SpaceAfter") != "No":
            self.text += " "


def gum_documents(path: Path) -> Iterator[tuple[Article, Analysis, tuple[Finding, ...], list[list[Span]]]]:
    """Each document's text, analysis, reported clauses as findings, and chains of mentions."""
    for document in _documents(path):
        sentences = [s for s in document.sentences if s]
        analysis = Analysis(
            tuple(word.span for s in sentences for word in s),
            tuple(Span(s[0].span.start, s[-1].span.end) for s in sentences),
        )
        findings = tuple(finding for s in sentences for finding in _reported(s, document.text))
        yield Article(document.text), analysis, findings, list(document.mentions.values())


def _documents(path: Path) -> Iterator[_Document]:
    document: _Document | None = None
    with lzma.open(path, "rt", encoding="utf8") as file:
        for line in file:
            if line.startswith("# newdoc"):
                if document is not None:
                    yield document
                genre = regex.search(r"= GUM_([a-z]+)_", line)
                document = _Document() if genre is not None and genre.group(1) in _GENRES else None
            elif document is None:
                continue
            elif line.startswith("# newpar") and not line.startswith("# newpar_"):
                document.text = document.text.rstrip(" ") + "\n\n" if document.text else ""
            elif line.startswith("# sent_id"):
                document.sentences.append([])
            elif regex.match(r"\d+\t", line):
                document.add(line.rstrip("\n").split("\t"))
    if document is not None:
        yield document


def _reported(words: list[_Word], text: str) -> Iterator[Finding]:
    """Verbs with a subject and a clause or quoted words that depend on them."""
    for i, verb in enumerate(words, 1):
        subject = next((j for j, w in enumerate(words, 1) if w.head == i and w.relation == "nsubj"), None)
        clause = next((j for j, w in enumerate(words, 1) if w.head == i and w.relation in ("ccomp", "parataxis")), None)
        if subject is None or clause is None:
            continue
        source, content = _subtree(words, subject), _subtree(words, clause)
        form = "direct" if text[max(0, content.start - 1)] in '"“' else "indirect"
        quotation = Quotation(form, "speech", "state", (content,), Cue(verb.span, verb.lemma), source)  # type: ignore[arg-type]
        yield Finding(quotation, "frame")


def _subtree(words: list[_Word], root: int) -> Span:
    """From the first to the last word that depends on the word number ``root``."""
    inside = {root}
    grown = True
    while grown:
        more = {i for i, w in enumerate(words, 1) if w.head in inside} - inside
        inside |= more
        grown = bool(more)
    return Span(min(words[i - 1].span.start for i in inside), max(words[i - 1].span.end for i in inside))

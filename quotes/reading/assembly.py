"""Putting a document's text together from paragraphs whose roles the format tells (HTML, Word, PDF, ...)."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from quotes.model import Block, Role, Span

_SPACES = regex.compile(r"[^\S\n]+")
_BREAK = "\n\n"


@dataclass(slots=True)
class Assembly:
    """A text that grows by paragraphs, with the block of each."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    def add(self, words: str, role: Role = "body") -> None:
        """One more paragraph, white space evened out; a line break in it makes two of it, an empty one is left out."""
        for line in words.split("\n"):
            line = _SPACES.sub(" ", line).strip()
            if not line:
                continue
            if self.pieces:
                self.pieces.append(_BREAK)
                self.length += len(_BREAK)
            self.pieces.append(line)
            self.blocks.append(Block(Span(self.length, self.length + len(line)), role))
            self.length += len(line)

    def extend(self, paragraphs: list[tuple[str, Role]]) -> None:
        for words, role in paragraphs:
            self.add(words, role)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def known(self) -> tuple[Block, ...]:
        return tuple(self.blocks)


def assembled(paragraphs: list[tuple[str, Role]]) -> Assembly:
    assembly = Assembly()
    assembly.extend(paragraphs)
    return assembly


def titled(paragraphs: list[tuple[str, Role]], title: str | None) -> list[tuple[str, Role]]:
    """The paragraphs with the document's title at their head, unless one of the first is it already."""
    if not title or not title.strip():
        return paragraphs
    wanted = _key(title)
    if any(_key(words) == wanted for words, _ in paragraphs[:8]):
        return paragraphs
    return [(title, "title"), *paragraphs]


def _key(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalnum())

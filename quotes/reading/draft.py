"""What passes between a format's reader and the rest of this package: sources, options, drafts and refusals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from quotes.model import Block, DocumentKind

MEGABYTE = 1_000_000
DEFAULT_LANGUAGES = ("en",)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How inputs are read.

    The five columns name the fields of records (JSON Lines, JSON, CSV, TSV, Parquet); None means a sensible guess.
    ``languages`` are ISO 639-1 codes, empty for every language. ``max_size`` is in bytes a document (decoded text and
    decompressed data count, not the archive or the table that holds many), ``max_total`` in bytes an archive unpacks
    to. ``timeout`` is in seconds a web request.
    """

    text_column: str | None = None
    title_column: str | None = None
    url_column: str | None = None
    published_column: str | None = None
    publisher_column: str | None = None
    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    kind: DocumentKind | None = None
    recursive: bool = True
    hidden: bool = False
    max_size: int = 10 * MEGABYTE
    max_total: int = 20_000 * MEGABYTE
    timeout: float = 20.0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One input, or one document in it, that gives no article: one clear line.

    ``skipped`` tells what was left out on purpose (another language, an image in a folder) from what failed.
    """

    path: str
    reason: str
    skipped: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class Refusal(Exception):
    """Raised by a reader when nothing (more) can be read from its source; becomes an ``Unreadable``."""

    def __init__(self, reason: str, skipped: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.skipped = skipped


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read: where it came from, what it is called, and how to open its bytes.

    ``name`` decides the format by its suffix; ``path`` is what the article will carry; ``media_type`` is what a web
    server or an e-mail said it is. ``depth`` counts the archives around it. ``is_once``
    says that its bytes come only once: every ``open`` gives the same stream.
    """

    path: str
    name: str
    open: Callable[[], BinaryIO] = field(repr=False)
    size: int | None = None
    media_type: str | None = None
    url: str | None = None
    depth: int = 0
    is_once: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """One document as a format's reader gives it, before layout and language are looked at.

    ``blocks``, where the format knows them (a heading in HTML), are what layout starts from.
    """

    text: str
    path: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    agency: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    blocks: tuple[Block, ...] = ()


def too_large(size: int, limit: int) -> Refusal:
    """The refusal for a document of ``size`` bytes where ``limit`` are allowed."""
    return Refusal(f"too large: {size / MEGABYTE:.1f} MB, the limit is {limit / MEGABYTE:g} MB (see --max-size)")


def read_all(source: Source, limit: int) -> bytes:
    """All bytes of one document. Raises Refusal when there are more than ``limit``, or none; OSError as open does."""
    if source.size is not None and source.size > limit:
        raise too_large(source.size, limit)
    with source.open() as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_large(len(data), limit)
    if not data.strip():
        raise Refusal("empty file")
    return data

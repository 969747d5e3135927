"""Plain text files: the decoded file is the document's text, unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, read_all
from quotes.reading.encoding import decode


def read_plain(source: Source, options: ReadOptions) -> Iterator[Draft]:
    text = decode(read_all(source, options.max_size))
    if not text.strip():
        raise Refusal("empty file")
    yield Draft(text=text, path=source.path, url=source.url)

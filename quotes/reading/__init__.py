"""Reading: files, folders, archives, tables, feeds and addresses in; ``Article``s with layout out, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from quotes.model import Article
from quotes.reading.articles import article_from_draft, article_from_text, printable
from quotes.reading.draft import Draft, ReadOptions, Source, Unreadable
from quotes.reading.formats import documents
from quotes.reading.guard import guarded
from quotes.reading.sizes import estimate
from quotes.reading.sources import STDIN, is_address, sources

__all__ = ["Article", "ReadOptions", "Unreadable", "article_from_text", "count", "read"]

_DEFAULTS = ReadOptions()


def read(inputs: Sequence[str], options: ReadOptions = _DEFAULTS) -> Iterator[Article | Unreadable]:
    """Every document that ``inputs`` (files, folders, globs, "-", http addresses) hold, lazily and in order.

    What cannot be read gives one ``Unreadable`` and stops nothing. No exception comes out of here but KeyboardInterrupt
    and its like.
    """
    for source in sources(inputs, options):
        if isinstance(source, Unreadable):
            yield Unreadable(printable(source.path), source.reason, source.skipped)
        else:
            yield from _articles(source, options)


def count(inputs: Sequence[str], options: ReadOptions = _DEFAULTS) -> int:
    """About how many documents ``inputs`` hold, for a progress bar: from sizes and first lines."""
    return (
        sum(estimate(source) for source in sources(_local(inputs), options) if isinstance(source, Source))
        + len(inputs)
        - len(_local(inputs))
    )


def _local(inputs: Sequence[str]) -> list[str]:
    """The inputs that can be looked at without using them up."""
    return [name for name in inputs if name != STDIN and not is_address(name)]


def _articles(source: Source, options: ReadOptions) -> Iterator[Article | Unreadable]:
    path = printable(source.path)
    for draft in guarded(path, lambda: documents(source, options)):
        if isinstance(draft, Unreadable):
            yield Unreadable(printable(draft.path), draft.reason, draft.skipped)
        else:
            yield from guarded(printable(draft.path), partial(_article, draft, options))


def _article(draft: Draft, options: ReadOptions) -> list[Article]:
    return [article_from_draft(draft, options)]

"""RSS and Atom files, by feedparser: each entry that carries text is a document."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import regex

from quotes.reading.assembly import assembled, titled
from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, Unreadable, read_all
from quotes.reading.markup import paragraphs_of_markup
from quotes.reading.webpage import webpage

_FEED = regex.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)\b")
_FEED_FACTOR = 20  # a feed holds many documents
_HEAD = 65_536


def read_xml(source: Source, options: ReadOptions) -> Iterator[Draft | Unreadable]:
    """A feed, or a page that is XHTML; other XML has no form that could be known."""
    data = read_all(source, options.max_size * _FEED_FACTOR)
    head = data[:_HEAD]
    if regex.search(rb"<html\b", head, regex.I) and not _FEED.search(head):
        yield webpage(data, source.path, url=source.url)
        return
    if not _FEED.search(head):
        raise Refusal("XML, but neither a feed nor a web page")
    yield from _entries(data, source)


def _entries(data: bytes, source: Source) -> Iterator[Draft | Unreadable]:
    import feedparser

    # from bytes only: feedparser would fetch an address and open a path
    feed = feedparser.parse(data, sanitize_html=True, resolve_relative_uris=False)
    if not feed.entries:
        raise Refusal("a feed without entries" if not feed.bozo else "a damaged feed")
    outlet = _line(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, 1):
        at = f"{source.path}#{number}"
        markup = _longest(
            [content.get("value", "") for content in entry.get("content", [])] + [entry.get("summary", "")]
        )
        title = _line(entry.get("title"))
        paragraphs = paragraphs_of_markup(markup)
        if not paragraphs:
            yield Unreadable(at, "an entry without text")
            continue
        text = assembled(titled(paragraphs, title))
        yield Draft(
            text=text.text,
            path=at,
            title=title,
            published=_moment(entry.get("published_parsed") or entry.get("updated_parsed")),
            publisher=_line(entry.get("source", {}).get("title")) or outlet,
            author=_line(entry.get("author")),
            url=_line(entry.get("link")),
            language=(feed.feed.get("language") or "")[:2].lower() or None,
            blocks=text.known,
        )


def _longest(values: list[str]) -> str:
    return max(values, key=len, default="")


def _line(value: Any) -> str | None:
    """A field as plain text: titles may hold markup."""
    if not isinstance(value, str):
        return None
    words = " ".join(words for words, _ in paragraphs_of_markup(value)) if "<" in value or "&" in value else value
    return " ".join(words.split()) or None


def _moment(parsed: Any) -> str | None:
    """feedparser's time, which is in UTC, as ISO 8601."""
    return None if parsed is None else datetime.fromtimestamp(timegm(parsed), UTC).isoformat()

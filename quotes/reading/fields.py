"""Which field of a record is what: the text, the title, the address, the date, the outlet, the author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from quotes.reading.assembly import assembled
from quotes.reading.dates import iso_date
from quotes.reading.draft import Draft, ReadOptions, Refusal, Unreadable
from quotes.reading.guard import guarded
from quotes.reading.markup import is_markup, paragraphs_of_markup

# What fields are called, likeliest first, in lower case without anything but letters and digits.
GUESSES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "article", "fulltext", "articletext", "articlebody", "articlecontent", "bodytext",
        "maintext", "maincontent", "cleantext", "rawtext", "plaintext", "story", "storytext", "document", "transcript",
        "speech", "statement",
        "contents", "message", "html", "bodyhtml", "contenthtml",
    ),
    "title": ("title", "headline", "heading", "articletitle", "subject", "header"),
    "url": ("url", "link", "href", "sourceurl", "articleurl", "weburl", "permalink", "uri"),
    "published": (
        "published", "publishedat", "publisheddate", "publishdate", "datepublished", "publicationdate", "pubdate",
        "date",
        "datetime", "publishedon", "webpublicationdate", "timestamp", "time", "created", "createdat", "day",
    ),
    "publisher": (
        "publisher", "source", "outlet", "publication", "sitename", "site", "newspaper", "sourcename", "media",
        "domain", "journal",
    ),
    "author": ("author", "authors", "byline", "creator", "writer", "journalist"),
    "agency": ("agency", "newsagency", "wire"),
    "language": ("language", "lang"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """The name of the field for each part of a draft; only ``text`` is always there."""

    text: str
    others: Mapping[str, str]


def _plain(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def choose(names: Iterable[str], options: ReadOptions) -> Columns:
    """The fields to use among ``names``. Raises Refusal, which names them, when the text field is missing."""
    names = [name for name in names if isinstance(name, str)]
    by_plain = {_plain(name): name for name in reversed(names)}
    wanted = {
        "text": options.text_column, "title": options.title_column, "url": options.url_column,
        "published": options.published_column, "publisher": options.publisher_column,
    }  # fmt: skip
    chosen: dict[str, str] = {}
    for part, named in wanted.items():
        if named in names:
            chosen[part] = named
        elif named is not None and part != "text":
            raise Refusal(f"no {part} column {named!r}; the columns are: {_listed(names)}")
    for part, guesses in GUESSES.items():
        if wanted.get(part) is None:
            free = (by_plain.get(guess) for guess in guesses)
            found = next((name for name in free if name is not None and name not in chosen.values()), None)
            if found is not None:
                chosen[part] = found
    text = chosen.pop("text", None)
    if text is None:
        missing = "no text column" if options.text_column is None else f"no text column {options.text_column!r}"
        raise Refusal(f"{missing}; the columns are: {_listed(names)} (name one with --text-column)")
    return Columns(text, chosen)


def _listed(names: list[str]) -> str:
    shown = ", ".join(" ".join(name.split())[:40] or "(no name)" for name in names[:20])
    return (shown or "none") + (f" and {len(names) - 20} more" if len(names) > 20 else "")


def drafts_of(record: Mapping[str, Any], columns: Columns, path: str) -> Iterator[Draft | Unreadable]:
    """The draft of one record, or why there is none: a fault of one record is none of the next."""
    return guarded(path, lambda: [draft_of(record, columns, path)])


def draft_of(record: Mapping[str, Any], columns: Columns, path: str) -> Draft:
    """The draft of one record. Raises Refusal when it has no text."""
    text = _text(record.get(columns.text))
    if not text.strip():
        raise Refusal(f"no text in column {columns.text!r}")
    values = {part: record.get(name) for part, name in columns.others.items()}
    published = values.pop("published", None)
    metadata: dict[str, Any] = {part: _line(value) for part, value in values.items()}
    if is_markup(text):
        from_markup = assembled(paragraphs_of_markup(text))
        return Draft(
            text=from_markup.text, path=path, published=_moment(published), blocks=from_markup.known, **metadata
        )
    return Draft(text=text, path=path, published=_moment(published), **metadata)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n\n".join(item for item in value if isinstance(item, str))
    return value if isinstance(value, str) else ""


def _line(value: Any) -> str | None:
    """A value as one line of text; of an object its name."""
    if isinstance(value, Mapping):
        names = (value.get(key) for key in ("name", "title", "domain", "url", "uri"))
        value = next((name for name in names if isinstance(name, str)), None)
    if isinstance(value, list):
        value = ", ".join(line for item in value if (line := _line(item)))
    if value is None or isinstance(value, bool | float):
        return None
    return " ".join(str(value).split()) or None


def _moment(value: Any) -> str | None:
    """A date in whatever shape records give it, as ISO 8601."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if value > 1e11 else value
        # years as numbers, and numbers that are no times
        if not 1e8 < seconds < 4.1e9:
            return None
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    return iso_date(str(value)) if value is not None else None

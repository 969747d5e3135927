"""From a text to an ``Article``: its layout, what its head states, its language."""

from __future__ import annotations

from typing import Any

import regex

from quotes.model import Article
from quotes.reading.draft import Draft, ReadOptions, Refusal, too_large
from quotes.reading.languages import language_of
from quotes.reading.layout import lay_out

_SURROGATES = regex.compile(r"[\ud800-\udfff]")


def article_from_text(text: str, path: str | None = None, **metadata: Any) -> Article:
    """An ``Article`` with layout from a text, which is not changed.

    ``metadata`` are fields of ``Article`` (title, published, publisher, agency, author, url, language, kind) and win
    over what the text states. Raises TypeError for others.
    """
    given = {name: value for name, value in metadata.items() if value is not None}
    blocks = given.pop("blocks", ())
    layout = lay_out(text, title=given.get("title"), known=blocks)
    facts = layout.facts
    stated = {
        "title": facts.title,
        "published": facts.published,
        "publisher": facts.publisher,
        "agency": facts.agency,
        "author": facts.author,
        "url": facts.url,
    }
    return Article(text=text, path=path, blocks=tuple(layout.blocks), **{**stated, **given})


def article_from_draft(draft: Draft, options: ReadOptions) -> Article:
    """The article of a draft. Raises Refusal when it is empty, too large or in a language that is not wanted."""
    text = _SURROGATES.sub("\ufffd", draft.text)
    if not text.strip():
        raise Refusal("no text in it")
    if len(text) > options.max_size:
        raise too_large(len(text), options.max_size)
    language = language_of(text) or draft.language
    if options.languages and language is not None and language not in options.languages:
        raise Refusal(f"in another language ({language}), skipped", skipped=True)
    return article_from_text(
        text,
        path=printable(draft.path),
        title=_encodable(draft.title),
        published=_encodable(draft.published),
        publisher=_encodable(draft.publisher),
        agency=_encodable(draft.agency),
        author=_encodable(draft.author),
        url=_encodable(draft.url),
        language=_encodable(language),
        kind=options.kind,
        blocks=draft.blocks,
    )


def printable(path: str) -> str:
    """A path that can be written as UTF-8 (file names may hold bytes that are none)."""
    return _SURROGATES.sub("\ufffd", path)


def _encodable(stated: str | None) -> str | None:
    """What a record states, as far as it can be written as UTF-8 (JSON may hold halves of characters)."""
    return None if stated is None else _SURROGATES.sub("\ufffd", stated)

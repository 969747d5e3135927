"""OpenDocument texts (.odt), by odfdo."""

from __future__ import annotations

import io
from collections.abc import Iterator

import regex

from quotes.model import Role
from quotes.reading.archives import checked_zip
from quotes.reading.assembly import assembled
from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, read_all
from quotes.reading.extras import needs

_FILE_FACTOR = 20  # pictures make a document this much larger than its text


def read_odt(source: Source, options: ReadOptions) -> Iterator[Draft]:
    with needs("odfdo", "OpenDocument texts"):
        from odfdo import Document
    data = read_all(source, options.max_size * _FILE_FACTOR)
    checked_zip(data, options.max_size * _FILE_FACTOR)
    try:
        document = Document(io.BytesIO(data))
        body = document.body
    except (KeyError, ValueError, OSError, AttributeError):
        raise Refusal("a damaged OpenDocument text, or one with a password") from None
    paragraphs: list[tuple[str, Role]] = []
    for element in body.get_elements("//text:p | //text:h"):
        if _is_note(element):
            continue
        style = regex.sub(r"_20_", " ", getattr(element, "style", None) or "")
        paragraphs.append((str(element.inner_text), "heading" if element.tag == "text:h" else _role(style)))
    text = assembled(paragraphs)
    meta = document.meta
    title = " ".join((meta.title or "").split())
    titles = [words for words, role in paragraphs if role == "title" and words.strip()]
    yield Draft(
        text=text.text,
        path=source.path,
        title=titles[0].strip() if titles else title if title and title in text.text[:2000] else None,
        url=source.url,
        blocks=text.known,
    )


def _is_note(element: object) -> bool:
    """Whether a paragraph is that of a footnote, which would stand within a sentence."""
    parent = getattr(element, "parent", None)
    while parent is not None:
        if parent.tag in ("text:note", "text:note-body", "office:annotation", "text:tracked-changes"):
            return True
        parent = parent.parent
    return False


def _role(style: str) -> Role:
    if style == "Title":
        return "title"
    return "standfirst" if style == "Subtitle" else "body"

"""Word documents (.docx), by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from quotes.model import Role
from quotes.reading.archives import checked_zip
from quotes.reading.assembly import assembled
from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, read_all
from quotes.reading.extras import needs

_FILE_FACTOR = 20  # pictures make a document this much larger than its text


def read_docx(source: Source, options: ReadOptions) -> Iterator[Draft]:
    with needs("python-docx", "Word documents"):
        import docx
        from docx.opc.exceptions import PackageNotFoundError
        from docx.table import Table
    data = read_all(source, options.max_size * _FILE_FACTOR)
    checked_zip(data, options.max_size * _FILE_FACTOR)
    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile):
        raise Refusal("a damaged Word document") from None
    paragraphs: list[tuple[str, Role]] = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                # a cell that spans columns is given once for each
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
                paragraphs.extend((cell, "body") for cell in cells if cell)
            continue
        style = (part.style.name if part.style is not None else None) or ""
        paragraphs.append((part.text, _role(style)))
    text = assembled(paragraphs)
    properties = document.core_properties
    title = " ".join((properties.title or "").split())
    titles = [words for words, role in paragraphs if role == "title" and words.strip()]
    yield Draft(
        text=text.text,
        path=source.path,
        title=titles[0].strip() if titles else title if title and title in text.text[:2000] else None,
        language=(properties.language or "")[:2].lower() or None,
        url=source.url,
        blocks=text.known,
    )


def _role(style: str) -> Role:
    if style == "Title":
        return "title"
    if style == "Subtitle":
        return "standfirst"
    if style == "Caption":
        return "caption"
    return "heading" if style.startswith("Heading") else "body"

"""EPUB books and magazines, a chapter a document, read from the container itself: the library for it is copyleft."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from quotes.reading.archives import checked_zip, read_member
from quotes.reading.assembly import assembled
from quotes.reading.dates import iso_date
from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, Unreadable, read_all
from quotes.reading.encoding import decode
from quotes.reading.markup import paragraphs_of_markup

_FILE_FACTOR = 20  # pictures make a book this much larger than its text
_CONTAINER = "META-INF/container.xml"
_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_FEWEST = 200  # code points: title pages, contents and the like are shorter than that


def read_epub(source: Source, options: ReadOptions) -> Iterator[Draft | Unreadable]:
    data = read_all(source, options.max_size * _FILE_FACTOR)
    archive = checked_zip(data, options.max_size * _FILE_FACTOR)
    with archive:
        if "META-INF/rights.xml" in archive.namelist():
            raise Refusal("a book with copy protection")
        try:
            package_path = str(
                _xml(archive, _CONTAINER, options).xpath("string(//c:rootfile/@full-path)", namespaces=_NAMES)
            )
            package = _xml(archive, package_path, options)
        except KeyError:
            raise Refusal("a damaged EPUB: no table of its contents") from None
        book = {name: _about(package, name) for name in ("title", "creator", "date", "language", "publisher")}
        chapters = _chapters(package, posixpath.dirname(package_path))
        found = 0
        for name in chapters:
            try:
                markup = decode(read_member(archive, name, options.max_size))
            except (KeyError, Refusal) as fault:
                yield Unreadable(
                    f"{source.path}/{name}", str(fault) if isinstance(fault, Refusal) else "missing in the book"
                )
                continue
            text = assembled(paragraphs_of_markup(markup))
            if len(text.text) < _FEWEST and len(chapters) > 1:
                continue
            found += 1
            heading = next((block.span.of(text.text) for block in text.known if block.role == "heading"), None)
            yield Draft(
                text=text.text,
                path=f"{source.path}/{name}",
                title=heading or book["title"],
                published=iso_date(book["date"] or ""),
                publisher=book["publisher"],
                author=book["creator"],
                language=(book["language"] or "")[:2].lower() or None,
                blocks=text.known,
            )
        if not found:
            raise Refusal("a book without text")


def _xml(archive: zipfile.ZipFile, name: str, options: ReadOptions) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(read_member(archive, name, options.max_size), parser)
    except etree.XMLSyntaxError:
        raise Refusal("a damaged EPUB") from None


def _about(package: Any, name: str) -> str | None:
    words = " ".join(package.xpath(f"string(//dc:{name})", namespaces=_NAMES).split())
    return words or None


def _chapters(package: Any, folder: str) -> list[str]:
    """The files of the book's text in reading order."""
    files = {
        item.get("id"): unquote(item.get("href", ""))
        for item in package.xpath("//o:manifest/o:item", namespaces=_NAMES)
        if "html" in (item.get("media-type") or "") and "nav" not in (item.get("properties") or "").split()
    }
    order = package.xpath("//o:spine/o:itemref/@idref", namespaces=_NAMES)
    return [posixpath.normpath(posixpath.join(folder, files[name])) for name in order if name in files]

"""Web pages: the article without the page around it, by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from quotes.model import Role
from quotes.reading.assembly import assembled, titled
from quotes.reading.dates import iso_date
from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, read_all
from quotes.reading.encoding import decode
from quotes.reading.markup import paragraphs_of_tree

_CHARSET = regex.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", regex.I)
_HEADER_CHARSET = regex.compile(r"charset=[\"']?([\w-]+)", regex.I)
_KEPT = 0.5  # trafilatura's text must have this share of the running text in the page's own <article> or <main>
_PARAGRAPH = 60  # code points of a paragraph that counts as running text
_PUBLISHED = (
    "//meta[@property='article:published_time' or @name='article:published_time']/@content",
    "//meta[@itemprop='datePublished' or @name='datePublished' or @name='DC.date.issued']/@content",
    "//*[@itemprop='datePublished']/@datetime",
)


def read_webpage(source: Source, options: ReadOptions) -> Iterator[Draft]:
    data = read_all(source, options.max_size)
    yield webpage(data, source.path, url=source.url, charset=_declared(data, source.media_type))


def webpage(data: bytes, path: str, url: str | None = None, charset: str | None = None) -> Draft:
    """The article of a page. Raises Refusal when the page has none."""
    from lxml import etree, html
    from trafilatura import bare_extraction

    markup = decode(data, charset or _declared(data, None))
    # an encoding stated in the text of a decoded page only confuses the parser
    markup = regex.sub(r"^\s*<\?xml[^>]*\?>", "", markup)
    try:
        tree = html.document_fromstring(markup)
    except (etree.ParserError, ValueError):
        raise Refusal("no text in the page") from None
    published = _published(tree)
    dates = {"original_date": True, "extensive_search": False}
    found: Any = bare_extraction(
        markup, url=url, with_metadata=True, include_comments=False, date_extraction_params=dates
    )
    own = _own_paragraphs(tree)
    paragraphs = [] if found is None or found.body is None else _paragraphs(found.body)
    if _running(paragraphs) < _KEPT * _running(own):
        paragraphs = own
    if not paragraphs:
        raise Refusal("no article in the page")
    if found is None:
        return _draft(paragraphs, path, _page_title(tree), published, url)
    title = _without_site(found.title, found.sitename)
    draft = _draft(paragraphs, path, title, published or iso_date(found.date or ""), url or found.url)
    author = regex.sub(r"\s*;\s*", ", ", found.author) if found.author else None
    return Draft(
        text=draft.text,
        path=path,
        title=title,
        published=draft.published,
        publisher=found.sitename,
        author=author,
        url=draft.url,
        language=(found.language or None),
        blocks=draft.blocks,
    )


def _draft(
    paragraphs: list[tuple[str, Role]], path: str, title: str | None, published: str | None, url: str | None
) -> Draft:
    text = assembled(titled(paragraphs, title))
    return Draft(text=text.text, path=path, title=title, published=published, url=url, blocks=text.known)


def _declared(data: bytes, media_type: str | None) -> str | None:
    """The encoding that the server's header, else the page itself, names."""
    header = _HEADER_CHARSET.search(media_type or "")
    if header:
        return str(header[1])
    meta = _CHARSET.search(data[:4096])
    return None if meta is None else meta[1].decode("ascii", "ignore")


def _published(tree: Any) -> str | None:
    for path in _PUBLISHED:
        for value in tree.xpath(path):
            if date := iso_date(str(value)):
                return date
    return None


def _page_title(tree: Any) -> str | None:
    title = tree.findtext(".//title")
    return " ".join(title.split()) or None if title else None


def _without_site(title: str | None, site: str | None) -> str | None:
    """The title without the " - The Daily Tide" of the page's window."""
    if not title or not site:
        return title
    return regex.sub(rf"\s+[-–—|·:]+\s+{regex.escape(site)}\s*$", "", title, flags=regex.I) or title


def _paragraphs(body: Any) -> list[tuple[str, Role]]:
    """The paragraphs of trafilatura's tree (head, p, quote, list/item, table/row/cell)."""
    paragraphs: list[tuple[str, Role]] = []
    for element in body:
        _collect(element, paragraphs)
    return paragraphs


def _collect(element: Any, paragraphs: list[tuple[str, Role]]) -> None:
    if element.tag == "head":
        paragraphs.append((_words(element), "heading"))
    elif element.tag in ("list", "quote", "table", "row", "div") and len(element):
        if element.text and element.text.strip():
            paragraphs.append((element.text, "body"))
        for child in element:
            _collect(child, paragraphs)
    else:
        paragraphs.append((_words(element), "body"))
    if element.tail and element.tail.strip():
        paragraphs.append((element.tail, "body"))


def _words(element: Any) -> str:
    pieces = []
    for node in element.iter():
        if node.tag == "lb":
            pieces.append("\n")
        if node.text:
            pieces.append(node.text.replace("\n", " "))
        if node is not element and node.tail:
            pieces.append(node.tail.replace("\n", " "))
    # iter() visits a tail too early where children have children; itertext keeps the order
    if any(len(child) for child in element):
        return " ".join("".join(element.itertext()).split())
    return "".join(pieces)


def _own_paragraphs(tree: Any) -> list[tuple[str, Role]]:
    """What stands in the page's one <article> or <main>: the measure of what trafilatura should have found."""
    for path in ("//main", "//*[@role='main']", "//article"):
        found = tree.xpath(path)
        if len(found) == 1:
            return paragraphs_of_tree(found[0])
    return []


def _running(paragraphs: list[tuple[str, Role]]) -> int:
    return sum(len(words) for words, _ in paragraphs if len(words) >= _PARAGRAPH)

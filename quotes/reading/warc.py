"""WARC archives of web pages, by warcio: each page that was answered with success is a document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, Unreadable, too_large
from quotes.reading.encoding import decode
from quotes.reading.extras import needs
from quotes.reading.guard import guarded, in_one_line
from quotes.reading.webpage import webpage

_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(source: Source, options: ReadOptions) -> Iterator[Draft | Unreadable]:
    with needs("warcio", "WARC archives"):
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    found = 0
    with source.open() as stream:
        try:
            for record in ArchiveIterator(stream):
                if record.rec_type not in ("response", "resource"):
                    continue
                headers = record.http_headers
                status = headers.get_statuscode() if headers is not None else "200"
                media_type = (headers or record.rec_headers).get_header("Content-Type") or ""
                if status != "200" or not media_type.lower().startswith((*_PAGES, "text/plain")):
                    continue
                found += 1
                url = record.rec_headers.get_header("WARC-Target-URI")
                at = f"{source.path}#{found}"
                data = record.content_stream().read(options.max_size + 1)
                if len(data) > options.max_size:
                    yield Unreadable(at, too_large(len(data), options.max_size).reason)
                    continue
                yield from guarded(at, partial(_page, data, at, url, media_type))
        except ArchiveLoadFailed as error:
            raise Refusal(f"a damaged WARC archive ({in_one_line(error)})") from None
    if not found:
        raise Refusal("a WARC archive without pages")


def _page(data: bytes, path: str, url: str | None, media_type: str) -> list[Draft]:
    charset = media_type.lower().partition("charset=")[2].strip(" \"';") or None
    if media_type.lower().startswith("text/plain"):
        return [Draft(text=decode(data, charset), path=path, url=url)]
    return [webpage(data, path, url=url, charset=charset)]

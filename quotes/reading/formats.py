"""Which reader takes which source: by suffix, by media type, and by the first bytes where those tell nothing."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator

import regex

from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, Unreadable

Reader = Callable[[Source, ReadOptions], Iterator[Draft | Unreadable]]

_PLAIN = "plain:read_plain"
_HTML = "webpage:read_webpage"
_XML = "feed:read_xml"
_JSON = "records:read_json"
_JSON_LINES = "records:read_json_lines"
_ZIP = "archives:read_zip"
_TAR = "archives:read_tar"

#: Suffix → reader, as "module:function" so that a module (and its libraries) is imported when its format is met.
READERS = {
    ".txt": _PLAIN, ".text": _PLAIN, ".log": _PLAIN, ".asc": _PLAIN, ".rst": _PLAIN,
    ".html": _HTML, ".htm": _HTML, ".xhtml": _HTML, ".mhtml": "mail:read_mail", ".mht": "mail:read_mail",
    ".json": _JSON, ".jsonl": _JSON_LINES, ".ndjson": _JSON_LINES, ".jsonlines": _JSON_LINES,
    ".csv": "tables:read_csv", ".tsv": "tables:read_csv", ".tab": "tables:read_csv", ".parquet": "tables:read_parquet",
    ".pdf": "pdf:read_pdf", ".docx": "word:read_docx", ".odt": "opendocument:read_odt", ".epub": "epub:read_epub",
    ".md": "markdown:read_markdown", ".markdown": "markdown:read_markdown",
    ".eml": "mail:read_mail", ".rss": _XML, ".atom": _XML, ".xml": _XML, ".warc": "warc:read_warc",
    ".zip": _ZIP, ".tar": _TAR, ".tgz": _TAR, ".tbz2": _TAR, ".txz": _TAR,
    ".gz": "archives:read_compressed", ".bz2": "archives:read_compressed", ".xz": "archives:read_compressed",
}  # fmt: skip

_MEDIA_TYPES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv", "application/json": ".json", "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl", "application/pdf": ".pdf",
    "application/epub+zip": ".epub", "application/zip": ".zip",
    "application/rss+xml": ".rss", "application/atom+xml": ".atom", "application/xml": ".xml", "text/xml": ".xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt", "message/rfc822": ".eml", "application/gzip": ".gz",
    "application/x-gzip": ".gz", "application/warc": ".warc", "application/x-tar": ".tar",
    "application/vnd.apache.parquet": ".parquet",
}  # fmt: skip

# Bytes that say what a file is, whatever it is called.
_MAGIC = (
    (b"%PDF-", ".pdf"), (b"PAR1", ".parquet"), (b"\x1f\x8b", ".gz"), (b"BZh", ".bz2"), (b"\xfd7zXZ\x00", ".xz"),
    (b"WARC/1.", ".warc"), (b"WARC/0.", ".warc"),
)  # fmt: skip
_REFUSED_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc) or one with a password; save it as .docx"),
    (b"{\\rtf", "a Rich Text document; save it as .docx or plain text"),
    (b"\x89PNG", "an image, not text"), (b"\xff\xd8\xff", "an image, not text"), (b"GIF8", "an image, not text"),
    (b"SQLite format 3\x00", "an SQLite database, not text"), (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"), (b"\x7fELF", "a program, not text"),
)  # fmt: skip
_OTHER_SUFFIXES = frozenset({
    ".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".ico", ".bmp", ".tif", ".tiff", ".mp3", ".mp4", ".m4a", ".wav",
    ".ogg", ".avi", ".mov", ".webm", ".mkv", ".css", ".js", ".mjs", ".ts", ".map", ".woff", ".woff2", ".ttf", ".otf",
    ".eot", ".exe", ".dll", ".so", ".py", ".pyc", ".db", ".db-wal", ".db-shm", ".sqlite", ".sqlite3", ".ds_store",
})  # fmt: skip
_HEAD = 4096
_HTML_START = regex.compile(rb"\s*(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", regex.I | regex.S)
_XML_START = regex.compile(rb"\s*<\?xml\b|\s*<(?:rss|feed|rdf:RDF)\b", regex.I)
_MAIL_START = regex.compile(
    rb"(?:[A-Za-z-]{2,40}: [^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){0,40}?(?:From|Date|Subject|Message-ID|Received): "
)
_MAIL_SURE = regex.compile(rb"^(?:Message-ID|MIME-Version|Received): ", regex.I | regex.M)


def suffix_of(name: str) -> str:
    """The suffix of a file name in lower case, ".tar.gz" and its like as ".tgz"."""
    stem, suffix = os.path.splitext(name.lower())
    if suffix in (".gz", ".bz2", ".xz") and stem.endswith(".tar"):
        return ".tgz"
    return suffix


def documents(source: Source, options: ReadOptions) -> Iterator[Draft | Unreadable]:
    """What is in one source, whatever its format. Raises Refusal when nothing is."""
    suffix = format_of(source)
    module, _, function = READERS[suffix].partition(":")
    reader: Reader = getattr(importlib.import_module(f"quotes.reading.{module}"), function)
    return reader(source, options)


def format_of(source: Source) -> str:
    """The suffix of ``READERS`` that a source is to be read as. Raises Refusal for what is known to be no text."""
    suffix = suffix_of(source.name)
    if suffix in _OTHER_SUFFIXES:
        raise Refusal(f"not a text ({suffix}), skipped", skipped=True)
    head = _head(source)
    for magic, reason in _REFUSED_MAGIC:
        if head.startswith(magic):
            raise Refusal(reason)
    if suffix != ".tgz":
        for magic, found in _MAGIC:
            if head.startswith(magic) and not (suffix in (".gz", ".bz2", ".xz") and found in (".gz", ".bz2", ".xz")):
                return found
    if head.startswith(b"PK\x03\x04"):
        return suffix if suffix in (".docx", ".odt", ".epub", ".zip") else _zip_kind(head)
    if head[257:262] == b"ustar":
        return ".tar"
    if suffix in READERS:
        return suffix
    media = (source.media_type or "").partition(";")[0].strip().lower()
    if media in _MEDIA_TYPES and media != "text/plain":
        return _MEDIA_TYPES[media]
    return _sniffed(head)


def _head(source: Source) -> bytes:
    with source.open() as stream:
        peek = getattr(stream, "peek", None)
        return bytes(peek(_HEAD)[:_HEAD] if peek is not None else stream.read(_HEAD))


def _zip_kind(head: bytes) -> str:
    if b"mimetypeapplication/epub+zip" in head:
        return ".epub"
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in head:
        return ".odt"
    return ".docx" if b"word/" in head or b"[Content_Types].xml" in head else ".zip"


def _sniffed(head: bytes) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML_START.match(text):
        return ".html"
    if _XML_START.match(text):
        return ".xml"
    start = text.lstrip()[:1]
    if start == b"{" and regex.match(rb"\s*\{\s*\"[^\"\n]{1,80}\"\s*:", text):
        return ".jsonl" if regex.match(rb"\s*\{[^\n]*\}\s*(?:\n|$)", text) or b"\n" not in text.strip() else ".json"
    if start == b"[" and regex.match(rb"\s*\[\s*\{", text):
        return ".json"
    if _MAIL_START.match(text) and _MAIL_SURE.search(text):
        return ".eml"
    return ".txt"

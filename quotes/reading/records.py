"""JSON: one article a line, an array of articles, or one article, read one record at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import regex

from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, Unreadable, read_all, too_large
from quotes.reading.encoding import decode, text_stream
from quotes.reading.fields import Columns, choose, drafts_of

_HOPELESS = 10  # records without a text field after which the rest is not tried, when none had one
_BETWEEN_ITEMS = regex.compile(r"[ \t\r\n,]*+")
_CHUNK = 65_536  # code points read at a time
_ITEM_FACTOR = 2  # an item of an array, with all its fields, may be this many times a document's limit
_OBJECT_FACTOR = 20  # a single JSON object holding many articles may be this many times a document's limit


def read_json_lines(source: Source, options: ReadOptions) -> Iterator[Draft | Unreadable]:
    with source.open() as stream:
        yield from _drafts(_lines(stream, source.path, options), source.path, options)


def read_json(source: Source, options: ReadOptions) -> Iterator[Draft | Unreadable]:
    with source.open() as stream:
        first = _first_character(stream)
    if first == b"[":
        yield from _drafts(_array(source, options), source.path, options)
        return
    data = read_all(source, options.max_size * _OBJECT_FACTOR)
    text = decode(data)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            lines = enumerate(text.splitlines(), 1)
            found = (_parsed(line, number, source.path) for number, line in lines if line.strip())
            yield from _drafts(found, source.path, options)
            return
        raise Refusal(f"invalid JSON on line {error.lineno}: {error.msg}") from None
    except (RecursionError, ValueError):
        raise Refusal("JSON nested too deep, or with a number too long") from None
    yield from _drafts(((number, record) for number, record in _records(value, options)), source.path, options)


def _first_character(stream: BinaryIO) -> bytes:
    peek = getattr(stream, "peek", None)
    head: bytes = peek(4096) if peek is not None else stream.read(4096)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]


Numbered = tuple[int | None, Any]


def _lines(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Numbered | Unreadable]:
    """The records of a file of lines; a line that is too long is passed over without keeping it in memory."""
    limit = options.max_size
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            size = len(line)
            while rest := stream.readline(limit):
                size += len(rest)
                if rest.endswith(b"\n"):
                    break
            yield Unreadable(path, f"line {number}: {too_large(size, limit).reason}")
            continue
        if not line.strip():
            continue
        try:
            text = decode(line)
        except Refusal as refusal:
            yield Unreadable(path, f"line {number}: {refusal.reason}")
            continue
        yield _parsed(text, number, path)
    if not number:
        raise Refusal("empty file")


def _parsed(line: str, number: int, path: str) -> Numbered | Unreadable:
    try:
        return number, json.loads(line)
    except json.JSONDecodeError as error:
        return Unreadable(path, f"invalid JSON on line {number}, column {error.colno}: {error.msg}")
    except (RecursionError, ValueError):
        return Unreadable(path, f"line {number}: JSON nested too deep or with a number too long")


def _array(source: Source, options: ReadOptions) -> Iterator[Numbered | Unreadable]:
    """The items of an array, one at a time: no more of the file is held than one item."""
    decoder = json.JSONDecoder()
    limit = _ITEM_FACTOR * options.max_size
    number = 0
    with source.open() as stream:
        text, _ = text_stream(stream)
        buffer = text.read(_CHUNK).lstrip()
        at = 1  # where the rest begins: the buffer is not copied for every item
        while True:
            at = _BETWEEN_ITEMS.match(buffer, at).end()  # type: ignore[union-attr] # it may be empty, and so matches
            try:
                record, end = decoder.raw_decode(buffer, at)
                # a number or a word at the very end may go on in the next piece
                complete = end < len(buffer)
                fault = "the array is not closed"
            except json.JSONDecodeError as error:
                complete, fault = False, error.msg
            except (RecursionError, ValueError):
                raise Refusal(f"invalid JSON after record {number}: nested too deep, or a number too long") from None
            if complete:
                number += 1
                yield number, record
                at = end
                continue
            if buffer.startswith("]", at):
                break
            buffer, at = buffer[at:], 0
            if len(buffer) > limit:
                raise Refusal(f"invalid JSON after record {number}, or a record of more than {limit} characters")
            # twice as much each time, so that a long item is not parsed over and over
            more = text.read(max(_CHUNK, len(buffer)))
            if not more:
                raise Refusal(f"invalid JSON after record {number}: {fault}")
            buffer += more
    if not number:
        raise Refusal("an empty array")


def _records(value: Any, options: ReadOptions) -> Iterator[Numbered]:
    """The records in one JSON value: itself, or those of the list that it holds."""
    if not isinstance(value, Mapping):
        raise Refusal("JSON, but no article in it")
    try:
        choose(_unwrapped(value), options)
    except Refusal:
        lists: list[list[Any]] = [item for item in value.values() if isinstance(item, list)]
        lists = [items for items in lists if items and isinstance(items[0], Mapping)]
        if not lists:
            raise
        longest: list[Any] = max(lists, key=len)
        yield from enumerate(longest, 1)
    else:
        yield None, value


def _unwrapped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is under "document" in this project's own JSON Lines."""
    inner = record.get("document")
    return inner if isinstance(inner, Mapping) else record


def _drafts(found: Iterator[Numbered | Unreadable], path: str, options: ReadOptions) -> Iterator[Draft | Unreadable]:
    """The drafts of records. Raises Refusal when the first records all lack a text field: so will the rest."""
    failures = 0
    any_good = False
    chosen: dict[frozenset[str], Columns] = {}
    for item in found:
        if isinstance(item, Unreadable):
            yield item
            continue
        number, record = item
        at = path if number is None else f"{path}#{number}"
        if not isinstance(record, Mapping):
            yield Unreadable(at, f"not a record but {type(record).__name__}")
            continue
        record = _unwrapped(record)
        names = frozenset(record)
        try:
            columns = chosen.get(names) or choose(record, options)
            chosen[names] = columns
        except Refusal as refusal:
            failures += 1
            if failures >= _HOPELESS and not any_good:
                raise Refusal(f"{refusal.reason}; none of the first {failures} records has one") from None
            yield Unreadable(at, refusal.reason)
            continue
        any_good = True
        yield from drafts_of(record, columns, at)

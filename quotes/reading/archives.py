"""Zip and tar archives and compressed files, read in place: nothing is unpacked to the disk, sizes are limited."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO, cast

from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, Unreadable, too_large
from quotes.reading.formats import documents, suffix_of
from quotes.reading.guard import guarded, in_one_line
from quotes.reading.sources import Once, once

_DEEPEST = 3  # archives within archives
_RATIO = 200  # how much larger than its packed size a member may be, once it is large
_RATIO_FROM = 50_000_000  # bytes; real text packs well, and small members cannot hurt
_BOMB = "refused: it unpacks to a suspiciously large file"
_SPOOL = 50_000_000  # bytes of an archive without random access that are kept in memory before the disk is used
_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError)
_OPENERS: dict[str, Any] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}


def read_compressed(source: Source, options: ReadOptions) -> Iterator[Draft | Unreadable]:
    """A single compressed file: what is in it is read by its own name ("news.csv.gz")."""
    _check_depth(source)
    suffix = suffix_of(source.name)
    if suffix not in _OPENERS:
        suffix = _compression(source)
    name = (
        source.name.removesuffix(source.name[-len(suffix) :]) if source.name.lower().endswith(suffix) else source.name
    )
    opener = _OPENERS[suffix]

    def open_inner() -> BinaryIO:
        return cast(BinaryIO, _Limited(io.BufferedReader(cast(io.RawIOBase, opener(source.open()))), options.max_total))

    inner = Source(
        path=source.path,
        name=name,
        open=once(open_inner) if source.is_once else open_inner,
        url=source.url,
        depth=source.depth + 1,
        is_once=source.is_once,
    )
    try:
        yield from documents(inner, options)
    except _DAMAGE as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise Refusal(f"damaged compressed data ({in_one_line(error)})") from None


def _compression(source: Source) -> str:
    with source.open() as stream:
        peek = getattr(stream, "peek", None)
        head = peek(6) if peek is not None else stream.read(6)
    return ".gz" if head.startswith(b"\x1f\x8b") else ".bz2" if head.startswith(b"BZh") else ".xz"


class _Limited(io.BufferedReader):
    """A stream that refuses to give more than so many bytes: what a small file unpacks to is not known before."""

    def __init__(self, stream: io.BufferedReader, limit: int) -> None:
        super().__init__(cast(io.RawIOBase, _Counted(stream, limit)))


class _Counted(io.RawIOBase):
    def __init__(self, stream: io.BufferedReader, limit: int) -> None:
        self._stream, self._left, self._limit = stream, limit, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self._stream.readinto(buffer)
        self._left -= count
        if self._left < 0:
            raise too_large(self._limit - self._left, self._limit)
        return count

    def close(self) -> None:
        self._stream.close()
        super().close()


def read_zip(source: Source, options: ReadOptions) -> Iterator[Draft | Unreadable]:
    _check_depth(source)
    try:
        with _seekable(source, options) as stream, zipfile.ZipFile(stream) as archive:
            members = sorted((info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename)
            _check_total(sum(info.file_size for info in members), options)
            found = False
            for info in members:
                name = _member_name(info.filename)
                if _is_litter(name):
                    continue
                found = True
                path = f"{source.path}/{name}"
                if info.flag_bits & 1:
                    yield Unreadable(path, "needs a password")
                elif _is_bomb(info):
                    yield Unreadable(path, _BOMB)
                else:
                    opened = partial(archive.open, info)
                    inner = Source(
                        path, name, cast(Callable[[], BinaryIO], opened), info.file_size, depth=source.depth + 1
                    )
                    yield from guarded(path, partial(documents, inner, options))
            if not found:
                raise Refusal("an empty archive")
    except zipfile.BadZipFile as error:
        raise Refusal(f"a damaged zip archive ({in_one_line(error)})") from None


def read_tar(source: Source, options: ReadOptions) -> Iterator[Draft | Unreadable]:
    """A tar archive, compressed or not, member by member as it is stored: an archive of any size needs no memory."""
    _check_depth(source)
    total = 0
    found = False
    try:
        with source.open() as stream, tarfile.open(fileobj=stream, mode="r|*") as archive:
            for info in archive:
                name = _member_name(info.name)
                if not info.isreg() or _is_litter(name):
                    continue
                found = True
                total += info.size
                _check_total(total, options)
                path = f"{source.path}/{name}"
                if info.issparse() and info.size > _RATIO_FROM:  # holes: nothing of it need be in the archive
                    yield Unreadable(path, _BOMB)
                    continue
                member = archive.extractfile(info)
                if member is None:
                    continue
                # kept aside, for a tar that streams cannot go back: readers look at a file's head first
                with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as kept:
                    while chunk := member.read(1_000_000):
                        kept.write(chunk)
                    again = Source(path, name, partial(_rewound, kept), info.size, depth=source.depth + 1)
                    yield from guarded(path, partial(documents, again, options))
    except tarfile.TarError as error:
        raise Refusal(f"a damaged tar archive ({in_one_line(error)})") from None
    if not found:
        raise Refusal("an empty archive")


def checked_zip(data: bytes, limit: int) -> zipfile.ZipFile:
    """The zip container of a document. Raises Refusal when it is none, or unpacks to more than ``limit`` bytes."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OverflowError):
        raise Refusal("damaged, or not what its name says: no zip container") from None
    size = sum(info.file_size for info in archive.infolist())
    if size > limit or any(_is_bomb(info) for info in archive.infolist()):
        raise too_large(size, limit)
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise Refusal("needs a password")
    return archive


def read_member(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """The bytes of one member. Raises KeyError when it is missing, Refusal when it is larger than ``limit``."""
    with archive.open(name) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_large(len(data), limit)
    return data


def _rewound(kept: tempfile.SpooledTemporaryFile[bytes]) -> BinaryIO:
    kept.seek(0)
    return Once(cast(io.RawIOBase, kept))


def _seekable(source: Source, options: ReadOptions) -> BinaryIO:
    stream = source.open()
    if stream.seekable():
        return stream
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whom it is given to
    total = 0
    with stream:
        while chunk := stream.read(1_000_000):
            total += len(chunk)
            _check_total(total, options)
            kept.write(chunk)
    kept.seek(0)
    return cast(BinaryIO, kept)


def _check_depth(source: Source) -> None:
    if source.depth >= _DEEPEST:
        raise Refusal(f"archives nested more than {_DEEPEST} deep")


def _check_total(size: int, options: ReadOptions) -> None:
    if size > options.max_total:
        raise too_large(size, options.max_total)


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _RATIO_FROM and info.file_size > _RATIO * max(1, info.compress_size)


def _member_name(name: str) -> str:
    """A member's name as a harmless path: no root, no drive, no way up (a label: nothing is written)."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return (
        "/".join("".join(character if character.isprintable() else "�" for character in part) for part in parts) or "_"
    )


def _is_litter(name: str) -> bool:
    parts = name.split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts)

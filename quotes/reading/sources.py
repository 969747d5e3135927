"""From what the user named (files, folders, globs, "-", addresses) to sources, one at a time and in sorted order."""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import PurePath
from typing import Any, BinaryIO, TextIO, cast

import regex

from quotes.reading.draft import ReadOptions, Source, Unreadable

STDIN = "-"
_STARS = regex.compile(r"(?<=^|/)(\*\*)(?:/|$)")


def is_address(name: str) -> bool:
    return name.lower().startswith(("http://", "https://"))


def sources(inputs: Sequence[str], options: ReadOptions) -> Iterator[Source | Unreadable]:
    """The sources that ``inputs`` name. A folder gives its files sorted by name, folders after files' names alike."""
    for name in inputs:
        if name == STDIN:
            yield Source(path="<stdin>", name="", open=_open_stdin, is_once=True)
        elif is_address(name):
            from quotes.reading.fetch import fetch

            yield fetch(name, options)
        elif os.path.lexists(name):
            yield from _of_path(name, options)
        elif glob.has_magic(name):
            found = sorted(_matching(name))
            if not found:
                yield Unreadable(name, "no file matches")
            for path in _outermost(found):
                yield from _of_path(path, options)
        else:
            yield Unreadable(name, "no such file or folder")


def _matching(pattern: str) -> Iterator[str]:
    """The paths that a pattern names, as ``glob`` finds them, but "**" goes into no linked folder.

    Two links to a parent would make ``glob`` try every path through them, which ends with the age of the universe.
    """
    before, stars, after = _STARS.split(pattern, maxsplit=1) if _STARS.search(pattern) else (pattern, None, None)
    if stars is None or after is None:
        yield from glob.iglob(pattern)
        return
    for start in glob.iglob(before) if before else ("",):
        for folder in _folders(start):
            if not after:
                yield from ([folder] if folder else [])
                yield from (entry for entry in _entries(folder) if not os.path.isdir(entry))
            else:
                yield from _matching(os.path.join(glob.escape(folder), after))


def _folders(start: str) -> Iterator[str]:
    """A folder and all below it, links and hidden ones left out; as ``glob`` writes them."""
    waiting = [start]
    while waiting:
        folder = waiting.pop()
        yield folder
        waiting += [entry for entry in _entries(folder) if os.path.isdir(entry) and not os.path.islink(entry)]


def _entries(folder: str) -> list[str]:
    try:
        return [os.path.join(folder, name) for name in sorted(os.listdir(folder or ".")) if not name.startswith(".")]
    except OSError:
        return []


def _of_path(path: str, options: ReadOptions) -> Iterator[Source | Unreadable]:
    try:
        status = os.stat(path)
    except OSError as error:
        yield Unreadable(path, os_reason(error))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _of_folder(path, options)
    elif stat.S_ISREG(status.st_mode):
        yield Source(path=path, name=os.path.basename(path), open=partial(_open, path), size=status.st_size)
    elif stat.S_ISFIFO(status.st_mode) or path.startswith("/dev/fd/"):
        yield Source(path=path, name=os.path.basename(path), open=once(partial(_open, path)), is_once=True)
    else:
        yield Unreadable(path, "not a regular file")


def _of_folder(path: str, options: ReadOptions) -> Iterator[Source | Unreadable]:
    """Depth first without recursion: folders nest deeper than Python's stack."""
    waiting = [path]
    while waiting:
        inner = waiting.pop()
        if inner is not path and not os.path.isdir(inner):
            yield from _of_path(inner, options)
        # a linked folder may lead back to its parent
        elif inner is path or (options.recursive and not os.path.islink(inner)):
            try:
                names = sorted(os.listdir(inner), reverse=True)
            except OSError as error:
                yield Unreadable(inner, os_reason(error))
                continue
            waiting += [os.path.join(inner, name) for name in names if options.hidden or not name.startswith(".")]


def _outermost(paths: Iterable[str]) -> Iterator[str]:
    """The paths, sorted ones, without those in a folder that is among them: "articles/**" names both."""
    folders: set[PurePath] = set()
    for path in paths:
        if folders.isdisjoint(PurePath(path).parents):
            if os.path.isdir(path):
                folders.add(PurePath(path))
            yield path


def _open(path: str) -> BinaryIO:
    return open(path, "rb")


class Once(io.BufferedReader):
    """A stream that its readers do not close: it is looked at before it is read, and cannot be opened again."""

    def close(self) -> None:
        pass


@lru_cache(maxsize=1)
def _standard_input(stream: TextIO) -> BinaryIO:
    return Once(cast(io.RawIOBase, cast(Any, stream).buffer))


def _open_stdin() -> BinaryIO:
    return _standard_input(sys.stdin)


def once(opener: Callable[[], BinaryIO]) -> Callable[[], BinaryIO]:
    """An opener that gives the same stream every time, where it was left."""

    @lru_cache(maxsize=1)
    def opened() -> BinaryIO:
        return Once(cast(io.RawIOBase, opener()))

    return opened


def os_reason(error: OSError) -> str:
    """What went wrong, without numbers and paths."""
    return (error.strerror or str(error) or type(error).__name__).lower()

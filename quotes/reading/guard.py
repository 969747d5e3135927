"""Faults kept to the document that has them: whatever a parser raises becomes one ``Unreadable``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from quotes.reading.draft import Refusal, Unreadable
from quotes.reading.sources import os_reason

T = TypeVar("T")


def guarded(path: str, items: Callable[[], Iterable[T]]) -> Iterator[T | Unreadable]:
    """What ``items()`` gives until it raises; then an ``Unreadable`` for ``path`` that says why."""
    try:
        yield from items()
    except Refusal as refusal:
        yield Unreadable(path, refusal.reason, refusal.skipped)
    except OSError as error:
        yield Unreadable(path, os_reason(error))
    except Exception as error:  # noqa: BLE001 - parsers of foreign formats raise anything on damaged files
        yield Unreadable(path, f"damaged or not what its name says ({in_one_line(error)})")


def in_one_line(error: BaseException) -> str:
    """The kind of an error and the beginning of what it says."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:160]}" if words else type(error).__name__

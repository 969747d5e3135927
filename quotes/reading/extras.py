"""Formats whose library is not always installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from quotes.reading.draft import Refusal


@contextmanager
def needs(package: str, what: str, extra: str = "formats") -> Iterator[None]:
    """Turns a missing library into a message that tells how to get it."""
    try:
        yield
    except ImportError:
        raise Refusal(f"{what} need {package}: pip install 'quotes[{extra}]'") from None

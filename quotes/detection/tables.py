"""The tables of ``quotes/data`` that detection reads."""

from __future__ import annotations

from functools import cache
from importlib import resources


def table(name: str) -> list[list[str]]:
    """The rows of a tab-separated table, without its header line."""
    text = resources.files("quotes").joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:] if line]


@cache
def group(name: str) -> frozenset[str]:
    """A closed class of lower-case words from ``function_words.tsv``: "auxiliary", "boundary", "determiner", ..."""
    return frozenset(word for kind, members in table("function_words.tsv") if kind == name for word in members.split())

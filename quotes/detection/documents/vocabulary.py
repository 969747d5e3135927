"""The words and patterns of ``quotes/data/documents.toml``, loaded once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import regex


@cache
def _data() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("quotes") / "data" / "documents.toml").read_text(encoding="utf-8"))


@cache
def words(table: str, key: str) -> frozenset[str]:
    """A word list of the data file, lower case."""
    return frozenset(_data()[table][key])


@cache
def pattern(table: str, key: str) -> regex.Pattern[str]:
    """A list of patterns of the data file as one, letter case ignored."""
    return regex.compile(
        "|".join(f"(?:{one})" for one in _data()[table][key]), regex.IGNORECASE | regex.VERSION1 | regex.MULTILINE
    )


def bare(word: str) -> str:
    """A word as the lists have it: lower case, without marks and stops around it."""
    return word.strip("*_.,;:()[]\"'“”‘’").lower()

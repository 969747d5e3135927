"""Where the words of a search stand in a text, as the store's snippets tell which words it found."""

from __future__ import annotations

import re

from db import MARK_END, MARK_START
from tui.names import folded

_MARKED = re.compile(f"{MARK_START}(.*?){MARK_END}", re.DOTALL)
_WORD = re.compile(r"\w+")


def found_words(snippet: str | None) -> frozenset[str]:
    """The words between the marks of a snippet, without case and accents."""
    if not snippet:
        return frozenset()
    return frozenset(folded(word) for marked in _MARKED.findall(snippet) for word in _WORD.findall(marked))


def places(text: str, words: frozenset[str]) -> list[tuple[int, int]]:
    """Where in ``text`` one of ``words`` stands, whatever its case and accents: half-open, in code points."""
    if not words:
        return []
    return [match.span() for match in _WORD.finditer(text) if folded(match.group()) in words]


def as_you_type(typed: str) -> str:
    """What to search for while ``typed`` may not be finished: its last word may go on, until a space follows it."""
    last = typed.split()[-1] if typed.split() else ""
    unfinished = len(last) > 1 and typed[-1].isalnum() and typed.count('"') % 2 == 0
    return typed.strip() + ("*" if unfinished else "")

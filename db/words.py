"""What a user types into a search box, as queries for the full-text indexes. Nothing in it is ever syntax to FTS5."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from db.names import folded, storable

_PIECE = regex.compile(r'(?P<minus>(?<!\S)-)?(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»]+))')
_HAS_TOKEN = regex.compile(r"[\p{L}\p{N}\p{Co}]")
_TOKENS = regex.compile(r"[\p{L}\p{N}\p{M}\p{Co}]+")


@dataclass(frozen=True, slots=True)
class WordQuery:
    """The pieces of a search: ``stemmed`` and ``without`` for the index of word stems, ``typed`` for that of words.

    Each is an FTS5 query, or None where the user gave no such piece. ``nothing`` is set when the user typed something
    in which no word is: nothing can be found then.
    """

    stemmed: str | None
    typed: str | None
    without: str | None
    without_typed: str | None
    nothing: bool
    prefixes: tuple[str, ...] = ()  # without their asterisks


def parsed(words: str | None) -> WordQuery:
    """The queries for ``words``: plain words and phrases by their stems, ``prefix*`` as typed, ``-piece`` excluded."""
    stemmed: list[str] = []
    typed: list[str] = []
    without: list[str] = []
    without_typed: list[str] = []
    prefixes: list[str] = []
    text = storable((words or "").replace("\0", " "))
    for piece in _PIECE.finditer(text):
        content = piece["phrase"] if piece["phrase"] is not None else piece["word"]
        if not _HAS_TOKEN.search(content):
            continue
        is_prefix = piece["phrase"] is None and content.endswith("*")
        if is_prefix:
            # an apostrophe or hyphen splits words: only the last part is a beginning, the others are whole
            *whole, beginning = _TOKENS.findall(content)
            query = " AND ".join([*map(_quoted, whole), f"{_quoted(beginning)} *"])
            (without_typed if piece["minus"] else typed).append(f"({query})")
            if not piece["minus"]:
                prefixes += [*whole, beginning]
        else:
            (without if piece["minus"] else stemmed).append(_quoted(content))
    return WordQuery(
        " AND ".join(stemmed) or None,
        " AND ".join(typed) or None,
        " OR ".join(without) or None,
        " OR ".join(without_typed) or None,
        nothing=bool(text.strip()) and not (stemmed or typed or without or without_typed),
        prefixes=tuple(prefixes),
    )


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def prefix_snippet(text: str, prefixes: tuple[str, ...], start: str, end: str, around: int = 16) -> str | None:
    """``text`` near the first word that begins with one of ``prefixes``, all such words marked; else None."""
    wanted = tuple(folded(prefix) for prefix in prefixes)
    words = list(_TOKENS.finditer(text))
    hits = [index for index, word in enumerate(words) if folded(word.group()).startswith(wanted)]
    if not hits:
        return None
    first, last = max(0, hits[0] - around), min(len(words), hits[0] + around)
    pieces, position = ["…"] if first else [], words[first].start() if first else 0
    for index in (hit for hit in hits if hit < last):
        word = words[index]
        pieces += [text[position : word.start()], start, word.group(), end]
        position = word.end()
    tail = text[position:] if last == len(words) else text[position : words[last - 1].end()] + "…"
    return "".join([*pieces, tail])

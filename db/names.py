"""Names and words made comparable: without accents, case and typographic variants."""

from __future__ import annotations

import unicodedata

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-"})
_SURROGATES = dict.fromkeys(range(55296, 57344), "�")


def folded(name: str) -> str:
    """``name`` without accents, case and surplus white space, for sorting and finding ("Zoë  Élan" → "zoe elan")."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES).casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def storable(text: str) -> str:
    """``text`` with lone surrogates, which no UTF-8 file can hold, replaced one for one (offsets stay true)."""
    return text if text.isascii() else text.translate(_SURROGATES)


def like_pattern(text: str) -> str:
    """``text`` with the wildcards of LIKE made literal (use with ``ESCAPE '!'``)."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")

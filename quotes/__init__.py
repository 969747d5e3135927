"""Who said what in diplomatic texts: find direct and reported speech and attribute it to its speakers.

>>> import quotes
>>> extraction = quotes.extract('"We are ready to talk," Foreign Minister Ana Petrova said.')

``extract`` reads one text, ``Extractor`` many (it loads the models once). The engine is imported on first use only, so
that ``import quotes`` is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.jsonl import from_dict, to_dict, to_line
from quotes.model import Article, Block, Cue, Extraction, Quotation, Span, Speaker

if TYPE_CHECKING:
    from quotes.engine import Extractor, extract

__version__ = "0.1.0"
# Raised whenever the same text may give other quotations: the store then replaces what older engines found.
ENGINE_VERSION = "2"
__all__ = [
    "ENGINE_VERSION",
    "Article",
    "Block",
    "Cue",
    "Extraction",
    "Extractor",
    "Quotation",
    "Span",
    "Speaker",
    "extract",
    "from_dict",
    "to_dict",
    "to_line",
]


def __getattr__(name: str) -> Any:
    if name in ("Extractor", "extract"):
        from quotes import engine

        return getattr(engine, name)
    raise AttributeError(f"module 'quotes' has no attribute {name!r}")

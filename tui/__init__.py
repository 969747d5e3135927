"""The terminal browser: read the record by speaker, see every quotation in its place, correct it with a key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db import Filter

__all__ = ["run"]


def run(path: Path, filter: Filter | None = None, *, settings_path: Path | None = None) -> int:
    """Shows the database at ``path`` until the user leaves; starts with ``filter``.

    ``settings_path`` is where theme, layout and bookmarks are remembered (default: the platform's folder for it). Gives
    the exit code: 0, or 1 when the database could not be opened (the user has seen why).
    """
    import sys

    from tui.app import QuotesApp
    from tui.settings import default_path

    sys.setswitchinterval(0.001)  # keys and drawing take turns with the reading threads five times as often
    return QuotesApp(Path(path), filter, settings_path=settings_path or default_path()).run() or 0

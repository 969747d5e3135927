"""What the browser is to show first, as the command line asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tui.settings import Settings
from tui.view import View


class UnknownBookmark(ValueError):
    """There is no bookmark of that name for the database; says which there are."""


@dataclass(frozen=True)
class Start:
    """``by`` and ``sort`` are as in ``View`` (None: as remembered); ``view`` is a whole one, from a bookmark."""

    by: str | None = None
    sort: str | None = None
    timeline: bool = False
    review: bool = False
    view: View | None = None


def bookmarked(settings: Settings, database: Path, name: str) -> View:
    """The view that was bookmarked as ``name`` in this database, whatever the case. Raises UnknownBookmark."""
    here = [bookmark for bookmark in settings.bookmarks if Path(bookmark.database) == database.absolute()]
    for bookmark in reversed(here):
        if bookmark.name.casefold() == name.casefold():
            return View.from_dict(bookmark.view)
    names = ", ".join(dict.fromkeys(bookmark.name for bookmark in here))
    raise UnknownBookmark(
        f"no bookmark {name!r} for {database}; " + (f"there are: {names}" if names else "there is none")
    )

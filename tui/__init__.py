"""The terminal browser: read the record by speaker, see every quotation in its place, correct it with a key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db import Filter

__all__ = ["run"]


def run(
    path: Path,
    filter: Filter | None = None,
    *,
    by: str | None = None,
    sort: str | None = None,
    timeline: bool = False,
    review: bool = False,
    bookmark: str | None = None,
    settings_path: Path | None = None,
) -> int:
    """Shows the database at ``path`` until the user leaves; starts with ``filter``, or with the view of a bookmark.

    ``by`` is the list on the left ("speakers", "countries", "articles"), ``sort`` an order of quotations; both as
    remembered where not given. ``settings_path`` is where theme, layout and bookmarks are remembered (default: the
    platform's folder for it). Gives the exit code: 0, or 1 when the database could not be opened (the user has seen
    why). Raises ValueError for a bookmark that is not there.
    """
    from tui import settings
    from tui.app import QuotesApp
    from tui.pauses import prepare
    from tui.start import Start, bookmarked

    settings_path = settings_path or settings.default_path()
    view = bookmarked(settings.load(settings_path), Path(path), bookmark) if bookmark is not None else None
    prepare()
    start = Start(by, sort, timeline, review, view)
    return QuotesApp(Path(path), filter, start=start, settings_path=settings_path).run() or 0

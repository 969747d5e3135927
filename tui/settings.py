"""What the browser remembers between sessions: theme, layout and bookmarks, as one JSON file of the user's.

A file that cannot be read or written never keeps anyone from browsing: reading falls back on the defaults, and the
failed writing is reported to the caller.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from tui.themes import DARK

FILE_NAME = "browser.json"


@dataclass
class Bookmark:
    """A named view of one database (its ids hold there only): ``view`` is what ``tui.view.View.to_dict`` gives."""

    name: str
    view: dict[str, Any]
    database: str = ""


@dataclass
class Settings:
    """``row_lines``: lines a quotation takes in the list (1 to 3); 0: as many as suit the screen."""

    theme: str = DARK.name
    row_lines: int = 0
    by: str = "speakers"
    sort: str = "newest"
    list_orders: dict[str, str] = field(default_factory=dict)
    timeline: bool = False
    export_folder: str | None = None
    bookmarks: list[Bookmark] = field(default_factory=list)


def default_path() -> Path:
    """Where the settings lie: the platform's folder for a user's configuration."""
    return user_config_path("quotes", appauthor=False) / FILE_NAME


def _bookmark(data: object) -> Bookmark | None:
    if isinstance(data, Mapping) and isinstance(data.get("name"), str) and isinstance(data.get("view"), dict):
        return Bookmark(data["name"], data["view"], str(data.get("database", "")))
    return None


def from_dict(data: Mapping[str, Any]) -> Settings:
    """Settings from what was read; a value of another type than expected is left at its default."""
    settings = Settings()
    for item in fields(Settings):
        value = data.get(item.name)
        if item.name == "bookmarks":
            items = value if isinstance(value, list) else []
            settings.bookmarks = [bookmark for entry in items if (bookmark := _bookmark(entry))]
        elif type(value) is type(getattr(settings, item.name)) or (item.name == "export_folder" and type(value) is str):
            setattr(settings, item.name, value)
    settings.row_lines = max(0, min(3, settings.row_lines))
    return settings


def load(path: Path) -> Settings:
    """The settings at ``path``, or the defaults where there are none that can be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return from_dict(data) if isinstance(data, dict) else Settings()


def save(settings: Settings, path: Path) -> None:
    """Writes the file whole or not at all. Raises OSError when it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, ensure_ascii=False, indent=1)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

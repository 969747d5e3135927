"""A few pictures of the whole screen. ``QUOTES_UPDATE_SNAPSHOTS=1 pytest tests/tui/test_tui_snapshots.py`` renews them.

Our own small comparison, as pytest-textual-snapshot ties its users to one old release of its dependencies.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from db import Filter
from tui.screenshot import self_contained

PICTURES = Path(__file__).parent / "snapshots"
CASES = {
    "main-dark-160x48": ("quotes-dark", (160, 48), Filter(), ("down", "tab", "down", "down")),
    "main-light-80x24": ("quotes-light", (80, 24), Filter(), ("down", "tab")),
    "context-dark-80x24": ("quotes-dark", (80, 24), Filter(words="flag"), ("tab", "tab")),
    "search-light-160x48": ("quotes-light", (160, 48), Filter(words="harbour", since="2024"), ("tab",)),
    "months-light-160x48": ("quotes-light", (160, 48), Filter(), ("4", "left", "shift+left")),
    "filters-dark-160x48": ("quotes-dark", (160, 48), Filter(act=("warn", "deny")), ("f",)),
    "review-dark-80x24": ("quotes-dark", (80, 24), Filter(), ("R", "space")),
    "compare-light-80x24": ("quotes-light", (80, 24), Filter(), ("down", "space", "space", "5")),
}


@pytest.mark.parametrize("name", CASES)
async def test_the_screen_looks_as_it_did(browse, database, name, tmp_path):
    theme, size, wanted, keys = CASES[name]
    async with browse(database, wanted, size=size) as browser:
        browser.app.theme = theme
        await browser.press(*keys)
        await browser.until(lambda: browser.main.context.chosen is not None)
        await browser.rest()
        svg = self_contained(browser.app.export_screenshot(title=name))
    picture = PICTURES / f"{name}.svg"
    if os.environ.get("QUOTES_UPDATE_SNAPSHOTS"):
        PICTURES.mkdir(exist_ok=True)
        picture.write_text(svg, encoding="utf-8")
    now = tmp_path / picture.name
    now.write_text(svg, encoding="utf-8")
    assert svg == picture.read_text(encoding="utf-8"), f"the screen has changed; compare {picture} with {now}"

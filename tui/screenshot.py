"""The picture in the README: ``python -m tui.screenshot DATABASE OUT.svg`` draws the browser of a database.

``make picture`` does so with the bundled samples.

It shows the first speaker of the list with the longest of their quotations on the first screen, in its article.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from pathlib import Path

from tui.app import QuotesApp
from tui.screens.main import MainScreen

SIZE = (160, 44)
_FONT = "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace"


def self_contained(svg: str) -> str:
    """The picture without fonts from elsewhere and without what differs from run to run.

    Some programs drop the spaces at the ends of a run of letters unless told to preserve them.
    """
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family:\s*(?:Fira Code|arial)[^;]*;", f"font-family: {_FONT};", svg)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"


async def draw(database: Path, size: tuple[int, int] = SIZE) -> str:
    """The browser of ``database`` as SVG, ``size`` in cells."""
    app = QuotesApp(database)
    async with app.run_test(size=size) as pilot:
        await _rest(app)
        await pilot.press("down", "tab")
        await _rest(app)
        main = app.screen
        if isinstance(main, MainScreen):
            rows = [(main.quotations.row(place), place) for place in range(min(12, main.quotations.row_count))]
            main.quotations.move_to(max(rows, key=lambda row: len(row[0].text) if row[0] else 0)[1] if rows else 0)
        await _rest(app)
        return self_contained(app.export_screenshot(title=f"quotes browse --db {database.name}"))


async def _rest(app: QuotesApp) -> None:
    for _ in range(10):
        await asyncio.sleep(0.1)
        await app.workers.wait_for_complete()


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Draws the browser of a database as SVG.")
    parser.add_argument("database", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    arguments.out.write_text(asyncio.run(draw(arguments.database)), encoding="utf-8")


if __name__ == "__main__":
    main()

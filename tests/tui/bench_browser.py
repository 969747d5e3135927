"""Measures the browser at size: ``python tests/tui/bench_browser.py DATABASE`` (made by tests/db/bench_store.py).

Prints, in milliseconds, how long it takes from the start to the first quotations on the screen, and for each key how
long the longest and the median press keep the app from taking the next one (the event loop's delay), at 160x48.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from pathlib import Path

from tui.app import QuotesApp
from tui.pauses import prepare
from tui.screens.main import MainScreen

KEYS: dict[str, list[str]] = {
    "down in the speakers": ["down"] * 20,
    "end, home in the speakers": ["end", "home"] * 5,
    "to the quotations and back": ["tab", "shift+tab"] * 5,
    "down in the quotations": ["tab", *["down"] * 30],
    "page down in the quotations": ["pagedown"] * 30,
    "end, home in the quotations": ["end", "home"] * 5,
    "sort": ["o"] * 4,
    "search as you type": ["slash", *"sanctions", *["backspace"] * 9, *"talks kare", "enter"],
    "no filters": ["F"],
    "narrow the speakers": ["s", *"karemo", *["backspace"] * 6, "escape"],
}


async def delays(app: QuotesApp, keys: list[str]) -> tuple[list[float], float]:
    """For each key how long the app was busy with it; and the seconds until all that it set off had come."""
    loop = asyncio.get_running_loop()
    found: list[float] = []
    for key in keys:
        worst = 0.0
        app.simulate_key(key)
        until = loop.time() + 0.15
        while (before := loop.time()) < until:
            await asyncio.sleep(0.001)
            worst = max(worst, loop.time() - before - 0.001)
        found.append(worst * 1000)
    started = loop.time()
    while any(not worker.is_finished for worker in app.workers):
        await asyncio.sleep(0.005)
    return found, loop.time() - started


async def measure(path: Path) -> None:
    started = time.perf_counter()
    app = QuotesApp(path)
    async with app.run_test(size=(160, 48)):
        main = app.screen
        assert isinstance(main, MainScreen)
        while not (main.quotations.row_count and main.browse.row_count > 1):
            await asyncio.sleep(0.002)
        await asyncio.sleep(0.02)
        print(f"start to speakers and quotations on the screen {(time.perf_counter() - started) * 1000:8.0f} ms")
        while not main.quotations.complete or any(not worker.is_finished for worker in app.workers):
            await asyncio.sleep(0.005)
        print(f"start to all {main.quotations.row_count:,} at hand {(time.perf_counter() - started) * 1000:8.0f} ms")
        print(f"{main.browse.row_count:,} rows in the list on the left")
        for name, keys in KEYS.items():
            found, rest = await delays(app, keys)
            print(f"{name:32} median {statistics.median(found):6.1f}  longest {max(found):6.1f} ms  then {rest:5.2f} s")


if __name__ == "__main__":
    prepare()  # as tui.run does
    asyncio.run(measure(Path(sys.argv[1])))

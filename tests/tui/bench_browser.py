"""Measures the browser at size: ``python tests/tui/bench_browser.py DATABASE`` (made by tests/db/bench_store.py).

Prints, in milliseconds at 160x48, how long it takes from the start to the first quotations on the screen, and for each
key how long the longest single stretch is in which the app takes no other key: by the clock, and as processor time of
the app's thread. The two differ where other programs or the reading threads have the processors meanwhile. As root on
Linux ``--first`` puts the app before all other programs, so that the clock tells something on a busy machine, too.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

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
    "marks, lines, zoom": ["space", "space", "escape", "v", "v", "v", "z", "z"],
    "order": ["o"] * 4,
    "search as you type": ["slash", *"sanctions", *["backspace"] * 9, *"talks kare", "enter"],
    "the same, moving in what is found": [*["down"] * 10, *["pagedown"] * 5, "end", "home"],
    "no filters": ["F"],
    "narrow the speakers": ["s", *"karemo", *["backspace"] * 6, "escape"],
    "months": ["4", "left", "left", "shift+left", "enter", "backspace", "4"],
    "countries, articles, speakers": ["2", "down", "down", "3", "down", "down", "1", "down"],
    "filters": ["f", "space", "down", "space", "tab", "space", "ctrl+s", "F"],
    "go to a speaker": ["S", *"kare", "down", "enter"],
    "about a speaker": ["i", "j", "k", "escape"],
    "repeats": ["tab", "t", "j", "escape"],
    "help, palette": ["question_mark", "j", "escape", "ctrl+p", *"kare", "escape", "escape"],
    "side by side": ["home", "shift+tab", "home", "down", "space", "space", "5", "slash", *"talks", "enter", "tab",
                     "down", "escape", "escape"],
    "review": ["R", "space", "space", "left", "tab", "tab", "escape"],
}  # fmt: skip


class Stretch(NamedTuple):
    """The longest stretch of one key, in milliseconds."""

    key: str
    clock: float
    processor: float


async def delays(app: QuotesApp, keys: list[str]) -> tuple[list[Stretch], float]:
    """For each key how long the app was busy with it; and the seconds until all that the last one set off had come."""
    loop = asyncio.get_running_loop()
    found: list[Stretch] = []
    for key in keys:
        clock = processor = 0.0
        app.simulate_key("space" if key == " " else key)
        until = loop.time() + 0.15
        while (before := loop.time()) < until:
            used = time.thread_time()
            await asyncio.sleep(0.001)
            clock = max(clock, loop.time() - before - 0.001)
            processor = max(processor, time.thread_time() - used)
        found.append(Stretch(key, clock * 1000, processor * 1000))
    started = loop.time()
    while any(not worker.is_finished and worker.group != "default" for worker in app.workers):
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
        everything: list[Stretch] = []
        for name, keys in KEYS.items():
            found, rest = await delays(app, keys)
            everything += found
            print(f"{name:34} {summary(found)}  then {rest:5.2f} s", flush=True)
        late = sum(stretch.clock > 100 for stretch in everything)
        print(f"{f'all {len(everything)} keys':34} {summary(everything)}  over 100 ms by the clock: {late}")


async def measure_first(path: Path) -> None:
    """Measures with real-time priority: the app's thread before the reading ones, as it wakes up for a key only."""
    app, reading = (os.sched_param(os.sched_get_priority_min(os.SCHED_RR) + more) for more in (50, 49))
    pool = ThreadPoolExecutor(6, initializer=lambda: os.sched_setscheduler(0, os.SCHED_RR, reading))
    asyncio.get_running_loop().set_default_executor(pool)
    os.sched_setscheduler(0, os.SCHED_RR, app)
    await measure(path)


def summary(found: list[Stretch]) -> str:
    """Median and worst of both measures, with the keys that were the worst."""
    parts = []
    for measure in ("clock", "processor"):
        worst = max(found, key=lambda stretch: float(getattr(stretch, measure)))
        median = statistics.median(getattr(stretch, measure) for stretch in found)
        parts.append(f"{measure} median {median:5.1f} worst {getattr(worst, measure):6.1f} ({worst.key})".ljust(52))
    return " ".join(parts).rstrip()


if __name__ == "__main__":
    prepare()  # as tui.run does
    asyncio.run(measure_first(Path(sys.argv[1])) if "--first" in sys.argv else measure(Path(sys.argv[1])))

"""``quotes demo``: the bundled samples through the whole tool, into a temporary database."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes import ENGINE_VERSION, render
from quotes.batch import run
from quotes.model import Extraction
from quotes.progress import Stopwatch, narrate
from quotes.reading import ReadOptions
from quotes.tables import console, print_rows

if TYPE_CHECKING:
    from db import Store

Linked = Callable[["Store", Callable[[Extraction], Any]], Callable[[Extraction], None]]


def run_demo(open_store: Callable[[str], Store], linked: Linked, folder: str | None) -> None:
    """Extract the samples, show one article with its quotations, who is quoted, and what to try next.

    The database lies in ``folder``, or in a temporary one that is kept for the commands that the demo names.
    """
    place = Path(folder or tempfile.mkdtemp(prefix="quotes-demo-")) / "quotes.db"
    place.parent.mkdir(parents=True, exist_ok=True)
    watch = Stopwatch()
    extractions: list[Extraction] = []
    with as_file(files("quotes") / "samples") as samples, open_store(str(place)) as store:
        texts = sorted(str(path) for path in samples.glob("*.txt"))
        click.echo(f"Extracting the {len(texts)} bundled samples (invented people) ...", err=True)
        this_run = store.start_run(ENGINE_VERSION, "demo")

        def keep(extraction: Extraction) -> None:
            extractions.append(extraction)
            store.write(extraction, this_run, force=True)

        summary = run(texts, ReadOptions(), linked(store, keep))
        store.finish_run(this_run)
        out = console()
        if extractions:
            out.print(render.whole(extractions[0]))
        out.print()
        page = store.speakers(limit=15)
        columns = ("quotations", "name", "kind", "role", "country")
        print_rows(columns, [[getattr(row, c) for c in columns] for row in page.rows])
    click.echo("", err=True)
    narrate(summary, None, watch)
    click.echo(
        f"\nThe database is {place}. Try:\n"
        f"  quotes browse --db {place}\n"
        f"  quotes search --db {place} talks\n"
        f"  quotes export --db {place} -o quotes.csv\n"
        f"  quotes extract YOUR_FOLDER",
        err=True,
    )

"""``quotes demo``: the bundled samples through the whole tool, into a temporary database."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from quotes import ENGINE_VERSION, render
from quotes.batch import run
from quotes.linking import linker
from quotes.model import Extraction
from quotes.progress import Stopwatch, narrate
from quotes.reading import ReadOptions
from quotes.tables import console, is_plain, print_speakers

if TYPE_CHECKING:
    from db import Store

MOST_SPEAKERS = 10  # listed at the end


def run_demo(open_store: Callable[[str], Store], folder: str | None) -> None:
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
        link = linker(store.speaker_index(), store.rename_canonical)

        def keep(extraction: Extraction) -> None:
            extractions.append(link(extraction))
            store.write(extractions[-1], this_run, force=True)

        summary = run(texts, ReadOptions(), keep)
        store.finish_run(this_run)
        out = console()
        if extractions:
            first = extractions[0]
            shown = render.all_shown(first)
            out.print(render.page(first.article, shown, plain=is_plain(out), table=render.short_table))
        out.print(Text("\nThe most quoted of all samples", "bold"))
        print_speakers(store.speakers(limit=MOST_SPEAKERS).rows)
    click.echo("", err=True)
    narrate(summary, None, watch)
    click.echo(
        f"\nThe database is {place}. Try:\n"
        f"  quotes browse --db {place}\n"
        f"  quotes search --db {place} ferry\n"
        f"  quotes export --db {place} -o quotes.csv\n"
        f"  quotes extract YOUR_FOLDER     (into quotes.db)",
        err=True,
    )

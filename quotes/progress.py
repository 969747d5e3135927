"""What a person sees of a long run, on stderr: a bar on a terminal, nothing when piped, and a summary at the end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from quotes.batch import Summary
from quotes.reading import ReadOptions, count
from quotes.render import printable

MOST_NAMED = 20  # failures listed at the end
LEAST_FOR_RATE = 20_000  # words: below it the loading of the models takes most of the time


def counted(number: int, thing: str) -> str:
    """A number with its noun: "1 article", "2,000 articles"."""
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


class _Rate(ProgressColumn):
    """Articles a second since the start (the loading of the models included)."""

    def render(self, task: Task) -> Text:
        seconds = task.elapsed or 0
        return Text(f"{task.completed / seconds:.1f}/s" if task.completed and seconds else "", "progress.data.speed")


@contextmanager
def progress_bar(inputs: Sequence[str], options: ReadOptions) -> Iterator[Callable[[], None]]:
    """Gives the function to call once a document; draws a bar when stderr is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("articles"),
        _Rate(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True) as progress:
        total = count(inputs, options)
        task = progress.add_task("Reading", total=total)
        yield lambda: progress.advance(task)


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began


def narrate(summary: Summary, database: str | None, watch: Stopwatch) -> None:
    """The summary of a run on stderr: what was found, what was left alone, what failed and why."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if summary.articles:
        forms = ", ".join(f"{number:,} {form}" for form, number in summary.forms.most_common())
        found = counted(summary.quotations, "quotation") + (f" ({forms})" if forms else "")
        unknown = f"; {counted(summary.unattributed, 'quotation')} without a speaker" if summary.unattributed else ""
        speakers = counted(len(summary.speakers), "speaker")
        console.print(f"{counted(summary.articles, 'article')}: {found}, {speakers}{unknown}")
        rate = f", {summary.words / watch.seconds:,.0f} words a second" if summary.words >= LEAST_FOR_RATE else ""
        console.print(f"{counted(summary.words, 'word')} in {watch.seconds:.1f} s{rate}", style="dim")
    if summary.unchanged:
        console.print(f"{counted(summary.unchanged, 'article')} unchanged since the last run")
    if not (summary.articles or summary.unchanged or summary.failed or summary.skipped):
        console.print("No documents found.")
    for title, lines, style in (("skipped", summary.skipped, "yellow"), ("failed", summary.failed, "red")):
        if lines:
            console.print(f"{len(lines):,} {title}:", style=style)
            for line in lines[:MOST_NAMED]:
                console.print(f"  {escape(printable(line))}")
            if len(lines) > MOST_NAMED:
                console.print(f"  ... and {len(lines) - MOST_NAMED:,} more")
    if database and (summary.articles or summary.unchanged):
        console.print(f"In {escape(database)}. Next: quotes browse, quotes speakers, quotes export", style="dim")

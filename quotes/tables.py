"""What the reading commands print: aligned tables on a terminal, tab-separated lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quotes import render
from quotes.model import Article
from quotes.render import Shown, printable

if TYPE_CHECKING:
    from db import ArticleDetail, QuotationRow, SpeakerRow
    from quotes.evaluation import Score

NUMERIC = frozenset({"id", "quotations", "repeats", "confidence", "count"})


def console() -> Console:
    """Stdout; colours when it is a terminal (rich honours NO_COLOR)."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def is_plain(out: Console) -> bool:
    """Whether colours do not show, so that marks must."""
    return not out.is_terminal or out.no_color or out.color_system is None


def cell(value: Any) -> str:
    """A value in one line of plain text."""
    return "" if value is None else printable(" ".join(str(value).split()))


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, more: bool = False) -> None:
    """A table; tab-separated with a header line when stdout is not a terminal. ``more``: there are further rows."""
    if not sys.stdout.isatty():
        click.echo("\t".join(columns))
        for row in rows:
            click.echo("\t".join(cell(value) for value in row))
    else:
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
        for column in columns:
            table.add_column(
                column.replace("_", " "), justify="right" if column in NUMERIC else "left", overflow="fold"
            )
        for row in rows:
            table.add_row(*(Text(cell(value)) for value in row))
        console().print(table)
    _end_note(len(rows), more)


def print_speakers(rows: Sequence[SpeakerRow], *, more: bool = False) -> None:
    """Who is quoted; on a terminal role, country and dates are drawn together, so that 80 columns do."""
    if not sys.stdout.isatty():
        columns = ("id", "quotations", "name", "kind", "role", "country", "first", "last")
        print_rows(columns, [[getattr(row, column) for column in columns] for row in rows], more=more)
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("id", justify="right", style="dim", no_wrap=True)
    table.add_column("quoted", justify="right", no_wrap=True)
    table.add_column("speaker", style="bold", max_width=34)
    table.add_column("who", max_width=34)
    table.add_column("when", style="dim", no_wrap=True)
    for row in rows:
        who = ", ".join(x for x in (cell(row.role) or row.kind, cell(row.country)) if x)
        first, last = (row.first or "")[:7], (row.last or "")[:7]  # months do, and leave room for the rest
        when = row.first if row.first == row.last else first if first == last else f"{first} – {last}"
        table.add_row(*(Text(cell(x)) for x in (row.id, row.quotations, row.name, who, when)))
    console().print(table)
    _end_note(len(rows), more)


def _end_note(number: int, more: bool) -> None:
    if not number:
        click.echo("Nothing found.", err=True)
    if more:
        click.echo(f"The first {number}; --limit gives more.", err=True)


def print_hits(rows: Sequence[QuotationRow], marks: tuple[str, str], *, more: bool = False) -> None:
    """Search results: who, when and where in one line, the snippet with the found words in bold below."""
    if not sys.stdout.isatty():
        columns = ("id", "speaker", "published", "publisher", "form", "act", "text")
        print_rows(columns, [[getattr(row, column) for column in columns] for row in rows], more=more)
        return
    out = console()
    for row in rows:
        line = Text(f"{row.id}  ", "dim")
        line.append(cell(row.speaker) or "unknown", "bold" if row.speaker else "dim italic")
        facts = (row.role, row.country, row.published, row.publisher, row.form, row.act)
        line.append("  " + " · ".join(cell(fact) for fact in facts if fact), "dim")
        out.print(line)
        out.print(Padding(_snippet(row.snippet or row.text, marks), (0, 0, 1, 2)))
    _end_note(len(rows), more)


def _snippet(text: str, marks: tuple[str, str]) -> Text:
    out = Text()
    rest = " ".join(text.split())
    while marks[0] in rest:
        before, _, rest = rest.partition(marks[0])
        found, _, rest = rest.partition(marks[1])
        out.append(printable(before)).append(printable(found), "bold reverse")
    return out.append(printable(rest))


def show_stored(detail: ArticleDetail) -> None:
    """An article of the store with its quotations (but the rejected)."""
    row = detail.article
    article = Article(
        detail.text, path=row.path, title=row.title, published=row.published, publisher=row.publisher,
        agency=row.agency, kind=row.kind,  # type: ignore[arg-type]
    )  # fmt: skip
    quotations = [
        Shown(
            found.content, found.cue, found.source, found.quotation.form, found.quotation.act, found.quotation.speaker,
            ", ".join(x for x in (found.quotation.role, found.quotation.country) if x) or None,
            found.inside_id is not None,
        )
        for found in detail.quotations
        if found.quotation.status != "rejected"
    ]  # fmt: skip
    out = console()
    out.print(render.page(article, quotations, plain=is_plain(out)))


def show_file(path: str) -> None:
    """Every document of a file, extracted now.

    Raises click.ClickException at the end when one could not be read; one that was skipped on purpose counts only when
    there is nothing else.
    """
    from quotes.engine import Extractor
    from quotes.reading import Unreadable, read

    extractor = None
    failed: list[Unreadable] = []
    skipped: list[Unreadable] = []
    for item in read([path]):
        if isinstance(item, Unreadable):
            (skipped if item.skipped else failed).append(item)
            continue
        extractor = extractor or Extractor()
        extraction, out = extractor.extract(item), console()
        out.print(render.page(extraction.article, render.all_shown(extraction), plain=is_plain(out)))
    faults = failed if extractor else failed + skipped
    if faults:
        more = f" (and {len(faults) - 1:,} more)" if len(faults) > 1 else ""
        raise click.ClickException(printable(str(faults[0])) + more)


def print_score(score: Score, verbose: bool) -> None:
    """The figures of an evaluation, by form too; with ``verbose`` every miss."""
    print_rows(
        ("figure", "value"),
        [
            ("statements", score.gold),
            ("found precision", f"{score.precision:.3f}"),
            ("found recall", f"{score.recall:.3f}"),
            ("found F1", f"{score.f1:.3f}"),
            ("speaker right, of the found", f"{score.right_speaker / max(1, score.found):.3f}"),
            ("form right, of the found", f"{score.right_form / max(1, score.found):.3f}"),
            ("attributed F1", f"{score.attributed_f1:.3f}"),
            *(
                (f"{form}: found, with speaker", f"{found}/{gold}, {right}/{gold}")
                for form, (gold, found, right) in score.by_form.items()
            ),
        ],
    )
    if verbose:
        for miss in score.misses:
            click.echo(cell(miss))

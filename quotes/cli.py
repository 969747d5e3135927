"""The command line. Data goes to stdout, everything else to stderr; errors are one clear line, exit code 1.

Only this module knows db and tui, and imports them inside the commands that need them; so does the engine, so that
``quotes --help`` and the commands that only read the store start without PyTorch.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes import ENGINE_VERSION, __version__
from quotes.model import DOCUMENT_KINDS
from quotes.options import Commands, Megabytes, Number, browse_options, database_option, filter_options

if TYPE_CHECKING:
    from db import Filter, Store
    from quotes.model import Extraction


def _filter(words: tuple[str, ...] | str | None = None, **options: Any) -> Filter:
    from db import Filter

    joined = words if isinstance(words, str) else " ".join(words or ())
    return Filter(words=joined or None, **options)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _open(database: str, *, write: bool = False) -> Store:
    import db

    return db.open_store(database, readonly=not write, create=False)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="quotes", message=f"%(prog)s %(version)s (engine {ENGINE_VERSION})")
def main() -> None:
    """Who said what in diplomatic texts: find quotations, attribute them, store, browse and export them.

    \b
    quotes extract articles/          read a folder into quotes.db
    quotes browse                     read the record by speaker
    quotes export -o quotes.csv       take it away
    """


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@database_option(exists=False)
@click.option("--jsonl", is_flag=True, help="Write JSON Lines to stdout instead of the database.")
@click.option(
    "--all", "thoughts", is_flag=True, help="Also what is reported but not said: beliefs, plans, withheld speech."
)
@click.option(
    "--jobs", default=1, show_default=True, metavar="N", type=click.IntRange(1, 64), help="Processes that extract."
)
@click.option("--force", is_flag=True, help="Extract unchanged documents again.")
@click.option(
    "--kind", type=click.Choice(DOCUMENT_KINDS), metavar="KIND",
    help=f"Kind of all documents, instead of recognising it: {', '.join(DOCUMENT_KINDS)}.",
)  # fmt: skip
@click.option("--text-column", metavar="NAME", help="Column of the text in tables of articles (CSV, JSON Lines, ...).")
@click.option("--title-column", metavar="NAME", help="Column of the title.")
@click.option("--url-column", metavar="NAME", help="Column of the address.")
@click.option("--published-column", metavar="NAME", help="Column of the date.")
@click.option("--publisher-column", metavar="NAME", help="Column of the outlet.")
@click.option("--any-language", is_flag=True, help="Do not skip documents that are not in English.")
@click.option(
    "--max-size", default=10.0, show_default=True, type=Megabytes(), metavar="MB", help="Largest document that is read."
)
@click.pass_context
def extract(
    ctx: click.Context, paths: tuple[str, ...], database: str, jsonl: bool, thoughts: bool, jobs: int, force: bool,
    kind: Any, any_language: bool, max_size: float, **columns: str | None,
) -> None:  # fmt: skip
    """Extract quotations from files, folders, globs or stdin (-).

    Texts, HTML, PDF, Word, mail, feeds, archives, and tables of articles (JSON Lines, CSV) are read, also from http(s)
    addresses; folders with all that is below them. Documents that have not changed since the last run are left alone.
    """
    from quotes.batch import run
    from quotes.linking import linker
    from quotes.progress import Stopwatch, narrate, progress_bar
    from quotes.reading import ReadOptions

    options = ReadOptions(kind=kind, max_size=int(max_size * 1_000_000), **columns)  # type: ignore[arg-type]
    if any_language:
        options = replace(options, languages=())
    watch = Stopwatch()
    with progress_bar(list(paths), options) as step:
        if jsonl:
            link = linker()
            summary = run(paths, options, lambda e: _print_line(link(e)), thoughts=thoughts, jobs=jobs, progress=step)
        else:
            import db

            with db.open_store(database) as store:
                this_run = store.start_run(f"{ENGINE_VERSION}{'+thoughts' if thoughts else ''}", " ".join(sys.argv[1:]))
                link = linker(store.speaker_index(), store.rename_canonical)
                summary = run(
                    paths, options, lambda e: store.write(link(e), this_run, force=force), thoughts=thoughts,
                    jobs=jobs, progress=step, unchanged=lambda a: not force and store.is_current(a, this_run),
                )  # fmt: skip
                store.finish_run(this_run)
    narrate(summary, None if jsonl else database, watch)
    if summary.failed:
        ctx.exit(1)


def _print_line(extraction: Extraction) -> None:
    from quotes.jsonl import to_line

    sys.stdout.buffer.write(f"{to_line(extraction)}\n".encode())  # not as text: the contract is UTF-8 on every system
    sys.stdout.buffer.flush()


@main.command()
@click.argument("words", nargs=-1)
@database_option(exists=True)
@filter_options
@browse_options
@click.pass_context
def browse(
    ctx: click.Context,
    words: tuple[str, ...],
    database: str,
    by: str | None,
    sort: str | None,
    timeline: bool,
    review: bool,
    bookmark: str | None,
    with_speaker: bool | None,
    **options: Any,
) -> None:
    """Browse the record by speaker, check it, correct it.

    Starts with the words and filters given. In it, Y copies the command that shows what is on the screen.
    """  # fmt: skip
    import tui

    if not _is_terminal():
        raise click.ClickException("browse needs a terminal; quotes search and quotes export write to pipes and files")
    chosen = _filter(words, **options, unattributed=None if with_speaker is None else not with_speaker)
    try:
        code = tui.run(Path(database), chosen, by=by, sort=sort, timeline=timeline, review=review, bookmark=bookmark)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    ctx.exit(code)


@main.command()
@database_option(exists=True)
@filter_options
@click.option(
    "--sort", default="most-quoted", show_default=True, type=click.Choice(("most-quoted", "name", "latest")),
    metavar="ORDER", help="most-quoted, name or latest.",
)  # fmt: skip
@click.option("--limit", default=50, show_default=True, metavar="N", type=Number(), help="Most lines.")
def speakers(database: str, sort: Any, limit: int, **options: Any) -> None:
    """List who is quoted, how often, and between which dates."""
    from quotes.tables import print_speakers

    with _open(database) as store:
        page = store.speakers(_filter(**options), sort, limit=limit)
        print_speakers(page.rows, more=page.next is not None)


@main.command()
@click.argument("words", nargs=-1, required=True)
@database_option(exists=True)
@filter_options
@click.option("--limit", default=20, show_default=True, metavar="N", type=Number(), help="Most lines.")
def search(words: tuple[str, ...], database: str, limit: int, **options: Any) -> None:
    """Search the quotations: words, "a phrase", prefix*, -without."""
    from db import MARK_END, MARK_START
    from quotes.tables import print_hits

    with _open(database) as store:
        page = store.quotations(_filter(words, **options), "relevance", limit=limit)
        print_hits(page.rows, (MARK_START, MARK_END), more=page.next is not None)


@main.command()
@database_option(exists=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="File to write (default: stdout).")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("csv", "json", "jsonl", "markdown", "parquet")),
    help="Default: by the file's suffix, or csv.",
)
@click.option("--columns", metavar="A,B,...", help="Columns in this order (default: all of the view quotes).")
@click.option("--excel", is_flag=True, help="CSV that spreadsheets open safely: with a BOM, formulas disarmed.")
@click.option("--words", help="Only quotations with these words (as in search).")
@filter_options
def export(
    database: str, output: str | None, format_: Any, columns: str | None, excel: bool, words: str | None, **options: Any
) -> None:
    """Export quotations as CSV, JSON, Markdown or Parquet.

    CSV has the columns of the view "quotes", one line a quotation; so have JSON, JSON Lines and Parquet. Markdown has
    citations under each quotation.
    """
    suffixes = {".json": "json", ".jsonl": "jsonl", ".md": "markdown", ".parquet": "parquet"}
    kind: Any = format_ or suffixes.get(Path(output or "").suffix.lower(), "csv")
    names = [name.strip() for name in columns.split(",")] if columns else None
    if kind == "parquet" and not output:
        raise click.UsageError("Parquet needs a file: -o quotes.parquet")
    with _open(database) as store:
        chosen = _filter(words, **options)
        if output:
            store.export_file(output, kind, chosen, columns=names, excel=excel)
            click.echo(f"Written to {output}.", err=True)
            return
        for piece in store.export(kind, chosen, columns=names, excel=excel):
            sys.stdout.buffer.write(piece.encode())  # not as text: CSV has line ends of its own
        sys.stdout.buffer.flush()


@main.command()
@click.argument("sql")
@database_option(exists=True)
@click.option("--seconds", default=60.0, show_default=True, metavar="S", help="Stop a query that runs longer.")
def query(sql: str, database: str, seconds: float) -> None:
    """Run one SELECT on the database and print the rows.

    It cannot change anything. The flat view "quotes" has the columns of the CSV export; db/SCHEMA.md has the tables.
    """
    from quotes.tables import print_rows

    with _open(database) as store:
        result = store.query_readonly(sql, seconds=seconds)
        print_rows(result.columns, list(result.rows))


@main.command()
@click.argument("target", metavar="PATH|ID")
@database_option(exists=True)
def show(target: str, database: str) -> None:
    """Show an article with its quotations highlighted.

    A file that the database knows is shown as it stands there, corrections included; another one is extracted now. A
    number is that of an article in the database.
    """
    from quotes import tables

    # not every digit is one of a number ("²"), and no article has a number of twenty
    is_number = target.isascii() and target.isdigit() and len(target) < 19
    if Path(database).is_file():
        with _open(database) as store:
            number = int(target) if is_number else store.article_id(target)
            if number is not None:
                tables.show_stored(store.article(number))
                return
    if is_number and not Path(target).exists():
        raise click.ClickException(f"{database}: no such database")
    tables.show_file(target)


@main.group()
def speaker() -> None:
    """Correct speakers: merge, rename, split. What a person corrects stays through later extractions."""


@speaker.command()
@click.argument("ids", nargs=-1, type=Number(), required=True, metavar="ID...")
@click.option("--into", required=True, type=Number(), help="The speaker that stays.")
@database_option(exists=True)
def merge(ids: tuple[int, ...], into: int, database: str) -> None:
    """Make several speakers one."""
    with _open(database, write=True) as store:
        store.merge(ids, into)
        click.echo(f"{store.speaker(into).speaker.name} now has all quotations of {len(ids)} more.", err=True)


@speaker.command()
@click.argument("id_", metavar="ID", type=Number())
@click.argument("name")
@database_option(exists=True)
def rename(id_: int, name: str, database: str) -> None:
    """Give a speaker another name."""
    with _open(database, write=True) as store:
        store.rename(id_, name)
        click.echo(f"Speaker {id_} is now {' '.join(name.split())}.", err=True)


@speaker.command()
@click.argument("id_", metavar="ID", type=Number())
@click.argument("name")
@click.option("--alias", "aliases", multiple=True, help="A name in documents that means the new speaker.")
@click.option("--quotation", "quotations", multiple=True, type=Number(), help="Number of a quotation that goes along.")
@database_option(exists=True)
def split(id_: int, name: str, aliases: tuple[str, ...], quotations: tuple[int, ...], database: str) -> None:
    """Move aliases or single quotations of a speaker to a new one."""
    with _open(database, write=True) as store:
        done = store.split(id_, name, aliases=aliases, quotation_ids=quotations)
        click.echo(f"{' '.join(name.split())} is a speaker of their own: {len(done)} correction(s).", err=True)


@main.group()
def corrections() -> None:
    """List, share and take back what people have corrected."""


@corrections.command("list")
@click.option("--conflicts", is_flag=True, help="Only those that found no place in a changed text.")
@database_option(exists=True)
def list_corrections(conflicts: bool, database: str) -> None:
    """List corrections, the latest first."""
    from quotes.tables import print_rows

    with _open(database) as store:
        columns = ("id", "made_at", "author", "action", "state", "summary", "reason")
        rows = store.corrections("conflict" if conflicts else None)
        print_rows(columns, [[getattr(row, column) for column in columns] for row in rows])


@corrections.command("export")
@database_option(exists=True)
def export_corrections(database: str) -> None:
    """Write all corrections as JSON Lines to stdout."""
    with _open(database) as store:
        for line in store.export_corrections():
            click.echo(line)


@corrections.command("import")
@click.argument("file", type=click.File(encoding="utf-8"))
@database_option(exists=True)
def import_corrections(file: Any, database: str) -> None:
    """Take over the corrections of another database.

    FILE is what quotes corrections export wrote there, or - for stdin.
    """
    with _open(database, write=True) as store:
        new, known = store.import_corrections(file)
        click.echo(f"{new} corrections taken over, {known} known already.", err=True)


@corrections.command()
@click.argument("number", type=Number(), required=False)
@database_option(exists=True)
def undo(number: int | None, database: str) -> None:
    """Take back the last correction, or the one of this number."""
    with _open(database, write=True) as store:
        click.echo(f"Undone: {', '.join(map(str, store.undo(number)))}.", err=True)


@main.command()
@click.argument(
    "gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="GOLD..."
)
@click.option("-v", "--verbose", is_flag=True, help="Also list every miss.")
def evaluate(gold: tuple[Path, ...], verbose: bool) -> None:
    """Score the engine against annotated files.

    They are JSON with "text" and "statements" like the bundled samples, or JSON Lines as quotes extract writes them.
    """
    from quotes.evaluation import read_gold, score
    from quotes.tables import print_score

    try:
        documents = [document for path in gold for document in read_gold(path)]
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    from quotes.engine import Extractor

    extractor = Extractor()
    print_score(score((document, extractor.extract(document.text)) for document in documents), verbose)


@main.command()
@click.option(
    "--folder", type=click.Path(file_okay=False), help="Where to put the database (default: a temporary folder)."
)
def demo(folder: str | None) -> None:
    """Extract the bundled samples and show the result."""
    import db
    from quotes.demo import run_demo

    run_demo(db.open_store, folder)


if __name__ == "__main__":
    main()

"""The command line. Data goes to stdout, everything else to stderr; errors are one clear line, exit code 1.

Only this module knows db and tui, and imports them inside the commands that need them; so does the engine, so that
``quotes --help`` and the commands that only read the store start without PyTorch.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes import ENGINE_VERSION, __version__
from quotes.model import ACTS, DOCUMENT_KINDS, FORMS, MODES, SPEAKER_KINDS

if TYPE_CHECKING:
    from db import Filter, Store
    from quotes.model import Extraction

DATABASE = "quotes.db"
STATUSES = ("extracted", "confirmed", "corrected", "rejected")


class Commands(click.Group):
    """Turns the errors that users can meet into one line; everything else is a bug and shows its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            sys.stderr.close()  # the reader of our output has gone: nothing more to say
            sys.exit(1)
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'output'}: {error.strerror or error}") from error
        except Exception as error:
            if _is_known(error):
                raise click.ClickException(str(error)) from error
            raise


def _is_known(error: Exception) -> bool:
    """Whether it is an error class of ours, without importing the modules that define them."""
    known = (("db", "StoreError"), ("quotes.language", "ModelMissing"))
    return any(isinstance(error, getattr(sys.modules[name], kind)) for name, kind in known if name in sys.modules)


def database_option(exists: bool) -> Callable[[Any], Any]:
    """--db, for commands that read the store (it must exist) or write it."""
    return click.option(
        "--db", "database", default=DATABASE, show_default=True, envvar="QUOTES_DB", metavar="FILE",
        help="The SQLite database" + ("." if exists else "; made when it is not there."),
    )  # fmt: skip


def filter_options(command: Any) -> Any:
    """The filters that search, export, speakers and browse share; given twice, an option means either."""
    for option in (
        click.option("--speaker", help="Name or alias, or the start of its words."),
        click.option("--country", multiple=True, help="ISO 3166 alpha-3 code of the speaker's country."),
        click.option("--form", multiple=True, type=click.Choice(FORMS)),
        click.option(
            "--act", multiple=True, type=click.Choice(ACTS), metavar="ACT", help="state, deny, warn, urge, ..."
        ),
        click.option("--mode", multiple=True, type=click.Choice(MODES)),
        click.option("--kind", multiple=True, type=click.Choice(SPEAKER_KINDS), help="Kind of speaker."),
        click.option("--publisher", multiple=True, help="The outlet."),
        click.option("--since", metavar="DATE", help="Published on or after (2021, 2021-04 or 2021-04-06)."),
        click.option("--until", metavar="DATE", help="Published on or before."),
        click.option("--status", multiple=True, type=click.Choice(STATUSES), help="Default: all but rejected."),
        click.option("--path", help="Path of the document, with * and ?."),
    ):
        command = option(command)
    return command


def _filter(words: tuple[str, ...] | str | None = None, **options: Any) -> Filter:
    from db import Filter

    joined = words if isinstance(words, str) else " ".join(words or ())
    country = tuple(code.upper() for code in options.pop("country", ()))
    return Filter(words=joined or None, country=country, **options)


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
    "--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes (about 1 GB of memory each)."
)
@click.option("--force", is_flag=True, help="Extract unchanged documents again.")
@click.option("--kind", type=click.Choice(DOCUMENT_KINDS), help="The kind of all documents, instead of recognising it.")
@click.option("--text-column", metavar="NAME", help="Column of the text in CSV, JSON Lines, ...; likewise:")
@click.option("--title-column", metavar="NAME")
@click.option("--url-column", metavar="NAME")
@click.option("--published-column", metavar="NAME")
@click.option("--publisher-column", metavar="NAME")
@click.option("--any-language", is_flag=True, help="Do not skip documents that are not in English.")
@click.option("--max-size", default=10.0, show_default=True, metavar="MB", help="Largest document that is read.")
@click.pass_context
def extract(
    ctx: click.Context, paths: tuple[str, ...], database: str, jsonl: bool, thoughts: bool, jobs: int, force: bool,
    kind: Any, any_language: bool, max_size: float, **columns: str | None,
) -> None:  # fmt: skip
    """Extract quotations from files, folders, globs, addresses, or - for stdin.

    Texts, HTML, PDF, Word, mail, feeds, archives, and tables of articles (JSON Lines, CSV) are read; folders with all
    that is below them. Documents that have not changed since the last run are left alone.
    """
    from quotes.batch import run
    from quotes.progress import Stopwatch, narrate, progress_bar
    from quotes.reading import ReadOptions

    options = ReadOptions(kind=kind, max_size=int(max_size * 1_000_000), **columns)  # type: ignore[arg-type]
    if any_language:
        options = replace(options, languages=())
    watch = Stopwatch()
    with progress_bar(list(paths), options) as step:
        if jsonl:
            summary = run(paths, options, _print_line, thoughts=thoughts, jobs=jobs, progress=step)
        else:
            import db

            with db.open_store(database) as store:
                this_run = store.start_run(f"{ENGINE_VERSION}{'+thoughts' if thoughts else ''}", " ".join(sys.argv[1:]))
                summary = run(
                    paths, options, linked(store, lambda e: store.write(e, this_run, force=force)), thoughts=thoughts,
                    jobs=jobs, progress=step, unchanged=lambda a: not force and store.is_current(a, this_run),
                )  # fmt: skip
                store.finish_run(this_run)
    narrate(summary, None if jsonl else database, watch)
    if summary.failed:
        ctx.exit(1)


def _print_line(extraction: Extraction) -> None:
    from quotes.jsonl import to_line

    click.echo(to_line(extraction))


def linked(store: Store, write: Callable[[Extraction], Any]) -> Callable[[Extraction], None]:
    """``write`` with the speakers' names joined to those that the store knows already."""
    from quotes.attribution.speakers import SpeakerRegistry

    registry = SpeakerRegistry()
    for known in store.speaker_index():
        registry.prime(known.name, known.kind, known.country, known.role, known.aliases)

    def write_linked(extraction: Extraction) -> None:
        write(registry.link(extraction))

    return write_linked


@main.command()
@click.argument("words", nargs=-1)
@database_option(exists=True)
@filter_options
@click.pass_context
def browse(ctx: click.Context, words: tuple[str, ...], database: str, **options: Any) -> None:
    """Browse the record by speaker in the terminal, check it, correct it."""
    import tui

    ctx.exit(tui.run(Path(database), _filter(words, **options)))


@main.command()
@database_option(exists=True)
@filter_options
@click.option("--sort", default="most-quoted", show_default=True, type=click.Choice(("most-quoted", "name", "latest")))
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1))
def speakers(database: str, sort: Any, limit: int, **options: Any) -> None:
    """List who is quoted, how often, and between which dates."""
    from quotes.tables import print_rows

    with _open(database) as store:
        page = store.speakers(_filter(**options), sort, limit=limit)
        columns = ("quotations", "name", "kind", "role", "country", "first", "last")
        print_rows(columns, [[getattr(row, c) for c in columns] for row in page.rows], more=page.next is not None)


@main.command()
@click.argument("words", nargs=-1, required=True)
@database_option(exists=True)
@filter_options
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1))
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
    """Export quotations as CSV, JSON, JSON Lines, Markdown with citations, or Parquet."""
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
        out = click.get_binary_stream("stdout")
        for piece in store.export(kind, chosen, columns=names, excel=excel):
            out.write(piece.encode())
        out.flush()


@main.command()
@click.argument("sql")
@database_option(exists=True)
@click.option("--seconds", default=60.0, show_default=True, help="Stop a query that runs longer.")
def query(sql: str, database: str, seconds: float) -> None:
    """Run one SELECT on the database, which cannot be changed by it, and print the rows.

    The flat view "quotes" has the columns of the CSV export.
    """
    from quotes.tables import print_rows

    with _open(database) as store:
        result = store.query_readonly(sql, seconds=seconds)
        print_rows(result.columns, list(result.rows))


@main.command()
@click.argument("target", metavar="PATH|ID")
@database_option(exists=True)
def show(target: str, database: str) -> None:
    """Show an article with its quotations highlighted: a file, or an article's number or path in the database."""
    from quotes import tables

    if Path(database).is_file():
        with _open(database) as store:
            number = int(target) if target.isdigit() else store.article_id(target)
            if number is not None:
                tables.show_stored(store.article(number))
                return
    if target.isdigit() and not Path(target).exists():
        raise click.ClickException(f"{database}: no such database")
    tables.show_file(target)


@main.group()
def speaker() -> None:
    """Correct speakers: merge, rename, split. What a person corrects stays through later extractions."""


@speaker.command()
@click.argument("ids", nargs=-1, type=int, required=True, metavar="ID...")
@click.option("--into", required=True, type=int, help="The speaker that stays.")
@database_option(exists=True)
def merge(ids: tuple[int, ...], into: int, database: str) -> None:
    """Make several speakers one."""
    with _open(database, write=True) as store:
        store.merge(ids, into)
        click.echo(f"{store.speaker(into).speaker.name} now has all quotations of {len(ids)} more.", err=True)


@speaker.command()
@click.argument("id_", metavar="ID", type=int)
@click.argument("name")
@database_option(exists=True)
def rename(id_: int, name: str, database: str) -> None:
    """Give a speaker another name."""
    with _open(database, write=True) as store:
        store.rename(id_, name)


@speaker.command()
@click.argument("id_", metavar="ID", type=int)
@click.argument("name")
@click.option("--alias", "aliases", multiple=True, help="A name in documents that means the new speaker.")
@click.option("--quotation", "quotations", multiple=True, type=int, help="Number of a quotation that goes along.")
@database_option(exists=True)
def split(id_: int, name: str, aliases: tuple[str, ...], quotations: tuple[int, ...], database: str) -> None:
    """Move aliases or single quotations of a speaker to a new one."""
    with _open(database, write=True) as store:
        store.split(id_, name, aliases=aliases, quotation_ids=quotations)


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
    """Take over the corrections of another database (a file of JSON Lines, or -)."""
    with _open(database, write=True) as store:
        new, known = store.import_corrections(file)
        click.echo(f"{new} corrections taken over, {known} known already.", err=True)


@corrections.command()
@click.argument("number", type=int, required=False)
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
    """Score the engine against annotated files (JSON with statements, or JSON Lines as extract writes them)."""
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

    run_demo(db.open_store, linked, folder)


if __name__ == "__main__":
    main()

"""What the commands share: errors as one line, the options of the database and of the filters."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import click

from quotes.model import ACTS, FORMS, MODES, SPEAKER_KINDS

DATABASE = "quotes.db"
SORTS = ("newest", "oldest", "position", "speaker", "confidence", "repeats", "relevance")
STATUSES = ("extracted", "confirmed", "corrected", "rejected")


class Interrupted(click.ClickException):
    """Ctrl-C, with the exit code that shells give it."""

    exit_code = 130

    def show(self, file: Any = None) -> None:
        click.echo(f"\n{self.message}", err=True)


class Commands(click.Group):
    """Turns the errors that users can meet into one line; everything else is a bug and shows its traceback."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _told_in_one_line():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _told_in_one_line():
            result = super().invoke(ctx)
            sys.stdout.flush()  # here, where a full disk can still be told of
            return result


@contextmanager
def _told_in_one_line() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as error:
        raise Interrupted("Stopped. What was written is kept; the same command goes on from there.") from error
    except BrokenPipeError:
        _drop_output()
        sys.exit(1)  # the reader of our output has gone: there is nobody to say anything to
    except OSError as error:
        _drop_output()
        raise click.ClickException(f"{error.filename or 'output'}: {error.strerror or error}") from error
    except Exception as error:
        if _is_known(error):
            raise click.ClickException(str(error)) from error
        raise


def _drop_output() -> None:
    """What is left in the buffer cannot be written; Python would complain of it once more while it ends."""
    with suppress(OSError):
        sys.stdout.close()


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


class Number(click.IntRange):
    """The number of something in the database, or how many of them: from 1, and not beyond what SQLite counts."""

    def __init__(self) -> None:
        super().__init__(min=1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        number = int(super().convert(value, param, ctx))
        if number > 2**62:
            self.fail(f"{value} is too large a number", param, ctx)
        return number


class Megabytes(click.FloatRange):
    """A size: more than nothing, at most a terabyte."""

    def __init__(self) -> None:
        super().__init__(min=0, min_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        size = float(super().convert(value, param, ctx))
        if not size <= 1_000_000:  # nor is "nan"
            self.fail(f"{value} is too large a size, or none", param, ctx)
        return size


class Day(click.ParamType):
    """A year, a month or a day, as far as it is given: 2021, 2021-04, 2021-04-06."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", str(value), re.ASCII):
            self.fail(f"{value!r} is not a date like 2021, 2021-04 or 2021-04-06", param, ctx)
        return str(value)


class Country(click.ParamType):
    """An ISO 3166 alpha-3 code, in upper case whatever the case given."""

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not re.fullmatch(r"[A-Za-z]{3}", str(value)):
            self.fail(f"{value!r} is not a code of three letters like FRA", param, ctx)
        return str(value).upper()


class Confidence(click.ParamType):
    """How sure an attribution is: a fraction from 0 to 1, or a percentage."""

    name = "confidence"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        text = str(value).strip()
        try:
            number = float(text[:-1]) / 100 if text.endswith("%") else float(text)
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1:  # nor is "nan"
            self.fail(f"{value!r} is not a fraction from 0 to 1 or a percentage", param, ctx)
        return number


_FILTERS = (
    click.option("--speaker", metavar="NAME", help="Name or alias of the speaker, or the start of its words."),
    click.option("--country", multiple=True, type=Country(), metavar="CODE", help="Country spoken for: FRA, RUS, ..."),
    click.option("--kind", multiple=True, type=click.Choice(SPEAKER_KINDS), metavar="KIND",
                 help=f"Kind of speaker: {', '.join(SPEAKER_KINDS)}."),
    click.option("--form", multiple=True, type=click.Choice(FORMS), metavar="FORM", help=f"{', '.join(FORMS)}."),
    click.option("--act", multiple=True, type=click.Choice(ACTS), metavar="ACT",
                 help="What the words do: state, deny, warn, urge, accuse, ..."),
    click.option("--mode", multiple=True, type=click.Choice(MODES), metavar="MODE", help=f"{', '.join(MODES)}."),
    click.option("--publisher", multiple=True, metavar="NAME", help="The outlet."),
    click.option("--since", type=Day(), metavar="DATE", help="Published on or after (2021, 2021-04 or 2021-04-06)."),
    click.option("--until", type=Day(), metavar="DATE", help="Published on or before."),
    click.option("--status", multiple=True, type=click.Choice(STATUSES), metavar="STATUS",
                 help=f"{', '.join(STATUSES)}; default: all but rejected."),
    click.option("--min-confidence", type=Confidence(), metavar="C", help="At least as sure (0 to 1, or 50%)."),
    click.option("--max-confidence", type=Confidence(), metavar="C", help="At most as sure."),
    click.option("--once", is_flag=True, help="Only the longest version of what stands in several articles."),
    click.option("--path", metavar="PATTERN", help="Path of the document, with * and ?."),
)  # fmt: skip


def filter_options(command: Any) -> Any:
    """The filters that search, export, speakers and browse share; one that may be given twice then means either."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


_BROWSING = (
    click.option("--speaker-id", "speaker_ids", multiple=True, type=Number(), metavar="N",
                 help="The speaker of this number, as quotes speakers lists them."),
    click.option("--article", "article_id", type=Number(), metavar="N", help="Only the article of this number."),
    click.option("--with-speaker/--without-speaker", "with_speaker", default=None,
                 help="Only quotations with a speaker, or only those of whom nobody knows."),
    click.option("--by", type=click.Choice(("speakers", "countries", "articles")), metavar="LIST",
                 help="List speakers, countries or articles (default: as you left it)."),
    click.option("--sort", type=click.Choice(SORTS), metavar="ORDER", help=f"{', '.join(SORTS)}."),
    click.option("--timeline", is_flag=True, help="With the months above the quotations."),
    click.option("--review", is_flag=True, help="Start with the queue of what is least sure."),
    click.option("--bookmark", metavar="NAME", help="Start with a bookmarked view."),
)  # fmt: skip


def browse_options(command: Any) -> Any:
    """What only browse takes: the rest of what can be on its screen."""
    for option in reversed(_BROWSING):
        command = option(command)
    return command

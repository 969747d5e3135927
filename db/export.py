"""Quotations as CSV, JSON, JSON Lines, Markdown or Parquet: streamed, with the columns of the view ``quotes``."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Literal, get_args

from db.errors import StoreError
from db.records import QuotationRow

ExportFormat = Literal["csv", "json", "jsonl", "markdown", "parquet"]
EXPORT_FORMATS: tuple[str, ...] = get_args(ExportFormat)
COLUMNS = (
    "id", "speaker", "role", "country", "speaker_kind", "form", "mode", "act", "text", "cue", "source", "published",
    "title", "publisher", "author", "url", "path", "start_char", "end_char", "confidence", "status", "repeats",
)  # fmt: skip
_INTEGERS = {"id", "start_char", "end_char", "repeats"}
_BATCH = 10_000
# What a spreadsheet takes for a formula. OWASP, "CSV injection": also after a tab, carriage return or line feed, and
# the full-width forms, which East Asian versions read as the plain ones.
_FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠|%]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&:@])")


def columns_of(names: Sequence[str] | None) -> tuple[str, ...]:
    """The columns to export, in this order (default: all). Raises StoreError for one that is not there, or twice."""
    if not names:
        return COLUMNS
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        raise StoreError(f"no such column: {', '.join(unknown)}; there are {', '.join(COLUMNS)}")
    if len(set(names)) < len(names):
        raise StoreError("a column can be exported once only")
    return tuple(names)


def text_export(
    rows: Iterable[QuotationRow], format: str, columns: tuple[str, ...], *, excel: bool = False
) -> Iterator[str]:
    """The export in pieces of text. Write them as UTF-8 without newline translation (``newline=""``)."""
    if format == "csv":
        return _csv(rows, columns, excel)
    if format == "json":
        return _json(rows, columns)
    if format == "jsonl":
        return (_object(row, columns) + "\n" for row in rows)
    if format == "markdown":
        return _markdown(rows)
    raise StoreError(f"no such format: {format}; there are {', '.join(EXPORT_FORMATS)}")


def _values(row: QuotationRow, columns: tuple[str, ...]) -> list[Any]:
    return [getattr(row, name) for name in columns]


def _csv(rows: Iterable[QuotationRow], columns: tuple[str, ...], excel: bool) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    if excel:
        buffer.write("\ufeff")
    writer.writerow(columns)
    for row in rows:
        values = _values(row, columns)
        writer.writerow([disarmed(value) for value in values] if excel else values)
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def disarmed(value: Any) -> Any:
    """``value`` so that no spreadsheet takes it for a formula: with an apostrophe before what would start one."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _object(row: QuotationRow, columns: tuple[str, ...]) -> str:
    return json.dumps(dict(zip(columns, _values(row, columns), strict=True)), ensure_ascii=False)


def _json(rows: Iterable[QuotationRow], columns: tuple[str, ...]) -> Iterator[str]:
    separator = "[\n"
    for row in rows:
        yield separator + _object(row, columns)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _markdown(rows: Iterable[QuotationRow]) -> Iterator[str]:
    """Each quotation as a block quote with who said it, where and when, and its place in the text."""
    for row in rows:
        lines = [f"> {_escaped(line)}" if line.strip() else ">" for line in row.text.splitlines() or [""]]
        yield "\n".join(lines) + f"\n>\n> — {_citation(row)}\n\n"


def _citation(row: QuotationRow) -> str:
    who = _escaped(row.speaker) if row.speaker else "unknown speaker"
    if row.role:
        who += f", {_escaped(row.role)}"
    if row.country:
        who += f" ({_escaped(row.country)})"
    title = f"“{_escaped(row.title)}”" if row.title else None
    if title and row.url and re.match(r"https?://[^\s<>]+$", row.url):
        title = f"[{title}](<{row.url}>)"
    parts = [who, title, row.publisher and _escaped(row.publisher), row.published and _escaped(row.published)]
    place = f"{row.start_char}–{row.end_char}"
    parts.append(f"{_escaped(row.path)}, characters {place}" if row.path else f"characters {place}")
    form = {"direct": "direct speech", "indirect": "paraphrase", "mixed": "paraphrase with quoted words"}[row.form]
    return ". ".join(str(part) for part in parts if part) + f". {form.capitalize()}; no. {row.id}"


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Writes the pieces to ``path``, which is whole or not there at all."""
    _whole(path, lambda file: _write_text(file, pieces))


def _write_text(file: IO[bytes], pieces: Iterable[str]) -> None:
    for piece in pieces:
        file.write(piece.encode("utf-8"))


def _whole(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            write(file)
        part.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror or error})") from error
    finally:
        part.unlink(missing_ok=True)


def write_parquet(path: Path, rows: Iterable[QuotationRow], columns: tuple[str, ...]) -> None:
    """Writes a Parquet file. Raises StoreError where pyarrow, which this format needs, is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise StoreError("Parquet needs pyarrow: pip install 'quotes[formats]'") from error
    types = {"confidence": pyarrow.float64(), **{name: pyarrow.int64() for name in _INTEGERS}}
    schema = pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in columns])

    def write(file: IO[bytes]) -> None:
        with pyarrow.parquet.ParquetWriter(file, schema) as writer:
            for batch in _batches(rows):
                table = pyarrow.Table.from_pylist(
                    [dict(zip(columns, _values(row, columns), strict=True)) for row in batch], schema=schema
                )
                writer.write_table(table)

    _whole(path, write)


def _batches(rows: Iterable[QuotationRow]) -> Iterator[list[QuotationRow]]:
    batch: list[QuotationRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch

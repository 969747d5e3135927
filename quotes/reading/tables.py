"""Tables of articles, one a row: CSV, TSV and Parquet, read row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from quotes.reading.draft import Draft, ReadOptions, Refusal, Source, Unreadable, read_all
from quotes.reading.encoding import text_stream
from quotes.reading.extras import needs
from quotes.reading.fields import choose, drafts_of

_DELIMITERS = ",;\t|"
_BATCH = 64  # rows of a Parquet file in memory at a time


def read_csv(source: Source, options: ReadOptions) -> Iterator[Draft | Unreadable]:
    csv.field_size_limit(options.max_size)
    with source.open() as stream:
        text, head = text_stream(stream)
        rows = csv.reader(text, delimiter=_delimiter(source, head))
        yield from _rows(rows, source.path, options)


def _delimiter(source: Source, head: bytes) -> str:
    """What separates the columns: what stands oftenest in the first line."""
    if source.name.lower().endswith((".tsv", ".tab")):
        return "\t"
    line = head.decode("latin-1").lstrip().splitlines()[0]
    return max(_DELIMITERS, key=line.count)


def _rows(rows: Iterator[list[str]], path: str, options: ReadOptions) -> Iterator[Draft | Unreadable]:
    number = 0
    try:
        names = [name.strip().removeprefix("\ufeff") for name in next(rows)]
        columns = choose(names, options)
        for row in rows:
            if not row:
                continue
            number += 1
            at = f"{path}#{number}"
            yield from drafts_of(dict(zip(names, row, strict=False)), columns, at)
    except csv.Error as error:
        raise Refusal(
            f"row {number + 1}: {error} (a quotation mark that is never closed, or a very large field?)"
        ) from None
    if not number:
        raise Refusal("a table without rows")


def read_parquet(source: Source, options: ReadOptions) -> Iterator[Draft | Unreadable]:
    with needs("pyarrow", "Parquet tables", "parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    with source.open() as stream:
        seekable = stream if stream.seekable() else io.BytesIO(read_all(source, options.max_total))
        try:
            table = pq.ParquetFile(seekable)
        except pa.ArrowInvalid as error:
            raise Refusal(f"not a Parquet file ({' '.join(str(error).split())[:120]})") from None
        columns = choose(table.schema_arrow.names, options)
        number = 0
        wanted = [columns.text, *columns.others.values()]
        for batch in table.iter_batches(batch_size=_BATCH, columns=wanted):
            for record in batch.to_pylist():
                number += 1
                yield from drafts_of(record, columns, f"{source.path}#{number}")
        if not number:
            raise Refusal("a table without rows")

"""How many documents a source is likely to hold, from its size and its first lines."""

from __future__ import annotations

from quotes.reading.draft import Source
from quotes.reading.formats import suffix_of

_LINES = (".jsonl", ".ndjson", ".jsonlines", ".csv", ".tsv", ".tab")
_SAMPLE = 256_000  # bytes read to learn how long a line is


def estimate(source: Source) -> int:
    """About how many documents there are: lines for tables and JSON Lines (not fewer than 1), else 1."""
    if suffix_of(source.name) not in _LINES or not source.size:
        return 1
    try:
        with source.open() as stream:
            sample = stream.read(_SAMPLE)
    except OSError:
        return 1
    lines = sample.count(b"\n") + (not sample.endswith(b"\n"))
    header = 0 if suffix_of(source.name) in _LINES[:3] else 1
    return max(1, round(lines * source.size / max(1, len(sample))) - header)

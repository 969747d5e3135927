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
    header = 0 if suffix_of(source.name) in _LINES[:3] else 1
    if len(sample) == source.size:
        lines = sum(1 for line in sample.split(b"\n") if line.strip())
    else:
        whole = sample[: sample.rfind(b"\n") + 1] or sample
        lines = round(max(1, whole.count(b"\n")) * source.size / len(whole))
    return max(1, lines - header)

"""Keyset paging: pages of an ordered list, forwards and backwards, without counting off the rows before them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from db.errors import StoreError

_ALL = 2**62


@dataclass(frozen=True, slots=True)
class Key:
    """One expression that the list is ordered by; the last key of a list is unique."""

    sql: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the list with an order of its own (those with a speaker by name, then those without by date)."""

    source: str  # what stands after FROM
    where: str
    parameters: tuple[Any, ...]
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a page's rows, the id last, and the cursors around it."""

    rows: tuple[tuple[Any, ...], ...]
    next: str | None
    previous: str | None


def page(
    connection: sqlite3.Connection,
    name: str,
    sections: Sequence[Section],
    *,
    after: str | None,
    before: str | None,
    limit: int,
) -> Keys:
    """The keys of ``limit`` rows after (or before) a cursor; ``name``, the sort, keeps cursors of another out."""
    if after is not None and before is not None:
        raise StoreError("a page comes after one row or before one, not both")
    if limit < 1:
        raise StoreError("a page has at least one row")
    backwards = before is not None
    start, values = _decoded(before if backwards else after, name, sections)
    order = range(start, -1, -1) if backwards else range(start, len(sections))
    rows: list[tuple[int, tuple[Any, ...]]] = []
    for number in order:
        wanted = limit + 1 - len(rows)
        bound = values if number == start else None
        rows += [(number, row) for row in _rows(connection, sections[number], bound, backwards, wanted)]
        if len(rows) > limit:
            break
    more = len(rows) > limit
    rows = rows[:limit]
    if backwards:
        rows.reverse()
    came_from_elsewhere = values is not None
    first = _encoded(name, *rows[0]) if rows and (more if backwards else came_from_elsewhere) else None
    last = _encoded(name, *rows[-1]) if rows and (came_from_elsewhere if backwards else more) else None
    return Keys(tuple(row for _, row in rows), last, first)


def rest(connection: sqlite3.Connection, name: str, sections: Sequence[Section], *, after: str) -> Iterator[str]:
    """The last keys (the ids) of all rows after a cursor, in order: a text for each section, with commas between.

    SQLite makes the text by itself. Row by row Python and SQLite would hand over to each other a million times, which
    takes twenty times as long and leaves other threads waiting.
    """
    start, values = _decoded(after, name, sections)
    for number in range(start, len(sections)):
        section = sections[number]
        where, parameters = section.where, list(section.parameters)
        if number == start and values is not None:
            sql, bound = _beyond(section.keys, values, backwards=False)
            where, parameters = f"({where}) AND {sql}", parameters + bound
        order = ", ".join(f"{key.sql} {'DESC' if key.descending else 'ASC'}" for key in section.keys)
        # the limit keeps SQLite from giving the order up, as it may do inside an aggregate
        query = (
            f"SELECT group_concat(id) FROM (SELECT {section.keys[-1].sql} AS id FROM {section.source} "  # noqa: S608
            f"WHERE {where} ORDER BY {order} LIMIT {_ALL})"
        )
        listed = connection.execute(query, parameters).fetchone()[0]
        if listed:
            yield str(listed)


def columns(connection: sqlite3.Connection, section: Section, expressions: Sequence[str]) -> list[list[str]]:
    """The values of some expressions in all rows of a section, in its order: a list for each, made as by ``rest``.

    An expression may not be null anywhere; line feeds in it become spaces.
    """
    named = ", ".join(f"replace({sql}, char(10), ' ') AS c{number}" for number, sql in enumerate(expressions))
    listed = ", ".join(f"group_concat(c{number}, char(10))" for number in range(len(expressions)))
    order = ", ".join(f"{key.sql} {'DESC' if key.descending else 'ASC'}" for key in section.keys)
    query = (
        f"SELECT count(*), {listed} FROM (SELECT {named} FROM {section.source} WHERE {section.where} "  # noqa: S608
        f"ORDER BY {order} LIMIT {_ALL})"
    )
    number, *texts = connection.execute(query, section.parameters).fetchone()
    return [text.split("\n") for text in texts] if number else [[] for _ in expressions]


def _rows(
    connection: sqlite3.Connection, section: Section, bound: Sequence[Any] | None, backwards: bool, limit: int
) -> list[tuple[Any, ...]]:
    where, parameters = section.where, list(section.parameters)
    if bound is not None:
        sql, values = _beyond(section.keys, bound, backwards)
        where, parameters = f"({where}) AND {sql}", parameters + values
    columns = ", ".join(key.sql for key in section.keys)
    order = ", ".join(f"{key.sql} {'DESC' if key.descending != backwards else 'ASC'}" for key in section.keys)
    query = f"SELECT {columns} FROM {section.source} WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608
    return [tuple(row) for row in connection.execute(query, [*parameters, limit])]


def _beyond(keys: Sequence[Key], bound: Sequence[Any], backwards: bool) -> tuple[str, list[Any]]:
    """The condition that a row comes after ``bound`` in the order; its first part is a range that an index can use."""
    sql, values = "", []
    for key, value in reversed(list(zip(keys, bound, strict=True))):
        sign = "<" if key.descending != backwards else ">"
        if not sql:
            sql, values = f"{key.sql} {sign} ?", [value]
        else:
            sql = f"({key.sql} {sign}= ? AND ({key.sql} {sign} ? OR {sql}))"
            values = [value, value, *values]
    return sql, values


def _encoded(name: str, section: int, row: Sequence[Any]) -> str:
    return json.dumps([name, section, *row], ensure_ascii=False, separators=(",", ":"))


def _decoded(cursor: str | None, name: str, sections: Sequence[Section]) -> tuple[int, list[Any] | None]:
    if cursor is None:
        return 0, None
    try:
        sort, section, *values = json.loads(cursor)
        fits = sort == name and isinstance(section, int) and 0 <= section < len(sections)
        fits = fits and len(values) == len(sections[section].keys)
        if fits and all(value is None or isinstance(value, (str, int, float)) for value in values):
            return section, values
    except (ValueError, TypeError):
        pass
    raise StoreError("this cursor belongs to another list")

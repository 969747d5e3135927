"""Lists of speakers, what is known of one, and the index by which the engine links new names to known ones."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from db import identity
from db.conditions import conditions, numbers_by, speakers_named
from db.errors import StoreError, UnknownId
from db.names import storable
from db.paging import Key, Section, columns, page
from db.records import (
    SPEAKER_SORTS,
    Alias,
    Filter,
    KnownSpeaker,
    Listed,
    Page,
    Period,
    SpeakerDetail,
    SpeakerRow,
    SpeakerSort,
)

_LAST = "coalesce((SELECT max(day) FROM quotation WHERE speaker_id = s.id), '')"
_ROW = (
    "SELECT s.id, s.name, s.kind, s.role, s.country, {count} AS quotations, "
    "(SELECT min(day) FROM quotation WHERE speaker_id = s.id AND day > '') AS first, "
    "(SELECT max(day) FROM quotation WHERE speaker_id = s.id AND day > '') AS last FROM {source} s WHERE {where}"
)
_ORDERS = {
    "most-quoted": (Key("s.quotation_count", True), Key("s.id", True)),
    "name": (Key("s.sort_name"), Key("s.id")),
    "latest": (Key(_LAST, True), Key("s.id")),
}
# What of a filter stands in the speaker's own row; with anything else the quotations have to be counted.
_OWN_FIELDS = {"country", "kind", "speaker", "speaker_ids"}


def speakers(
    connection: sqlite3.Connection,
    filter: Filter,
    sort: SpeakerSort,
    *,
    prefix: str | None,
    after: str | None,
    before: str | None,
    limit: int,
    count_to: int,
) -> Page[SpeakerRow]:
    """One page of the speakers of the quotations that pass ``filter``; see ``Store.speakers``."""
    _check(sort)
    source, where, parameters = _source(connection, filter)
    if prefix is not None and prefix.strip():
        where += " AND s.id IN (SELECT value FROM json_each(?))"
        parameters = [*parameters, json.dumps(speakers_named(connection, prefix))]
    section = Section(f"{source} s", where, tuple(parameters), _ORDERS[sort])
    keys = page(connection, f"speakers-{sort}", [section], after=after, before=before, limit=limit)
    rows = _rows(connection, source, parameters[: source.count("?")], [key[-1] for key in keys.rows])
    query = f"SELECT count(*) FROM (SELECT 1 FROM {source} s WHERE {where} LIMIT ?)"  # noqa: S608
    counted = connection.execute(query, [*parameters, count_to + 1]).fetchone()[0] if count_to else None
    exact = counted is None or counted <= count_to
    return Page(tuple(rows), keys.next, keys.previous, counted if exact else count_to, exact)


def listed(connection: sqlite3.Connection, filter: Filter, sort: SpeakerSort) -> Listed:
    """All speakers of the quotations that pass ``filter``, without their rows; see ``Store.speaker_list``."""
    _check(sort)
    source, where, parameters = _source(connection, filter)
    section = Section(f"{source} s", where, tuple(parameters), _ORDERS[sort])
    name = "s.sort_name || ' ' || lower(coalesce(s.country, ''))"
    ids, numbers, names = columns(connection, section, ("s.id", "s.quotation_count", name))
    return Listed(tuple(map(int, ids)), tuple(map(int, numbers)), tuple(names))


def by_ids(connection: sqlite3.Connection, ids: Sequence[int]) -> list[SpeakerRow]:
    """The speakers with these ids, in this order; ids that are gone are left out."""
    there = connection.execute(
        "SELECT id FROM speaker WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))]
    )
    known = {row["id"] for row in there}
    return _rows(connection, "speaker", [], [id for id in ids if id in known])


def _check(sort: str) -> None:
    if sort not in SPEAKER_SORTS:
        raise StoreError(f"no such order: {sort}; there are {', '.join(SPEAKER_SORTS)}")


def _source(connection: sqlite3.Connection, filter: Filter) -> tuple[str, str, list[Any]]:
    """The table of speakers with their counts, its condition, and the parameters of both in order."""
    used = {name for name in Filter.__slots__ if getattr(filter, name) != getattr(Filter(), name)}
    if used <= _OWN_FIELDS:
        where, parameters = ["s.quotation_count > 0"], list[Any]()
        for column, values in (("kind", filter.kind), ("country", filter.country), ("id", filter.speaker_ids)):
            if values:
                where.append(f"s.{column} IN (SELECT value FROM json_each(?))")  # noqa: S608 - fixed names
                parameters.append(storable(json.dumps(list(values), ensure_ascii=False)))
        if filter.speaker and filter.speaker.strip():
            where.append("s.id IN (SELECT value FROM json_each(?))")
            parameters.append(json.dumps(speakers_named(connection, filter.speaker)))
        return "speaker", " AND ".join(where), parameters
    source = (
        "(SELECT p.id, p.name, p.kind, p.role, p.country, p.sort_name, c.value AS quotation_count "
        "FROM json_each(?) c JOIN speaker p ON p.id = CAST(c.key AS INTEGER))"
    )
    return source, "1", [json.dumps(numbers_by(connection, filter, "speaker_id"))]


def _rows(
    connection: sqlite3.Connection, source: str, parameters: Sequence[Any], ids: Sequence[int]
) -> list[SpeakerRow]:
    query = _ROW.format(count="s.quotation_count", source=source, where="s.id IN (SELECT value FROM json_each(?))")
    rows = connection.execute(query, [*parameters, json.dumps(list(ids))])
    by_id = {row["id"]: SpeakerRow(*row) for row in rows}
    return [by_id[id] for id in ids]


def speaker(connection: sqlite3.Connection, speaker_id: int) -> SpeakerDetail:
    """All that is known of one speaker. Raises UnknownId."""
    rows = _rows(connection, "speaker", [], [speaker_id]) if exists(connection, speaker_id) else []
    if not rows:
        raise UnknownId(f"there is no speaker {speaker_id}")
    aliases = connection.execute(
        "SELECT a.id, a.name, a.canonical, a.kind, a.country, "
        "(SELECT count(*) FROM quotation q WHERE q.alias_id = a.id AND q.status <> 'rejected') AS n "
        "FROM speaker_alias a WHERE a.speaker_id = ? ORDER BY n DESC, a.name",
        [speaker_id],
    )
    roles = connection.execute(
        "SELECT role, nullif(min(nullif(day, '')), ''), nullif(max(day), ''), count(*) FROM quotation "
        "WHERE speaker_id = ? AND role IS NOT NULL AND status <> 'rejected' GROUP BY role ORDER BY max(day) DESC, role",
        [speaker_id],
    )
    return SpeakerDetail(rows[0], tuple(Alias(*row) for row in aliases), tuple(tuple(row) for row in roles))


def exists(connection: sqlite3.Connection, speaker_id: int) -> bool:
    return connection.execute("SELECT 1 FROM speaker WHERE id = ?", [speaker_id]).fetchone() is not None


def index(connection: sqlite3.Connection) -> tuple[KnownSpeaker, ...]:
    """All speakers with all names under which documents give them, the most quoted first."""
    aliases: dict[int, list[str]] = {}
    for row in connection.execute("SELECT speaker_id, name, canonical FROM speaker_alias ORDER BY id"):
        names = aliases.setdefault(row["speaker_id"], [])
        names += [row["name"], row["canonical"]]
    corrected = identity.corrected_names(connection)
    rows = connection.execute(
        "SELECT id, name, kind, country, role, quotation_count FROM speaker ORDER BY quotation_count DESC, id"
    )
    return tuple(
        KnownSpeaker(
            row["name"],
            row["kind"],
            row["country"],
            row["role"],
            tuple(name for name in dict.fromkeys(aliases.get(row["id"], ())) if name != row["name"]),
            row["quotation_count"],
            (row["name"], row["kind"]) in corrected,
        )
        for row in rows
    )


def timeline(connection: sqlite3.Connection, filter: Filter) -> tuple[Period, ...]:
    """The quotations that pass ``filter`` by month, the earliest first, the undated last."""
    found = conditions(connection, filter)
    if found.nothing:
        return ()
    where, parameters = found.where, found.parameters
    if found.match is not None:
        where += f" AND q.id IN (SELECT rowid FROM {found.fts} WHERE {found.fts} MATCH ?)"  # noqa: S608
        parameters = [*parameters, found.match]
    months: dict[str, list[tuple[str, int]]] = {}
    for row in connection.execute(
        f"SELECT substr(q.day, 1, 7) AS month, q.act, count(*) AS n FROM quotation q WHERE {where} "  # noqa: S608
        "GROUP BY 1, 2 ORDER BY month = '', month, n DESC, q.act",
        parameters,
    ):
        months.setdefault(row["month"], []).append((row["act"], row["n"]))
    return tuple(Period(month or None, sum(n for _, n in acts), tuple(acts)) for month, acts in months.items())

"""A ``Filter`` as SQL conditions with parameters, and which of them a query had best start from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.names import folded, like_pattern, storable
from db.records import Filter
from db.words import parsed

_FACETS = (
    ("country", "country"),
    ("form", "form"),
    ("act", "act"),
    ("mode", "mode"),
    ("kind", "speaker_kind"),
    ("publisher", "publisher"),
    ("status", "status"),
)
LARGE = 20_000  # rows; fewer than that are sorted faster than a long list is searched for them


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on ``quotation q``; ``index`` is the index that finds its rows, None where there is none."""

    sql: str
    parameters: tuple[Any, ...] = ()
    index: str | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """All conditions of a filter. ``match`` is the FTS5 query on ``fts`` that gives rank and snippets, if any."""

    all: tuple[Condition, ...]
    fts: str | None = None
    match: str | None = None
    nothing: bool = False
    prefixes: tuple[str, ...] = ()  # of a match by prefixes alone

    @property
    def narrows(self) -> bool:
        """Whether there is more than the words and the leaving out of the rejected."""
        return len(self.all) > 1

    @property
    def in_facets(self) -> bool:
        """Whether the index ``quotation_facets`` can test all conditions."""
        return all("article_id" not in condition.sql and "MATCH" not in condition.sql for condition in self.all)

    @property
    def several(self) -> bool:
        """Whether there are two or more conditions, all of which the index ``quotation_facets`` can test."""
        return self.in_facets and sum(condition.index is not None for condition in self.all) > 1

    @property
    def where(self) -> str:
        return " AND ".join(condition.sql for condition in self.all) or "1"

    @property
    def parameters(self) -> list[Any]:
        return [value for condition in self.all for value in condition.parameters]


def conditions(connection: sqlite3.Connection, filter: Filter) -> Conditions:
    """The conditions of ``filter``; names are looked up first, so that the speakers' index can be used."""
    found: list[Condition] = []
    for name, column in _FACETS:
        values = getattr(filter, name)
        if values:
            found.append(_one_of(column, values))
    if not filter.status:
        found.append(Condition("q.status <> 'rejected'"))
    speaker_ids = _speaker_ids(connection, filter)
    if speaker_ids is not None:
        found.append(_one_of("speaker_id", speaker_ids, "quotation_speaker"))
    if filter.unattributed is not None:
        sql = "q.speaker_id IS NULL" if filter.unattributed else "q.speaker_id IS NOT NULL"
        found.append(Condition(sql, (), "quotation_speaker" if filter.unattributed else None))
    if filter.once:
        found.append(Condition("q.is_longest = 1"))
    found += _ranges(filter)
    if filter.article_id is not None:
        found.append(Condition("q.article_id = ?", (filter.article_id,), "quotation_article"))
    if filter.path:
        sql = "q.article_id IN (SELECT id FROM article WHERE path = ?1 OR path GLOB ?1)"
        found.append(Condition(sql.replace("?1", "?"), (storable(filter.path),) * 2, "quotation_article"))
    return _with_words(filter, found)


def _one_of(column: str, values: Sequence[Any], index: str | None = None) -> Condition:
    index = index or f"quotation_{column}"
    if len(values) == 1:
        return Condition(f"q.{column} = ?", (_storable(values[0]),), index)
    listed = json.dumps([_storable(value) for value in values])
    return Condition(f"q.{column} IN (SELECT value FROM json_each(?))", (listed,), index)  # noqa: S608 - fixed names


def _storable(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value


def _ranges(filter: Filter) -> list[Condition]:
    found = []
    if filter.since:
        found.append(Condition("q.day >= ?", (storable(filter.since)[:10],), "quotation_day"))
    if filter.until:
        # "2024-03" takes in all of March; undated ones ('') are before everything and so left out by hand
        found.append(
            Condition("q.day > '' AND q.day <= ?", (storable(filter.until)[:10] + "\U0010ffff",), "quotation_day")
        )
    if filter.min_confidence is not None:
        found.append(Condition("q.confidence >= ?", (filter.min_confidence,), "quotation_confidence"))
    if filter.max_confidence is not None:
        found.append(Condition("q.confidence <= ?", (filter.max_confidence,), "quotation_confidence"))
    return found


def _with_words(filter: Filter, found: list[Condition]) -> Conditions:
    query = parsed(filter.words)
    fts, match = None, None
    if query.stemmed is not None:
        fts, match = "quotation_fts", query.stemmed
        if query.typed is not None:
            found.append(_in_index("quotation_exact", query.typed))
    elif query.typed is not None:
        fts, match = "quotation_exact", query.typed
    for index, without in (("quotation_fts", query.without), ("quotation_exact", query.without_typed)):
        if without is not None and index == fts:
            match = f"({match}) NOT ({without})"
        elif without is not None:
            found.append(_in_index(index, without, "NOT IN"))
    prefixes = query.prefixes if fts == "quotation_exact" else ()
    return Conditions(tuple(found), fts, match, query.nothing, prefixes)


def _in_index(fts: str, match: str, operator: str = "IN") -> Condition:
    return Condition(f"q.id {operator} (SELECT rowid FROM {fts} WHERE {fts} MATCH ?)", (match,))  # noqa: S608


def _speaker_ids(connection: sqlite3.Connection, filter: Filter) -> tuple[int, ...] | None:
    if filter.speaker is None or not filter.speaker.strip():
        return filter.speaker_ids or None
    named = speakers_named(connection, filter.speaker)
    return tuple(id for id in named if not filter.speaker_ids or id in filter.speaker_ids)


def speakers_named(connection: sqlite3.Connection, name: str) -> tuple[int, ...]:
    """The ids of the speakers of whose name or alias ``name`` is the start, or the start of a later word."""
    condition, parameters = name_condition(name)
    rows = connection.execute(f"SELECT id FROM speaker s WHERE {condition} ORDER BY id", parameters)  # noqa: S608
    return tuple(row[0] for row in rows)


def name_condition(name: str) -> tuple[str, list[str]]:
    """The condition on ``speaker s`` that its name or one of its aliases has words that start like ``name``."""
    pattern = like_pattern(folded(storable(name)))
    patterns = [f"{pattern}%", f"% {pattern}%", f"%\n{pattern}%", f"%-{pattern}%"]
    either = " OR ".join("{column} LIKE ? ESCAPE '!'" for _ in patterns)
    own, alias = either.format(column="s.sort_name"), either.replace("{column}", "sort_name")
    sql = f"({own} OR s.id IN (SELECT speaker_id FROM speaker_alias WHERE {alias}))"  # noqa: S608
    return sql, patterns * 2


def numbers_by(connection: sqlite3.Connection, filter: Filter, column: str) -> dict[int, int]:
    """How many of the quotations that pass ``filter`` each "speaker_id" or "article_id" (``column``) has, if any."""
    found = conditions(connection, filter)
    if found.nothing:
        return {}
    where, parameters = found.where, found.parameters
    in_facets = column == "speaker_id" and found.in_facets
    index = "INDEXED BY quotation_facets" if in_facets and best_index(connection, found, LARGE) is None else ""
    if found.match is not None:
        where += f" AND q.id IN (SELECT rowid FROM {found.fts} WHERE {found.fts} MATCH ?)"  # noqa: S608
        parameters = [*parameters, found.match]
    rows = connection.execute(
        f"SELECT q.{column}, count(*) FROM quotation q {index} "  # noqa: S608 - fixed names
        f"WHERE {where} AND q.{column} IS NOT NULL GROUP BY q.{column}",
        parameters,
    )
    return dict(tuple(row) for row in rows)


def best_index(connection: sqlite3.Connection, found: Conditions, most: int) -> str | None:
    """The index whose condition leaves the fewest rows, if these are fewer than ``most`` and can be sorted; else None.

    SQLite's own planner cannot know it: it does not see how many rows a value has, nor that only a page is wanted.
    """
    fewest, best = most, None
    for condition in found.all:
        if condition.index is None:
            continue
        count = connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM quotation q INDEXED BY {condition.index} "  # noqa: S608
            f"WHERE {condition.sql} LIMIT {fewest})",
            condition.parameters,
        ).fetchone()[0]
        if count < fewest:
            fewest, best = count, condition.index
    return best

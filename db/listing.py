"""Lists of quotations: filtered, sorted, in pages, with honest counts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from db.conditions import LARGE, Conditions, best_index, conditions
from db.errors import StoreError
from db.paging import Key, Section, page, rest
from db.records import QUOTATION_SORTS, Filter, Page, QuotationRow, QuotationSort
from db.words import prefix_snippet

MARK_START, MARK_END = "\ue000", "\ue001"  # private use: they stand in no text that people write
_SNIPPET_WORDS = 32
_MANY_MATCHES = 10_000  # more are not ranked and sorted, but read in the order in which they lie
_ID_LENGTH = 7  # characters of an id with its comma, about
_MOST_PROBES = 1_500  # rows that are tested for words one by one (about 50 µs each)
_COUNT_OF_MANY = 200  # how far the quotations are counted that have frequent words and pass other conditions
_ROW_COLUMNS = ", ".join(f"v.{field.name}" for field in fields(QuotationRow) if field.name != "snippet")
_ROWS = (
    "(SELECT q.id, q.article_id, q.speaker_id, s.name AS speaker, q.role, q.country, q.speaker_kind, q.form, q.mode, "
    "q.act, q.text, q.cue, q.source, a.published, a.title, a.publisher, a.author, a.url, a.path, q.start_char, "
    "q.end_char, q.confidence, q.status, coalesce(g.article_count - 1, 0) AS repeats, q.resolution, "
    "n.name AS name_in_document "
    "FROM quotation q JOIN article a ON a.id = q.article_id LEFT JOIN speaker s ON s.id = q.speaker_id "
    "LEFT JOIN repeat_group g ON g.id = q.group_id LEFT JOIN speaker_alias n ON n.id = q.alias_id) v"
)
# Which index to walk in date order when every condition leaves many rows: the one likely to leave the fewest.
_BY_DATE = ("speaker_id", "publisher", "country", "act", "speaker_kind", "status", "mode", "form")


def quotations(
    connection: sqlite3.Connection,
    filter: Filter,
    sort: QuotationSort,
    *,
    after: str | None,
    before: str | None,
    limit: int,
    count_to: int,
) -> Page[QuotationRow]:
    """One page of the quotations that pass ``filter``; see ``Store.quotations``."""
    _check(sort)
    found = conditions(connection, filter)
    if found.nothing:
        return Page((), count=0)
    plan = _Plan(connection, found, sort)
    keys = page(connection, plan.sort, plan.sections(), after=after, before=before, limit=limit)
    rows = rows_by_id(connection, [key[-1] for key in keys.rows])
    rows = _with_snippets(connection, found, rows)
    count, exact = plan.count(count_to) if count_to else (None, True)
    return Page(tuple(rows), keys.next, keys.previous, count, exact)


def _check(sort: str) -> None:
    if sort not in QUOTATION_SORTS:
        raise StoreError(f"no such order: {sort}; there are {', '.join(QUOTATION_SORTS)}")


def every_id(
    connection: sqlite3.Connection, filter: Filter, sort: QuotationSort, size: int, first: int | None = None
) -> Iterator[list[int]]:
    """The ids of all quotations that pass ``filter``, in order, ``size`` at a time; see ``Store.ids``."""
    _check(sort)
    found = conditions(connection, filter)
    if found.nothing:
        return
    plan = _Plan(connection, found, sort)
    sections = plan.sections()
    keys = page(connection, plan.sort, sections, after=None, before=None, limit=first or size)
    if keys.rows:
        yield [key[-1] for key in keys.rows]
    if keys.next is None:
        return
    ids: list[int] = []
    for listed in rest(connection, plan.sort, sections, after=keys.next):
        start = 0
        while start < len(listed):
            end = listed.find(",", start + size * _ID_LENGTH)
            end = len(listed) if end < 0 else end
            ids += map(int, listed[start:end].split(","))
            start = end + 1
            while len(ids) >= size:
                yield ids[:size]
                ids = ids[size:]
    if ids:
        yield ids


def rows_by_id(connection: sqlite3.Connection, ids: Sequence[int]) -> list[QuotationRow]:
    """The quotations with these ids, in this order; ids that are gone are left out."""
    query = f"SELECT {_ROW_COLUMNS} FROM {_ROWS} WHERE v.id IN (SELECT value FROM json_each(?))"  # noqa: S608
    by_id = {row["id"]: QuotationRow(*row) for row in connection.execute(query, [json.dumps(list(ids))])}
    return [by_id[id] for id in ids if id in by_id]


def rows_with_snippets(connection: sqlite3.Connection, ids: Sequence[int], words: str) -> list[QuotationRow]:
    """The quotations with these ids, each with a snippet where ``words`` stand in it."""
    return _with_snippets(connection, conditions(connection, Filter(words=words)), rows_by_id(connection, ids))


def _with_snippets(
    connection: sqlite3.Connection, found: Conditions, rows: Sequence[QuotationRow]
) -> list[QuotationRow]:
    if found.match is None:
        return list(rows)
    if found.prefixes:
        return [replace(row, snippet=prefix_snippet(row.text, found.prefixes, MARK_START, MARK_END)) for row in rows]
    fts = found.fts
    query = (
        f"SELECT snippet({fts}, 0, ?, ?, '…', {_SNIPPET_WORDS}) FROM {fts} "  # noqa: S608 - one of two fixed names
        f"WHERE {fts} MATCH ? AND rowid = ?"
    )
    with_snippets = []
    for row in rows:
        snippet = connection.execute(query, [MARK_START, MARK_END, found.match, row.id]).fetchone()
        with_snippets.append(row if snippet is None else replace(row, snippet=snippet[0]))
    return with_snippets


class _Plan:
    """How to read the rows that pass the conditions: from the words, from one index, or along the order."""

    def __init__(self, connection: sqlite3.Connection, found: Conditions, sort: str) -> None:
        self._connection, self._found = connection, found
        matches = found.match is not None
        self._ids = self._matching_ids() if matches else None
        self._few_matches = self._ids is not None
        self._many_matches = matches and not self._few_matches
        if sort == "relevance" and not self._few_matches:
            sort = "latest" if matches else "newest"
        self.sort = sort
        self._index = None
        if not self._few_matches:
            self._index = best_index(connection, found, _MOST_PROBES if matches else LARGE)
        if not matches and self._index is None and found.several:
            self._ids = self._few_ids(best_index(connection, found, 3 * LARGE) or "quotation_facets")
        # the words lead: all matches are ranked, or they are read in the order in which they lie
        self._from_words = sort == "relevance" or (sort == "latest" and self._index is None)

    def _matching_ids(self) -> list[int] | None:
        """The ids of all rows with the words, where these are not many."""
        fts = self._found.fts
        query = f"SELECT rowid FROM {fts} WHERE {fts} MATCH ? LIMIT {_MANY_MATCHES}"  # noqa: S608
        ids = [row[0] for row in self._connection.execute(query, [self._found.match])]
        return ids if len(ids) < _MANY_MATCHES else None

    def _few_ids(self, index: str) -> list[int] | None:
        """The ids of all rows, where conditions that each leave many leave few together; None where they are not few.

        They are tested on the rows of one of them, or, where all leave very many, in the one index that has them all.
        """
        query = f"SELECT q.id FROM quotation q INDEXED BY {index} WHERE {self._found.where} LIMIT {LARGE}"  # noqa: S608
        ids = [row[0] for row in self._connection.execute(query, self._found.parameters)]
        return ids if len(ids) < LARGE else None

    def _tested_words(self) -> str:
        """The condition that a row has the words, where something else leads."""
        fts = self._found.fts
        if fts == "quotation_fts":  # row by row
            return f"EXISTS (SELECT 1 FROM {fts} WHERE {fts} MATCH ? AND rowid = q.id)"  # noqa: S608
        return f"q.id IN (SELECT rowid FROM {fts} WHERE {fts} MATCH ?)"  # noqa: S608 - prefixes: all once

    def sections(self) -> list[Section]:
        """The parts of the list in the wanted order."""
        if self.sort == "relevance":
            return [self._section((Key("f.rank"), Key("q.id")))]
        if self.sort == "latest":
            return [self._section((Key("f.rowid" if self._from_words else "q.id", True),))]
        if self.sort == "newest":
            return [self._section(_NEWEST, by_date=True)]
        if self.sort == "oldest":
            dated = self._section(_OLDEST, "q.day > ''", by_date=True)
            return [dated, self._section((Key("q.id"),), "q.day = ''", by_date=True)]
        if self.sort == "confidence":
            return [self._section((Key("q.confidence"), Key("q.id")), along="quotation_confidence")]
        if self.sort == "position":
            return [self._section((Key("q.article_id"), Key("q.seq"), Key("q.id")), along="quotation_article")]
        if self.sort == "speaker":
            keys = (Key("s.sort_name"), Key("s.id"), *_NEWEST)
            named = self._section(keys, joined="speaker s", on=("q.speaker_id", "s.id"), along="quotation_speaker")
            return [named, self._section(_NEWEST, "q.speaker_id IS NULL", along="quotation_speaker")]
        by_group = (Key("g.article_count", True), Key("g.id", True), Key("q.id"))
        grouped = self._section(by_group, joined="repeat_group g", on=("q.group_id", "g.id"), along="quotation_group")
        return [grouped, self._section((Key("q.id"),), "q.group_id IS NULL")]

    def _section(
        self,
        keys: tuple[Key, ...],
        extra: str | None = None,
        *,
        by_date: bool = False,
        joined: str | None = None,
        on: tuple[str, str] | None = None,
        along: str | None = None,
    ) -> Section:
        """``joined`` is the table that leads the order; it is walked unless few rows are left, which are sorted."""
        parts = [self._found.where, *([extra] if extra else [])]
        walked = joined is not None and not self._from_words and self._ids is None and self._index is None
        if on is not None:
            # where the joined table leads, "=" would have SQLite read all quotations for a Bloom filter first
            parts.append(f"{on[0]} BETWEEN {on[1]} AND {on[1]}" if walked else f"{on[0]} = {on[1]}")
        parameters = self._found.parameters
        if self._from_words:
            fts = self._found.fts
            source = f"{fts} f CROSS JOIN quotation q ON q.id = f.rowid" + (f" CROSS JOIN {joined}" if joined else "")
            parts, parameters = [f"f.{fts} MATCH ?", *parts], [self._found.match, *parameters]
        elif self._ids is not None:
            source = "json_each(?) i CROSS JOIN quotation q ON q.id = i.value" + (
                f" CROSS JOIN {joined}" if joined else ""
            )
            parameters = [json.dumps(self._ids), *parameters]
        elif self._index is not None:
            source = f"quotation q INDEXED BY {self._index}" + (f" CROSS JOIN {joined}" if joined else "")
        elif joined:
            source = f"{joined} INDEXED BY {_LEADING[joined]} CROSS JOIN quotation q INDEXED BY {along}"
        else:
            index = self._date_index() if by_date else along
            source = f"quotation q INDEXED BY {index}" if index else "quotation q NOT INDEXED"
        if self._many_matches and not self._from_words:
            parts, parameters = [*parts, self._tested_words()], [*parameters, self._found.match]
        return Section(source, " AND ".join(parts), tuple(parameters), keys)

    def _date_index(self) -> str:
        for column in _BY_DATE:
            if any(condition.sql == f"q.{column} = ?" for condition in self._found.all):
                return f"quotation_{column.removesuffix('_id')}"
        return "quotation_day"

    def count(self, most: int) -> tuple[int, bool]:
        """How many rows pass, counted no further than ``most``, and whether that is all."""
        if self._ids is not None and not self._few_matches:
            return min(len(self._ids), most), len(self._ids) <= most
        if self._few_matches:
            self._from_words = False
        if self._many_matches:
            if self._found.narrows:
                most = min(most, _COUNT_OF_MANY)
            self._from_words = self._index is None
        section = self._section((Key("q.id"),), by_date=True)
        query = f"SELECT count(*) FROM (SELECT 1 FROM {section.source} WHERE {section.where} LIMIT ?)"  # noqa: S608
        counted = int(self._connection.execute(query, [*section.parameters, most + 1]).fetchone()[0])
        return min(counted, most), counted <= most


_LEADING = {"speaker s": "speaker_sort_name", "repeat_group g": "repeat_group_article_count"}
_NEWEST = (Key("q.day", True), Key("q.id"))
_OLDEST = (Key("q.day"), Key("q.id", True))


def every_row(connection: sqlite3.Connection, filter: Filter, sort: QuotationSort, size: int = 500) -> Iterator[Any]:
    """All quotations that pass ``filter``, read in small pieces."""
    for ids in every_id(connection, filter, sort, size):
        yield from rows_by_id(connection, ids)

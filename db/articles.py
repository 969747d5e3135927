"""Articles with their text and quotations, facets for choosing filters, and groups of repeats."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from db.conditions import LARGE, best_index, conditions, numbers_by
from db.errors import StoreError, UnknownId
from db.listing import rows_by_id
from db.names import storable
from db.paging import Key, Section, columns, page
from db.records import (
    ARTICLE_SORTS,
    ArticleDetail,
    ArticleRow,
    ArticleSort,
    Facet,
    Filter,
    Listed,
    Page,
    QuotationSpans,
    Repeat,
    RepeatGroup,
    Totals,
)
from db.wording import difference
from db.words import parsed
from quotes.model import Block, Span

_COLUMNS = (
    "id, path, title, published, publisher, agency, author, url, language, kind, quotation_count, extracted_at, engine"
)
_TITLE = "coalesce(a.title, a.path, a.url, '')"
_FACETS = {"country", "publisher", "form", "mode", "act", "status", "speaker_kind"}


def article(connection: sqlite3.Connection, article_id: int) -> ArticleDetail:
    """Raises UnknownId."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM article WHERE id = ?",  # noqa: S608 - column names from this module
        [article_id],
    ).fetchone()
    if row is None:
        raise UnknownId(f"there is no article {article_id}")
    text, blocks = connection.execute("SELECT text, blocks FROM article WHERE id = ?", [article_id]).fetchone()
    layout = tuple(Block(Span(start, end), role) for start, end, role in json.loads(blocks))
    return ArticleDetail(ArticleRow(*row), text, layout, tuple(_spans(connection, "q.article_id = ?", article_id)))


def quotation(connection: sqlite3.Connection, quotation_id: int) -> QuotationSpans:
    """Raises UnknownId."""
    found = _spans(connection, "q.id = ?", quotation_id)
    if not found:
        raise UnknownId(f"there is no quotation {quotation_id}")
    return found[0]


def _spans(connection: sqlite3.Connection, where: str, parameter: int) -> list[QuotationSpans]:
    inside = dict(
        connection.execute(
            f"SELECT q.id, q.inside_id FROM quotation q WHERE {where} ORDER BY q.seq",  # noqa: S608 - fixed conditions
            [parameter],
        ).fetchall()
    )
    places: dict[int, dict[str, list[Span]]] = {id: {"content": [], "cue": [], "source": []} for id in inside}
    for row in connection.execute(
        "SELECT s.* FROM span s JOIN quotation q ON q.id = s.quotation_id "  # noqa: S608 - fixed conditions
        f"WHERE {where} ORDER BY s.quotation_id, s.role, s.seq",
        [parameter],
    ):
        places[row["quotation_id"]][row["role"]].append(Span(row["start_char"], row["end_char"]))
    return [
        QuotationSpans(
            row,
            tuple(places[row.id]["content"]),
            next(iter(places[row.id]["cue"]), None),
            next(iter(places[row.id]["source"]), None),
            inside[row.id],
        )
        for row in rows_by_id(connection, list(inside))
    ]


def articles(
    connection: sqlite3.Connection,
    words: str | None,
    sort: ArticleSort,
    *,
    filter: Filter,
    after: str | None,
    before: str | None,
    limit: int,
    count_to: int,
) -> Page[ArticleRow]:
    """One page of the articles in whose title or text ``words`` stand and that ``filter`` leaves."""
    section, counts = _section(connection, words, sort, filter)
    keys = page(connection, f"articles-{sort}", [section], after=after, before=before, limit=limit)
    rows = by_ids(connection, [key[-1] for key in keys.rows])
    if counts is not None:
        rows = [replace(row, quotations=counts[row.id]) for row in rows]
    query = f"SELECT count(*) FROM (SELECT 1 FROM {section.source} WHERE {section.where} LIMIT ?)"  # noqa: S608
    counted = connection.execute(query, [*section.parameters, count_to + 1]).fetchone()[0] if count_to else None
    exact = counted is None or counted <= count_to
    return Page(tuple(rows), keys.next, keys.previous, counted if exact else count_to, exact)


def listed(connection: sqlite3.Connection, sort: ArticleSort, filter: Filter) -> Listed:
    """All articles that ``filter`` leaves, without their rows; see ``Store.article_list``."""
    section, counts = _section(connection, None, sort, filter)
    number = "a.quotation_count" if counts is None else "c.value"
    ids, numbers, titles = columns(connection, section, ("a.id", number, _TITLE))
    return Listed(tuple(map(int, ids)), tuple(map(int, numbers)), tuple(titles))


def by_ids(connection: sqlite3.Connection, ids: Sequence[int]) -> list[ArticleRow]:
    """The articles with these ids, in this order, with all their quotations counted; ids that are gone are left out."""
    query = f"SELECT {_COLUMNS} FROM article WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
    by_id = {row["id"]: ArticleRow(*row) for row in connection.execute(query, [json.dumps(list(ids))])}
    return [by_id[id] for id in ids if id in by_id]


def _section(
    connection: sqlite3.Connection, words: str | None, sort: ArticleSort, filter: Filter
) -> tuple[Section, dict[int, int] | None]:
    """The list in order; and the number of quotations of each article, where a filter leaves some out."""
    if sort not in ARTICLE_SORTS:
        raise StoreError(f"no such order: {sort}; there are {', '.join(ARTICLE_SORTS)}")
    where, parameters = _article_words(words)
    source, number = "article a", "a.quotation_count"
    counts = None if filter == Filter() else numbers_by(connection, filter, "article_id")
    if counts is not None:
        source, number = "json_each(?) c CROSS JOIN article a ON a.id = CAST(c.key AS INTEGER)", "c.value"
        parameters = [json.dumps(counts), *parameters]
    orders = {
        "newest": (Key("coalesce(a.published, '')", True), Key("a.id")),
        "oldest": (Key("coalesce(a.published, '9')"), Key("a.id")),
        "title": (Key("coalesce(a.title, a.path, '')"), Key("a.id")),
        "most-quotations": (Key(number, True), Key("a.id")),
    }
    return Section(source, where, tuple(parameters), orders[sort]), counts


def _article_words(words: str | None) -> tuple[str, list[str]]:
    query = parsed(words)
    if query.nothing:
        return "0", []
    parts, parameters = ["1"], []
    for match, operator in (
        (query.stemmed, "IN"),
        (query.typed, "IN"),
        (query.without, "NOT IN"),
        (query.without_typed, "NOT IN"),
    ):
        if match is not None:
            parts.append(f"a.id {operator} (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)")  # noqa: S608
            parameters.append(match)
    return " AND ".join(parts), parameters


def article_id(connection: sqlite3.Connection, path: str) -> int | None:
    """The id of the article that was read from ``path`` (also given in another way: relative, or only its end)."""
    path = storable(path)
    row = connection.execute(
        "SELECT id FROM article WHERE path = ?1 OR key = ?1 ORDER BY id LIMIT 1", [path]
    ).fetchone()
    if row is None:
        rows = connection.execute(
            "SELECT id FROM article WHERE substr(path, -length(?1) - 1) IN ('/' || ?1, '\\' || ?1) LIMIT 2", [path]
        ).fetchall()
        row = rows[0] if len(rows) == 1 else None
    return None if row is None else int(row["id"])


def facet(connection: sqlite3.Connection, column: str, filter: Filter) -> tuple[Facet, ...]:
    """The values of a column among the quotations that pass ``filter``, the most frequent first."""
    if column not in _FACETS:
        raise StoreError(f"no such facet: {column}")
    found = conditions(connection, filter)
    where, parameters = found.where, found.parameters
    if found.nothing:
        return ()
    if found.match is not None:
        where += f" AND q.id IN (SELECT rowid FROM {found.fts} WHERE {found.fts} MATCH ?)"  # noqa: S608
        parameters = [*parameters, found.match]
    if filter == Filter():  # from the indexes alone: all, less the few rejected
        query = (
            f"SELECT {column}, n FROM (SELECT {column}, count(*) - (SELECT count(*) FROM quotation r "  # noqa: S608
            f"INDEXED BY quotation_status WHERE r.status = 'rejected' AND r.{column} IS q.{column}) AS n "
            f"FROM quotation q GROUP BY {column}) "
            f"WHERE n > 0 ORDER BY n DESC, {column}"
        )
        return tuple(Facet(*row) for row in connection.execute(query))
    index = "INDEXED BY quotation_facets" if found.in_facets and best_index(connection, found, LARGE) is None else ""
    query = (
        f"SELECT q.{column}, count(*) AS n FROM quotation q {index} WHERE {where} "  # noqa: S608
        f"GROUP BY q.{column} ORDER BY n DESC, q.{column}"
    )
    return tuple(Facet(*row) for row in connection.execute(query, parameters))


def repeats(connection: sqlite3.Connection, quotation_id: int) -> RepeatGroup | None:
    """The group of a quotation with all its versions; None when it stands alone. Raises UnknownId."""
    row = connection.execute("SELECT group_id FROM quotation WHERE id = ?", [quotation_id]).fetchone()
    if row is None:
        raise UnknownId(f"there is no quotation {quotation_id}")
    if row["group_id"] is None:
        return None
    members = connection.execute(
        "SELECT id, is_longest FROM quotation WHERE group_id = ? ORDER BY day = '', day, id", [row["group_id"]]
    ).fetchall()
    rows = rows_by_id(connection, [member["id"] for member in members])
    longest = next(member["id"] for member in members if member["is_longest"])
    longest_text = next(version.text for version in rows if version.id == longest)
    versions = tuple(Repeat(row, row.id == longest, difference(longest_text, row.text)) for row in rows)
    dates = [version.published for version in rows if version.published]
    publishers = tuple(dict.fromkeys(version.publisher for version in rows if version.publisher))
    return RepeatGroup(row["group_id"], versions, min(dates, default=None), publishers)


def totals(connection: sqlite3.Connection) -> Totals:
    """How much is in the store (quotations and speakers without the rejected)."""
    query = (
        "SELECT (SELECT count(*) FROM article), "
        "(SELECT count(*) FROM quotation) - (SELECT count(*) FROM quotation WHERE status = 'rejected'), "
        "(SELECT count(*) FROM speaker WHERE quotation_count > 0), "
        "(SELECT count(*) FROM correction WHERE state <> 'undone'), "
        "(SELECT count(*) FROM correction WHERE state = 'conflict')"
    )
    return Totals(*connection.execute(query).fetchone())

"""For people who write SQL: the view, the queries that come with it, other programs, and reading that cannot write."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import db
from quotes.model import Speaker

Put = Callable[..., db.Written]
QUERIES = sorted((Path(db.__file__).parent / "queries").glob("*.sql"))
ANA = Speaker("Ana Petrova", "Ana Petrova", "person", "Foreign Minister", "BGR")
IVO = Speaker("Ivo Kolar", "Kolar", "person", "President", "HRV")


@pytest.fixture
def corpus(store: db.Store, put: Put) -> db.Store:
    """A little of everything that the queries ask for."""
    long = "we expect our neighbours to keep what they signed"
    put(
        "a.txt",
        (ANA, "Ivo Kolar broke the agreement", {"act": "accuse"}),
        (IVO, "there was never any agreement with Ana Petrova", {"act": "deny"}),
        (None, "new sanctions would follow", {"act": "warn"}),
        *((ANA, f"{number} and so on", {"form": "direct"}) for number in range(9)),
        published="2024-05-01",
        publisher="Daily",
        title="Talks",
    )
    for name in "bcd":
        put(f"{name}.txt", (ANA, long), lead=f"{name}: ", published="2024-06-01", publisher="Post")
    put(
        "e.txt", (Speaker("Ivo Kolar", "President Ivo Kolar", "person", None, "HRV"), "we sign"), published="2023-01-01"
    )
    return store


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_every_query_finds_something(corpus: db.Store, file: Path) -> None:
    sql = file.read_text(encoding="utf-8")
    assert sql.startswith("-- ")
    result = corpus.query_readonly(sql)
    rows = list(result.rows)
    assert rows
    assert all(len(row) == len(result.columns) for row in rows)


def test_there_are_a_dozen_queries() -> None:
    assert len(QUERIES) >= 12


def answer(store: db.Store, name: str) -> list[tuple[Any, ...]]:
    file = next(file for file in QUERIES if file.stem == name)
    return list(store.query_readonly(file.read_text(encoding="utf-8")).rows)


def test_what_some_queries_find(corpus: db.Store) -> None:
    assert answer(corpus, "most-quoted")[0] == ("Ana Petrova", "BGR", 13, 4)
    assert answer(corpus, "who-denied-what")[0][1] == "Ivo Kolar"
    assert set(answer(corpus, "who-speaks-about-whom")) == {
        ("Ana Petrova", "Ivo Kolar", 1),
        ("Ivo Kolar", "Ana Petrova", 1),
    }
    assert answer(corpus, "most-repeated")[0] == (
        3,
        "Ana Petrova",
        "we expect our neighbours to keep what they signed",
        "2024-06-01",
    )
    assert answer(corpus, "said-and-denied")[0][1] == "Ana Petrova"
    assert answer(corpus, "names-of-speakers")[0][0] == "Ivo Kolar"
    pieces = {(row[0], row[4]) for row in answer(corpus, "offsets")}
    assert pieces >= {(1, "Ivo Kolar broke the agreement"), (3, "new sanctions would follow")}


def test_the_view_has_the_columns_of_the_contract(corpus: db.Store) -> None:
    result = corpus.query_readonly("SELECT * FROM quotes WHERE id = 1")
    contract = (
        "id, speaker, role, country, speaker_kind, form, mode, act, text, cue, source, published, title, publisher, "
        "author, url, path, start_char, end_char, confidence, status, repeats"
    )
    assert ", ".join(result.columns) == contract == ", ".join(db.COLUMNS)
    row = dict(zip(result.columns, next(result.rows), strict=True))
    shown = corpus.quotation(1).quotation
    assert row == {name: getattr(shown, name) for name in db.COLUMNS}


def test_sqlite_utils_opens_it(corpus: db.Store, path: str) -> None:
    def run(*arguments: str) -> Any:
        command = [sys.executable, "-m", "sqlite_utils", *arguments]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    assert {row["table"] for row in run("tables", path)} >= {"article", "quotation", "span", "speaker"}
    assert run("views", path)[0]["view"] == "quotes"
    assert run("query", path, "select count(*) as n from quotes") == [{"n": 16}]
    assert run("search", path, "quotation", "sanction", "-c", "text") == [{"text": "new sanctions would follow"}]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM quotation",
        "UPDATE quotation SET text = 'x'",
        "INSERT INTO run(engine, started_at) VALUES ('x', 'y')",
        "DROP TABLE quotation",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x (y)",
        "ALTER TABLE quotation ADD COLUMN x",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA user_version(7)",
        "ATTACH DATABASE '/tmp/x.db' AS x",
        "VACUUM INTO '/tmp/x.db'",
        "VACUUM",
        "BEGIN IMMEDIATE",
        "SAVEPOINT x",
        "REINDEX",
        "ANALYZE",
        "UPDATE sqlite_master SET sql = ''",
        "DELETE FROM sqlite_master",
        "SELECT load_extension('x')",
        "INSERT INTO quotation_fts(quotation_fts) VALUES ('delete-all')",
        "SELECT 1; DELETE FROM quotation",
        "WITH x AS (SELECT 1) DELETE FROM quotation",
        "SELEKT 1",
        "SELECT * FROM nothing",
        "SELECT ?",
        "",
        "-- nothing",
        "SELECT '\0",
    ],
)
def test_a_query_cannot_write_or_break(corpus: db.Store, path: str, sql: str, tmp_path: Path) -> None:
    before = sqlite3.connect(path).execute("SELECT count(*), total(id) FROM quotation").fetchone()
    files = sorted(tmp_path.iterdir())
    with pytest.raises(db.QueryError) as error:
        list(corpus.query_readonly(sql).rows)
    assert str(error.value).count("\n") == 0
    assert sqlite3.connect(path).execute("SELECT count(*), total(id) FROM quotation").fetchone() == before
    assert sorted(tmp_path.iterdir()) == files


def test_what_a_query_may_do(corpus: db.Store) -> None:
    for sql in (
        "PRAGMA table_info(quotation)",
        "SELECT name FROM pragma_table_info('quotation')",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n",
        "SELECT snippet(quotation_fts, 0, '[', ']', '…', 8) FROM quotation_fts WHERE quotation_fts MATCH 'sanction'",
        "EXPLAIN QUERY PLAN SELECT * FROM quotes",
        "SELECT value FROM json_each('[1]')",
    ):
        assert list(corpus.query_readonly(sql).rows)
    assert next(corpus.query_readonly("SELECT text FROM quotes WHERE id = :id", {"id": 3}).rows) == (
        "new sanctions would follow",
    )


def test_a_long_query_is_stopped(corpus: db.Store) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(db.QueryInterrupted, match=r"0\.2 s"):
        list(corpus.query_readonly(endless, seconds=0.2).rows)

"""Stores in temporary folders, and small invented articles to put into them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import db
from quotes.model import Article, Cue, Extraction, Quotation, Span, Speaker

Said = tuple[Speaker | None, str] | tuple[Speaker | None, str, dict[str, Any]]


def person(name: str, country: str | None = None, role: str | None = None, called: str | None = None) -> Speaker:
    return Speaker(name, called or name, "person", role, country)


def make_extraction(path: str | None, *said: Said, **metadata: Any) -> Extraction:
    """An article of sentences "<speaker> said <words>.", each a quotation; a third item overrides its fields."""
    text = metadata.pop("lead", "")
    quotations = []
    for speaker, words, *fields in said:
        source = speaker.name_in_document if speaker is not None else "An official"
        start = len(text)
        text += f"{source} said {words}. "
        content = start + len(source) + 6
        values = {
            "form": "indirect",
            "mode": "speech",
            "act": "state",
            "content": (Span(content, content + len(words)),),
            "cue": Cue(Span(start + len(source) + 1, content - 1), "say"),
            "source": Span(start, start + len(source)),
            "speaker": speaker,
            "confidence": 0.9,
        }
        quotations.append(Quotation(**(values | (fields[0] if fields else {}))))
    return Extraction(Article(text, path=path, **metadata), tuple(quotations))


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "quotes.db")


@pytest.fixture
def store(path: str) -> Iterator[db.Store]:
    with db.open_store(path, author="tester") as opened:
        yield opened


@pytest.fixture
def put(store: db.Store) -> Callable[..., db.Written]:
    """Writes an article made as by ``make_extraction``; ``engine`` is the version that found it."""

    def written(path: str | None, *said: Said, engine: str = "1", **metadata: Any) -> db.Written:
        return store.write(make_extraction(path, *said, **metadata), store.start_run(engine))

    return written


@pytest.fixture
def extraction() -> Callable[..., Extraction]:
    return make_extraction


@pytest.fixture
def someone() -> Callable[..., Speaker]:
    return person


def check_sound(path: str) -> None:
    """SQLite's own checks, and that every count and index that triggers and code keep is what it should be."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for fts in ("quotation_fts", "quotation_exact", "article_fts"):
            connection.execute(f"INSERT INTO {fts}({fts}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        for table in ("speaker", "article"):
            wrong = connection.execute(
                f"SELECT t.id FROM {table} t WHERE t.quotation_count <> (SELECT count(*) FROM quotation q "  # noqa: S608
                f"WHERE q.{table}_id = t.id AND q.status <> 'rejected')"
            ).fetchall()
            assert wrong == []
        groups = connection.execute(
            "SELECT g.id FROM repeat_group g WHERE g.article_count <> (SELECT count(DISTINCT article_id) "
            "FROM quotation WHERE group_id = g.id) "
            "OR 1 <> (SELECT sum(is_longest) FROM quotation WHERE group_id = g.id)"
        ).fetchall()
        assert groups == []
        lost = "SELECT count(*) FROM repeat_print WHERE quotation_id NOT IN (SELECT id FROM quotation)"
        assert connection.execute(lost).fetchone() == (0,)
        outside = (
            "SELECT q.id FROM quotation q JOIN article a ON a.id = q.article_id JOIN span s ON s.quotation_id = q.id "
            "WHERE s.end_char > length(a.text) AND instr(a.text, char(0)) = 0"
        )
        assert connection.execute(outside).fetchall() == []
        different = (
            "SELECT q.id FROM quotation q LEFT JOIN speaker s ON s.id = q.speaker_id "
            "LEFT JOIN speaker_alias n ON n.id = q.alias_id "
            "WHERE q.speaker_id IS NOT n.speaker_id OR q.speaker_kind IS NOT s.kind"
        )
        assert connection.execute(different).fetchall() == []
    finally:
        connection.close()


@pytest.fixture
def sound(path: str) -> Callable[..., None]:
    """``sound()`` checks the test's database, ``sound(path)`` another one."""
    return lambda other=path: check_sound(other)

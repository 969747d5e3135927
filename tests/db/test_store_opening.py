"""Opening: new, older, newer, foreign, broken and read-only databases; the schema's promises and its documentation."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import db
from db import connection, migrations, schema_doc
from quotes import model

Put = Callable[..., db.Written]


def add_column(database: Any) -> None:
    database.conn.execute("ALTER TABLE article ADD COLUMN mood TEXT")


def break_off(database: Any) -> None:
    database.conn.execute("DROP VIEW quotes")
    database.conn.execute("SELECT * FROM no_such_table")


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Any], None]], None]:
    """Makes the program one version newer, with one more migration."""

    def newer(step: Callable[[Any], None]) -> None:
        steps = migrations.migrations()
        steps(name="0002_next")(step)
        monkeypatch.setattr(migrations, "NAMES", (*migrations.NAMES, "0002_next"))
        monkeypatch.setattr(migrations, "migrations", lambda: steps)

    return newer


def test_an_older_database_is_upgraded_after_a_backup(
    path: str, put: Put, someone: Callable[..., model.Speaker], store: db.Store, next_version: Any
) -> None:
    put("a.txt", (someone("Ana Petrova"), "the border stays open"))
    next_version(add_column)
    with db.open_store(path) as upgraded:
        assert upgraded.quotations().rows[0].text == "the border stays open"
        assert "mood" in upgraded.connection.execute("SELECT * FROM article").fetchone().keys()  # noqa: SIM118
    backups = list(Path(path).parent.glob("*.backup"))
    assert [backup.name for backup in backups] == ["quotes.db.0001_first.backup"]
    copy = sqlite3.connect(backups[0])
    assert copy.execute("SELECT text FROM quotes").fetchall() == [("the border stays open",)]
    assert len(copy.execute("SELECT * FROM article").description) == 19
    copy.close()
    with db.open_store(path):
        assert len(list(Path(path).parent.glob("*.backup*"))) == 1


def test_an_upgrade_that_fails_changes_nothing(path: str, store: db.Store, next_version: Any) -> None:
    store.close()
    next_version(break_off)
    for number in range(2):
        with pytest.raises(db.StoreError, match="no_such_table"):
            db.open_store(path)
        assert len(list(Path(path).parent.glob("*.backup*"))) == number + 1
    plain = sqlite3.connect(path)
    assert plain.execute("SELECT count(*) FROM quotes").fetchone() == (0,)
    plain.close()


def test_an_older_database_is_not_upgraded_for_reading(path: str, store: db.Store, next_version: Any) -> None:
    store.close()
    next_version(add_column)
    with pytest.raises(db.ReadOnlyStore, match="older version"):
        db.open_store(path, readonly=True)


def test_a_newer_database_is_refused(path: str, store: db.Store) -> None:
    store.connection.execute(
        "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('quotes', '9999_later', '')"
    )
    store.close()
    for readonly in (False, True):
        with pytest.raises(db.NewerStore, match="newer version of quotes"):
            db.open_store(path, readonly=readonly)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Dear diary, this is not a database. " * 50)
    with pytest.raises(db.NotAStore, match=r"notes\.txt"):
        db.open_store(file)
    assert file.read_text().startswith("Dear diary")


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE recipe (id)")
    other.commit()
    with pytest.raises(db.NotAStore, match="not one of quotes"):
        db.open_store(tmp_path / "other.db")
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipe",)]
    assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    other.close()


def test_missing_files_and_folders(tmp_path: Path) -> None:
    for options in ({"readonly": True}, {"create": False}):
        with pytest.raises(db.MissingStore, match="no such database"):
            db.open_store(tmp_path / "none.db", **options)  # type: ignore[arg-type]
    assert not (tmp_path / "none.db").exists()
    with pytest.raises(db.StoreError, match="folder"):
        db.open_store(tmp_path / "none" / "quotes.db")
    with pytest.raises(db.NotAStore, match="a folder"):
        db.open_store(tmp_path)


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    with db.open_store(tmp_path / "empty.db") as store:
        assert store.totals().articles == 0


@pytest.mark.parametrize("name", ["a b#c?d%20.db", "ünï“cøde”.db", "semi;colon'.db"])
def test_awkward_file_names(tmp_path: Path, name: str) -> None:
    with db.open_store(tmp_path / name) as store:
        store.start_run("1")
    assert (tmp_path / name).exists()
    with db.open_store(tmp_path / name, readonly=True) as store, pytest.raises(db.ReadOnlyStore):
        store.start_run("1")


def test_a_read_only_folder(path: str, store: db.Store, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    put("a.txt", (None, "the border stays open"))
    store.close()
    Path(path).parent.chmod(0o500)
    try:
        with db.open_store(path, readonly=True) as reader:
            assert len(reader.quotations().rows) == 1
        with pytest.raises(db.ReadOnlyStore):
            db.open_store(path)
    finally:
        Path(path).parent.chmod(0o700)


def test_many_open_a_new_database_at_once(path: str) -> None:
    errors: list[Exception] = []

    def opened() -> None:
        try:
            with db.open_store(path) as store:
                store.start_run("1")
        except Exception as error:  # noqa: BLE001 - any of them fails the test
            errors.append(error)

    threads = [threading.Thread(target=opened) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with db.open_store(path) as store:
        assert store.connection.execute("SELECT count(*) FROM run").fetchone()[0] == 6


def test_each_thread_has_its_own_connection_and_closing_closes_all(path: str) -> None:
    store = db.open_store(path)
    found = []
    thread = threading.Thread(target=lambda: found.append(store.connection))
    thread.start()
    thread.join()
    assert found[0] is not store.connection
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        found[0].execute("SELECT 1")
    with pytest.raises(db.StoreError, match="closed"):
        store.totals()


def test_settings(store: db.Store) -> None:
    pragmas = {"foreign_keys": 1, "journal_mode": "wal", "application_id": migrations.APPLICATION_ID}
    found = {name: store.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas}
    assert found == pragmas


def test_the_checks_of_the_schema_allow_what_the_model_knows() -> None:
    """If this fails, quotes.model has learned a value: add a migration that widens the check."""
    for name in ("FORMS", "MODES", "ACTS", "SPEAKER_KINDS", "DOCUMENT_KINDS"):
        assert set(getattr(migrations, name)) == set(getattr(model, name)), name


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE quotation SET form = 'shouted'",
        "UPDATE quotation SET status = 'liked'",
        "UPDATE quotation SET confidence = 2",
        "UPDATE quotation SET end_char = start_char - 1",
        "UPDATE quotation SET speaker_id = 99",
        "UPDATE speaker SET kind = 'robot'",
        "UPDATE span SET role = 'verb'",
        "DELETE FROM speaker",
        "INSERT INTO article SELECT * FROM article",
    ],
)
def test_constraints(store: db.Store, put: Put, someone: Callable[..., model.Speaker], statement: str) -> None:
    put("a.txt", (someone("Ana Petrova"), "the border stays open"))
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute(statement)


def test_every_foreign_key_and_filter_has_an_index(store: db.Store) -> None:
    reader = store.connection
    tables = [row[0] for row in reader.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        leading = set()
        for index in reader.execute("SELECT name FROM pragma_index_list(?)", [table]).fetchall():
            leading.add(reader.execute("SELECT name FROM pragma_index_info(?)", [index[0]]).fetchone()[0])
        for key in reader.execute('SELECT "from" FROM pragma_foreign_key_list(?)', [table]).fetchall():
            assert key[0] in leading, f"{table}.{key[0]}"


def test_the_documentation_of_the_schema_is_true() -> None:
    page = Path(connection.__file__).parent / "SCHEMA.md"
    assert page.read_text(encoding="utf-8") == schema_doc.schema_markdown(), (
        "run python -m db.schema_doc > db/SCHEMA.md"
    )


def test_every_column_is_described_or_speaks_for_itself() -> None:
    plain = {"id", "title", "author", "url", "kind", "form", "mode", "act", "name", "country", "confidence", "status",
             "text", "role", "note", "action", "state", "made_at"}  # fmt: skip
    for line in schema_doc.schema_markdown().split("## quotes (view)")[0].splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if line.startswith("| ") and cells[1] not in ("column", "---") and cells[1] not in plain:
            assert cells[3], f"{cells[1]} has no comment"


def test_opening_loads_no_models_and_no_interface() -> None:
    code = (
        "import sys, db\n"
        "bad = {name.split('.')[0] for name in sys.modules} & {'torch', 'stanza', 'textual', 'transformers', 'click'}\n"
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(connection.__file__).parents[1])

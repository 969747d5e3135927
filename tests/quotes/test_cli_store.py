"""The commands that read and correct the database."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import click.testing
import pytest

from db import COLUMNS
from quotes import cli

run = click.testing.CliRunner(env={"COLUMNS": "80"}).invoke


@pytest.fixture
def record(extracted: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of one's own with what the samples gave; the current folder is its own, too."""
    with sqlite3.connect(extracted.database) as source, sqlite3.connect(tmp_path / "quotes.db") as target:
        source.backup(target)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "quotes.db"


def rows(text: str) -> list[dict[str, str]]:
    """Tab-separated output, as pipes get it."""
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_speakers_are_listed_the_most_quoted_first(record: Path) -> None:
    result = run(cli.main, ["speakers", "--limit", "5"])
    assert result.exit_code == 0
    found = rows(result.stdout)
    numbers = [int(row["quotations"]) for row in found]
    assert len(found) == 5
    assert numbers == sorted(numbers, reverse=True)
    assert "The first 5; --limit gives more." in result.stderr
    with sqlite3.connect(record) as connection:
        for row in found:
            counted = connection.execute("SELECT count(*) FROM quotes WHERE speaker = ?", [row["name"]]).fetchone()
            assert counted == (int(row["quotations"]),)


def test_speakers_obey_filters(record: Path) -> None:
    people = rows(run(cli.main, ["speakers", "--kind", "person", "--limit", "1000"]).stdout)
    assert people
    assert {row["kind"] for row in people} == {"person"}
    turks = rows(run(cli.main, ["speakers", "--country", "tur"]).stdout)
    assert {row["country"] for row in turks} == {"TUR"}


def test_search_finds_words(record: Path) -> None:
    result = run(cli.main, ["search", "passenger"])
    assert result.exit_code == 0
    found = rows(result.stdout)
    assert found
    assert all("passenger" in row["text"].lower() for row in found)


@pytest.mark.parametrize("words", ['"', "(", "AND", "*", "NEAR(", "a:b", "-"])
def test_search_takes_any_words(record: Path, words: str) -> None:
    result = run(cli.main, ["search", "--", words])
    assert result.exit_code == 0, result.stderr


def test_search_says_when_nothing_is_found(record: Path) -> None:
    result = run(cli.main, ["search", "zeppelinology"])
    assert result.exit_code == 0
    assert rows(result.stdout) == []
    assert result.stderr == "Nothing found.\n"


def test_export_is_the_view(record: Path) -> None:
    result = run(cli.main, ["export"])
    exported = list(csv.reader(io.StringIO(result.stdout)))
    assert tuple(exported[0]) == tuple(COLUMNS)
    with sqlite3.connect(record) as connection:
        assert len(exported) - 1 == connection.execute("SELECT count(*) FROM quotes").fetchone()[0] > 50
        texts = {row[0] for row in connection.execute("SELECT text FROM quotes")}
    assert {row[COLUMNS.index("text")] for row in exported[1:]} == texts


@pytest.mark.parametrize(
    ("name", "records"), [("q.csv", None), ("q.json", json.loads), ("q.jsonl", None), ("q.md", None)]
)
def test_export_to_a_file_goes_by_its_suffix(record: Path, name: str, records: Any) -> None:
    result = run(cli.main, ["export", "-o", name, "--form", "direct"])
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    written = Path(name).read_text(encoding="utf-8")
    if records:
        assert {item["form"] for item in records(written)} == {"direct"}
    elif name == "q.csv":
        assert {row["form"] for row in csv.DictReader(io.StringIO(written))} == {"direct"}
    elif name == "q.jsonl":
        assert {json.loads(line)["form"] for line in written.split("\n") if line} == {"direct"}
    else:
        assert "padlock" in written


def test_export_columns(record: Path) -> None:
    result = run(cli.main, ["export", "--columns", "speaker,text", "--words", "padlock"])
    exported = list(csv.reader(io.StringIO(result.stdout)))
    assert exported[0] == ["speaker", "text"]
    assert len(exported) == 2


def test_query_reads_and_only_reads(record: Path) -> None:
    before = record.read_bytes()
    result = run(cli.main, ["query", "SELECT count(*) AS number FROM quotes"])
    assert result.exit_code == 0
    assert int(rows(result.stdout)[0]["number"]) > 50
    for sql in ("DELETE FROM quotation", "DROP TABLE span", "PRAGMA user_version = 9", "ATTACH 'x.db' AS x"):
        refused = run(cli.main, ["query", sql])
        assert refused.exit_code == 1, sql
        assert refused.stderr.startswith("Error: ")
    assert record.read_bytes() == before
    assert not Path("x.db").exists()


def test_show_by_number_and_by_path_is_the_same(record: Path) -> None:
    with sqlite3.connect(record) as connection:
        number, path = connection.execute("SELECT id, path FROM article WHERE path LIKE '%01-wire%'").fetchone()
    by_number, by_path = run(cli.main, ["show", str(number)]), run(cli.main, ["show", path])
    assert by_number.exit_code == 0, by_number.stderr
    assert by_number.stdout == by_path.stdout
    assert "We have taken the padlock off the gate, nothing more]" in by_number.stdout
    assert "Sergei Verkhovtsev" in by_number.stdout


def test_show_of_a_file_that_is_not_in_the_database(record: Path) -> None:
    Path("note.txt").write_text("The envoy of Norway, Sigrid Haugland, said the bridge would open.\n", encoding="utf-8")
    result = run(cli.main, ["show", "note.txt"])
    assert result.exit_code == 0, result.stderr
    assert "said [1 the bridge would open]." in result.stdout
    assert "Sigrid Haugland" in result.stdout


def test_show_goes_on_after_what_cannot_be_read(record: Path) -> None:
    Path("notes.jsonl").write_text(
        '{oops\n{"text": "The envoy of Norway, Sigrid Haugland, said the bridge would open."}\n{oops\n',
        encoding="utf-8",
    )
    result = run(cli.main, ["show", "notes.jsonl"])
    assert "said [1 the bridge would open]." in result.stdout
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: notes.jsonl: invalid JSON on line 1")
    assert result.stderr.endswith("(and 1 more)\n")


def test_merge_rename_split_and_undo(record: Path) -> None:
    def quoted() -> dict[str, int]:
        with sqlite3.connect(record) as connection:
            return dict(connection.execute("SELECT speaker, count(*) FROM quotes WHERE speaker <> '' GROUP BY speaker"))

    before = quoted()
    one, two = rows(run(cli.main, ["speakers", "--kind", "person"]).stdout)[:2]
    both = before[one["name"]] + before[two["name"]]
    assert run(cli.main, ["speaker", "merge", two["id"], "--into", one["id"]]).exit_code == 0
    assert quoted() == {name: both if name == one["name"] else n for name, n in before.items() if name != two["name"]}
    renamed = run(cli.main, ["speaker", "rename", one["id"], "Somebody  Else"])
    assert renamed.stderr == f"Speaker {one['id']} is now Somebody Else.\n"
    assert quoted()["Somebody Else"] == both
    with sqlite3.connect(record) as connection:
        (quotation,) = connection.execute("SELECT min(id) FROM quotes WHERE speaker = 'Somebody Else'").fetchone()
    moved = run(cli.main, ["speaker", "split", one["id"], "Third Person", "--quotation", str(quotation)])
    assert moved.exit_code == 0, moved.stderr
    assert (quoted()["Somebody Else"], quoted()["Third Person"]) == (both - 1, 1)
    listed = rows(run(cli.main, ["corrections", "list"]).stdout)
    assert {"merge", "rename"} <= {row["action"] for row in listed}
    exported = run(cli.main, ["corrections", "export"]).stdout
    assert len([json.loads(line) for line in exported.split("\n") if line]) == len(listed)
    for _ in listed:
        assert run(cli.main, ["corrections", "undo"]).exit_code == 0
    assert quoted() == before
    again = run(cli.main, ["corrections", "undo"])
    assert again.exit_code == 1
    assert again.stderr.startswith("Error: ")


def test_corrections_travel_to_another_database(record: Path, extracted: Any, tmp_path: Path) -> None:
    number = rows(run(cli.main, ["speakers"]).stdout)[0]["id"]
    shutil.copy(record, tmp_path / "other.db")
    run(cli.main, ["speaker", "rename", number, "Renamed Here"])
    Path("corrections.jsonl").write_text(run(cli.main, ["corrections", "export"]).stdout, encoding="utf-8")
    result = run(cli.main, ["corrections", "import", "corrections.jsonl", "--db", "other.db"])
    assert result.stderr == "1 corrections taken over, 0 known already.\n"
    assert "Renamed Here" in run(cli.main, ["speakers", "--db", "other.db"]).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["speakers", "--db", "none.db"], 1, "none.db: no such database"),
        (["browse", "--db", "none.db"], 1, ""),
        (["browse"], 1, "browse needs a terminal"),
        (["show", "99999"], 1, "no article 99999"),
        (["show", "nowhere.txt"], 1, "nowhere.txt: no such file or folder"),
        (["query", "SELEC"], 1, "syntax error"),
        (["export", "--columns", "colour"], 1, "no such column: colour"),
        (["export", "-o", "no/such/folder.csv"], 1, "no/such/folder.csv"),
        (["export", "--format", "parquet"], 2, "Parquet needs a file"),
        (["export", "--since", "20xx"], 2, "is not a date like 2021"),
        (["export", "--until", "2021-13"], 2, "is not a date like 2021"),
        (["search", "x", "--country", "FR"], 2, "is not a code of three letters"),
        (["search", "x", "--min-confidence", "150%"], 2, "is not a fraction from 0 to 1 or a percentage"),
        (["export", "--max-confidence", "nan"], 2, "is not a fraction from 0 to 1 or a percentage"),
        (["search", "x", "--act", "sing"], 2, "'sing' is not one of"),
        (["search"], 2, "Missing argument"),
        (["speaker", "rename", "99999", "Nobody"], 1, "99999"),
        (["speaker", "merge", "99999", "--into", "1"], 1, "99999"),
        (["corrections", "undo", "99999"], 1, "99999"),
        (["corrections", "import", "nowhere.jsonl"], 2, "nowhere.jsonl"),
    ],
)
def test_errors_are_one_clear_line(record: Path, arguments: list[str], code: int, reason: str) -> None:
    result = run(cli.main, arguments)
    assert result.exit_code == code, result.stderr
    assert result.stdout == ""
    last = result.stderr.splitlines()[-1]
    assert last.startswith("Error: ")
    assert reason in last
    assert len(result.stderr.splitlines()) == (1 if code == 1 else 4)


BEYOND = str(10**20)  # more than SQLite counts


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "²"], 1),
        (["show", BEYOND], 1),
        (["speakers", "--limit", BEYOND], 2),
        (["search", "talks", "--limit", BEYOND], 2),
        (["corrections", "undo", BEYOND], 2),
        (["speaker", "rename", BEYOND, "A"], 2),
        (["speaker", "merge", "1", "--into", BEYOND], 2),
        (["extract", "--max-size", "nan", "a.txt"], 2),
        (["extract", "--max-size", "inf", "a.txt"], 2),
        (["extract", "--max-size", "0", "a.txt"], 2),
    ],
)
def test_numbers_beyond_reason_are_usage_errors(record: Path, arguments: list[str], code: int) -> None:
    result = run(cli.main, arguments)
    assert result.exit_code == code
    assert isinstance(result.exception, SystemExit)  # a message, and no traceback
    assert "Error: " in result.stderr


def test_a_full_disk_under_an_export(record: Path, command: Any) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with open("/dev/full", "w", encoding="utf-8") as full:
        result = command("export", stdout=full, cwd=record.parent)
    assert result.returncode == 1
    assert result.stderr == "Error: output: No space left on device\n"


def test_a_reader_that_leaves_is_no_error_to_speak_of(record: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "quotes.cli", "export"],
        cwd=record.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) in (0, 1)  # what is exported may fit into the pipe


def test_texts_are_not_read_as_markup(record: Path) -> None:
    with sqlite3.connect(record) as connection:
        connection.execute("UPDATE speaker SET name = '[bold]Ng[/bold]' || char(27) || '[31m' WHERE id = 1")
    listed = run(cli.main, ["speakers", "--limit", "1000"]).stdout
    assert "[bold]Ng[/bold]\ufffd[31m" in listed
    assert "\x1b" not in listed


@pytest.mark.parametrize("colours", [True, False])
def test_show_on_a_terminal(record: Path, colours: bool) -> None:
    """Colours with numbers where there are colours; brackets where there are none."""
    ours, theirs = os.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment |= {"TERM": "xterm-256color", "COLUMNS": "80", **({} if colours else {"NO_COLOR": "1"})}
    program = [sys.executable, "-m", "quotes.cli", "show", "1"]
    with subprocess.Popen(
        program, cwd=record.parent, stdout=theirs, stderr=subprocess.PIPE, env=environment
    ) as process:
        os.close(theirs)
        written = b""
        with contextlib.suppress(OSError):  # how a terminal ends on Linux
            while piece := os.read(ours, 65536):
                written += piece
    os.close(ours)
    assert process.returncode == 0
    text = written.decode()
    assert ("\x1b[32m" in text) == colours
    letters = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert ("[2 We have taken" in letters) != colours
    assert ("[2]We have taken" in letters) == colours
    assert all(len(line) <= 80 for line in letters.splitlines())

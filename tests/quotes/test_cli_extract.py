"""``quotes extract`` as users run it: files in, lines or a database out, one clear line for all that goes wrong."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click.testing
import pytest

import db
from quotes import batch, cli, from_dict
from quotes.jsonl import DOCUMENT_FIELDS, SPEAKER_FIELDS

QUOTATION_FIELDS = {
    "form", "mode", "act", "content", "cue", "source", "speaker", "inside", "confidence", "resolution",
}  # fmt: skip
SHORT = "The envoy of Norway, Sigrid Haugland, said on Monday that the bridge would open again in spring.\n"


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.split("\n") if line]


@pytest.fixture(scope="module")
def written(command: Any, extracted: Any) -> subprocess.CompletedProcess[str]:
    return command("extract", "--jsonl", "articles", cwd=extracted.folder)


def test_lines_keep_the_contract(written: Any, extracted: Any) -> None:
    assert written.returncode == 0
    documents = lines(written.stdout)
    assert [d["document"]["path"] for d in documents] == sorted(
        f"articles/{path.name}" for path in (extracted.folder / "articles").iterdir()
    )
    for line in documents:
        text = line["document"]["text"]
        assert tuple(line["document"]) == DOCUMENT_FIELDS
        assert text == (extracted.folder / line["document"]["path"]).read_text(encoding="utf-8")
        assert line["quotations"], line["document"]["path"]
        for index, quotation in enumerate(line["quotations"]):
            assert set(quotation) == QUOTATION_FIELDS
            assert quotation["content"]
            assert quotation["speaker"] is None or tuple(quotation["speaker"]) == SPEAKER_FIELDS
            assert 0 <= quotation["confidence"] <= 1
            assert quotation["mode"] in ("speech", "writing")
            assert quotation["inside"] is None or quotation["inside"] in set(range(len(line["quotations"]))) - {index}
            for span in (*quotation["content"], quotation["cue"], quotation["source"]):
                if span is not None:
                    assert text[span["start"] : span["end"]] == span["text"]
        assert from_dict(line).article.text == text


def test_data_goes_to_stdout_and_narration_to_stderr(written: Any) -> None:
    assert len(lines(written.stdout)) == written.stdout.count("\n")
    assert "8 articles:" in written.stderr
    assert "quotes browse" not in written.stderr  # there is no database to browse


def test_processes_give_the_same_lines(written: Any, extracted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "CHUNK_CHARACTERS", 4_000)  # several pieces of work for each process
    monkeypatch.chdir(extracted.folder)
    result = click.testing.CliRunner().invoke(cli.main, ["extract", "--jsonl", "--jobs", "2", "articles"])
    assert result.exit_code == 0
    assert _without_confidence(lines(result.stdout)) == _without_confidence(lines(written.stdout))


def _without_confidence(documents: list[Any]) -> list[Any]:
    """Scores differ in their last digits with the size of the batches that the model reads."""
    for document in documents:
        for quotation in document["quotations"]:
            del quotation["confidence"]
    return documents


def test_one_bad_input_loses_nothing_else(extracted: Any) -> None:
    result = extracted.result
    assert result.returncode == 1
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    with sqlite3.connect(extracted.database) as connection:
        paths = {path for (path,) in connection.execute("SELECT path FROM article")}
    assert len([path for path in paths if path.startswith("articles/")]) == 8
    assert len([path for path in paths if path.startswith("broken/records.jsonl")]) >= 1  # the lines before the bad one


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("broken/empty.txt", "empty file"),
        ("broken/junk.txt", "binary data, not text"),
        ("broken/records.jsonl", "invalid JSON on line 3"),
        ("broken/table.csv", "no text column; the columns are: number, remark"),
        ("broken/large.txt", "MB"),
        ("no-such-folder", "no such file or folder"),
    ],
)
def test_each_bad_input_has_its_line(extracted: Any, name: str, reason: str) -> None:
    (line,) = [line for line in extracted.result.stderr.splitlines() if line.strip().startswith(name)]
    assert reason in line


def test_a_second_run_changes_nothing_and_loads_no_model(extracted: Any) -> None:
    before = _contents(extracted.database)
    program = (
        "import sys; sys.argv[1:] = ['extract', 'articles']\n"
        "from quotes.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert 'torch' not in sys.modules and 'stanza' not in sys.modules"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=extracted.folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "8 articles unchanged since the last run" in result.stderr
    assert _contents(extracted.database) == before


def _contents(database: Path) -> list[Any]:
    with sqlite3.connect(database) as connection:
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()  # noqa: S608 - fixed names
            for table in ("article", "speaker", "speaker_alias", "quotation", "span", "correction")
        ]


def test_stdin_is_a_document(command: Any) -> None:
    result = command("extract", "--jsonl", "-", input=SHORT)
    assert result.returncode == 0
    (line,) = lines(result.stdout)
    assert line["document"]["text"] == SHORT
    (quotation,) = line["quotations"]
    assert quotation["speaker"]["name"] == "Sigrid Haugland"
    assert "the bridge would open again" in quotation["content"][0]["text"]


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (["extract"], "Missing argument 'PATH...'"),
        (["extract", "x", "--jobs", "0"], "--jobs"),
        (["extract", "x", "--kind", "novel"], "--kind"),
        (["extract", "x", "--unheard-of"], "--unheard-of"),
    ],
)
def test_wrong_usage(arguments: list[str], wrong: str) -> None:
    result = click.testing.CliRunner().invoke(cli.main, arguments)
    assert result.exit_code == 2
    assert wrong in result.stderr
    assert result.stdout == ""


def test_a_database_that_is_none(command: Any, tmp_path: Path) -> None:
    (tmp_path / "quotes.db").write_bytes(b"this is a text and no database " * 100)
    (tmp_path / "a.txt").write_text(SHORT, encoding="utf-8")
    result = command("extract", "a.txt", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "quotes.db: not a SQLite database" in result.stderr


def test_a_database_that_another_program_has_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "quotes.db"
    db.open_store(path).close()
    monkeypatch.setattr(db, "open_store", functools.partial(db.open_store, busy_seconds=0.1))
    (tmp_path / "a.txt").write_text(SHORT, encoding="utf-8")
    other = sqlite3.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        result = click.testing.CliRunner().invoke(cli.main, ["extract", str(tmp_path / "a.txt"), "--db", str(path)])
    finally:
        other.close()
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "locked" in result.stderr or "busy" in result.stderr


def test_a_folder_that_may_not_be_read(command: Any, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read every folder")
    (tmp_path / "shut").mkdir(mode=0)
    try:
        result = command("extract", "shut", "--db", "quotes.db", cwd=tmp_path)
    finally:
        (tmp_path / "shut").chmod(0o700)
    assert result.returncode == 1
    assert "shut" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_full_disk_under_the_output(command: Any, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with open("/dev/full", "w", encoding="utf-8") as full:
        result = command("extract", "--jsonl", "-", input=SHORT, stdout=full)
    assert result.returncode == 1
    assert "Error: output: No space left on device" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_full_disk_under_the_database(extracted: Any, tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk: what was written before stays whole."""
    path = tmp_path / "quotes.db"
    with db.open_store(path):
        pass
    (tmp_path / "a.txt").write_text(SHORT * 100, encoding="utf-8")
    limit = 60_000  # enough to begin the run, too little for the article
    result = subprocess.run(
        [sys.executable, "-m", "quotes.cli", "extract", "a.txt"], cwd=tmp_path, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "quotes.db" in result.stderr.splitlines()[-1]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_ctrl_c_leaves_a_sound_database(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SHORT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(SHORT * 1_000, encoding="utf-8")  # read after a.txt is written, and for long
    path = tmp_path / "quotes.db"
    process = subprocess.Popen(
        [sys.executable, "-m", "quotes.cli", "extract", "a.txt", "b.txt"], cwd=tmp_path, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # which a runner in the background ignores
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 200
        while process.poll() is None and _articles(path) < 1 and time.monotonic() < deadline:
            time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=100)
    finally:
        process.kill()
    assert process.returncode == 130
    assert stdout == ""
    assert stderr.strip() == "Stopped. What was written is kept; the same command goes on from there."
    assert _articles(path) == 1
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def _articles(path: Path) -> int:
    if not path.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])
    except sqlite3.Error:  # the schema is not there yet
        return 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_missing_model_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: str) -> None:
    from quotes.language import bundle

    monkeypatch.setattr(bundle, "QUOTATION", tmp_path / "nowhere.safetensors")
    (tmp_path / "a.txt").write_text(SHORT, encoding="utf-8")
    result = click.testing.CliRunner().invoke(cli.main, ["extract", "--jsonl", "--jobs", jobs, str(tmp_path / "a.txt")])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "model file missing" in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr


def test_a_bar_is_drawn_on_a_terminal_and_not_into_a_pipe(extracted: Any, command: Any) -> None:
    piped = command("extract", "articles", cwd=extracted.folder).stderr
    assert "Reading" not in piped
    assert "\x1b" not in piped
    assert "Reading" in _on_terminal("extract", "articles", cwd=extracted.folder)


def _on_terminal(*arguments: str, cwd: Path) -> str:
    """What a command writes to stderr when that is a terminal."""
    ours, theirs = os.openpty()
    program = [sys.executable, "-m", "quotes.cli", *arguments]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(program, cwd=cwd, stdout=subprocess.DEVNULL, stderr=theirs, env=environment) as process:
        os.close(theirs)
        written = b""
        with contextlib.suppress(OSError):  # how a terminal ends on Linux
            while piece := os.read(ours, 65536):
                written += piece
    os.close(ours)
    assert process.returncode == 0
    return written.decode()


def test_json_lines_are_utf8_whatever_the_terminal_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sigrid Haugland said “we go 🚢”.\n", encoding="utf-8")
    program = [sys.executable, "-m", "quotes.cli", "extract", "--jsonl", "a.txt"]
    done = subprocess.run(
        program, cwd=tmp_path, env={**os.environ, "PYTHONIOENCODING": "cp1252"}, capture_output=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert "we go 🚢" in json.loads(done.stdout.decode("utf-8"))["document"]["text"]

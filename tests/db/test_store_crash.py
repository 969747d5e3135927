"""Never losing data: killed at any moment, two writers at once, reading while another writes."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import db
from quotes.model import Article, Cue, Extraction, Quotation, Span, Speaker

WRITER = """
    import sys
    import db
    from quotes.model import Article, Cue, Extraction, Quotation, Span, Speaker

    def extraction(number, engine):
        text, quotations = "", []
        for each in range(4):
            name = f"Speaker {(number * each) % 7}"
            words = f"statement {each} of article {number} by engine {engine} on the long border dispute"
            start = len(text) + len(name) + 6
            quotations.append(
                Quotation("indirect", "speech", "state", (Span(start, start + len(words)),),
                    cue=Cue(Span(start - 5, start - 1), "say"), source=Span(len(text), start - 6),
                    speaker=Speaker(name, name, "person", None, "BGR"))
            )
            text += f"{name} said {words}. "
        return Extraction(Article(text, path=f"{number}.txt", title=f"Article {number}"), tuple(quotations))

    path, engine, first, last = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    print("ready", flush=True)
    with db.open_store(path) as store:
        run = store.start_run(engine)
        for number in range(first, last):
            store.write(extraction(number, engine), run)
            print(number, flush=True)
        store.finish_run(run)
"""

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


def start_writer(path: str, engine: str, first: int, last: int) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITER), path, engine, str(first), str(last)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    )


def check_whole(path: str) -> set[int]:
    """Every article is whole: four quotations, all of one engine, with all their spans. Gives the articles' numbers."""
    with db.open_store(path) as store:
        found = set()
        for extraction in store.documents():
            number = int((extraction.article.path or "").removesuffix(".txt"))
            texts = [quotation.text(extraction.article.text) for quotation in extraction.quotations]
            engines = {text.split(" by engine ")[1].split()[0] for text in texts}
            assert len(engines) == 1
            assert [text.split(" by ")[0] for text in texts] == [f"statement {n} of article {number}" for n in range(4)]
            assert all(quotation.cue and quotation.source and quotation.speaker for quotation in extraction.quotations)
            found.add(number)
        return found


def test_killed_at_random_moments(path: str, sound: Callable[[], None]) -> None:
    chance = random.Random(7)
    killed_midway = 0
    for attempt in range(8):
        # every second engine is a new one, so that killing also falls into the replacing of articles
        writer = start_writer(path, str(attempt // 2), 0, 300)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.02, 0.5))
        writer.send_signal(signal.SIGKILL)
        said = [int(line) for line in writer.stdout.read().split()]
        writer.wait()
        writer.stdout.close()
        killed_midway += bool(said) and said[-1] < 299
        if Path(path).exists():
            assert check_whole(path) >= set(said)
            sound()
    assert killed_midway >= 3
    done = start_writer(path, "last", 0, 60)
    done.communicate()
    assert done.returncode == 0
    assert check_whole(path) >= set(range(60))
    sound()


def one_article(engine: str) -> Extraction:
    text = "Ana Petrova said the long border dispute goes on as it did before. Ivo Kolar said it is over."
    ana, ivo = Speaker("Ana Petrova", "Ana Petrova", "person"), Speaker("Ivo Kolar", "Ivo Kolar", "person", "President")
    first = text.index("the long"), text.index(" as it")
    second = text.index("it is over"), len(text) - 1
    if engine == "2":
        second = second[0] + 3, second[1]
    return Extraction(
        Article(text, path="a.txt", published="2024-05-01"),
        (
            Quotation("indirect", "speech", "state", (Span(*first),), Cue(Span(12, 16), "say"), Span(0, 11), ana),
            Quotation("indirect", "speech", "state", (Span(*second),), speaker=ivo if engine == "1" else ana),
        ),
    )


def die_after(path: str, statements: int, action: Callable[[db.Store], None]) -> bool:
    """Does ``action`` in a child process that kills itself before its n-th SQL statement; True when it was killed."""
    child = os.fork()
    if child == 0:
        try:
            store = db.open_store(path)
            left = statements

            def count(_: str) -> None:
                nonlocal left
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            store.connection.set_trace_callback(count)
            action(store)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def state(path: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute(
            "SELECT q.text, s.name, q.status FROM quotation q JOIN speaker s ON s.id = q.speaker_id ORDER BY q.seq"
        ).fetchall()
        corrections = connection.execute("SELECT action, state FROM correction").fetchall()
        return [*rows, *corrections]
    finally:
        connection.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("what", ["add", "replace", "correct"])
def test_killed_at_every_statement(tmp_path: Path, sound: Callable[[str], None], what: str) -> None:
    def add(store: db.Store) -> None:
        store.write(one_article("1"), store.start_run("1"))

    def replace(store: db.Store) -> None:
        store.write(one_article("2"), store.start_run("2"))

    def correct(store: db.Store) -> None:
        store.merge([1], into=2)

    original = str(tmp_path / "original.db")
    with db.open_store(original) as store:
        if what != "add":
            add(store)
            store.confirm(1)
    before = state(original)
    action = {"add": add, "replace": replace, "correct": correct}[what]
    seen = []
    for statements in range(1, 400):
        path = str(tmp_path / f"{statements}.db")
        with sqlite3.connect(original) as source, sqlite3.connect(path) as copy:
            source.backup(copy)
        source.close()
        copy.close()
        killed = die_after(path, statements, action)
        after = state(path)
        seen.append(after)
        if statements % 5 == 0 or not killed:
            sound(path)
        if not killed:
            break
    assert not killed
    assert len(seen) > 20
    assert after != before
    # all or nothing: the old state up to the commit, the new one from it on
    assert all(each in (before, after) for each in seen)
    assert seen == sorted(seen, key=lambda each: each == after)


def test_two_writers_and_a_reader(path: str, sound: Callable[[], None]) -> None:
    writers = [start_writer(path, "1", 0, 120), start_writer(path, "1", 60, 180)]
    seen = 0
    deadline = time.monotonic() + 60
    while any(writer.poll() is None for writer in writers) and time.monotonic() < deadline:
        if not Path(path).exists():
            time.sleep(0.01)
            continue
        try:
            with db.open_store(path, readonly=True) as store:
                for _ in range(10):
                    articles = store.totals().articles
                    assert articles >= seen
                    seen = articles
                    assert store.totals().quotations % 4 == 0
                    store.speakers()
        except (db.NotAStore, db.ReadOnlyStore):  # made this very moment, not yet with its tables
            assert seen == 0
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    assert check_whole(path) == set(range(180))
    sound()


def test_a_writer_waits_for_another_one_and_says_so_in_the_end(path: str) -> None:
    with db.open_store(path) as store, db.open_store(path, busy_seconds=0.2) as other:
        store.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(db.LockedStore, match="another program"):
            other.start_run("1")
        assert other.totals().articles == 0
        store.connection.execute("ROLLBACK")
        other.start_run("1")


def test_changes_of_another_connection_are_noticed(path: str) -> None:
    with db.open_store(path) as store, db.open_store(path) as other:
        before = store.data_version()
        assert store.data_version() == before
        other.write(one_article("1"), other.start_run("1"))
        assert store.data_version() != before


def test_a_full_disk_is_said_and_loses_nothing(path: str, sound: Callable[[], None]) -> None:
    with db.open_store(path) as store:
        store.write(one_article("1"), store.start_run("1"))
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        run = db.Run(1, "2")
        long = Extraction(Article("word " * 100_000, path="long.txt"), ())
        with pytest.raises(db.DiskFull, match="no space left"):
            store.write(long, run)
        assert store.totals().articles == 1
        assert store.article(1).quotations[0].quotation.speaker == "Ana Petrova"
    sound()

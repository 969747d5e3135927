"""Exports: complete, safe to open, the same when read back, and of steady memory."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import db
from db.export import disarmed
from quotes.model import Article, Extraction, Quotation, Span, Speaker

Put = Callable[..., db.Written]
ANA = Speaker("Ana Petrova", "Ana Petrova", "person", "Foreign Minister", "BGR")


def exported(store: db.Store, *arguments: Any, **options: Any) -> str:
    return "".join(store.export(*arguments, **options))


def as_columns(rows: Any) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in db.COLUMNS} for row in rows]


nasty = st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("\",;\r\n\t='@+-|"), max_size=20)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(nasty, nasty, nasty, st.none() | nasty), max_size=4))
def test_what_is_exported_is_what_is_stored(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str, str, str | None]]
) -> None:
    with db.open_store(tmp_path_factory.mktemp("export") / "quotes.db") as store:
        run = store.start_run("1")
        for number, (text, name, title, author) in enumerate(texts):
            text += "end"
            speaker = Speaker(name + "x", name, "group", title, None)
            quotation = Quotation("direct", "speech", "state", (Span(0, len(text)),), speaker=speaker)
            article = Article(text, path=f"{number}.txt", title=title, author=author)
            store.write(Extraction(article, (quotation,)), run)
        expected = as_columns(store.quotations(sort="position", limit=100).rows)
        assert [json.loads(line) for line in exported(store, "jsonl").split("\n") if line] == expected
        assert json.loads(exported(store, "json")) == expected
        found = list(csv.DictReader(io.StringIO(exported(store), newline="")))
        as_text = [{name: "" if value is None else str(value) for name, value in row.items()} for row in expected]
        assert found == as_text
        assert tuple(found[0]) == db.COLUMNS if found else True
        for row in csv.reader(io.StringIO(exported(store, excel=True).removeprefix("\ufeff"), newline="")):
            assert not any(cell.lstrip().startswith(tuple("=+-@")) for cell in row)


def test_csv_follows_rfc_4180(store: db.Store, put: Put) -> None:
    put("a.txt", (ANA, 'one "two", three'), title="First\nSecond")
    text = exported(store, columns=["speaker", "text", "title"])
    assert text == 'speaker,text,title\r\nAna Petrova,"one ""two"", three","First\nSecond"\r\n'
    assert exported(store, columns=["id"], excel=True) == "\ufeffid\r\n1\r\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+31 20", "'+31 20"),
        ("-no", "'-no"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("he said = no", "he said = no"),
        ("", ""),
        (None, None),
        (-3, -3),
    ],
)
def test_disarmed_cells(value: Any, expected: Any) -> None:
    assert disarmed(value) == expected


def test_columns_are_chosen_and_ordered(store: db.Store, put: Put) -> None:
    put("a.txt", (ANA, "one"))
    assert exported(store, "jsonl", columns=("text", "id")) == '{"text": "one", "id": 1}\n'
    for wrong in (["text", "mood"], ["id", "id"], ["text); DROP TABLE quotation"]):
        with pytest.raises(db.StoreError, match="column"):
            store.export(columns=wrong)
    with pytest.raises(db.StoreError, match="format"):
        store.export("docx")  # type: ignore[arg-type]


def test_the_same_filters_and_orders_as_search(store: db.Store, put: Put) -> None:
    put("a.txt", (ANA, "the border is open"), (None, "trade will grow"), published="2024-01-01")
    put("b.txt", (ANA, "the border is closed"), published="2024-02-01")
    filter = db.Filter(words="border", speaker="ana")
    for sort in db.QUOTATION_SORTS:
        rows = store.quotations(filter, sort).rows
        assert json.loads(exported(store, "json", filter, sort)) == as_columns(rows)
    assert json.loads(exported(store, "json", db.Filter(words="???"))) == []
    store.reject(1)
    assert len(json.loads(exported(store, "json"))) == 2
    assert len(json.loads(exported(store, "json", db.Filter(status=db.STATUSES)))) == 3


def test_an_export_is_of_one_moment_and_stops_no_writer(store: db.Store, put: Put) -> None:
    for number in range(600):
        put(f"{number}.txt", (ANA, f"statement number {number}"))
    pieces = store.export("jsonl")
    first = [next(pieces) for _ in range(10)]
    put("later.txt", (ANA, "one more"))
    store.reject(300)
    assert len(first) + len(list(pieces)) == 600


def test_markdown_cites_and_escapes(store: db.Store, put: Put) -> None:
    put(
        "news/a_b.txt",
        (ANA, "we *will* not <b>yield</b>\n# ever", {"form": "direct"}),
        title="Talks [1] & more",
        url="https://example.org/a?b=c",
        publisher="Daily",
        published="2024-05-01",
    )
    put("b.txt", (None, "nothing"), url="javascript:alert(1)", title="T")
    found = exported(store, "markdown")
    assert found.startswith(
        "> we \\*will\\* not \\<b\\>yield\\</b\\>\n> \\# ever\n>\n> — Ana Petrova, Foreign Minister (BGR). "
        "[“Talks \\[1\\] \\& more”](<https://example.org/a?b=c>). Daily. 2024\\-05\\-01. "
        "news/a\\_b\\.txt, characters 17–"
    )
    assert "javascript" not in found
    assert "unknown speaker" in found
    assert found.count("no. ") == 2


def test_files_are_whole_or_not_there(store: db.Store, put: Put, tmp_path: Path) -> None:
    put("a.txt", (ANA, "one"))
    target = tmp_path / "out.csv"
    target.write_text("what was there before")
    with pytest.raises(db.StoreError, match="column"):
        store.export_file(target, columns=["mood"])
    assert target.read_text() == "what was there before"
    store.export_file(target)
    assert target.read_bytes() == exported(store).encode()
    with pytest.raises(db.StoreError, match="cannot be written"):
        store.export_file(tmp_path / "none" / "out.csv")
    assert sorted(path.name for path in tmp_path.iterdir() if "quotes.db" not in path.name) == ["out.csv"]


def test_parquet(store: db.Store, put: Put, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    put("a.txt", (ANA, "one"), (None, "two"))
    store.export_file(tmp_path / "out.parquet", "parquet")
    expected = as_columns(store.quotations(sort="position").rows)
    assert parquet.read_table(tmp_path / "out.parquet").to_pylist() == expected


def test_parquet_without_its_library_says_what_to_install(
    store: db.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(db.StoreError, match="pip install"):
        store.export_file(tmp_path / "out.parquet", "parquet")
    assert not (tmp_path / "out.parquet").exists()


def test_memory_does_not_grow_with_the_export(store: db.Store) -> None:
    """Twenty times the rows take hardly more memory."""
    text = "x" * 1000
    quotation = Quotation("direct", "speech", "state", (Span(0, 999),))
    run = store.start_run("1")

    def peak(articles: range) -> int:
        with store._writing() as writer:
            from db.writing import write

            for number in articles:
                extraction = Extraction(Article(text, path=f"{number}.txt"), (quotation,) * 20)
                write(writer, extraction, run, f"{number}.txt", force=False)
        tracemalloc.start()
        for format in ("csv", "json", "markdown"):
            for _ in store.export(format):  # type: ignore[arg-type]
                pass
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    few = peak(range(30))
    assert peak(range(30, 300)) < 2 * few


def test_reviewed_quotations_as_documents(store: db.Store, put: Put) -> None:
    put("a.txt", (ANA, "the border is open"), (ANA, "trade will grow"))
    put("b.txt", (ANA, "nothing was reviewed here"))
    store.confirm(2)
    store.reject(1)
    (found,) = store.documents(db.Filter(status=("confirmed", "corrected")))
    assert [quotation.text(found.article.text) for quotation in found.quotations] == ["trade will grow"]
    assert [len(each.quotations) for each in store.documents()] == [1, 1]


def test_documents_show_corrected_speakers(store: db.Store, put: Put) -> None:
    put("a.txt", (replace(ANA, name_in_document="Petrova"), "the border is open"))
    store.rename(1, "Anna Petrowa")
    (found,) = store.documents()
    assert found.quotations[0].speaker == Speaker("Anna Petrowa", "Petrova", "person", "Foreign Minister", "BGR")


@pytest.mark.parametrize("format", ["csv", "json"])
def test_other_programs_read_it(store: db.Store, put: Put, tmp_path: Path, format: Any) -> None:
    put("a.txt", (ANA, 'one "two", three\nfour'), (None, "= 5"))
    store.export_file(tmp_path / f"out.{format}", format)
    command = [sys.executable, "-m", "sqlite_utils", "memory", str(tmp_path / f"out.{format}"),
               "select speaker, text from out order by id"]  # fmt: skip
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    rows = json.loads(found.stdout)
    assert [row["text"] for row in rows] == ['one "two", three\nfour', "= 5"]
    assert rows[0]["speaker"] == "Ana Petrova"

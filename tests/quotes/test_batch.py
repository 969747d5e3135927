"""Many documents in one go, with an engine that says what it was given instead of reading it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import batch, engine
from quotes.batch import Summary, by_size, run
from quotes.model import Article, Extraction, Quotation, Span, Speaker
from quotes.reading import ReadOptions


class Echo:
    """Quotes the first word of each article; cannot read those that begin with "bad"."""

    made = 0

    def __init__(self, *, thoughts: bool = False) -> None:
        type(self).made += 1

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction | engine.Failure]:
        for article in articles:
            if article.text.startswith("bad"):
                yield engine.Failure(article, "extraction failed: on purpose")
                continue
            first = article.text.split()[0]
            speaker = Speaker(first, first, "person") if first != "nobody" else None
            quotation = Quotation("direct", "speech", "state", (Span(0, len(first)),), speaker=speaker)
            yield Extraction(article, (quotation,))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(engine, "Extractor", Echo)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Echo, "made", 0)
    return tmp_path


def names(folder: Path, **texts: str) -> list[str]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return [f"{name}.txt" for name in texts]


def go(inputs: list[str], **options: Any) -> tuple[Summary, list[str | None]]:
    got: list[str | None] = []
    summary = run(inputs, ReadOptions(languages=()), lambda e: got.append(e.article.path), **options)
    return summary, got


def test_results_come_in_order_and_are_counted(folder: Path) -> None:
    inputs = names(folder, c="ada said so", a="bob said no", b="nobody at all", d="ada again")
    summary, got = go(inputs)
    assert got == inputs
    assert (summary.articles, summary.quotations, summary.unattributed, summary.words) == (4, 4, 1, 11)
    assert summary.speakers == {"ada", "bob"}
    assert dict(summary.forms) == {"direct": 4}
    assert Echo.made == 1


def test_what_fails_is_named_and_stops_nothing(folder: Path) -> None:
    inputs = names(folder, a="ada said so", b="bad luck", c="", d="bob said no")
    summary, got = go([*inputs, "missing.txt"])
    assert got == ["a.txt", "d.txt"]
    assert sorted(summary.failed) == [
        "b.txt: extraction failed: on purpose",
        "c.txt: empty file",
        "missing.txt: no such file or folder",
    ]


def test_unchanged_articles_need_no_engine(folder: Path) -> None:
    summary, got = go(names(folder, a="ada said so"), unchanged=lambda article: True)
    assert (summary.unchanged, summary.articles, got, Echo.made) == (1, 0, [], 0)


def test_progress_is_told_once_a_document(folder: Path) -> None:
    steps: list[int] = []
    inputs = names(folder, a="ada said so", b="bad luck", c="", d="same as before")
    go(inputs, progress=lambda: steps.append(1), unchanged=lambda article: article.path == "d.txt")
    assert len(steps) == 4


def test_documents_in_another_language_are_skipped_not_failed(folder: Path) -> None:
    (folder / "de.txt").write_text(
        "Die Außenministerin sagte am Montag, dass die Verhandlungen über die Brücke bald beginnen würden. Der "
        "Sprecher der Regierung wollte sich dazu zunächst nicht äußern und verwies auf die kommenden Wochen.",
        encoding="utf-8",
    )
    summary = run(["de.txt"], ReadOptions(), lambda extraction: None)
    assert summary.failed == []
    (line,) = summary.skipped
    assert line.startswith("de.txt: ")


def test_processes_that_die_cost_one_line_an_article(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_start_worker", os._exit)  # every process ends as soon as it starts
    summary, got = go(names(folder, a="ada said so", b="bob said no"), jobs=2)
    assert got == []
    assert summary.failed == [f"{name}.txt: the process that extracted it was killed (out of memory?)" for name in "ab"]


@given(st.lists(st.text("x", max_size=30), max_size=20), st.integers(1, 50))
def test_pieces_of_work_keep_all_articles_in_order(texts: list[str], characters: int) -> None:
    articles = [Article(text) for text in texts]
    pieces = list(by_size(articles, characters))
    assert [article for piece in pieces for article in piece] == articles
    assert all(len(piece) == 1 or sum(len(a.text) for a in piece) <= characters for piece in pieces)
    assert all(pieces)


def test_a_document_whose_kind_cannot_be_told_stops_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(article: Article) -> Any:
        raise RecursionError(article.text)

    inputs = names(folder, a="ada said so", b="bob said no")
    monkeypatch.setattr(batch, "kind_of", fails)
    summary, got = go(inputs)
    assert got == []
    assert summary.failed == [
        "a.txt: extraction failed: RecursionError: ada said so",
        "b.txt: extraction failed: RecursionError: bob said no",
    ]

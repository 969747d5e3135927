"""Whole lists without rows, as the browser holds them, against the pages of the same lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import db

Put = Callable[..., db.Written]
FILTERS = [
    db.Filter(),
    db.Filter(form=("direct",)),
    db.Filter(words="ferry"),
    db.Filter(country=("NOR",)),
    db.Filter(words="nobody said this"),
]


@pytest.fixture
def record(store: db.Store, put: Put, someone: Callable[..., Any]) -> db.Store:
    berg, oyen = someone("Anna Berg", "NOR", "Minister"), someone("Øystein\nØyen", "NOR")
    for number in range(9):
        put(
            f"{number}.txt",
            (berg, f"the ferry of day {number} sails", {"form": "direct" if number % 2 else "indirect"}),
            *([(oyen, f"the bridge of day {number} is closed")] if number < 4 else []),
            (someone("Zoë Quist"), "nothing") if number == 8 else (None, "an official word"),
            title=None if number == 3 else f"Day {number}:\nnews",
            published=None if number == 5 else f"2024-01-0{number + 1}",
        )
    return store


@pytest.mark.parametrize("filter", FILTERS)
@pytest.mark.parametrize("sort", db.records.SPEAKER_SORTS)
def test_the_list_of_speakers_is_that_of_the_pages(record: db.Store, filter: db.Filter, sort: Any) -> None:
    listed = record.speaker_list(filter, sort)
    page = record.speakers(filter, sort, limit=100).rows
    assert listed.ids == tuple(row.id for row in page)
    assert listed.quotations == tuple(row.quotations for row in page)
    assert [row.name for row in record.speaker_rows(listed.ids)] == [row.name for row in page]
    names = dict(zip(listed.ids, listed.names, strict=True))
    assert {names[row.id] for row in page} <= {"anna berg nor", "oystein oyen nor", "øystein øyen nor", "zoe quist "}


@pytest.mark.parametrize("filter", FILTERS)
@pytest.mark.parametrize("sort", db.records.ARTICLE_SORTS)
def test_the_list_of_articles_is_that_of_the_pages(record: db.Store, filter: db.Filter, sort: Any) -> None:
    listed = record.article_list(sort, filter)
    page = record.articles(sort=sort, filter=filter, limit=100).rows
    assert listed.ids == tuple(row.id for row in page)
    assert listed.quotations == tuple(row.quotations for row in page)
    assert listed.names == tuple((row.title or row.path or "").replace("\n", " ") for row in page)
    assert [row.path for row in record.article_rows(listed.ids)] == [row.path for row in page]


def test_rows_by_ids_leave_out_what_is_gone(record: db.Store) -> None:
    (first, second, *_), (speaker, *_) = record.article_list().ids, record.speaker_list().ids
    assert [row.id for row in record.article_rows([second, 10_000, first])] == [second, first]
    assert [row.id for row in record.speaker_rows([10_000, speaker])] == [speaker]


def test_an_order_that_is_not_there_is_refused(record: db.Store) -> None:
    with pytest.raises(db.StoreError, match="order"):
        record.speaker_list(sort="loudest")  # type: ignore[arg-type]
    with pytest.raises(db.StoreError, match="order"):
        record.article_list("loudest")  # type: ignore[arg-type]

"""Speakers across documents: a surname in one article and the full name in another are one speaker in the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import db
from quotes.linking import linker
from quotes.model import Article, Extraction, Quotation, Span, Speaker

BARE = Speaker("Orlovsky", "Orlovsky", "person", "foreign minister", "RUS")
FULL = Speaker("Sergei Orlovsky", "Sergei Orlovsky", "person", "foreign minister", "RUS")
OTHER = Speaker("Orlovsky", "Orlovsky", "person", "economist", "CZE")
MIRA = Speaker("Mira Novak", "Mira Novak", "person", "president", "HRV")


def article(path: str, *speakers: Speaker) -> Extraction:
    text = "".join(f"“Statement {number} of {path}.” " for number in range(len(speakers)))
    width = len(text) // len(speakers)
    quotations = [
        Quotation("direct", "speech", "state", (Span(number * width, (number + 1) * width - 1),), speaker=speaker)
        for number, speaker in enumerate(speakers)
    ]
    return Extraction(Article(text, path=path), tuple(quotations))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[db.Store]:
    with db.open_store(tmp_path / "quotes.db") as opened:
        yield opened


def extract(store: db.Store, *articles: Extraction) -> None:
    """One run, as ``quotes extract`` makes it."""
    link = linker(store.speaker_index(), store.rename_canonical)
    run = store.start_run("1")
    for each in articles:
        store.write(link(each), run)
    store.finish_run(run)


def who(store: db.Store) -> list[tuple[str | None, str | None]]:
    rows = store.quotations(db.Filter(status=db.STATUSES), "position").rows
    return [(row.path, row.speaker) for row in rows]


@pytest.mark.parametrize("runs", [1, 2])
def test_the_fuller_name_takes_the_earlier_articles_with_it(store: db.Store, runs: int) -> None:
    first, second = article("a.txt", BARE, MIRA), article("b.txt", FULL, BARE)
    for some in [[first, second]] if runs == 1 else [[first], [second]]:
        extract(store, *some)
    assert who(store) == [("a.txt", "Sergei Orlovsky"), ("a.txt", "Mira Novak"), *[("b.txt", "Sergei Orlovsky")] * 2]
    speaker = store.speakers(prefix="orlovsky").rows
    assert [(each.name, each.quotations) for each in speaker] == [("Sergei Orlovsky", 3)]
    assert {alias.name for alias in store.speaker(speaker[0].id).aliases} == {"Orlovsky", "Sergei Orlovsky"}
    assert store.corrections() == []
    extract(store, article("c.txt", BARE))
    assert who(store)[-1] == ("c.txt", "Sergei Orlovsky")


def test_the_bare_name_before_the_full_one_in_the_same_article() -> None:
    linked = linker()(article("a.txt", BARE, FULL))
    assert [q.speaker.name for q in linked.quotations if q.speaker] == ["Sergei Orlovsky"] * 2


def test_those_who_speak_together_follow(store: db.Store) -> None:
    joint = Speaker("Orlovsky; Mira Novak", "Orlovsky and Mira Novak", "group", None, None)
    extract(store, article("a.txt", BARE, joint), article("b.txt", FULL))
    assert who(store)[:2] == [("a.txt", "Sergei Orlovsky"), ("a.txt", "Sergei Orlovsky; Mira Novak")]


def test_a_namesake_stays(store: db.Store) -> None:
    extract(store, article("a.txt", OTHER), article("b.txt", FULL))
    assert who(store) == [("a.txt", "Orlovsky"), ("b.txt", "Sergei Orlovsky")]


@pytest.mark.parametrize("runs", [1, 2])
def test_a_name_set_by_a_person_stays_and_takes_in_the_fuller_one(store: db.Store, runs: int) -> None:
    extract(store, article("a.txt", BARE))
    store.rename(store.speakers().rows[0].id, "Orlowski")
    for some in [["b", "c"]] if runs == 1 else [["b"], ["c"]]:
        extract(store, *[article(f"{name}.txt", FULL) for name in some])
    assert who(store) == [(f"{name}.txt", "Orlowski") for name in "abc"]

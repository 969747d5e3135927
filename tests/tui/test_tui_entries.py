"""The list on the left when it is long: entries are fetched where they are looked at, and only there."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from db import Listed, StoreError
from tui.entries import Entries
from tui.widgets.browse_list import Entry

NUMBER = 10_000
LISTED = Listed(
    tuple(range(NUMBER, 0, -1)), tuple(range(NUMBER)), tuple(f"name {id} fra" for id in range(NUMBER, 0, -1))
)
LAST = Entry(None, "No speaker found", number=7)


def entries(asked, gone=frozenset()):
    def fetch(ids):
        asked.append(tuple(ids))
        return [SimpleNamespace(id=id) for id in ids if id not in gone]

    return Entries(LISTED, fetch, lambda row: Entry(row.id, f"Name {row.id}", "role", "FRA", -1), [LAST])


def test_only_what_is_looked_at_is_fetched_and_once():
    asked = []
    found = entries(asked)
    assert len(found) == NUMBER + 1
    assert found[5] == Entry(NUMBER - 5, f"Name {NUMBER - 5}", "role", "FRA", 5)
    assert found[6].number == 6
    assert [len(ids) for ids in asked] == [64]
    assert found[NUMBER - 1].key == 1
    assert [ids[-1] for ids in asked] == [NUMBER - 63, 1]
    assert found[NUMBER] is LAST
    assert [entry.key for entry in found[NUMBER - 2 :]] == [2, 1, None]
    with pytest.raises(IndexError):
        found[NUMBER + 1]


def test_what_is_gone_or_cannot_be_read_keeps_its_place():
    found = entries([], gone={NUMBER - 1})
    assert [found[index].name for index in range(3)] == [f"Name {NUMBER}", "…", f"Name {NUMBER - 2}"]

    def fail(ids):
        raise StoreError("locked")

    assert Entries(LISTED, fail, lambda row: row)[3] == Entry(NUMBER - 3, "…", number=3)


def test_places_are_those_of_the_keys():
    found = entries([])
    places = found.places()
    assert len(places) == NUMBER + 1
    assert all(found[places[key]].key == key for key in (NUMBER, 1, 4_321, None))


async def test_narrowing_a_long_list_keeps_the_cursor_on_its_entry(browse, database):
    asked = []
    found = entries(asked)
    async with browse(database) as browser:
        rows = browser.main.browse
        rows.show(Entry("all", "Everybody"), found, 4_321, [*LISTED.names, "no speaker"], found.places(), NUMBER)
        assert rows.current.key == 4_321
        rows.narrow("name 43")
        assert rows.current.key == 4_321
        rows.narrow("name 4321 fra")
        assert (rows.row_count, rows.current.key) == (2, 4_321)
        rows.narrow("43")
        assert rows.row_count == sum("43" in str(id) for id in LISTED.ids) + 1
        rows.narrow("")
        assert rows.row_count == NUMBER + 2
        assert rows.current.key == 4_321
    assert len(asked) < 12

"""Names that the engine learns to give more fully: all that stood under the shorter one follows, where it may."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import db
from quotes.model import Speaker, SpeakerKind

Put = Callable[..., db.Written]

BARE = Speaker("Orlovsky", "Orlovsky", "person", "envoy", "RUS")
FULL = Speaker("Sergei Orlovsky", "Sergei Orlovsky", "person", "envoy", "RUS")
BARE_OF_FULL = Speaker("Sergei Orlovsky", "Orlovsky", "person", "envoy", "RUS")
MIRA = Speaker("Mira Novak", "Mira Novak", "person", "President", "HRV")
RENAMED: tuple[str, str, SpeakerKind] = ("Orlovsky", "Sergei Orlovsky", "person")


def names(store: db.Store) -> list[str | None]:
    return [row.speaker for row in store.quotations(db.Filter(status=db.STATUSES), "position").rows]


def test_a_speaker_keeps_its_id(store: db.Store, put: Put, sound: Callable[[], None]) -> None:
    put("a.txt", (BARE, "trade will grow"), (MIRA, "it will not"))
    before = store.speakers(prefix="orlovsky").rows[0]
    assert store.rename_canonical(*RENAMED)
    after = store.speakers(prefix="sergei").rows[0]
    assert (after.id, after.name, after.role, after.quotations) == (before.id, "Sergei Orlovsky", "envoy", 1)
    assert names(store) == ["Sergei Orlovsky", "Mira Novak"]
    assert store.corrections() == []
    assert not store.rename_canonical(*RENAMED)
    sound()


def test_the_shorter_name_joins_a_speaker_that_is_there(store: db.Store, put: Put, sound: Callable[[], None]) -> None:
    put("a.txt", (BARE, "trade will grow"), published="2024-01-02")
    put("b.txt", (FULL, "talks go on"), (BARE_OF_FULL, "they will take long"), published="2024-01-01")
    assert store.rename_canonical(*RENAMED, country="RUS")
    assert [(row.name, row.quotations, row.last) for row in store.speakers().rows] == [
        ("Sergei Orlovsky", 3, "2024-01-02")
    ]
    assert [alias.quotations for alias in store.speaker(store.speakers().rows[0].id).aliases] == [2, 1]
    sound()
    put("a.txt", (BARE_OF_FULL, "trade will grow"), published="2024-01-02", engine="2")
    assert names(store) == ["Sergei Orlovsky"] * 3
    sound()


def test_undoing_a_correction_gives_the_fuller_name(store: db.Store, put: Put, sound: Callable[[], None]) -> None:
    put("a.txt", (BARE, "trade will grow"), (BARE, "talks go on"))
    store.reassign(1, MIRA)
    store.edit(2, act="promise")
    assert store.rename_canonical(*RENAMED)
    assert names(store) == ["Mira Novak", "Sergei Orlovsky"]
    store.undo()
    store.undo()
    assert names(store) == ["Sergei Orlovsky"] * 2
    store.redo()
    assert names(store) == ["Mira Novak", "Sergei Orlovsky"]
    sound()


def _renamed(store: db.Store) -> None:
    store.rename(store.speakers(prefix="mira").rows[0].id, "Orlowska")
    store.merge([store.speakers(prefix="orlowska").rows[0].id], store.speakers(prefix="orlovsky").rows[0].id)


def _given(store: db.Store) -> None:
    store.reassign(2, store.speakers(prefix="orlovsky").rows[0].id)


@pytest.mark.parametrize("correct", [_renamed, _given])
def test_a_name_that_a_person_used_stays(
    store: db.Store, put: Put, correct: Callable[[db.Store], None], sound: Callable[[], None]
) -> None:
    put("a.txt", (BARE, "trade will grow"), (MIRA, "it will not"))
    correct(store)
    assert [known.corrected for known in store.speaker_index() if known.name == "Orlovsky"] == [True]
    assert not store.rename_canonical(*RENAMED)
    assert names(store) == ["Orlovsky", "Orlovsky"]
    while store.corrections("applied"):
        store.undo()
    assert not any(known.corrected for known in store.speaker_index())
    assert store.rename_canonical(*RENAMED)
    assert names(store) == ["Sergei Orlovsky", "Mira Novak"]
    sound()


def test_namesakes_are_not_guessed_at(store: db.Store, put: Put) -> None:
    put("a.txt", (BARE, "trade will grow"))
    assert not store.rename_canonical(*RENAMED, country="CZE")
    assert not store.rename_canonical("Orlovsky", "The Orlovsky Group", "organisation")
    put("b.txt", (Speaker("Orlovsky", "Orlovsky", "person", "economist", "CZE"), "prices will rise"))
    assert not store.rename_canonical(*RENAMED)
    assert names(store) == ["Orlovsky", "Orlovsky"]


def test_only_whole_names_of_joint_speakers_change(store: db.Store, put: Put) -> None:
    joint = [Speaker(name, "they", "group") for name in ("Mira Novak; Orlovsky", "Orlovsky Junior; Mira Novak")]
    put("a.txt", (BARE, "trade will grow"), *[(each, "we agree") for each in joint])
    assert store.rename_canonical(*RENAMED)
    assert names(store) == ["Sergei Orlovsky", "Mira Novak; Sergei Orlovsky", "Orlovsky Junior; Mira Novak"]

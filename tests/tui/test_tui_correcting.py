"""Correcting with keys: what is pressed stands in the database afterwards, and u takes it back."""

from __future__ import annotations

import sqlite3

import pytest

from db import Filter, open_store
from quotes.model import Span
from tui.screens.about import AboutSpeaker
from tui.screens.correcting import places_of
from tui.screens.picker import SpeakerPicker
from tui.screens.prompts import Choose, TextPrompt
from tui.screens.review import ReviewScreen


def statuses(path):
    with sqlite3.connect(path) as connection:
        return dict(connection.execute("SELECT id, status FROM quotation"))


def speaker_of(path, quotation_id):
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT speaker FROM quotes WHERE id = ?", [quotation_id]).fetchone()[0]


async def test_confirm_undo_redo(browse, database):
    async with browse(database) as browser:
        number = browser.main.quotations.ids[0]
        await browser.press("tab", "c")
        await browser.until(lambda: statuses(database)[number] == "confirmed")
        await browser.until(lambda: browser.sees("✓ confirmed"))
        assert "u undoes it" in browser.told()
        await browser.press("u")
        await browser.until(lambda: statuses(database)[number] == "extracted")
        await browser.press("U")
        await browser.until(lambda: statuses(database)[number] == "confirmed")
        await browser.press("u", "u")
        await browser.until(lambda: "nothing to undo" in browser.told().lower())


async def test_reject_takes_it_off_the_list_and_the_place_is_kept(browse, database):
    async with browse(database) as browser:
        await browser.press("tab", "down", "down")
        main = browser.main
        gone, following = main.quotations.ids[2], main.quotations.ids[3]
        await browser.press("r")
        await browser.until(lambda: statuses(database)[gone] == "rejected")
        await browser.until(lambda: gone not in main.quotations.ids)
        assert main.quotations.ids[main.quotations.cursor] == following
        await browser.press("u")
        await browser.until(lambda: gone in main.quotations.ids)


async def test_marked_ones_are_confirmed_together_and_undone_together(browse, database):
    async with browse(database) as browser:
        await browser.press("tab", "space", "space", "space", "c")
        await browser.until(lambda: list(statuses(database).values()).count("confirmed") == 3)
        assert browser.told().startswith("Confirmed 3 quotations")
        assert browser.main.quotations.marks == {}
        await browser.press("u")
        await browser.until(lambda: "confirmed" not in statuses(database).values())


async def test_reassign_to_a_known_speaker(browse, database):
    async with browse(database, Filter(words="delay")) as browser:
        number = browser.main.quotations.ids[0]
        await browser.press("tab", "a")
        assert isinstance(browser.screen, SpeakerPicker)
        await browser.type("tan")
        await browser.press("enter")
        await browser.until(lambda: speaker_of(database, number) == "Haruko Tanabe")
        await browser.until(lambda: browser.sees("given by a person"))
        assert statuses(database)[number] == "corrected"


async def test_reassign_to_a_new_speaker(browse, database):
    async with browse(database, Filter(words="delay")) as browser:
        number = browser.main.quotations.ids[0]
        await browser.press("tab", "a")
        await browser.type("New [b] Name")
        await browser.press("enter")
        assert isinstance(browser.screen, Choose)
        await browser.press("j", "enter")
        await browser.until(lambda: speaker_of(database, number) == "New [b] Name")
        with open_store(database) as store:
            assert store.speakers(prefix="New").rows[0].kind == "organisation"


async def test_reassign_to_nobody_and_leaving_changes_nothing(browse, database):
    async with browse(database, Filter(words="flag")) as browser:
        number = browser.main.quotations.ids[0]
        await browser.press("tab", "a", "escape")
        assert statuses(database)[number] == "extracted"
        await browser.press("a", "up", "enter")
        await browser.until(lambda: speaker_of(database, number) is None)


async def test_merge_marked_speakers_keeps_the_chosen_name(browse, database):
    async with browse(database) as browser:
        main = browser.main
        for index in range(1, main.browse.row_count):
            if "Orlenko" in main.browse.entry(index).name:
                main.browse.toggle_mark(index)
        await browser.rest()
        await browser.press("m")
        assert isinstance(browser.screen, Choose)
        await browser.press("enter")
        await browser.until(
            lambda: all(main.browse.entry(i).name != "P. Orlenko" for i in range(main.browse.row_count))
        )
        with open_store(database) as store:
            assert [row.quotations for row in store.speakers(prefix="orlenko").rows] == [3]
        await browser.press("u")
        await browser.until(
            lambda: any(main.browse.entry(i).name == "P. Orlenko" for i in range(main.browse.row_count))
        )


async def test_merge_one_speaker_into_another_by_typing(browse, database):
    async with browse(database) as browser:
        await browser.press("s")
        await browser.type("p. orl")
        await browser.press("enter", "m")
        assert isinstance(browser.screen, SpeakerPicker)
        await browser.type("petro")
        await browser.press("enter")
        await browser.until(lambda: "Merged P. Orlenko into Petro Orlenko" in browser.told())


async def test_rename(browse, database):
    async with browse(database) as browser:
        await browser.press("down", "n")
        assert isinstance(browser.screen, TextPrompt)
        browser.screen.query_one("#prompt-input").value = "Elif Karadag"
        await browser.press("enter")
        await browser.until(lambda: browser.main.browse.entry(1).name == "Elif Karadag")
        await browser.press("n")
        browser.screen.query_one("#prompt-input").value = "Petro Orlenko"
        await browser.press("enter")
        await browser.rest()


async def test_merge_and_rename_need_a_speaker(browse, database):
    async with browse(database) as browser:
        await browser.press("m")
        assert "Put the cursor on a speaker" in browser.told()
        await browser.press("n")
        assert "one speaker" in browser.told()


async def test_review_runs_by_single_keys_from_the_least_sure(browse, database):
    async with browse(database) as browser:
        await browser.press("R")
        screen = browser.screen
        assert isinstance(screen, ReviewScreen)
        confidences = [screen.queue.row(index).confidence for index in range(screen.queue.row_count)]
        assert confidences == sorted(confidences)
        first, second, third, fourth = screen.queue.ids[:4]
        await browser.press("c")
        await browser.until(lambda: screen.queue.cursor == 1)
        await browser.press("r")
        await browser.until(lambda: screen.queue.cursor == 2)
        await browser.press("space")
        assert screen.queue.cursor == 3
        await browser.press("a")
        await browser.type("petro")
        await browser.press("enter")
        await browser.until(lambda: statuses(database)[fourth] == "corrected")
        now = statuses(database)
        assert [now[number] for number in (first, second, third)] == ["confirmed", "rejected", "extracted"]
        assert browser.sees("3 decided")
        await browser.press("u")
        await browser.until(lambda: statuses(database)[fourth] == "extracted")
        await browser.press("left", "tab", "tab", "question_mark", "escape", "escape")
        assert browser.screen is browser.main
        await browser.until(lambda: second not in browser.main.quotations.ids)


async def test_review_of_nothing_says_so(browse, database):
    async with browse(database, Filter(words="zzz")) as browser:
        await browser.press("6")
        assert browser.sees("Nothing is left to judge here.")
        await browser.press("c", "r", "escape")
        assert set(statuses(database).values()) == {"extracted"}


async def test_a_locked_database_keeps_the_browser_alive(browse, database, monkeypatch):
    async with browse(database) as browser:
        browser.app.stores.store._busy_seconds = 0.1
        blocker = sqlite3.connect(database, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        try:
            await browser.press("tab", "c")
            await browser.until(lambda: "locked" in browser.told())
        finally:
            blocker.execute("ROLLBACK")
            blocker.close()
        await browser.press("c")
        await browser.until(lambda: "confirmed" in statuses(database).values())


async def test_edit_changes_form_and_act(browse, database):
    async with browse(database, Filter(words="demine")) as browser:
        number = browser.main.quotations.ids[0]
        await browser.press("tab", "E")
        assert browser.sees("act    urge")
        await browser.press("j", "j", "enter")
        await browser.press("home", "enter")  # of all acts the first
        await browser.until(lambda: browser.main.quotations.row(0).act == "state")
        assert "Changed act state of" in browser.told()
        assert statuses(database)[number] == "corrected"
        await browser.press("E", "j", "enter", "enter")  # the form as it is: nothing to change
        assert browser.main.quotations.row(0).form == "indirect"
        await browser.press("u")
        await browser.until(lambda: browser.main.quotations.row(0).act == "urge")


async def test_edit_takes_other_words_of_the_article(browse, database):
    async with browse(database, Filter(words="flag")) as browser:
        await browser.press("tab", "E", "enter")
        browser.screen.query_one("#prompt-input").value = "harbour that is closed … the sea open for every flag"
        await browser.press("enter")
        await browser.until(lambda: "Changed words" in browser.told())
        await browser.rest()
        content = browser.main.context.chosen.content
        text = browser.main.context.article.text
        assert [span.of(text) for span in content] == ["harbour that is closed", "the sea open for every flag"]
        await browser.press("E", "enter")
        browser.screen.query_one("#prompt-input").value = "words that nobody wrote"
        await browser.press("enter")
        await browser.until(lambda: "do not stand in the article" in browser.told())


@pytest.mark.parametrize(
    ("typed", "near", "found"),
    [
        ("b c", 0, [(2, 5)]),
        ("b  c", 9, [(10, 13)]),
        ("b c … d", 8, [(10, 13), (14, 15)]),
        ("d … b", 0, [(6, 7), (10, 11)]),
        ("a.c", 0, None),
        ("d … d … d", 0, None),
        (" … ", 0, None),
    ],
)
def test_places_of_typed_words(typed, near, found):
    places = places_of(typed, "a b\nc d a b c d", near)
    assert places == (None if found is None else tuple(Span(*place) for place in found))


async def test_a_name_is_split_off_its_speaker(browse, database):
    async with browse(database) as browser:
        await browser.press("s", *"orl", "enter", "end", "m", *"petro", "enter")
        await browser.until(lambda: "Merged" in browser.told())
        await browser.press("S", *"petro", "enter", "i")
        assert isinstance(browser.screen, AboutSpeaker)
        await browser.until(lambda: browser.sees("P. Orlenko"))
        assert browser.sees("Deputy Foreign Minister  2024-04-02  ×2")
        await browser.press("end", "d")
        browser.screen.query_one("#prompt-input").value = "Pavlo Orlenko"
        await browser.press("enter")
        await browser.until(lambda: browser.told().startswith("P. Orlenko is now Pavlo Orlenko"))
        with open_store(database) as store:
            assert [row.name for row in store.speakers(prefix="orlenko").rows] == ["Petro Orlenko", "Pavlo Orlenko"]
        await browser.press("u")
        await browser.until(lambda: "Undone" in browser.told())
        with open_store(database) as store:
            assert [row.name for row in store.speakers(prefix="orlenko").rows] == ["Petro Orlenko"]


async def test_about_nobody_says_what_to_do(browse, database):
    async with browse(database, Filter(words="delay")) as browser:
        await browser.press("tab", "i")
        assert "Put the cursor on a speaker" in browser.told()

"""Everything that is not the usual: no database, another one, an empty one, a growing one, odd text, odd terminals."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import Filter, QueryInterrupted, open_store
from tui import queries, settings
from tui.screens.main import MainScreen
from tui.screens.problem import ProblemScreen
from tui.screens.review import ReviewScreen
from tui.start import Start
from tui.stores import Stores
from tui.view import View
from tui.widgets.chips import Chip


def write_more(path, extractions):
    with open_store(path) as store:
        run = store.start_run("test-1")
        for extraction in extractions:
            store.write(extraction, run)
        store.finish_run(run)


async def test_a_missing_file_is_explained_and_not_made(browse, tmp_path):
    path = tmp_path / "none [1].db"
    async with browse(path) as browser:
        assert isinstance(browser.screen, ProblemScreen)
        assert browser.sees("There is no such database")
        assert browser.sees("quotes extract FOLDER --db")
        await browser.press("q")
    assert browser.app.return_value == 1
    assert not path.exists()


@pytest.mark.parametrize("kind", ["text", "other", "folder"])
async def test_a_wrong_file_is_explained_and_left_alone(browse, tmp_path, kind):
    path = tmp_path / "wrong.db"
    if kind == "text":
        path.write_text("not a database at all, but long enough to be looked at\n" * 20, encoding="utf-8")
    elif kind == "other":
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE other (id)")
    else:
        path.mkdir()
    before = path.read_bytes() if path.is_file() else None
    async with browse(path) as browser:
        assert browser.sees("Not a database of quotes")
        await browser.press("escape")
    assert browser.app.return_value == 1
    assert before is None or path.read_bytes() == before


async def test_a_newer_database_is_explained(browse, database):
    with sqlite3.connect(database) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(_sqlite_migrations)")]
        row = dict(zip(names, connection.execute("SELECT * FROM _sqlite_migrations").fetchone(), strict=True))
        row |= {"name": "9999_from_the_future"} | ({"id": 9999} if "id" in row else {})
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO _sqlite_migrations ({', '.join(row)}) VALUES ({marks})", list(row.values()))  # noqa: S608
    async with browse(database) as browser:
        assert browser.sees("Made by a newer version")
        assert browser.sees("pip install --upgrade quotes")


async def test_an_empty_database_opens_itself_when_it_is_filled(browse, tmp_path, record_file):
    path = tmp_path / "empty.db"
    open_store(path).close()
    async with browse(path) as browser:
        assert browser.sees("Nothing to read yet")
        await browser.press("f5")
        assert isinstance(browser.screen, ProblemScreen)
        with open_store(record_file) as full:
            extractions = list(full.documents())
        write_more(path, extractions)
        await browser.until(lambda: isinstance(browser.screen, MainScreen))
        await browser.rest()
        assert browser.main.quotations.row_count == 14


async def test_a_missing_database_is_found_when_it_comes(browse, tmp_path, record_file):
    path = tmp_path / "later.db"
    async with browse(path) as browser:
        shutil.copy(record_file, path)
        await browser.press("f5")
        await browser.until(lambda: isinstance(browser.screen, MainScreen))


async def test_new_rows_are_announced_and_the_place_is_kept(browse, database, late_article):
    async with browse(database) as browser:
        await browser.press("tab", "down", "down", "down")
        main = browser.main
        here = main.quotations.ids[main.quotations.cursor]
        write_more(database, [late_article(1), late_article(2)])
        await browser.until(lambda: browser.sees("2 new quotations in 2 new articles"))
        assert main.quotations.row_count == 14
        assert main.quotations.ids[main.quotations.cursor] == here
        await browser.press("f5")
        await browser.until(lambda: main.quotations.row_count == 16)
        assert main.quotations.ids[main.quotations.cursor] == here
        assert main.quotations.cursor == 5
        assert not browser.sees("new quotations in")


async def test_own_corrections_are_not_announced(browse, database):
    async with browse(database) as browser:
        await browser.press("tab", "r")
        await browser.until(lambda: browser.main.quotations.row_count == 13)
        for _ in range(25):
            await browser.pilot.pause(0.1)
        assert not browser.main.query_one("#notice").display


async def test_markup_and_wide_characters_are_shown_as_they_stand(browse, database):
    async with browse(database, Filter(words="print")) as browser:
        await browser.press("tab")
        assert browser.sees("“Print [red] and [/] as they stand")
        assert browser.sees("[red]Bracket[/red] Ng")
        assert browser.sees("Minutes with [bold]brackets[/bold] and =cells")
        assert browser.sees("=Hansard [i]")
        assert browser.sees("[/] label")
        await browser.press("f", "escape", "a", "escape", "B", "enter", "b", "escape", "c")
        await browser.until(lambda: "Confirmed “Print [red] and [/]" in browser.told())
    async with browse(database, Filter(speaker="tanabe")) as browser:
        assert browser.sees("海は皆のものです。")


@pytest.mark.parametrize("size", [(160, 48), (120, 30), (80, 24), (60, 20), (40, 12), (220, 60)])
async def test_every_size_shows_the_pane_in_use(browse, database, size):
    async with browse(database, size=size) as browser:
        main = browser.main
        for pane, widget in (("quotations", "#quotations"), ("context", "#context-text"), ("browse", "#browse")):
            await browser.press("tab")
            assert main.pane == pane
            assert main.query_one(widget).size.width > 20
            assert main.query_one(widget).size.height > 2


async def test_the_terminal_may_change_its_size_at_any_time(browse, database):
    async with browse(database) as browser:
        await browser.press("down", "tab", "down", "tab")
        chosen = browser.main.context.chosen.quotation.id
        for width, height in ((80, 24), (50, 15), (120, 40), (160, 48)):
            await browser.pilot.resize_terminal(width, height)
            await browser.rest()
            assert browser.main.context.chosen.quotation.id == chosen
            assert browser.main.pane == "context"
            assert browser.main.context.view.has_focus


async def test_what_is_typed_at_once_is_not_lost(browse, database):
    async with browse(database) as browser:
        await browser.press("slash", *"harbour", "enter", "down")
        assert browser.main.query_one("#search").value == "harbour"
        assert browser.main.quotations.row_count == 2
        assert browser.main.quotations.cursor == 1


async def test_layout_and_theme_are_remembered(browse, database, tmp_path):
    path = tmp_path / "browser.json"
    async with browse(database, settings_path=path) as browser:
        await browser.press("2", "o", "v", "4")
        browser.app.theme = "quotes-light"
        await browser.press("q")
    async with browse(database, settings_path=path) as browser:
        main = browser.main
        assert browser.app.theme == "quotes-light"
        assert (main.view.by, main.quotations.row_height) == ("countries", 1)
        assert main.browse_order("countries") == "name"
        assert main.query_one("#timeline").display


async def test_every_theme_of_textual_works(browse, database):
    async with browse(database) as browser:
        for name in ("nord", "gruvbox", "solarized-light", "ansi-dark", "quotes-light"):
            browser.app.theme = name
            await browser.rest()
            assert browser.sees("Everybody")


async def test_no_color_is_obeyed_and_the_parts_still_differ(browse, database, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with browse(database, Filter(words="flag")) as browser:
        assert browser.app.no_color
        view = browser.main.context.view
        looks = [view.look(name) for name in ("cue", "source", "other")]
        assert len({(look.bold, look.italic, look.underline) for look in looks}) == 3
        strips = browser.screen._compositor.render_strips(browser.app.size)
        assert strips


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"theme": 3, "row_lines": "x", "bookmarks": [1, {"name": 2}]}', '{"row_lines": 99}', "\x00"],
)
def test_unreadable_settings_fall_back(tmp_path, text):
    path = tmp_path / "browser.json"
    path.write_text(text, encoding="utf-8")
    loaded = settings.load(path)
    assert loaded.theme == "quotes-dark"
    assert 0 <= loaded.row_lines <= 3
    assert loaded.bookmarks == []


def test_settings_survive_writing_and_reading(tmp_path):
    path = tmp_path / "deep" / "browser.json"
    given_settings = settings.Settings(theme="nord", row_lines=1, export_folder="/x", list_orders={"speakers": "name"})
    given_settings.bookmarks.append(settings.Bookmark("é [b]", View().to_dict(), "a.db"))
    settings.save(given_settings, path)
    assert settings.load(path) == given_settings
    assert [file.name for file in path.parent.iterdir()] == ["browser.json"]


WORDS = st.none() | st.text(max_size=8)
NAMES = st.lists(st.text(max_size=5), max_size=3, unique=True).map(tuple)
FILTERS = st.builds(
    Filter,
    words=WORDS,
    speaker=WORDS,
    country=NAMES,
    act=NAMES,
    publisher=NAMES,
    since=WORDS,
    until=WORDS,
    once=st.booleans(),
    min_confidence=st.none() | st.floats(0, 1),
    unattributed=st.none() | st.booleans(),
)


@given(FILTERS, st.sampled_from(["speakers", "countries"]), st.lists(st.integers(0, 9) | st.none(), max_size=3))
def test_a_view_survives_being_bookmarked(filter, by, chosen):
    view = View(by, filter, "oldest", tuple(chosen), tuple(map(str, chosen)))
    assert View.from_dict(json.loads(json.dumps(view.to_dict()))) == view


@given(FILTERS)
def test_removing_all_chips_removes_all_filters_but_the_words(filter):
    view = View(filter=filter)
    for _ in range(40):
        if not view.chips():
            break
        before = len(view.chips())
        view = view.without(view.chips()[0])
        assert len(view.chips()) == before - 1
    assert {
        name for name in ("country", "act", "publisher", "once", "min_confidence") if getattr(view.filter, name)
    } == set()
    assert view.filter.words == filter.words


def test_chips_name_what_they_remove():
    view = View(filter=Filter(country=("TUR", "HUN"), since="2024", max_confidence=0.5))
    assert view.chips()[0] == Chip("country", "TUR", "country TUR")
    assert view.without(view.chips()[0]).filter.country == ("HUN",)


def test_the_browser_starts_without_torch():
    code = (
        "import sys, tui, tui.app; print([name for name in ('torch', 'stanza', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


async def test_the_command_line_opens_what_it_asks_for(browse, database):
    async with browse(database, start=Start(by="articles", sort="oldest", timeline=True)) as browser:
        assert (browser.main.view.by, browser.main.view.sort) == ("articles", "oldest")
        await browser.until(lambda: browser.main.query_one("#timeline").months)
    async with browse(database, Filter(speaker="orlenko"), start=Start(review=True)) as browser:
        await browser.until(lambda: isinstance(browser.screen, ReviewScreen) and browser.screen.queue.row_count == 3)
    view = View(by="countries", chosen=("TUR",), labels=("Türkiye",), filter=Filter(form=("direct",)))
    async with browse(database, start=Start(view=view)) as browser:
        assert browser.main.view == view
        assert browser.main.browse.current.name == "Türkiye"
        assert browser.main.quotations.row_count == 3


async def test_a_query_that_takes_long_keeps_the_screen_and_can_be_left(browse, database, monkeypatch):
    """While the rows of another search are looked up, what is seen stays, and keys are taken."""
    async with browse(database) as browser:
        main = browser.main
        seen = list(main.quotations.ids)
        go = threading.Event()
        real = queries.ids

        def slow(*arguments):
            go.wait(10)
            yield from real(*arguments)

        monkeypatch.setattr(queries, "ids", slow)
        try:
            await browser.pilot.press("slash", *"harbour")
            await browser.pilot.pause(0.3)
            assert list(main.quotations.ids) == seen
            await browser.pilot.press("escape", "escape", "down")
            assert main.quotations.has_focus
            assert main.quotations.cursor == 1
        finally:
            go.set()
        monkeypatch.undo()
        await browser.rest()
        assert main.view.filter == Filter()
        assert list(main.quotations.ids) == seen


async def test_rows_that_are_not_there_yet_come_without_a_wait(browse, database, monkeypatch):
    async with browse(database, size=(80, 12)) as browser:
        main = browser.main
        await browser.press("tab")
        go = threading.Event()
        real = queries.rows
        monkeypatch.setattr(queries, "rows", lambda *arguments: go.wait(10) and real(*arguments))
        main.quotations.forget()
        await browser.pilot.press("down")
        await browser.pilot.pause(0.1)
        assert browser.sees("…")
        assert main.quotations.cursor == 1
        assert not main.quotations.has_row(1)
        go.set()
        await browser.until(lambda: main.quotations.has_row(1))
        await browser.until(lambda: main.context.chosen.quotation.id == main.quotations.ids[1])


def test_closing_waits_for_work_that_is_under_way(database):
    """A connection that is closed while another thread reads from it ends the process."""
    stores = Stores(database)
    begun, told = threading.Event(), []

    def read():
        endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        try:
            with stores.work("test") as store:
                begun.set()
                store.connection.execute(endless).fetchone()
        except sqlite3.OperationalError as error:
            told.append(str(error))

    thread = threading.Thread(target=read)
    thread.start()
    begun.wait(5)
    time.sleep(0.05)
    stores.close()
    thread.join(5)
    assert told == ["interrupted"]
    with pytest.raises(QueryInterrupted), stores.work("test"):
        pass

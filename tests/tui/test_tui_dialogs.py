"""Dialogs and further screens: filters, help, palette, export, copy, bookmarks, repeats, comparison."""

from __future__ import annotations

import csv
import json

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList, RadioButton, SelectionList, Switch

from db import Filter
from tui import settings
from tui.citation import citation
from tui.screens.bookmarks import BookmarksScreen
from tui.screens.compare import CompareScreen
from tui.screens.export import FORMATS, ExportScreen
from tui.screens.filters import FiltersScreen
from tui.screens.help import HelpScreen, bindings_of
from tui.screens.main import MainScreen
from tui.screens.repeats import RepeatsScreen


async def test_filters_show_counts_and_are_taken_over(browse, database):
    async with browse(database) as browser:
        await browser.press("f")
        screen = browser.screen
        assert isinstance(screen, FiltersScreen)
        form = screen.query_one("#form", SelectionList)
        assert [str(form.get_option_at_index(index).prompt) for index in range(3)] == [
            "direct  8",
            "indirect  5",
            "mixed  1",
        ]
        await browser.press("down", "space")
        screen.query_one("#since", Input).value = "2024-03"
        await browser.until(lambda: browser.sees("5 quotations pass"))
        await browser.press("ctrl+s")
        assert browser.main.view.filter == Filter(form=("indirect",), since="2024-03")
        assert browser.main.quotations.row_count == 5
        await browser.press("f")
        assert browser.screen.query_one("#form", SelectionList).selected == ["indirect"]
        await browser.press("ctrl+r", "ctrl+s")
        assert browser.main.view.filter == Filter()


async def test_filters_of_every_kind(browse, database):
    async with browse(database) as browser:
        await browser.press("f")
        screen = browser.screen
        for name, value in (
            ("since", "2023"),
            ("until", "2024-04"),
            ("least", "30%"),
            ("most", "99"),
            ("speaker", "kara"),
        ):
            screen.query_one(f"#{name}", Input).value = value
        for name in ("form", "mode", "act", "country", "publisher", "status", "kind"):
            screen.query_one(f"#{name}", SelectionList).select_all()
        screen.query_one("#once", Switch).value = True
        await browser.press("ctrl+s")
        wanted = browser.main.view.filter
        assert (wanted.since, wanted.until, wanted.min_confidence, wanted.max_confidence) == (
            "2023",
            "2024-04",
            0.3,
            0.99,
        )
        assert (wanted.speaker, wanted.once, wanted.status) == ("kara", True, ("extracted",))
        assert set(wanted.country) == {"TUR", "HUN", "UKR", "JPN"}
        assert "=Hansard [i]" in wanted.publisher


@pytest.mark.parametrize(
    ("field", "value", "complaint"), [("since", "yesterday", "no date"), ("least", "150", "no percentage")]
)
async def test_filters_say_what_is_wrong(browse, database, field, value, complaint):
    async with browse(database) as browser:
        await browser.press("f")
        browser.screen.query_one(f"#{field}", Input).value = value
        await browser.until(lambda: browser.sees(complaint))
        await browser.press("ctrl+s")
        assert isinstance(browser.screen, FiltersScreen)
        await browser.press("escape")
        assert browser.main.view.filter == Filter()


async def test_help_lists_every_key_of_the_screen(browse, database):
    async with browse(database) as browser:
        await browser.press("question_mark")
        assert isinstance(browser.screen, HelpScreen)
        shown = "\n".join(str(column.content) for column in browser.screen.query(".help-column"))
        for node in MainScreen.__mro__:
            if node.__module__.startswith("tui."):
                for binding in bindings_of(node):
                    assert (binding.tooltip or binding.description).split()[0] in shown, binding
        await browser.press("j", "k", "question_mark")
        assert browser.screen is browser.main


async def test_every_binding_has_an_action_and_an_id(browse, database):
    ids: list[str] = []
    for node in MainScreen.__mro__:
        if node.__module__.startswith("tui."):
            for binding in bindings_of(node):
                name = binding.action.split("(")[0]
                assert name.startswith("app.") or hasattr(MainScreen, f"action_{name}"), binding
                ids.append(binding.id or "")
    assert "" not in ids
    assert len(ids) == len(set(ids))


async def test_palette_goes_to_a_speaker_and_runs_any_action(browse, database):
    async with browse(database) as browser:
        await browser.press("ctrl+p")
        assert isinstance(browser.screen, CommandPalette)
        await browser.type("orlenko")
        await browser.until(lambda: browser.sees("Go to Petro Orlenko"))
        await browser.press("enter")
        await browser.until(lambda: browser.screen is browser.main and browser.main.view.labels == ("Petro Orlenko",))
        await browser.rest()
        assert browser.main.browse.current.name == "Petro Orlenko"
        assert browser.main.quotations.row_count == 2
        await browser.press("ctrl+p")
        await browser.type("dark or light")
        await browser.until(lambda: browser.sees("Switch between ink"))
        await browser.press("enter")
        await browser.until(lambda: browser.app.theme == "quotes-light")
        await browser.press("ctrl+p")
        await browser.type("narrowed by form")
        await browser.press("escape")
        assert browser.screen is browser.main


async def test_copy_gives_the_citation(browse, database):
    async with browse(database, Filter(words="flag")) as browser:
        await browser.press("tab", "y")
        assert browser.app.clipboard == (
            "“A harbour that is closed feeds nobody, … We shall keep the sea open for every flag.” — Elif Karadağ, "
            "Foreign Minister. Ankara reopens the grain talks, Kestrel Wire, 2024-03-11. https://kestrel.example/grain"
        )
        assert browser.app.clipboard == citation(browser.main.quotations.current)
    async with browse(database) as browser:
        await browser.press("tab", "space", "space", "y")
        assert len(browser.app.clipboard.split("\n\n")) == 2


@pytest.mark.parametrize("chosen", [name for name, _, _ in FORMATS])
async def test_export_writes_what_is_listed(browse, database, tmp_path, monkeypatch, chosen):
    monkeypatch.chdir(tmp_path)
    async with browse(database, Filter(act=("urge", "accuse"))) as browser:
        await browser.press("e")
        screen = browser.screen
        assert isinstance(screen, ExportScreen)
        assert screen.query_one("#path", Input).value == str(tmp_path / "all-quotations.csv")
        screen.query_one(f"#{chosen}", RadioButton).value = True
        await browser.rest()
        await browser.press("enter")
        await browser.until(lambda: "2 quotations written" in browser.told())
    ending = next(ending for name, ending, _ in FORMATS if name == chosen)
    text = (tmp_path / f"all-quotations{ending}").read_text(encoding="utf-8-sig")
    if chosen in ("csv", "excel"):
        assert [row["act"] for row in csv.DictReader(text.splitlines())] == ["urge", "accuse"]
    elif chosen == "json":
        assert len(json.loads(text)) == 2
    elif chosen == "jsonl":
        assert [json.loads(line)["act"] for line in text.splitlines()] == ["urge", "accuse"]
    else:
        assert "pricing fear, not risk" in text


async def test_export_dialog_walks_folders_and_asks_before_replacing(browse, database, tmp_path, monkeypatch):
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "old.csv").write_text("old", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    async with browse(database) as browser:
        await browser.press("e")
        path = browser.screen.query_one("#path", Input)
        path.value = str(tmp_path / "missing" / "x.csv")
        await browser.press("enter")
        assert browser.sees("There is no folder")
        path.value = str(tmp_path / "x.csv")
        await browser.rest()
        choices = browser.screen.query_one("#folder", OptionList)
        names = [str(choices.get_option_at_index(index).prompt) for index in range(choices.option_count)]
        assert [name for name in names if not name.startswith("record.db-")] == ["../", "notes/", "record.db"]
        choices.highlighted = 1
        choices.action_select()
        await browser.rest()
        assert path.value == str(folder / "x.csv")
        path.value = str(folder / "old.csv")
        path.focus()
        await browser.press("enter")
        assert browser.sees("This file exists.")
        assert (folder / "old.csv").read_text(encoding="utf-8") == "old"
        await browser.press("enter")
        await browser.until(lambda: "14 quotations written" in browser.told())
        assert browser.app.settings.export_folder == str(folder)
        await browser.press("e", "escape")


async def test_bookmarks_are_kept_opened_and_deleted(browse, database, tmp_path):
    path = tmp_path / "config" / "browser.json"
    async with browse(database, Filter(since="2024"), settings_path=path) as browser:
        await browser.press("down", "B")
        await browser.press("enter")
        assert browser.told() == "Bookmarked as Elif Karadağ; b opens it"
        await browser.press("F", "home")
    async with browse(database, settings_path=path) as browser:
        await browser.press("b")
        assert isinstance(browser.screen, BookmarksScreen)
        await browser.press("enter")
        main = browser.main
        assert (main.view.labels, main.view.filter.since) == (("Elif Karadağ",), "2024")
        assert main.quotations.row_count == 5
        assert main.browse.current.name == "Elif Karadağ"
        await browser.press("b", "d", "escape")
    assert settings.load(path).bookmarks == []


async def test_repeats_show_the_difference_and_lead_there(browse, database):
    async with browse(database, Filter(words="flag")) as browser:
        await browser.press("tab", "t")
        assert isinstance(browser.screen, RepeatsScreen)
        assert browser.sees("2 versions, first on 2024-03-11 · Kestrel Wire, Morgenblatt")
        assert browser.sees("the longest")
        await browser.press("j", "k", "end", "enter")
        assert browser.main.context.article.article.publisher == "Morgenblatt"
    async with browse(database, Filter(words="demine")) as browser:
        await browser.press("t")
        assert browser.told() == "These words stand nowhere else."


async def test_two_speakers_side_by_side(browse, database):
    async with browse(database) as browser:
        await browser.press("down", "space", "space", "5")
        screen = browser.screen
        assert isinstance(screen, CompareScreen)
        left, right = screen._list(0), screen._list(1)
        await browser.until(lambda: (left.row_count, right.row_count) == (5, 2))
        await browser.press("slash")
        await browser.type("statek")
        await browser.until(lambda: (left.row_count, right.row_count) == (0, 1))
        await browser.press("enter", "tab", "v", "y", "question_mark", "escape")
        assert "Żaden statek" in browser.app.clipboard
        await browser.press("enter")
        assert browser.main.context.chosen.quotation.text.startswith("Żaden statek")


async def test_comparing_asks_for_the_other_speaker(browse, database):
    async with browse(database) as browser:
        await browser.press("down", "5")
        await browser.type("varga")
        await browser.press("enter")
        assert isinstance(browser.screen, CompareScreen)
        assert browser.sees("Mihály Szőke-Varga")
        await browser.press("escape")
        assert browser.screen is browser.main

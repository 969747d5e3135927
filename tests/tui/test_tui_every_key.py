"""Every key of every screen and widget is pressed and its effect looked at; a new binding without a walk fails."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input, OptionList, SelectionList

import tui
from db import Filter
from tui.screens.about import AboutSpeaker
from tui.screens.bookmarks import BookmarksScreen
from tui.screens.compare import CompareScreen
from tui.screens.correcting import Correcting
from tui.screens.export import ExportScreen
from tui.screens.filters import FiltersScreen
from tui.screens.help import HelpScreen, bindings_of
from tui.screens.loading import Loading
from tui.screens.main import MainScreen
from tui.screens.opening import Opening
from tui.screens.panes import Panes
from tui.screens.picker import SpeakerPicker
from tui.screens.problem import ProblemScreen
from tui.screens.prompts import Choose, TextPrompt
from tui.screens.repeats import RepeatsScreen
from tui.screens.review import ReviewQueue, ReviewScreen
from tui.screens.taking import Taking
from tui.screens.watching import Watching
from tui.widgets.browse_list import BrowseList
from tui.widgets.chips import ChipButton
from tui.widgets.context import ContextPane
from tui.widgets.fields import Field
from tui.widgets.quotation_list import QuotationList
from tui.widgets.text_view import TextView
from tui.widgets.timeline import Timeline
from tui.widgets.virtual_list import VirtualList

# Never on the screen themselves; their keys are pressed where they are.
PARTS = {Correcting, Loading, Opening, Panes, Taking, VirtualList, Watching}

Pair = tuple[type[DOMNode], type[DOMNode]]
WALKS: dict[Pair, tuple[Callable[..., Awaitable[None]], dict[str, Any]]] = {}


def walks(shown: type[DOMNode], owner: type[DOMNode] | None = None, **options: Any) -> Callable[..., Any]:
    """Registers the walk over the keys that ``owner`` (default: ``shown`` itself) declares and ``shown`` takes."""

    def register(walk: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        WALKS[shown, owner or shown] = (walk, options)
        return walk

    return register


def declared() -> set[Pair]:
    """Every class of the browser that can be on the screen, with each class that gives it keys."""
    pairs: set[Pair] = set()
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if module.name.endswith("__main__"):
            continue
        for node in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(node) and issubclass(node, DOMNode) and node.__module__ == module.name:
                owners = [each for each in node.__mro__ if each.__module__.startswith("tui.")]
                pairs |= {(node, each) for each in owners if node not in PARTS and "BINDINGS" in each.__dict__}
    return pairs


class Walk:
    """Presses the keys of one class, each followed by a look; knows which are left."""

    def __init__(self, browser: Any, database: Path, owner: type[DOMNode]) -> None:
        self.browser, self.database = browser, database
        self.left = [key.strip() for binding in bindings_of(owner) for key in binding.key.split(",")]

    @property
    def main(self) -> Any:
        return self.browser.main

    @property
    def screen(self) -> Any:
        return self.browser.screen

    async def press(self, *keys: str) -> None:
        """Keys that only lead somewhere."""
        await self.browser.press(*keys)

    async def key(self, key: str, effect: Callable[[], object]) -> None:
        """The key that is being walked; ``effect`` must not hold before, and must come to hold after."""
        self.left.remove(key)
        assert not effect(), f"nothing would be seen of {key}"
        await self.browser.press(key)
        await self.browser.until(effect)

    def shows(self, kind: type[Screen[Any]]) -> Callable[[], bool]:
        return lambda: isinstance(self.browser.screen, kind)

    def status(self, number: int) -> str:
        with sqlite3.connect(self.database) as connection:
            return str(connection.execute("SELECT status FROM quotation WHERE id = ?", [number]).fetchone()[0])


def test_every_class_with_keys_has_a_walk():
    assert {pair for pair in declared() if pair not in WALKS} == set()
    assert {pair for pair in WALKS if pair not in declared()} == set()


# the main screen


@walks(MainScreen)
async def main_keys(walk: Walk) -> None:
    main = walk.main
    await walk.key("2", lambda: main.view.by == "countries")
    await walk.key("3", lambda: main.view.by == "articles")
    await walk.key("1", lambda: main.view.by == "speakers")
    await walk.key("4", lambda: main.query_one("#timeline").display)
    await walk.press("4", "down")
    await walk.key("5", walk.shows(SpeakerPicker))
    await walk.press("escape")
    for key in ("6", "R"):
        await walk.key(key, walk.shows(ReviewScreen))
        await walk.press("escape")
    await walk.key("v", lambda: main.quotations.row_height == 1)
    await walk.key("B", walk.shows(TextPrompt))
    await walk.press("escape")
    await walk.key("b", walk.shows(BookmarksScreen))
    await walk.press("escape")
    await walk.key("x", lambda: "No filter is set" in walk.browser.told())
    await walk.press("slash", *"flag", "enter")
    await walk.key("t", walk.shows(RepeatsScreen))
    await walk.press("escape")
    await walk.key("question_mark", walk.shows(HelpScreen))
    await walk.press("escape")
    await walk.key("q", lambda: walk.browser.app.return_value == 0)


@walks(MainScreen, Opening)
async def opening_keys(walk: Walk) -> None:
    await walk.press("down")
    await walk.key("i", walk.shows(AboutSpeaker))
    await walk.press("escape")
    await walk.key("S", walk.shows(SpeakerPicker))
    await walk.press(*"varga", "enter")
    assert walk.main.view.labels == ("Mihály Szőke-Varga",)
    await walk.key("O", walk.shows(Choose))
    await walk.press("j", "enter")
    assert walk.main.view.sort == "oldest"
    await walk.key("Y", lambda: walk.browser.app.clipboard.startswith("quotes browse --db "))
    assert walk.browser.app.clipboard.endswith(f"--speaker-id {walk.main.view.chosen[0]} --by speakers --sort oldest")


@walks(MainScreen, Panes)
async def panes_keys(walk: Walk) -> None:
    def at(pane: str) -> Callable[[], bool]:
        return lambda: walk.main.pane == pane

    await walk.key("tab", at("quotations"))
    await walk.key("shift+tab", at("browse"))
    await walk.key("l", at("quotations"))
    await walk.key("right", at("context"))
    await walk.key("h", at("quotations"))
    await walk.key("left", at("browse"))
    await walk.key("z", lambda: walk.main.zoomed)
    await walk.key("escape", lambda: not walk.main.zoomed)


@walks(MainScreen, Loading)
async def finding_keys(walk: Walk) -> None:
    main = walk.main
    await walk.key("slash", lambda: main.query_one("#search").has_focus)
    await walk.press(*"harbour", "enter", "shift+tab")
    await walk.key("F", lambda: main.view.filter == Filter())
    await walk.key("s", lambda: main.query_one("#narrow").has_focus)
    await walk.press("escape")
    await walk.key("f", walk.shows(FiltersScreen))
    await walk.press("escape")
    await walk.key("o", lambda: main.browse_order("speakers") == "name")
    for key in ("f5", "ctrl+l"):
        with sqlite3.connect(walk.database) as connection:
            connection.execute("UPDATE quotation SET status = 'rejected' WHERE id = ?", [main.quotations.ids[0]])
        number = main.quotations.row_count
        await walk.key(key, lambda number=number: main.quotations.row_count == number - 1)


async def deciding(walk: Walk, ids: list[int]) -> None:
    """The keys that correct, on any screen that has them; ``ids`` are quotations that the cursor comes to, in order."""
    await walk.key("c", lambda: walk.status(ids[0]) == "confirmed")
    await walk.key("u", lambda: walk.status(ids[0]) == "extracted")
    for key in ("U", "ctrl+r"):
        await walk.key(key, lambda: walk.status(ids[0]) == "confirmed")
        await walk.press("u")
        await walk.browser.until(lambda: walk.status(ids[0]) == "extracted")
    for key, dialog in (("a", SpeakerPicker), ("E", Choose), ("m", SpeakerPicker), ("n", TextPrompt)):
        await walk.key(key, walk.shows(dialog))
        await walk.press("escape")


@walks(MainScreen, Correcting)
async def correcting_keys(walk: Walk) -> None:
    await walk.press("tab")
    first, second = walk.main.quotations.ids[:2]
    await deciding(walk, [first])
    await walk.key("r", lambda: walk.status(first) == "rejected")
    await walk.browser.until(lambda: walk.main.quotations.ids[0] == second)


@walks(MainScreen, Taking)
async def taking_keys(walk: Walk) -> None:
    await walk.key("y", lambda: "Kyiv answers" in walk.browser.app.clipboard)
    await walk.key("e", walk.shows(ExportScreen))


# its widgets


async def list_keys(walk: Walk, rows: Callable[[], VirtualList], *, marks: bool = True, first: int = 0) -> None:
    """The keys of a list with more rows than fit, whose cursor stands on row ``first``."""
    for key, place in (("down", 1), ("j", 2), ("up", 1), ("k", 0)):
        await walk.key(key, lambda place=place: rows().cursor == first + place)
    last = rows().row_count - 1
    for forth, back in (("end", "home"), ("G", "g")):
        await walk.key(forth, lambda: rows().cursor == last)
        await walk.key(back, lambda: rows().cursor == 0)
    for forth, back in (("pagedown", "pageup"), ("ctrl+d", "ctrl+u")):
        await walk.key(forth, lambda: rows().cursor > 1)
        await walk.key(back, lambda: rows().cursor == 0)
    if marks:
        await walk.press("down")
        await walk.key("space", lambda: len(rows().marks) == 1)
        await walk.press("escape")


@walks(BrowseList, VirtualList, size=(80, 12))
async def browse_list_keys(walk: Walk) -> None:
    await list_keys(walk, lambda: walk.main.browse)
    await walk.key("enter", lambda: walk.main.pane == "quotations")


@walks(QuotationList, VirtualList, size=(80, 12))
async def quotation_list_keys(walk: Walk) -> None:
    await walk.press("tab")
    await list_keys(walk, lambda: walk.main.quotations)
    await walk.key("enter", lambda: walk.main.pane == "context")


@walks(TextView, size=(64, 16), filter=Filter(words="flag"))
async def text_keys(walk: Walk) -> None:
    await walk.press("tab", "tab", "home")
    view = walk.main.context.view

    def at(check: Callable[[float], bool]) -> Callable[[], bool]:
        return lambda: check(view.scroll_offset.y)

    await walk.press("end")
    end = view.scroll_offset.y
    await walk.press("home")
    for key, place in (("down", 1), ("j", 2), ("up", 1), ("k", 0)):
        await walk.key(key, at(lambda y, place=place: y == place))
    for key in ("pagedown", "ctrl+d", "space"):
        await walk.key(key, at(lambda y: y > 2))
        await walk.press("home")
        await walk.browser.until(at(lambda y: y == 0))
    for forth, back in (("end", "home"), ("G", "g")):
        await walk.key(forth, at(lambda y: y == end))
        await walk.key(back, at(lambda y: y == 0))
    for key in ("pageup", "ctrl+u"):
        await walk.press("end")
        await walk.browser.until(at(lambda y: y == end))
        await walk.key(key, at(lambda y: y < end - 2))


@walks(ContextPane, filter=Filter(words="flag"))
async def context_keys(walk: Walk) -> None:
    await walk.press("tab", "tab")
    context = walk.main.context
    numbers = [item.quotation.id for item in context.article.quotations]
    here = numbers.index(context.chosen.quotation.id)
    for key, step in (("n", 1), ("p", 0), ("right_square_bracket", 1), ("left_square_bracket", 0)):
        await walk.key(key, lambda step=step: context.chosen.quotation.id == numbers[here + step])


@walks(Timeline)
async def timeline_keys(walk: Walk) -> None:
    await walk.press("4")
    line = walk.main.query_one(Timeline)
    last = len(line.months) - 1

    def picked(head: int, tail: int) -> Callable[[], bool]:
        return lambda: (line.head, line.tail) == (head, tail)

    await walk.key("left", picked(last - 1, last - 1))
    await walk.key("h", picked(last - 2, last - 2))
    await walk.key("right", picked(last - 1, last - 1))
    await walk.key("l", picked(last, last))
    await walk.key("shift+left", picked(last - 1, last))
    await walk.key("H", picked(last - 2, last))
    await walk.key("shift+right", picked(last - 1, last))
    await walk.key("L", picked(last, last))
    await walk.key("home", picked(0, 0))
    await walk.key("end", picked(last, last))
    await walk.key("g", picked(0, 0))
    await walk.key("G", picked(last, last))
    await walk.key("enter", lambda: walk.main.view.filter.since == line.months[last][0])
    for key in ("backspace", "delete"):
        await walk.key(key, lambda: walk.main.view.filter.since is None)
        await walk.press("enter")


@walks(ChipButton, filter=Filter(act=("urge", "accuse", "warn", "deny", "promise")))
async def chip_keys(walk: Walk) -> None:
    def chip() -> str:
        return walk.screen.focused.chip.value if isinstance(walk.screen.focused, ChipButton) else ""

    await walk.press("x")
    await walk.key("left", lambda: chip() == "deny")
    await walk.key("h", lambda: chip() == "warn")
    await walk.key("right", lambda: chip() == "deny")
    await walk.key("l", lambda: chip() == "promise")
    for key, left in (("enter", 4), ("delete", 3), ("backspace", 2), ("x", 1)):
        await walk.key(key, lambda left=left: len(walk.main.view.filter.act) == left)


@walks(Field)
async def field_keys(walk: Walk) -> None:
    await walk.press("slash", *"flag")
    await walk.key("escape", lambda: walk.main.query_one("#search").value == "")
    await walk.key("down", lambda: walk.main.quotations.has_focus)


# the other screens


@walks(ReviewScreen, size=(80, 24))
async def review_keys(walk: Walk) -> None:
    await walk.press("R")
    for key, place in (("space", 1), ("right", 2), ("l", 3), ("left", 2), ("h", 1)):
        await walk.key(key, lambda place=place: walk.screen.queue.cursor == place)
    await walk.key("tab", lambda: walk.screen.context.view.has_focus)
    await walk.key("question_mark", walk.shows(HelpScreen))
    await walk.press("escape")
    for key in ("escape", "q"):
        await walk.key(key, walk.shows(MainScreen))
        await walk.press("R")


@walks(ReviewScreen, Correcting)
async def review_correcting_keys(walk: Walk) -> None:
    await walk.press("R")
    ids = walk.screen.queue.ids
    second = ids[1]
    await deciding(walk, [ids[0]])
    while walk.screen.queue.ids[walk.screen.queue.cursor] != second:
        await walk.press("left" if walk.screen.queue.cursor > 1 else "right")
    await walk.key("r", lambda: walk.status(second) == "rejected")


@walks(ReviewQueue, VirtualList, size=(80, 24))
async def review_queue_keys(walk: Walk) -> None:
    await walk.press("R")
    await list_keys(walk, lambda: walk.screen.queue, marks=False)
    await walk.key("space", lambda: walk.screen.queue.cursor == 1)
    assert walk.screen.queue.marks == {}
    await walk.key("enter", lambda: walk.screen.context.view.has_focus)


@walks(CompareScreen)
async def compare_keys(walk: Walk) -> None:
    async def compare() -> None:
        await walk.press("down", "space", "space", "5")
        await walk.browser.until(lambda: walk.screen._list(0).row_count and walk.screen._list(1).row_count)

    def at(side: int) -> Callable[[], bool]:
        return lambda: walk.screen._list(side).has_focus

    await compare()
    for key, side in (("tab", 1), ("right", 0), ("l", 1), ("shift+tab", 0), ("left", 1), ("h", 0)):
        await walk.key(key, at(side))
    await walk.key("v", lambda: walk.screen._list(0).row_height == 4)
    await walk.key("slash", lambda: walk.screen.query_one("#compare-words").has_focus)
    await walk.press("escape")
    await walk.key("question_mark", walk.shows(HelpScreen))
    await walk.press("escape")
    await walk.key("escape", walk.shows(MainScreen))
    await walk.press("5")
    await walk.key("q", walk.shows(MainScreen))


@walks(CompareScreen, Taking)
async def compare_taking_keys(walk: Walk) -> None:
    await walk.press("down", "space", "space", "5")
    await walk.browser.until(lambda: walk.screen._list(0).row_count)
    await walk.key("y", lambda: "Elif Karadağ" in walk.browser.app.clipboard)
    await walk.key("e", walk.shows(ExportScreen))


@walks(HelpScreen, size=(80, 24))
async def help_keys(walk: Walk) -> None:
    await walk.press("question_mark")

    def place() -> float:
        return float(walk.screen.query_one("#help-body").scroll_offset.y)

    for key, line in (("down", 3), ("j", 6), ("up", 3), ("k", 0)):
        await walk.key(key, lambda line=line: place() == line)
    for key in ("pagedown", "ctrl+d", "space"):
        await walk.key(key, lambda: place() > 6)
        await walk.press("home")
    walk.left.remove("home")
    await walk.key("end", lambda: place() > 40)
    await walk.key("g", lambda: place() == 0)
    await walk.key("G", lambda: place() > 40)
    end = place()
    for key in ("pageup", "ctrl+u"):
        await walk.key(key, lambda: 0 < place() < end - 6)
        await walk.press("end")
    for key in ("escape", "question_mark", "q", "enter"):
        await walk.key(key, walk.shows(MainScreen))
        await walk.press("question_mark")


def highlighted(walk: Walk) -> int | None:
    return walk.screen.query_one(OptionList).highlighted


@walks(AboutSpeaker)
async def about_keys(walk: Walk) -> None:
    await walk.press("s", *"orl", "enter", "end", "m", *"petro", "enter")  # so that one speaker has two names
    await walk.browser.until(lambda: "Merged" in walk.browser.told())
    await walk.press("S", *"petro", "enter", "i")
    await walk.browser.until(lambda: walk.screen.query_one(OptionList).option_count)
    await walk.key("j", lambda: highlighted(walk) == 1)
    await walk.key("k", lambda: highlighted(walk) == 0)
    for key in ("escape", "i", "q"):
        await walk.key(key, walk.shows(MainScreen))
        await walk.press("i")
    await walk.browser.until(lambda: highlighted(walk) is not None)
    await walk.key("d", walk.shows(TextPrompt))


@walks(BookmarksScreen)
async def bookmarks_keys(walk: Walk) -> None:
    for _ in range(3):
        await walk.press("B", "enter")
    await walk.press("b")
    await walk.key("j", lambda: highlighted(walk) == 1)
    await walk.key("k", lambda: highlighted(walk) == 0)
    for key, left in (("d", 2), ("delete", 1)):
        await walk.key(key, lambda left=left: walk.screen.query_one(OptionList).option_count == left)
    for key in ("escape", "b", "q"):
        await walk.key(key, walk.shows(MainScreen))
        await walk.press("b")


@walks(RepeatsScreen, filter=Filter(words="flag"))
async def repeats_keys(walk: Walk) -> None:
    await walk.press("tab", "t")
    await walk.key("j", lambda: highlighted(walk) == 1)
    await walk.key("k", lambda: highlighted(walk) == 0)
    for key in ("escape", "t", "q"):
        await walk.key(key, walk.shows(MainScreen))
        await walk.press("t")


@walks(SpeakerPicker)
async def picker_keys(walk: Walk) -> None:
    await walk.press("tab", "a")
    await walk.browser.until(lambda: highlighted(walk) == 0)
    for key, place in (("down", 1), ("up", 0)):
        await walk.key(key, lambda place=place: highlighted(walk) == place)
    await walk.key("escape", walk.shows(MainScreen))


@walks(Choose)
async def choose_keys(walk: Walk) -> None:
    await walk.press("O")
    await walk.key("j", lambda: highlighted(walk) == 1)
    await walk.key("k", lambda: highlighted(walk) == 0)
    await walk.key("escape", walk.shows(MainScreen))


@walks(TextPrompt)
async def prompt_keys(walk: Walk) -> None:
    await walk.press("B")
    await walk.key("escape", walk.shows(MainScreen))
    assert walk.browser.app.settings.bookmarks == []


@walks(FiltersScreen)
async def filters_keys(walk: Walk) -> None:
    def chosen() -> list[str]:
        return walk.screen.query_one("#form", SelectionList).selected

    await walk.press("f")
    await walk.browser.until(lambda: walk.browser.sees("direct  8"))
    await walk.press("down", "space")
    await walk.key("ctrl+s", lambda: walk.main.view.filter.form == ("indirect",))
    await walk.press("f")
    await walk.key("ctrl+r", lambda: chosen() == [])
    await walk.key("f10", lambda: walk.main.view.filter == Filter())
    await walk.press("f", "space")
    await walk.key("escape", walk.shows(MainScreen))
    assert walk.main.view.filter == Filter()


@walks(ExportScreen)
async def export_keys(walk: Walk) -> None:
    await walk.press("e")
    await walk.key("escape", walk.shows(MainScreen))
    await walk.press("e")
    file = walk.database.parent / "taken.csv"
    walk.screen.query_one("#path", Input).value = str(file)
    await walk.key("ctrl+s", file.exists)


@walks(ProblemScreen, missing=True)
async def problem_keys(walk: Walk) -> None:
    tried: list[str] = []
    walk.browser.app.action_open_store = lambda: tried.append("again")
    for number, key in enumerate(("f5", "r", "enter"), 1):
        await walk.key(key, lambda number=number: len(tried) == number)
    left: list[int] = []
    walk.browser.app.exit = left.append
    for number, key in enumerate(("q", "escape"), 1):
        await walk.key(key, lambda number=number: left == [1] * number)
    del walk.browser.app.exit


PAIRS = {f"{shown.__name__}-{owner.__name__}": (shown, owner) for shown, owner in WALKS}


@pytest.mark.parametrize("name", PAIRS)
async def test_every_key_does_what_it_says(browse, database, name):
    walk, options = WALKS[PAIRS[name]]
    options = dict(options)
    path = database.with_name("nothing.db") if options.pop("missing", False) else database
    async with browse(path, options.pop("filter", None), **options) as browser:
        started = Walk(browser, database, PAIRS[name][1])
        await walk(started)
        assert started.left == []


async def test_the_palette_has_every_action_of_the_screen(browse, database):
    async with browse(database) as browser:
        await browser.press("ctrl+p")
        assert isinstance(browser.screen, CommandPalette)
        await browser.until(lambda: browser.screen.query_one(OptionList).option_count > 30)
        shown = browser.screen.query_one(OptionList)
        labels = "\n".join(str(shown.get_option_at_index(index).prompt) for index in range(shown.option_count))
        for node in MainScreen.__mro__:
            if issubclass(node, Screen) and node.__module__.startswith("tui."):
                for binding in bindings_of(node):
                    if not (binding.id or "").endswith(("-pane", "right", "left", "back")):
                        assert (binding.tooltip or binding.description) in labels
        for wanted in ("Theme", "Dark or light", "Quit"):
            assert wanted in labels

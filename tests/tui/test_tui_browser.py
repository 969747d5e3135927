"""Reading: lists, quotations, context, search, order, panes."""

from __future__ import annotations

from collections import Counter

import pytest

from db import Filter, open_store
from tui.widgets.browse_list import ALL
from tui.widgets.chips import Chips
from tui.widgets.fields import Field
from tui.widgets.key_bar import KeyBar
from tui.widgets.timeline import Timeline


async def test_opens_with_speakers_quotations_and_the_first_one_in_context(browse, database):
    async with browse(database) as browser:
        main = browser.main
        assert [main.browse.entry(index).name for index in range(3)] == ["Everybody", "Elif Karadağ", "Petro Orlenko"]
        assert main.browse.top.number == len(main.quotations.ids) == 14
        assert main.context.chosen is not None
        assert main.context.chosen.quotation.id == main.quotations.ids[0]
        assert browser.sees("14 quotations · newest first")


async def test_moving_in_the_list_shows_that_speaker_only(browse, database):
    async with browse(database) as browser:
        await browser.press("down")
        main = browser.main
        assert main.view.labels == ("Elif Karadağ",)
        assert {row.speaker for row in map(main.quotations.row, range(5))} == {"Elif Karadağ"}
        assert main.quotations.row_count == 5
        await browser.press("k")
        assert main.quotations.row_count == 14


async def test_several_speakers_at_once_by_marking(browse, database):
    async with browse(database) as browser:
        await browser.press("down", "space", "space")
        main = browser.main
        assert main.view.labels == ("Elif Karadağ", "Petro Orlenko")
        assert main.quotations.row_count == 7
        await browser.press("escape")
        assert main.browse.marks == {}
        assert main.view.labels == ("Mihály Szőke-Varga",)


async def test_no_speaker_found_is_an_entry_of_its_own(browse, database):
    async with browse(database) as browser:
        await browser.press("end")
        assert browser.main.view.chosen == (None,)
        assert [browser.main.quotations.row(0).source] == ["A senior official"]


async def test_typing_narrows_the_list_without_accents(browse, database):
    async with browse(database) as browser:
        await browser.press("s")
        await browser.type("szoke")
        main = browser.main
        assert main.browse.row_count == 2
        assert main.browse.current.name == "Mihály Szőke-Varga"
        assert main.quotations.row_count == 2
        await browser.press("enter")
        assert main.focused is main.browse
        await browser.press("s", "escape")
        assert main.browse.row_count == 9
        await browser.press("escape")
        assert main.focused is main.browse


@pytest.mark.parametrize(
    ("key", "first", "second"),
    [("1", "Everybody", "Elif Karadağ"), ("2", "All countries", "Türkiye"), ("3", "All articles", "Kyiv answers")],
)
async def test_the_three_lists(browse, database, key, first, second):
    async with browse(database) as browser:
        await browser.press("3" if key != "3" else "1", key)
        main = browser.main
        assert main.browse.entry(0).name == first
        assert main.browse.entry(1).name.startswith(second)


async def test_the_articles_are_those_of_the_quotations_that_pass(browse, database):
    async with browse(database, Filter(publisher=("Kestrel Wire",), form=("direct",))) as browser:
        await browser.press("3")
        await browser.rest()
        main = browser.main
        shown = {main.browse.entry(i).key: main.browse.entry(i).number for i in range(1, main.browse.row_count)}
        with open_store(database) as store:
            rows = store.quotations(main.view.filter, limit=1000).rows
            assert len(shown) < store.totals().articles
        assert shown == Counter(row.article_id for row in rows)


async def test_an_article_shows_its_quotations_in_the_order_of_the_text(browse, database):
    async with browse(database) as browser:
        await browser.press("3")
        while not browser.main.browse.current.name.startswith("Ankara"):
            await browser.press("down")
        main = browser.main
        rows = [main.quotations.row(index) for index in range(main.quotations.row_count)]
        assert len(rows) == 6
        assert [row.start_char for row in rows] == sorted(row.start_char for row in rows)
        await browser.press("1")
        assert main.view.sort == "newest"


async def test_countries_limit_the_quotations(browse, database):
    async with browse(database) as browser:
        await browser.press("2", "down")
        main = browser.main
        assert main.view.chosen == ("TUR",)
        assert main.quotations.row_count == 6


async def test_search_as_you_type_marks_what_it_found(browse, database):
    async with browse(database) as browser:
        await browser.press("slash")
        await browser.type("harb")
        main = browser.main
        assert main.view.filter.words == "harb*"
        assert main.view.sort == "relevance"
        assert main.quotations.row_count == 2
        row = main.quotations.row(0)
        assert "\ue000harbour\ue001" in row.snippet
        hits = [run for run in main.context.view.runs if run.look == "hit"]
        assert {main.context.view.text[run.start : run.end] for run in hits} == {"harbour"}
        await browser.press("enter")
        assert main.focused is main.quotations
        await browser.press("slash", "escape")
        assert main.view.filter.words is None
        assert main.quotations.row_count == 14


async def test_nothing_found_says_how_to_go_on(browse, database):
    async with browse(database) as browser:
        await browser.press("slash")
        await browser.type("zzz")
        assert browser.main.quotations.row_count == 0
        assert browser.sees("Nothing found.")
        await browser.press("escape")
        assert browser.main.quotations.row_count == 14


@pytest.mark.parametrize(
    "words", ['"', "AND", "harbour NOT", "a* OR", "'; DROP TABLE quotation; --", "()", "text:x", "é*"]
)
async def test_no_search_is_an_error(browse, database, words):
    async with browse(database, Filter(words=words)) as browser:
        assert not browser.told()
        assert browser.main.query_one("#search").value == words


async def test_context_explains_who_is_meant_and_marks_the_words(browse, database):
    async with browse(database, Filter(words="flag"), size=(220, 48)) as browser:
        context = browser.main.context
        looks = {run.look: context.view.text[run.start : run.end] for run in context.view.runs}
        assert looks["cue"] == "told reporters"
        assert looks["source"] == "she"
        content = [context.view.text[run.start : run.end] for run in context.view.runs if run.look == "content"]
        assert content == ["A harbour that is closed feeds nobody,", "We shall keep the sea open for every ", "."]
        assert looks["strong"] == "Ankara reopens the grain talks"
        assert "other" in looks
        assert browser.sees("“she” → Elif Karadağ · pronoun: previous speaker · 88% sure")
        assert browser.sees("also in 1 other article (t)")
        assert browser.sees("https://kestrel.example/grain")


async def test_neighbours_in_the_article(browse, database):
    async with browse(database, Filter(words="flag")) as browser:
        await browser.press("tab", "tab")
        context = browser.main.context
        here = context.chosen.quotation.start_char
        await browser.press("n")
        assert context.chosen.quotation.start_char > here
        await browser.press("p", "p")
        assert context.chosen.quotation.act == "announce"
        await browser.press("left_square_bracket")
        assert context.chosen.quotation.act == "announce"


async def test_a_click_in_the_text_chooses_that_quotation(browse, database):
    async with browse(database, Filter(words="flag")) as browser:
        context = browser.main.context
        offset = context.article.text.index("the window would")
        line = context.view.line_of(offset)
        column = offset - context.view._lines[line].start + 2
        await browser.pilot.click("#context-text", offset=(column, line - context.view.scroll_offset.y))
        await browser.rest()
        assert context.chosen.quotation.act == "warn"


async def test_orders_of_both_lists(browse, database):
    async with browse(database) as browser:
        main = browser.main
        await browser.press("o")
        assert [main.browse.entry(index).name for index in (2, 3)] == ["Elif Karadağ", "Haruko Tanabe"]
        await browser.press("tab", "o")
        assert main.view.sort == "oldest"
        days = [main.quotations.row(index).published for index in range(main.quotations.row_count)]
        assert days[0] == "2023-11-05"
        assert days[-1] is None
        await browser.press("o", "o")
        assert main.view.sort == "confidence"
        assert main.quotations.row(0).confidence == pytest.approx(0.35)


async def test_panes_by_tab_arrows_and_letters(browse, database):
    async with browse(database) as browser:
        main = browser.main
        order = []
        for key in ("tab", "tab", "tab", "shift+tab", "h", "l", "left", "right"):
            await browser.press(key)
            order.append(main.pane)
        assert order == [
            "quotations", "context", "browse", "context", "quotations", "context", "quotations", "context",
        ]  # fmt: skip
        await browser.press("escape", "escape")
        assert main.pane == "browse"


async def test_keys_of_a_list(browse, database):
    async with browse(database) as browser:
        quotations = browser.main.quotations
        await browser.press("tab")
        for key, place in (("j", 1), ("down", 2), ("k", 1), ("G", 13), ("g", 0), ("end", 13), ("up", 12), ("home", 0)):
            await browser.press(key)
            assert quotations.cursor == place, key
        await browser.press("pagedown")
        assert quotations.cursor == 13
        await browser.press("ctrl+u")
        assert quotations.cursor == 0
        await browser.press("space", "space", "enter")
        assert len(quotations.marks) == 2
        assert browser.main.pane == "context"


async def test_rows_take_one_two_or_three_lines(browse, database):
    async with browse(database) as browser:
        heights = []
        for _ in range(3):
            await browser.press("v")
            heights.append(browser.main.quotations.row_height)
        assert heights == [1, 2, 3]


async def test_timeline_picks_a_period(browse, database):
    async with browse(database) as browser:
        main = browser.main
        await browser.press("4")
        timeline = main.query_one("#timeline")
        assert timeline.display
        assert [month for month, _ in timeline.months] == [f"2023-{m}" for m in (11, 12)] + [
            f"2024-0{m}" for m in (1, 2, 3, 4)
        ]
        assert dict(timeline.months) == {
            "2023-11": 2,
            "2023-12": 0,
            "2024-01": 0,
            "2024-02": 0,
            "2024-03": 8,
            "2024-04": 3,
        }
        await browser.press("left", "enter")
        assert (main.view.filter.since, main.view.filter.until) == ("2024-03", "2024-03")
        assert main.quotations.row_count == 8
        assert len(timeline.months) == 6
        await browser.press("shift+left", "enter")
        assert (main.view.filter.since, main.view.filter.until) == ("2024-02", "2024-03")
        await browser.press("home", "end", "backspace")
        assert main.view.filter == Filter()
        await browser.press("4")
        assert not timeline.display


async def test_chips_stand_for_filters_and_remove_them(browse, database):
    wanted = Filter(speaker="orlenko", since="2024", act=("accuse", "urge"), min_confidence=0.5)
    async with browse(database, wanted) as browser:
        main = browser.main
        chips = main.query_one(Chips)
        assert [chip.label for chip in chips.chips] == [
            "speaker orlenko", "act accuse", "act urge", "from 2024", "confidence ≥ 50%",
        ]  # fmt: skip
        assert main.quotations.row_count == 2
        await browser.press("x", "left", "left", "enter")
        assert main.view.filter.act == ("accuse",)
        await browser.pilot.click(".chip")
        await browser.rest()
        assert main.view.filter.speaker is None
        await browser.press("F")
        assert main.view.filter == Filter()
        assert not chips.display
        await browser.press("x")
        assert browser.told() == "No filter is set; f sets some."


async def test_zoom_gives_one_pane_the_screen(browse, database):
    async with browse(database) as browser:
        main = browser.main
        await browser.press("tab", "z")
        assert main.quotations.size.width > 150
        assert not main.query_one("#browse-pane").display
        await browser.press("escape")
        assert main.query_one("#browse-pane").display


async def test_mouse_chooses_opens_and_switches(browse, database):
    async with browse(database) as browser:
        main = browser.main
        await browser.pilot.click("#browse", offset=(4, 2))
        await browser.rest()
        assert main.view.labels == ("Elif Karadağ",)
        await browser.pilot.click("#browse", offset=(4, 4), control=True)
        await browser.rest()
        assert main.browse.marked_entries()[0].name == "Petro Orlenko"
        await browser.pilot.click("#by", offset=(14, 0))
        await browser.rest()
        assert main.view.by == "countries"
        await browser.pilot.double_click("#quotations", offset=(8, 2))
        await browser.rest()
        assert main.pane == "context"


async def test_mouse_on_the_months_and_on_the_line_of_keys(browse, database):
    async with browse(database) as browser:
        main = browser.main
        await browser.press("4")
        timeline = main.query_one(Timeline)
        await browser.pilot.click(timeline, offset=(2, 3))
        assert (timeline.head, timeline.tail) == (0, 0)
        await browser.pilot.click(timeline, offset=(2 + timeline.bar_width, 3), shift=True)
        assert (timeline.head, timeline.tail) == (0, 1)
        await browser.pilot.double_click(timeline, offset=(2, 3))
        await browser.rest()
        assert (main.view.filter.since, main.view.filter.until) == ("2023-11", "2023-11")
        bar = main.query_one(KeyBar)
        place = 0
        for key in bar.fitting:
            if key.description == "Search":
                await browser.pilot.click(bar, offset=(place + 1, 0))
            place += key.width
        assert main.query_one("#search").has_focus


async def test_the_first_entry_cannot_be_marked(browse, database):
    async with browse(database) as browser:
        await browser.press("space")
        assert browser.main.browse.marks == {}
        assert browser.main.browse.entry(0).key is ALL


async def test_a_small_screen_shows_whole_titles_and_the_key_to_all_keys(browse, database):
    async with browse(database, size=(80, 24)) as browser:
        await browser.press("tab", "tab")
        assert browser.main.pane == "context"
        assert browser.sees("In context")
        assert browser.sees("? Keys")
        assert browser.sees("^p All")
        await browser.press("shift+tab")
        assert browser.sees("14 quotations · newest first")


async def test_letters_typed_during_a_search_stay(browse, database):
    async with browse(database) as browser:
        main = browser.main
        search = main.query_one("#search", Field)
        await browser.press("slash")
        search.value = "delayed"  # its end typed after the search for "dela" has begun, before the screen caught up
        main.view = main.view.searching("dela*")
        await browser.rest()
        assert search.value == "delayed"
        assert main.view.filter.words == "delayed*"
        await browser.press("enter", "F")
        assert search.value == ""

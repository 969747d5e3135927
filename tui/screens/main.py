"""The main screen: whom to read on the left, their quotations in the middle, the chosen one in its article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from db import Filter, QuotationRow
from db.records import QuotationSort
from tui.drawing import clean, shorten
from tui.hits import as_you_type
from tui.screens.correcting import Correcting
from tui.screens.help import HelpScreen, Section
from tui.screens.loading import Loading
from tui.screens.opening import Opening
from tui.screens.panes import Panes
from tui.screens.taking import Taking, file_name
from tui.view import BYS, SORT_LABELS, By, View
from tui.widgets.browse_list import ALL, BrowseList, Entry
from tui.widgets.by_switch import BySwitch
from tui.widgets.chips import ChipButton, Chips
from tui.widgets.context import ContextPane
from tui.widgets.fields import Field
from tui.widgets.key_bar import KeyBar
from tui.widgets.quotation_list import QuotationList
from tui.widgets.text_view import TextView
from tui.widgets.timeline import Timeline
from tui.widgets.virtual_list import VirtualList

_TITLE = 200  # characters of a pane's title at most; the border cuts it to its width
# Seconds until a query starts: a key held down must not start one for each row, a word typed not one for each letter.
_CHOOSE_AFTER, _READ_AFTER, _SEARCH_AFTER = 0.05, 0.02, 0.1

INTRO = """Choose a speaker on the left, read what they said in the middle, and see it in its article on the right. \
Content, reporting words and source have colours of their own; the other quotations of the article are underlined."""


class MainScreen(Opening):
    """Holds the view and keeps the panes in step with it; loading, correcting and taking away are its base classes."""

    CSS_PATH = "../styles/main.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "by('speakers')", "Speakers", show=False, id="main.speakers", tooltip="List the speakers"),
        Binding("2", "by('countries')", "Countries", show=False, id="main.countries", tooltip="List the countries"),
        Binding("3", "by('articles')", "Articles", show=False, id="main.articles", tooltip="List the articles"),
        Binding("4", "timeline", "Timeline", show=False, id="main.timeline", tooltip="Show or hide the months"),
        Binding(
            "5",
            "compare",
            "Compare",
            show=False,
            id="main.compare",
            tooltip="Two speakers side by side, on the same words",
        ),
        Binding(
            "6,R", "review", "Review", show=False, id="main.review", tooltip="Review what is least sure, by single keys"
        ),
        Binding(
            "t",
            "repeats",
            "Repeats",
            show=False,
            id="main.repeats",
            tooltip="Where else this quotation stands, and how it differs",
        ),
        Binding("v", "density", "Lines", show=False, id="main.density", tooltip="One, two or three lines a quotation"),
        Binding("b", "bookmarks", "Bookmarks", show=False, id="main.bookmarks", tooltip="Open or delete a bookmark"),
        Binding("B", "bookmark", "Bookmark", show=False, id="main.bookmark", tooltip="Bookmark what is shown now"),
        Binding(
            "x",
            "chips",
            "To the filters",
            show=False,
            id="main.chips",
            tooltip="Go to the active filters, to remove one",
        ),
        Binding("question_mark", "help", "Keys", id="main.help", tooltip="All keys of this screen"),
        Binding("q", "app.quit", "Quit", show=False, id="main.quit"),
    ]

    def __init__(self, view: View) -> None:
        super().__init__()
        self.set_reactive(MainScreen.view, view)
        self._waiting: dict[str, Timer] = {}
        self._titles: dict[Widget, tuple[str, str]] = {}
        self._unread = False  # the article of the quotation under the cursor is still to be read

    def compose(self) -> ComposeResult:
        with Horizontal(id="bar"):
            yield Static(Content(f" ❝ {shorten(clean(self.browser.stores.path.name), 24)}"), id="brand")
            yield Field(
                self.view.filter.words or "", placeholder="/ search everything that was said", id="search", compact=True
            )
            yield Static(id="totals")
        yield Chips(id="chips")
        with Horizontal(id="panes"):
            with Vertical(id="browse-pane", classes="pane"):
                yield BySwitch(id="by")
                yield Field(placeholder="s narrow the list", id="narrow", compact=True)
                yield BrowseList(id="browse")
            with Vertical(id="right"):
                with Vertical(id="quotations-pane", classes="pane"):
                    yield Timeline(id="timeline")
                    yield QuotationList(id="quotations")
                yield ContextPane(id="context")
        yield Static(id="notice")
        yield KeyBar()

    async def on_mount(self) -> None:
        settings = self.browser.settings
        self.query_one(Timeline).display = settings.timeline
        self.query_one("#notice").display = False
        self.query_one("#context").add_class("pane")
        self.browse.focus()
        self.show_panes()
        await self._show_view(None)
        self.watch_store()

    # the view and what follows from it

    async def watch_view(self, before: View, now: View) -> None:
        self.browser.settings.by, self.browser.settings.sort = now.by, now.sort
        await self._show_view(before)

    async def _show_view(self, before: View | None) -> None:
        """Loads what another view needs; ``before`` is what the panes show now."""
        now = self.view
        self.query_one(BySwitch).by = now.by
        await self.query_one(Chips).show(now.chips())
        search = self.query_one("#search", Field)
        # not while somebody types there: the view is behind the letters then
        if not search.has_focus and (as_you_type(search.value) or None) != now.filter.words:
            with self.prevent(Field.Changed):
                search.value = now.filter.words or ""
        if before is None or before.filter != now.filter or before.by != now.by:
            self.load_browse(now)
        if before is None or before.quotations() != now.quotations() or before.sort != now.sort:
            self.load_quotations(now)
            self.load_timeline(now)
        self.describe()

    def describe(self) -> None:
        """The titles of the panes."""
        browse, middle = self.query_one("#browse-pane"), self.query_one("#quotations-pane")
        entry, marks = self.browse.current, len(self.quotations.marks)
        detail = entry.detail if entry is not self.browse.top else ""
        found = (f"{marks} marked · " if marks else "") + f"{self.found_text()} · {SORT_LABELS[self.view.sort]}"
        titles = (
            (browse, self.browse.top.detail or self.view.by.capitalize(), detail),
            (middle, self.view.heading, found),
            (self.context, "In context", ""),
        )
        for pane, title, subtitle in titles:
            title, subtitle = shorten(clean(title), _TITLE), shorten(clean(subtitle), _TITLE)
            if self._titles.get(pane) != (title, subtitle):
                self._titles[pane] = (title, subtitle)
                pane.border_title, pane.border_subtitle = Content(title), Content(subtitle)

    def later(self, name: str, seconds: float, action: Callable[[], None]) -> None:
        """Runs ``action`` when nothing of the same name came for that long."""

        def due() -> None:
            # A stopped timer's call may be under way already: then the newer one's counts.
            if self._waiting.get(name) is timer:
                del self._waiting[name]
                action()

        if name in self._waiting:
            self._waiting[name].stop()
        timer = self._waiting[name] = self.set_timer(seconds, due)

    @property
    def at_rest(self) -> bool:
        """Whether nothing is due that was put off."""
        return not self._waiting

    # the list on the left

    @on(VirtualList.Moved, "#browse")
    def browse_moved(self) -> None:
        self.describe()
        self.later("choose", _CHOOSE_AFTER, self.choose)

    @on(VirtualList.Marked, "#browse")
    def browse_marked(self) -> None:
        self.later("choose", _CHOOSE_AFTER, self.choose)

    def choose(self) -> None:
        """Makes the marked entries, or else the one under the cursor, what the quotations are of."""
        names = {entry.key: entry.name for entry in self.browse.marked_entries()}
        if not names and self.browse.current.key is not ALL:
            names = {self.browse.current.key: self.browse.current.name}
        if tuple(names) != self.view.chosen:
            self.quotations.clear_marks()
            sort = self.view.sort
            if self.view.by == "articles":
                sort = "position" if names else "newest"
            self.view = replace(self.view, chosen=tuple(names), labels=tuple(names.values()), sort=sort)

    @on(VirtualList.Chosen, "#browse")
    def browse_chosen(self) -> None:
        self.choose()
        self.go("quotations")

    @on(Field.Changed, "#narrow")
    def narrow_changed(self, event: Field.Changed) -> None:
        self.browse.narrow(event.value)
        self.describe()

    @on(Field.Left, "#narrow")
    def narrow_left(self) -> None:
        self.go("browse")

    def action_narrow(self) -> None:
        self.go("browse")
        self.query_one("#narrow").focus()

    @on(BySwitch.Switched)
    def by_clicked(self, event: BySwitch.Switched) -> None:
        self.action_by(event.by)

    def action_by(self, by: str) -> None:
        if by != self.view.by and by in BYS:
            self.browse.clear_marks()
            with self.prevent(Field.Changed):
                self.query_one("#narrow", Field).value = ""
            self.browse.typed = ""
            sort = "newest" if self.view.sort == "position" else self.view.sort
            self.view = replace(self.view, by=cast(By, by), chosen=(), labels=(), sort=sort)
        self.go("browse")

    # the quotations

    @on(VirtualList.Moved, "#quotations")
    def quotation_moved(self) -> None:
        self.later("read", _READ_AFTER, self.read_current)

    @on(VirtualList.Marked, "#quotations")
    def quotation_marked(self) -> None:
        self.describe()

    @on(QuotationList.Came, "#quotations")
    def rows_came(self) -> None:
        if self._unread:
            self.read_current()

    def read_current(self) -> None:
        """Shows the quotation under the cursor in its article; when its row has come, where that is not there yet."""
        self._unread = bool(self.quotations.row_count) and not self.quotations.has_row(self.quotations.cursor)
        if self._unread:
            return
        row = self.quotations.current
        if row is None:
            self.context.clear("No quotation is chosen." if not self.quotations.row_count else "It has gone meanwhile.")
        else:
            self.load_article(row.article_id, row.id)

    @on(VirtualList.Chosen, "#quotations")
    def quotation_chosen(self) -> None:
        self.go("context")

    @on(ContextPane.Wanted)
    def neighbour_wanted(self, event: ContextPane.Wanted) -> None:
        article = self.context.article
        if article is not None:
            self.show_in_list(event.quotation_id)
            self.load_article(article.article.id, event.quotation_id)

    def show_in_list(self, quotation_id: int) -> None:
        """Puts the list's cursor on a quotation, where it is in the list."""
        if quotation_id in self.quotations.ids:
            self.quotations.move_to(self.quotations.ids.index(quotation_id))

    # search, filters, order

    def action_search(self) -> None:
        self.query_one("#search").focus()

    @on(Field.Changed, "#search")
    def search_changed(self) -> None:
        self.later("search", _SEARCH_AFTER, self.search_now)

    def search_now(self) -> None:
        self.view = self.view.searching(as_you_type(self.query_one("#search", Field).value))

    @on(Field.Left, "#search")
    def search_left(self) -> None:
        self.search_now()
        self.go("quotations")

    def action_clear_filters(self) -> None:
        self.view = self.view.without_filters()

    @on(Chips.Removed)
    async def chip_removed(self, event: Chips.Removed) -> None:
        self.view = self.view.without(event.chip)
        await self.query_one(Chips).show(self.view.chips())
        chips = self.query(ChipButton)
        if chips:
            chips.last().focus()
        else:
            self.go("quotations")

    def action_chips(self) -> None:
        chips = self.query(ChipButton)
        if chips:
            chips.last().focus()
        else:
            self.notify("No filter is set; f sets some.")

    def action_sort(self) -> None:
        if self.pane == "browse":
            self.next_browse_order()
            return
        sorts = self.view.sorts()
        place = sorts.index(self.view.sort) if self.view.sort in sorts else -1
        self.view = replace(self.view, sort=sorts[(place + 1) % len(sorts)])
        self.describe()

    def set_filter(self, wanted: Filter | None) -> None:
        """Takes another filter (None: leaves the one there is)."""
        if wanted is not None:
            self.view = replace(self.view, filter=wanted)

    @on(Timeline.Picked)
    def period_picked(self, event: Timeline.Picked) -> None:
        self.view = replace(self.view, filter=replace(self.view.filter, since=event.since, until=event.until))

    def action_help(self) -> None:
        sections = [
            Section("Finding", Loading),
            Section("Looking around", MainScreen), Section("Going on", Opening), Section("From pane to pane", Panes),
            Section("Correcting", Correcting), Section("Taking away", Taking),
            Section("In a list", VirtualList), Section("In the article", ContextPane), Section("In the text", TextView),
            Section("On the timeline", Timeline), Section("In a field", Field), Section("On a filter", ChipButton),
        ]  # fmt: skip
        self.app.push_screen(HelpScreen("Reading the record", INTRO, sections))

    # what correcting and taking away are about

    def acted_on(self) -> Sequence[int]:
        if self.pane == "context" and self.context.chosen is not None and not self.quotations.marks:
            return [self.context.chosen.quotation.id]
        return self.quotations.acted_on()

    def current_row(self) -> QuotationRow | None:
        if self.pane == "context" and self.context.chosen is not None:
            return self.context.chosen.quotation
        return self.quotations.current

    def speakers_acted_on(self) -> Sequence[Entry]:
        if self.view.by == "speakers" and (self.browse.marks or self.pane == "browse"):
            return self.browse.marked_entries() or [self.browse.current]
        row = self.current_row()
        if row is None or row.speaker_id is None or row.speaker is None:
            return ()
        return (Entry(row.speaker_id, row.speaker, row.role or "", row.country or ""),)

    def corrected(self, ids: Sequence[int], *, speakers: bool) -> None:
        self.wrote()
        if speakers:
            self.browse.clear_marks()
        self.quotations.clear_marks()
        self.reload()

    def export_filter(self) -> tuple[Filter, QuotationSort]:
        return self.view.quotations(), self.view.sort

    def export_name(self) -> str:
        return file_name(" ".join([self.view.heading, self.view.filter.words or ""]))

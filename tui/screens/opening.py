"""The dialogs and further screens that the main screen opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, cast

from textual import work
from textual.binding import Binding, BindingType

from db import Filter, QuotationRow, StoreError
from db.records import QuotationSort
from tui import queries
from tui.command import command_of
from tui.screens.about import AboutSpeaker
from tui.screens.bookmarks import BookmarksScreen
from tui.screens.compare import CompareScreen
from tui.screens.correcting import Correcting
from tui.screens.filters import FiltersScreen
from tui.screens.panes import Panes
from tui.screens.picker import SpeakerPicker
from tui.screens.prompts import Choose, TextPrompt
from tui.screens.repeats import RepeatsScreen
from tui.screens.review import ReviewScreen
from tui.screens.taking import Taking
from tui.settings import Bookmark
from tui.view import SORT_LABELS, View
from tui.widgets.browse_list import Entry


class Opening(Taking, Correcting, Panes):
    """Actions that open something and take its answer over into the view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("S", "speaker", "Go to", show=False, id="open.speaker", tooltip="Go to a speaker by name"),
        Binding(
            "i", "about", "About", show=False, id="open.about", tooltip="Roles and names of the speaker; split one off"
        ),
        Binding(
            "O", "choose_order", "Orders", show=False, id="open.order", tooltip="Choose the order from all there are"
        ),
        Binding(
            "Y",
            "copy_command",
            "Command",
            show=False,
            id="open.command",
            tooltip="Copy the command that shows this again",
        ),
    ]

    @property
    def database(self) -> str:
        """Which database bookmarks belong to, from wherever it was named."""
        return str(self.browser.path.absolute())

    def show_in_list(self, quotation_id: int) -> None:
        """Puts the cursor of the list on a quotation, where it is in the list."""
        raise NotImplementedError

    @work
    async def action_filters(self) -> None:
        wanted: Filter | None = await self.app.push_screen_wait(FiltersScreen(self.browser.stores, self.view.filter))
        if wanted is not None:
            self.view = replace(self.view, filter=wanted)

    @work
    async def action_repeats(self) -> None:
        row = self.current_row()
        if row is None:
            return
        try:
            group = await self.browser.stores.ask("repeats", lambda store: store.repeats(row.id))
        except StoreError as error:
            self.tell(str(error), error=True)
            return
        if group is None or len(group.versions) < 2:
            self.tell("These words stand nowhere else.")
            return
        chosen: QuotationRow | None = await self.app.push_screen_wait(RepeatsScreen(group, row.id))
        if chosen is not None:
            self.show_in_list(chosen.id)
            self.load_article(chosen.article_id, chosen.id)
            self.go("context")

    @work
    async def action_bookmark(self) -> None:
        words = f" “{self.view.filter.words}”" if self.view.filter.words else ""
        name = await self.app.push_screen_wait(
            TextPrompt("Bookmark", "A name for what is shown now:", self.view.heading + words)
        )
        if name:
            self.browser.settings.bookmarks.append(Bookmark(name, self.view.to_dict(), self.database))
            self.browser.save_settings()
            self.tell(f"Bookmarked as {name}; b opens it")

    @work
    async def action_bookmarks(self) -> None:
        settings, path = self.browser.settings, self.database
        here = [bookmark for bookmark in settings.bookmarks if bookmark.database == path]
        elsewhere = [bookmark for bookmark in settings.bookmarks if bookmark.database != path]
        view: View | None = await self.app.push_screen_wait(BookmarksScreen(here))
        if len(here) + len(elsewhere) != len(settings.bookmarks):
            settings.bookmarks = elsewhere + here
            self.browser.save_settings()
        if view is not None:
            self.browse.clear_marks()
            self.view = view

    @work
    async def action_choose_order(self) -> None:
        """All orders of the list that has the focus, to choose from."""
        in_browse = self.pane == "browse"
        names: Sequence[str] = queries.ORDERS[self.view.by] if in_browse else self.view.sorts()
        labels = [name.replace("-", " ") if in_browse else SORT_LABELS[name] for name in names]
        now = self.browse_order(self.view.by) if in_browse else self.view.sort
        what = self.view.by.capitalize() if in_browse else "Quotations"
        place = await self.app.push_screen_wait(Choose("Order", f"{what}:", labels, [*names, now].index(now)))
        if place is None:
            return
        if in_browse:
            self.set_browse_order(names[place])
        else:
            self.view = replace(self.view, sort=cast(QuotationSort, names[place]))

    @work
    async def action_about(self) -> None:
        """The page of one speaker; a name that is chosen there goes to a speaker of its own."""
        entries = [entry for entry in self.speakers_acted_on() if isinstance(entry.key, int)]
        if not entries:
            self.tell("Put the cursor on a speaker, or on a quotation of one.")
            return
        entry = entries[-1]
        alias = await self.app.push_screen_wait(AboutSpeaker(self.browser.stores, cast(int, entry.key), entry.name))
        if alias is None:
            return
        name = await self.app.push_screen_wait(TextPrompt("Split", f"Whose name is “{alias}”, then?", alias))
        if name:
            self._write(
                f"{alias} is now {name}",
                lambda store: store.split(entry.key, name, aliases=[alias]),  # type: ignore[arg-type]
                (),
                speakers=True,
            )

    @work
    async def action_copy_command(self) -> None:
        words = command_of(self.view, str(self.browser.path))
        await self.take(words, f"Copied: {words}")

    @work
    async def action_speaker(self) -> None:
        """Goes to a speaker by name."""
        picked = await self.app.push_screen_wait(
            SpeakerPicker(self.browser.stores, "Go to speaker", "Whose quotations?", new=False, nobody=False)
        )
        if picked is not None and picked.speaker_id is not None:
            self.show_speaker(picked.speaker_id, picked.name)

    def show_speaker(self, speaker_id: int, name: str) -> None:
        """Shows one speaker's quotations, and puts the list's cursor on them."""
        self.browse.clear_marks()
        self.view = replace(self.view, by="speakers", chosen=(speaker_id,), labels=(name,))
        self.load_browse(self.view, speaker_id)
        self.go("quotations")

    def action_review(self) -> None:
        def back(_: None) -> None:
            self.reload()

        self.app.push_screen(ReviewScreen(self.view.quotations()), back)

    @work
    async def action_compare(self) -> None:
        """Two speakers side by side: the two that are marked, or the current one and another."""
        sides = [entry for entry in self.speakers_acted_on() if isinstance(entry.key, int)][:2]
        while len(sides) < 2:
            picked = await self.app.push_screen_wait(
                SpeakerPicker(
                    self.browser.stores,
                    "Compare",
                    f"{sides[0].name} and" if sides else "Whom, and with whom?",
                    new=False,
                    nobody=False,
                    without=frozenset(entry.key for entry in sides),  # type: ignore[misc]
                )
            )
            if picked is None or picked.speaker_id is None:
                return
            sides.append(Entry(picked.speaker_id, picked.name))
        left, right = ((entry.key, entry.name) for entry in sides)
        chosen = await self.app.push_screen_wait(CompareScreen(self.view.filter, left, right))  # type: ignore[arg-type]
        if chosen is not None:
            self.load_article(chosen.article_id, chosen.id)
            self.go("context")

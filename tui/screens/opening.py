"""The dialogs and further screens that the main screen opens."""

from __future__ import annotations

from dataclasses import replace

from textual import work

from db import Filter, QuotationRow, StoreError
from tui.screens.bookmarks import BookmarksScreen
from tui.screens.compare import CompareScreen
from tui.screens.correcting import Correcting
from tui.screens.filters import FiltersScreen
from tui.screens.panes import Panes
from tui.screens.picker import SpeakerPicker
from tui.screens.prompts import TextPrompt
from tui.screens.repeats import RepeatsScreen
from tui.screens.review import ReviewScreen
from tui.settings import Bookmark
from tui.view import View
from tui.widgets.browse_list import Entry


class Opening(Correcting, Panes):
    """Actions that open something and take its answer over into the view."""

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
            group = self.browser.stores.store.repeats(row.id)
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
            self.browser.settings.bookmarks.append(Bookmark(name, self.view.to_dict(), str(self.browser.stores.path)))
            self.browser.save_settings()
            self.tell(f"Bookmarked as {name}; b opens it")

    @work
    async def action_bookmarks(self) -> None:
        settings, path = self.browser.settings, str(self.browser.stores.path)
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
    async def action_speaker(self) -> None:
        """Goes to a speaker by name (from the command palette)."""
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

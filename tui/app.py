"""The application: it opens the database, remembers the settings, and shows the browser or what is in its way."""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

from textual import events
from textual.app import App, SystemCommand
from textual.screen import Screen

from db import Filter, StoreError
from db.records import QuotationSort
from tui import settings as settings_file
from tui.palette import ActionCommands, SpeakerCommands
from tui.pauses import settle, tidy
from tui.screens.main import MainScreen
from tui.screens.problem import ProblemScreen
from tui.start import Start
from tui.stores import Stores
from tui.themes import DARK, LIGHT, THEMES, fallback_variables
from tui.view import BYS, By, View

_TIDY_SECONDS = 1.5


class QuotesApp(App[int]):
    """The terminal browser of one database.

    ``start`` is what to show first. ``settings_path`` is where theme, layout and bookmarks are remembered; None
    remembers nothing. ``copied_path`` is where copied text lies when only the terminal's clipboard took it.
    """

    TITLE = "quotes"
    CSS_PATH = "styles/app.tcss"
    COMMANDS = App.COMMANDS | {ActionCommands, SpeakerCommands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-roomy")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high"), (46, "-tall")]  # noqa: RUF012

    stores: Stores

    def __init__(
        self,
        path: Path,
        filter: Filter | None = None,
        *,
        start: Start = Start(),  # noqa: B008 - frozen
        settings_path: Path | None = None,
        copied_path: Path | None = None,
    ) -> None:
        super().__init__()
        self.path = path
        self.settings_path = settings_path
        self.settings = settings_file.load(settings_path) if settings_path else settings_file.Settings()
        self.copied_path = copied_path
        self._filter, self._start = filter or Filter(), start
        # All corrections are written in one thread, so in the order of the keys, and never in the app's own.
        self.writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="quotes-writer")
        self.done: list[list[int]] = []
        self.undone: list[list[int]] = []
        self._opened = False
        self._last_input = 0.0
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme if self.settings.theme in self.available_themes else DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return fallback_variables(self.current_theme)

    async def on_mount(self) -> None:
        await self._open_store()
        settle()
        self.set_interval(_TIDY_SECONDS, self._tidy)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent):
            self._last_input = time.monotonic()
        await super().on_event(event)

    def _tidy(self) -> None:
        """Once after each time that somebody did something, when they have stopped."""
        busy = any(not worker.is_finished and worker.group != "default" for worker in self.workers)
        if self._last_input and not busy and time.monotonic() - self._last_input > _TIDY_SECONDS:
            self._last_input = 0.0
            tidy()

    def action_open_store(self) -> None:
        """Tries to open the database again, from the page that says why it could not be opened."""
        # Later, by the app itself: the page, which is to go, must not wait for its own end.
        self.call_later(self._open_store)

    async def _open_store(self) -> None:
        if self._opened:
            return
        try:
            stores = Stores(self.path)
            filled = stores.store.totals().articles > 0
        except StoreError as error:
            await self._show(ProblemScreen(error, str(self.path)))
            return
        if not filled:
            stores.close()
            if not (isinstance(self.screen, ProblemScreen) and self.screen.error is None):
                await self._show(ProblemScreen(None, str(self.path)))
            return
        self.stores, self._opened = stores, True
        main = MainScreen(self._first_view())
        await self._show(main)
        if self._start.review:
            main.action_review()
        elif self._start.timeline:
            main.show_timeline()

    def _first_view(self) -> View:
        """What was asked for, and what is remembered where nothing was."""
        if self._start.view is not None:
            return self._start.view
        by = self._start.by or (self.settings.by if self.settings.by in BYS else "speakers")
        remembered = self.settings.sort if self.settings.sort in ("newest", "oldest") else "newest"
        sort = self._start.sort or ("relevance" if self._filter.words else remembered)
        return View(by=cast(By, by), filter=self._filter, sort=cast(QuotationSort, sort))

    async def _show(self, screen: Screen[object]) -> None:
        if len(self.screen_stack) > 1:
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        # Textual's own list has a second page of keys and a second way to zoom beside ours.
        yield SystemCommand("Theme", "Choose from all themes", self.action_change_theme)
        yield SystemCommand("Dark or light", "Switch between ink on paper and paper on ink", self.action_dark_or_light)
        yield SystemCommand(
            "Screenshot", "Save the screen as SVG", lambda: self.set_timer(0.1, self.deliver_screenshot)
        )
        yield SystemCommand("Quit", "Leave; layout and theme are remembered", self.action_quit)

    def action_dark_or_light(self) -> None:
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def action_leave(self) -> None:
        """Ends without having shown the browser."""
        self.exit(1)

    async def action_quit(self) -> None:
        self.exit(0)

    def save_settings(self) -> None:
        """Writes the settings; that they could not be written is told, and no more."""
        if self.settings_path is None:
            return
        try:
            settings_file.save(self.settings, self.settings_path)
        except OSError as error:
            self.notify(f"Settings not saved: {error.strerror}", severity="warning", markup=False)

    async def on_unmount(self) -> None:
        self.settings.theme = self.theme
        if self._opened:
            self.save_settings()
            self.workers.cancel_all()
            self.writer.shutdown(wait=True)
            await self.workers.wait_for_complete()
            self.stores.close()

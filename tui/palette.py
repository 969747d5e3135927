"""The command palette: every action that can be taken here, and every speaker by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from db import Store, StoreError
from tui.drawing import clean
from tui.screens.base import BrowserScreen
from tui.screens.help import bindings_of, key_label

_SPEAKERS_SHOWN = 10


class ActionCommands(Provider):
    """The bindings of the screen, by what they do."""

    def _bindings(self) -> Iterator[Binding]:
        for node in type(self.screen).__mro__:
            if isinstance(node, type) and issubclass(node, BrowserScreen):
                for binding in bindings_of(node):
                    if (
                        binding.description
                        and binding.id
                        and not binding.id.endswith(("-pane", "right", "left", "back"))
                    ):
                        yield binding

    def _text(self, binding: Binding) -> str:
        return binding.tooltip or binding.description

    async def discover(self) -> Hits:
        for binding in self._bindings():
            yield DiscoveryHit(
                self._text(binding),
                partial(self.screen.run_action, binding.action),
                help=f"key {key_label(binding.key)}",
            )

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for binding in self._bindings():
            text = self._text(binding)
            score = matcher.match(text)
            if score > 0:
                run = partial(self.screen.run_action, binding.action)
                yield Hit(score, matcher.highlight(text), run, help=f"key {key_label(binding.key)}")


class SpeakerCommands(Provider):
    """ "Go to" a speaker whose name or alias starts like what was typed."""

    async def search(self, query: str) -> Hits:
        from tui.screens.main import MainScreen

        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        try:
            find = partial(Store.speakers, prefix=query, limit=_SPEAKERS_SHOWN, count_to=0)
            rows = (await screen.browser.stores.ask("palette", find)).rows
        except StoreError:
            return  # the palette's other commands stay of use
        for row in rows:
            name = f"Go to {clean(row.name)}"
            facts = ", ".join(part for part in (row.role, row.country, f"{row.quotations:,} quotations") if part)
            yield Hit(
                0.9,
                Content(name),
                partial(screen.show_speaker, row.id, row.name),
                text=name,
                help=clean(facts).replace("[", "("),
            )

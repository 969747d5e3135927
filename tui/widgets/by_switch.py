"""Which list stands on the left: speakers, countries or articles."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

_NAMES = (("speakers", "1", "Speakers"), ("countries", "2", "Countries"), ("articles", "3", "Articles"))
_ROOMY = 36  # cells from which on the keys fit in


class BySwitch(Static):
    """Three words, the current one marked; a click switches."""

    by: reactive[str] = reactive("speakers")

    class Switched(Message):
        """Another list was clicked."""

        def __init__(self, by: str) -> None:
            super().__init__()
            self.by = by

    def watch_by(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _labels(self) -> list[tuple[str, str]]:
        """Name and label of each list; the keys stand before the labels where there is room."""
        roomy = self.size.width >= _ROOMY
        return [(name, f"{key} {label}" if roomy else label) for name, key, label in _NAMES]

    def _draw(self) -> None:
        parts: list[tuple[str, str]] = []
        for name, label in self._labels():
            parts += [(" ", ""), (label, "bold $accent underline" if name == self.by else "$muted")]
        self.update(Content.assemble(*parts))

    def on_click(self, event: events.Click) -> None:
        place = 0
        for name, label in self._labels():
            place += len(label) + 1
            if event.x < place:
                self.post_message(self.Switched(name))
                return

"""The line of keys at the foot of a screen.

One widget that draws a line, in place of Textual's Footer of a widget a key: that one is built anew whenever the focus
moves, which takes longer than everything else that a change of pane sets off.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.drawing import strip_of


class Key(NamedTuple):
    """A key as it is drawn, and what pressing it on the bar simulates."""

    label: str
    description: str
    key: str
    stays: bool = False  # also where there is no room for all

    @property
    def width(self) -> int:
        return cell_len(self.label) + cell_len(self.description) + 3


class KeyBar(Widget):
    """Shows the bindings that hold where the focus is; a click presses the key."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key", "keybar--description"}
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self.keys: tuple[Key, ...] = ()

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self._changed(self.screen)

    def _changed(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        shown: dict[str, Key] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.action not in shown:
                label = self.app.get_key_display(binding)
                shown[binding.action] = Key(label, binding.description, binding.key, binding.action == "help")
        palette = screen.active_bindings.get(self.app.COMMAND_PALETTE_BINDING)
        if palette is not None:
            label = self.app.get_key_display(palette.binding)
            shown[palette.binding.action] = Key(label, "All", palette.binding.key, True)
        keys = tuple(shown.values())
        if keys != self.keys:
            self.keys = keys
            self.refresh()

    @property
    def fitting(self) -> tuple[Key, ...]:
        """The keys that there is room for: the last ones are left out, but never those that show all the others."""
        keys = list(self.keys)
        while sum(key.width for key in keys) > self.size.width and not all(key.stays for key in keys):
            keys.remove([key for key in keys if not key.stays][-1])
        return tuple(keys)

    def render_line(self, y: int) -> Strip:
        key_style = self.get_component_rich_style("keybar--key", partial=True)
        description_style = self.get_component_rich_style("keybar--description", partial=True)
        parts = []
        for key in self.fitting:
            parts += [(f" {key.label} ", key_style), (f"{key.description} ", description_style)]
        return strip_of(parts, self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        end = 0
        for key in self.fitting:
            end += key.width
            if event.x < end:
                self.app.simulate_key(key.key)
                return

"""The three panes of the main screen: which of them are shown, and how the keys go from one to another."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.widget import Widget

from tui.screens.watching import Watching
from tui.widgets.timeline import Timeline

PANES = ("browse", "quotations", "context")
# Columns from which on more panes stand side by side.
TWO_PANES, STACKED, THREE_PANES = 64, 104, 150
TALL = 36  # lines from which on a quotation takes three of them


class Panes(Watching):
    """Shows as many panes as there is room for, among them always the one in use."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "pane(1)", "Next pane", show=False, id="main.next-pane", priority=True),
        Binding("shift+tab", "pane(-1)", "Previous pane", show=False, id="main.previous-pane", priority=True),
        Binding("l,right", "pane(1)", "Pane to the right", show=False, id="main.right"),
        Binding("h,left", "pane(-1)", "Pane to the left", show=False, id="main.left"),
        Binding("z", "zoom", "Zoom", show=False, id="main.zoom", tooltip="Give the whole screen to one pane, and back"),
        Binding("escape", "back", "Back", show=False, id="main.back"),
    ]

    pane: reactive[str] = reactive("browse", init=False)
    zoomed: reactive[bool] = reactive(False, init=False)

    def go(self, pane: str) -> None:
        """Brings a pane into sight and gives it the focus."""
        self.pane = pane
        self.show_panes()
        target: Widget = {"browse": self.browse, "quotations": self.quotations}.get(pane, self.context.view)
        target.focus()

    def action_go(self, pane: str) -> None:
        self.go(pane)

    def action_pane(self, step: int) -> None:
        place = PANES.index(self.pane) + step
        self.go(PANES[place % len(PANES)])

    def action_back(self) -> None:
        if self.zoomed:
            self.zoomed = False
        elif self.quotations.marks:
            self.quotations.clear_marks()
        elif self.browse.marks:
            self.browse.clear_marks()
        elif self.pane != "browse":
            self.go(PANES[PANES.index(self.pane) - 1])

    def action_zoom(self) -> None:
        self.zoomed = not self.zoomed

    def watch_zoomed(self) -> None:
        self.show_panes()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        for pane, selector in zip(PANES, ("#browse-pane", "#quotations-pane", "#context"), strict=True):
            if self.query_one(selector) in event.widget.ancestors_with_self and self.pane != pane:
                self.pane = pane
                self.show_panes()

    def on_resize(self) -> None:
        self.show_panes()

    def show_panes(self) -> None:
        """Shows the panes that there is room for, the one in use always."""
        width, height = self.size if self.size.width else self.app.size
        at = self.pane
        alone = self.zoomed or width < TWO_PANES
        stacked = STACKED <= width < THREE_PANES
        both = not alone and width < STACKED  # list and quotations side by side, the context instead of both
        self.set_class(alone, "-alone")
        self.set_class(stacked and not alone, "-stacked")
        self.set_class(both, "-two")
        # where the panes stand one above the other, the list has half the height
        suiting = 3 if height // (2 if stacked else 1) >= TALL else 2
        self.quotations.row_height = self.browser.settings.row_lines or suiting
        shown = {
            "#browse-pane": at == "browse" if alone else not (both and at == "context"),
            "#quotations-pane": at == "quotations" if alone else not (both and at == "context"),
            "#context": at == "context" if alone or both else True,
            "#right": not (alone and at == "browse"),
        }
        for selector, display in shown.items():
            pane = self.query_one(selector)
            if pane.display != display:  # setting it, even to what it is, lays the whole screen out anew
                pane.display = display

    def action_density(self) -> None:
        settings = self.browser.settings
        self.quotations.row_height = settings.row_lines = self.quotations.row_height % 3 + 1

    def action_timeline(self) -> None:
        timeline = self.query_one(Timeline)
        if timeline.display and timeline.has_focus:
            timeline.display = False
            self.go("quotations")
        else:
            self.show_timeline()
            self.go("quotations")
            timeline.focus()
        self.browser.settings.timeline = timeline.display

    def show_timeline(self) -> None:
        """Shows the months above the quotations."""
        self.query_one(Timeline).display = True
        self.load_timeline(self.view)

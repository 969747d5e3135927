"""The keys of a screen, read from the bindings themselves, so that the page is always true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.drawing import wrap


class Section(NamedTuple):
    """A part of the help: where the keys work, and the class that binds them."""

    title: str
    node: type[DOMNode]


_KEYS = {
    "question_mark": "?", "slash": "/", "left_square_bracket": "[", "right_square_bracket": "]", "comma": ",",
    "full_stop": ".", "equals_sign": "=", "left": "←", "right": "→", "up": "↑", "down": "↓", "escape": "esc",
    "pagedown": "pgdn", "pageup": "pgup", "vertical_line": "|", "backspace": "⌫", "delete": "del",
    "less_than_sign": "<", "greater_than_sign": ">",
}  # fmt: skip


def key_label(keys: str) -> str:
    """A binding's keys as people read them: "down,j" becomes "↓ j"."""

    def one(key: str) -> str:
        *modifiers, last = key.strip().split("+")
        return "+".join([*modifiers, _KEYS.get(last, last)])

    return " ".join(one(key) for key in keys.split(","))


def bindings_of(node: type[DOMNode]) -> list[Binding]:
    """The bindings that a class declares itself, in order."""
    return [
        binding if isinstance(binding, Binding) else Binding(*binding) for binding in node.__dict__.get("BINDINGS", ())
    ]


def section_content(section: Section, width: int) -> Content:
    """The table of one section in lines of at most ``width`` cells: keys and what they do."""
    rows = [
        (key_label(binding.key), binding.tooltip or binding.description)
        for binding in bindings_of(section.node)
        if binding.description
    ]
    indent = max((len(keys) for keys, _ in rows), default=0) + 3
    lines: list[Content] = [Content.styled(section.title, "bold $accent")]
    for keys, text in rows:
        for number, line in enumerate(wrap(text, max(20, width - indent))):
            lead = (f" {keys}" if not number else "").ljust(indent)
            lines.append(Content.assemble((lead, "bold"), (text[line.start : line.end], "$foreground 85%")))
    return Content("\n").join([*lines, Content("")])


class HelpScreen(ModalScreen[None]):
    """All keys of the screen it was called from."""

    AUTO_FOCUS = ""  # the text's own keys would be others than ours
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", "Close", id="help.close"),
        Binding("down,j", "scroll(3)", "Down", show=False, id="help.down"),
        Binding("up,k", "scroll(-3)", "Up", show=False, id="help.up"),
        Binding("pagedown,ctrl+d,space", "page(1)", "Page down", show=False, id="help.page-down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False, id="help.page-up"),
        Binding("home,g", "scroll(-1000)", "Top", show=False, id="help.first"),
        Binding("end,G", "scroll(1000)", "End", show=False, id="help.last"),
    ]

    def __init__(self, title: str, intro: str, sections: Iterable[Section]) -> None:
        super().__init__()
        self._heading, self._intro = title, intro
        self._sections: Sequence[Section] = [section for section in sections if bindings_of(section.node)]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide"):
            with VerticalScroll(id="help-body"):
                yield Static(Content(self._intro), classes="intro")
                with Vertical(id="help-sections"):
                    yield Static(classes="help-column")
                    yield Static(classes="help-column")
            yield Static(Content("esc closes · ctrl+p: every action by name"), classes="hint")

    def on_mount(self) -> None:
        self.query_one(".dialog").border_title = self._heading
        self.query_one("#help-body").can_focus = False

    def on_resize(self) -> None:
        # The columns are known only after the layout, and the lines are broken by hand for the sake of the indent.
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        columns = list(self.query(".help-column").results(Static))
        contents = [section_content(section, columns[0].size.width - 2) for section in self._sections]
        total = sum(content.plain.count("\n") + 1 for content in contents)
        split, lines = 0, 0
        while split < len(contents) and lines + contents[split].plain.count("\n") / 2 < total / 2:
            lines += contents[split].plain.count("\n") + 1
            split += 1
        columns[0].update(Content("\n").join(contents[:split]))
        columns[1].update(Content("\n").join(contents[split:]))

    def action_scroll(self, lines: int) -> None:
        self.query_one("#help-body").scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        self.action_scroll(pages * (self.query_one("#help-body").size.height - 2))

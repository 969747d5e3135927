"""Where to write what is shown, and in which format."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, RadioButton, RadioSet, Static
from textual.widgets.option_list import Option

from tui.drawing import clean

FORMATS: tuple[tuple[str, str, str], ...] = (
    ("csv", ".csv", "CSV"),
    ("excel", ".csv", "CSV for Excel"),
    ("json", ".json", "JSON"),
    ("jsonl", ".jsonl", "JSON Lines"),
    ("markdown", ".md", "Markdown"),
)
_MOST_ENTRIES = 500


@dataclass(frozen=True)
class Target:
    """Where to export to. ``overwrite``: the user has seen that the file exists."""

    path: Path
    format: str
    overwrite: bool = False


class ExportScreen(ModalScreen[Target | None]):
    """A file dialog: type a path or walk through the folders; the ending follows the format."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="export.cancel"),
        Binding("ctrl+s", "accept", "Save", id="export.save"),
    ]

    def __init__(self, heading: str, folder: Path, name: str) -> None:
        super().__init__()
        self._heading, self._start, self._name = heading, folder, name
        self._entries: Sequence[Path] = ()
        self._listed: Path | None = None
        self._warned: Path | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            with RadioSet(id="format", compact=True):
                for name, _, label in FORMATS:
                    yield RadioButton(label, value=name == "csv", id=name)
            with Horizontal(classes="filter-line"):
                yield Static(Content("File"), classes="label")
                yield Input(str(self._start / f"{self._name}.csv"), id="path", compact=True)
            yield OptionList(id="folder")
            yield Static(Content(""), id="export-note")
            yield Static(Content("tab next · enter or ctrl+s saves · esc cancels"), classes="hint")

    def on_mount(self) -> None:
        self.query_one(".dialog").border_title = Content(clean(self._heading))
        self.query_one("#path").focus()
        self._show_folder()

    @property
    def _path(self) -> Path:
        return Path(self.query_one("#path", Input).value.strip()).expanduser()

    def _show_folder(self) -> None:
        typed = self._path
        folder = typed if typed.is_dir() else typed.parent
        if folder == self._listed:
            return
        self._listed = folder
        choices = self.query_one(OptionList)
        choices.clear_options()
        try:
            with os.scandir(folder) as found:
                entries = [entry for _, entry in zip(range(_MOST_ENTRIES), found, strict=False)]
        except OSError as error:
            self._entries = ()
            choices.add_option(Option(Content(clean(f"{error.strerror}: {folder}")), disabled=True))
            return
        visible = [entry for entry in entries if not entry.name.startswith(".")]
        folders = sorted(
            (Path(entry.path) for entry in visible if entry.is_dir()), key=lambda path: path.name.casefold()
        )
        files = sorted(
            (Path(entry.path) for entry in visible if entry.is_file()), key=lambda path: path.name.casefold()
        )
        self._entries = (folder.absolute().parent, *folders, *files)
        labels = [Content("../"), *(Content(clean(path.name + "/")) for path in folders)]
        labels += [Content.styled(clean(path.name), "$muted") for path in files]
        choices.add_options([Option(label) for label in labels])

    @on(Input.Changed)
    def path_changed(self) -> None:
        self._warned = None
        self.query_one("#export-note", Static).update(Content(""))
        self._show_folder()

    @on(RadioSet.Changed)
    def format_changed(self, event: RadioSet.Changed) -> None:
        ending = next(ending for name, ending, _ in FORMATS if name == event.pressed.id)
        field = self.query_one("#path", Input)
        path = Path(field.value)
        if path.suffix in {known for _, known, _ in FORMATS}:
            field.value = str(path.with_suffix(ending))

    @on(OptionList.OptionSelected)
    def entry_chosen(self, event: OptionList.OptionSelected) -> None:
        chosen = self._entries[event.option_index]
        field = self.query_one("#path", Input)
        if chosen.is_dir():
            name = self._path.name if not self._path.is_dir() else f"{self._name}.csv"
            field.value = str(chosen / name)
        else:
            field.value = str(chosen)
            field.focus()

    @on(Input.Submitted)
    def action_accept(self) -> None:
        path = self._path
        note = self.query_one("#export-note", Static)
        if path.is_dir() or not path.name:
            note.update(Content.styled("Give the file a name.", "bold $error"))
        elif not path.parent.is_dir():
            note.update(Content.styled(clean(f"There is no folder {path.parent}"), "bold $error"))
        elif path.exists() and self._warned != path:
            self._warned = path
            note.update(Content.styled("This file exists. Enter once more replaces it.", "bold $warning"))
        else:
            pressed = self.query_one(RadioSet).pressed_button
            chosen = pressed.id if pressed is not None and pressed.id else "csv"
            self.dismiss(Target(path, chosen, overwrite=self._warned == path))

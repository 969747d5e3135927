"""Taking quotations away: to the clipboard with their citations, or into a file."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message

from db import Filter, QueryInterrupted, QuotationRow, StoreError
from db.records import QuotationSort
from tui import clipboard, queries
from tui.citation import citation
from tui.names import folded
from tui.screens.base import BrowserScreen
from tui.screens.export import ExportScreen, Target

_MOST_COPIED = 1000


class Exported(Message):
    """An export has ended: how many quotations were written where, or why not."""

    def __init__(self, target: Target, number: int, error: str | None = None) -> None:
        super().__init__()
        self.target, self.number, self.error = target, number, error


class Taking(BrowserScreen):
    """The actions. A screen that has them says which quotations are meant."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "y",
            "copy",
            "Copy",
            show=False,
            id="take.copy",
            tooltip="Copy the quotation (all marked ones) with the citation",
        ),
        Binding(
            "e",
            "export",
            "Export",
            id="take.export",
            tooltip="Write what is listed as CSV, JSON, JSON Lines or Markdown",
        ),
    ]

    def acted_on(self) -> Sequence[int]:
        """The ids of the quotations to copy."""
        raise NotImplementedError

    def export_filter(self) -> tuple[Filter, QuotationSort]:
        """What is to be exported, and in which order."""
        raise NotImplementedError

    @work
    async def action_copy(self) -> None:
        ids = list(self.acted_on())[:_MOST_COPIED]
        if not ids:
            self.app.bell()
            return
        try:
            rows: Sequence[QuotationRow] = await self.browser.stores.ask("copy", lambda store: store.rows(ids))
        except StoreError as error:
            self.tell(str(error), error=True)
            return
        told = "Copied with its citation" if len(rows) == 1 else f"Copied {len(rows)} with their citations"
        await self.take("\n\n".join(map(citation, rows)), told)

    async def take(self, text: str, told: str) -> None:
        """Copies ``text`` in every way there is, and tells it; also where it lies when only the terminal took it."""
        self.app.copy_to_clipboard(text)
        try:
            file = await asyncio.to_thread(clipboard.take, text, self.browser.copied_path)
        except OSError:
            file = None
        self.tell(told if file is None else f"{told}. Should pasting give nothing: it is in {file}")

    @work
    async def action_export(self) -> None:
        wanted, sort = self.export_filter()
        remembered = self.browser.settings.export_folder
        folder = Path(remembered) if remembered and Path(remembered).is_dir() else Path.cwd()
        target = await self.app.push_screen_wait(ExportScreen("Export what is listed", folder, self.export_name()))
        if target is not None:
            self.browser.settings.export_folder = str(target.path.absolute().parent)
            self.tell(f"Writing {target.path} …")
            self._export(wanted, sort, target)

    def export_name(self) -> str:
        """A file name that says what is in the file."""
        return "quotations"

    @work(thread=True, exclusive=True, group="export")
    def _export(self, wanted: Filter, sort: QuotationSort, target: Target) -> None:
        try:
            with self.browser.stores.work("export") as store:
                number = queries.export(store, wanted, sort, target.format, target.path)
        except QueryInterrupted:
            return
        except (StoreError, OSError) as error:
            self.post_message(Exported(target, 0, str(error)))
        else:
            self.post_message(Exported(target, number))

    @on(Exported)
    def exported(self, event: Exported) -> None:
        if event.error is not None:
            self.tell(f"Not exported: {event.error}", error=True)
        else:
            self.tell(f"{event.number:,} quotation{'' if event.number == 1 else 's'} written to {event.target.path}")


def file_name(words: str) -> str:
    """Words as a file name that every system takes: letters, digits and hyphens."""
    return re.sub(r"[^\w]+", "-", folded(words)).strip("-_")[:60] or "quotations"

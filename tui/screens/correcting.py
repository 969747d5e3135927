"""A person's corrections, by keys: of quotations (confirm, reject, reassign) and of speakers (merge, rename)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from db import CorrectionError, QuotationRow, Store, StoreError
from quotes.model import Speaker
from tui.drawing import shorten
from tui.screens.base import BrowserScreen
from tui.screens.picker import Picked, SpeakerPicker
from tui.screens.prompts import Choose, TextPrompt
from tui.widgets.browse_list import Entry


def quoted(row: QuotationRow | None, number: int) -> str:
    """What a correction is about, for messages."""
    if number != 1 or row is None:
        return f"{number} quotations"
    return f"“{shorten(row.text, 40)}”"


class Correcting(BrowserScreen):
    """The actions. A screen that has them says what they are about, and what to do afterwards."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "c",
            "confirm",
            "Confirm",
            id="correct.confirm",
            tooltip="Say that this quotation is right (the marked ones, if any)",
        ),
        Binding("r", "reject", "Reject", id="correct.reject", tooltip="Say that this is no quotation, or a wrong one"),
        Binding(
            "a",
            "reassign",
            "Assign",
            id="correct.reassign",
            tooltip="Give it to another speaker, known or new, or to nobody",
        ),
        Binding("u", "undo", "Undo", show=False, id="correct.undo", tooltip="Undo the last correction"),
        Binding("U,ctrl+r", "redo", "Redo", show=False, id="correct.redo", tooltip="Make the undone correction again"),
        Binding(
            "m",
            "merge",
            "Merge",
            show=False,
            id="correct.merge",
            tooltip="Merge the speaker (or all marked ones) into one",
        ),
        Binding("n", "rename", "Rename", show=False, id="correct.rename", tooltip="Give the speaker another name"),
    ]

    # what a screen that corrects has to say

    def acted_on(self) -> Sequence[int]:
        """The ids of the quotations that a correction is about."""
        raise NotImplementedError

    def current_row(self) -> QuotationRow | None:
        """The quotation under the cursor."""
        raise NotImplementedError

    def speakers_acted_on(self) -> Sequence[Entry]:
        """The speakers that merging and renaming are about."""
        raise NotImplementedError

    def corrected(self, ids: Sequence[int], *, speakers: bool) -> None:
        """Called when corrections were written: to ``ids``, or to speakers (then anything may look different)."""
        raise NotImplementedError

    # quotations

    def action_confirm(self) -> None:
        self._correct_quotations("Confirmed", Store.confirm)

    def action_reject(self) -> None:
        self._correct_quotations("Rejected", Store.reject)

    @work
    async def action_reassign(self) -> None:
        ids, row = list(self.acted_on()), self.current_row()
        if not ids:
            self.app.bell()
            return
        picked = await self.app.push_screen_wait(
            SpeakerPicker(self.browser.stores, "Who said it?", quoted(row, len(ids)), new=True, nobody=True)
        )
        if picked is None:
            return
        who = await self._speaker(picked)
        if who is not False:
            self._correct_quotations(
                f"Given to {picked.name}:",
                lambda store, numbers: store.reassign(numbers, who),
                ids,
                row,
            )

    async def _speaker(self, picked: Picked) -> int | Speaker | bool | None:
        """The picked speaker as the store takes it; False when the user leaves."""
        if picked.new_name is None:
            return picked.speaker_id
        kinds = ("person", "organisation", "country", "group")
        place = await self.app.push_screen_wait(Choose("A new speaker", f"{picked.new_name} is a", kinds))
        if place is None:
            return False
        return Speaker(picked.new_name, picked.new_name, kinds[place])  # type: ignore[arg-type]

    def _correct_quotations(
        self,
        done: str,
        correct: Callable[[Store, list[int]], list[int]],
        ids: Sequence[int] | None = None,
        row: QuotationRow | None = None,
    ) -> None:
        ids = list(self.acted_on() if ids is None else ids)
        row = row or self.current_row()
        if not ids:
            self.app.bell()
            return
        self._write(f"{done} {quoted(row, len(ids))}", lambda store: correct(store, ids), ids, speakers=False)

    # speakers

    @work
    async def action_merge(self) -> None:
        entries = [entry for entry in self.speakers_acted_on() if isinstance(entry.key, int)]
        if not entries:
            self.tell("Put the cursor on a speaker, or mark several with space.")
            return
        if len(entries) == 1:
            into = await self.app.push_screen_wait(
                SpeakerPicker(
                    self.browser.stores,
                    "Merge into",
                    f"Who is {entries[0].name}?",
                    new=False,
                    nobody=False,
                    without=frozenset([entries[0].key]),  # type: ignore[list-item]
                )
            )
            target = None if into is None else Entry(into.speaker_id, into.name)
        else:
            lines = [f"{entry.name}  ({entry.code or 'no country'}, {entry.number:,})" for entry in entries]
            best = max(range(len(entries)), key=lambda place: entries[place].number)
            place = await self.app.push_screen_wait(Choose("Merge speakers", "Which name is to stay?", lines, best))
            target = None if place is None else entries[place]
        if target is None:
            return
        others = [entry.key for entry in entries if entry.key != target.key]
        names = ", ".join(entry.name for entry in entries if entry.key != target.key)
        self._write(
            f"Merged {names} into {target.name}",
            lambda store: store.merge(others, target.key),  # type: ignore[arg-type]
            (),
            speakers=True,
        )

    @work
    async def action_rename(self) -> None:
        entries = [entry for entry in self.speakers_acted_on() if isinstance(entry.key, int)]
        if len(entries) != 1:
            self.tell("Put the cursor on one speaker to rename.")
            return
        entry = entries[0]
        name = await self.app.push_screen_wait(
            TextPrompt("Rename", "The name under which all their quotations stand:", entry.name)
        )
        if name and name != entry.name:
            self._write(
                f"Renamed {entry.name} to {name}",
                lambda store: [store.rename(entry.key, name)],  # type: ignore[arg-type]
                (),
                speakers=True,
            )

    # the history

    def action_undo(self) -> None:
        self._step("Undone", self.browser.done, self.browser.undone, Store.undo)

    def action_redo(self) -> None:
        self._step("Made again", self.browser.undone, self.browser.done, Store.redo)

    def _step(
        self, told: str, source: list[list[int]], target: list[list[int]], step: Callable[..., list[int]]
    ) -> None:
        # First what this session did, whoever else corrects meanwhile; beyond it the store's own history goes on.
        last = source.pop()[:1] if source else []
        self._write(told, lambda store: step(store, *last), (), speakers=True, history=target)

    @work
    async def _write(
        self,
        told: str,
        write: Callable[[Store], list[int]],
        ids: Sequence[int],
        *,
        speakers: bool,
        history: list[list[int]] | None = None,
    ) -> None:
        """Writes in the one thread that does so, in the order of the keys; then tells, and lets the screen catch up."""
        browser = self.browser
        try:
            corrections = await asyncio.get_running_loop().run_in_executor(browser.writer, write, browser.stores.store)
        except CorrectionError as error:
            self.tell(str(error).capitalize())
            return
        except StoreError as error:
            self.tell(str(error), error=True)
            return
        if history is None:
            browser.done.append(corrections)
            browser.undone.clear()
        else:
            history.append(corrections)
        self.tell(f"{told} · u undoes it" if history is None else told)
        if self.is_attached:
            self.corrected(ids, speakers=speakers)

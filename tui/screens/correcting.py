"""A person's corrections, by keys: of quotations (confirm, reject, reassign) and of speakers (merge, rename)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from db import CorrectionError, QuotationRow, Store, StoreError
from quotes.model import ACTS, FORMS, MODES, Span, Speaker
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


def places_of(typed: str, text: str, near: int) -> tuple[Span, ...] | None:
    """Where the pieces of ``typed`` (between them " … ") stand in ``text``, one after the other; None if they do not.

    The first stands as close to code point ``near`` as it can. White space in the text may be any.
    """
    spans: list[Span] = []
    for piece in (piece.strip() for piece in typed.split(" … ")):
        words = [re.escape(word) for word in piece.split()]
        after = spans[-1].end if spans else 0
        found = [Span(*match.span()) for match in re.finditer(r"\s+".join(words), text) if match.start() >= after]
        if not words or not found:
            return None
        spans.append(found[0] if spans else min(found, key=lambda span: abs(span.start - near)))
    return tuple(spans)


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
        Binding(
            "E",
            "edit",
            "Edit",
            show=False,
            id="correct.edit",
            tooltip="Change its words, form, act or mode",
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

    @work
    async def action_edit(self) -> None:
        """Asks for what is wrong with one quotation, and for what is right."""
        row = self.current_row()
        if row is None:
            self.app.bell()
            return
        fields = (("form", FORMS), ("act", ACTS), ("mode", MODES))
        lines = [f"words  {shorten(row.text, 52)}", *(f"{name:5}  {getattr(row, name)}" for name, _ in fields)]
        place = await self.app.push_screen_wait(Choose("Edit", "What is to be changed?", lines))
        if place is None:
            return
        if place == 0:
            await self._edit_words(row)
            return
        name, values = fields[place - 1]
        now = values.index(getattr(row, name))
        value = await self.app.push_screen_wait(Choose("Edit", f"The right {name}:", values, now))
        if value is not None and value != now:
            changes: dict[str, Any] = {name: values[value]}
            self._edit(row, f"{name} {values[value]}", changes)

    async def _edit_words(self, row: QuotationRow) -> None:
        explanation = "The words as they stand in the article; “ … ” stands between pieces:"
        typed = await self.app.push_screen_wait(TextPrompt("Edit", explanation, row.text))
        if not typed or typed == row.text:
            return
        try:
            article = await self.browser.stores.ask("edit", lambda store: store.article(row.article_id))
        except StoreError as error:
            self.tell(str(error), error=True)
            return
        content = places_of(typed, article.text, row.start_char)
        if content is None:
            self.tell("These words do not stand in the article as typed; nothing was changed.", error=True)
        else:
            self._edit(row, "words", {"content": content})

    def _edit(self, row: QuotationRow, what: str, changes: dict[str, Any]) -> None:
        self._write(
            f"Changed {what} of {quoted(row, 1)}",
            lambda store: [store.edit(row.id, **changes)],
            [row.id],
            speakers=False,
        )

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

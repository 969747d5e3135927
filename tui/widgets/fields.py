"""Fields to type in: escape empties them, a second one leaves; down goes on to what was found."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class Field(Input):
    """A one-line field above what it narrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear_or_leave", "Clear, then leave", id="field.leave"),
        Binding("down", "leave", "To the list", id="field.down"),
    ]

    class Left(Message):
        """The user goes on to the list below."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> Field:
            return self.field

    def action_clear_or_leave(self) -> None:
        if self.value:
            self.value = ""
        else:
            self.action_leave()

    def action_leave(self) -> None:
        self.post_message(self.Left(self))

    async def action_submit(self) -> None:
        await super().action_submit()
        self.action_leave()

"""What is known of a speaker: roles over time, and the names in documents that were taken for theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from db import Alias, QueryInterrupted, SpeakerDetail, StoreError
from tui.drawing import clean
from tui.names import country_name
from tui.stores import Stores

_MOST_ROLES = 12


class Known(Message):
    """The speaker as the store knows them; or why it does not."""

    def __init__(self, detail: SpeakerDetail | None, error: str = "") -> None:
        super().__init__()
        self.detail, self.error = detail, error


def facts_content(detail: SpeakerDetail) -> Content:
    """Kind, country, how often and when quoted, and the roles with their times."""
    speaker = detail.speaker
    place = country_name(speaker.country) if speaker.country else None
    period = " – ".join(dict.fromkeys(day[:10] for day in (speaker.first, speaker.last) if day)) or "undated"
    number = f"{speaker.quotations:,} quotation{'' if speaker.quotations == 1 else 's'}"
    parts: list[tuple[str, str]] = [
        (" · ".join(part for part in (speaker.kind, place, number, period) if part), "$muted")
    ]
    for role, first, last, times in detail.roles[:_MOST_ROLES]:
        when = " – ".join(dict.fromkeys(day[:10] for day in (first, last) if day))
        parts += [("\n" + clean(role), "bold"), (f"  {when}  ×{times:,}", "$muted")]
    if len(detail.roles) > _MOST_ROLES:
        parts.append((f"\nand {len(detail.roles) - _MOST_ROLES} more roles", "$muted"))
    return Content.assemble(*parts)


def alias_content(alias: Alias) -> Content:
    """A name in documents, and how often it stands for the speaker."""
    read_as = f"  read as {clean(alias.canonical)}" if alias.canonical != alias.name else ""
    return Content.assemble((clean(alias.name), "bold"), (read_as, "$muted"), (f"  {alias.quotations:,}", "$accent"))


class AboutSpeaker(ModalScreen[str | None]):
    """Gives a name in documents that is to be split off, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,i,q", "dismiss(None)", "Close", id="about.close"),
        Binding("d", "split", "Split off", id="about.split"),
        Binding("j", "move(1)", "Down", show=False, id="about.down"),
        Binding("k", "move(-1)", "Up", show=False, id="about.up"),
    ]

    def __init__(self, stores: Stores, speaker_id: int, name: str) -> None:
        super().__init__()
        self._stores, self._speaker_id, self._title_name = stores, speaker_id, name
        self._aliases: Sequence[Alias] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            with VerticalScroll(id="about-facts"):
                yield Static(Content("Looking …"), classes="intro", id="about-text")
            yield Static(Content("Names in documents"), id="about-names")
            yield OptionList(id="alias-list")
            yield Static(Content("d takes the name away, to a speaker of its own · esc closes"), classes="hint")

    def on_mount(self) -> None:
        self.query_one(".dialog").border_title = Content(clean(self._title_name))
        self.query_one("#about-facts").can_focus = False
        self.query_one(OptionList).focus()
        self._read()

    def on_unmount(self) -> None:
        self._stores.interrupt("about")

    @work(thread=True, exclusive=True, group="about")
    def _read(self) -> None:
        worker = get_current_worker()
        try:
            with self._stores.work("about") as store:
                answer = Known(store.speaker(self._speaker_id))
        except QueryInterrupted:
            return
        except StoreError as error:
            answer = Known(None, str(error))
        if not worker.is_cancelled:
            self.post_message(answer)

    @on(Known)
    def known(self, event: Known) -> None:
        text = self.query_one("#about-text", Static)
        if event.detail is None:
            text.update(Content(clean(event.error)))
            return
        text.update(facts_content(event.detail))
        self._aliases = event.detail.aliases
        choices = self.query_one(OptionList)
        choices.add_options([Option(alias_content(alias)) for alias in self._aliases])
        choices.highlighted = 0 if self._aliases else None

    def action_move(self, step: int) -> None:
        choices = self.query_one(OptionList)
        (choices.action_cursor_down if step > 0 else choices.action_cursor_up)()

    def action_split(self) -> None:
        place = self.query_one(OptionList).highlighted
        if place is None:
            self.app.bell()
        else:
            self.dismiss(self._aliases[place].name)

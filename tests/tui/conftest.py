"""A small record with invented people, written through the store's real path, for all tests of the browser."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from db import Filter, open_store
from quotes.model import Article, Block, Cue, Extraction, Quotation, Span, Speaker
from tui.app import QuotesApp
from tui.screens.main import MainScreen

KARADAG = Speaker("Elif Karadağ", "Elif Karadağ", "person", "Foreign Minister", "TUR")
VARGA = Speaker("Mihály Szőke-Varga", "Mihály Szőke-Varga", "person", "Prime Minister", "HUN")
ORLENKO = Speaker("Petro Orlenko", "Petro Orlenko", "person", "Deputy Foreign Minister", "UKR")
ORLENKO_SHORT = Speaker("P. Orlenko", "P. Orlenko", "person", None, "UKR")
TANAKA = Speaker("Haruko Tanabe", "田辺 春子", "person", "Ambassador", "JPN")
MINISTRY = Speaker("Turkish Foreign Ministry", "Turkish Foreign Ministry", "organisation", None, "TUR")
BRACKETS = Speaker("[red]Bracket[/red] Ng", "[red]Bracket[/red] Ng", "person", "[b]Chair[/]", None)

ANSWER = "I asked her whether it was safe, and she told me 'it is as safe as we make it'. That is honest."


@dataclass
class Draft:
    """An article in the making: ``say`` finds the words in the text and adds a quotation."""

    text: str
    facts: dict[str, Any]
    quotations: list[Quotation] = field(default_factory=list)

    def span(self, words: str, after: int = 0) -> Span:
        start = self.text.index(words, after)
        return Span(start, start + len(words))

    def say(
        self,
        *content: str,
        cue: str | None = None,
        source: str | None = None,
        speaker: Speaker | None = None,
        **facts: Any,
    ) -> Draft:
        pieces = tuple(self.span(words) for words in content)
        near = max(0, pieces[0].start - 80)
        facts.setdefault("form", "direct")
        facts.setdefault("act", "state")
        self.quotations.append(
            Quotation(
                mode=facts.pop("mode", "speech"),
                content=pieces,
                cue=Cue(self.span(cue, near), cue) if cue else None,
                source=self.span(source, near) if source else None,
                speaker=speaker,
                **facts,
            )
        )
        return self

    def extraction(self) -> Extraction:
        title = self.facts.get("title")
        blocks = (Block(self.span(title), "title"),) if title and title in self.text else ()
        return Extraction(Article(self.text, blocks=blocks, **self.facts), tuple(self.quotations))


def _grain() -> Draft:
    title = "Ankara reopens the grain talks"
    draft = Draft(
        f"""{title}

Turkish Foreign Minister Elif Karadağ said on Monday that grain ships would sail again within a month.

"A harbour that is closed feeds nobody," she told reporters. "We shall keep the sea open for every flag."

Karadağ warned that the window would not stay open for long. Her deputy declined to comment.

Hungarian Prime Minister Mihály Szőke-Varga, who met her in Budapest, said: "{ANSWER}"

A senior official denied any delay.
""",
        {
            "path": "reports/grain.txt",
            "title": title,
            "published": "2024-03-11",
            "publisher": "Kestrel Wire",
            "author": "Ines Fabre",
            "url": "https://kestrel.example/grain",
            "language": "en",
            "kind": "article",
        },
    )
    draft.say(
        "grain ships would sail again within a month",
        cue="said",
        source="Turkish Foreign Minister Elif Karadağ",
        speaker=KARADAG,
        form="indirect",
        act="announce",
        confidence=0.97,
        resolution="full name",
    )
    draft.say(
        "A harbour that is closed feeds nobody,",
        "We shall keep the sea open for every flag.",
        cue="told reporters",
        source="she",
        speaker=KARADAG,
        confidence=0.88,
        resolution="pronoun: previous speaker",
    )
    draft.say(
        "the window would not stay open for long",
        cue="warned",
        source="Karadağ",
        speaker=KARADAG,
        form="indirect",
        act="warn",
        confidence=0.93,
        resolution="short name",
    )
    draft.say(
        ANSWER,
        cue="said",
        source="Hungarian Prime Minister Mihály Szőke-Varga",
        speaker=VARGA,
        confidence=0.95,
        resolution="full name",
    )
    draft.say(
        "it is as safe as we make it",
        cue="told",
        source="she",
        speaker=KARADAG,
        inside=3,
        confidence=0.41,
        resolution="pronoun: gender and number",
    )
    draft.say(
        "any delay",
        cue="denied",
        source="A senior official",
        form="indirect",
        act="deny",
        confidence=0.35,
        resolution="description",
    )
    return draft


def _copy() -> Draft:
    title = "Grain: the sea stays open"
    draft = Draft(
        f"""{title}

"A harbour that is closed feeds nobody," the Turkish minister said, according to Kestrel Wire.

The Turkish Foreign Ministry condemned the shelling of the quay at Odesa and called for an inquiry.
""",
        {
            "path": "reports/copy.txt",
            "title": title,
            "published": "2024-03-12",
            "publisher": "Morgenblatt",
            "language": "en",
            "kind": "article",
        },
    )
    draft.say(
        "A harbour that is closed feeds nobody,",
        cue="said",
        source="the Turkish minister",
        speaker=KARADAG,
        confidence=0.72,
        resolution="description: role and country",
    )
    draft.say(
        "the shelling of the quay at Odesa",
        cue="condemned",
        source="The Turkish Foreign Ministry",
        speaker=MINISTRY,
        form="indirect",
        act="condemn",
        mode="writing",
        confidence=0.9,
        resolution="full name",
    )
    return draft


def _briefing() -> Draft:
    title = "Kyiv answers on the corridor"
    draft = Draft(
        f"""{title}

Deputy Foreign Minister Petro Orlenko urged all sides to demine the approaches before the summer.

"Żaden statek nie popłynie bez gwarancji," he said in Warsaw — no ship sails without guarantees.

P. Orlenko accused the insurers of "pricing fear, not risk".
""",
        {
            "path": "reports/briefing.txt",
            "title": title,
            "published": "2024-04-02T09:30:00Z",
            "publisher": "Kestrel Wire",
            "language": "en",
            "kind": "article",
        },
    )
    draft.say(
        "all sides to demine the approaches before the summer",
        cue="urged",
        source="Deputy Foreign Minister Petro Orlenko",
        speaker=ORLENKO,
        form="indirect",
        act="urge",
        confidence=0.96,
        resolution="full name",
    )
    draft.say(
        "Żaden statek nie popłynie bez gwarancji,",
        cue="said",
        source="he",
        speaker=ORLENKO,
        confidence=0.81,
        resolution="pronoun: previous speaker",
    )
    draft.say(
        'the insurers of "pricing fear, not risk"',
        cue="accused",
        source="P. Orlenko",
        speaker=ORLENKO_SHORT,
        form="mixed",
        act="accuse",
        confidence=0.55,
        resolution="short name",
    )
    return draft


def _markup() -> Draft:
    title = "Minutes with [bold]brackets[/bold] and =cells"
    draft = Draft(
        f"""{title}

The chair, [red]Bracket[/red] Ng, said: "Print [red] and [/] as they stand, and [link=x]this[/link] too."

田辺 春子: "海は皆のものです。港を閉じてはならない。"
""",
        {
            "path": "reports/minutes [1].txt",
            "title": title,
            "published": "2023-11-05",
            "publisher": "=Hansard [i]",
            "language": "en",
            "kind": "meeting-summary",
        },
    )
    draft.say(
        "Print [red] and [/] as they stand, and [link=x]this[/link] too.",
        cue="said",
        source="The chair, [red]Bracket[/red] Ng",
        speaker=BRACKETS,
        confidence=0.9,
        resolution="[/] label",
    )
    draft.say(
        "海は皆のものです。港を閉じてはならない。",
        cue=":",
        source="田辺 春子",
        speaker=TANAKA,
        confidence=0.99,
        resolution="label",
    )
    return draft


def _undated() -> Draft:
    draft = Draft(
        'Szőke-Varga: "We promise nothing that we cannot pay for."\n',
        {"path": "notes/undated.txt", "language": "en", "kind": "transcript"},
    )
    draft.say(
        "We promise nothing that we cannot pay for.",
        cue=":",
        source="Szőke-Varga",
        speaker=VARGA,
        act="promise",
        confidence=0.62,
        resolution="short name",
    )
    return draft


def record() -> list[Extraction]:
    """Five articles of three publishers and dates, with repeats, a nested quotation and text that looks like markup."""
    return [draft.extraction() for draft in (_grain(), _copy(), _briefing(), _markup(), _undated())]


def late_article(number: int = 1) -> Extraction:
    """One more article, as an extraction that runs meanwhile would add it."""
    draft = Draft(
        f"Late news {number}\n\nElif Karadağ said the talks of round {number} would go on.\n",
        {
            "path": f"reports/late-{number}.txt",
            "title": f"Late news {number}",
            "published": f"2024-05-{number:02}",
            "publisher": "Kestrel Wire",
            "kind": "article",
        },
    )
    draft.say(
        f"the talks of round {number} would go on",
        cue="said",
        source="Elif Karadağ",
        speaker=KARADAG,
        form="indirect",
        confidence=0.97,
    )
    return draft.extraction()


def write(path: Path, extractions: list[Extraction], engine: str = "test-1") -> Path:
    """Writes extractions into the database at ``path``, as the command line does."""
    with open_store(path) as store:
        run = store.start_run(engine)
        for extraction in extractions:
            store.write(extraction, run)
        store.finish_run(run)
    return path


@pytest.fixture(autouse=True)
def no_clipboard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No test touches the desktop's clipboard or the user's cache; gives where copied text lies then."""
    for name in ("WAYLAND_DISPLAY", "DISPLAY", "TMUX", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "cache" / "copied.txt"
    monkeypatch.setattr("tui.clipboard.user_cache_path", lambda *_, **__: path.parent)
    return path


@pytest.fixture(scope="session")
def record_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record as a database; to be copied, never written to."""
    return write(tmp_path_factory.mktemp("record") / "record.db", record())


@pytest.fixture
def database(record_file: Path, tmp_path: Path) -> Path:
    """A copy of the record that a test may write to."""
    return Path(shutil.copy(record_file, tmp_path / "record.db"))


class Browser:
    """A running browser and the hands on its keyboard."""

    def __init__(self, app: QuotesApp, pilot: Any) -> None:
        self.app, self.pilot = app, pilot

    @property
    def main(self) -> MainScreen:
        return cast(MainScreen, next(screen for screen in self.app.screen_stack if isinstance(screen, MainScreen)))

    @property
    def screen(self) -> Any:
        return self.app.screen

    async def press(self, *keys: str) -> None:
        """Presses keys, and waits until what they set off has come to rest."""
        await self.pilot.press(*keys)
        await self.rest()

    async def type(self, text: str) -> None:
        await self.press(*("space" if character == " " else character for character in text))

    async def rest(self) -> None:
        """Waits until no query is under way and no delayed one is due."""
        quiet = 0
        while quiet < 3:
            await self.pilot.pause()
            waiting = any(isinstance(screen, MainScreen) and not screen.at_rest for screen in self.app.screen_stack)
            busy = any(not worker.is_finished and worker.group not in _OPEN for worker in self.app.workers)
            if waiting or busy:
                quiet = 0
                await asyncio.sleep(0.005)
            else:
                quiet += 1

    async def until(self, condition: Callable[[], object], seconds: float = 8) -> None:
        """Waits until ``condition`` holds; fails when it does not come true."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not come true in time"
            await self.pilot.pause(0.02)

    def texts(self) -> list[str]:
        """The lines of the screen as people see them."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips(self.app.size)
        assert len(strips) == height
        return ["".join(segment.text for segment in strip).ljust(width) for strip in strips]

    def sees(self, text: str) -> bool:
        return any(text in line for line in self.texts())

    def told(self) -> str:
        """The last message to the user."""
        messages = [notification.message for notification in self.app._notifications]
        return str(messages[-1]) if messages else ""


_OPEN = {"default"}  # dialogs wait in a worker of this group for their answer


@contextlib.asynccontextmanager
async def running(path: Path, filter: Filter | None = None, **options: Any) -> AsyncIterator[Browser]:
    """The browser of ``path``, at rest."""
    size = options.pop("size", (160, 48))
    app = QuotesApp(path, filter, **options)
    async with app.run_test(size=size) as pilot:
        browser = Browser(app, pilot)
        await browser.rest()
        yield browser
    await asyncio.sleep(0)


@pytest.fixture
def browse() -> Callable[..., contextlib.AbstractAsyncContextManager[Browser]]:
    """``async with browse(path, filter, size=..., settings_path=...) as browser``."""
    return running


@pytest.fixture(name="late_article")
def late_article_fixture() -> Callable[[int], Extraction]:
    """``late_article(number)`` is an article that is not in the record."""
    return late_article

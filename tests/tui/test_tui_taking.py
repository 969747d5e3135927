"""Taking away by the clipboard: the programs of the desktop, the file where there is none, the command of a view."""

from __future__ import annotations

import shlex
from pathlib import Path

import click.testing
import pytest

from db import Filter
from quotes import cli
from tui import clipboard
from tui.command import command_of
from tui.settings import Bookmark, Settings
from tui.start import UnknownBookmark, bookmarked
from tui.view import View


@pytest.mark.parametrize(
    ("environment", "platform", "first"),
    [
        ({}, "linux", None),
        ({}, "darwin", "pbcopy"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", "wl-copy"),
        ({"DISPLAY": ":0"}, "linux", "xclip"),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", "clip.exe"),
        ({"TMUX": "/tmp/tmux,1,0"}, "linux", "tmux"),
    ],
)
def test_the_program_suits_the_desktop(monkeypatch, environment, platform, first):
    monkeypatch.setattr(clipboard.shutil, "which", lambda name: f"/bin/{name}")
    found = clipboard.programs(environment, platform)
    assert (found[0][0] if found else None) == first


def test_a_program_takes_the_text_and_no_file_is_written(monkeypatch, tmp_path):
    taken = tmp_path / "taken"
    monkeypatch.setattr(clipboard, "programs", lambda: [["false"], ["sh", "-c", f"cat > {shlex.quote(str(taken))}"]])
    assert clipboard.take("“Žádný”", tmp_path / "file") is None
    assert taken.read_text(encoding="utf-8") == "“Žádný”"
    assert not (tmp_path / "file").exists()


def test_without_a_program_the_text_lies_in_a_file(monkeypatch, tmp_path):
    monkeypatch.setattr(clipboard, "programs", lambda: [["no-such-program-here"]])
    assert clipboard.take("two\nlines", tmp_path / "deep" / "file") == tmp_path / "deep" / "file"
    assert (tmp_path / "deep" / "file").read_text(encoding="utf-8") == "two\nlines\n"


async def test_copying_tells_where_the_text_is_when_only_the_terminal_took_it(browse, database, no_clipboard):
    async with browse(database, Filter(words="demine")) as browser:
        await browser.press("y")
        assert browser.told() == f"Copied with its citation. Should pasting give nothing: it is in {no_clipboard}"
        assert no_clipboard.read_text(encoding="utf-8").strip() == browser.app.clipboard


async def test_copying_where_no_file_can_be_written_still_copies(browse, database, no_clipboard):
    no_clipboard.parent.write_text("a file in the way", encoding="utf-8")
    async with browse(database, Filter(words="demine")) as browser:
        await browser.press("y")
        assert browser.told() == "Copied with its citation"
        assert "demine" in browser.app.clipboard


VIEWS = [
    View(),
    View(filter=Filter(words="harbour -closed", since="2024-03", until="2024-04"), sort="relevance"),
    View(filter=Filter(words="-closed 'x y'"), sort="oldest"),
    View(by="countries", chosen=("TUR", "HUN"), labels=("Türkiye", "Hungary"), sort="repeats"),
    View(chosen=(3, 5), labels=("A", "B"), filter=Filter(form=("direct", "mixed"), act=("warn",), mode=("speech",))),
    View(chosen=(None,), labels=("No speaker found",), sort="confidence"),
    View(by="articles", chosen=(2,), labels=("Title",), sort="position"),
    View(filter=Filter(speaker="o'neill", publisher=("The Post", "A, B"), kind=("person",), status=("rejected",))),
    View(filter=Filter(min_confidence=0.25, max_confidence=0.5, once=True, unattributed=False, path="a b/*.txt")),
]


@pytest.mark.parametrize("view", VIEWS)
def test_the_command_of_a_view_shows_that_view(monkeypatch, view, tmp_path):
    """The command line that Y copies is read by the real command, and what it would show is compared."""
    asked = {}

    def run(path: Path, filter: Filter, **options: object) -> int:
        asked.update(path=path, filter=filter, **options)
        return 0

    monkeypatch.setattr("tui.run", run)
    monkeypatch.setattr("quotes.cli._is_terminal", lambda: True)
    program, command, *arguments = shlex.split(command_of(view, str(tmp_path / "a b.db")))
    assert (program, command) == ("quotes", "browse")
    result = click.testing.CliRunner().invoke(cli.main, ["browse", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert asked["path"] == tmp_path / "a b.db"
    assert asked["filter"] == view.quotations()
    assert (asked["by"], asked["sort"]) == (view.by, view.sort)


def test_a_bookmark_is_found_by_name_in_its_database_only(tmp_path):
    view = View(filter=Filter(since="2024"))
    here, there = tmp_path / "a.db", tmp_path / "b.db"
    kept = Settings(bookmarks=[Bookmark("Spring", view.to_dict(), str(here)), Bookmark("Other", {}, str(there))])
    assert bookmarked(kept, here, "spring") == view
    with pytest.raises(UnknownBookmark, match="there are: Spring"):
        bookmarked(kept, here, "Other")
    with pytest.raises(UnknownBookmark, match="there is none"):
        bookmarked(Settings(), here, "Spring")

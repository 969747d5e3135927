"""The real command in a real terminal (tmux): search, context, correction, export; then the database and the file."""

from __future__ import annotations

import csv
import importlib.util
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import time
import uuid

import pytest

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


class Terminal:
    """A tmux session of our own server, 100 columns by 30 lines."""

    def __init__(self, command: str, folder) -> None:
        self.name = f"quotes-{uuid.uuid4().hex[:8]}"
        self.tmux("new-session", "-d", "-s", "test", "-x", "100", "-y", "30", "-c", str(folder), command)

    def tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", self.name, "-f", os.devnull, *arguments],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        )
        return done.stdout

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p", "-t", "test")

    def until(self, text: str, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while text not in (screen := self.screen()):
            assert time.monotonic() < end, f"{text!r} did not appear:\n{screen}"
            time.sleep(0.1)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.tmux("send-keys", "-t", "test", key)
            time.sleep(0.05)

    def write(self, text: str) -> None:
        self.tmux("send-keys", "-t", "test", "-l", text)

    def close(self) -> None:
        subprocess.run(["tmux", "-L", self.name, "kill-server"], capture_output=True, timeout=20, check=False)


def command(database) -> str:
    """``quotes browse``, or the browser's own entry where the command line is not there."""
    if importlib.util.find_spec("quotes.cli") is not None:
        return shlex.join([sys.executable, "-m", "quotes.cli", "browse", "--db", str(database)])
    return shlex.join([sys.executable, "-m", "tui", str(database)])


def test_a_walk_through_the_real_program(database, tmp_path):
    environment = f"XDG_CONFIG_HOME={shlex.quote(str(tmp_path / 'config'))} TERM=xterm-256color"
    terminal = Terminal(f"env {environment} {command(database)}; echo ended with $?; sleep 60", tmp_path)
    try:
        terminal.until("Elif Karadağ")
        terminal.until("14 quotations")
        terminal.press("/")
        terminal.write("harbour")
        terminal.until("2 quotations")
        terminal.press("Enter", "Tab")
        terminal.until("also in 1 other article")
        terminal.press("c")
        terminal.until("✓ confirmed")
        terminal.press("e")
        terminal.until("Export what is listed")
        terminal.press("Enter")
        terminal.until("2 quotations written")
        terminal.press("q")
        terminal.until("ended with 0")
    finally:
        terminal.close()
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM quotation WHERE status = 'confirmed'").fetchone()[0] == 1
    (exported,) = tmp_path.glob("*.csv")
    with exported.open(encoding="utf-8", newline="") as file:
        assert {row["speaker"] for row in csv.DictReader(file)} == {"Elif Karadağ"}

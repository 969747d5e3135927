"""The clipboard of the desktop, beside the terminal's own (OSC 52), which not every terminal has or allows.

Whether a terminal took an OSC 52 cannot be asked. So a program of the desktop or of tmux gets the text too, where there
is one; and where there is none it also lies in a file, so that it is never lost.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_cache_path

FILE_NAME = "copied.txt"
_SECONDS = 3


def programs(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[list[str]]:
    """The commands that take text for a clipboard from stdin, the best first; those that are installed."""
    wanted: list[list[str]] = []
    if platform == "darwin":
        wanted.append(["pbcopy"])
    if environment.get("WAYLAND_DISPLAY"):
        wanted.append(["wl-copy"])
    if environment.get("DISPLAY"):
        wanted += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    if platform == "win32" or environment.get("WSL_DISTRO_NAME"):
        wanted.append(["clip.exe"])
    if environment.get("TMUX"):
        wanted.append(["tmux", "load-buffer", "-w", "-"])
    return [command for command in wanted if shutil.which(command[0])]


def take(text: str, file: Path | None = None) -> Path | None:
    """Gives ``text`` to the first program that takes it; else writes it to ``file`` and gives that path.

    ``file`` is by default one in the platform's folder for caches. Raises OSError when it cannot be written either.
    """
    for command in programs():
        # xclip stays in the background to serve the text: its output must not keep us waiting
        try:
            subprocess.run(
                command,
                input=text.encode("utf-16le" if command[0] == "clip.exe" else "utf-8", "replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        return None
    path = file or user_cache_path("quotes", appauthor=False) / FILE_NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8", errors="replace")
    return path

"""The command as users run it, in a process of its own, and one extraction of the samples that many tests look at."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import quotes

SAMPLES = sorted((Path(quotes.__file__).parent / "samples").glob("*.txt"))
LONGEST = 300  # seconds that a command may take on a busy machine

Command = Callable[..., "subprocess.CompletedProcess[str]"]


def environment() -> dict[str, str]:
    """This process's environment with what makes output comparable."""
    return {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "OMP_NUM_THREADS": "1"}


@pytest.fixture(scope="session")
def command() -> Command:
    """``command("export", "--db", path, cwd=...)``: the finished process with text in ``stdout`` and ``stderr``."""

    def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
        given: dict[str, object] = {"timeout": LONGEST, "capture_output": True, **options}
        if "stdout" in given or "stderr" in given:
            given["capture_output"] = False
            given.setdefault("stderr", subprocess.PIPE)
        program = [sys.executable, "-m", "quotes.cli", *map(str, arguments)]
        return subprocess.run(program, env=environment(), encoding="utf-8", **given)  # type: ignore[call-overload]

    return run


@dataclass(frozen=True)
class Extracted:
    """What one run over good and broken inputs left behind."""

    folder: Path
    database: Path
    result: subprocess.CompletedProcess[str]


BROKEN = {
    "empty.txt": b"",
    "junk.txt": bytes(range(256)) * 40,
    "records.jsonl": b'{"text": "The envoy said that the bridge was open."}\n{"text": "The mayor said so."}\n{no\n',
    "table.csv": b"number,remark\n1,nothing\n",
    "large.txt": b"The envoy said that the bridge was open. " * 280_000,
}


@pytest.fixture(scope="session")
def extracted(command: Command, tmp_path_factory: pytest.TempPathFactory) -> Extracted:
    """The samples and the broken inputs, extracted into a database by one command."""
    folder = tmp_path_factory.mktemp("extracted")
    articles, broken = folder / "articles", folder / "broken"
    articles.mkdir()
    broken.mkdir()
    for sample in SAMPLES:
        (articles / sample.name).write_bytes(sample.read_bytes())
    for name, content in BROKEN.items():
        (broken / name).write_bytes(content)
    result = command("extract", "articles", "broken", "no-such-folder", "--db", "quotes.db", cwd=folder)
    assert "10 articles: " in result.stderr, result.stderr
    return Extracted(folder, folder / "quotes.db", result)

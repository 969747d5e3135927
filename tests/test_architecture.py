"""What each part may know, and what a command may load: start-up is quick, and the store and browser know no models."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("torch", "stanza")


def loaded_by(program: str, cwd: Path | None = None) -> set[str]:
    """The top-level modules in a fresh Python after ``program``."""
    tail = "\nimport sys as _s, json as _j\nprint(_j.dumps(sorted({n.partition('.')[0] for n in _s.modules})))"
    result = subprocess.run([sys.executable, "-c", program + tail], capture_output=True, text=True, cwd=cwd)
    assert result.returncode == 0, result.stderr
    return set(json.loads(result.stdout.splitlines()[-1]))


def command(*arguments: str) -> str:
    return f"from quotes.cli import main\ntry: main({list(arguments)!r})\nexcept SystemExit as end: assert not end.code"


@pytest.mark.parametrize("package", ["db", "tui", "quotes", "quotes.cli"])
def test_importing_these_loads_no_models(package: str) -> None:
    assert not loaded_by(f"import {package}") & set(HEAVY)


def test_importing_the_browser_in_full_loads_no_models() -> None:
    assert not loaded_by("import tui.app") & set(HEAVY)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["extract", "--help"], ["browse", "--help"]])
def test_help_loads_neither_models_nor_store_nor_browser(arguments: list[str]) -> None:
    loaded = loaded_by(command(*arguments))
    assert not loaded & {*HEAVY, "textual", "sqlite_utils", "db", "tui", "numpy", "lxml"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["speakers"],
        ["search", "road"],
        ["export"],
        ["query", "SELECT 1"],
        ["corrections", "list"],
        ["corrections", "export"],
    ],
    ids=" ".join,
)
def test_reading_commands_load_no_models(tmp_path: Path, arguments: list[str]) -> None:
    import db

    db.open_store(tmp_path / "quotes.db").close()
    assert not loaded_by(command(*arguments), tmp_path) & {*HEAVY, "textual"}


def test_help_takes_less_than_three_tenths_of_a_second_of_cpu() -> None:
    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "quotes.cli", "--help"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(once() for _ in range(3)) < 0.3


def test_nothing_is_fetched_from_the_network(tmp_path: Path) -> None:
    """With sockets that cannot be made the engine still extracts: its models lie in the package."""
    program = (
        "import socket\n"
        "def refuse(*a, **k): raise AssertionError('a socket was opened')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "import quotes\n"
        "found = quotes.extract('The envoy, Sigrid Haugland, said the bridge would open.').quotations\n"
        "assert [q.speaker.name for q in found] == ['Sigrid Haugland'], found\n"
    )
    loaded_by(program)


def test_make_check_holds_the_import_contracts() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    check = makefile.partition("\ncheck:")[2].partition("\n\n")[0]
    for tool in ("ruff format --check", "ruff check", "mypy", "lint-imports"):
        assert tool in check
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    assert len(contracts) >= 4


def test_weights_are_safetensors_of_at_most_sixty_megabytes() -> None:
    files = [path for path in (ROOT / "quotes" / "models").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 60_000_000
    assert not [path for path in files if path.suffix in (".pkl", ".pickle", ".bin")]


def test_no_machine_path_and_no_pickle_in_the_sources() -> None:
    home = os.path.expanduser("~")
    for package in ("quotes", "db", "tui"):
        for path in (ROOT / package).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert "import pickle" not in text, path
            assert home not in text or len(home) < 4, path

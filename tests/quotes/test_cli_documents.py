"""Every command and option is explained in its help, and every command in the README, whose examples run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import click.testing
import pytest

from quotes import cli
from quotes.jsonl import DOCUMENT_FIELDS, SPEAKER_FIELDS
from quotes.model import ACTS, DOCUMENT_KINDS, FORMS, MODES, SPEAKER_KINDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS_WITH_FILTERS = ("browse", "speakers", "search", "export")


def commands(
    group: click.Group = cli.main, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


ALL = [pytest.param(path, command, id=" ".join(path)) for path, command in commands()]


@pytest.mark.parametrize(("path", "command"), ALL)
def test_every_command_and_option_has_help(path: tuple[str, ...], command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("width", [80, 100])
def test_lists_of_commands_are_not_cut_off(width: int) -> None:
    groups = [[], *(list(path) for path, command in commands() if isinstance(command, click.Group))]
    for group in groups:
        result = click.testing.CliRunner(env={"COLUMNS": str(width)}).invoke(
            cli.main, [*group, "--help"], terminal_width=width
        )
        assert result.exit_code == 0
        assert "..." not in result.stdout.partition("Commands:")[2]
        assert all(len(line) <= width for line in result.stdout.splitlines())


@pytest.mark.parametrize(("path", "command"), ALL)
def test_the_readme_names_every_command_and_option(path: tuple[str, ...], command: click.Command) -> None:
    if isinstance(command, click.Group):
        return
    *group, name = path
    line = next((line for line in README.splitlines() if re.match(rf"\| `quotes {path[0]}[ `]", line)), "")
    assert f"`{name}`" in line or re.search(rf"`quotes {' '.join((*group, name))}[ `]", line), path
    if name == "extract" or name in COMMANDS_WITH_FILTERS:
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.name not in ("limit", "sort", "output", "format_"):
                named = [option for option in parameter.opts if option.startswith("--")]
                assert any(re.search(rf"`?{option}\b", README) for option in named) or name == "export", named


@pytest.mark.parametrize("names", [FORMS, MODES, ACTS, SPEAKER_KINDS, DOCUMENT_KINDS, DOCUMENT_FIELDS, SPEAKER_FIELDS])
def test_the_readme_names_all_values(names: tuple[str, ...]) -> None:
    assert [name for name in names if not re.search(rf"\b{name}\b", README)] == []


def test_files_that_the_documents_point_to_exist() -> None:
    for document in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            if not target.startswith("http"):
                assert (ROOT / target).exists(), f"{document}: {target}"


EXAMPLES = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", README, re.S)


@pytest.mark.parametrize(("code", "expected"), EXAMPLES)
def test_python_in_the_readme_prints_what_it_says(code: str, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out == expected


def test_all_python_in_the_readme_is_run() -> None:
    assert len(EXAMPLES) == README.count("```python") >= 2


def test_the_transcript_in_the_readme_is_what_the_tool_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The article is taken back from the transcript, marks removed; paragraphs are unwrapped."""
    shown = re.search(r"\$ quotes show ferry.txt \| cat\n.*?\n\n(.*?)\n\n#  speaker", README, re.S)
    assert shown is not None
    marked = "\n\n".join(paragraph.replace("\n", " ") for paragraph in shown.group(1).split("\n\n"))
    text = re.sub(r"\[\d ", "", marked).replace("]", "") + "\n"
    monkeypatch.chdir(tmp_path)
    Path("ferry.txt").write_text(text, encoding="utf-8")
    run = click.testing.CliRunner(env={"COLUMNS": "80"}).invoke
    extracted = run(cli.main, ["extract", "ferry.txt"])
    assert extracted.exit_code == 0, extracted.stderr
    assert extracted.stderr.splitlines()[0] in README
    shown_now = run(cli.main, ["show", "ferry.txt"]).stdout
    assert marked in shown_now
    table = [line.rstrip() for line in shown_now.partition("#  speaker")[2].splitlines()[1:]]
    assert "\n".join(line for line in table if line) in README
    exported = run(cli.main, ["export", "--columns", "speaker,form,act,text"]).stdout
    assert exported.replace("\r\n", "\n") in README

"""The commands as a whole: their help, their twins, their documentation."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import rapextract
from rapextract.cli import COMMANDS, main

HEAVY = ("pandas", "pydantic", "duckdb", "spacy", "lxml", "pypdfium2", "rich", "ruamel", "regex")


def _commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))


ALL = dict(_commands(main))
LEAVES = {path: command for path, command in ALL.items() if not isinstance(command, click.Group)}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_the_group_is_that_of_the_command(name: str) -> None:
    assert ALL[name,].get_short_help_str(limit=200) == COMMANDS[name][1]


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_has_a_help(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*path, "--help"])
    assert result.exit_code == 0 and "Usage:" in result.output


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_command_has_a_twin(path: tuple[str, ...]) -> None:
    twin = getattr(rapextract, "_".join(path))
    assert callable(twin) and twin.__doc__


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_and_option_is_documented(path: tuple[str, ...], repository: Path) -> None:
    page = (repository / "docs" / "commands.md").read_text(encoding="utf-8")
    heading = f"## rapextract {' '.join(path)}\n"
    assert heading in page
    section = page.split(heading)[1].split("\n## ")[0]
    for parameter in ALL[path].params:
        for name in parameter.opts:
            wanted = (
                f"`{name}" if isinstance(parameter, click.Option) else (parameter.metavar or name.upper())
            )
            assert wanted in section, f"{wanted} is not documented"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([name, "--help"] for name in COMMANDS)])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    """What makes `--help` quick; the clock itself is not asserted."""
    code = (
        "import sys\nfrom rapextract.cli import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass\n"
        f"print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "HEAVY []"


def test_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"rapextract, version {rapextract.__version__}\n"


def test_public_names_are_there() -> None:
    assert set(rapextract.__all__) == {"__version__", *rapextract._TWINS}
    for name in rapextract.__all__:
        assert getattr(rapextract, name) is not None
    assert "ingest" in dir(rapextract)
    with pytest.raises(AttributeError):
        rapextract.nonsense  # noqa: B018

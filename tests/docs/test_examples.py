"""Every example of the README and the docs is run, and prints what it says it prints.

A ```console block holds lines ``$ command`` (continued by lines ``> …``) and, below each, its output;
``…`` on a line of its own stands for any lines, inside a line for any characters. A ```python block is
run as one script. Blocks of one page share a folder that holds the sample corpus, the grammars and the
dataset made from them. A block in which ``make`` or ``git`` is called is for people and is not run here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = [
    REPOSITORY / "README.md",
    *sorted((REPOSITORY / "docs").glob("*.md")),
    REPOSITORY / "samples/README.md",
]
BLOCK = re.compile(r"^```(console|python|yaml|markdown)\n(.*?)^```$", re.M | re.S)
NAMED = re.compile(r"(?:#|<!--) (my-[\w./-]+\.(?:yaml|md))\b")
FOR_PEOPLE = re.compile(r"^\$ (?:make|git|cd|apt-get|sudo)\b", re.M)


def blocks(page: Path) -> list[tuple[str, str]]:
    found = [(m[1], m[2]) for m in BLOCK.finditer(page.read_text(encoding="utf-8"))]
    return [
        (kind, body)
        for kind, body in found
        if not FOR_PEOPLE.search(body) and (kind in ("console", "python") or NAMED.match(body))
    ]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a fresh clone in which the README's first command was run."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("corpus", "grammars", "samples"):
        shutil.copytree(REPOSITORY / name, folder / name)
    run("rapextract ingest corpus/ --jobs 1", folder)
    return folder


def run(command: str, folder: Path) -> str:
    """The standard output and error of a command, run as a person would in `folder`."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )
    return done.stdout


def steps(body: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with the output that the page promises."""
    for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
        lines = part.split("\n")
        more = next((k for k, line in enumerate(lines) if k and not line.startswith("> ")), len(lines))
        command = "\n".join([lines[0], *(line[2:] for line in lines[1:more])])
        yield command, "\n".join(lines[more:]).strip("\n")


def promised(output: str) -> re.Pattern[str]:
    """The page's output as a pattern; white space at line ends does not matter."""
    lines = [re.escape(line.rstrip()).replace("…", ".*") for line in output.split("\n")]
    pattern = "\n".join(".*(?:\n.*)*" if line.strip() == ".*" else line for line in lines)
    return re.compile(pattern)


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)], ids=lambda page: page.stem)
def test_examples_do_what_the_page_says(page: Path, place: Path) -> None:
    for kind, body in blocks(page):
        if name := NAMED.match(body):
            path = place / name[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
            continue
        if kind == "python":
            done = subprocess.run(
                [sys.executable, "-c", body],
                cwd=place,
                text=True,
                capture_output=True,
                timeout=300,
                check=False,
            )
            assert done.returncode == 0, f"{page.name}: {body}\n{done.stderr}"
            continue
        for command, output in steps(body):
            printed = "\n".join(line.rstrip() for line in run(command, place).strip("\n").split("\n"))
            if output:
                assert promised(output).fullmatch(printed), f"{page.name}: $ {command}\n{printed}"


def test_there_are_examples() -> None:
    assert sum(len(blocks(page)) for page in PAGES) >= 5

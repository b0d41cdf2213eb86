"""The generated pages of docs/ say what the models say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rapextract.dataset.describe import dataset_page, problems_page
from rapextract.model import PROBLEM_KINDS, ROWS


def test_no_generated_page_is_stale(repository: Path) -> None:
    command = [sys.executable, str(repository / "scripts" / "docs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_column_and_every_code_is_described() -> None:
    page = dataset_page()
    for row_type in ROWS:
        section = page.split(f"## {row_type.FILE}.csv\n")[1].split("\n## ")[0]
        for name, field in row_type.model_fields.items():
            assert field.description and f"| `{name}` |" in section
    codes = problems_page()
    for code, kind in PROBLEM_KINDS.items():
        assert f"### {code} {kind.title}\n" in codes

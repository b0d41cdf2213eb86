"""Write the generated pages of docs/: `python scripts/docs.py [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path

from rapextract.dataset.describe import dataset_page, json_schemas, problems_page
from rapextract.grammar.published import grammar_schema_text

DOCS = Path(__file__).resolve().parent.parent / "docs"


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    return {
        DOCS / "dataset.md": dataset_page(),
        DOCS / "problems.md": problems_page(),
        DOCS / "grammar.schema.json": grammar_schema_text(),
        **{DOCS / "schema" / name: text for name, text in json_schemas().items()},
    }


def stale() -> list[Path]:
    """The pages that are not as the models say."""
    return [
        path
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main() -> int:
    if "--check" in sys.argv[1:]:
        for path in stale():
            print(f"{path} is stale; run `make docs`", file=sys.stderr)
        return 1 if stale() else 0
    for path in stale():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages()[path], encoding="utf-8")
        print(f"wrote {path.relative_to(DOCS.parent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

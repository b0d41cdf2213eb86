"""Score the table finder on the ICDAR 2013 competition's documents.

`python scripts/bench_tables.py [DOCUMENTS] [--cells CELLS.csv] [--blind | --level] [--worst N]`

DOCUMENTS is a folder of PDFs with the competition's ``*-str.xml`` beside them; without it the folder of
measuring data beside the checkout (``RAPEXTRACT_SHARED``, else ``../shared``) is taken. The cells of every
table found go to a CSV with the columns of table_cells.csv, which the competition's measure (adjacency
relations; Göbel, Hassan, Oro and Orsi 2012) then scores. With ``--blind`` every ruling and background is
hidden from the finder, to see what alignment finds alone; with ``--level`` all but the level rulings. The
documents' two halves (odd and even) are scored apart too, as a check that nothing was fitted to one of them.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from rapextract.read.pdf.page.file import PdfFile
from rapextract.read.pdf.tables import find_tables
from rapextract.read.pdf.tables.core import Sheet, find, sheet_of
from rapextract.read.pdf.tables.rules import Rules

SHARED = Path(os.environ.get("RAPEXTRACT_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))
SCORER = SHARED / "score" / "score_tables.py"
COLUMNS = ("source", "table_id", "page", "row", "column", "row_span", "column_span", "text")


def changed(sheet: Sheet, level: bool) -> Sheet:
    """A sheet without backgrounds and rulings; with `level` its level rulings stay."""
    return replace(sheet, rules=Rules(sheet.rules.across) if level else Rules(), fills=())


def write_cells(documents: list[Path], target: Path, hidden: str | None) -> tuple[int, float]:
    """Write the cells of all documents to `target`; the number of pages and the seconds in the finder.

    `hidden` is `blind` or `level`, what is hidden from the finder, or None.
    """
    pages, seconds = 0, 0.0
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for path in documents:
            number = 0
            with PdfFile(path.read_bytes()) as pdf:
                for page_number in range(1, pdf.page_count + 1):
                    with pdf.page(page_number, turned=True) as page:
                        start = time.process_time()
                        if hidden:
                            tables = find(changed(sheet_of(page), hidden == "level"))
                        else:
                            tables = find_tables(page)
                        seconds += time.process_time() - start
                    pages += 1
                    for table in tables:
                        number += 1
                        for cell in table.cells:
                            place = (cell.row, cell.column, cell.row_span, cell.column_span)
                            writer.writerow((path.name, number, cell.page, *place, cell.text))
    return pages, seconds


def score(cells: Path, documents: list[Path], worst: int) -> str:
    """What the scorer says of the cells of `documents`."""
    with tempfile.TemporaryDirectory() as folder:
        for path in documents:
            for truth in path.parent.glob(f"{path.stem.rstrip('ab')}*-str.xml"):
                shutil.copy(truth, folder)
        command = [sys.executable, str(SCORER), str(cells), folder, "--worst", str(worst)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", nargs="?", type=Path, default=SHARED / "icdar2013-eu")
    parser.add_argument("--cells", type=Path, help="keep the cells here")
    hide = parser.add_mutually_exclusive_group()
    for name, what in (("blind", "rulings and backgrounds"), ("level", "all but the level rulings")):
        hide.add_argument(
            f"--{name}", dest="hidden", action="store_const", const=name, help=f"hide {what} from the finder"
        )
    parser.add_argument("--worst", type=int, default=5, help="name the N worst documents (5)")
    options = parser.parse_args()
    documents = sorted(options.documents.glob("*.pdf")) if options.documents.is_dir() else []
    if not documents:
        print(f"No documents: {options.documents} is not here or holds no PDF.")
        print("Put the ICDAR 2013 table competition's PDFs and *-str.xml into a folder and name it.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        cells = options.cells or Path(folder) / "cells.csv"
        pages, seconds = write_cells(documents, cells, options.hidden)
        print(
            f"{len(documents)} documents, {pages} pages, {1000 * seconds / pages:.1f} ms a page in the finder"
        )
        if not SCORER.is_file():
            print(f"The scorer {SCORER} is not here; the cells can be kept with --cells.")
            return 0
        print(score(cells, documents, options.worst))
        for name, half in (("odd", documents[::2]), ("even", documents[1::2])):
            print(f"{name} half: {score(cells, half, 0)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

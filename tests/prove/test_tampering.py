"""Whatever is changed in a dataset or its sources after the run, `verify` finds it.

Each tampering is done on a copy of the sample corpus' dataset and undone afterwards. A plain one edits a
file and leaves it at that; a cunning one also writes the hashes of the edited files anew, so that only the
sources themselves can prove it wrong.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from rapextract import __version__, ingest, open_dataset
from rapextract.cli import main
from rapextract.dataset.export import STATE_FOLDER
from rapextract.dataset.open import Dataset
from rapextract.engine.store import program_fingerprint
from rapextract.model import FigureRow, ReportRow
from rapextract.prove.files import check_files, read_rows
from rapextract.prove.report import prove_report
from rapextract.prove.rows import check_rows
from rapextract.prove.run import _cases, verify
from rapextract.prove.tally import Tally

PLAIN, CUNNING = 130, 70
COUNT = PLAIN + CUNNING


class Place:
    """A copy of the corpus and its dataset; `prove` is `verify` on one report, without processes."""

    def __init__(self, folder: Path, repository: Path):
        self.corpus = folder / "corpus"
        shutil.copytree(repository / "corpus", self.corpus)
        self.outputs = ingest(self.corpus, outputs=folder / "outputs").outputs
        self.figures = list(Dataset(self.outputs).rows(FigureRow))
        self.reports = list(Dataset(self.outputs).rows(ReportRow))

    def prove(self, source: str) -> Tally:
        """What is found in the files and in the report `source`."""
        tally = Tally()
        check_files(self.outputs, tally)
        rows = read_rows(self.outputs, tally)
        check_rows(rows, tally)
        for case in _cases(self.outputs, self.corpus, rows, None, {}, {}):
            if case.report.source == source:
                tally.add(prove_report(case))
        return tally

    def table(self, name: str) -> tuple[list[str], list[list[str]]]:
        """Header and rows of a CSV."""
        rows = list(csv.reader(io.StringIO((self.outputs / name).read_text(encoding="utf-8"), newline="")))
        return rows[0], rows[1:]

    def write(self, name: str, header: list[str], rows: list[list[str]]) -> None:
        """Write a CSV anew."""
        with (self.outputs / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([header, *rows])

    def reseal(self) -> None:
        """Give every file of the dataset the hash that it has now, as a cunning hand would."""
        package_path = self.outputs / "datapackage.json"
        package = json.loads(package_path.read_text(encoding="utf-8"))
        for resource in package["resources"]:
            data = (self.outputs / resource["path"]).read_bytes()
            resource |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        package_path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
        (self.outputs / STATE_FOLDER / "manifest.json").unlink(missing_ok=True)


Tampering = Callable[[Place, random.Random], str]
"""Changes something; returns the source of the report that it touches."""


def other_digit(text: str, chance: random.Random) -> str:
    """`text` with one of its digits changed."""
    at = chance.choice([i for i, c in enumerate(text) if c.isdigit()])
    return text[:at] + chance.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]


def edit(column: str, change: Callable[[str, random.Random], str]) -> Tampering:
    """Change a cell of `column` of `figures.csv` that is not empty."""

    def tamper(place: Place, chance: random.Random) -> str:
        header, rows = place.table("figures.csv")
        at, source = header.index(column), header.index("source")
        row = chance.choice([row for row in rows if row[at]])
        row[at] = change(row[at], chance)
        place.write("figures.csv", header, rows)
        return row[source]

    return tamper


def delete_row(place: Place, chance: random.Random) -> str:
    header, rows = place.table("figures.csv")
    row = rows.pop(chance.randrange(len(rows)))
    place.write("figures.csv", header, rows)
    return row[header.index("source")]


def double_row(place: Place, chance: random.Random) -> str:
    header, rows = place.table("figures.csv")
    at = chance.randrange(len(rows))
    rows.insert(at, rows[at])
    place.write("figures.csv", header, rows)
    return rows[at][header.index("source")]


def move_row(place: Place, chance: random.Random) -> str:
    header, rows = place.table("figures.csv")
    start = header.index("char_start")
    at = chance.choice([i for i in range(len(rows) - 1) if rows[i][start] != rows[i + 1][start]])
    rows[at], rows[at + 1] = rows[at + 1], rows[at]
    place.write("figures.csv", header, rows)
    return rows[at][header.index("source")]


def swap_quotes(place: Place, chance: random.Random) -> str:
    header, rows = place.table("figures.csv")
    quote = header.index("quote")
    one = chance.choice(rows)
    other = chance.choice([row for row in rows if row[quote] != one[quote] and one[quote] not in row[quote]])
    one[quote] = other[quote]
    place.write("figures.csv", header, rows)
    return one[header.index("source")]


def source_byte(place: Place, chance: random.Random) -> str:
    report = chance.choice(place.reports)
    path = place.corpus / report.source
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    return report.source


def no_source(place: Place, chance: random.Random) -> str:
    report = chance.choice(place.reports)
    (place.corpus / report.source).unlink()
    return report.source


def text_byte(place: Place, chance: random.Random) -> str:
    report = chance.choice(place.reports)
    path = place.outputs / "texts" / f"{report.report_id}.txt"
    data = bytearray(path.read_bytes())
    at = chance.choice([i for i, byte in enumerate(data) if 0x30 <= byte < 0x7B])
    data[at] ^= 1
    path.write_bytes(data)
    return report.source


def cell_text(place: Place, chance: random.Random) -> str:
    header, rows = place.table("table_cells.csv")
    text = header.index("text")
    row = chance.choice([row for row in rows if any(c.isdigit() for c in row[text])])
    row[text] = other_digit(row[text], chance)
    place.write("table_cells.csv", header, rows)
    return row[header.index("source")]


def headcount(place: Place, chance: random.Random) -> str:
    header, rows = place.table("headcounts.csv")
    row = chance.choice(rows)
    row[header.index("count")] = other_digit(row[header.index("count")], chance)
    place.write("headcounts.csv", header, rows)
    return row[header.index("source")]


def shifted(text: str, chance: random.Random) -> str:
    return str(int(text) + chance.choice([-7, -1, 1, 2, 30]))


def moved_box(text: str, chance: random.Random) -> str:
    return f"{float(text) + chance.choice([-90, -12.5, 3, 40]):.3f}"


PROVABLE: dict[str, Tampering] = {
    "a digit of a value": edit("value", other_digit),
    "a digit of a text": edit("value_text", lambda text, chance: other_digit(text + "1", chance)),
    "a span": edit("char_start", shifted),
    "an end": edit("char_end", shifted),
    "a quote": swap_quotes,
    "an id": edit("figure_id", lambda text, chance: "f" + f"{chance.getrandbits(48):012x}"),
    "a box": edit("x0", moved_box),
    "a page": edit("page", shifted),
    "a deleted row": delete_row,
    "a doubled row": double_row,
    "a moved row": move_row,
    "a source byte": source_byte,
    "a missing source": no_source,
    "a text byte": text_byte,
    "a cell": cell_text,
    "a headcount": headcount,
}
"""What the sources prove wrong, whoever wrote the hashes."""

SEALED: dict[str, Tampering] = {
    "a unit": edit("unit", lambda text, _: text + "x"),
    "a label": edit("label", lambda text, _: text + " totaux"),
    "a period": edit("period", other_digit),
    "an entity": edit("entity", lambda text, _: text + " bis"),
    "an indicator": edit("rule", lambda text, _: text + ".x"),
}
"""Readings, which no source states as such: found by the hashes that the run left."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Place:
    return Place(tmp_path_factory.mktemp("tampering"), repository)


def test_what_nobody_touched_is_proven(place: Place) -> None:
    found = verify(place.outputs, place.corpus)
    assert found.complete and not found.failures
    assert found.proven == found.figures == len(place.figures) > 200
    asked = {proof.name: proof.checked for proof in found.proofs}
    in_pdf = sum(figure.source.endswith(".pdf") for figure in place.figures)
    assert asked["values"] == asked["places"] == asked["quotes"] == len(place.figures)
    assert asked["second opinion"] == asked["boxes"] == in_pdf > 50
    assert verify(place.outputs) == found  # the run left word of its corpus


def test_every_tampering_is_found(place: Place, tmp_path: Path) -> None:
    """Two hundred of them, seeded."""
    chance = random.Random(20_260_501)
    missed = []
    for number in range(COUNT):
        cunning = number >= PLAIN
        kinds = PROVABLE if cunning else PROVABLE | SEALED
        name = list(kinds)[number % len(kinds)]
        backup = tmp_path / str(number)
        shutil.copytree(place.outputs, backup / "outputs")
        shutil.copytree(place.corpus, backup / "corpus")
        source = kinds[name](place, chance)
        if cunning:
            place.reseal()
        if not place.prove(source).failures:
            missed.append((number, name, "cunning" if cunning else "plain"))
        shutil.rmtree(place.outputs)
        shutil.rmtree(place.corpus)
        shutil.move(backup / "outputs", place.outputs)
        shutil.move(backup / "corpus", place.corpus)
    assert not missed
    assert verify(place.outputs, place.corpus).complete


@pytest.mark.parametrize("name", PROVABLE)
def test_each_is_found_without_hashes_and_says_so(name: str, place: Place, tmp_path: Path) -> None:
    shutil.copytree(place.outputs, tmp_path / "outputs")
    shutil.copytree(place.corpus, tmp_path / "corpus")
    copy = Place.__new__(Place)
    copy.outputs, copy.corpus = tmp_path / "outputs", tmp_path / "corpus"
    copy.figures, copy.reports = place.figures, place.reports
    source = PROVABLE[name](copy, random.Random(7))
    copy.reseal()
    codes = {failure.problem.code for failure in copy.prove(source).failures}
    assert codes and codes <= {f"V{n:02}" for n in range(1, 20)} and "V05" not in codes


def test_what_another_version_made_is_told_as_the_cause(place: Place, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    shutil.copytree(place.outputs, outputs)
    package = outputs / "datapackage.json"
    text = package.read_text(encoding="utf-8")
    assert verify(outputs, place.corpus).cause is None
    package.write_text(text.replace(__version__, "0.0.9"), encoding="utf-8")
    older = verify(outputs, place.corpus).cause
    assert older is not None and older.code == "V21" and "0.0.9" in older.message
    package.write_text(text.replace(program_fingerprint(), "0" * 64), encoding="utf-8")
    shown = CliRunner().invoke(main, ["verify", str(outputs), "--corpus", str(place.corpus)]).output
    assert "V05" in shown and f"V21: The dataset was made by rapextract {__version__} in another" in shown


def test_without_a_corpus_it_says_what_to_give(place: Place, tmp_path: Path) -> None:
    from rapextract import RapextractError

    shutil.copytree(place.outputs, tmp_path / "moved")
    with pytest.raises(RapextractError, match="V20"):
        verify(tmp_path / "moved")
    assert verify(tmp_path / "moved", place.corpus).complete
    assert len(open_dataset(tmp_path / "moved").figures) == len(place.figures)

"""A spreadsheet filled in by hand, however odd, is taken in as decisions or refused by code, whole."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapextract.consolidate.decisions import read_log
from rapextract.dataset.open import open_dataset
from rapextract.decide import decide_import
from rapextract.engine import ingest
from rapextract.model import ATTRIBUTES, FigureRow, RapextractError

TEXT = "Rapport d'activité 2022 de la CPAM\n\nElle a reçu 2 791 appels et mené 12 réunions, soit 45,6 %.\n"
CELLS = st.sampled_from(
    ["", " ", "12", "12,5", "1 234,50", "1\u202f234", "\u22125", "1e400", "NaN", "infini",
     "accepted", "rejeté", "OK", "(vide)", "31/12/2021", "2021-S1", "99/99/9999", "FR-29", "observed", "é",
     "=1+1", "'=1", 'un "mot"',
     "a;b,c\td", "deux\nlignes", "\x00", "\x1b[2J", "\u202e", "x" * 200_000]
)  # fmt: skip
HEADERS = st.sampled_from(
    ["figure_id", "Figure_ID ", *ATTRIBUTES, "review", "why", "who", "quote", "", "unité"]
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman", "cp850"])


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("by-hand")
    (folder / "c").mkdir()
    (folder / "c" / "a.txt").write_text(TEXT, encoding="utf-8")
    return ingest(folder / "c", outputs=folder / "o", jobs=1).outputs


@st.composite
def spreadsheets(draw: st.DrawFn, ids: list[str]) -> bytes:
    """A file as some program leaves it."""
    header = ["figure_id", *draw(st.lists(HEADERS, max_size=3))]
    if draw(st.booleans()):
        header.reverse()
    rows = [header]
    for _ in range(draw(st.integers(0, 3))):
        row = [draw(st.sampled_from([*ids, "f0"]) if "id" in name.lower() else CELLS) for name in header]
        rows.append(row[: draw(st.integers(0, len(row)))] if draw(st.integers(0, 4)) == 0 else row)
    stream = io.StringIO()
    ends = draw(st.sampled_from(["\r\n", "\n", "\r"]))
    csv.writer(stream, delimiter=draw(st.sampled_from(";,\t|")), lineterminator="\n").writerows(rows)
    data = stream.getvalue().replace("\n", ends).encode(draw(ENCODINGS), errors="replace")
    return data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 4)) == 0 else data


@pytest.mark.fuzz
@given(st.data())
def test_any_spreadsheet(
    outputs: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    figures = {figure.figure_id: figure for figure in open_dataset(outputs).rows(FigureRow)}
    folder = tmp_path_factory.mktemp("sheet")
    (folder / "sheet.csv").write_bytes(data.draw(spreadsheets(list(figures))))
    log = folder / "log.jsonl"
    try:
        made = decide_import(folder / "sheet.csv", outputs=outputs, decisions=log, who="Ada")
    except RapextractError as error:
        assert error.problem.code == "D03" and not log.exists()
        return
    assert all(decision.place is not None and decision.place.figure_id in figures for decision in made)
    assert {decision.id for decision in made} == ({each.id for each in read_log(log)} if made else set())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_what_excel_saves(outputs: Path, tmp_path: Path, encoding: str, ends: str) -> None:
    """CSV, CSV UTF-8, Unicode text; of Windows and of older Macs."""
    figure = next(iter(open_dataset(outputs).rows(FigureRow)))
    delimiter = "\t" if encoding == "utf-16" else ";"
    rows = [["figure_id", "unit", "why"], [figure.figure_id, "téléconsultation", "vérifié\nà la main"]]
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    (tmp_path / "a.csv").write_bytes(stream.getvalue().replace("\n", ends).encode(encoding))
    (made,) = decide_import(tmp_path / "a.csv", outputs=outputs, decisions=tmp_path / "log.jsonl", who="Ada")
    assert made.changes == {"unit": "téléconsultation"} and made.why == "vérifié\nà la main"

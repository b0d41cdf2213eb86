"""`rapextract show --image`: the page drawn, with the figure's place marked."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

import rapextract
from rapextract.cli import main


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    (folder / "c").mkdir()
    for name in ("drsm-normandie-2021.pdf", "cpam-cantal-2022.txt"):
        shutil.copy(repository / "corpus" / name, folder / "c")
    rapextract.ingest(folder / "c", outputs=folder / "o", jobs=1)
    return folder / "o"


def _show(outputs: Path, figure_id: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["show", figure_id, "-o", str(outputs), *arguments])


def test_the_box_of_the_figure_is_marked_on_its_page(outputs: Path, tmp_path: Path) -> None:
    figures = rapextract.open_dataset(outputs).figures
    figure = next(row for row in figures.itertuples() if row.source.endswith(".pdf") and row.kind == "table")
    page = tmp_path / "page.png"
    result = _show(outputs, figure.figure_id, "--image", str(page))
    assert result.exit_code == 0, result.output
    with Image.open(page) as picture:
        scale = picture.width / 595.28  # the sample is on A4
        box = [figure.x0 * scale, figure.top * scale, figure.x1 * scale, figure.bottom * scale]
        inside = np.asarray(picture.crop(tuple(map(round, box))).convert("RGB")).astype(int)
    red = (inside[..., 0] > inside[..., 1] + 40) & (inside[..., 0] > inside[..., 2] + 40)
    assert red.mean() > 0.5


def test_no_picture_without_a_page_or_a_source(outputs: Path, tmp_path: Path) -> None:
    figures = rapextract.open_dataset(outputs).figures
    of_pdf = figures[figures.source.str.endswith(".pdf")].figure_id.iloc[0]
    of_text = figures[figures.source.str.endswith(".txt")].figure_id.iloc[0]
    page = tmp_path / "page.png"
    for arguments, code in (
        ((of_text, "--image", str(page)), "U12"),
        ((of_pdf, "--image", str(page), "--corpus", str(tmp_path)), "V01"),
        ((of_pdf, "--image", str(page), "--corpus", str(tmp_path / "none")), "U01"),
        ((of_pdf, "--image", str(tmp_path / "none" / "page.png")), "U03"),
    ):
        result = _show(outputs, *arguments)
        assert result.exit_code != 0 and result.stderr.startswith(f"rapextract: {code}: "), result.output
        assert not page.exists()

"""Small reports, made here, for tests that read for real."""

from __future__ import annotations

from pathlib import Path

TOWNS = ("Rennes", "Brest", "Quimper", "Vannes", "Lorient", "Laval", "Nantes", "Angers")


def report(number: int, sentences: int = 3) -> str:
    """A report of a few sentences with figures; different for each number."""
    town = TOWNS[number % len(TOWNS)]
    lines = [f"Rapport d'activité 2022 de la CPAM de {town}", ""]
    lines += [
        f"La plateforme de {town} a traité {number * 37 + line} appels en 2022, "
        f"soit {line % 90},5 % du total."
        for line in range(1, sentences + 1)
    ]
    return "\n".join(lines) + "\n"


def make_corpus(folder: Path, count: int = 3, sentences: int = 3) -> Path:
    """A folder with `count` reports, one of them in a subfolder."""
    (folder / "sous").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        place = folder / "sous" if number == 1 else folder
        (place / f"r{number:02}.txt").write_text(report(number, sentences), encoding="utf-8")
    return folder


def files(outputs: Path, but: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The dataset's files with their bytes, `but` some."""
    return {
        path.relative_to(outputs).as_posix(): path.read_bytes()
        for path in sorted(outputs.rglob("*"))
        if path.is_file() and ".rapextract" not in path.parts and path.name not in but
    }

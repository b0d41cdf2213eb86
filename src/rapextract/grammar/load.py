"""Grammar files to a compiled `Grammar`: the shipped folder first, then the researcher's.

Every mistake of every file is collected and raised at once, each with file, line and the nearest known
spelling.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import regex

from ..french.places import Gazetteer, place_entries
from ..model import Problem, problems
from .acronym_forms import AcronymForm, AcronymForms, AcronymWords
from .compiled import adopt, known_patterns
from .figure_rules import FigureRules
from .hints import adopt_hints, known_hints
from .kinds import FILES
from .mistakes import GrammarError, nearest
from .patterns import compile_pattern, fold_pattern
from .pieces import PieceError, expand
from .schema import Entry, FigureRule, Spoken, collections, pattern_fields, without_examples
from .sources import Place, Source
from .units import Units
from .vocabulary import TerritoryEntry, TerritoryWords, UnitEntry

LANGUAGE_VERSION = "1"
"""Part of the fingerprint: raised when the same YAML comes to mean something else."""

E = TypeVar("E", bound=Entry)


class Grammar:
    """Checked and compiled grammar files.

    `pieces` are the named patterns, set in already. `fingerprint` tells two grammars apart: SHA-256 of
    the language's version and of all file bytes.

    Pickled, it is what reading needs and ready at once: with its compiled patterns, its entries without
    their examples. Places and examples are then in its files, see `located`.
    """

    def __init__(self, folders: tuple[Path, ...]):
        """Load `folders`, later ones over earlier ones; raises `GrammarError` with every mistake."""
        self.folders = folders
        sources = tuple(_read(folders))
        self.fingerprint = _fingerprint((source.path.name, source.bytes) for source in sources)
        self.pieces, piece_problems = _pieces(sources)
        entries, entry_problems = _entries(sources, self.pieces)
        self._located: dict[type[Entry], Located] | None = entries
        self._entries = {model: tuple(entry for entry, _ in kind.values()) for model, kind in entries.items()}
        found = [problem for source in sources for problem in source.problems]
        if found := [*found, *piece_problems, *entry_problems]:
            raise GrammarError(dict.fromkeys(found))

    def __getstate__(self) -> dict[str, Any]:
        """What reading needs, and every pattern compiled so far; what else was made of it is made anew."""
        _ = self.figure_rules, self.acronym_forms, self.units  # all their patterns are compiled now
        names = ("folders", "fingerprint", "pieces")
        entries = {model: tuple(map(without_examples, kind)) for model, kind in self._entries.items()}
        return {name: getattr(self, name) for name in names} | {
            "_entries": entries,
            "_located": None,
            "patterns": known_patterns(),
            "hints": known_hints(),
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """The inverse of `__getstate__`."""
        adopt(state.pop("patterns"))
        adopt_hints(state.pop("hints"))
        self.__dict__.update(state)

    def entries(self, model: type[E]) -> tuple[E, ...]:
        """All entries of one model (`FigureRule`, `UnitEntry`, …), in the order of the files."""
        return tuple(entry for entry in self._entries.get(model, ()) if isinstance(entry, model))

    def all_entries(self) -> Iterator[Entry]:
        """Every entry of every model."""
        for kind in self._entries.values():
            yield from kind

    def located(self) -> Iterator[tuple[Entry, Place]]:
        """Every entry with its place. A pickled grammar reads its files for that, as they are now."""
        if self._located is None:
            yield from Grammar(self.folders).located()
            return
        for kind in self._located.values():
            yield from kind.values()

    @cached_property
    def figure_rules(self) -> FigureRules:
        """The figure rules, compiled."""
        return FigureRules(self.entries(FigureRule))

    @cached_property
    def acronym_forms(self) -> AcronymForms:
        """The ways to tie a short form to its long form, compiled."""
        return AcronymForms(self.entries(AcronymForm), self.entries(AcronymWords))

    @cached_property
    def units(self) -> Units:
        """The units, compiled."""
        return Units(self.entries(UnitEntry))

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The territories by their names."""
        lists = {entry.id: entry.words for entry in self.entries(TerritoryWords)}
        return Gazetteer(place_entries(self.entries(TerritoryEntry)), lists)


def shipped_folder() -> Path:
    """The folder of grammars that comes with the program: in the wheel, or the checkout's ``grammars/``."""
    installed = Path(str(files("rapextract"))) / "_grammars"
    if installed.is_dir():
        return installed
    return Path(__file__).resolve().parents[3] / "grammars"


def load_grammar(extra_folder: Path | str | None = None) -> Grammar:
    """The shipped grammars, with those of `extra_folder` added to and set over them by id.

    Compiled once a process for the same files. Raises `GrammarError` (a `RapextractError`) that lists
    every mistake found.
    """
    folders = grammar_folders(extra_folder)
    return _KEPT.get(folders) or _grammar(folders)


def grammar_fingerprint(extra_folder: Path | str | None = None) -> str:
    """The `Grammar.fingerprint` that `load_grammar` would give, from the files' bytes: nothing is compiled.

    Raises `GrammarError` where a folder holds no YAML.
    """
    paths = (path for folder in grammar_folders(extra_folder) for path in _yaml_files(folder))
    return _fingerprint((path.name, path.read_bytes()) for path in paths)


def grammar_folders(extra_folder: Path | str | None) -> tuple[Path, ...]:
    """The folders that `load_grammar` reads, the shipped one first."""
    folders: tuple[Path, ...] = (shipped_folder(),)
    return folders if extra_folder is None else (*folders, Path(extra_folder).resolve())


_KEPT: dict[tuple[Path, ...], Grammar] = {}


def keep_grammar(grammar: Grammar) -> None:
    """From now on `grammar` is what `load_grammar` gives for its folders, whatever becomes of the files."""
    _KEPT[grammar.folders] = grammar


def _grammar(folders: tuple[Path, ...]) -> Grammar:
    stamps = tuple(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size)
        for folder in folders
        for path in _yaml_files(folder)
    )
    return _grammar_of(folders, stamps)


@lru_cache(maxsize=4)
def _grammar_of(folders: tuple[Path, ...], _stamps: tuple[tuple[str, int, int], ...]) -> Grammar:
    return Grammar(folders)


def _yaml_files(folder: Path) -> list[Path]:
    paths = (
        sorted(p for p in folder.glob("*.y*ml") if p.suffix in (".yaml", ".yml")) if folder.is_dir() else []
    )
    if not paths:
        raise GrammarError([problems.GRAMMAR_MISSING(where=folder)])
    return paths


def _read(folders: tuple[Path, ...]) -> Iterator[Source]:
    for folder in folders:
        for path in _yaml_files(folder):
            yield Source(path, name=f"{folder.name}/{path.name}", known=FILES)


def _fingerprint(contents: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256(LANGUAGE_VERSION.encode())
    for name, content in contents:
        digest.update(f"\0{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _pieces(sources: tuple[Source, ...]) -> tuple[dict[str, str], list[Problem]]:
    raw: dict[str, tuple[str, Source]] = {}
    for source in sources:
        if source.file is not None:
            raw.update({name: (pattern, source) for name, pattern in source.file.pieces.items()})
    patterns = {name: pattern for name, (pattern, _) in raw.items()}
    expanded, found = {}, []
    for name, (pattern, source) in raw.items():
        where = Place(source, ("pieces", name))
        whole, problem = _expanded(f"{{{name}}}", f"the piece `{name}`", where, patterns)
        expanded[name] = whole.removeprefix("(?:").removesuffix(")") if problem is None else pattern
        found += [problem] if problem else []
    return expanded, found


def _expanded(
    pattern: str, owner: str, where: Place, pieces: Mapping[str, str], verbatim: bool = False
) -> tuple[str, Problem | None]:
    """`pattern` with its pieces set in, tried for compiling; or the mistake in it."""
    try:
        whole = expand(pattern, pieces)
    except PieceError as error:
        near = nearest(error.piece, pieces) if error.piece not in pieces else ""
        return pattern, problems.GRAMMAR_SCHEMA(where=where, reason=f"{owner}: {error}{near}")
    try:
        # compiled as it will be used, so that the work is done once
        compile_pattern(whole if verbatim else fold_pattern(whole), backwards=where.path[-1] == "before")
    except regex.error as error:
        return pattern, problems.GRAMMAR_PATTERN(where=where, rule=owner, reason=str(error))
    return whole, None


Located = dict[str, tuple[Entry, Place]]


def _entries(
    sources: tuple[Source, ...], pieces: Mapping[str, str]
) -> tuple[dict[type[Entry], Located], list[Problem]]:
    entries: dict[type[Entry], Located] = {}
    found: list[Problem] = []
    seen: dict[tuple[Path, type[Entry], str], Place] = {}
    for source in sources:
        for collection in collections(type(source.file)) if source.file is not None else ():
            for index, entry in enumerate(getattr(source.file, collection)):
                place = Place(source, (collection, index))
                first = seen.setdefault((source.path.parent, type(entry), entry.id), place)
                if first != place:
                    reason = f"`{entry.id}` is there twice, first at {first}"
                    found.append(problems.GRAMMAR_SCHEMA(where=place, reason=reason))
                whole, mistakes = _with_pieces(entry, entry.id, place, pieces)
                found += mistakes
                entries.setdefault(type(entry), {})[entry.id] = (whole, place)
    kept = {
        model: {name: item for name, item in located.items() if not item[0].disabled}
        for model, located in entries.items()
    }
    return kept, found


S = TypeVar("S", bound=Spoken)


def _with_pieces(
    spoken: S, owner: str, place: Place, pieces: Mapping[str, str], verbatim: bool = False
) -> tuple[S, list[Problem]]:
    """`spoken` with the pieces set into every pattern of it, at any depth."""
    verbatim = verbatim or bool(getattr(spoken, "verbatim", False))
    update: dict[str, Any] = {}
    found: list[Problem] = []
    for name in type(spoken).model_fields:
        value = getattr(spoken, name)
        if not value:
            continue
        if name in pattern_fields(type(spoken)):
            done = [
                _expanded(pattern, f"`{owner}`", place / name, pieces, verbatim)
                for pattern in ((value,) if isinstance(value, str) else value)
            ]
            whole = tuple(pattern for pattern, _ in done)
            update[name] = whole[0] if isinstance(value, str) else whole
            found += [problem for _, problem in done if problem]
        elif isinstance(value, Spoken):
            update[name], more = _with_pieces(value, owner, place / name, pieces, verbatim)
            found += more
        elif isinstance(value, tuple) and isinstance(value[0], Spoken):
            inner = [
                _with_pieces(item, owner, place / name / i, pieces, verbatim) for i, item in enumerate(value)
            ]
            update[name] = tuple(item for item, _ in inner)
            found += [problem for _, more in inner for problem in more]
    return spoken.model_copy(update=update), found

"""The grammars ready to read with: kept in the user's cache, for checking and compiling them takes a second.

What is kept is the pickled `Grammar`: checked entries, and every pattern of the grammars and of the program
compiled. Its name is made of everything that it comes from (grammar files, code, libraries), so a stale one
is never found; it begins with a digest of itself, so a damaged one counts as none. A pickle can run code when
it is read: only a file in a folder of the user's own, into which nobody else may write, is read. Where there
is no such folder, grammars are compiled anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from rapextract.consolidate import Checks
from rapextract.dataset.export import write_atomically
from rapextract.extract import extract_records
from rapextract.extract.indicators.found import prepare_searches
from rapextract.grammar import Grammar, grammar_fingerprint, load_grammar
from rapextract.grammar.load import grammar_folders
from rapextract.read import Source, read_source

from .store import program_fingerprint

_MOST_KEPT = 6  # files; each is of one state of grammars and program
_DIGEST = hashlib.sha256().digest_size

# Reading these asks for the patterns that are put together when a report is read.
_SPECIMENS = (
    """# Rapport d'activité 2022 de la DRSM Bretagne

## Les effectifs

### L'équipe au 31/12/2022

12 médecins-conseils (10,5 ETP)
3 infirmières

## L'activité

En 2022, 1 250 avis ont été rendus (objectif : 1 300), soit 45,6 % de plus qu'en 2021.
La plateforme médico-administrative (PFMA) a traité douze dossiers à Rennes, dont 3 en décembre.

| Indicateur | 2021 | 2022 |
|---|---|---|
| Avis rendus | 1 100 | 1 250 |
| Montant (k€) | 12,5 | 13 |
""",
    """# Commune de Saint-Exemple

Rapport annuel sur le prix et la qualité du service public d'assainissement collectif (RPQS)
pour l'exercice 2021, présenté au conseil de la communauté de communes

## Le service

Le service public d'assainissement collectif dessert 1 340 habitants au 31/12/2021.
Au cours de l'année 2021, le nombre d'abonnés est de 612 (604 en 2020).
L'indice de connaissance et de gestion patrimoniale du réseau est de 63 points pour l'année 2021.

| Code | Indicateur | Unité | Valeur 2020 | Valeur 2021 |
|---|---|---|---|---|
| D201.0 | Habitants desservis | hab | 1 320 | 1 340 |
| P202.2B | Indice de connaissance et de gestion patrimoniale | points | 60 | 63 |
| P204.3 | Conformité des équipements d'épuration | % | 100 | 100 |
""",
)


def ready_grammar(extra_folder: Path | None = None) -> Grammar:
    """What `load_grammar` gives, without the examples of its entries; from the cache where it is there.

    Raises `GrammarError` as `load_grammar` does.
    """
    return _ready(extra_folder, grammar_fingerprint(extra_folder))


@lru_cache(maxsize=4)
def _ready(extra_folder: Path | None, fingerprint: str) -> Grammar:
    folder = cache_folder()
    if folder is None:
        return load_grammar(extra_folder)
    path = folder / f"grammar-{_key(fingerprint, grammar_folders(extra_folder))}.pickle"
    grammar = _kept(path)
    if grammar is None:
        grammar = load_grammar(extra_folder)
        _keep(grammar, path)
    return grammar


def cache_folder() -> Path | None:
    """The folder of this program in the user's cache, made where it is missing; None where it can't be used.

    ``$XDG_CACHE_HOME``, or what the system has for it.
    """
    try:
        folder = _user_cache() / "rapextract"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if stat.S_ISDIR(folder.lstat().st_mode) and _is_own(folder) else None
    except (OSError, RuntimeError):  # read-only, or nobody's home
        return None


def _user_cache() -> Path:
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if given.is_absolute():
        return given
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")


def _is_own(path: Path) -> bool:
    """Whether `path` is the user's and nobody else may write to it (Windows keeps that in the profile)."""
    if sys.platform == "win32":
        return True
    status = path.lstat()
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _key(fingerprint: str, folders: tuple[Path, ...]) -> str:
    parts = (fingerprint, *map(str, folders), program_fingerprint(), version("pydantic"), sys.version)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:40]


def _kept(path: Path) -> Grammar | None:
    """The grammar kept at `path`; None where there is none, or none to be trusted."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode) or not _is_own(path):
            return None
        data = path.read_bytes()
        if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
            return None
        grammar = pickle.loads(data[_DIGEST:])
    except Exception:  # whatever an unpickled object may raise, the grammar is made anew
        return None
    return grammar if isinstance(grammar, Grammar) else None


def _keep(grammar: Grammar, path: Path) -> None:
    """Keep `grammar` at `path`, with the patterns that reading a report puts together."""
    for specimen in _SPECIMENS:
        records = extract_records(read_source(Source("specimen.md", specimen.encode())), grammar)
        Checks(grammar).add(records)
    prepare_searches(grammar)
    data = pickle.dumps(grammar)
    with suppress(OSError):  # a full disk: the next run compiles again
        write_atomically(path, hashlib.sha256(data).digest() + data)
        path.chmod(0o600)
        kept = sorted(path.parent.glob("grammar-*.pickle"), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in kept[_MOST_KEPT:]:
            old.unlink(missing_ok=True)

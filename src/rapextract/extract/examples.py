"""`grammar test`: every example of a grammar, those that only an extractor can run included."""

from __future__ import annotations

from pathlib import Path

from ..grammar import load_grammar
from ..grammar.examples import Ran, run_examples


def grammar_test(grammars: Path | str | None = None) -> Ran:
    """Run the examples of the shipped grammars and of the folder `grammars`.

    Gives how many ran and a `Problem` with file, line and reason for each that fails. Raises
    `GrammarError` where the files can't even be loaded.
    """
    return run_examples(load_grammar(grammars))

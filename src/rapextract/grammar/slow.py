"""Whose pattern it was that ran over the time limit."""

from __future__ import annotations

from .limited import LimitedPattern, PatternTimeout
from .load import Grammar
from .mistakes import GrammarError
from .patterns import compile_pattern, fold_pattern, too_slow
from .schema import patterns_in


def slow_rule(grammar: Grammar, error: PatternTimeout) -> GrammarError:
    """The error that names the entry of `grammar` whose pattern was slow; `error` itself where none is known.

    Patterns of several entries may have been matched as one; each is then tried alone on the same text.
    """
    suspects: dict[str, list[str]] = {}
    for entry in grammar.all_entries():
        for pattern in patterns_in(entry):
            for written in {pattern, fold_pattern(pattern)}:
                if written in error.pattern:
                    suspects.setdefault(entry.id, []).append(written)
    guilty = (
        suspects
        if len(suspects) <= 1
        else [name for name, patterns in suspects.items() if any(_slow(p, error.text) for p in patterns)]
    )
    return too_slow(", ".join(f"`{name}`" for name in guilty)) if guilty else error


def _slow(pattern: str, text: str) -> bool:
    compiled = compile_pattern(pattern)
    if not isinstance(compiled, LimitedPattern):
        return False
    try:
        compiled.search(text)
    except PatternTimeout:
        return True
    return False

"""Grammars: `grammars/*.yaml` → checked, compiled rules, with the examples that are written in them."""

from .figure_rules import Candidate, FigureRules, Given
from .limited import PatternTimeout
from .load import Grammar, grammar_fingerprint, load_grammar, shipped_folder
from .mistakes import GrammarError
from .patterns import matchable, unwrapped
from .published import Listed, grammar_list, grammar_schema, grammar_show
from .slow import slow_rule

__all__ = [
    "Candidate",
    "FigureRules",
    "Given",
    "Grammar",
    "GrammarError",
    "Listed",
    "PatternTimeout",
    "grammar_fingerprint",
    "grammar_list",
    "grammar_schema",
    "grammar_show",
    "load_grammar",
    "matchable",
    "shipped_folder",
    "slow_rule",
    "unwrapped",
]

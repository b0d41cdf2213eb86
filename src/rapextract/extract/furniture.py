"""Known furniture of pages (menus, « Cliquez sur… », cookie notices), marked on the blocks.

What repeats on each page is geometry or layout and taken out by the readers; what is known by its words
is vocabulary, kept in ``grammars/furniture.yaml`` and found here. The reading text does not change.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import regex

from ..grammar import Grammar, matchable
from ..grammar.hints import Needs, hints_of, may_match
from ..grammar.patterns import alternatives, compile_pattern, fold_pattern
from ..grammar.vocabulary import FurnitureEntry
from ..model import Block, BlockKind, Document

_LONGEST = 300
"""Characters of a block beyond which it is no furniture."""
_MARKABLE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.CAPTION})


class _Rule(NamedTuple):
    line: regex.Pattern[str]
    needs: Needs
    within: regex.Pattern[str] | None


def mark_furniture(document: Document, grammar: Grammar) -> Document:
    """The document with each block that a rule of ``furniture.yaml`` matches whole made furniture.

    Tables and panels are never furniture.
    """
    rules = _rules(grammar)
    marked: dict[int, Block] = {}
    for index, block in enumerate(document.blocks):
        if block.kind in _MARKABLE:
            words = _words(document, block)
            if words and any(_holds(rule, words, document, index) for rule in rules):
                marked[index] = replace(block, kind=BlockKind.FURNITURE, level=0)
    if not marked:
        return document
    blocks = (marked.get(index, block) for index, block in enumerate(document.blocks))
    return document.with_blocks(tuple(blocks))


@lru_cache(maxsize=2)
def _rules(grammar: Grammar) -> tuple[_Rule, ...]:
    """The rules of a grammar, compiled once."""
    return tuple(
        _Rule(
            _compiled(entry.line),
            hints_of(_source(entry.line)).needs,
            _compiled(entry.within) if entry.within else None,
        )
        for entry in grammar.entries(FurnitureEntry)
        if entry.line
    )


def _holds(rule: _Rule, words: str, document: Document, index: int) -> bool:
    if not may_match(rule.needs, words) or rule.line.fullmatch(words) is None:
        return False
    if rule.within is None:
        return True
    blocks = document.blocks
    near = (*blocks[max(0, index - 2) : index], *blocks[index + 1 : index + 2])
    others = (_words(document, other) for other in near)
    return any(rule.within.fullmatch(other) for other in others if other)


def _words(document: Document, block: Block) -> str:
    """The block as patterns see it, empty where it is too long to be furniture."""
    if block.end - block.start > _LONGEST:
        return ""
    return " ".join(matchable(document.text[block.start : block.end]).split())


def _compiled(patterns: tuple[str, ...]) -> regex.Pattern[str]:
    return compile_pattern(_source(patterns))


def _source(patterns: tuple[str, ...]) -> str:
    return alternatives(map(fold_pattern, patterns))

"""Known furniture of pages (menus, « Cliquez sur… », cookie notices), marked on the blocks.

What repeats on each page is geometry or layout and taken out by the readers; what is known by its words
is vocabulary, kept in ``grammars/furniture.yaml`` and found here. The reading text does not change.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import regex

from ..grammar import Grammar, matchable
from ..grammar.hints import hints_of, may_match
from ..grammar.patterns import alternatives, compile_pattern, fold_pattern
from ..grammar.vocabulary import FurnitureEntry
from ..model import Block, BlockKind, Document

_LONGEST = 300
"""Characters of a block beyond which it is no furniture."""
_MARKABLE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.CAPTION})


class _Rule(NamedTuple):
    line: regex.Pattern[str]
    needs: tuple[str, ...]
    within: regex.Pattern[str] | None


def mark_furniture(document: Document, grammar: Grammar) -> Document:
    """The document with each block that a rule of ``furniture.yaml`` matches whole made furniture.

    Tables and panels are never furniture.
    """
    rules = [
        _Rule(
            _compiled(entry.line),
            hints_of(_source(entry.line)).needs,
            _compiled(entry.within) if entry.within else None,
        )
        for entry in grammar.entries(FurnitureEntry)
        if entry.line
    ]
    words = [_words(document, block) for block in document.blocks]
    blocks = list(document.blocks)
    for index, block in enumerate(blocks):
        if block.kind in _MARKABLE and words[index] and any(_holds(rule, words, index) for rule in rules):
            blocks[index] = replace(block, kind=BlockKind.FURNITURE, level=0)
    return document if blocks == list(document.blocks) else document.with_blocks(tuple(blocks))


def _holds(rule: _Rule, words: list[str], index: int) -> bool:
    if not may_match(rule.needs, words[index]) or rule.line.fullmatch(words[index]) is None:
        return False
    if rule.within is None:
        return True
    near = words[max(0, index - 2) : index] + words[index + 1 : index + 2]
    return any(rule.within.fullmatch(other) for other in near if other)


def _words(document: Document, block: Block) -> str:
    """The block as patterns see it, empty where it is too long to be furniture."""
    if block.end - block.start > _LONGEST:
        return ""
    return " ".join(matchable(document.text[block.start : block.end]).split())


def _compiled(patterns: tuple[str, ...]) -> regex.Pattern[str]:
    return compile_pattern(_source(patterns))


def _source(patterns: tuple[str, ...]) -> str:
    return alternatives(map(fold_pattern, patterns))

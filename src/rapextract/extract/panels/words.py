"""The words of staff panels: the roles, groups and contracts of a grammar, found in folded text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import regex

from ...french.fold import fold
from ...grammar import Grammar
from ...grammar.compiled import regexp
from ...grammar.patterns import alternatives, compile_pattern, fold_pattern
from ...grammar.schema_panels import Contract, StaffGroup, StaffRole
from .lines import BULLETS

T = TypeVar("T")

_SPACE = regexp(r"[ :–-]* ")
"""Between a group's name and a role."""

ROLE_ENDS = regexp(
    rf"(?: \([^)\n\d]{{1,40}}\))?(?: (?:de|du|des|d'|en|a|au|aux)\b[^\n\d,;/()|{BULLETS}]{{1,40}})?"
    rf"(?= *(?:[,;:/()|.*{BULLETS}]|$|\n| dont\b| et\s\*{{0,2}}\d| -? ?\d| [il]\s)| [a-z]{{2,}} *:)"
)
"""What may follow a role's words in its count."""


class StaffWords:
    """The words that panels count with, as a grammar lists them. Offsets are those of the text given."""

    def __init__(self, grammar: Grammar):
        self._groups = [
            (group, start_of(group.patterns, r"(?= *\*{0,2} *(?:[:=|]|\n|$)| +\d| [–—-] )"))
            for group in grammar.entries(StaffGroup)
        ]
        self._roles = [(role, start_of(role.patterns, r"(?![\w'-])")) for role in grammar.entries(StaffRole)]
        self._by_id = {role.id: role for role in grammar.entries(StaffRole)}
        self._complements = {group.id: group.of for group in grammar.entries(StaffGroup)}
        self._contracts = [
            (contract, compile_pattern(fold_pattern(alternatives(contract.patterns))))
            for contract in grammar.entries(Contract)
        ]

    def role_named(self, label: str) -> StaffRole | None:
        """The role that `label`, a row's label, names whole; `None` where it names none.

        Dots after it lead the eye to its count.
        """
        folded = fold(label).rstrip(" .…:")
        found = self.role_at(folded, 0)
        return found[0] if found and ROLE_ENDS.fullmatch(folded, found[1]) else None

    def group_and_role(self, label: str) -> tuple[StaffGroup | None, StaffRole | None]:
        """The role that a row's label names whole, and the group that it may name before: « PC médecins ».

        A group that it names whole has a role for all of it: « PC » are practitioners.
        """
        if role := self.role_named(label):
            return None, role
        if (group := self.group_named(label)) and (role := self.role(group.role)):
            return group, role
        for space in _SPACE.finditer(label):
            group, role = self.group_named(label[: space.start()]), self.role_named(label[space.end() :])
            if group is not None and role is not None:
                return group, role
        return None, None

    def group_named(self, label: str) -> StaffGroup | None:
        """The group that `label` names whole."""
        folded = fold(label)
        found = self.group_at(folded, 0)
        return found[0] if found and found[1] == len(folded) else None

    def contracts_in(self, words: str) -> str:
        """The contracts that `words` name, joined with « et »."""
        folded = fold(words)
        return " et ".join(contract.id for contract, pattern in self._contracts if pattern.search(folded))

    def contract_at(self, folded: str, at: int) -> tuple[str, int] | None:
        """The contract named at `at`, and where its words end."""
        for contract, pattern in self._contracts:
            if match := pattern.match(folded, at):
                return contract.id, match.end()
        return None

    def group_at(self, folded: str, at: int) -> tuple[StaffGroup, int] | None:
        """The group whose line starts at `at`, and where its words end."""
        return _longest(self._groups, folded, at)

    def role_at(self, folded: str, at: int) -> tuple[StaffRole, int] | None:
        """The role named at `at`, the longest wording first, and where its words end."""
        return _longest(self._roles, folded, at)

    def has_one_role(self, group: StaffGroup) -> bool:
        """Whether a group has no roles but the one that it is named for, as nurses have."""
        return not any(group.role in role.within for role in self._by_id.values())

    def group_of(self, role: StaffRole) -> str:
        """The group whose members a role's are, whatever stands over it: physicians are practitioners."""
        of = (role.id, *role.within)
        groups = (group.id for group, _ in self._groups if group.role in of or role.id in group.members)
        return role.group or next(groups, "")

    def complement(self, group: str) -> str:
        """How labels say a group after a role, with a leading space; empty where they don't."""
        of = self._complements.get(group, "")
        return f" {of}" if of else ""

    def role(self, name: str) -> StaffRole | None:
        """The role with this id."""
        return self._by_id.get(name)


def start_of(patterns: Iterable[str], ending: str) -> regex.Pattern[str]:
    """What begins with one of `patterns` and goes on with `ending`, in folded text."""
    return compile_pattern(f"(?:{fold_pattern(alternatives(patterns))}){ending}")


def _longest(entries: list[tuple[T, regex.Pattern[str]]], folded: str, at: int) -> tuple[T, int] | None:
    best: tuple[T, int] | None = None
    for entry, pattern in entries:
        match = pattern.match(folded, at)
        if match and (best is None or match.end() > best[1]):
            best = (entry, match.end())
    return best

"""What a grammar file says of staff panels (`kind: panels`): titles, groups, roles, contracts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .schema import Entry, File, Patterns, Words


class PanelTitle(Entry):
    """The words that open a staff panel: « L'équipe au 31/12/21 (CDI) »."""

    patterns: Patterns = Field(description="The title without its date, contract and punctuation, whole.")
    dated: bool = Field(
        False, description="`true`: without date or contract, opens a panel only alone on its line."
    )


class StaffGroup(Entry):
    """A group of staff with a line of its own above its roles; the id is its short form: `PA`."""

    patterns: Patterns = Field(description="The ways its line is written, without punctuation, whole.")
    of: str = Field("", description="How labels say it after a role: `du personnel administratif`.")
    role: str = Field("", description="The role that « PC : 9 » counts, where the group itself has a number.")
    members: Words = Field((), description="Roles of no other group, besides those within its `role`.")


class StaffRole(Entry):
    """A role that panels count; the id is its singular, as the unit of its figures: `médecin-conseil`."""

    patterns: Patterns = Field(description="The ways it is written, singular and plural, whole.")
    plural: str = Field("", description="How labels name it: `infirmières du service médical (ISM)`.")
    group: str = Field("", description="The group it always belongs to, whatever line stands above it.")
    within: Words = Field((), description="Roles it can be a part of (« 34 agents, dont 2 CAM »).")


class Contract(Entry):
    """A kind of contract that a panel's title names; the id is its short form: `CDI`."""

    patterns: Patterns = Field(description="The ways it is written.")


class PanelCase(Entry):
    """A panel and what is read from it; `grammar test` and pytest run it."""

    text: str = Field(description="The text, line by line as in a report.")
    gives: tuple[str, ...] = Field(
        (), description="Each line read: `9 médecin-conseil PC`, `2 ETP CAM PA < agents`; none for prose."
    )
    date: str = Field("", description="The panel's date, ISO 8601.")
    contract: str = Field("", description="Its contracts.")


class PanelsFile(File):
    """`kind: panels`: the words that staff panels are made of."""

    kind: Literal["panels"]
    titles: tuple[PanelTitle, ...] = ()
    groups: tuple[StaffGroup, ...] = ()
    roles: tuple[StaffRole, ...] = ()
    contracts: tuple[Contract, ...] = ()
    cases: tuple[PanelCase, ...] = ()

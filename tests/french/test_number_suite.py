"""The French cases of an outside number suite, sorted into right, odd and failing.

The suite's conventions differ from ours in two ways that the comparison allows for: it takes a lone
« un » for a number in some cases and not in others, and it has no ordinals.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from rapextract.french.numbers import scan_numbers

SORTED = YAML(typ="safe").load(Path(__file__).with_name("number_suite.yaml"))
GROUPS = [*SORTED["odd"], *SORTED["failing"]]
REASON = {case: group["why"] for group in GROUPS for case in group["cases"]}


def key(case: dict[str, Any]) -> str:
    return hashlib.sha256(case["Input"].encode()).hexdigest()[:10]


def expected(case: dict[str, Any]) -> list[Decimal | None]:
    values: list[Decimal | None] = []
    for result in case["Results"]:
        if result["Text"].lower() not in ("un", "une"):
            try:
                values.append(Decimal(result["Resolution"]["value"].replace("%", "").replace(",", ".")))
            except InvalidOperation:
                values.append(None)
    return sorted(values, key=lambda value: value or 0)


def is_right(case: dict[str, Any]) -> bool:
    ours = sorted(n.value for n in scan_numbers(case["Input"]) if not n.ordinal and not n.article)
    theirs = expected(case)
    return len(ours) == len(theirs) and all(
        b is not None and abs(a - b) <= Decimal("0.000001") * max(1, abs(b))
        for a, b in zip(ours, theirs, strict=True)
    )


@pytest.mark.parametrize("name", ["NumberModel", "PercentModel"])
def test_every_case_is_right_unless_listed(shared: Path, name: str) -> None:
    cases = json.loads((shared / "numbers-fr" / f"{name}.json").read_text(encoding="utf-8"))
    wrong = [case["Input"] for case in cases if not is_right(case) and key(case) not in REASON]
    stale = [case["Input"] for case in cases if is_right(case) and key(case) in REASON]
    assert cases
    assert not wrong
    assert not stale, "these are right now: take them off the list"


def test_few_cases_fail() -> None:
    assert sum(len(group["cases"]) for group in SORTED["failing"]) <= 9

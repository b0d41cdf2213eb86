"""The log of decisions: JSON Lines beside the corpus, one entry a line, only ever appended to.

The order of the lines means nothing: entries carry their time and an id made of their content, so that git
can merge two logs line by line (``decisions.jsonl merge=union`` in ``.gitattributes``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from rapextract.model import ATTRIBUTES, Bound, Decision, DecisionKind, RapextractError, Role
from rapextract.model.problems import DECISION_BROKEN, DECISION_EDITED, OUTPUT_UNWRITABLE

_CHOICES = {"role": tuple(Role), "bound": tuple(Bound)}
_PATTERNS = {
    "value": (re.compile(r"-?\d+(\.\d+)?"), "-1234.5"),
    "territory": (re.compile(r"FR(-[0-9A-Z]{2,3})?"), "FR-BFC or FR-89"),
    "period": (
        re.compile(r"\d{4}(-(\d{2}(-\d{2})?|[SQ]\d))?(/\d{4}(-(\d{2}(-\d{2})?|[SQ]\d))?)?"),
        "2021, 2021-12-31, 2021-S1 or 2021-10/2021-12",
    ),
}

LOG_NAME = "decisions.jsonl"
"""Name of the log beside a corpus."""


def read_log(path: Path) -> tuple[Decision, ...]:
    """The decisions of a log, the oldest first (at the same time: by id), each once.

    No log is an empty one. Raises `RapextractError`: D01 for a line that is no decision, D02 for one whose
    id does not fit its content.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        reason = f"it can't be read ({type(error).__name__})"
        raise RapextractError(DECISION_BROKEN(where=path, reason=reason)) from error
    decisions = {
        decision.id: decision
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
        for decision in [_decision(line, f"{path}:{number}")]
    }
    return in_order(decisions.values())


def existing_log(path: Path) -> Path:
    """`path`, a log that was named; raises D01 where there is no such file."""
    if not path.is_file():
        raise RapextractError(DECISION_BROKEN(where=path, reason="there is no such file"))
    return path


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Decisions in the order in which they count: later ones go before earlier ones."""
    return tuple(sorted(decisions, key=lambda decision: (decision.when, decision.id)))


def append_log(path: Path, decisions: Iterable[Decision]) -> None:
    """Append decisions to a log; a line end that an editor left out is put in. Raises U03."""
    lines = "".join(decision.line() + "\n" for decision in decisions)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as stream:
            if stream.tell():
                stream.seek(-1, 2)
                lines = lines if stream.read(1) == b"\n" else "\n" + lines
            stream.write(lines.encode())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RapextractError(OUTPUT_UNWRITABLE(path=path, reason=reason)) from error


def utc(when: str) -> str:
    """An ISO 8601 time as the log writes it: UTC, to the microsecond. Raises `ValueError`."""
    time = datetime.fromisoformat(when)
    time = time if time.tzinfo else time.replace(tzinfo=UTC)
    return time.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _decision(line: str, where: str) -> Decision:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        reason = "marks of a merge conflict; keep the lines of both sides and remove the marks"
        raise RapextractError(DECISION_BROKEN(where=where, reason=reason))
    try:
        decision = Decision.model_validate(json.loads(line))
        decision = decision.model_copy(update={"when": utc(decision.when)})
    except ValidationError as error:
        first = error.errors()[0]
        reason = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise RapextractError(DECISION_BROKEN(where=where, reason=reason)) from error
    except ValueError as error:
        raise RapextractError(DECISION_BROKEN(where=where, reason=str(error))) from error
    if reason := _incomplete(decision):
        raise RapextractError(DECISION_BROKEN(where=where, reason=reason))
    if decision.id and decision.id != decision.made_id():
        raise RapextractError(DECISION_EDITED(where=where, decision_id=decision.id))
    return decision.identified()


def _incomplete(decision: Decision) -> str:
    """What is missing for the decision to mean something."""
    if decision.does is DecisionKind.MERGE:
        return "" if decision.indicator and decision.into else "a merge needs `indicator` and `into`"
    if decision.place is None:
        return "it does not say which figure it is about (`place`)"
    quoted = decision.place.quote[decision.place.offset :]
    if not decision.place.value_text or not quoted.startswith(decision.place.value_text):
        return "its `value_text` does not stand at `offset` of its `quote`"
    return wrong_change(decision.changes)


def wrong_change(changes: Mapping[str, str]) -> str:
    """What is wrong with changes, in a few words; empty where nothing is."""
    for name, text in changes.items():
        if name not in ATTRIBUTES:
            return f"`{name}` can't be changed by a decision"
        if name in _CHOICES and text not in _CHOICES[name]:
            return f"`{name}` is one of {', '.join(_CHOICES[name])}, not `{text}`"
        pattern, example = _PATTERNS.get(name, (None, ""))
        if pattern is not None and text and pattern.fullmatch(text) is None:
            return f"`{name}` is written like {example}, not `{text}`"
        if name == "value" and not text:
            return "a value can't be empty; reject the figure instead"
    return ""

"""YAML that is small to write and huge to read: refused before anything is built from it.

Values inside values without end exhaust the stack; an alias (`*a`) of a list of aliases of lists of
aliases stands for billions of values in a few lines. Both are seen from the parser's events, of which
there are no more than the file has characters.
"""

from __future__ import annotations

DEEPEST = 50
"""Values inside values beyond which a file is no grammar."""
MOST_VALUES = 200_000
"""Values that the aliases of a file may stand for."""


class YAMLBomb(ValueError):
    """The file would grow beyond measure; says how."""


def check_size(text: str) -> None:
    """Raise `YAMLBomb` where the YAML `text` nests too deep or its aliases stand for too many values.

    Raises what the parser raises where `text` is no YAML.
    """
    from ruamel.yaml import YAML  # most runs read no YAML
    from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, ScalarEvent

    sizes: dict[str, int] = {}  # anchor → values under it, once its end is reached
    open_: list[tuple[str | None, int]] = []  # anchor and first value of each collection that is open
    values = 0
    for event in YAML(typ="safe").parse(text):
        if isinstance(event, ScalarEvent):
            values += 1
        elif isinstance(event, CollectionStartEvent):
            open_.append((event.anchor, values))
            values += 1
            if len(open_) > DEEPEST:
                line = event.start_mark.line + 1
                raise YAMLBomb(f"line {line} nests more than {DEEPEST} values inside each other")
        elif isinstance(event, CollectionEndEvent):
            anchor, first = open_.pop()
            if anchor:
                sizes[anchor] = values - first
        elif isinstance(event, AliasEvent):
            line = event.start_mark.line + 1
            if any(anchor == event.anchor for anchor, _ in open_):
                raise YAMLBomb(f"line {line}: the alias *{event.anchor} stands inside what it stands for")
            values += sizes.get(event.anchor, 1)
            if values > MOST_VALUES:
                raise YAMLBomb(f"line {line}: the aliases stand for more than {MOST_VALUES:,} values")

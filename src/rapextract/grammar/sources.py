"""One YAML file read: its bytes, its checked content, and on which line everything stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from ..model import Problem, problems
from .bombs import YAMLBomb, check_size
from .mistakes import nearest
from .schema import File


class Source:
    """A grammar file. `file` is its content, or None where `problems` tell why not."""

    def __init__(self, path: Path, name: str, known: Mapping[str, type[File]]):
        """Read and check the file at `path`, called `name` in messages; nothing is raised."""
        from ruamel.yaml import YAML  # here and below: most runs read no YAML, see `engine.ready`
        from ruamel.yaml.error import YAMLError

        self.path = path
        self.name = name
        self.bytes = b""
        self.file: File | None = None
        self.problems: tuple[Problem, ...] = ()
        try:
            self.bytes = path.read_bytes()
            text = self.bytes.decode("utf-8-sig")
            check_size(text)
            content = YAML(typ="safe").load(text)
        except OSError as error:
            self.problems = (problems.GRAMMAR_SYNTAX(where=name, reason=error.strerror or str(error)),)
        except YAMLBomb as error:
            self.problems = (problems.GRAMMAR_SYNTAX(where=name, reason=str(error)),)
        except (YAMLError, UnicodeDecodeError) as error:
            self.problems = (_broken(name, error),)
        else:
            self.file, found = self._checked(content, known)
            self.problems = tuple(found)

    @cached_property
    def tree(self) -> Any:
        """The content with line numbers; only read when a line is asked for, for it is slow."""
        from ruamel.yaml import YAML

        return YAML(typ="rt", pure=True).load(self.bytes.decode("utf-8-sig"))

    def _checked(self, content: Any, known: Mapping[str, type[File]]) -> tuple[File | None, list[Problem]]:
        if not isinstance(content, dict) or "kind" not in content:
            reason = "the file must be a mapping that declares its `kind`: " + ", ".join(known)
            return None, [problems.GRAMMAR_SCHEMA(where=f"{self.name}:1", reason=reason)]
        kind = str(content["kind"])
        if kind not in known:
            reason = f"no kind is named `{kind}`{nearest(kind, known)}"
            return None, [problems.GRAMMAR_SCHEMA(where=Place(self, ("kind",)), reason=reason)]
        try:
            return known[kind].model_validate(content), []
        except ValidationError as error:
            return None, [_mistake(self, known[kind], item) for item in error.errors()]


@dataclass(frozen=True)
class Place:
    """A place in a grammar file; as a string ``file:line``."""

    source: Source
    path: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        """``file:line``, the line looked up now."""
        return f"{self.source.name}:{line_of(self.source.tree, self.path)}"

    @property
    def kind(self) -> str:
        """The kind that the file declares."""
        return self.source.file.kind if self.source.file is not None else ""

    def __truediv__(self, part: str | int) -> Place:
        """The place of a key or an item in what stands here."""
        return Place(self.source, (*self.path, part))


def _broken(name: str, error: Exception) -> Problem:
    from ruamel.yaml.error import MarkedYAMLError

    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        reason = " ".join(filter(None, (error.context, error.problem)))
        return problems.GRAMMAR_SYNTAX(where=f"{name}:{mark.line + 1}" if mark else name, reason=reason)
    reason = "the file is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error).splitlines()[0]
    return problems.GRAMMAR_SYNTAX(where=name, reason=reason)


def _mistake(source: Source, model: type[File], item: Any) -> Problem:
    path = tuple(part for part in item["loc"] if _leads_on(part))
    where = Place(source, path)
    owner = _owner(source.tree, path)
    spot = ".".join(str(part) for part in path)
    if item["type"] == "extra_forbidden":
        fields = _fields_at(model, path[:-1])
        reason = f"{owner}unknown key `{path[-1]}`{nearest(str(path[-1]), fields)}"
    elif item["type"] == "missing":
        reason = f"{owner}`{path[-1]}` is missing"
    elif item["type"] in ("enum", "literal_error"):
        input_, allowed = str(item["input"]), item["ctx"]["expected"]
        words = [word.strip(" '") for word in allowed.replace(" or ", ",").split(",")]
        key = next(part for part in reversed(path) if isinstance(part, str))
        reason = f"{owner}`{key}` is `{input_}`{nearest(input_, words)}, not one of {allowed}"
    else:
        message = item["msg"].removeprefix("Value error, ").partition(" or instance of")[0]
        reason = f"{owner}{spot}: {message[:1].lower()}{message[1:]}"
    return problems.GRAMMAR_SCHEMA(where=where, reason=reason)


def _leads_on(part: str | int) -> bool:
    """Not the tags that pydantic puts into a location for validators and unions."""
    return isinstance(part, int) or not any(mark in part for mark in "[(")


def _owner(tree: Any, path: Sequence[str | int]) -> str:
    """`` `id`: `` of the entry that `path` leads into, if it has one."""
    node, found = tree, ""
    for part in path:
        node = _child(node, part)
        if isinstance(node, dict) and isinstance(node.get("id"), str):
            found = f"`{node['id']}`: "
    return found


def _child(node: Any, part: str | int) -> Any:
    try:
        return node[part]
    except (KeyError, IndexError, TypeError):
        return None


def line_of(tree: Any, path: Sequence[str | int]) -> int:
    """1-based line of the value at `path`, or of the nearest thing above that has one."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    node, line = tree, 1
    for part in path:
        try:
            if isinstance(node, CommentedMap):
                line = node.lc.key(part)[0] + 1
            elif isinstance(node, CommentedSeq):
                line = node.lc.item(part)[0] + 1
        except (KeyError, IndexError, TypeError, AttributeError):
            return line
        node = _child(node, part)
    return line


def _fields_at(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """Names of the fields that may stand at `path` of a file of `model`."""
    models = [model]
    for part in path:
        if isinstance(part, int):
            continue
        annotations = [m.model_fields[part].annotation for m in models if part in m.model_fields]
        models = [inner for annotation in annotations for inner in _models_in(annotation)]
    return [name for m in models for name in m.model_fields]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (tuple, list, dict, Union, UnionType) or get_args(annotation):
        return [model for inner in get_args(annotation) for model in _models_in(inner)]
    return []

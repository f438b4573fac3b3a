"""Scenario files read with care: a size limit, one document, plain values only, no key twice, no anchors, no deep nesting.

YAML is read without the traps of its version 1.1: NO stays the country, 010 stays a text, a date stays a text. What is left means the same
in YAML and in JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from maadin.errors import InputError
from maadin.policy.problems import Problem, ScenarioError

if TYPE_CHECKING:
    _Base = yaml.SafeLoader
else:
    _Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MOST_BYTES = 1_000_000
MOST_DEPTH = 20
_PLAIN = (
    ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+0123456789."),
    ("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", "~nN"),
)


class _Loader(_Base):
    """Plain values, no key twice."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  # as the base class has it

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        found: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        if len(found) < len(node.value):
            seen: dict[str, int] = {}
            for key, _ in node.value:
                line = key.start_mark.line + 1
                if key.value in seen:
                    raise ScenarioError([Problem(f"line {line}", f"the key '{key.value}' stands there and on line {seen[key.value]}")])
                seen[str(key.value)] = line
        return found


for _tag, _pattern, _first in _PLAIN:
    for _letter in (*_first, *([""] if "null" in _tag else [])):
        _Loader.yaml_implicit_resolvers.setdefault(_letter, []).append((_tag, re.compile(_pattern)))


def text_of(source: Path | str, what: str = "scenario") -> tuple[str, str]:
    """The text of a scenario, or of `what` a file holds, and the name it goes by in messages; `source` is a file, or the text itself.

    Raises
    ------
    InputError
        If there is no such file, or it is too large or not UTF-8.
    """
    if isinstance(source, str) and ("\n" in source or re.search(r":\s|^\s*[{\[]", source)):
        if len(source.encode("utf-8", "replace")) > MOST_BYTES:
            raise _too_large("the text", what)
        return source, "the text"
    path = Path(source)
    try:
        if not path.is_file():
            raise InputError(f"there is no {what} file '{str(path)[:200]}'")
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(f"'{path.name}'", what)
        return path.read_bytes().decode("utf-8-sig"), f"'{path.name}'"
    except UnicodeDecodeError as error:
        raise InputError(f"{what} '{path.name}' is not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{what} file '{str(path)[:200]}' cannot be read: {error}") from None


def _too_large(name: str, what: str) -> InputError:
    return InputError(f"{what} {name} is larger than {MOST_BYTES // 1000} kB, the most it may have")


def parse_yaml(text: str, where: str) -> Any:
    """Plain values from YAML.

    Raises
    ------
    ScenarioError
        If it is no YAML, has a key twice, anchors, several documents or deep nesting.
    """
    try:
        _check_events(text)
        return yaml.load(text, Loader=_Loader)
    except ScenarioError as error:
        raise ScenarioError(error.problems, where) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}" if mark else ""
        raise ScenarioError([Problem(place, f"this is no YAML: {error.problem or error.context}")], where) from None
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        raise ScenarioError([Problem("", f"this is no YAML: {str(error).splitlines()[0][:200]}")], where) from None


def _check_events(text: str) -> None:
    """Refuse what could blow up when it is built."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = f"line {event.start_mark.line + 1}" if event.start_mark else ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ScenarioError([Problem(line, "anchors and aliases (& and *) are not allowed; write the values out")])
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise ScenarioError([Problem(line, "a second document starts here; a file holds one scenario")])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MOST_DEPTH:
            raise ScenarioError([Problem(line, f"values are nested more than {MOST_DEPTH} deep")])


def parse_json(text: str, where: str) -> Any:
    """Plain values from JSON; see `parse_yaml`."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except ScenarioError as error:
        raise ScenarioError(error.problems, where) from None
    except json.JSONDecodeError as error:
        raise ScenarioError([Problem(f"line {error.lineno}", f"this is no JSON: {error.msg}")], where) from None
    except (ValueError, RecursionError) as error:
        raise ScenarioError([Problem("", f"this is no JSON: {str(error)[:200]}")], where) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ScenarioError([Problem("", f"the key '{next(n for n in names if names.count(n) > 1)}' stands twice")])
    return found


def _refuse(constant: str) -> Any:
    raise ScenarioError([Problem("", f"{constant} is not a number here")])


class _Dumper(yaml.SafeDumper):
    """A measure on one line, everything else in blocks."""


class Inline(dict[str, Any]):
    """A mapping to be written on one line."""


for _tag, _pattern, _first in _PLAIN:  # so that a text which would be read as something else is quoted
    _Dumper.add_implicit_resolver(_tag, re.compile(_pattern), [*_first, *([""] if "null" in _tag else [])])
_Dumper.add_representer(Inline, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True))


def write_yaml(data: Any) -> str:
    """Plain values as YAML that `parse_yaml` reads back."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=140)

"""What is wrong with a scenario, said so that it can be put right: where, what was expected, what is nearest."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args

from maadin.errors import InputError, LabelError

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError


SHARED = ("except", "from", "to")  # fields of every market measure


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes
    ----------
    path : str
        Field, as "measures[1].rate"; empty for the whole.
    message : str
    label : LabelError or None
        The error, if a name is unknown.
    """

    path: str
    message: str
    label: LabelError | None = None

    def under(self, path: str) -> Problem:
        """The same problem seen from further out."""
        joined = path + ("." if path and self.path and not self.path.startswith("[") else "") + self.path
        return replace(self, path=joined)

    def line(self) -> str:
        """Place and message."""
        return f"{self.path}: {self.message}" if self.path else self.message


class ScenarioError(InputError):
    """A scenario or a measure is not what it should be; `problems` lists all that is wrong.

    Parameters
    ----------
    problems : sequence of Problem
    where : str
        What they were found in, as "scenario 'duty.yaml'".
    """

    def __init__(self, problems: Sequence[Problem], where: str = "") -> None:
        self.problems, self.where = tuple(problems), where
        lines = [p.line() for p in self.problems]
        if len(lines) == 1:
            super().__init__(f"{where}, {lines[0]}" if where and self.problems[0].path else f"{where}: {lines[0]}" if where else lines[0])
        else:
            listed = "\n".join(f"  - {line}" for line in lines)
            super().__init__(f"{where or 'this'}: {len(lines)} problems\n{listed}")


def refuse(problems: Sequence[Problem], where: str) -> InputError:
    """The error to raise: a LabelError that says where, if an unknown name is all that is wrong; else a ScenarioError."""
    if len(problems) == 1 and (label := problems[0].label) is not None:
        label.args = (f"{where}, {problems[0].path}: {problems[0].message}",)
        return label
    return ScenarioError(problems, where)


def unknown(given: str, kind: str, known: Iterable[str]) -> str:
    """A sentence that says what is not known, with the nearest names or, where they are few, all of them."""
    names = list(known)
    near = difflib.get_close_matches(given.casefold(), names, n=3, cutoff=0.5)
    nearest = f"; nearest: {', '.join(repr(n) for n in near)}" if near else ""
    return f"'{given}' is not {kind}{nearest}. Known: {', '.join(names)}"


def problems_of(error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """The problems that pydantic found in the fields of a model."""
    found: list[Problem] = []
    for entry in error.errors(include_url=False):
        path = _path(entry["loc"])
        cause = entry.get("ctx", {}).get("error")
        if isinstance(cause, ScenarioError):
            found += [p.under(path) for p in cause.problems]
        elif isinstance(cause, LabelError):
            found.append(Problem(path, str(cause), cause))
        else:
            found.append(Problem(path, _message(entry, model)))
    return found


def _path(location: Iterable[Any]) -> str:
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _message(entry: Any, model: type[BaseModel]) -> str:
    given = entry["input"]
    field = str(entry["loc"][0]) if entry["loc"] else ""
    match entry["type"]:
        case "missing":
            return f"is needed: {describe(model, field)}"
        case "extra_forbidden":
            return unknown(str(entry["loc"][-1])[:60], "a field here", field_names(_model_at(model, entry["loc"][:-1])))
        case "literal_error":
            return f"{_shown(given)} is not one of {entry['ctx']['expected']}"
        case "value_error":
            return str(entry["ctx"]["error"])
        case _:
            return f"{_shown(given)}: {entry['msg'][:1].lower()}{entry['msg'][1:]}"


def _model_at(model: type[BaseModel], location: Iterable[Any]) -> type[BaseModel]:
    """The model that holds the fields at a place inside another one."""
    for part in location:
        hint = model.model_fields[str(part)].annotation if str(part) in model.model_fields else None
        model = next((t for t in (hint, *get_args(hint)) if hasattr(t, "model_fields")), model)
    return model


def _shown(given: object) -> str:
    text = repr(given) if isinstance(given, str | float | bool | None) else f"a {type(given).__name__}"
    if isinstance(given, int) and not isinstance(given, bool):
        text = str(given) if given.bit_length() < 200 else "a very large number"
    return text if len(text) <= 60 else f"{text[:57]}..."


def field_names(model: type[BaseModel]) -> list[str]:
    """Names of a model's fields as they stand in a file, those that all measures share at the end."""
    names = [f.alias or name for name, f in model.model_fields.items()]
    return sorted(names, key=lambda name: name in SHARED)


def describe(model: type[BaseModel], field: str) -> str:
    """What a field is, in words."""
    for name, info in model.model_fields.items():
        if field in (name, info.alias):
            return info.description or name
    return field

"""What is said of a benchmark beside its figures: the file about.json, the attributes of a dataset, and the tables of its log.

Unknown fields are errors, and every field has its type; pydantic finds all offenders at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from types import GenericAlias
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, field_validator

from maadin.errors import ChecksFailed, DataError, LabelError
from maadin.facts import catalogue, regions
from maadin.facts.checks import FIRST_YEAR, LAST_YEAR, raise_for
from maadin.facts.table import Note
from maadin.market.adjustments import Adjustment
from maadin.market.benchmark import Benchmark, Kind
from maadin.market.duties import AppliedMeasure
from maadin.market.known_figures import KnownFigure
from maadin.market.own.rows import Rows, is_empty, nearest, shown

FORMAT: Literal["maadin benchmark"] = "maadin benchmark"
SCHEMA_VERSION = 1
UNDATED_YEAR = 2025  # of figures that name no year; a note says so

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Code = Annotated[str, StringConstraints(pattern=r"^\d{4,6}$")]
Share = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class About(BaseModel):
    """What the arrays of a benchmark are about. The defaults are those of figures about which nothing is said.

    Attributes
    ----------
    commodity, stage, year, kind, grade, reason, mass_basis, codes, missing_codes, share_adjusted, share_imputed, notes, sources
        As in `Benchmark`; a name of the catalogue becomes its id.
    labels : str
        countries; or free where labels may be no country's.
    countries : tuple of str
        Their order in the arrays; that of the rows without it.
    format, schema_version
        Set in what maadin has written.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    format: Literal["maadin benchmark"] | None = None
    schema_version: int | None = None
    commodity: Text = "own"
    stage: Text = "own"
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None = None
    kind: Kind = "balanced"
    grade: Text = "own data"
    reason: str = "figures of the user's own tables"
    mass_basis: Text = "unstated"
    labels: Literal["countries", "free"] = "countries"
    codes: tuple[Code, ...] = ()
    missing_codes: tuple[Code, ...] = ()
    countries: tuple[Text, ...] = ()
    share_adjusted: Share = 0.0
    share_imputed: Share = 0.0
    notes: tuple[Note, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()

    @field_validator("commodity")
    @classmethod
    def _id(cls, name: str) -> str:
        try:
            return catalogue.commodity(name).id
        except LabelError:
            return name

    @field_validator("notes")
    @classmethod
    def _hashable(cls, notes: tuple[Note, ...]) -> tuple[Note, ...]:
        return tuple(Note(n.id, frozen(n.values)) for n in notes)


@dataclass(frozen=True, slots=True)
class Records:
    """The log of a benchmark, the measures in force and the published figures beside it."""

    log: tuple[Adjustment, ...] = ()
    applied: tuple[AppliedMeasure, ...] = ()
    known: tuple[KnownFigure, ...] = ()


RECORDS: dict[str, type[Any]] = {"log": Adjustment, "applied": AppliedMeasure, "known": KnownFigure}
_FIELDS = tuple(name for name in About.model_fields if name not in ("format", "schema_version", "labels"))
_DERIVED = ("moved",)  # columns of the log that are not read
_TEXT = ("str", "Item")  # annotations of fields where an empty cell is an empty text


def about_of(b: Benchmark) -> dict[str, Any]:
    """What is said of a benchmark, ready for JSON.

    Raises
    ------
    ChecksFailed
        If a field does not hold what `About` expects, so that it could not be read again.
    """
    labels = "countries" if all(regions.is_code(c) for c in b.countries) else "free"
    said = {"format": FORMAT, "schema_version": SCHEMA_VERSION, **{name: getattr(b, name) for name in _FIELDS}, "labels": labels}
    plain: dict[str, Any] = json.loads(to_json(said))
    about(json.dumps(plain).encode(), "this benchmark")
    return plain


def to_json(value: object) -> str:
    """JSON of records, tuples and numpy's numbers; dataclasses become dictionaries."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else asdict(value)


def about(text: bytes, where: str) -> About:
    """What a JSON text says of a benchmark.

    Raises
    ------
    DataError
        If a newer maadin wrote it.
    ChecksFailed
        If it is not JSON, or a field is unknown or of the wrong type; lists all of them.
    """
    try:
        said = About.model_validate_json(text.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        raise ChecksFailed(f"{where} cannot be read", _problems(error, where)) from error
    if said.schema_version is not None and said.schema_version > SCHEMA_VERSION:
        raise DataError(
            f"has schema version {said.schema_version}; this maadin reads up to {SCHEMA_VERSION}, a newer one is needed", file=where
        )
    return said


def about_from(plain: dict[str, Any], where: str) -> About:
    """What plain values say of a benchmark, as `about`.

    Raises
    ------
    DataError, ChecksFailed
        As `about`; also where a value is nothing that JSON has.
    """
    try:
        text = to_json(plain).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise DataError(f"hold what cannot be written as JSON ({error})", file=where) from error
    return about(text, where)


def _problems(error: ValidationError, where: str) -> list[str]:
    problems = []
    for wrong in error.errors(include_url=False):
        at = f"{where}, {'.'.join(map(str, wrong['loc']))}" if wrong["loc"] else where
        if wrong["type"] == "extra_forbidden":
            known = list(About.model_fields)
            hint = nearest(str(wrong["loc"][-1]), known) or f"; expected {', '.join(known)}"
            problems.append(f"{at}: is not a known field{hint}")
        else:
            given = "" if wrong["type"] == "json_invalid" else f"{shown(wrong['input'])}: "
            problems.append(f"{at}: {given}{wrong['msg']}")
    return problems


def records(tables: dict[str, Rows | None]) -> Records:
    """The records in tables such as `maadin.market.tables` makes of them, by their field of `Benchmark`.

    Raises
    ------
    ChecksFailed
        If a column is missing or unknown, or a cell is not what its field expects; lists all of them.
    """
    problems: list[str] = []
    read = {name: _records(rows, RECORDS[name], problems) for name, rows in tables.items() if rows is not None}
    raise_for(problems, "records of the benchmark cannot be read")
    return Records(**read)


def _records(rows: Rows, kind: type[Any], problems: list[str]) -> tuple[Any, ...]:
    expected = {f.name: str(f.type) for f in fields(kind)}
    wrong = [f"{rows.name}: there is no column {c!r}{nearest(c, rows.columns)}" for c in expected if c not in rows.columns]
    wrong += [f"{rows.name}: {shown(c)} is not a column of this table" for c in rows.columns if c not in (*expected, *_DERIVED)]
    if wrong:
        problems += wrong
        return ()
    plain = [{name: _field(row.cells.get(name), type_) for name, type_ in expected.items()} for row in rows.rows]
    try:
        of_kind: Any = GenericAlias(tuple, (kind, ...))
        return tuple(TypeAdapter(of_kind, config=ConfigDict(allow_inf_nan=False)).validate_python(plain))
    except ValidationError as error:
        for e in error.errors(include_url=False):
            at, *column = e["loc"]
            problems.append(f"{rows.rows[int(at)].where}, {'.'.join(map(str, column))}: {shown(e['input'])}: {e['msg']}")
        return ()


def _field(cell: object, type_: str) -> object:
    if type_.startswith("tuple"):
        return cell.split("; ") if isinstance(cell, str) and cell else ([] if is_empty(cell) else cell)
    if is_empty(cell):
        return "" if type_ in _TEXT else None
    return cell


def frozen(value: Any) -> Any:
    """Lists as tuples, in dictionaries too, as they were before JSON."""
    if isinstance(value, dict):
        return {k: frozen(v) for k, v in value.items()}
    return tuple(frozen(v) for v in value) if isinstance(value, list) else value


def with_year(year: int | None, notes: Iterable[Note]) -> tuple[int, tuple[Note, ...]]:
    """The year of a benchmark and its notes, with one where no year is given."""
    if year is not None:
        return year, tuple(notes)
    return UNDATED_YEAR, (*notes, Note("benchmark_no_year", {"year": UNDATED_YEAR}))

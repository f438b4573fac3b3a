"""Elasticities estimated from the trade panel: the shipped table, and its figures as one more source family.

The table is written by `python -m maadin.experiments.estimation`; docs/explanation/estimation.md says how, and where it fails. The family is not part of
a pool unless asked for. An event must not be scored with estimates from years after it: for that, estimate up to the year before
(`maadin.experiments.estimation.products.estimate_all` with `last_year`) and hand the figures of those rows to `elasticities`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources
from typing import Literal, get_args

from maadin.errors import DataError
from maadin.facts.records import Elasticity
from maadin.facts.sources import files

Status = Literal["estimated", "infeasible", "too few data"]
Method = Literal["feenstra", "hybrid"]
EstimatedParameter = Literal["armington", "supply"]
METHODS: tuple[Method, ...] = get_args(Method)

FILE = "estimated.csv"
PANEL = "panel"
SOURCES: dict[Method, str] = {
    "feenstra": "own estimate, trade panel; Feenstra (1994) with weights of Broda & Weinstein (2006)",
    "hybrid": "own estimate, trade panel; Soderbery (2015), with the likelihood of Hausman et al. (2012)",
}


@dataclass(frozen=True, slots=True)
class Estimated:
    """One parameter of one code by one method.

    Attributes
    ----------
    code : str
        Six digits.
    parameter : str
        armington, or supply: of a variety to one importer, not output of a country.
    method : str
        feenstra or hybrid.
    estimate, standard_error : float or None
        The standard error is clustered; none where an edge of the feasible region fixes the parameter.
    p05, p50, p95 : float or None
        Points over resampled importers, within what is searched.
    inside : float or None
        Share of resampled panels whose estimate lies inside the feasible region.
    importers, varieties, observations : int
    first_year, last_year : int
        Of the flows used; 0 where there are none.
    status : str
        estimated, infeasible or too few data. An infeasible estimate is printed but is no figure.
    why : str
        What the estimate lies on, or why there is none.
    """

    code: str
    parameter: EstimatedParameter
    method: Method
    estimate: float | None
    standard_error: float | None
    p05: float | None
    p50: float | None
    p95: float | None
    inside: float | None
    importers: int
    varieties: int
    observations: int
    first_year: int
    last_year: int
    status: Status
    why: str

    def figure(self) -> Elasticity | None:
        """As a figure of a source, with 5, 50 and 95 % points; None unless it is an estimate."""
        if self.status != "estimated":
            return None
        note = f"{self.first_year}-{self.last_year}, {self.importers} importers, {self.varieties} varieties"
        if self.inside is not None:
            note += f", {self.inside:.0%} of resampled panels inside the feasible region"
        note = "; ".join(n for n in (note, self.why) if n)
        points = (self.p05, self.p50, self.p95)
        return Elasticity("", "", self.code, self.parameter, "annual", *points, PANEL, SOURCES[self.method], "computed", note)


COLUMNS = tuple(f.name for f in fields(Estimated))


def figures(
    rows: Iterable[Estimated] | None = None,
    parameters: Sequence[EstimatedParameter] = ("armington",),
    methods: Sequence[Method] = ("hybrid",),
) -> tuple[Elasticity, ...]:
    """Figures for `elasticities(..., estimated=...)`.

    Parameters
    ----------
    rows : iterable of Estimated, optional
        The shipped table without it.
    parameters : sequence of str
        The supply elasticities are those of exports to one importer and far too high for the output of a country: ask for them knowingly.
    methods : sequence of str
        Each is a study of its own within the family. Feenstra's is biased upwards on simulated panels.

    Examples
    --------
    >>> {figure.kind for figure in figures()}
    {'armington'}
    """
    given = shipped() if rows is None else rows
    asked = (row for row in given if row.parameter in parameters and row.method in methods)
    return tuple(f for row in asked if (f := row.figure()) is not None)


@lru_cache(maxsize=1)
def shipped() -> tuple[Estimated, ...]:
    """The table that comes with the package, from all years of the panel."""
    return read((resources.files("maadin.market") / "data" / FILE).read_bytes())


def read(content: bytes) -> tuple[Estimated, ...]:
    """Rows of a table as `maadin.experiments.estimation` writes it.

    Raises
    ------
    DataError
        If a cell is not as expected; names line and column.
    """
    return tuple(_row(line, cells) for line, cells in files.csv_rows(content, FILE, COLUMNS))


def _row(line: int, cells: dict[str, str]) -> Estimated:
    made: dict[str, object] = {}
    for name, cell in cells.items():
        try:
            made[name] = _value(name, cell)
        except ValueError as error:
            raise DataError(f"{cell!r} is not as expected: {error}", file=FILE, row=line, column=name) from None
    return Estimated(**made)  # type: ignore[arg-type]  # each cell is checked above


def _value(name: str, cell: str) -> object:
    closed: dict[str, tuple[str, ...]] = {"parameter": get_args(EstimatedParameter), "method": METHODS, "status": get_args(Status)}
    if name in closed and cell not in closed[name]:
        raise ValueError(f"expected one of {', '.join(closed[name])}")
    if name in ("estimate", "standard_error", "p05", "p50", "p95", "inside"):
        return float(cell) if cell else None
    if name in ("importers", "varieties", "observations", "first_year", "last_year"):
        return int(cell)
    return cell

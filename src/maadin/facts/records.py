"""The rows of the compiled tables: one class per table, its fields in column order.

A figure keeps what its source printed beside the normalised value. Its `status` says what the cell was, so that missing, zero, withheld
and not applicable stay four different things; `quality` says how firm the source calls it.
"""

from __future__ import annotations

import types
from enum import StrEnum
from typing import NamedTuple, get_args, get_type_hints


class Status(StrEnum):
    """What a cell says. The value is empty exactly for the members of `NO_VALUE`."""

    VALUE = "value"
    ZERO = "zero"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BELOW_HALF_UNIT = "below_half_unit"
    RANGE = "range"
    MISSING = "missing"
    WITHHELD = "withheld"
    NOT_APPLICABLE = "not_applicable"
    NET_EXPORTER = "net_exporter"
    DESCRIBED = "described"
    INCLUDED_ELSEWHERE = "included_elsewhere"


NO_VALUE = frozenset(
    {
        Status.MISSING,
        Status.WITHHELD,
        Status.NOT_APPLICABLE,
        Status.NET_EXPORTER,
        Status.DESCRIBED,
        Status.INCLUDED_ELSEWHERE,
    }
)


class Quality(StrEnum):
    """How firm a source calls its figure."""

    REPORTED = "reported"
    ESTIMATED = "estimated"
    PROVISIONAL = "provisional"


class Quantity(NamedTuple):
    """Output, capacity or reserves of one country (tables production, capacity, reserves)."""

    commodity: str
    stage: str
    form: str
    mass_basis: str
    country: str
    country_printed: str
    year: int
    value: float | None
    low: float | None
    high: float | None
    unit: str
    status: str
    quality: str
    source: str
    release: str
    value_printed: str
    unit_printed: str
    note: str


class SalientFigure(NamedTuple):
    """One figure of the United States salient statistics (table salient)."""

    commodity: str
    variable: str
    form: str
    year: int
    value: float | None
    low: float | None
    high: float | None
    unit: str
    status: str
    quality: str
    source: str
    release: str
    value_printed: str
    unit_printed: str
    note: str


class Price(NamedTuple):
    """One price, annual when `month` is empty (table prices)."""

    commodity: str
    item: str
    basis: str
    year: int
    month: int | None
    value: float | None
    low: float | None
    high: float | None
    unit: str
    usd_per_tonne: float | None
    status: str
    quality: str
    source: str
    release: str
    value_printed: str
    unit_printed: str
    note: str


class Governance(NamedTuple):
    """One governance estimate with its standard error (table governance)."""

    country: str
    year: int
    indicator: str
    value: float
    standard_error: float | None
    source: str
    release: str


class Elasticity(NamedTuple):
    """One published or computed elasticity, absolute values (table elasticities)."""

    commodity: str
    commodity_printed: str
    hs6: str
    kind: str
    horizon: str
    low: float | None
    mid: float | None
    high: float | None
    family: str
    source: str
    check: str
    note: str


class TradeMeasure(NamedTuple):
    """One tariff, quota, ban or control with its dates (table measures)."""

    id: str
    measure: str
    imposing: str
    targeted: str
    targeted_printed: str
    commodity: str
    commodity_printed: str
    hs: str
    instrument: str
    value: float | None
    unit: str
    effective_from: str
    effective_to: str
    source: str
    confidence: str
    checked: str


Row = Quantity | SalientFigure | Price | Governance | Elasticity | TradeMeasure

_SQL = {str: "VARCHAR", float: "DOUBLE", int: "SMALLINT"}


def sql_columns(row_type: type[Row]) -> dict[str, str]:
    """Column names and DuckDB types of a table, in order."""
    columns = {}
    for name, hint in get_type_hints(row_type).items():
        base = next((a for a in get_args(hint) if a is not types.NoneType), hint)
        columns[name] = _SQL[base]
    return columns

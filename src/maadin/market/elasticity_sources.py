"""What is known about a market's elasticities: published figures by source family, carried to a horizon, and priors where there are none.

Figures come from the table of elasticities (`maadin facts elasticities`). How a lone figure is spread, how one horizon is carried to another
and the generic priors stand in the CSV files beside this module, each line with its source or the word assumption, and why.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Literal, get_args

from maadin.errors import DataError
from maadin.facts.ask import listing
from maadin.facts.records import Elasticity
from maadin.facts.selection import Market
from maadin.facts.sources import files
from maadin.facts.store import Store
from maadin.market.distributions import Z75, Z95, Component, Family, Shape

Horizon = Literal["short", "medium", "long"]
ParameterName = Literal["armington", "demand", "supply", "re_export", "slack", "outside_option"]
HORIZONS: tuple[Horizon, ...] = get_args(Horizon)
PARAMETERS: tuple[ParameterName, ...] = get_args(ParameterName)
BOUNDS: dict[ParameterName, tuple[float, float]] = {
    "armington": (1.01, 50.0),
    "demand": (0.0, 5.0),
    "supply": (0.0, 10.0),
    "re_export": (0.1, 50.0),
    "slack": (0.0, 1.0),
    "outside_option": (0.0, 20.0),
}

PRIOR = "prior"
# Horizons a printed one speaks for. Estimates from yearly changes are used for short and medium as they stand.
SPEAKS_FOR: dict[str, tuple[Horizon, ...]] = {
    "same year": ("short",),
    "short": ("short",),
    "annual": ("short", "medium"),
    "medium": ("medium",),
    "long": ("long",),
    "20 years": ("long",),
    "short and long": HORIZONS,
    "": HORIZONS,
}
QUARTILES = ("broda_weinstein",)  # families whose low and high are the 25 and 75 % points
STANDS_IN = ("HS4 mean", "generic")  # how a note begins that says so

PRIOR_COLUMNS = ("parameter", "commodity", "group", "stage", "horizon", "low", "mid", "high", "source", "why")
HORIZON_COLUMNS = ("parameter", "shorter", "longer", "low", "mid", "high", "source", "why")
SPREAD_COLUMNS = ("figure", "factor", "source", "why")
SECTOR_COLUMNS = ("hs", "printed")


@dataclass(frozen=True, slots=True)
class Prior:
    """A generic distribution for commodities about which no source speaks; empty fields match anything."""

    parameter: str
    commodities: tuple[str, ...]
    group: str
    stage: str
    horizon: str
    component: Component

    def fits(self, market: Market, horizon: Horizon) -> bool:
        """Whether it is meant for a market and horizon."""
        return (
            self.horizon in (horizon, "any")
            and (not self.commodities or market.commodity.id in self.commodities)
            and self.group in ("", market.commodity.group)
            and self.stage in ("", market.stage.id)
        )

    @property
    def precedence(self) -> tuple[bool, bool, bool]:
        """The larger, the more specific: commodity before group before stage."""
        return bool(self.commodities), bool(self.group), bool(self.stage)


@dataclass(frozen=True, slots=True)
class Carry:
    """What a value at a shorter horizon is, relative to one at a longer horizon (5, 50 and 95 % points)."""

    parameter: str
    shorter: str
    longer: str
    low: float
    mid: float
    high: float
    source: str


def families(
    store: Store, market: Market, parameter: ParameterName, horizon: Horizon, more: Sequence[Elasticity] = ()
) -> tuple[Family, ...]:
    """Source families that give a figure for a parameter of a market; the generic prior alone where none does.

    Figures that are not in the table of elasticities, such as `maadin.market.estimated.figures`, come as `more`. Within a family, studies weigh the same, and within a study its figures. Of a study's figures those for the horizon asked for are used
    if there are any, otherwise all are carried to it.
    """
    studies: dict[str, dict[str, list[Elasticity]]] = {}
    for row in _speaking((*_published(store), *more), market, parameter):
        studies.setdefault(row.family, {}).setdefault(row.source, []).append(row)
    found = []
    for name, by_study in sorted(studies.items()):
        components = []
        for rows in by_study.values():
            direct = [r for r in rows if horizon in _speaks_for(r)]
            used = direct or rows
            weight = 1 / (len(by_study) * len(used))
            components += [replace(component(r, parameter, horizon), weight=weight) for r in used]
        found.append(Family(name, tuple(components)))
    return tuple(found) or (prior(market, parameter, horizon),)


def prior(market: Market, parameter: ParameterName, horizon: Horizon) -> Family:
    """The most specific generic prior.

    Raises
    ------
    DataError
        If the file of priors has none, or two that are equally specific.
    """
    fitting = [p for p in _priors() if p.parameter == parameter and p.fits(market, horizon)]
    best = [p for p in fitting if p.precedence == max(q.precedence for q in fitting)]
    if len(best) != 1:
        raise DataError(
            f"expected one prior for {parameter} of {market.commodity.id}, horizon {horizon}, found {len(best)}", file="priors.csv"
        )
    return Family(PRIOR, (best[0].component,))


def component(row: Elasticity, parameter: ParameterName, horizon: Horizon) -> Component:
    """One published figure as a distribution at a horizon."""
    low, mid, high, how = _points(row)
    notes = [row.note, how]
    if row.hs6:
        notes.insert(0, f"HS {row.hs6}")
    made = Component(low, mid, high, "lognormal", 1.0, row.source, row.horizon, 1.0, row.check, False, "; ".join(n for n in notes if n))
    return carried(made, parameter, _speaks_for(row), horizon)


def carried(made: Component, parameter: ParameterName, speaks_for: Sequence[Horizon], horizon: Horizon) -> Component:
    """A figure carried from the nearest horizon it speaks for; its spread grows with the range of the factor."""
    if horizon in speaks_for:
        return made
    nearest = min(speaks_for, key=lambda h: abs(HORIZONS.index(h) - HORIZONS.index(horizon)))
    shorter, longer = sorted((nearest, horizon), key=HORIZONS.index)
    carry = next(c for c in _carries() if (c.parameter, c.shorter, c.longer) == (parameter, shorter, longer))
    points = (carry.low, carry.mid, carry.high)
    if horizon == longer:
        points = (1 / carry.high, 1 / carry.mid, 1 / carry.low)
    below = math.hypot(math.log(made.mid / made.low), math.log(points[1] / points[0]))
    above = math.hypot(math.log(made.high / made.mid), math.log(points[2] / points[1]))
    mid = made.mid * points[1]
    note = f"{nearest}-run figure used for the {horizon} run, times {points[1]:.2g} ({points[0]:.2g} to {points[2]:.2g}; {carry.source})"
    return replace(
        made, low=mid * math.exp(-below), mid=mid, high=mid * math.exp(above), scaled=points[1],
        note="; ".join(n for n in (made.note, note) if n),
    )  # fmt: skip


def spread_factor(figure: str) -> float:
    """Factor either way that holds 90 % of the probability of a lone figure."""
    return _spreads()[figure]


def _points(row: Elasticity) -> tuple[float, float, float, str]:
    """5, 50 and 95 % points of a figure, and how they were come by where they are not as printed."""
    low, mid, high = row.low, row.mid, row.high
    if low is not None and mid is not None and high is not None:
        if row.family not in QUARTILES:
            return low, mid, high, ""
        widen = Z95 / Z75
        return mid * (low / mid) ** widen, mid, mid * (high / mid) ** widen, "quartiles widened to 5 and 95 %"
    if low is None and high is not None and mid in (None, high):
        return high / spread_factor("bound"), high / 2, high, "printed as an upper bound: its half is the middle (assumption)"
    if low is not None and high is not None:
        return low, math.sqrt(low * high), high, "middle of the printed range in logs"
    figures = ["single"]
    if row.note.startswith(STANDS_IN):
        figures.append("stand_in")
    if row.check == "unchecked":
        figures.append("unchecked")
    factor = max(spread_factor(f) for f in figures)
    value = mid or high or low
    if value is None:
        raise DataError(f"{row.family} has no figure for {row.commodity or row.commodity_printed}")
    return value / factor, value, value * factor, f"printed alone: within a factor of {factor:g} (assumption)"


def _speaking(rows: Iterable[Elasticity], market: Market, parameter: ParameterName) -> list[Elasticity]:
    """Rows with a figure for the market: by code, by commodity, or by the broad group its codes belong to."""
    sectors = {_sector(code) for code in market.codes}

    def meant(row: Elasticity) -> bool:
        if row.hs6:
            return any(code.startswith(row.hs6) for code in market.codes)
        return market.commodity.id in row.commodity.split(";") or (not row.commodity and row.commodity_printed in sectors)

    return [r for r in rows if r.kind == parameter and any(v is not None for v in (r.low, r.mid, r.high)) and meant(r)]


def _speaks_for(row: Elasticity) -> tuple[Horizon, ...]:
    try:
        return SPEAKS_FOR[row.horizon]
    except KeyError:
        known = ", ".join(repr(h) for h in SPEAKS_FOR)
        raise DataError(f"elasticities of {row.family}: the horizon {row.horizon!r} is not known; expected one of {known}") from None


@lru_cache(maxsize=4)
def _published(store: Store) -> tuple[Elasticity, ...]:
    return tuple(Elasticity(**record) for record in listing.elasticities(store=store).records())


@lru_cache(maxsize=1)
def _priors() -> tuple[Prior, ...]:
    found = []
    for line, row in _lines("priors.csv", PRIOR_COLUMNS):
        low, mid, high = _ordered("priors.csv", line, row)
        shape: Shape = "uniform" if low == 0 else "lognormal"
        commodities = tuple(c for c in row["commodity"].split(";") if c)
        described = f"{row['source']}: {row['why']}"
        made = Component(low, mid, high, shape, 1.0, described, row["horizon"], 1.0, "assumption", True, "")
        found.append(Prior(row["parameter"], commodities, row["group"], row["stage"], row["horizon"], made))
    return tuple(found)


@lru_cache(maxsize=1)
def _carries() -> tuple[Carry, ...]:
    return tuple(
        Carry(r["parameter"], r["shorter"], r["longer"], *_ordered("horizons.csv", line, r), r["source"])
        for line, r in _lines("horizons.csv", HORIZON_COLUMNS)
    )


@lru_cache(maxsize=1)
def _spreads() -> dict[str, float]:
    return {row["figure"]: float(row["factor"]) for _, row in _lines("spreads.csv", SPREAD_COLUMNS)}


@lru_cache(maxsize=1)
def _sectors() -> dict[str, str]:
    return {row["hs"]: row["printed"] for _, row in _lines("gtap_sectors.csv", SECTOR_COLUMNS)}


def _sector(code: str) -> str | None:
    """Sector of GTAP that a code belongs to, by its longest listed beginning."""
    return next((_sectors()[code[:n]] for n in range(6, 1, -1) if code[:n] in _sectors()), None)


def _lines(name: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    return files.csv_rows((resources.files("maadin.market") / "data" / name).read_bytes(), name, columns)


def _ordered(name: str, line: int, row: dict[str, str]) -> tuple[float, float, float]:
    low, mid, high = (float(row[c]) for c in ("low", "mid", "high"))
    if not 0 <= low <= mid <= high:
        raise DataError(f"expected 0 <= low <= mid <= high, found {low}, {mid}, {high}", file=name, row=line, column="mid")
    return low, mid, high

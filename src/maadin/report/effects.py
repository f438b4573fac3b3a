"""Which effects of a simulation are shown: figures with their intervals by label, the countries and routes most affected, and tidy rows."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from maadin.errors import InputError
from maadin.facts import regions
from maadin.facts.ask.quantities import WORLD
from maadin.facts.table import Note, Table
from maadin.policy.measures import MarketMeasure
from maadin.policy.outcome import VARIABLES
from maadin.policy.places import positions

if TYPE_CHECKING:
    from maadin.market.benchmark import Benchmark
    from maadin.policy.outcome import Of, Outcome

COUNTRIES = 8  # in a summary
ROUTES = 8
FEW = 3  # a side of a measure with more countries is a group, of which only those most affected are shown
TIDY_COLUMNS = (
    "variable", "unit", "country", "exporter", "importer", "limit", "before", "median", "low", "high", "low_within", "high_within", "change",
    "change_low", "change_high", "relative_change", "relative_low", "relative_high",
)  # fmt: skip
MONEY = (
    "consumer_surplus_change_usd", "producer_surplus_change_usd", "re_export_margin_change_usd", "tariff_revenue_usd", "export_tax_revenue_usd",
    "quota_rent_usd", "support_cost_usd", "welfare_change_usd",
)  # fmt: skip
_OF: Mapping[str, Sequence[Of]] = {
    "summary": ("world", "country"),
    "countries": ("world", "country"),
    "routes": ("route",),
    "limits": ("limit",),
}


class Figure(NamedTuple):
    """A level before and after; NaN where there is none, as for intervals without draws."""

    before: float
    median: float
    low: float = math.nan
    high: float = math.nan
    low_within: float = math.nan
    high_within: float = math.nan

    @property
    def change(self) -> tuple[float, float, float]:
        """Median, low and high less the level before."""
        return self.median - self.before, self.low - self.before, self.high - self.before

    @property
    def relative(self) -> tuple[float, float, float]:
        """Change over the level before, fractions; NaN where that is not above zero."""
        if not self.before > 0:
            return math.nan, math.nan, math.nan
        median, low, high = self.change
        return median / self.before, low / self.before, high / self.before


@dataclass(frozen=True, slots=True)
class Route:
    """Tonnes on a route; exporter and importer are one where a country uses its own supply."""

    exporter: str
    importer: str
    trade_t: Figure


def cells(o: Outcome, variable: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The level before and every statistic after it, array (..., 6); NaN where there are no draws."""
    before, after = o.benchmark[variable].values, o.counterfactual[variable].values
    made = np.full((*before.shape, len(Figure._fields)), np.nan)
    made[..., 0] = before
    made[..., 1 : 1 + after.shape[-1]] = after
    return made


def by_country(o: Outcome, variable: str) -> dict[str, Figure]:
    """Figures of a variable by country."""
    return {code: Figure(*row) for code, row in zip(o.market.countries, cells(o, variable).tolist(), strict=True)}


def of_world(o: Outcome, variable: str) -> Figure:
    """A figure of the world."""
    return Figure(*cells(o, variable).tolist())


def by_limit(o: Outcome, variable: str) -> dict[str, Figure]:
    """Figures of a variable by limit."""
    return {str(name): Figure(*row) for name, row in zip(o.counterfactual["limit"].values, cells(o, variable).tolist(), strict=True)}


def acting(o: Outcome) -> list[str]:
    """Countries that the scenario names, those that act first; a side that is a group or everybody is left out."""
    found: dict[str, None] = {}
    countries = o.market.countries
    sides: list[tuple[MarketMeasure, str]] = [(m, m.acts) for m in o.scenario.market_measures]
    sides += [(m, side) for m, acts in sides for side in ("importer", "exporter", "partner") if side != acts]
    for measure, side in sides:
        at = _members(measure, side, countries, o.market.year)
        if len(at) <= FEW:
            found |= dict.fromkeys(countries[n] for n in at)
    return list(found)


def _members(measure: MarketMeasure, side: str, countries: Sequence[str], year: int) -> tuple[int, ...]:
    names = getattr(measure, side, None) or ()
    out = set(positions(measure.excepted, countries, year))
    return tuple(at for at in positions(names, countries, year) if at not in out) if names else ()


def shown_countries(o: Outcome, count: int = COUNTRIES, only: Sequence[str] | None = None) -> list[str]:
    """The countries to show: those named in the scenario, then in turn those whose welfare and whose use or output change most."""
    welfare = np.abs(o.counterfactual["welfare_change_usd"].values[:, 0])
    tonnes = np.maximum(*(np.abs(np.nan_to_num(c[:, 1] - c[:, 0])) for c in (cells(o, "use_t"), cells(o, "output_t"))))
    order = [np.argsort(-np.nan_to_num(size), kind="stable") for size in (welfare, tonnes)]
    ranked = dict.fromkeys(acting(o))
    for pair in zip(*order, strict=True):
        ranked |= dict.fromkeys(o.market.countries[at] for at in pair if welfare[at] or tonnes[at])
    kept = [c for c in ranked if only is None or c in only]
    kept += [c for c in only or () if c not in ranked]
    return kept[:count]


def changed_routes(o: Outcome, count: int = ROUTES, only: Sequence[str] | None = None) -> list[Route]:
    """The routes that change most, half of them those that lose, the largest loss first, and then those that gain."""
    levels = cells(o, "trade_t")
    change = levels[..., 1] - levels[..., 0]
    importers = [str(name) for name in o.counterfactual["importer"].values]
    if only is not None:
        inside = np.isin(o.market.countries, only)
        change = np.where(inside[:, None] | np.isin(importers, only)[None, :], change, 0.0)
    order = np.argsort(change, axis=None, kind="stable")
    losing = [at for at in order if change.flat[at] < 0]
    gaining = [at for at in order[::-1] if change.flat[at] > 0]
    halves = max(count // 2, count - len(gaining)), max(count - count // 2, count - len(losing))
    rows = [np.unravel_index(at, change.shape) for at in (*losing[: halves[0]], *gaining[: halves[1]])]
    return [Route(o.market.countries[i], importers[j], Figure(*levels[i, j].tolist())) for i, j in rows[:count]]


def chosen(b: Benchmark, given: str | None) -> list[str] | None:
    """Countries of the market among names of countries and groups, separated by commas; None for all.

    Raises
    ------
    LabelError
        If a name is unknown.
    InputError
        If a country is not in the market.
    """
    if given is None:
        return None
    found: dict[str, None] = {}
    for name in filter(None, (n.strip() for n in re.split(r"[,،]", given))):
        inside = [name] if name in b.countries else [c for c in b.countries if c in regions.resolve(name, b.year)]
        if not inside:
            raise InputError(
                f"{name!r} neither makes nor trades {b.commodity} ({b.stage}) in {b.year}. "
                f"To list who does: maadin facts benchmark {b.commodity} --stage {b.stage} --year {b.year} --show countries"
            )
        found |= dict.fromkeys(inside)
    return list(found)


def tidy(o: Outcome, show: str, *, only: Sequence[str] | None = None, top: int | None = None) -> Table:
    """One row a variable and country, route, limit or the world, in units of the variable.

    Parameters
    ----------
    o : Outcome
    show : str
        summary or countries (also the world), welfare, routes, limits.
    only : sequence of str, optional
        Codes of countries: only rows with one of them.
    top : int, optional
        Only so many countries or routes, those most affected.
    """
    kinds = _OF.get(show, ("world", "country"))
    names = [name for name, v in VARIABLES.items() if v.of in kinds and (show != "welfare" or name in (*MONEY, "world_welfare_change_usd"))]
    listed = shown_countries(o, top or len(o.market.countries), only) if top or only else list(o.market.countries)
    routes = {(r.exporter, r.importer) for r in changed_routes(o, top or o.benchmark["trade_t"].size, only)} if top or only else None
    rows = []
    for name in names:
        for labels, figure in _LISTED[VARIABLES[name].of](o, name):
            place = labels.get("country")
            if place is not None and place != WORLD and place not in listed:
                continue
            if routes is not None and "exporter" in labels and (labels["exporter"], labels["importer"]) not in routes:
                continue
            rows.append(_row(name, labels, figure))
    about = Note(f"simulation_{show}", {"scenario": o.scenario.name, "commodity": o.market.commodity, "year": o.market.year})
    return Table(about, TIDY_COLUMNS, tuple(rows), o.notes, o.market.sources)


Labelled = Iterable[tuple[dict[str, str], Figure]]


def _countries(o: Outcome, name: str) -> Labelled:
    return (({"country": code}, figure) for code, figure in by_country(o, name).items())


def _world(o: Outcome, name: str) -> Labelled:
    return iter([({"country": WORLD}, of_world(o, name))])


def _limits(o: Outcome, name: str) -> Labelled:
    return (({"limit": limit}, figure) for limit, figure in by_limit(o, name).items())


def routes(o: Outcome, name: str) -> Labelled:
    """Figures of a variable on every route that carries something before or after."""
    levels = cells(o, name)
    importers = [str(c) for c in o.counterfactual["importer"].values]
    carried = np.nan_to_num(cells(o, "trade_t")[..., :4]).max(axis=-1) > 0
    return (
        ({"exporter": o.market.countries[i], "importer": importers[j]}, Figure(*levels[i, j].tolist()))
        for i, j in zip(*(side.tolist() for side in np.nonzero(carried)), strict=True)
    )


_LISTED: dict[str, Callable[[Outcome, str], Labelled]] = {"country": _countries, "world": _world, "limit": _limits, "route": routes}


def _row(name: str, labels: Mapping[str, str], figure: Figure) -> tuple[Any, ...]:
    numbers = [*figure, *figure.change, *figure.relative]
    named = [labels.get(side) for side in ("country", "exporter", "importer", "limit")]
    return (name, VARIABLES[name].unit, *named, *(known(v) for v in numbers))


def known(value: float) -> float | None:
    """A number, or None for one that is not there or not finite."""
    return value if math.isfinite(value) else None

"""Which effects of a path are shown: figures by year with their intervals, the countries most affected, tidy rows, and one document for programs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from maadin.experiments.path_outcome import PATHS, STATISTICS, VARIABLES
from maadin.facts.ask.quantities import WORLD
from maadin.facts.table import Note, Table
from maadin.market.elasticities import described
from maadin.policy.measures import Capacity, Stockpile, Subsidy, SupplyShock
from maadin.policy.places import positions
from maadin.report.effects import FEW, known
from maadin.report.export import SCHEMA_VERSION

if TYPE_CHECKING:
    from maadin.experiments.path_outcome import PathOutcome

TIDY_COLUMNS = ("variable", "unit", "path", "start", "size_t", "country", "year", *STATISTICS)
OF_SUPPLY = (Capacity, SupplyShock, Subsidy, Stockpile)


class Level(NamedTuple):
    """Median and 90 % interval; NaN where there is none."""

    median: float
    low: float = math.nan
    high: float = math.nan


class Effect(NamedTuple):
    """A figure without and with the measures, their difference draw by draw, and that over the level without."""

    without: Level
    with_: Level
    difference: Level
    relative: Level


def effect(o: PathOutcome, variable: str, year: int | None = None, country: str | None = None) -> Effect:
    """A figure of a country or the world; in the year that tells most unless another is named."""
    array = o.results[variable]
    if "year" in array.dims:
        array = array.sel(year=year or telling_year(o))
    if country is not None:
        array = array.sel(country=country)
    return Effect(*(Level(*array.sel(path=path).values.tolist()) for path in PATHS))


def telling_year(o: PathOutcome) -> int:
    """The last year in which the first measure that is ever in force still is."""
    for measure in o.scenario.market_measures:
        if years := [y for y in o.years[1:] if measure.in_force(y) > 0]:
            return years[-1]
    return o.horizon


def acting(o: PathOutcome) -> list[str]:
    """Countries that the measures name, those that act first; a side that is a group or everybody is left out."""
    found: dict[str, None] = {}
    countries, year = o.market.countries, o.market.year
    measures = o.scenario.market_measures
    sides = [(m, str(m.acts)) for m in measures]
    sides += [(m, side) for m in measures for side in ("importer", "exporter", "partner") if side != m.acts]
    for measure, side in sides:
        spared = set(positions(measure.excepted, countries, year))
        at = [n for n in positions(getattr(measure, side, None) or (), countries, year) if n not in spared]
        if len(at) <= FEW:
            found |= dict.fromkeys(countries[n] for n in at)
    return list(found)


def is_about_supply(o: PathOutcome) -> bool:
    """Whether the first measure changes what a country supplies."""
    return isinstance(next(iter(o.scenario.market_measures), None), OF_SUPPLY)


def shown_countries(o: PathOutcome, count: int, only: Sequence[str] | None = None) -> list[str]:
    """The countries to show: those named in the scenario, then in turn those whose welfare and whose use or output change most."""
    countries = o.market.countries
    last = o.results.sel(path="difference", statistic="median")
    welfare = np.abs(last["welfare_discounted_usd"].values)
    tonnes = np.maximum(*(np.abs(np.nan_to_num(last[v].sel(year=telling_year(o)).values)) for v in ("output_t", "use_t")))
    order = [np.argsort(-np.nan_to_num(size), kind="stable") for size in (welfare, tonnes)]
    ranked = dict.fromkeys(acting(o))
    for pair in zip(*order, strict=True):
        ranked |= dict.fromkeys(countries[at] for at in pair if welfare[at] or tonnes[at])
    kept = [c for c in ranked if only is None or c in only]
    return (kept + [c for c in only or () if c not in ranked])[:count]


def changed_producers(o: PathOutcome) -> list[str]:
    """Countries whose output changes, the largest change first."""
    change = np.abs(np.nan_to_num(o.results["output_t"].sel(path="difference", year=telling_year(o), statistic="median").values))
    return [o.market.countries[at] for at in np.argsort(-change, kind="stable") if change[at] > 0]


def shown_years(years: Sequence[int], most: int) -> list[int]:
    """Years to show: all of them, or evenly spaced ones with the first and the last."""
    step = -(-(len(years) - 1) // max(most - 1, 1)) or 1
    kept = [y for y in years if (years[-1] - y) % step == 0]
    return kept if years[0] in kept else [years[0], *kept][:most]


def tidy(outcomes: Sequence[PathOutcome], show: str, *, only: Sequence[str] | None = None) -> Table:
    """One row a variable, path, year and country (the world is WLD), in units of the variable; sums over years have no year.

    Parameters
    ----------
    outcomes : sequence of PathOutcome
        Variants of one scenario.
    show : str
        summary or countries: every country and the world; years: the countries that act and the world; world: the world alone.
    only : sequence of str, optional
        Codes of countries; others are left out.
    """
    first = outcomes[0]
    listed = list(only) if only is not None else acting(first) if show == "years" else list(first.market.countries)
    wanted = [name for name, v in VARIABLES.items() if v.of == "world" or (show != "world" and listed)]
    rows = [row for o in outcomes for name in wanted for row in _rows(o, name, listed)]
    about = Note(f"path_{show}", {"scenario": first.scenario.name, "commodity": first.market.commodity, "year": first.market.year})
    return Table(about, TIDY_COLUMNS, tuple(rows), first.notes, sources(first))


def _rows(o: PathOutcome, name: str, listed: Sequence[str]) -> list[tuple[Any, ...]]:
    variable, array = VARIABLES[name], o.results[name]
    places = listed if variable.of == "country" else [WORLD]
    if variable.of == "country":
        array = array.sel(country=list(listed))
    years: Sequence[int | None] = o.years if "year" in array.dims else [None]
    label = o.label or {}
    cells = array.transpose("path", ..., "statistic").values.reshape(len(PATHS), len(years), len(places), -1)
    start = label.get("start")
    return [
        (
            name, variable.unit, path, int(start) if start else None, label.get("tonnes"), place, year,
            *(known(v) for v in cells[p, y, c].tolist()), *(None,) * (len(STATISTICS) - cells.shape[-1]),
        )
        for p, path in enumerate(PATHS) for y, year in enumerate(years) for c, place in enumerate(places)
    ]  # fmt: skip


def sources(o: PathOutcome) -> tuple[tuple[str, str], ...]:
    """Sources of market, growth, reserves and elasticities."""
    found = [*o.market.sources]
    if o.growth.release:
        found.append((o.growth.source, o.growth.release))
    if o.reserves.release:
        found.append((o.reserves.source, o.reserves.release))
    return tuple(dict.fromkeys(found))


def document(outcomes: Sequence[PathOutcome], *, seed: int = 0, command: str = "", only: Sequence[str] | None = None) -> str:
    """Paths as one JSON document: what was run, series by year without, with and between, what they rest on.

    Parameters
    ----------
    outcomes : sequence of PathOutcome
        Variants of one scenario.
    seed, command
        How they came about.
    only : sequence of str, optional
        Codes of countries; results of others are left out.
    """
    o = outcomes[0]
    b, g = o.market, o.growth
    told = described(o.elasticities)
    listed = list(only) if only is not None else list(b.countries)
    plain: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "scenario": o.scenario.to_data(),
        "market": {"commodity": b.commodity, "stage": b.stage, "year": b.year, "kind": b.kind, "grade": b.grade, "mass_basis": b.mass_basis},
        "years": list(o.years),
        "draws": o.draws, "seed": seed, "command": command, "discount_rate": o.discount_rate, "supply_follows": o.supply_follows, "expansion": o.expansion,
        "growth": {name: getattr(g, name) for name in ("low", "mid", "high", "later", "fade", "stage", "first_year", "last_year", "source", "release")},
        "reserves": {
            "source": o.reserves.source, "release": o.reserves.release,
            "tonnes": {c: t for c, t in zip(b.countries, o.reserves.tonnes.tolist(), strict=True) if math.isfinite(t) and c in listed},
        },
        "units": {name: v.unit for name, v in VARIABLES.items()},
        "runs": [_run(one, listed) for one in outcomes],
        "elasticities": told.records(),
        "notes": [{"id": n.id, **n.values} for n in (*b.notes, *told.notes)],
        "sources": [{"source": s, "release": r} for s, r in dict.fromkeys((*sources(o), *told.sources))],
    }  # fmt: skip
    lines = (f" {json.dumps(key)}: {json.dumps(_finite(value), ensure_ascii=False, allow_nan=False)}" for key, value in plain.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _run(o: PathOutcome, listed: Sequence[str]) -> dict[str, Any]:
    """One variant: series of the world and of countries, each path with its statistics by year."""
    world = {name: _series(o, name, None) for name, v in VARIABLES.items() if v.of == "world"}
    return {
        "label": dict(o.label or {}), "status": o.status, "failed": o.failed, "residual": o.residual, "world": world,
        "countries": {c: {name: _series(o, name, c) for name, v in VARIABLES.items() if v.of == "country"} for c in listed},
        "notes": [{"id": n.id, **n.values} for n in o.notes],
    }  # fmt: skip


def _series(o: PathOutcome, name: str, country: str | None) -> dict[str, dict[str, Any]]:
    array = o.results[name]
    place = o.market.countries.index(country) if country is not None else None
    values = array.values if place is None else array.values[(slice(None),) * array.dims.index("country") + (place,)]
    labels = array["statistic"].values.tolist()
    return {path: {label: values[p, ..., s].tolist() for s, label in enumerate(labels)} for p, path in enumerate(PATHS)}


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _finite(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value

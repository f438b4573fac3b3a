"""Simulations of a brief as JSON has them: the scenario, the figures of the world and of each country, routes that change most, records of the past."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from maadin.facts.table import Note, Table
from maadin.policy.outcome import VARIABLES
from maadin.policy.valued import FundValuation

if TYPE_CHECKING:
    import xarray as xr

    from maadin.experiments.path_outcome import PathOutcome
    from maadin.policy.outcome import Outcome
    from maadin.policy.valued import TerritoryListing
    from maadin.reading.briefing.simulated import Simulated

ROUTES = 100  # those that change most


def simulation(s: Simulated) -> dict[str, Any]:
    """One simulation with all that it rests on."""
    because = s.because or s.proposed.because
    made: dict[str, Any] = {
        "statements": list(s.statements),
        "commodity": s.proposed.commodity,
        "scenario": s.scenario.to_data() if s.scenario else None,
        "because": note(because) if because else None,
        "measure_on_record": s.proposed.event.id if s.proposed.event else None,
    }
    if s.outcome is not None:
        made["outcome"] = outcome(s.outcome)
    if s.beside is not None:
        made["without_the_offer"] = outcome(s.beside)
    if s.path is not None:
        made["path"] = path(s.path)
    if s.valuations:
        made["valued"] = [valuation(v) for v in s.valuations]
    if s.record is not None:
        made["record"] = s.record.to_data()
    if s.proposed.facts and not s.is_done:
        made["facts"] = [table(t) for t in s.proposed.facts]
    finite: dict[str, Any] = _finite(made)
    return finite


def outcome(o: Outcome) -> dict[str, Any]:
    """Levels before and after with their intervals, the change at the median, by variable."""
    b = o.market
    names = {kind: [name for name, v in VARIABLES.items() if v.of == kind] for kind in ("country", "world", "limit")}
    return {
        "market": {"commodity": b.commodity, "stage": b.stage, "year": b.year, "kind": b.kind, "grade": b.grade, "mass_basis": b.mass_basis},
        "status": o.status, "draws": o.draws, "failed": o.failed, "residual": o.residual,
        "world": {name: _levels(o.benchmark[name], o.counterfactual[name]) for name in names["world"]},
        "countries": {name: _by(o, name, "country") for name in names["country"]},
        "limits": {name: _by(o, name, "limit") for name in names["limit"]} if o.counterfactual["limit"].size else {},
        "routes": _routes(o),
        "notes": [note(n) for n in (*o.notes, *b.notes)],
        "sources": [{"source": s, "release": r} for s, r in b.sources],
        "units": {name: v.unit for name, v in VARIABLES.items() if v.of in names or name == "trade_t"},
    }  # fmt: skip


def _levels(before: xr.DataArray, after: xr.DataArray) -> dict[str, Any]:
    labels = [str(s) for s in after["statistic"].values]
    return {"before": float(before), "after": dict(zip(labels, after.transpose("statistic").values.tolist(), strict=True))}


def _by(o: Outcome, name: str, dimension: str) -> dict[str, Any]:
    labels = [str(s) for s in o.counterfactual["statistic"].values]
    after = o.counterfactual[name].transpose(dimension, "statistic")
    before = o.benchmark[name].values.tolist() if dimension in o.benchmark[name].dims else [None] * after.shape[0]
    rows = zip((str(c) for c in after[dimension].values), before, after.values.tolist(), strict=True)
    return {code: {"before": b, "after": dict(zip(labels, a, strict=True))} for code, b, a in rows}


def _routes(o: Outcome) -> list[dict[str, Any]]:
    """Tonnes on the routes that change most."""
    after = o.counterfactual["trade_t"].transpose("exporter", "importer", "statistic").values
    before = o.benchmark["trade_t"].transpose("exporter", "importer").values
    exporters, importers = ([str(c) for c in o.counterfactual[side].values] for side in ("exporter", "importer"))
    labels = [str(s) for s in o.counterfactual["statistic"].values]
    change = np.abs(np.nan_to_num(after[..., 0]) - np.nan_to_num(before))
    largest = np.argsort(-change, axis=None, kind="stable")[:ROUTES]
    pairs = [divmod(int(at), change.shape[1]) for at in largest if change.flat[at] > 0]
    return [
        {
            "exporter": exporters[i], "importer": importers[j], "before": float(before[i, j]),
            "after": dict(zip(labels, after[i, j].tolist(), strict=True)),
        }
        for i, j in pairs
    ]  # fmt: skip


def path(o: PathOutcome) -> dict[str, Any]:
    """Figures of the world and of the countries that act by year, without and with the measures, and their difference."""
    b = o.market
    names = [str(c) for c in o.results["country"].values]
    return {
        "market": {"commodity": b.commodity, "stage": b.stage, "year": b.year, "kind": b.kind, "grade": b.grade, "mass_basis": b.mass_basis},
        "years": list(o.years), "status": o.status, "draws": o.draws, "failed": o.failed, "residual": o.residual,
        "statistics": [str(s) for s in o.results["statistic"].values], "paths": [str(p) for p in o.results["path"].values],
        "world": {str(n): _series(o.results[n]) for n in o.results.data_vars if "country" not in o.results[n].dims},
        "countries": {
            c: {str(n): _series(o.results[n].isel(country=at)) for n in o.results.data_vars if "country" in o.results[n].dims}
            for at, c in enumerate(names) if _moves(o, at)
        },
        "notes": [note(n) for n in (*o.notes, *b.notes)],
        "sources": [{"source": s, "release": r} for s, r in b.sources],
    }  # fmt: skip


def _series(array: xr.DataArray) -> list[Any]:
    """By path, then by year where it has years, then by statistic."""
    listed: list[Any] = array.values.tolist()
    return listed


def _moves(o: PathOutcome, at: int) -> bool:
    """Whether a country's output changes by as much as a thousandth of the largest change."""
    change = np.abs(np.nan_to_num(o.results["output_t"].sel(path="difference", statistic="median").transpose("country", "year").values))
    return bool(change.max() > 0 and change[at].max() >= 1e-3 * change.max())


def valuation(v: FundValuation | TerritoryListing) -> dict[str, Any]:
    """The tables of a valuation; the value in the ground never without its warning."""
    names = ("answers", "revenues", "in_ground", "minerals") if isinstance(v, FundValuation) else ("minerals",)
    return {"measure": v.measure.to_data(), **{name: table(t) for name, t in zip(names, v.tables(), strict=True)}}


def table(t: Table) -> dict[str, Any]:
    """A table with its notes and sources."""
    return {
        "about": note(t.about), "rows": t.records(), "notes": [note(n) for n in t.notes],
        "sources": [{"source": s, "release": r} for s, r in t.sources],
    }  # fmt: skip


def note(n: Note) -> dict[str, Any]:
    """A note."""
    return {"id": n.id, **n.values}


def _finite(value: Any) -> Any:
    """Plain values; what is not finite is None."""
    if isinstance(value, Mapping):
        return {str(k): _finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    if isinstance(value, np.generic):
        return _finite(value.item())
    return None if isinstance(value, float) and not math.isfinite(value) else value

"""Estimates of codes: from a panel to rows of the table, with a reason wherever there is none.

A result is no estimate when no finite substitution is found, when most resampled panels find none, or when most lie outside the feasible region and the
interval has no upper end; for supply also when it stands on the edge that fixes it. Feenstra's method stands beside the hybrid for comparison: on simulated
panels it is biased upwards and its intervals miss the truth (docs/explanation/estimation.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from maadin.experiments.estimation.differences import double_differences
from maadin.experiments.estimation.errors import DRAWS, Interval, Result, estimate
from maadin.experiments.estimation.feenstra import SIGMA_MOST, Estimator, TwoStage
from maadin.experiments.estimation.hybrid import JackknifeLikelihood
from maadin.experiments.estimation.moments import By, Moments, moments
from maadin.experiments.estimation.panel import Panel, read
from maadin.facts import catalogue
from maadin.facts.store import Store, default_store
from maadin.market.estimated import METHODS, Estimated, EstimatedParameter, Method, Status

SEED = 1994
LEAST: dict[By, tuple[int, int]] = {"importer": (5, 30), "variety": (1, 10)}  # importers and varieties, by what is resampled
LEAST_INSIDE = 0.5  # of resampled panels, where the interval has no upper end
SUPPLY_RANGE = (0.01, 100.0)  # what the points of supply are kept within: the share of draws on an edge is in `inside`
DIGITS = 4
ESTIMATORS: dict[Method, Estimator] = {"feenstra": TwoStage(), "hybrid": JackknifeLikelihood()}
PARAMETERS: tuple[EstimatedParameter, ...] = ("armington", "supply")
NO_PANEL = "no series has all flows of the code with tonnes, year by year"


def estimate_all(
    codes: Iterable[str] | None = None, *, last_year: int = 9999, draws: int = DRAWS, store: Store | None = None
) -> tuple[Estimated, ...]:
    """Estimates of many codes.

    Parameters
    ----------
    codes : iterable of str, optional
        All of the catalogue without it.
    last_year : int
        Later years are not looked at: an event is scored with estimates up to the year before it.
    draws : int
        Resampled panels.
    store : Store, optional

    Returns
    -------
    tuple of Estimated
        Four rows a code, failures included.
    """
    opened = store or default_store()
    found: list[Estimated] = []
    for code in sorted(set(catalogue_codes() if codes is None else codes)):
        panel = read(opened, code, last_year=last_year)
        found += (
            [_absent(code, p, m, NO_PANEL) for m in METHODS for p in PARAMETERS] if panel is None else estimate_panel(panel, draws=draws)
        )
    return tuple(found)


def catalogue_codes() -> tuple[str, ...]:
    """Codes of all stages of all commodities, in order."""
    return tuple(sorted({c.code for commodity in catalogue.commodities().values() for stage in commodity.stages for c in stage.hs6}))


def estimate_panel(panel: Panel, *, draws: int = DRAWS, by: By = "importer") -> list[Estimated]:
    """Both parameters by both methods.

    Parameters
    ----------
    panel : Panel
    draws : int
    by : str
        variety for a panel of few importers, which then count as enough.
    """
    differences = double_differences(panel)
    sums = moments(differences, by=by)
    short = _short(sums, *LEAST[by])
    if short:
        return [_absent(panel.code, p, m, short, sums, panel.years) for m in METHODS for p in PARAMETERS]
    found = []
    for method in METHODS:
        seed = [SEED, *panel.code.encode(), METHODS.index(method)]
        sums = moments(differences, by=by, weighted=method == "feenstra")
        result = estimate(ESTIMATORS[method], sums, draws=draws, rng=np.random.default_rng(seed))
        found += [_row(panel, sums, parameter, method, result) for parameter in PARAMETERS]
    return found


def _short(sums: Moments, least_importers: int, least_varieties: int) -> str:
    """What a panel lacks, in words; nothing when it has enough."""
    if sums.importers >= least_importers and sums.varieties >= least_varieties:
        return ""
    return (
        f"{sums.importers} importers with {sums.varieties} varieties have usable unit values in enough consecutive years; "
        f"expected at least {least_importers} with {least_varieties}"
    )


def _row(panel: Panel, sums: Moments, parameter: EstimatedParameter, method: Method, result: Result) -> Estimated:
    interval: Interval = getattr(result, parameter)
    status, why = _judged(parameter, result)
    least, most = SUPPLY_RANGE if parameter == "supply" else (1.0, SIGMA_MOST)
    low, mid, high = (_rounded(min(most, max(least, p))) for p in (interval.low, interval.mid, interval.high))
    first, last = panel.years or (0, 0)
    return Estimated(
        panel.code, parameter, method, _rounded(interval.estimate), _rounded(interval.standard_error), low, mid, high, round(result.inside, 3),
        sums.importers, sums.varieties, sums.observations, first, last, status, why,
    )  # fmt: skip


def _judged(parameter: EstimatedParameter, result: Result) -> tuple[Status, str]:
    """Whether a result is an estimate, and what to know about it."""
    if result.where == "no bound":
        return "infeasible", "no finite substitution: relative prices and relative sales do not move against each other"
    if result.where == "unit":
        return "infeasible", "no substitution beyond 1: relative sales do not answer to relative prices"
    if result.armington.estimate > SIGMA_MOST:
        return "infeasible", f"substitution beyond {SIGMA_MOST:g}, the largest value searched"
    if result.armington.mid >= SIGMA_MOST:
        return "infeasible", "no finite substitution in most resampled panels"
    if result.armington.high >= SIGMA_MOST and result.inside < LEAST_INSIDE:
        return "infeasible", "most resampled panels lie outside the feasible region, and substitution has no upper end"
    if result.where == "inside":
        return "estimated", ""
    if parameter == "supply":
        return "infeasible", f"outside the feasible region: {result.where}"
    return "estimated", f"on the edge of the feasible region: {result.where}"


def _rounded(value: float) -> float | None:
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None


def _absent(
    code: str, parameter: EstimatedParameter, method: Method, why: str, sums: Moments | None = None, years: tuple[int, int] | None = None
) -> Estimated:
    importers, varieties, observations = (sums.importers, sums.varieties, sums.observations) if sums else (0, 0, 0)
    first, last = years or (0, 0)
    return Estimated(
        code, parameter, method, None, None, None, None, None, None, importers, varieties, observations, first, last, "too few data", why
    )

"""Estimators: against panels whose elasticities are known, a slow plain version, brute force on the constraints, and what must not matter.

Tolerances, relative unless stated:
EXACT      the same numbers by another route
SEARCHED   a numerical search against the closed form on the edges
RECOVERED  a median over panels of 1,000 or so steps a variety's worth of noise; the standard error of such a median is 3 to 6 %
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from simulated import simulated

from maadin.experiments.estimation.differences import double_differences
from maadin.experiments.estimation.errors import estimate, supply_elasticity
from maadin.experiments.estimation.feenstra import A_LEAST, TwoStage, structure
from maadin.experiments.estimation.hybrid import FACES, JackknifeLikelihood, fit
from maadin.experiments.estimation.moments import Forms, Moments, moments
from maadin.experiments.estimation.panel import Panel

EXACT, SEARCHED, RECOVERED = 1e-9, 1e-4, 0.15
FEENSTRA, HYBRID = TwoStage(), JackknifeLikelihood()
ESTIMATORS = pytest.mark.parametrize("estimator", [FEENSTRA, HYBRID], ids=lambda e: e.name)


def fitted(panel: Panel, estimator=HYBRID, weighted=False):
    """Sigma and epsilon of one panel."""
    sums = moments(double_differences(panel), weighted=weighted)
    found = fit(estimator, sums.resampled(np.ones((1, sums.clusters))), sums.observations)
    with np.errstate(divide="ignore"):
        return float(1 + 1 / found.a[0]), float(supply_elasticity(found.phi)[0])


def medians(estimator, count=15, **world):
    return np.median([fitted(simulated(**world, seed=seed), estimator) for seed in range(count)], axis=0)


@given(st.floats(1.1, 100), st.floats(0.01, 20))
def test_coefficients_give_back_both_elasticities(sigma, omega):
    a, phi = 1 / (sigma - 1), omega / (1 + omega)
    found_a, found_phi = structure(np.array([a * phi]), np.array([phi - a]))
    assert 1 + 1 / found_a[0] == pytest.approx(sigma, rel=1e-6)
    assert supply_elasticity(found_phi)[0] == pytest.approx(1 / omega, rel=1e-6)


@pytest.mark.parametrize(("sigma", "omega"), [(4, 0.5), (8, 0.3), (15, 0.15)])
@pytest.mark.parametrize("error", [0.0, 0.1])
def test_the_hybrid_finds_what_was_put_in(sigma, omega, error):
    found_sigma, found_epsilon = medians(HYBRID, sigma=sigma, omega=omega, error=error, years=30)
    assert found_sigma == pytest.approx(sigma, rel=RECOVERED)
    assert found_epsilon == pytest.approx(1 / omega, rel=2 * RECOVERED)


def test_feenstra_finds_it_where_years_are_many_and_varieties_differ():
    found, _ = medians(FEENSTRA, count=5, sigma=8, omega=0.3, years=200, spread=0.8)
    assert found == pytest.approx(8, rel=RECOVERED)


def test_feenstra_is_biased_upwards_where_years_are_few_and_the_hybrid_hardly():
    """Soderbery (2015) reports this of his own simulations and of the United States."""
    world = {"sigma": 4, "omega": 0.5, "years": 13}
    by_feenstra, by_hybrid = medians(FEENSTRA, **world)[0], medians(HYBRID, **world)[0]
    assert by_feenstra > 4 * 1.35
    assert abs(by_hybrid - 4) < (by_feenstra - 4) / 2


def test_wrong_tonnes_do_more_harm_to_feenstra():
    world = {"sigma": 4, "omega": 0.5, "error": 0.15, "lumps": 0.5, "years": 30}
    assert abs(medians(HYBRID, **world)[0] - 4) < 2 < medians(FEENSTRA, **world)[0] - 4


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    held = 0
    for seed in range(30):
        sums = moments(double_differences(simulated(8, 0.3, seed=seed, years=25)), weighted=False)
        found = estimate(HYBRID, sums, draws=200, rng=np.random.default_rng(seed)).armington
        held += found.low <= 8 <= found.high
    assert 21 <= held <= 30  # 27 expected; bootstrap intervals of few clusters are a little short


def test_standard_errors_are_the_spread_over_panels():
    found = []
    for seed in range(30):
        sums = moments(double_differences(simulated(8, 0.3, seed=seed, years=40)), weighted=False)
        found.append(estimate(HYBRID, sums, draws=10, rng=np.random.default_rng(0)).armington)
    spread = 1.4826 * np.median(np.abs(np.array([f.estimate for f in found]) - np.median([f.estimate for f in found])))
    assert np.median([f.standard_error for f in found]) == pytest.approx(spread, rel=0.5)


def plain_feenstra(panel: Panel) -> tuple[float, float]:
    """Feenstra's estimator in plain loops: means by variety, weights by years and tonnes, an intercept for each importer."""
    series: dict[tuple[str, str], dict[int, tuple[float, float, float]]] = {}
    for year, exporter, importer, value, tonnes in zip(
        panel.year, panel.exporter, panel.importer, panel.value_usd, panel.tonnes, strict=True
    ):
        series.setdefault((str(importer), str(exporter)), {})[int(year)] = (np.log(value / tonnes), np.log(value), tonnes)
    importers = sorted({i for i, _ in series})
    rows, weights = [], []
    for importer in importers:
        own = {e: s for (i, e), s in series.items() if i == importer}
        bought = {y: sum(np.exp(s[y][1]) for s in own.values() if y in s) for y in {y for s in own.values() for y in s}}
        reference = max(own, key=lambda e: (len(own[e]), sum(np.exp(own[e][y][1]) / bought[y] for y in sorted(own[e])[:-1])))
        for exporter, seen in own.items():
            steps = []
            for year in sorted(seen):
                if exporter == reference or year - 1 not in seen or not {year, year - 1} <= own[reference].keys():
                    continue
                p, s = (seen[year][n] - seen[year - 1][n] - own[reference][year][n] + own[reference][year - 1][n] for n in (0, 1))
                if abs(p) <= np.log(3):
                    steps.append((p * p, s * s, p * s, 1 / seen[year][2] + 1 / seen[year - 1][2]))
            if len(steps) >= 3:
                mean = np.mean(steps, axis=0)
                rows.append([*mean, *(float(importer == i) for i in importers)])
                weights.append(len(steps) * mean[3] ** -0.5)
    table, root = np.array(rows), np.sqrt(np.array(weights))[:, None]
    table[:, 3] /= table[:, 3].mean()
    theta = np.linalg.lstsq(root * table[:, 1:], root[:, 0] * table[:, 0], rcond=None)[0]
    a = (np.sqrt(theta[1] ** 2 + 4 * theta[0]) - theta[1]) / 2
    return 1 + 1 / a, (1 - a - theta[1]) / (a + theta[1])


@pytest.mark.parametrize("seed", range(3))
def test_feenstra_agrees_with_plain_loops(seed):
    panel = simulated(6, 0.4, importers=6, years=12, error=0.05, seed=seed)
    assert fitted(panel, FEENSTRA, weighted=True) == pytest.approx(plain_feenstra(panel), rel=1e-7)


@pytest.mark.parametrize("estimator", [FEENSTRA, JackknifeLikelihood(correction=0)], ids=lambda e: e.name)
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.3, 2), st.floats(0.03, 0.4), st.floats(0, 0.3))
def test_edges_are_the_best_that_a_search_within_the_region_finds(estimator, seed, demand, supply, error):
    """Noisy panels, many of them infeasible: no point of the region is nearer than the one chosen."""
    panel = simulated(3, 2.0, importers=4, exporters=6, years=8, demand=demand, supply=supply, error=error, seed=seed)
    sums = moments(double_differences(panel), weighted=False)
    forms = sums.resampled(np.ones((1, sums.clusters)))
    found = fit(estimator, forms, sums.observations)
    if FACES[found.face[0]].where == "inside":
        return
    controls = forms.total.shape[1] - 3

    def distance(point):
        a, phi = point[:2]
        equation = (0, -phi, 1) if np.isinf(a) else (1, -a * phi, a - phi)
        residual = np.array([[*equation, *point[2:]]])
        return float(estimator.distance(residual, forms)[0])

    def nearest(a, phi):
        free = minimize(lambda c: distance([a, phi, *c]), np.zeros(controls), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-15})
        return free.fun if controls else distance([a, phi])

    chosen = nearest(found.a[0], found.phi[0])
    grid = [(a, phi) for a in (A_LEAST, 0.03, 0.1, 0.3, 1.0, 3.0, 30.0) for phi in (0.0, 0.1, 0.5, 0.9, 1.0)]
    others = min(nearest(a, phi) for a, phi in grid)
    assert chosen <= others + SEARCHED * abs(others)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_units_names_and_the_importers_own_shocks_do_not_matter(seed, usd, tonnes):
    panel = simulated(5, 0.5, importers=6, exporters=7, years=12, error=0.05, seed=seed)
    rng = np.random.default_rng(seed)
    shock = dict(zip([(i, y) for i in np.unique(panel.importer) for y in np.unique(panel.year)], rng.normal(size=(6 * 12)), strict=True))
    moved = np.exp([shock[i, y] for i, y in zip(panel.importer, panel.year, strict=True)])
    other = replace(
        panel, importer=np.char.add("x", panel.importer), exporter=np.char.add("y", panel.exporter), value_usd=panel.value_usd * usd * moved,
        tonnes=panel.tonnes * tonnes * moved,
    )  # fmt: skip
    # a shock to all of an importer's purchases moves value and tonnes alike; the noise control sees tonnes and is left out here
    one, two = (moments(double_differences(p), weighted=False) for p in (panel, other))
    for left, right in zip(one.forms, two.forms, strict=True):
        assert left[:, :3, :3] == pytest.approx(right[:, :3, :3], rel=1e-6, abs=1e-9)


@ESTIMATORS
def test_a_batch_is_the_loop(estimator):
    sums = moments(double_differences(simulated(5, 0.5, importers=8, years=15)), weighted=False)
    times = np.random.default_rng(0).multinomial(8, np.full(8, 1 / 8), size=20).astype(float)
    batch = fit(estimator, sums.resampled(times), sums.observations)
    for row in range(20):
        single = fit(estimator, sums.resampled(times[row : row + 1]), sums.observations)
        assert (single.a[0], single.phi[0]) == pytest.approx((batch.a[row], batch.phi[row]), rel=EXACT)


@ESTIMATORS
def test_an_importer_twice_is_the_importer_twice(estimator):
    panel = simulated(5, 0.5, importers=6, years=15)
    again = replace(panel, importer=np.char.add("again", panel.importer))
    both = Panel(
        "000000",
        *(np.concatenate([getattr(p, n) for p in (panel, again)]) for n in ("year", "exporter", "importer", "value_usd", "tonnes")),
    )
    sums, twice = (moments(double_differences(p), weighted=False) for p in (panel, both))
    doubled = fit(estimator, sums.resampled(np.full((1, 6), 2.0)), 2 * sums.observations)
    found = fit(estimator, twice.resampled(np.ones((1, 12))), twice.observations)
    assert found.a == pytest.approx(doubled.a, rel=1e-7)


def test_observations_do_not_instrument_themselves_nor_their_neighbours():
    """D against its definition: the projection matrix itself, cut to a band of years."""
    differences = double_differences(simulated(5, 0.5, importers=2, exporters=5, years=8, error=0.4))
    sums = moments(differences, weighted=True, beside=1)
    dummies = np.eye(len(differences.exporters))[differences.variety]
    groups = np.eye(len(differences.importers))[differences.importer]
    noise = differences.noise / np.median(differences.noise)
    mean_noise = (dummies.T @ noise / dummies.sum(0))[differences.variety]
    root = mean_noise**-0.25
    projections = [(root[:, None] * g) @ np.linalg.pinv(root[:, None] * g) for g in (dummies, groups)]
    p = projections[0] - projections[1]
    z = np.stack([differences.price**2, differences.share**2, differences.price * differences.share, mean_noise], axis=1) * root[:, None]
    z = z - projections[1] @ z
    near = (differences.variety[:, None] == differences.variety) & (np.abs(differences.year[:, None] - differences.year) <= 1)
    expected = (z.T @ p @ z, z.T @ z, z.T @ np.where(near, p, 0) @ z)
    for found, wanted in zip(sums.forms, expected, strict=True):
        assert found.sum(axis=0) == pytest.approx(wanted, rel=1e-9, abs=1e-9)


def test_no_variation_gives_no_estimate_and_no_warning():
    flat = Moments(Forms(*np.zeros((3, 4, 3, 3))), 10, 40, 4)
    found = fit(FEENSTRA, flat.resampled(np.ones((1, 4))), 10)
    assert not found.bounded.any()

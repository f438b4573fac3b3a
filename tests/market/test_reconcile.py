"""Reconciliation: against answers by hand, against another method, and what holds of every problem.

Tolerances, relative:
HAND   the solver's own 1e-11 is of the scaled programme; a country's figures spread it over a few orders of magnitude
RIVAL  Lawson and Hanson's least distance programme goes through non-negative least squares, which stops at about 1e-10 of its residual
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import nnls

from maadin.market.reconcile import LEAST_USE, Problem, ReconciliationError, balance, reconcile

HAND, RIVAL = 1e-8, 1e-5
SEEDS = st.integers(0, 2**32 - 1)


def problem(
    output: list[float], flows: list[tuple[int, int, float, float]], *, output_sd: list[float] | None = None,
    stock_sd: list[float] | None = None, factor: tuple[float, float, float] = (1.0, 1.0, 1.0), other: list[float] | None = None,
    other_sd: list[float] | None = None, other_range: float = 2.0,
) -> Problem:  # fmt: skip
    """A problem from flows (exporter, importer, gross tonnes, error), one factor (low, middle, high) by exporter."""
    n = len(output)
    exporter, importer, gross, error = (np.array(column) for column in zip(*flows, strict=True))
    sellers, factor_of = np.unique(exporter, return_inverse=True)
    low, middle, high = (np.full(len(sellers), v) for v in factor)
    none = [0.0] * n
    o, sd = np.array(other or none), np.array(other_sd or none)
    return Problem(
        output=np.array(output, dtype=float), output_sd=np.array(output_sd or none), stock_sd=np.array(stock_sd or none), exporter=exporter,
        importer=importer, gross=gross.astype(float), error=error.astype(float), factor_of=factor_of, factor=middle, factor_low=low,
        factor_high=high, other=o, other_low=np.maximum(o - other_range * sd, 0.0), other_high=o + other_range * sd, other_sd=sd,
    )  # fmt: skip


def random_problem(seed: int, n: int = 6) -> Problem:
    """Producers, hubs and users in some disorder; conflicts are likely, not certain."""
    rng = np.random.default_rng(seed)
    exporter, importer = np.nonzero(rng.random((n, n)) < 0.5)
    away = exporter != importer
    exporter, importer = exporter[away], importer[away]
    output = rng.lognormal(4, 1, n) * (rng.random(n) < 0.6)
    sellers, factor_of = np.unique(exporter, return_inverse=True)
    middle = rng.uniform(0.3, 0.9, len(sellers))
    other = 0.2 * output * (rng.random(n) < 0.5)
    return Problem(
        output=output, output_sd=0.1 * output, stock_sd=0.1 * (output + 1), exporter=exporter, importer=importer,
        gross=rng.lognormal(3, 1.5, len(exporter)), error=rng.choice([0.1, 0.4, 1.0], len(exporter)), factor_of=factor_of, factor=middle,
        factor_low=0.8 * middle, factor_high=1.1 * middle, other=other, other_low=0.4 * other, other_high=1.6 * other, other_sd=0.3 * other,
    )  # fmt: skip


# One country makes 100 t (sd 10) and prints exports of 130 t (sd 13); stocks may give (sd 5). It must use 0.1 t, so 30.1 t are short.
# Every figure moves by the multiplier times its variance, and the moves add up to the gap: multiplier = 30.1 / (100 + 169 + 25)
SHORT = 130 + 0.1 - 100


def test_one_country_in_conflict_by_hand() -> None:
    found = reconcile(problem([100, 0], [(0, 1, 130, 0.1)], output_sd=[10, 0], stock_sd=[5, 5]))
    multiplier = SHORT / (10**2 + 13**2 + 5**2)
    assert found.output == pytest.approx([100 + 100 * multiplier, 0], rel=HAND)
    assert found.stock_draw == pytest.approx([25 * multiplier, 0], rel=HAND)
    assert found.flows == pytest.approx([130 - 169 * multiplier], rel=HAND)
    assert found.use == pytest.approx([0.1, 130 - 169 * multiplier], rel=1e-6)  # a small difference of large figures
    assert found.stock_draw[1] == 0 == found.pressure[1] < found.pressure[0]


def test_content_other_codes_and_both_partners_share_the_gap_by_hand() -> None:
    # 200 gross tonnes at 0.5 (sd 0.05) and 40 t in other codes (sd 8) leave a country that makes 100: 40.1 t short. Flow sd 10
    found = reconcile(
        problem([100, 0], [(0, 1, 200, 0.1)], output_sd=[10, 0], factor=(0.4, 0.5, 0.6), other=[40, 0], other_sd=[8, 0], stock_sd=[6, 0])
    )
    parts = {"output": 10**2, "content": (200 * 0.05) ** 2, "flow": 10**2, "other": 8**2, "stock": 6**2}
    multiplier = 40.1 / sum(parts.values())
    assert found.output[0] == pytest.approx(100 + parts["output"] * multiplier, rel=HAND)
    assert found.factor[0] == pytest.approx(0.5 - 200 * 0.05**2 * multiplier, rel=HAND)
    assert found.flows[0] == pytest.approx(100 - (parts["content"] + parts["flow"]) * multiplier, rel=HAND)
    assert found.other[0] == pytest.approx(40 - parts["other"] * multiplier, rel=HAND)
    assert found.stock_draw[0] == pytest.approx(parts["stock"] * multiplier, rel=HAND)


def test_a_bound_is_kept_and_the_rest_bears_more_by_hand() -> None:
    # Content may fall by 0.01 only (sd 0.005): it gives 2 t of the 40.06, output and flow (sd 2 t each) share the rest
    found = reconcile(problem([60, 0], [(0, 1, 200, 0.02)], output_sd=[2, 0], factor=(0.49, 0.5, 0.5)))
    multiplier = (100 + 0.06 - 60 - 2) / (2**2 + 2**2)
    assert multiplier * 200 * 0.005**2 > 0.01, "content would fall further"
    assert found.factor[0] == 0.49
    assert found.output[0] == pytest.approx(60 + 4 * multiplier, rel=HAND)
    assert found.flows[0] == pytest.approx(98 - 4 * multiplier, rel=HAND)


def test_two_countries_in_conflict_pull_at_the_flow_between_them_by_hand() -> None:
    # 0 makes 100 and sends 150 to the hub 1 (sd 15), which sends 250 to 2 (sd 25); 0 is short of 50.1, 1 of 100.15 (its least is of 150)
    found = reconcile(problem([100, 0, 0], [(0, 1, 150, 0.1), (1, 2, 250, 0.1)], output_sd=[10, 0, 0], stock_sd=[5, 20, 0]))
    gap = np.array([50 + LEAST_USE * 100, 100 + LEAST_USE * 150])
    ties = np.array([[10**2 + 5**2 + 15**2, -(15**2)], [-(15**2), 15**2 + 25**2 + 20**2]])
    by_hand = np.linalg.solve(ties, gap)
    assert (by_hand > 0).all()
    assert found.output[0] == pytest.approx(100 + 100 * by_hand[0], rel=HAND)
    assert found.stock_draw == pytest.approx([25 * by_hand[0], 400 * by_hand[1], 0], rel=HAND)
    assert found.flows == pytest.approx([150 + 225 * (by_hand[1] - by_hand[0]), 250 - 625 * by_hand[1]], rel=HAND)


def test_scarce_imports_do_not_raise_the_content_of_what_arrives() -> None:
    # The hub 1 imports 100 and exports 150: its imports rise, but the supplier's goods stay as rich as published, bit by bit
    found = reconcile(problem([500, 0, 0], [(0, 1, 200, 0.1), (1, 2, 300, 0.1)], factor=(0.4, 0.5, 0.6), stock_sd=[0, 10, 0]))
    assert found.factor[0] == 0.5
    assert found.factor[1] < 0.5
    assert found.flows[0] > 100
    assert found.flows[1] < 150


def test_a_deviation_of_zero_fixes_a_figure() -> None:
    given_ = problem([100, 0], [(0, 1, 130, 0.1)], output_sd=[0, 0], stock_sd=[5, 0])
    found = reconcile(given_)
    assert np.array_equal(found.output, given_.output)
    assert found.flows[0] + found.use[0] == pytest.approx(100 + found.stock_draw[0], rel=HAND)


@pytest.mark.parametrize(
    "stuck",
    [
        problem([100, 0], [(0, 1, 130, 0.0)]),  # nothing may move
        problem([100, 0], [(0, 1, 130, 0.0)], factor=(0.9, 1.0, 1.0)),  # content may fall to 117
        problem([100, 0], [(0, 1, 50, 0.0)], other=[90, 0], other_sd=[10, 0]),  # other codes may fall to 70
        problem([100, 0, 0], [(0, 1, 50, 0.0), (1, 2, 80, 0.0)], output_sd=[10, 0, 0]),  # the hub has no figure that could move
    ],
    ids=["nothing", "content", "other codes", "elsewhere"],
)
def test_bounds_that_cannot_be_met_are_an_error(stuck: Problem) -> None:
    with pytest.raises(ReconciliationError, match="do not add up within their bounds"):
        reconcile(stuck)


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_figures_that_agree_come_back_bit_by_bit(seed: int) -> None:
    p = random_problem(seed)
    needed = np.bincount(p.exporter, p.flows, len(p.output)) + p.other
    agreed = replace(p, output=1.01 * needed + 1.0)  # everyone makes what it sells and a little more
    found = reconcile(agreed)
    for before, after in (
        (agreed.output, found.output), (agreed.flows, found.flows), (agreed.factor, found.factor), (agreed.other, found.other),
    ):  # fmt: skip
        assert np.array_equal(before, after)
    assert not found.stock_draw.any()
    assert not found.pressure.any()
    assert found.iterations == 0


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_every_answer_adds_up_within_its_bounds(seed: int) -> None:
    p = random_problem(seed)
    found = reconcile(p)
    size = p.output + np.bincount(p.exporter, p.flows, 6) + np.bincount(p.importer, p.flows, 6) + p.other
    again = balance(found.output, found.stock_draw, found.flows, found.other, p.exporter, p.importer)
    assert np.abs(found.use - again).max() <= 1e-12 * size.max()
    least = LEAST_USE * (p.output + np.bincount(p.importer, p.flows, 6))
    assert (found.use >= least - HAND * size).all()
    for part in (found.output, found.stock_draw, found.other, found.use, found.flows):
        assert (part >= 0).all()
    assert ((found.factor >= p.factor_low) & (found.factor <= p.factor)).all()
    assert ((found.other >= p.other_low - HAND * size) & (found.other <= p.other_high + HAND * size)).all()


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_whoever_is_no_part_of_a_conflict_stays_bit_by_bit(seed: int) -> None:
    p = random_problem(seed)
    found = reconcile(p)
    calm = found.pressure == 0
    assert np.array_equal(found.output[calm], p.output[calm])
    assert np.array_equal(found.other[calm], p.other[calm])
    assert not found.stock_draw[calm].any()
    still = (calm[p.exporter] & calm[p.importer]) & (found.factor == p.factor)[p.factor_of]
    assert np.array_equal(found.flows[still], p.flows[still])


@given(SEEDS, st.floats(1e-6, 1e9))
@settings(max_examples=40, deadline=None)
def test_the_unit_of_mass_changes_nothing(seed: int, unit: float) -> None:
    p = random_problem(seed)
    masses = ("output", "output_sd", "stock_sd", "gross", "other", "other_low", "other_high", "other_sd")
    one, two = reconcile(p), reconcile(replace(p, **{m: unit * getattr(p, m) for m in masses}))
    largest = max(one.flows.max(initial=0.0), one.output.max())
    for name in ("output", "stock_draw", "other", "flows", "use"):
        assert np.abs(getattr(two, name) / unit - getattr(one, name)).max() <= 1e-7 * largest, name
    assert two.factor == pytest.approx(one.factor, rel=1e-7)


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_the_order_of_countries_and_flows_changes_nothing(seed: int) -> None:
    p = random_problem(seed)
    rng = np.random.default_rng(seed)
    place, flow = rng.permutation(6), rng.permutation(len(p.gross))
    moved_to = np.argsort(place)
    by_country = ("output", "output_sd", "stock_sd", "other", "other_low", "other_high", "other_sd")
    shuffled = replace(
        p, exporter=moved_to[p.exporter[flow]], importer=moved_to[p.importer[flow]], gross=p.gross[flow], error=p.error[flow],
        factor_of=p.factor_of[flow], **{name: getattr(p, name)[place] for name in by_country},
    )  # fmt: skip
    one, two = reconcile(p), reconcile(shuffled)
    largest = max(one.flows.max(initial=0.0), one.output.max())
    assert np.abs(one.flows[flow] - two.flows).max(initial=0.0) <= 1e-7 * largest
    for name in ("output", "stock_draw", "other", "use"):
        assert np.abs(getattr(one, name)[place] - getattr(two, name)).max() <= 1e-7 * largest, name


def least_distance(p: Problem) -> np.ndarray:
    """Moves over their deviations of (output, stock, factor, flow, other), by Lawson & Hanson (1974), chapter 23, problem LDP.

    The shortest z with G z >= h is -r[:-1] / r[-1] with r = E u - f, where u solves min |E u - f|, u >= 0, E = [G h]', f = (0 ... 0 1)'.
    """
    n, k, m = len(p.output), len(p.factor), len(p.gross)
    sd = np.concatenate([p.output_sd, p.stock_sd, (p.factor - p.factor_low) / 2, p.error * p.flows, p.other_sd])
    books = np.zeros((n, len(sd)))
    books[:, :n] = books[:, n : 2 * n] = np.eye(n)
    books[:, 2 * n + k + m :] = -np.eye(n)
    for at in range(m):
        for country, sign in ((p.exporter[at], -1.0), (p.importer[at], 1.0)):
            books[country, 2 * n + p.factor_of[at]] += sign * p.gross[at]
            books[country, 2 * n + k + at] += sign
    least = LEAST_USE * (p.output + np.bincount(p.importer, p.flows, n))
    use = balance(p.output, np.zeros(n), p.flows, p.other, p.exporter, p.importer)
    unlimited = np.full(n + n, np.inf)
    low = np.concatenate([-p.output, np.zeros(n), p.factor_low - p.factor, -p.factor_low[p.factor_of] * p.gross, p.other_low - p.other])
    high = np.concatenate([unlimited, np.zeros(k), np.full(m, np.inf), p.other_high - p.other])
    unit, capped = np.eye(len(sd)), np.isfinite(high)
    size = p.flows.max() + p.output.max()
    g = np.vstack([books / size, unit, -unit[capped]]) * np.vstack(
        [np.tile(sd, (n, 1)), np.tile(sd, (len(sd), 1)), np.tile(sd, (capped.sum(), 1))]
    )
    h = np.concatenate([(least - use) / size, low, -high[capped]])
    e, f = np.vstack([g.T, h]), np.append(np.zeros(len(sd)), 1.0)
    r = e @ nnls(e, f, maxiter=10_000)[0] - f
    return -r[:-1] / r[-1]


@pytest.mark.parametrize("seed", range(12))
def test_another_method_finds_the_same(seed: int) -> None:
    p = random_problem(seed)
    found = reconcile(p)
    n, k, m = len(p.output), len(p.factor), len(p.gross)
    z = least_distance(p)
    output, stock = p.output + p.output_sd * z[:n], p.stock_sd * z[n : 2 * n]
    factor = p.factor + (p.factor - p.factor_low) / 2 * z[2 * n : 2 * n + k]
    flows = factor[p.factor_of] * p.gross + p.error * p.flows * z[2 * n + k : 2 * n + k + m]
    scale = max(p.flows.max(), p.output.max())
    assert found.iterations > 0, "the figures agree: choose another seed"
    for ours, theirs in (
        (found.output, output),
        (found.stock_draw, stock),
        (found.flows, flows),
        (found.other, p.other + p.other_sd * z[-n:]),
    ):
        assert np.abs(ours - theirs).max() <= RIVAL * scale
    assert found.factor == pytest.approx(factor, abs=RIVAL)

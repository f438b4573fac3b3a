"""Baselines: what is lost is made up in proportion, nothing appears from nowhere, and names of countries do not matter.

EXACT  sums of a few doubles
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from maadin.experiments.backtest.baselines import reallocated
from maadin.experiments.backtest.direct import Direct, direct
from maadin.market.benchmark import Benchmark

from .conftest import market

EXACT = 1e-9
N = 4


def never(year: int) -> NDArray[np.float64]:
    raise AssertionError("nothing of this event asks for another year")


@st.composite
def cases(draw: st.DrawFn) -> tuple[NDArray[np.float64], Direct]:
    tonnes = np.array(draw(st.lists(st.sampled_from([0.0, 1.0, 3.0, 10.0, 250.0]), min_size=N * N, max_size=N * N))).reshape(N, N)
    np.fill_diagonal(tonnes, 0.0)
    hit = np.array(draw(st.lists(st.booleans(), min_size=N * N, max_size=N * N))).reshape(N, N) & (tonnes > 0)
    kept = np.where(hit, draw(st.sampled_from([0.0, 0.3, 0.9])), 1.0) * tonnes
    return tonnes, Direct(hit, kept, np.array(draw(st.lists(st.booleans(), min_size=N, max_size=N))))


@given(cases())
def test_an_importer_buys_again_what_it_loses_where_it_has_other_suppliers(case: tuple[NDArray[np.float64], Direct]) -> None:
    tonnes, event = case
    at_source = Direct(event.hit, event.kept_t, np.ones(N, dtype=bool))  # goods that are lost are not sold elsewhere
    after = reallocated(tonnes, at_source)
    has_others = np.where(event.hit, 0.0, tonnes).sum(axis=0) > 0
    assert np.allclose(after.sum(axis=0)[has_others], tonnes.sum(axis=0)[has_others], rtol=EXACT)
    assert (after.sum(axis=0) <= tonnes.sum(axis=0) * (1 + EXACT)).all()


@given(cases())
def test_no_route_opens_and_hit_routes_keep_what_is_left(case: tuple[NDArray[np.float64], Direct]) -> None:
    tonnes, event = case
    after = reallocated(tonnes, event)
    assert (after >= 0).all() and (after[tonnes == 0] == 0).all()
    assert np.allclose(after[event.hit], event.kept_t[event.hit], rtol=EXACT)


@given(cases(), st.permutations(range(N)))
def test_names_of_countries_do_not_matter(case: tuple[NDArray[np.float64], Direct], order: list[int]) -> None:
    tonnes, event = case
    at = np.ix_(order, order)
    turned = Direct(event.hit[at], event.kept_t[at], event.lost_at_source[order])
    assert np.allclose(reallocated(tonnes[at], turned), reallocated(tonnes, event)[at], rtol=EXACT)


@given(cases())
def test_nothing_hit_is_no_change(case: tuple[NDArray[np.float64], Direct]) -> None:
    tonnes, event = case
    nothing = Direct(np.zeros_like(event.hit), tonnes, event.lost_at_source)
    assert (reallocated(tonnes, nothing) == tonnes).all()


CASES: list[tuple[dict[str, Any], float]] = [
    ({"embargo": {"importer": "south", "exporter": "north"}}, 0.0),
    ({"export_ban": {"exporter": "north", "importer": "south"}}, 0.0),
    ({"tariff": {"importer": "south", "exporter": "north", "rate": "25%", "mode": "set"}}, 1 / 1.25),
    ({"export_tax": {"exporter": "north", "importer": "south", "rate": "25%", "mode": "set"}}, 1 / 1.25),
    ({"import_quota": {"importer": "south", "exporter": "north", "tonnes": 90}}, 90 / 225),
    ({"export_quota": {"exporter": "north", "importer": "south", "share_of_benchmark": "40%"}}, 0.4),
    ({"import_quota": {"importer": "south", "exporter": "north", "tonnes": 9000}}, 1.0),
    ({"supply_shock": {"country": "north", "loss_share": "10% to 30%"}}, 0.8),
]


@pytest.mark.parametrize(("measure", "left"), CASES)
def test_what_a_measure_leaves_by_itself(measure: dict[str, Any], left: float, made_event: Any) -> None:
    benchmark, trade = market(("north", "south", "east"))
    found = direct(made_event(measure).scenario(), benchmark, trade.tonnes, trade.countries, never)
    assert found.hit[0, 1] and found.kept_t[0, 1] == pytest.approx(left * trade.tonnes[0, 1], rel=EXACT)
    assert found.lost_at_source.tolist() == [next(iter(measure)) == "supply_shock", False, False]
    assert not found.hit[1, 0]


def test_a_loss_in_tonnes_is_a_share_of_output(made_event: Any) -> None:
    benchmark, trade = market(("north", "south", "east"))
    found = direct(
        made_event({"supply_shock": {"country": "north", "loss_t": "50 t"}}).scenario(), benchmark, trade.tonnes, trade.countries, never
    )
    assert found.kept_t[0, 1:].tolist() == pytest.approx((0.9 * trade.tonnes[0, 1:]).tolist(), rel=EXACT)


def test_a_duty_counts_from_the_one_that_stands() -> None:
    from maadin.experiments.backtest import Event

    data = {"id": "d", "name": "d", "commodity": "aluminium", "date": 2025, "before": 2024, "after": 2025}
    benchmark = Benchmark.from_facts("aluminium", 2024)
    at = benchmark.countries.index("ARE"), benchmark.countries.index("USA")
    stands = benchmark.duty_rate[at]
    assert stands > 0
    rate = {"importer": "USA", "exporter": "ARE", "rate": "25%"}
    for mode, after in (("set", 0.25), ("add", 0.25 + stands)):
        event = Event(**data, measures=[{"tariff": {**rate, "mode": mode}}])
        found = direct(event.scenario(), benchmark, benchmark.trade_t, benchmark.countries, never)
        assert found.kept_t[at] == pytest.approx(benchmark.trade_t[at] * (1 + stands) / (1 + after), rel=EXACT)


@pytest.mark.parametrize(
    ("measure", "factor", "rows", "columns"),
    [
        ({"subsidy": {"country": "north", "rate": "10%"}}, 1.1, [0], [1, 2]),
        ({"capacity": {"country": "north", "tonnes": 100}}, 1.2, [0], [1, 2]),
        ({"demand_shift": {"country": "south", "change": "-10%"}}, 1.0, [0, 2], [1]),
        ({"stockpile": {"country": "south", "action": "build", "tonnes": 10}}, 1.0, [0, 2], [1]),
    ],
    ids=lambda v: next(iter(v)) if isinstance(v, dict) else "",
)
def test_what_changes_at_home_changes_all_routes_alike(
    measure: dict[str, Any], factor: float, rows: list[int], columns: list[int], made_event: Any
) -> None:
    benchmark, trade = market(("north", "south", "east"))
    found = direct(made_event(measure).scenario(), benchmark, trade.tonnes, trade.countries, never)
    assert [n for n in range(3) if found.hit[n].any()] == rows
    assert [n for n in range(3) if found.hit[:, n].any()] == columns
    assert found.kept_t[found.hit].tolist() == pytest.approx((factor * trade.tonnes[found.hit]).tolist(), rel=EXACT)


def test_a_route_that_opens_gets_back_its_share_and_others_make_room(made_event: Any) -> None:
    benchmark, trade = market(("north", "south", "east"))
    measure = {"reopen": {"exporter": "east", "importer": "north", "open_year": 2015}}
    then = np.array([[0.0, 0.0, 0.0], [30.0, 0.0, 0.0], [70.0, 0.0, 0.0]])
    found = direct(made_event(measure).scenario(), benchmark, trade.tonnes, trade.countries, lambda year: then)
    imports = trade.tonnes[:, 0].sum()
    assert found.kept_t[2, 0] == pytest.approx(max(0.7 * imports, trade.tonnes[2, 0]), rel=EXACT)
    assert np.argwhere(found.hit).tolist() == [[2, 0]]
    sells, buys = found.parties(trade.tonnes)
    assert sells.tolist() == [False, False, True] and buys.tolist() == [True, False, False]


def test_parties_are_the_ends_of_the_routes_that_carry_most_of_what_is_hit() -> None:
    tonnes = np.array([[0.0, 900.0, 90.0, 10.0], [0.0] * 4, [0.0] * 4, [5.0, 0.0, 0.0, 0.0]])
    hit = np.zeros((4, 4), dtype=bool)
    hit[0, 1:] = True
    sells, buys = Direct(hit, np.where(hit, 0.0, tonnes), np.zeros(4, dtype=bool)).parties(tonnes)
    assert sells.tolist() == [True, False, False, False]
    assert buys.tolist() == [False, True, True, False]

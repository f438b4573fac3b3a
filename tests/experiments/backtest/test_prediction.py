"""Predictions: a null event changes nothing, a closed route carries nothing, and the names of countries do not matter.

SOLVED  two solutions of the same equations, each to 1e-10 of world output
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from maadin.experiments.backtest import Event, Model
from maadin.experiments.backtest.model import MODELS, model
from maadin.experiments.backtest.prediction import Prediction, predict
from maadin.experiments.backtest.trade_matrix import trade_matrix
from maadin.market.benchmark import Benchmark
from maadin.policy.run import simulate

SOLVED = 1e-7
ORDER = ("north", "south", "east")
MEASURES: list[dict[str, Any]] = [
    {"embargo": {"importer": "south", "exporter": "north"}},
    {"tariff": {"importer": "south", "exporter": "north", "rate": "25%", "mode": "set"}},
    {"supply_shock": {"country": "north", "loss_share": "20%"}},
    {"export_quota": {"exporter": "north", "importer": "all", "share_of_benchmark": "50%"}},
]


@pytest.fixture
def said(made_market: Callable[..., Any], made_event: Callable[..., Event]) -> Callable[..., Prediction]:
    """Predicts in the small market at the medians."""

    def make(*measures: dict[str, Any], order: tuple[str, ...] = ORDER, draws: int = 0, used: Model | None = None) -> Prediction:
        benchmark, before = made_market(order)
        return predict(made_event(*measures), used or Model(), benchmark, before, draws=draws, seed=0, store=None)

    return make


def test_a_null_event_predicts_no_change(said: Callable[..., Prediction], made_market: Callable[..., Any]) -> None:
    before = made_market(ORDER)[1].tonnes
    assert np.allclose(said({"supply_shock": {"country": "north", "loss_share": "0%"}}).middle, before, rtol=SOLVED)


def test_a_null_event_predicts_no_change_in_a_real_market() -> None:
    event = Event(
        id="null", name="null", commodity="tin", date="2023-01-01", before=2022, after=2023,
        measures=[{"supply_shock": {"country": "MMR", "loss_share": "0%"}}],
    )  # fmt: skip
    before = trade_matrix("tin", Benchmark.from_facts("tin", 2022).stage, 2022)
    found = predict(event, Model(), Benchmark.from_facts("tin", 2022), before, draws=4, seed=0, store=None)
    assert np.allclose(found.tonnes, before.tonnes, rtol=1e-6, atol=1e-6 * before.tonnes.sum())


def test_a_closed_route_is_predicted_zero_in_every_draw(said: Callable[..., Prediction]) -> None:
    found = said(MEASURES[0], draws=8)
    assert found.tonnes.shape == (8, 3, 3)
    assert (found.tonnes[:, 0, 1] == 0).all() and (found.tonnes[:, 2, 1] > 0).all()


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: next(iter(m)))
@pytest.mark.parametrize("order", [("east", "north", "south"), ("south", "east", "north")])
def test_the_order_of_countries_does_not_matter(measure: dict[str, Any], order: tuple[str, ...], said: Callable[..., Prediction]) -> None:
    at = [order.index(c) for c in ORDER]
    assert np.allclose(said(measure, order=order).middle[np.ix_(at, at)], said(measure).middle, rtol=SOLVED)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: next(iter(m)))
def test_published_flows_move_by_the_ratios_of_the_model(
    measure: dict[str, Any], said: Callable[..., Prediction], made_market: Callable[..., Any]
) -> None:
    benchmark, before = made_market(ORDER)
    found = said(measure)
    flows = found.outcome.counterfactual["trade_t"].sel(statistic="median").transpose("exporter", "importer")
    modelled = flows.sel(exporter=list(ORDER), importer=list(ORDER)).values
    seen = before.tonnes > 0
    assert np.allclose(found.middle[seen], 0.9 * modelled[seen], rtol=SOLVED)  # published is nine tenths of the benchmark there
    assert benchmark.countries == ORDER


def test_without_draws_the_prediction_is_the_solution_at_the_medians(aluminium: Event) -> None:
    benchmark, before = Benchmark.from_facts("aluminium", 2022), trade_matrix("aluminium", "refined", 2022)
    found = predict(aluminium, Model(), benchmark, before, draws=0, seed=0, store=None)
    alone = simulate(benchmark, aluminium.scenario(), draws=0)
    assert found.tonnes.shape[0] == 1 and (found.middle == found.tonnes[0]).all()
    for name in ("trade_t", "price_fob_usd_per_t"):
        ours, theirs = (o.counterfactual[name].sel(statistic="median") for o in (found.outcome, alone))
        np.testing.assert_allclose(ours.values, theirs.values, rtol=SOLVED)


def test_only_what_was_known_the_year_before_goes_in(aluminium: Event) -> None:
    benchmark, before = Benchmark.from_facts("aluminium", 2022), trade_matrix("aluminium", "refined", 2022)
    later = aluminium.model_copy(update={"after": 2023})
    one, other = (predict(e, Model(), benchmark, before, draws=4, seed=1, store=None).tonnes for e in (aluminium, later))
    assert (one == other).all()


def test_a_factor_scales_the_elasticity_of_substitution(said: Callable[..., Prediction]) -> None:
    one, two = said(MEASURES[1]), said(MEASURES[1], used=replace(Model(), armington_factor=2.0))
    assert two.armington == pytest.approx(2 * one.armington, rel=1e-2)
    assert two.middle[0, 1] < one.middle[0, 1]


def test_settings_are_fields_of_a_scenario(aluminium: Event) -> None:
    for name, one in MODELS.items():
        assert model(name) is one and one.name == name
        aluminium.scenario(**one.fields)
    with pytest.raises(ValueError, match="'x' is not a setting of the model; expected one of default"):
        model("x")

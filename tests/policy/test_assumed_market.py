"""What a scenario may assume of a market beyond elasticities: a nest, capacity that was shown, own use out of reach.

RELATIVE  of sums and of closed forms
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from maadin.errors import InputError
from maadin.facts import selection
from maadin.facts.store import default_store
from maadin.market import draws as drawing
from maadin.market.benchmark import Benchmark
from maadin.market.captive import without_own_use
from maadin.market.elasticities import elasticities
from maadin.market.flows import traded
from maadin.market.shown_capacity import YEARS, with_shown_capacity
from maadin.policy import Scenario
from maadin.policy.outcome import Outcome
from maadin.policy.run import simulate
from maadin.report.numbers import fixed

RELATIVE = 1e-6
BAN: dict[str, Any] = {"export_ban": {"exporter": "IDN", "importer": "all"}}
DUTY: dict[str, Any] = {"tariff": {"importer": "USA", "exporter": "all", "rate": "25%", "mode": "add"}}


def run(commodity: str, year: int, measure: dict[str, Any], draws: int = 0, **fields: Any) -> Outcome:
    return simulate(Scenario("made", commodity=commodity, year=year, measures=[measure], **fields), draws=draws, within=False)


def level(outcome: Outcome, name: str, **at: str) -> float:
    return float(outcome.counterfactual[name].sel(statistic="median", **at))


# A nest of own goods against imports


def test_a_nest_as_elastic_as_the_rest_is_no_nest() -> None:
    plain = run("aluminium", 2022, DUTY, elasticities={"sigma": 4})
    same = run("aluminium", 2022, DUTY, elasticities={"sigma": 4, "sigma_home": 4})
    for name in ("price_fob_usd_per_t", "trade_t", "welfare_change_usd"):
        np.testing.assert_allclose(same.counterfactual[name], plain.counterfactual[name], rtol=1e-5, atol=1.0)


def test_half_of_sigma_is_drawn_with_it_and_stays_above_one() -> None:
    drawn = drawing.draw(elasticities("aluminium", overrides={"sigma": (1.5, 6)}), 64)
    nested = drawing.nested(drawn, "half")
    assert nested.home is not None
    np.testing.assert_allclose(nested.home, np.maximum(drawn.armington / 2, 1.01), rtol=RELATIVE)
    assert drawing.nested(drawn, None) is drawn


def test_the_less_own_goods_replace_imports_the_less_a_duty_raises_output() -> None:
    output = [
        level(run("aluminium", 2022, DUTY, elasticities={"sigma": 6, "sigma_home": s}), "output_t", country="USA") for s in (1.5, 3, 6)
    ]
    assert output[0] < output[1] < output[2]


@pytest.mark.parametrize("given", [0, -2, "third", "2-3"])
def test_what_is_no_elasticity_is_refused(given: object) -> None:
    with pytest.raises(InputError, match="sigma_home"):
        Scenario("made", commodity="aluminium", year=2022, measures=[DUTY], elasticities={"sigma_home": given})


# Capacity that was shown


def test_shown_capacity_is_output_and_the_exports_that_the_best_year_had_more() -> None:
    """The Philippines shipped more nickel ore in 2014 than in 2019; summed here from the flows themselves."""
    market = selection.market("nickel")
    exports = {
        year: sum(tonnes for (i, _), (tonnes, _) in traded(default_store(), market, year).by_route().items() if i == "PHL")
        for year in range(2019 - YEARS, 2020)
    }
    benchmark = Benchmark.from_facts("nickel", 2019)
    shown = with_shown_capacity(benchmark)
    at = benchmark.position("PHL")
    assert exports[2014] > 1.2 * exports[2019]
    more = max(exports.values()) - exports[2019]
    assert shown.capacity_t[at] == pytest.approx(benchmark.own_supply_t[at] + more, rel=RELATIVE)
    assert (np.nan_to_num(shown.capacity_t) >= np.nan_to_num(benchmark.capacity_t)).all()
    assert [n.id for n in shown.notes][-1] == "capacity_shown" and np.isnan(benchmark.capacity_t[at])


def test_with_shown_capacity_the_philippines_can_ship_more_when_indonesia_stops() -> None:
    plain, shown = (level(run("nickel", 2019, BAN, capacities=c), "output_t", country="PHL") for c in ("printed", "shown"))
    assert shown > 1.02 * plain


# Own use that is captive


def test_captive_own_use_leaves_what_crosses_borders() -> None:
    benchmark = Benchmark.from_facts("nickel", 2019)
    abroad = without_own_use(benchmark)
    assert abroad.kind == "imports_only" and not np.diag(abroad.trade_t).any()
    away = ~np.eye(len(benchmark.countries), dtype=bool)
    assert (abroad.trade_t[away] == benchmark.trade_t[away]).all()
    np.testing.assert_allclose(abroad.use_t, benchmark.imports_t, rtol=RELATIVE)
    assert without_own_use(abroad) is abroad


def test_captive_ore_is_not_drawn_away_from_smelters_at_home() -> None:
    """Canada's mines feed Canada's smelters: with a ban elsewhere, the plain market ships what they use, the captive one at most the slack."""
    plain, captive = (run("nickel", 2019, BAN, own_use=own) for own in ("priced", "captive"))
    before = float(captive.benchmark["exports_t"].sel(country="CAN"))
    assert level(captive, "exports_t", country="CAN") <= before * 1.16
    assert level(plain, "exports_t", country="CAN") > 2 * before


# A reopened route where output is not counted


def test_in_an_imports_only_market_goods_come_with_the_route() -> None:
    reopened = {"reopen": {"exporter": "IDN", "importer": "CHN", "open_year": 2013}}
    opened = run("nickel", 2016, reopened)
    bought = level(opened, "trade_t", exporter="IDN", importer="CHN")
    assert opened.market.kind == "imports_only" and bought > 0.2 * level(opened, "imports_t", country="CHN")


# Prices of who is priced out


def test_prices_to_users_end_at_the_choke_price() -> None:
    outcome = run("nickel", 2013, BAN, draws=64)
    paid = outcome.counterfactual["price_use_usd_per_t"] / outcome.benchmark["price_use_usd_per_t"]
    finite = paid.values[np.isfinite(paid.values)]
    assert finite.max() == pytest.approx(outcome.scenario.choke, rel=1e-6)  # reached, and nothing beyond


def test_what_is_infinite_prints_as_such() -> None:
    assert fixed(float("inf"), 1, "en") == "∞"

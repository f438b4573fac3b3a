"""One backtest: scores, partners, intervals and prices agree with each other, and what cannot be scored is refused."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest

from maadin.errors import InputError
from maadin.experiments.backtest import Backtest, Event, backtest
from maadin.experiments.backtest.ordinary import SEEN
from maadin.experiments.backtest.trade_matrix import aligned, trade_matrix


@pytest.fixture(params=["duty", "ban"])
def test_of(request: pytest.FixtureRequest) -> Backtest:
    found: Backtest = request.getfixturevalue(request.param)
    return found


def test_kinds_of_markets_and_what_is_hit(duty: Backtest, ban: Backtest) -> None:
    assert (duty.market.kind, ban.market.kind) == ("balanced", "imports_only")
    assert 0 < duty.hit_share < 0.01 < 0.4 < ban.hit_share < 1
    assert [(p.exporter, p.importer) for p in ban.partners if p.hit and p.importer == "CHN"] == [("IDN", "CHN")]


def test_partners_are_the_routes_with_a_hundredth_of_the_trade(test_of: Backtest) -> None:
    assert all(max(p.before, p.observed) >= SEEN for p in test_of.partners)
    sizes = [max(p.before, p.observed) for p in test_of.partners]
    assert sizes == sorted(sizes, reverse=True)
    assert all(p.exporter in test_of.exporters or p.importer in test_of.importers for p in test_of.partners)
    for name in ("before", "predicted", "observed"):
        assert sum(getattr(p, name) for p in test_of.partners) <= 1 + 1e-9


def test_shares_and_tonnes_of_a_partner_agree(test_of: Backtest) -> None:
    for share, tonnes in (("before", "before_t"), ("observed", "observed_t"), ("predicted", "predicted_t")):
        scopes = [getattr(p, tonnes) / getattr(p, share) for p in test_of.partners if getattr(p, share) > 0]
        assert np.allclose(scopes, scopes[0], rtol=1e-9)


def test_the_wide_interval_holds_the_narrow_one_and_the_prediction(test_of: Backtest) -> None:
    for p in test_of.partners:
        assert p.low_wide <= p.low + 1e-12 and p.high_wide >= min(p.high, 1.0) - 1e-12
        assert p.low_wide <= p.predicted + 1e-12 and p.predicted <= p.high_wide + 1e-12


def test_counts_are_those_of_the_partners(test_of: Backtest) -> None:
    free = [p for p in test_of.partners if not p.hit]
    assert test_of.directions == (sum((p.predicted - p.before) * (p.observed - p.before) > 0 for p in free), len(free))
    assert test_of.coverage == (sum(p.low <= p.observed <= p.high for p in test_of.partners), len(test_of.partners))
    assert test_of.coverage_wide[0] >= test_of.coverage[0]


def test_without_draws_there_is_no_interval_over_elasticities(nickel: Event) -> None:
    found = backtest(nickel, draws=0)
    assert all(p.low == p.high == p.predicted for p in found.partners)


def test_the_same_seed_gives_the_same_figures(nickel: Event, ban: Backtest) -> None:
    again, other = (backtest(nickel, draws=ban.draws, seed=seed) for seed in (0, 1))
    assert again.to_data() == ban.to_data()
    assert other.to_data() != ban.to_data()


def test_world_trade_is_that_of_the_table(ban: Backtest) -> None:
    before, after = aligned(*(trade_matrix("nickel", ban.market.stage, year) for year in (2013, 2015)))
    assert ban.before_t == pytest.approx(before.tonnes.sum()) and ban.observed_t == pytest.approx(after.tonnes.sum())


def test_unit_values_are_ratios_against_the_world(duty: Backtest) -> None:
    assert {u.side for u in duty.unit_values} == {"exports", "imports"}
    before, after = aligned(*(trade_matrix("aluminium", "refined", year) for year in (2022, 2024)))
    world = (after.value_usd.sum() / after.tonnes.sum()) / (before.value_usd.sum() / before.tonnes.sum())
    for u in duty.unit_values:
        assert u.observed == pytest.approx(u.observed_usd_per_t / u.before_usd_per_t / world, rel=1e-9)
        assert 0.5 < u.predicted < 2


def test_it_is_plain_json(test_of: Backtest) -> None:
    data = test_of.to_data()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert Event(**data["event"]) == test_of.event
    assert data["directions"] == {"right": test_of.directions[0], "of": test_of.directions[1]}
    assert {s["source"] for s in data["sources"]} >= {"baci"}


def test_measures_that_act_on_no_trade_are_refused(made_event: Callable[..., Event]) -> None:
    nothing = made_event({"embargo": {"importer": "PER", "exporter": "MMR"}}, commodity="tin")
    with pytest.raises(InputError, match="event 'made': its measures act on no trade of 2022, so there is nothing to score"):
        backtest(nothing, draws=0)


def test_a_route_that_opens_again_is_scored_between_its_ends(made_event: Callable[..., Event]) -> None:
    opened = made_event(
        {"reopen": {"exporter": "AUS", "importer": "CHN", "open_year": 2019}}, commodity="coking-coal", date="2023-01-03", after=2024
    )  # fmt: skip
    found = backtest(opened, draws=0)
    assert (found.exporters, found.importers) == (("AUS",), ("CHN",))
    assert found.parties.reallocation != found.parties.no_change  # others make room
    (route,) = (p for p in found.partners if (p.exporter, p.importer) == ("AUS", "CHN"))
    assert route.hit and route.predicted > route.before


def test_a_year_without_trade_is_refused(made_event: Callable[..., Event]) -> None:
    event = made_event({"embargo": {"importer": "USA", "exporter": "RUS"}}, date="2023-03", after=2030)
    with pytest.raises(InputError, match="2030"):
        backtest(event, draws=0)

"""The model's record on past measures: predictions without what followed, and what followed."""

from __future__ import annotations

import pytest

from maadin.policy.run import simulate
from maadin.reading.briefing import Brief
from maadin.reading.briefing.record import ROUTES, record
from maadin.reading.propose import propose

from .conftest import STATEMENTS


def test_a_duty_on_one_origin(made: Brief) -> None:
    found = made.simulations[1].record
    assert found is not None
    assert (found.measure_id, found.since, found.year) == ("us232_al_2023_rus", "2023-03-10", 2022)
    (route,) = found.routes
    assert (route.exporter, route.importer) == ("RUS", "USA")
    assert route.before_t == pytest.approx(31_108, rel=1e-3)
    assert route.low_t <= route.predicted_t <= route.high_t < route.before_t
    assert [(f.year, round(f.exposure, 2)) for f in route.flows] == [(2023, 0.81), (2024, 1.0)]
    assert [round(f.observed_t) for f in route.flows] == [366, 798]
    part = route.flows[0]
    assert part.expected_t == pytest.approx(route.before_t + part.exposure * (route.predicted_t - route.before_t))
    assert part.is_inside is (part.low_t <= part.observed_t <= part.high_t)


def test_the_elasticity_that_would_have_fitted_is_shown_and_not_used(made: Brief) -> None:
    simulated = made.simulations[1]
    assert simulated.record is not None
    assert simulated.outcome is not None
    assert simulated.record.calibration is not None
    assert simulated.record.calibration.event == "us232_al_2023_rus"
    assert all(family.event == "" or family.event is None for family in simulated.outcome.elasticities.armington.families)
    assert simulated.record.armington_used == simulated.outcome.elasticities.armington.median()


def test_a_duty_on_all_has_its_largest_routes_and_no_calibration() -> None:
    on_all = STATEMENTS[2].model_copy(update={"target": ("WLD",), "value": 10.0, "year_or_date": "2018"})
    (proposed,) = propose(on_all)
    assert proposed.event is not None
    assert proposed.scenario is not None
    found = record(proposed, simulate(proposed.scenario, draws=0), last=2024)
    assert found is not None
    assert len(found.routes) == ROUTES
    assert found.routes[0].exporter == "CAN"
    assert found.calibration is None
    assert found.because is not None
    assert found.because.id == "no_calibration"


def test_what_is_not_within_the_data_has_none(made: Brief) -> None:
    assert made.simulations[0].record is None
    later = STATEMENTS[2].model_copy(update={"target": ("WLD",), "value": 25.0, "year_or_date": "2025-02", "status": "announced"})
    (proposed,) = propose(later)
    assert proposed.event is not None
    assert proposed.scenario is not None
    assert record(proposed, simulate(proposed.scenario, draws=0), last=2024) is None

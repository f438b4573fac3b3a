"""Leave one out: an event has no say in what is fitted for it, nor have others on the same market of the same year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maadin.experiments.backtest import Backtest
from maadin.experiments.backtest import run as module
from maadin.experiments.backtest.fitting import FACTORS, LEAST_EVENTS, leave_one_out
from maadin.market.equilibrium import SolveError

TABLE = {  # errors by factor, 0.5, 0.7, 1, 1.4, 2
    "a": (0.5, 0.4, 0.3, 0.2, 0.1), "b": (0.1, 0.2, 0.3, 0.4, 0.5), "c": (0.1, 0.2, 0.3, 0.4, 0.5), "d": (0.3, 0.2, 0.1, 0.2, 0.3),
    "e": (0.3, 0.2, 0.1, 0.2, 0.3), "f": (0.5, 0.4, 0.3, 0.2, 0.1),
}  # fmt: skip


def made(ban: Backtest, ids: str) -> list[Backtest]:
    """Copies of a backtest as if of as many markets."""
    return [
        replace(ban, event=ban.event.model_copy(update={"id": i, "before": 2000 + n, "after": 2002 + n})) for n, i in enumerate(ids)
    ]  # fmt: skip


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch, ban: Backtest) -> dict[str, tuple[float, ...]]:
    """Errors that a rerun with a factor gives, by event."""
    table = dict(TABLE)

    def rerun(event: object, model: object, **_: object) -> Backtest:
        value = table[event.id][FACTORS.index(model.armington_factor)]  # type: ignore[attr-defined]  # an Event and a Model
        return replace(ban, parties=replace(ban.parties, model=value), world=replace(ban.world, model=value / 2))

    monkeypatch.setattr(module, "backtest", rerun)
    return table


def test_each_factor_is_the_best_on_the_others(errors: dict[str, tuple[float, ...]], ban: Backtest) -> None:
    for test, fitted in zip(tests := made(ban, "abcdef"), leave_one_out(tests), strict=True):
        others = [errors[t.event.id] for t in tests if t is not test]
        means = [sum(row[k] for row in others) / len(others) for k in range(len(FACTORS))]
        assert fitted.factor == FACTORS[means.index(min(means))] and fitted.events == 5
        assert fitted.parties == errors[test.event.id][FACTORS.index(fitted.factor)] == 2 * fitted.world


def test_an_event_has_no_say_in_its_own_factor(errors: dict[str, tuple[float, ...]], ban: Backtest) -> None:
    first = leave_one_out(made(ban, "abcdef"))[0].factor
    errors["a"] = (0.0, 9.0, 9.0, 9.0, 9.0)
    assert leave_one_out(made(ban, "abcdef"))[0].factor == first


def test_events_on_the_same_market_and_year_have_no_say_either(errors: dict[str, tuple[float, ...]], ban: Backtest) -> None:
    tests = made(ban, "abcdef")
    twin = replace(tests[1], event=tests[1].event.model_copy(update={"before": tests[0].event.before}))
    fitted = leave_one_out([tests[0], twin, *tests[2:]])
    assert [f.events for f in fitted] == [4, 4, 5, 5, 5, 5]


def test_too_few_events_fit_nothing(errors: dict[str, tuple[float, ...]], ban: Backtest) -> None:
    assert leave_one_out(made(ban, "abcdef"[:LEAST_EVENTS])) == ()


def test_what_has_no_solution_with_a_factor_keeps_its_own_error(monkeypatch: pytest.MonkeyPatch, ban: Backtest) -> None:
    def fails(*_: object, **__: object) -> Backtest:
        raise SolveError("no solution")

    monkeypatch.setattr(module, "backtest", fails)
    told: list[str] = []
    fitted = leave_one_out(made(ban, "abcdef"), report=told.append)
    assert {f.parties for f in fitted} == {ban.parties.model} and len(told) == 6

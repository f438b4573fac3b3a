"""Workers: the same results in a process as here, whatever happens to the process."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from maadin.reading.briefing import Brief, brief_of, processes
from maadin.reading.briefing.processes import Process, at_hand, count, start
from maadin.reading.briefing.simulated import Options, Simulated, cost, stays_here
from maadin.reading.propose import Proposed, propose

from .conftest import READING, STATEMENTS, TEXT

OPTIONS = Options(8, 0, 2024)


@pytest.fixture
def proposed() -> Proposed:
    (made,) = propose(STATEMENTS[2])
    return made


def test_results_do_not_depend_on_where_they_come_from(made: Brief) -> None:
    beside = brief_of(TEXT, READING, draws=64, workers=2)
    for here, there in zip(made.simulations, beside.simulations, strict=True):
        assert (here.scenario, here.because, here.record) == (there.scenario, there.because, there.record)
        if here.outcome is not None:
            assert there.outcome is not None
            for name, values in here.outcome.counterfactual.items():
                np.testing.assert_array_equal(values.values, there.outcome.counterfactual[name].values, err_msg=str(name))


def test_a_process_runs_one_after_the_other(proposed: Proposed) -> None:
    with at_hand(1) as (process,):
        for draws in (0, 8):
            result = process.run((proposed, (2,), Options(draws, 0, 2024)))
            assert isinstance(result, Simulated)
            assert result.statements == (2,)
            assert result.outcome is not None
            assert result.outcome.draws == draws
    assert not process.is_alive
    assert process.run((proposed, (2,), OPTIONS)) is None


def test_a_process_that_died_or_cannot_be_started_gives_nothing(proposed: Proposed, monkeypatch: pytest.MonkeyPatch) -> None:
    died = Process()
    died._process.kill()
    assert died.run((proposed, (0,), OPTIONS)) is None
    assert not died.is_alive
    died.end()
    monkeypatch.setattr(processes.sys, "executable", "")
    never = Process()
    assert not never.is_alive
    assert never.run((proposed, (0,), OPTIONS)) is None
    never.end()


def test_work_of_a_dead_process_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "MODULE", "maadin.no_such_module")
    made = brief_of(TEXT, READING, draws=0, workers=2)
    assert [s.is_done for s in made.simulations] == [True, True, False]


def test_processes_started_before_are_used_and_ended() -> None:
    start(1)
    (waiting,) = processes._spare
    with at_hand(1) as taken:
        assert taken == [waiting]
        assert processes._spare == []
    assert not waiting.is_alive


def test_how_many() -> None:
    assert (count(1), count(2), count(99)) == (0, 1, processes.MOST - 1)
    assert count(None) >= 0


def test_a_result_can_be_sent(made: Brief) -> None:
    again = pickle.loads(pickle.dumps(made.simulations[0]))
    assert again.scenario == made.simulations[0].scenario


def test_what_is_long_goes_first_and_offers_stay(proposed: Proposed) -> None:
    offer = STATEMENTS[2].model_copy(
        update={
            "instrument": "supply_offer",
            "direction": "export",
            "actor": ("CAN",),
            "target": ("USA",),
            "value": 5e5,
            "unit": "tonne",
            "year_or_date": None,
        }
    )
    (offered,) = propose(offer)
    (path,) = propose(STATEMENTS[0].model_copy(update={"instrument": "capacity_project"}))
    nothing = Proposed("", None, None)
    assert [cost(p) for p in (path, offered, proposed, nothing)] == [3, 2, 1, 0]
    assert [stays_here(p) for p in (path, offered, proposed, nothing)] == [False, True, False, False]

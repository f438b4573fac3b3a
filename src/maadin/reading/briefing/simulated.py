"""One scenario of a brief: what it comes to, for which statements of the text, or why there is nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maadin.errors import MaadinError
from maadin.experiments.paths import run_path
from maadin.facts.store import Store
from maadin.facts.table import Note
from maadin.policy.measures import ResourceFund, SupplyOffer, Territory
from maadin.policy.run import market_of, pooled_for, simulate
from maadin.policy.scenario import Scenario
from maadin.policy.valued import FundValuation, TerritoryListing, list_territory, value_fund
from maadin.reading.briefing.record import Record, record
from maadin.reading.propose import Proposed

if TYPE_CHECKING:
    from maadin.experiments.path_outcome import PathOutcome
    from maadin.policy.outcome import Outcome

_TOLD = ("name", "description", "source", "assumes")  # of a scenario: what does not change its results


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """A scenario with its results.

    Attributes
    ----------
    statements : tuple of int
        Positions of the statements that it stands for, from 0, in the order of the text.
    proposed : Proposed
    outcome : Outcome or None
    path : PathOutcome or None
    valuations : tuple
        Funds and territories.
    record : Record or None
        Of a past measure: what was predicted, what came.
    because : Note or None
        Why there are no results.
    """

    statements: tuple[int, ...]
    proposed: Proposed
    outcome: Outcome | None = None
    path: PathOutcome | None = None
    valuations: tuple[FundValuation | TerritoryListing, ...] = ()
    record: Record | None = None
    because: Note | None = None

    @property
    def scenario(self) -> Scenario | None:
        """The scenario."""
        return self.proposed.scenario

    @property
    def is_done(self) -> bool:
        """Whether there are results."""
        return self.outcome is not None or self.path is not None or bool(self.valuations)


def key_of(proposed: Proposed) -> str:
    """What two proposals share that come to the same: the scenario without its words, or the reason for none."""
    if proposed.scenario is None:
        assert proposed.because is not None
        return json.dumps([proposed.commodity, proposed.because.id, proposed.because.values], default=str)
    data = {name: value for name, value in proposed.scenario.to_data().items() if name not in _TOLD}
    return json.dumps([data, proposed.event.id if proposed.event else None], default=str)


def run(
    proposed: Proposed, statements: tuple[int, ...], *, draws: int, seed: int, last: int, report: Callable[[str], None], store: Store | None = None
) -> Simulated:  # fmt: skip
    """Run one scenario; what cannot be run says why.

    Parameters
    ----------
    proposed : Proposed
    statements : tuple of int
    draws, seed : int
    last : int
        Last year with trade, for the record of past measures.
    report : callable
        Told what is being done; what it raises ends the run.
    store : Store, optional
    """
    scenario = proposed.scenario
    if scenario is None:
        return Simulated(statements, proposed, because=proposed.because)
    try:
        with np.errstate(over="ignore"):  # a price without end, of who has nobody left to sell to, is shown as none
            return _ran(proposed, scenario, statements, draws, seed, last, report, store)
    except MaadinError as error:
        return Simulated(statements, proposed, because=Note("not_simulated", {"why": str(error).splitlines()[0][:300]}))


def _ran(
    proposed: Proposed, scenario: Scenario, statements: tuple[int, ...], draws: int, seed: int, last: int, report: Callable[[str], None], store: Store | None
) -> Simulated:  # fmt: skip
    if not scenario.market_measures:
        return Simulated(statements, proposed, valuations=_valued(scenario, store))
    market = market_of(scenario, store)
    pooled = pooled_for(scenario, market, store)
    if scenario.horizon is not None:
        path = run_path(scenario, market, draws, seed, pooled=pooled, report=report, store=store)
        return Simulated(statements, proposed, path=path)
    keep = any(isinstance(m, SupplyOffer) for m in scenario.measures)
    outcome = simulate(market, scenario, draws=draws, seed=seed, pooled=pooled, keep=keep, report=report, store=store)
    report("record")
    return Simulated(statements, proposed, outcome=outcome, record=record(proposed, outcome, last=last, store=store))


def _valued(scenario: Scenario, store: Store | None) -> tuple[FundValuation | TerritoryListing, ...]:
    made: list[FundValuation | TerritoryListing] = []
    for measure in scenario.valued_measures:
        if isinstance(measure, ResourceFund):
            made.append(value_fund(measure, scenario.year, store=store))
        elif isinstance(measure, Territory):
            made.append(list_territory(measure, scenario.year, store=store))
    return tuple(made)


def cost(proposed: Proposed) -> int:
    """How long a scenario takes beside others: the long ones begin first."""
    s = proposed.scenario
    if s is None or not s.market_measures:
        return 0
    return 3 if s.horizon is not None else 2 if any(isinstance(m, SupplyOffer) for m in s.measures) else 1

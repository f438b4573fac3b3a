"""One scenario of a brief: what it comes to, for which statements of the text, or why there is nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class Options:
    """What all runs of a brief share.

    Attributes
    ----------
    draws, seed : int
    last : int
        Last year with trade, for the record of past measures.
    """

    draws: int
    seed: int
    last: int


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
    beside : Outcome or None
        Of an offer that a route opens for: the opening alone, without the offer.
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
    beside: Outcome | None = None
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
    for measure in data["measures"]:
        measure.get("capacity", {}).pop("partner", None)  # gets no preference, so changes nothing
    return json.dumps([data, proposed.event.id if proposed.event else None], default=str)


def run(
    proposed: Proposed, statements: tuple[int, ...], options: Options, *, report: Callable[[str], None], store: Store | None = None
) -> Simulated:
    """Run one scenario; what cannot be run says why.

    Parameters
    ----------
    proposed : Proposed
    statements : tuple of int
    options : Options
    report : callable
        Told what is being done; what it raises ends the run.
    store : Store, optional
    """
    scenario = proposed.scenario
    if scenario is None:
        return Simulated(statements, proposed, because=proposed.because)
    try:
        with np.errstate(over="ignore"):  # a price without end, of who has nobody left to sell to, is shown as none
            return _ran(Simulated(statements, proposed), scenario, options, report, store)
    except MaadinError as error:
        return Simulated(statements, proposed, because=Note("not_simulated", {"why": str(error).splitlines()[0][:300]}))


def _ran(s: Simulated, scenario: Scenario, options: Options, report: Callable[[str], None], store: Store | None) -> Simulated:
    if not scenario.market_measures:
        return replace(s, valuations=_valued(scenario, store))
    market = market_of(scenario, store)
    pooled = pooled_for(scenario, market, store)
    if scenario.horizon is not None:
        return replace(s, path=run_path(scenario, market, options.draws, options.seed, pooled=pooled, report=report, store=store))

    def simulated(of: Scenario, *, keep: bool = False, within: bool = True) -> Outcome:
        return simulate(
            market, of, draws=options.draws, seed=options.seed, pooled=pooled, keep=keep, within=within, report=report, store=store
        )

    is_offer = any(isinstance(m, SupplyOffer) for m in scenario.measures)
    outcome = simulated(scenario, keep=is_offer)
    opened = tuple(m for m in scenario.measures if not isinstance(m, SupplyOffer)) if is_offer else ()
    beside = simulated(scenario.model_copy(update={"measures": opened}), within=False) if opened else None
    report("record")
    return replace(s, outcome=outcome, beside=beside, record=record(s.proposed, outcome, last=options.last, store=store))


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


def stays_here(proposed: Proposed) -> bool:
    """Whether results hold every draw, which is more than is worth sending to another process."""
    return proposed.scenario is not None and any(isinstance(m, SupplyOffer) for m in proposed.scenario.measures)


def get_ready() -> None:
    """Import what the first run would import, and read small tables."""
    import scipy.special
    import xarray

    from maadin.facts import catalogue, regions

    assert scipy.special and xarray
    catalogue.commodities()
    regions.countries()

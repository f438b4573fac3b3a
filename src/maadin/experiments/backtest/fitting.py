"""One number fitted on the other events: how much larger or smaller than published the elasticities of substitution should be.

For each event the factor is the one of `FACTORS` with the smallest mean error over the parties of all other events, at the medians; that event has no say in it.
Events of the same commodity and year before are left out as well, since they share the market.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import TYPE_CHECKING, Any

from maadin.errors import MaadinError
from maadin.facts.store import Store

if TYPE_CHECKING:
    from maadin.experiments.backtest.run import Backtest

FACTORS = (0.5, 0.7, 1.0, 1.4, 2.0)
LEAST_EVENTS = 4  # others, to fit on


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was fitted for an event, and the error that follows.

    Attributes
    ----------
    factor : float
        Times the published elasticities of substitution.
    events : int
        That it was fitted on.
    parties, world : float
        Errors of the event with it.
    """

    factor: float
    events: int
    parties: float
    world: float

    def to_data(self) -> dict[str, Any]:
        """As JSON has it."""
        return {f: getattr(self, f) for f in Fitted.__slots__}


def leave_one_out(
    tests: Sequence[Backtest], *, store: Store | None = None, report: Callable[[str], None] | None = None
) -> tuple[Fitted, ...]:
    """Fit the factor for each test on the others; nothing where there are fewer than `LEAST_EVENTS` others."""
    if len(tests) <= LEAST_EVENTS:
        return ()
    say = report or (lambda step: None)
    table = []
    for test in tests:
        say(f"{test.event.id}, fitting")
        table.append([_errors(test, factor, store) for factor in FACTORS])
    found = []
    for at, test in enumerate(tests):
        others = [row for n, row in enumerate(table) if n != at and not _same_market(tests[n], test)]
        if len(others) < LEAST_EVENTS:
            return ()
        best = min(range(len(FACTORS)), key=lambda k: fmean(row[k][0] for row in others))
        found.append(Fitted(FACTORS[best], len(others), *table[at][best]))
    return tuple(found)


def _errors(test: Backtest, factor: float, store: Store | None) -> tuple[float, float]:
    """Errors over the parties and the world with a factor, at the medians; those of the test itself where there is no solution."""
    from maadin.experiments.backtest.run import backtest

    try:
        made = backtest(test.event, replace(test.model, armington_factor=factor), draws=0, store=store)
    except MaadinError:
        return test.parties.model, test.world.model
    return made.parties.model, made.world.model


def _same_market(one: Backtest, other: Backtest) -> bool:
    return (one.market.commodity, one.market.stage, one.event.before) == (other.market.commodity, other.market.stage, other.event.before)

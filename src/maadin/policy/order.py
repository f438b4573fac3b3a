"""In what order measures combine, and which of them cannot stand together.

1. How much there is: supply_shock, capacity, demand_shift, stockpile. Shocks and shifts of the same country multiply; capacities add up.
2. Closures: embargo, export_ban. Whatever else is said of a closed route does not matter.
3. reopen takes the latent wedge of a route away.
4. Duties that are set: tariff and export_tax with mode "set", tariff_rate_quota. They replace what the benchmark holds.
5. Duties that are added: tariff and export_tax with mode "add". Ad valorem rates on the same base add up; duties per tonne come on top.
6. Limits: import_quota, export_quota. A share of the benchmark is a share of what the routes carried before any measure.
7. Support: subsidy, price_floor. Subsidies add up.
8. supply_offer is solved last, with all else in place.

Two measures of a scenario are refused together if they say two things of the same route or country at the same time: see `conflicts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from maadin.facts import regions
from maadin.policy.measures import MarketMeasure, Measure, PriceFloor, Stockpile
from maadin.policy.places import members, routes
from maadin.policy.problems import Problem

if TYPE_CHECKING:
    from maadin.policy.scenario import Scenario

STEPS: tuple[tuple[str, ...], ...] = (
    ("supply_shock", "capacity", "demand_shift", "stockpile"),
    ("embargo", "export_ban"),
    ("reopen",),
    ("tariff set", "export_tax set", "tariff_rate_quota"),
    ("tariff add", "export_tax add"),
    ("import_quota", "export_quota"),
    ("subsidy", "price_floor"),
    ("supply_offer",),
)

# What a measure does to a route or country; no two measures may do the same one to the same.
_DOES = {
    "tariff set": {"sets the duty"},
    "tariff_rate_quota": {"sets the duty", "limits the imports"},
    "import_quota": {"limits the imports"},
    "export_quota": {"limits the exports"},
    "export_tax set": {"sets the export tax"},
    "embargo": {"closes the route"},
    "export_ban": {"closes the route"},
    "reopen": {"opens the route"},
    "supply_offer": {"offers a discount"},
}
_MAY_REPEAT = {"closes the route"}
_OPPOSED = (
    ("closes the route", "opens the route"),
    ("closes the route", "offers a discount"),
    ("builds the stock", "releases the stock"),
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two measures that cannot stand together.

    Attributes
    ----------
    first, second : int
        Positions in the scenario's measures.
    reason : str
        What both say, and of which route or country.
    """

    first: int
    second: int
    reason: str


def step(measure: Measure) -> int:
    """Step, from 0, in which a market measure takes effect; after all steps for what is valued outside the market."""
    return next((at for at, nouns in enumerate(STEPS) if _name(measure) in nouns), len(STEPS))


def in_order(measures: Sequence[Measure]) -> list[tuple[int, Measure]]:
    """Market measures with their positions, in the order in which they combine."""
    return sorted(((at, m) for at, m in enumerate(measures) if isinstance(m, MarketMeasure)), key=lambda pair: (step(pair[1]), pair[0]))


def conflicts(scenario: Scenario, countries: Sequence[str] | None = None) -> list[Conflict]:
    """Pairs of measures that say two things of the same route or country on the same day.

    Parameters
    ----------
    scenario : Scenario
    countries : sequence of str, optional
        Labels of the market; all countries without it.

    Raises
    ------
    LabelError
        If a name is unknown.
    """
    known = tuple(countries) if countries is not None else all_countries()
    acting = [(at, m, _does(m)) for at, m in enumerate(scenario.measures) if isinstance(m, MarketMeasure)]
    found = []
    for (first, one, does), (second, other, does_too) in combinations(acting, 2):
        clash = sorted((does & does_too) - _MAY_REPEAT)
        said = f"both {_both(clash[0])}" if clash else _opposition(does, does_too)
        if said and one.overlaps_in_time(other) and (place := _meeting(one, other, known, scenario.year)):
            found.append(Conflict(first, second, f"{said} {place}"))
    return found


def conflict_problems(scenario: Scenario, countries: Sequence[str]) -> list[Problem]:
    """The conflicts of a scenario as problems, both measures named."""
    nouns = [m.noun for m in scenario.measures]
    return [
        Problem(f"measures[{c.first}] ({nouns[c.first]}) and measures[{c.second}] ({nouns[c.second]})", f"{c.reason}; keep one of them, or part them by except or dates")
        for c in conflicts(scenario, countries)
    ]  # fmt: skip


def all_countries() -> tuple[str, ...]:
    """Codes of all places."""
    return regions.members("all")


def _name(measure: Measure) -> str:
    mode = getattr(measure, "mode", None)
    return f"{measure.noun} {mode}" if mode else measure.noun


def _does(measure: Measure) -> set[str]:
    if isinstance(measure, PriceFloor):
        return {"sets an import price floor" if measure.mechanism == "minimum_import_price" else "sets a price floor"}
    if isinstance(measure, Stockpile):
        return {f"{measure.action}s the stock"}
    return _DOES.get(_name(measure), set())


def _both(said: str) -> str:
    verb, _, rest = said.partition(" ")
    return f"{verb.removesuffix('s')} {rest}"


def _opposition(does: set[str], does_too: set[str]) -> str:
    for one, other in _OPPOSED:
        if one in does and other in does_too:
            return f"the first {one} that the second {_bare(other)},"
        if other in does and one in does_too:
            return f"the second {one} that the first {_bare(other)},"
    return ""


def _bare(said: str) -> str:
    return {"offers a discount": "offers goods on"}.get(said, said.split(" ")[0])


def _meeting(one: MarketMeasure, other: MarketMeasure, countries: Sequence[str], year: int | None) -> str:
    """The first route or country that both measures are about, in words; empty if there is none."""
    if one.acts == "country":
        common = sorted(set(members(one, countries, year)) & set(members(other, countries, year)))
        return f"for {regions.name(countries[common[0]])}" if common else ""
    shared = routes(one, countries, year).shared_with(routes(other, countries, year))
    return f"from {regions.name(countries[shared[0]])} to {regions.name(countries[shared[1]])}" if shared else ""

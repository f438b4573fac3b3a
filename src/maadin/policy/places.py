"""Which countries and routes a measure is about: names resolved against a market's countries, as of a year.

A name that is itself a label of the market stands for that label, so that a market of the user's own may have labels of its own; "all" is every label.
Any other name is resolved by `maadin.facts.regions`, groups to their members of the year.

The route from a country to itself never belongs to a measure. Nor do routes inside a customs union (EU27, EAEU, GCC) when the union acts
towards "all": its duties and quotas are levied at its outer border.

An excepted country is taken out of the side across the border if it is there, else out of the side that acts. So `importer: EU27, exporter: all,
except: EU27` spares the goods of members, and `importer: EU27, exporter: Russia, except: Hungary` is about the other members' imports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from maadin import labels
from maadin.errors import LabelError
from maadin.facts import regions
from maadin.policy.measures import MarketMeasure, Measure
from maadin.policy.problems import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CUSTOMS_UNIONS = ("EU27", "EAEU", "GCC")
FIELDS = {
    "importer": "importer",
    "exporter": "exporter",
    "country": "country",
    "excepted": "except",
    "partner": "partner",
    "payer": "payer",
}


@dataclass(frozen=True, slots=True)
class Routes:
    """The routes of a measure.

    Attributes
    ----------
    exporters, importers : tuple of int
        Positions in the market's countries, ascending.
    unions : tuple of frozenset of int
        Customs unions whose inner routes do not belong.
    """

    exporters: tuple[int, ...]
    importers: tuple[int, ...]
    unions: tuple[frozenset[int], ...] = ()

    def __contains__(self, route: tuple[int, int]) -> bool:
        exporter, importer = route
        inside = exporter == importer or any(exporter in union and importer in union for union in self.unions)
        return not inside and exporter in self.exporters and importer in self.importers

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Every route as (exporter, importer)."""
        for exporter in self.exporters:
            within = [union for union in self.unions if exporter in union]
            for importer in self.importers:
                if exporter != importer and not any(importer in union for union in within):
                    yield exporter, importer

    def mask(self, count: int) -> NDArray[np.bool_]:
        """The routes among `count` countries, array (exporter, importer)."""
        import numpy as np

        chosen = np.zeros((count, count), dtype=bool)
        chosen[np.ix_(self.exporters, self.importers)] = True
        for union in self.unions:
            chosen[np.ix_(sorted(union), sorted(union))] = False
        np.fill_diagonal(chosen, False)
        return chosen

    def shared_with(self, other: Routes) -> tuple[int, int] | None:
        """A route that both have, or None."""
        common = Routes(
            tuple(e for e in self.exporters if e in set(other.exporters)),
            tuple(i for i in self.importers if i in set(other.importers)),
            self.unions + other.unions,
        )
        return next(common.pairs(), None)


def routes(measure: Measure, countries: Sequence[str], year: int | None = None) -> Routes:
    """The routes that a measure at a border is about.

    Parameters
    ----------
    measure : Measure
        One with an exporter and an importer.
    countries : sequence of str
        Labels of the market, in the order of its arrays.
    year : int, optional
        Year of group membership; the latest without it.

    Raises
    ------
    LabelError
        If a name is unknown.
    """
    sides = _sides(measure, countries, year)
    return Routes(sides["exporter"], sides["importer"], _unions(measure, countries, year))


def members(measure: Measure, countries: Sequence[str], year: int | None = None) -> tuple[int, ...]:
    """Positions of the countries that a measure inside a country is about; see `routes`."""
    return _sides(measure, countries, year)["country"]


def positions(names: Sequence[str], countries: Sequence[str], year: int | None = None) -> tuple[int, ...]:
    """Positions of the countries that some names stand for, ascending; those outside the market are left out.

    Raises
    ------
    LabelError
        If a name is unknown.
    """
    wanted: set[str] = set()
    for name in names:
        wanted |= _codes(name, countries, year)
    return tuple(at for at, code in enumerate(countries) if code in wanted)


def name_problems(measure: Measure, countries: Sequence[str], year: int | None = None) -> list[Problem]:
    """Unknown names, exceptions that except nothing, and measures without a route."""
    found: list[Problem] = []
    for attribute, field in FIELDS.items():
        names = getattr(measure, attribute, None) or ()
        for at, name in enumerate(names):
            try:
                _codes(name, countries, year)
            except LabelError as error:
                found.append(Problem(field if len(names) == 1 else f"{field}[{at}]", str(error), error))
    if found or not isinstance(measure, MarketMeasure):
        return found
    named = [name for side in ("importer", "exporter", "country") for name in getattr(measure, side, ())]
    held = {code for name in named for code in _codes(name, countries, year)}
    everyone = any(_means_all(name, countries) for name in named)  # those outside the market too
    for name in measure.excepted:
        if not everyone and not _codes(name, countries, year) & held:
            found.append(Problem("except", f"'{name}' takes nothing out: the measure does not concern it"))
    if not found and not _concerns_anyone(measure, countries, year):
        found.append(Problem(measure.acts, "nobody is left that the measure concerns"))
    return found


def _concerns_anyone(measure: MarketMeasure, countries: Sequence[str], year: int | None) -> bool:
    if measure.acts == "country":
        return bool(members(measure, countries, year))
    return next(routes(measure, countries, year).pairs(), None) is not None


def _sides(measure: Measure, countries: Sequence[str], year: int | None) -> dict[str, tuple[int, ...]]:
    """Positions on each side of a measure, exceptions taken out."""
    named = {
        side: set(positions(getattr(measure, side), countries, year))
        for side in ("exporter", "importer", "country")
        if hasattr(measure, side)
    }
    if isinstance(measure, MarketMeasure):
        across = [side for side in named if side != measure.acts]
        for spared in positions(measure.excepted, countries, year):
            side = next((s for s in (*across, measure.acts) if spared in named[s]), None)
            if side is not None:
                named[side].discard(spared)
    return {side: tuple(sorted(at)) for side, at in named.items()}


def _unions(measure: Measure, countries: Sequence[str], year: int | None) -> tuple[frozenset[int], ...]:
    """Positions of each customs union that acts towards all."""
    if not isinstance(measure, MarketMeasure):
        return ()
    across = "importer" if measure.acts == "exporter" else "exporter"
    if not all(_means_all(name, countries) for name in getattr(measure, across)):
        return ()
    acting = {_group(name, countries) for name in getattr(measure, measure.acts)}
    return tuple(frozenset(positions([union], countries, year)) for union in CUSTOMS_UNIONS if union in acting)


def _codes(name: str, countries: Sequence[str], year: int | None) -> set[str]:
    if name in countries:
        return {name}
    return set(countries) if _means_all(name, countries) else set(regions.resolve(name, year))


def _means_all(name: str, countries: Sequence[str]) -> bool:
    return _group(name, countries) == "all"


def _group(name: str, countries: Sequence[str]) -> str | None:
    """Code of the group that a name stands for, or None."""
    return None if name in countries else _group_names().get(labels.key(name))


@lru_cache(maxsize=1)
def _group_names() -> dict[str, str]:
    actors = regions.actors()
    return {labels.key(n): g.code for g in regions.groups().values() for n in (g.code, g.en, g.ar, *g.also, *actors.get(g.code, ()))}

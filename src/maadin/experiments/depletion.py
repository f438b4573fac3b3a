"""Reserves of a market's countries: what the newest release lists, in the benchmark's mass basis and stage, and what it says of the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maadin.facts import catalogue
from maadin.facts.ask.quantities import OTHERS, Record, rows_of
from maadin.facts.records import NO_VALUE, Status
from maadin.facts.store import Store
from maadin.facts.table import Note
from maadin.market.benchmark import Benchmark

Floats = NDArray[np.float64]
MINED = "mine"


@dataclass(frozen=True, slots=True, eq=False)
class Reserves:
    """Reserves by country.

    Attributes
    ----------
    tonnes : array (n,), tonnes of the benchmark's mass basis
        NaN where no figure limits output.
    source, release : str
        Empty where there is none.
    notes : tuple of Note
        Who is not limited, and why.
    """

    tonnes: Floats
    source: str = ""
    release: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def limit(self) -> bool:
        """Whether any country has a figure."""
        return bool(np.isfinite(self.tonnes).any())


def unlimited(b: Benchmark, *why: Note) -> Reserves:
    """No country is limited."""
    return Reserves(np.full(len(b.countries), np.nan), notes=why)


def reserves_of(b: Benchmark, store: Store | None = None) -> Reserves:
    """Reserves of a benchmark's countries in the newest release of the source.

    Notes
    -----
    Figures on another mass basis (ore where the market counts metal) are not converted. Forms of one basis add up: ilmenite and rutile. A figure printed as
    "more than" is no limit.
    """
    if b.kind == "imports_only":
        return unlimited(b, Note("path_reserves_imports_only"))
    if b.stage != MINED:
        return unlimited(b, Note("path_reserves_stage"))
    listed = rows_of("reserves", b.commodity, store) if b.commodity in catalogue.commodities() else []
    if not listed:
        return unlimited(b, Note("path_reserves_none"))
    release = max(r["release"] for r in listed)
    newest = [r for r in listed if r["release"] == release and r["stage"] == b.stage and r["unit"] == "tonne"]
    fitting = [r for r in newest if r["mass_basis"] == b.mass_basis]
    if not fitting:
        bases = tuple(sorted({r["mass_basis"] for r in newest}))
        return unlimited(b, Note("path_reserves_basis", {"basis": b.mass_basis, "bases": bases, "release": release}))
    tonnes = np.full(len(b.countries), np.nan)
    why: dict[str, list[str]] = {}
    for at, country in enumerate(b.countries):
        rows = [r for r in fitting if r["country"] == country]
        figure, reason = _figure(rows)
        if figure is not None:
            tonnes[at] = figure
        elif b.own_supply_t[at] > 0 and country != OTHERS:
            why.setdefault(reason, []).append(country)
    notes = [Note(f"path_reserves_{reason}", {"countries": _largest(b, who), "release": release}) for reason, who in sorted(why.items())]
    return Reserves(tonnes, "usgs_mcs", release, tuple(notes))


def _figure(rows: list[Record]) -> tuple[float | None, str]:
    """The sum of a country's rows, or why there is none: not listed, withheld, a bound, missing, or missing for one of its forms."""
    if not rows:
        return None, "not_listed"
    statuses = {Status(r["status"]) for r in rows}
    if Status.AT_LEAST in statuses:
        return None, "at_least"
    known = [float(r["value"]) for r in rows if r["status"] not in NO_VALUE and r["value"] is not None]
    if known:
        return (sum(known), "") if len(known) == len(rows) else (None, "partly")
    if Status.WITHHELD in statuses:
        return None, "withheld"
    if Status.INCLUDED_ELSEWHERE in statuses:
        return None, "elsewhere"
    return None, "missing"


def _largest(b: Benchmark, countries: list[str]) -> tuple[str, ...]:
    """Countries, those with the largest output first."""
    return tuple(sorted(countries, key=lambda c: -b.own_supply_t[b.countries.index(c)]))

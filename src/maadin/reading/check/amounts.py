"""Output, capacity and reserves as the sources list them: one listing a source, release, stage, form, mass basis and year."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from maadin.facts.ask.quantities import NOT_LISTED, OTHERS, WORLD, Kind
from maadin.indicators import competition_ranks
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.shelf import Shelf
from maadin.reading.check.subject import Case
from maadin.reading.check.tolerance import as_rounded
from maadin.reading.check.verdict import Figure
from maadin.reading.check.windows import EARLIER

Record = dict[str, Any]
LEVEL = 0.01  # two figures closer than this are level: their revisions are larger
_UNKNOWN = ("missing", "withheld", "described", "included_elsewhere", "not_applicable")


@dataclass(frozen=True, slots=True)
class Amount:
    """What a listing says of some countries taken together.

    Attributes
    ----------
    value : float, optional
    low, high : float
        What the printed figures stand for; of no use where there is no value.
    status : str
        value, zero, at_least ...; the reason where there is no value; not_listed.
    lacking : tuple of str
        Members without a figure.
    """

    value: float | None
    low: float
    high: float
    status: str
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """One table of one source."""

    kind: Kind
    source: str
    release: str
    stage: str
    form: str
    mass_basis: str
    year: int
    unit: str
    commodity: str
    rows: dict[str, Record]
    _ranks: dict[str, int | None] = field(default_factory=dict)

    @property
    def axes(self) -> dict[str, Any]:
        """What sets it apart from other listings; reserves are told apart by release, not by year."""
        named = {"source": self.source, "release": self.release, "stage": self.stage, "form": self.form, "mass_basis": self.mass_basis}
        return named if self.kind == "reserves" else {**named, "year": self.year}

    @property
    def series(self) -> tuple[str, str, str, str]:
        """What stays the same from release to release."""
        return self.source, self.stage, self.form, self.mass_basis

    @property
    def countries(self) -> list[str]:
        """Countries listed with a figure, the largest first."""
        return sorted((c for c in self.rows if _is_country(c) and self.rows[c]["value"] is not None), key=lambda c: -self.rows[c]["value"])

    def amount(self, holder: Sequence[str]) -> Amount:
        """The sum over some countries."""
        listed = [self.rows[c] for c in holder if c in self.rows]
        known = [r for r in listed if r["value"] is not None]
        if not known:
            status = listed[0]["status"] if listed else NOT_LISTED
            return Amount(None, 0.0, math.inf, status, tuple(holder))
        lacking = tuple(r["country"] for r in listed if r["value"] is None and r["status"] in _UNKNOWN)
        ends = [_ends(r) for r in known]
        total = sum(r["value"] for r in known)
        status = known[0]["status"] if len(known) == 1 else ("zero" if total == 0 else "value")
        high = math.inf if lacking else sum(e[1] for e in ends)
        return Amount(total, sum(e[0] for e in ends), high, "at_least" if lacking else status, lacking)

    @property
    def world(self) -> float | None:
        """The world total as printed, or the sum of the countries."""
        printed = self.rows.get(WORLD)
        if printed is not None and printed["value"]:
            return float(printed["value"])
        return sum(r["value"] or 0.0 for c, r in self.rows.items() if c != WORLD) or None

    @property
    def world_is_lower_bound(self) -> bool:
        """Whether the world total is printed as "more than"."""
        return WORLD in self.rows and self.rows[WORLD]["status"] == "at_least"

    def share(self, holder: Sequence[str]) -> tuple[float, float] | None:
        """Share of the world, from and to; None where there is no figure."""
        amount, world = self.amount(holder), self.world
        if amount.value is None or not world:
            return None
        return amount.low / world, amount.high / world if math.isfinite(amount.high) else math.inf

    def rank(self, country: str) -> int | None:
        """Place among the countries with a figure."""
        if not self._ranks:
            ordered = [c for c in self.rows if _is_country(c)]
            self._ranks.update(zip(ordered, competition_ranks(self.rows[c]["value"] for c in ordered), strict=True))
        return self._ranks.get(country)

    def says(self, country: str) -> dict[str, Any]:
        """Source, release, year, and a country's figure, share and place."""
        row = self.rows[country]
        part = self.share((country,))
        return {
            "kind": self.kind, "commodity": self.commodity, "stage": self.stage, "form": self.form, "source": self.source, "release": self.release,
            "year": self.year, "country": country, "value": row["value"], "unit": self.unit, "status": row["status"], "quality": row["quality"],
            "share": (row["value"] / self.world if self.world else None) if part else None, "rank": self.rank(country), "listed": len(self.countries),
        }  # fmt: skip

    def level_with(self, country: str) -> tuple[str, ...]:
        """Countries whose figures are level with a country's."""
        own = self.rows[country]["value"]
        return tuple(
            c for c in self.countries if c != country and abs(self.rows[c]["value"] - own) <= LEVEL * max(own, self.rows[c]["value"])
        )

    def figure(self, country: str, *, deciding: bool = True) -> Figure:
        """The row of a country, or that it is not listed."""
        row = self.rows.get(country)
        common: dict[str, Any] = {
            "what": self.kind, "commodity": self.commodity, "stage": self.stage, "form": self.form, "mass_basis": self.mass_basis, "country": country,
            "year": self.year, "unit": self.unit, "source": self.source, "release": self.release, "listed": len(self.countries), "deciding": deciding,
            "row": ":".join((self.kind, self.source, self.release, self.commodity, self.stage, self.form, self.mass_basis, country, str(self.year))),
        }  # fmt: skip
        if row is None:
            return Figure(**common, status=NOT_LISTED)
        return Figure(
            **common, value=row["value"], low=row["low"], high=row["high"], share=row["share"], rank=row["rank"] if _is_country(country) else None,
            status=row["status"], quality=row["quality"] or "", printed=row["value_printed"] or "",
        )  # fmt: skip

    def figures(self, holder: Sequence[str], *, deciding: bool = True) -> tuple[Figure, ...]:
        """Rows of some countries; of a group only those listed."""
        listed = [c for c in holder if c in self.rows] or list(holder[:1])
        return tuple(self.figure(c, deciding=deciding) for c in listed)


def _is_country(code: str) -> bool:
    return code not in (WORLD, OTHERS) and "+" not in code


def _ends(row: Record) -> tuple[float, float]:
    """What a printed figure stands for."""
    value = float(row["value"])
    match row["status"]:
        case "at_least":
            return value, math.inf
        case "at_most" | "below_half_unit":
            return 0.0, value
        case "range":
            return (row["low"] if row["low"] is not None else value), (row["high"] if row["high"] is not None else value)
        case _:
            return as_rounded(value, row["source"])


def listings(shelf: Shelf, kind: Kind, commodity: str) -> list[Listing]:
    """All listings of a commodity."""

    def build() -> list[Listing]:
        groups: dict[tuple[Any, ...], dict[str, Record]] = {}
        for r in shelf.quantities(kind, commodity):
            key = (r["source"], r["release"], r["stage"], r["form"], r["mass_basis"], r["year"], r["unit"])
            groups.setdefault(key, {})[r["country"]] = r
        return [
            Listing(kind, source, release, stage, form, basis, year, unit, commodity, rows)
            for (source, release, stage, form, basis, year, unit), rows in groups.items()
        ]

    found: list[Listing] = shelf.kept(("listings", kind, commodity), build)
    return found


def known_listings(case: Case, kind: Kind, known: Knowledge) -> list[Listing]:
    """Listings in question that were in print, by year and release."""
    found = [x for x in listings(case.shelf, kind, case.commodity.id) if case.is_stage(x.stage) and known.has(x.source, x.release, x.year)]
    named = [x for x in found if x.form and x.form in case.statement.text.casefold()]
    return sorted(named or found, key=lambda x: (x.source, x.stage, x.form, x.mass_basis, x.year, x.release))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Listings that answer, and whether they decide."""

    listing: Listing
    deciding: bool


def choose(found: Iterable[Listing], case: Case, known: Knowledge) -> tuple[list[Chosen], list[Listing]]:
    """The listings that answer for the time meant; where there are none, the nearest in time of each series.

    Reserves: the newest release decides (the one of the year told, if one is), the others stand beside. Output and capacity: the year told, in the
    newest release that prints it; undated, the last year up to the one meant, with the four before beside.
    """
    by_series: dict[tuple[str, ...], list[Listing]] = {}
    for x in found:
        by_series.setdefault(x.series, []).append(x)
    chosen: list[Chosen] = []
    nearest: list[Listing] = []
    newest_of_source: dict[str, str] = {}
    for group in by_series.values():
        newest_of_source[group[0].source] = max(newest_of_source.get(group[0].source, ""), *(x.release for x in group))
    for group in by_series.values():
        if group[0].kind == "reserves":
            newest = next((x.release for x in group if x.year == case.period.fixed), newest_of_source[group[0].source])
            chosen += [Chosen(x, x.release == newest) for x in group]
            continue
        last = _last_year(group, case, known)
        if last is None:
            wanted = case.period.fixed or case.anchor(known) or 0
            nearest.append(min(group, key=lambda x: (abs(x.year - wanted), -_order(x.release))))
            continue
        years = _years(group, case, last)
        newest_release = {y: max(x.release for x in group if x.year == y) for y in {x.year for x in group}}
        for x in group:
            if x.year in years and (x.year == last or x.release == newest_release[x.year]):
                chosen.append(Chosen(x, x.year == last and x.release == newest_release[x.year]))
    return _of_source(_current(chosen, case), case.source), nearest


def _of_source(chosen: list[Chosen], source: str | None) -> list[Chosen]:
    """Where the statement names a source that has figures, only its own decide; the others stand beside."""
    if not any(c.deciding and c.listing.source == source for c in chosen):
        return chosen
    return [Chosen(c.listing, c.deciding and c.listing.source == source) for c in chosen]


def _current(chosen: list[Chosen], case: Case) -> list[Chosen]:
    """An undated statement is decided by the newest year of a source; a form that it no longer prints stands beside."""
    if case.period.fixed is not None:
        return chosen
    last: dict[tuple[str, str], int] = {}
    for c in chosen:
        if c.listing.kind != "reserves":
            key = (c.listing.source, c.listing.stage)
            last[key] = max(last.get(key, 0), c.listing.year)
    return [
        Chosen(c.listing, c.deciding and c.listing.year == last.get((c.listing.source, c.listing.stage), c.listing.year)) for c in chosen
    ]


def _last_year(group: Sequence[Listing], case: Case, known: Knowledge) -> int | None:
    years = {x.year for x in group}
    if case.period.fixed is not None:
        return case.period.fixed if case.period.fixed in years else None
    anchor = case.anchor(known)
    return max((y for y in years if anchor is None or y <= anchor), default=None)


def _years(group: Sequence[Listing], case: Case, last: int) -> set[int]:
    """Years that are looked at."""
    if case.period.fixed is not None:
        return {last}
    if case.period.is_undated:
        return set(range(last - EARLIER + 1, last + 1))
    first, last = case.period.span(last, min(x.year for x in group))
    return set(range(first, last + 1))


def _order(release: str) -> int:
    digits = "".join(ch for ch in release if ch.isdigit())
    return int(digits[-6:] or 0)

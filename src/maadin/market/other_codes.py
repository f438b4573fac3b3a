"""What the covered codes do not show: exports and imports of the same goods under other codes, from headings that hold both.

A heading (four digits) of the year, less the covered code of the same exporter, is what the missing codes of the heading carry: value over the
heading's unit value, times their content. Headings list the largest flows only and a world total; what the list leaves out is given to producers
it lacks. Some countries are in no list of any heading, nor in the totals (Bahrain, France, Norway and Singapore in the shipped one). A producer without a
heading is taken to be like listed ones that live from exports: of the output their covered exports do not explain the same part leaves, in the median. Exports are net of imports under the same other codes, so
that remelting for export is not counted as output leaving. Years without headings take
the nearest year's amounts, grown with output, with a wider range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median

from maadin.facts.ask.quantities import OTHERS
from maadin.facts.catalogue import TradedCode
from maadin.facts.selection import Market
from maadin.facts.series import Series
from maadin.facts.store import Store
from maadin.market.output import outputs

LIVES_FROM_EXPORTS = 0.5  # of a producer's output that it sells abroad
MOST_GROWN = 2.0  # times the heading year's exports in other codes, carried to another year
LISTED, SPREAD, NEAREST_YEAR = 0.15, 0.3, 0.4  # relative standard deviations of exports in other codes


@dataclass(frozen=True, slots=True)
class OtherCodes:
    """Trade outside the covered codes, by country, tonnes of the market's mass basis.

    Attributes
    ----------
    exports, imports : mapping
        Gross of each other; only countries the headings speak about.
    deviation : mapping
        Standard deviation of the exports.
    basis : mapping
        heading, remainder of heading, like other producers, nearest year, or published total.
    codes : tuple of str
        The codes concerned.
    year : int or None
        Year of the headings used; None where none exist.
    """

    exports: Mapping[str, float]
    imports: Mapping[str, float]
    deviation: Mapping[str, float]
    basis: Mapping[str, str]
    codes: tuple[str, ...]
    year: int | None

    def net(self, country: str) -> float:
        """Exports less imports, not below zero."""
        return max(0.0, self.exports.get(country, 0.0) - self.imports.get(country, 0.0))

    def published(self, country: str, exports: float, imports: float) -> OtherCodes:
        """The same with what a country's own statistics print beyond the covered codes."""
        return replace(
            self,
            exports={**self.exports, country: exports},
            imports={**self.imports, country: imports},
            deviation={**self.deviation, country: SPREAD * exports},
            basis={**self.basis, country: "published total"},
        )


NONE = OtherCodes({}, {}, {}, {}, (), None)


def other_codes(store: Store, market: Market, missing: tuple[TradedCode, ...], year: int, output: Mapping[str, float]) -> OtherCodes:
    """Trade of a market in the codes that are not at hand.

    Parameters
    ----------
    output : mapping
        Output by country, tonnes.
    """
    codes = tuple(c.code for c in missing)
    series = next((s for s in store.series if s.digits == 4 and any(c.code[:4] in s.codes for c in missing)), None)
    if series is None:
        return OtherCodes({}, {}, {}, {}, codes, None)
    nearest = min(max(year, series.years[0]), series.years[1])
    exports: dict[str, float] = {}
    imports: dict[str, float] = {}
    basis: dict[str, str] = {}
    years = range(series.years[0], series.years[1] + 1)
    made = {y: output if y == year else {c: o.value_t for c, o in outputs(store, market, y, {}).items()} for y in years}
    within = _countries(store, series)
    for heading in sorted({c.code[:4] for c in missing if c.code[:4] in series.codes}):
        beyond = [c.factor.mid for c in missing if c.code.startswith(heading)]
        covered = [c.code for c in market.stage.hs6 if c.code.startswith(heading) and c not in missing]
        read = {y: _read(store, series, heading, covered, y, sum(beyond) / len(beyond), made[y]) for y in years}
        leaving = [share for found in read.values() if found for share in found.leaving]
        if here := read[nearest]:
            _add(here, median(leaving or [0.0]), within, exports, imports, basis)
    spread = {"heading": LISTED, "remainder of heading": SPREAD, "like other producers": SPREAD}
    share = {c: spread[basis[c]] for c in exports}
    if nearest != year:
        grown = {c: min(output.get(c, 0.0) / then, MOST_GROWN) for c, then in made[nearest].items() if then > 0}
        exports = {c: v * grown.get(c, 1.0) for c, v in exports.items()}
        basis, share = dict.fromkeys(exports, "nearest year"), dict.fromkeys(exports, NEAREST_YEAR)
    return OtherCodes(exports, imports, {c: share[c] * v for c, v in exports.items()}, basis, codes, nearest)


@dataclass(frozen=True, slots=True)
class _Heading:
    """One heading in one year, tonnes.

    `exports` and `imports` are those of the list in the missing codes, `unexplained` is output beyond covered exports, `leaving` the part of
    it that leaves in the missing codes where producers live from exports, `left` what the world total holds beyond the list.
    """

    exports: dict[str, float]
    imports: dict[str, float]
    unexplained: dict[str, float]
    leaving: list[float]
    left: float


def _read(
    store: Store, series: Series, heading: str, covered: list[str], year: int, factor: float, output: Mapping[str, float]
) -> _Heading | None:
    world: list[tuple[float, float | None]] = store.rows(
        "select value_usd, quantity_kg from trade where series = ? and hs6 = ? and year = ? and exporter = 'WLD'",
        [series.id, heading, year],
    )
    if not world or not world[0][1]:
        return None
    world_usd, world_kg = world[0][0], world[0][1]
    tonnes_per_usd = world_kg / 1000 / world_usd
    pairs: list[tuple[str, str, float | None, float]] = store.rows(
        """with heading as (select exporter, importer, value_usd from trade where series = ? and hs6 = ? and year = ? and exporter <> 'WLD'),
        covered as (select exporter, importer, sum(value_usd)::double as value_usd from trade t
            where hs6 in (select unnest(?::varchar[])) and year = ? and series = (select min(series) from trade where hs6 = t.hs6 and year = t.year
                and series like 'baci-%') group by all)
        select exporter, importer, h.value_usd, coalesce(c.value_usd, 0) from heading h full join covered c using (exporter, importer)
        order by all""",
        [series.id, heading, year, covered, year],
    )
    within = _countries(store, series)
    sides: tuple[dict[str, float], dict[str, float]] = ({}, {})
    own: dict[str, float] = {}
    listed_usd = 0.0
    for exporter, importer, usd, covered_usd in pairs:
        own[exporter] = own.get(exporter, 0.0) + covered_usd * tonnes_per_usd
        if usd is not None:
            for amounts, country in zip(sides, (exporter, importer), strict=True):
                amounts[country] = amounts.get(country, 0.0) + (usd - covered_usd) * tonnes_per_usd * factor
        if usd is not None or {exporter, importer} <= within:
            listed_usd += covered_usd if usd is None else usd
    exports, imports = ({c: max(0.0, v) for c, v in amounts.items()} for amounts in sides)
    unexplained = {c: max(0.0, made - own.get(c, 0.0)) for c, made in output.items() if made > 0 and c != OTHERS}
    leaving = [
        min(1.0, exports[c] / rest)
        for c, rest in unexplained.items()
        if c in exports and rest > 0 and exports[c] + own.get(c, 0.0) > LIVES_FROM_EXPORTS * output[c]
    ]
    return _Heading(exports, imports, unexplained, leaving, max(0.0, world_usd - listed_usd) * tonnes_per_usd * factor)


def _add(
    heading: _Heading, part: float, within: set[str], exports: dict[str, float], imports: dict[str, float], basis: dict[str, str]
) -> None:
    """Add a heading's trade to the sums; `part` of unexplained output leaves where the list is silent."""
    for amounts, found in ((exports, heading.exports), (imports, heading.imports)):
        for country, tonnes in found.items():
            amounts[country] = amounts.get(country, 0.0) + tonnes
    basis |= dict.fromkeys(heading.exports, "heading")
    silent = {c: part * rest for c, rest in heading.unexplained.items() if c not in heading.exports}
    inside = sum(v for c, v in silent.items() if c in within)
    for country, tonnes in silent.items():
        reach = min(1.0, heading.left / inside) if country in within and inside else 1.0
        exports[country] = exports.get(country, 0.0) + tonnes * reach
        basis[country] = "remainder of heading" if country in within else "like other producers"


def _countries(store: Store, series: Series) -> set[str]:
    """Countries that the headings speak about; the trade of others is not in their totals either."""
    return {
        row[0]
        for row in store.rows(
            "select unnest([exporter, importer]) from trade where series = ? and exporter <> 'WLD' group by 1", [series.id]
        )
    }

"""What the covered codes do not show: exports and imports of the same goods under other codes, from headings that hold both.

A heading (four digits) of the year, less the covered code of the same exporter, is what the missing codes of the heading carry: value over the
heading's unit value, times their content. Headings list the largest flows only and a world total; what the list leaves out is given to exporters the list
lacks, in proportion to output their covered exports do not explain. Exports are net of imports under the same other codes, so
that remelting for export is not counted as output leaving. Years without headings take the nearest year's share of output, with a wider range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maadin.facts.catalogue import TradedCode
from maadin.facts.selection import Market
from maadin.facts.store import Store

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
        heading, remainder of heading, or nearest year.
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


NONE = OtherCodes({}, {}, {}, {}, (), None)


def other_codes(store: Store, market: Market, missing: tuple[TradedCode, ...], year: int, output: Mapping[str, float]) -> OtherCodes:
    """Trade of a market in the codes that are not at hand.

    Parameters
    ----------
    output : mapping
        Output by country, tonnes; to place what the list leaves out and to carry shares between years.
    """
    series = next((s for s in store.series if s.digits == 4 and any(c.code[:4] in s.codes for c in missing)), None)
    if series is None:
        return OtherCodes({}, {}, {}, {}, tuple(c.code for c in missing), None)
    held = [c for c in missing if c.code[:4] in series.codes]
    nearest = min(max(year, series.years[0]), series.years[1])
    exports: dict[str, float] = {}
    imports: dict[str, float] = {}
    basis: dict[str, str] = {}
    for heading in sorted({c.code[:4] for c in held}):
        beyond = [c.factor.mid for c in held if c.code.startswith(heading)]
        covered = [c.code for c in market.stage.hs6 if c.code.startswith(heading) and c not in missing]
        _one_heading(store, series.id, heading, covered, nearest, sum(beyond) / len(beyond), output, exports, imports, basis)
    spread = {"heading": LISTED, "remainder of heading": SPREAD}
    share = {c: spread[basis[c]] if nearest == year else NEAREST_YEAR for c in exports}
    return OtherCodes(
        exports, imports, {c: share[c] * v for c, v in exports.items()},
        basis if nearest == year else dict.fromkeys(exports, "nearest year"), tuple(c.code for c in missing), nearest,
    )  # fmt: skip


def _one_heading(
    store: Store, series: str, heading: str, covered: list[str], year: int, factor: float, output: Mapping[str, float],
    exports: dict[str, float], imports: dict[str, float], basis: dict[str, str],
) -> None:  # fmt: skip
    """Add one heading's trade in the missing codes to the sums."""
    listed = store.rows(
        """with heading as (select exporter, importer, value_usd from trade where series = ? and hs6 = ? and year = ? and exporter <> 'WLD'),
        covered as (select exporter, importer, sum(value_usd) as value_usd from trade t
            where hs6 in (select unnest(?::varchar[])) and year = ? and series = (select min(series) from trade where hs6 = t.hs6 and year = t.year
                and series like 'baci-%') group by all)
        select h.exporter, h.importer, greatest(h.value_usd - coalesce(c.value_usd, 0), 0)
        from heading h left join covered c using (exporter, importer) order by all""",
        [series, heading, year, covered, year],
    )
    total = store.rows("select value_usd, quantity_kg from trade where series = ? and hs6 = ? and year = ? and exporter = 'WLD'", [series, heading, year])
    if not total or not total[0][1]:
        return
    tonnes_per_usd = factor * total[0][1] / 1000 / total[0][0]
    names = {r[0] for r in listed}
    for exporter, importer, usd in listed:
        exports[exporter] = exports.get(exporter, 0.0) + usd * tonnes_per_usd
        imports[importer] = imports.get(importer, 0.0) + usd * tonnes_per_usd
        basis[exporter] = "heading"
    own = dict(
        store.rows(
            """select exporter, sum(value_usd)::double from trade t where hs6 in (select unnest(?::varchar[])) and year = ?
            and series = (select min(series) from trade where hs6 = t.hs6 and year = t.year and series like 'baci-%') group by 1""",
            [covered, year],
        )
    )
    in_list = store.rows(
        "select sum(value_usd)::double from trade where series = ? and hs6 = ? and year = ? and exporter <> 'WLD'", [series, heading, year]
    )[0][0]
    left = max(0.0, total[0][0] - in_list - sum(v for c, v in own.items() if c not in names)) * tonnes_per_usd
    unexplained = {c: max(0.0, made - own.get(c, 0.0) * tonnes_per_usd / factor) for c, made in output.items() if c not in names}
    whole = sum(unexplained.values())
    for country, amount in unexplained.items():
        if amount and whole:
            exports[country] = exports.get(country, 0.0) + amount * min(1.0, left / whole)
            basis[country] = "remainder of heading"

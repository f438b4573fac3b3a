"""Bilateral trade of one market in one year as the sources have it, each flow with a quantity and a measure of trust in it.

A quantity that is missing or out of line with its value is taken from the value and the exporter's own unit value, of the year or of the nearest
year, carried over with the price of the commodity. Two kinds of suspicious quantities stay: those that the route carries in other years at an
unsuspicious value, and those of a route whose unit values are unlike the world's year after year, for it trades another grade. What is replaced is
logged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from maadin.facts.ask.trade import series_of
from maadin.facts.catalogue import TradedCode
from maadin.facts.selection import Market
from maadin.facts.series import Series
from maadin.facts.store import Store
from maadin.market.price_index import Prices, price_ratio, prices_by_year

UNFLAGGED, SMALL, IMPUTED, DOUBTED = 0.1, 0.5, 0.4, 1.0  # relative standard deviations of a quantity
UNFLAGGED_SHARE = 0.2  # of an exporter's value in a code: enough to take its unit value from
YEARS_BESIDE = 3
# A route flagged in so many years at unit values within this ratio of their median trades another grade
LASTING_YEARS, LASTING_SPREAD = 3, 2.0
LEAST_KNOWN = 0.5  # of a code's value: with tonnes for less it counts as missing
USUAL_YEARS, USUAL_SPREAD = 2, 2.0  # years whose unflagged tonnes tell what a route carries, and the ratio to their median that fits
OTHER_GRADE = 30.0  # times the world's unit value or one part of it: beyond, no grade explains the quantity
FLAGGED = ("unit_value_low", "unit_value_high")


@dataclass(frozen=True, slots=True)
class Flow:
    """One flow of one code.

    Attributes
    ----------
    exporter, importer, code : str
    printed_t : float or None
        Gross tonnes as the source has them.
    gross_t : float
        Gross tonnes used.
    value_usd : float
    error : float
        Relative standard deviation of `gross_t`.
    reason : str
        Why `gross_t` is not `printed_t`: no_quantity or unit_value; empty where it is.
    """

    exporter: str
    importer: str
    code: str
    printed_t: float | None
    gross_t: float
    value_usd: float
    error: float
    reason: str


@dataclass(frozen=True, slots=True)
class Traded:
    """The flows of a market's codes and where they come from.

    Attributes
    ----------
    flows : tuple of Flow
    codes : tuple of TradedCode
        Codes with flows at hand.
    missing : tuple of TradedCode
        Codes of the catalogue without.
    partial : tuple of str
        Codes of which only the largest partners are at hand in this year.
    imputed : tuple of str
        Codes whose quantities all come from values.
    releases : tuple of (source, release)
    """

    flows: tuple[Flow, ...]
    codes: tuple[TradedCode, ...]
    missing: tuple[TradedCode, ...]
    partial: tuple[str, ...]
    imputed: tuple[str, ...]
    releases: tuple[tuple[str, str], ...]

    def by_route(self) -> dict[tuple[str, str], tuple[float, float]]:
        """Tonnes in the mass basis, at the middle of their content, and value in USD of every pair of exporter and importer."""
        codes = {c.code: c for c in self.codes}
        sums: dict[tuple[str, str], tuple[float, float]] = {}
        for f in self.flows:
            tonnes, value = sums.get((f.exporter, f.importer), (0.0, 0.0))
            sums[f.exporter, f.importer] = (tonnes + codes[f.code].factor_for(f.exporter).mid * f.gross_t, value + f.value_usd)
        return sums


_Row = tuple[int, str, str, float | None, float, str]  # year, exporter, importer, kg, USD, flag


def traded(store: Store, market: Market, year: int) -> Traded:
    """The flows of a market's codes in a year; goods that two revisions number differently are taken from one."""
    flows: list[Flow] = []
    found: list[TradedCode] = []
    partial, imputed, releases = [], [], set()
    prices = prices_by_year(store, market.commodity.id)
    listed = {c.code: c for c in market.stage.hs6}
    for code, series in _answering(market, store.series, year).items():
        rows = _rows(store, series, code, year - YEARS_BESIDE, year + YEARS_BESIDE)
        if not any(row[3] for row in rows) and (other := _nearest_weighed(store, series, code, year)) is not None:
            rows = [*_rows(store, series, code, year, year), *_rows(store, series, code, other, other)]
        made = _flows(code, rows, year, prices)
        if not made or sum(f.value_usd for f in made) < LEAST_KNOWN * sum(row[4] for row in rows if row[0] == year):
            continue
        flows += made
        found.append(listed[code])
        releases.add((series.source, series.release))
        if series.coverage != "all flows" and year not in series.complete_years:
            partial.append(code)
        if all(f.reason == "no_quantity" for f in made):
            imputed.append(code)
    covered = {c.code for c in found} | {c.same_as for c in found if c.same_as}
    missing = tuple(c for c in market.stage.hs6 if c.code not in covered and c.same_as not in covered)
    return Traded(tuple(flows), tuple(found), missing, tuple(partial), tuple(imputed), tuple(sorted(releases)))


def _rows(store: Store, series: Series, code: str, first: int, last: int) -> list[_Row]:
    return store.rows(
        """select year, exporter, importer, quantity_kg, value_usd, flag from trade where series = ? and hs6 = ?
        and year between ? and ? and exporter <> importer and exporter <> 'WLD' and value_usd > 0 order by all""",
        [series.id, code, first, last],
    )


def _nearest_weighed(store: Store, series: Series, code: str, year: int) -> int | None:
    """The nearest year in which the code has quantities."""
    found = store.rows(
        "select year from trade where series = ? and hs6 = ? and quantity_kg > 0 group by year order by abs(year - ?), year limit 1",
        [series.id, code, year],
    )
    return found[0][0] if found else None


def _answering(market: Market, known: Iterable[Series], year: int) -> dict[str, Series]:
    """The series that answers for each code: all flows before the largest partners, the longest first."""
    answers: dict[str, Series] = {}
    for series, codes in series_of(market, known):
        for code in codes:
            first, last = series.codes[code]
            if first <= year <= last and (code not in answers or _rank(series, year) > _rank(answers[code], year)):
                answers[code] = series
    same = {c.code: c.same_as for c in market.stage.hs6 if c.same_as}
    return {c: s for c, s in answers.items() if same.get(c) not in answers}


def _rank(series: Series, year: int) -> tuple[bool, bool, int]:
    return series.coverage == "all flows", year in series.complete_years, series.years[1] - series.years[0]


def _flows(code: str, rows: Sequence[_Row], year: int, prices: Prices) -> list[Flow]:
    """The year's flows of one code; unit values are USD per gross tonne of that year."""
    own = _carried(_unit_values(rows, by_exporter=True), year, prices)
    lasting, usual = _lasting(rows), _usual(rows)
    world = _carried(_unit_values(rows, by_exporter=False), year, prices)
    made = []
    for when, exporter, importer, kilograms, usd, flag in rows:
        if when != year:
            continue
        printed = None if kilograms is None else kilograms / 1000
        reference = own.get(exporter)
        if printed is None or printed <= 0:
            reference = reference or world.get("")
            if reference:
                made.append(Flow(exporter, importer, code, None, usd / reference, usd, IMPUTED, "no_quantity"))
        elif (
            flag in FLAGGED
            and reference
            and not _fits(printed, usual.get((exporter, importer)), USUAL_SPREAD)
            and not _other_grade(usd / printed, lasting.get((exporter, importer, flag)), world.get(""))
        ):
            made.append(Flow(exporter, importer, code, printed, usd / reference, usd, IMPUTED, "unit_value"))
        else:
            error = DOUBTED if flag in FLAGGED else SMALL if flag == "too_small" else UNFLAGGED
            made.append(Flow(exporter, importer, code, printed, printed, float(usd), error, ""))
    return made


def _unit_values(rows: Sequence[_Row], *, by_exporter: bool) -> dict[tuple[str, int], float]:
    """Unit values by exporter (or of the world) and year over unflagged flows, where these are enough of its trade to tell."""
    sums: dict[tuple[str, int], list[float]] = {}
    for when, exporter, _, kilograms, usd, flag in rows:
        entry = sums.setdefault((exporter if by_exporter else "", when), [0.0, 0.0, 0.0])
        entry[0] += usd
        if kilograms and flag == "":
            entry[1] += usd
            entry[2] += kilograms / 1000
    return {key: good / tonnes for key, (usd, good, tonnes) in sums.items() if tonnes > 0 and good >= UNFLAGGED_SHARE * usd}


def _usual(rows: Sequence[_Row]) -> dict[tuple[str, str], float]:
    """Median tonnes of routes over the years in which nothing is suspicious, where there are several."""
    seen: dict[tuple[str, str], list[float]] = {}
    for _, exporter, importer, kilograms, _, flag in rows:
        if kilograms and flag == "":
            seen.setdefault((exporter, importer), []).append(kilograms / 1000)
    return {route: median(tonnes) for route, tonnes in seen.items() if len(tonnes) >= USUAL_YEARS}


def _lasting(rows: Sequence[_Row]) -> dict[tuple[str, str, str], float]:
    """Median unit value of routes that carry the same flag in several years and in most of theirs, this one among them or not."""
    seen: dict[tuple[str, str, str], list[float]] = {}
    years: dict[tuple[str, str], int] = {}
    for _, exporter, importer, kilograms, usd, flag in rows:
        if kilograms:
            years[exporter, importer] = years.get((exporter, importer), 0) + 1
            if flag in FLAGGED:
                seen.setdefault((exporter, importer, flag), []).append(usd / (kilograms / 1000))
    return {
        route: median(values)
        for route, values in seen.items()
        if len(values) >= LASTING_YEARS and len(values) > years[route[0], route[1]] / 2
    }


def _other_grade(unit_value: float, usual: float | None, world: float | None) -> bool:
    """Whether an unusual unit value is the route's usual one, and one that goods can have."""
    return _fits(unit_value, usual, LASTING_SPREAD) and _fits(unit_value, world, OTHER_GRADE)


def _fits(value: float, usual: float | None, spread: float) -> bool:
    return usual is not None and usual / spread <= value <= usual * spread


def _carried(unit_values: dict[tuple[str, int], float], year: int, prices: Prices) -> dict[str, float]:
    """Unit values of the year by exporter: its own, or those of the nearest years moved with the price.

    Where no price series spans the years, unit values of the years beside it stand as they are and those further off are not used.
    """
    found: dict[str, tuple[int, list[float]]] = {}
    for (exporter, when), value in unit_values.items():
        distance = abs(when - year)
        ratio = 1.0 if when == year else price_ratio(prices, year, when) or (1.0 if distance <= YEARS_BESIDE else None)
        nearest, values = found.get(exporter, (distance, []))
        if ratio is None or distance > nearest:
            continue
        found[exporter] = (distance, [*(values if distance == nearest else []), value * ratio])
    return {exporter: sum(values) / len(values) for exporter, (_, values) in found.items()}

"""Bilateral trade of one market in one year as the sources have it, each flow with a quantity and a measure of trust in it.

A quantity that is missing or out of line with its value is taken from the value and the exporter's own unit value, of the year or of the years
beside it. An exporter or a route whose unit values are unlike the world's year after year trades another grade, and keeps its quantities. What is replaced is logged.
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

UNFLAGGED, SMALL, IMPUTED, DOUBTED = 0.1, 0.5, 0.4, 1.0  # relative standard deviations of a quantity
UNFLAGGED_SHARE = 0.2  # of an exporter's value in a code: enough to take its unit value from
YEARS_BESIDE = 3
# A route flagged in so many years at unit values within this ratio of their median trades another grade
LASTING_YEARS, LASTING_SPREAD = 3, 2.0
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


_Row = tuple[int, str, str, float | None, float, str]  # year, exporter, importer, kg, USD, flag


def traded(store: Store, market: Market, year: int) -> Traded:
    """The flows of a market's codes in a year; goods that two revisions number differently are taken from one."""
    flows: list[Flow] = []
    found: list[TradedCode] = []
    partial, imputed, releases = [], [], set()
    listed = {c.code: c for c in market.stage.hs6}
    for code, series in _answering(market, store.series, year).items():
        rows: list[_Row] = store.rows(
            """select year, exporter, importer, quantity_kg, value_usd, flag from trade where series = ? and hs6 = ?
            and year between ? and ? and exporter <> importer and exporter <> 'WLD' and value_usd > 0 order by all""",
            [series.id, code, year - YEARS_BESIDE, year + YEARS_BESIDE],
        )
        made = _flows(code, rows, year)
        if not made:
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


def _flows(code: str, rows: Sequence[_Row], year: int) -> list[Flow]:
    """The year's flows of one code; unit values are USD per gross tonne."""
    own = _unit_values(rows, by_exporter=True)
    lasting = _lasting(rows)
    world = _unit_values(rows, by_exporter=False)
    made = []
    for when, exporter, importer, kilograms, usd, flag in rows:
        if when != year:
            continue
        printed = None if kilograms is None else kilograms / 1000
        reference = _nearest(own, exporter, year)
        if printed is None or printed <= 0:
            reference = reference or _nearest(world, "", year)
            if reference:
                made.append(Flow(exporter, importer, code, None, usd / reference, usd, IMPUTED, "no_quantity"))
        elif (
            flag in FLAGGED
            and reference
            and not _other_grade(usd / printed, lasting.get((exporter, importer, flag)), _nearest(world, "", year))
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


def _lasting(rows: Sequence[_Row]) -> dict[tuple[str, str, str], float]:
    """Median unit value of routes that carry the same flag in several years, this one among them or not."""
    seen: dict[tuple[str, str, str], list[float]] = {}
    for _, exporter, importer, kilograms, usd, flag in rows:
        if kilograms and flag in FLAGGED:
            seen.setdefault((exporter, importer, flag), []).append(usd / (kilograms / 1000))
    return {route: median(values) for route, values in seen.items() if len(values) >= LASTING_YEARS}


def _other_grade(unit_value: float, usual: float | None, world: float | None) -> bool:
    """Whether an unusual unit value is the route's usual one, and one that goods can have."""
    if usual is None or world is None:
        return False
    return usual / LASTING_SPREAD <= unit_value <= usual * LASTING_SPREAD and world / OTHER_GRADE <= unit_value <= world * OTHER_GRADE


def _nearest(unit_values: dict[tuple[str, int], float], exporter: str, year: int) -> float | None:
    """The unit value of the year or of the nearest year beside it."""
    for distance in range(YEARS_BESIDE + 1):
        beside = [unit_values[exporter, y] for y in {year - distance, year + distance} if (exporter, y) in unit_values]
        if beside:
            return sum(beside) / len(beside)
    return None

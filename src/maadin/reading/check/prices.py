"""Prices of a year, a quarter or a month, each series by itself.

- A price of no told time is the price of the day it is told: the month of publication is meant, or one of the two before it while that month is not printed.
  Where a commodity has annual prices only, the year of publication or the one before; older figures are no answer.
- The figures are means. The mean of a month or a year cannot refute that a price was above or below some level at a time within it, and of a day's price
  it says no only where it lies further off than days (`DAY_OF_MONTH`, `DAY_OF_YEAR`) lie from the mean.
- A year that is not over has no mean yet.
- Where some series bear the name of the commodity and others do not (phosphate rock; diammonium phosphate), those that do decide, or those that the text
  names.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date

from maadin import labels
from maadin.facts.table import Note
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.readings import Outcome, Reading, lacking, settle
from maadin.reading.check.shelf import Record
from maadin.reading.check.subject import Case
from maadin.reading.check.tolerance import as_rounded, band_rule, meets
from maadin.reading.check.verdict import Figure
from maadin.reading.check.windows import EARLIER, last_year

KILOGRAMS = 1000.0
REAL = "real"
DAY_OF_MONTH, DAY_OF_YEAR = 0.1, 0.25  # so far a day's price may lie from the mean of its month, or of its year
MONTHS_BACK = 2  # before the one of publication
YEARS_BACK = 1
MONTHS = 12
_MEANS = frozenset(
    labels.key(word) for word in ("average", "averaged", "averages", "mean", "متوسط", "متوسطا", "بمتوسط", "المتوسط", "معدل", "بمعدل")
)

Month = tuple[int, int]


def price(case: Case, known: Knowledge) -> Outcome:
    """Hold a price against the series of the commodity: the mean of the month, the quarter or the year."""
    if case.band is None:
        return lacking(Note("no_number_told"))
    every = _newest(case.shelf.prices(case.commodity.id, monthly=True), Knowledge(None, known.published))
    months = _months_meant(case, known)
    printed = [r for r in every if known.has(r["source"], r["release"], r["year"], r["month"])]
    rows = [r for r in printed if (r["year"], r["month"]) in months]
    if every and months and case.period.kind == "undated" and not rows:
        months = ()  # no month of the time it was told: the year, where there is one
    if months and every:
        if not rows:
            return _no_month(case, known, every, months)
        return _of_months(case, rows, months)
    if months and case.period.kind != "undated":
        return _only_annual(case, known, months)
    return _of_year(case, known)


def _months_meant(case: Case, known: Knowledge) -> tuple[Month, ...]:
    """The months that a price is of; none where a year is told, or no time and no day of publication."""
    told = case.statement.year_or_date or ""
    if case.period.day is not None:
        return ((case.period.day.year, case.period.day.month),)
    if case.period.kind == "month" and case.period.year is not None:
        if case.period.month is not None:
            return ((case.period.year, case.period.month),)
        quarter = int(told[-1])
        return tuple((case.period.year, m) for m in range(3 * quarter - 2, 3 * quarter + 1))
    if case.period.kind == "undated" and known.published is not None:
        return tuple(_back(known.published, n) for n in range(MONTHS_BACK, -1, -1))
    return ()


def _back(day: date, months: int) -> Month:
    years, month = divmod(day.year * MONTHS + day.month - 1 - months, MONTHS)
    return years, month + 1


def _no_month(case: Case, known: Knowledge, every: Sequence[Record], months: Sequence[Month]) -> Outcome:
    """No mean of the months meant is at hand, or none was in print."""
    if any((r["year"], r["month"]) in months for r in every):
        return lacking(Note("printed_later", {"day": known.day.isoformat() if known.day else None}))
    last, first = max((r["year"], r["month"]) for r in every), min((r["year"], r["month"]) for r in every)
    near = last if months[-1] > last else first
    shown = [figure_of(r) for r in every if (r["year"], r["month"]) == near]
    ends = f"{near[0]}-{near[1]:02d}"
    after = months[-1] > last
    note = (
        Note("year_after_data", {"year": months[-1][0], "last": ends})
        if after
        else Note("year_before_data", {"year": months[0][0], "first": ends})
    )
    return lacking(note, shown)


def _only_annual(case: Case, known: Knowledge, months: Sequence[Month]) -> Outcome:
    rows = annual_prices(case, known)
    if not rows:
        return lacking(Note("no_prices", {"commodity": case.commodity.id}))
    near = last_year((r["year"] for r in rows), months[0][0])
    return lacking(Note("only_annual", {"year": near}), [figure_of(r) for r in rows if r["year"] == near])


def _of_months(case: Case, rows: Sequence[Record], months: Sequence[Month]) -> Outcome:
    """A month, or the mean of a quarter; of the months around publication the last one decides and the others stand beside."""
    undated = case.period.kind == "undated"
    if len(months) > 1 and not undated:
        readings = [_reading(case, of_item, False, True) for of_item in _by_item(rows) if len(of_item) == len(months)]
        if not readings:
            return lacking(Note("quarter_not_over", {"year": months[0][0]}), [figure_of(r) for r in rows])
        return _settled(case, readings, rows, "quarter")
    readings = []
    for of_item in _by_item(rows):
        last = max((r["year"], r["month"]) for r in of_item)
        readings += [
            _reading(case, (r,), undated or case.period.day is not None, (r["year"], r["month"]) == last, monthly=True) for r in of_item
        ]
    return _settled(case, readings, rows, "month")


def _by_item(rows: Sequence[Record]) -> list[tuple[Record, ...]]:
    items = dict.fromkeys((r["source"], r["item"], r["basis"]) for r in rows)
    return [tuple(r for r in rows if (r["source"], r["item"], r["basis"]) == item) for item in items]


def _of_year(case: Case, known: Knowledge) -> Outcome:
    """The mean of the year told; of no told time the newest one, if it is not too old to say anything."""
    everything = _newest(case.shelf.prices(case.commodity.id, monthly=False), known)
    rows = [r for r in everything if not _not_over(r)]
    if not rows:
        return lacking(Note("no_prices", {"commodity": case.commodity.id}))
    years = sorted({r["year"] for r in rows})
    told = case.period.year
    anchor = case.anchor(known)
    last = told if told is not None else last_year(years, anchor)
    if told is None and anchor is not None and last < anchor - YEARS_BACK:
        return lacking(Note("year_after_data", {"year": anchor, "last": last}), [figure_of(r) for r in rows if r["year"] == last])
    if last not in years:
        if begun := [r for r in everything if r["year"] == last]:
            return lacking(Note("year_not_over", {"year": last}), [figure_of(r) for r in begun])
        near = years[-1] if last > years[-1] else years[0]
        note = (
            Note("year_after_data", {"year": last, "last": near})
            if last > near
            else Note("year_before_data", {"year": last, "first": near})
        )
        return lacking(note, [figure_of(r) for r in rows if r["year"] == near])
    span = {last} if told is not None else set(range(last - EARLIER + 1, last + 1))
    used = [r for r in rows if r["year"] in span]
    readings = [_reading(case, (r,), told is None, r["year"] == last) for r in used]
    return _settled(case, readings, [r for r in used if r["year"] == last], "year")


def _reading(case: Case, of_item: Sequence[Record], of_a_day: bool, deciding: bool, *, monthly: bool = False) -> Reading | None:
    """What one series says; None where its unit is another. `of_a_day`: the price told is of a day, not of the whole time."""
    assert case.band is not None
    found = [_in_unit(r, case.statement.unit or "USD") for r in of_item]
    ends = [x for x in found if x is not None]
    if len(ends) != len(of_item):
        return None
    low, high = (math.fsum(x[k] for x in ends) / len(ends) for k in (0, 1))
    answer, why = meets(case.band)(low, high), None
    r = of_item[-1]
    spread = (DAY_OF_MONTH if monthly else DAY_OF_YEAR) if of_a_day else 0.0
    if answer is False and _hides_days(case, low, high, spread):
        answer, why = None, Note("mean_hides_days", {"monthly": monthly})
    axes = {"source": r["source"], "item": f"{r['item']}, {r['basis']}" if r["basis"] else r["item"], "year": r["year"]}
    if monthly:
        axes["year"] = f"{r['year']}-{r['month']:02d}"
    return Reading(answer, axes, tuple(figure_of(x) for x in of_item), why, deciding)


def _hides_days(case: Case, low: float, high: float, spread: float) -> bool:
    """Whether a mean that does not meet the number told leaves room for days that did."""
    band = case.band
    assert band is not None
    if any(labels.key(word) in _MEANS for word in case.statement.text.split()):
        return False
    if band.how in ("gt", "lt"):
        return True
    return high >= band.low * (1 - spread) and low <= band.high * (1 + spread) if spread else False


def _settled(case: Case, found: Sequence[Reading | None], rows: Sequence[Record], over: str) -> Outcome:
    readings = _named([r for r in found if r is not None], case)
    if not any(r.deciding for r in readings):
        return lacking(
            Note("unit_differs", {"unit": case.statement.unit, "commodity": case.commodity.id, "kind": "price"}),
            [figure_of(r) for r in rows],
        )
    assert case.band is not None
    outcome = settle(readings, commodity=case.commodity.id, denied=not case.statement.polarity)
    outcome.rules += [band_rule(case.band, case.statement.unit or "USD"), Note("price_mean", {"over": over})]
    return outcome


def _named(readings: list[Reading], case: Case) -> list[Reading]:
    """Series that the text names, else those with the name of the commodity; all where there are none of either."""
    said = labels.key(case.statement.text)
    names = [labels.key(n) for n in (case.commodity.names.en, *case.commodity.synonyms.en)]
    tests: list[Callable[[str], bool]] = [
        lambda item: item not in names and f" {item} " in f" {said} ",
        lambda item: any(f" {name} " in f" {item} " for name in names),
    ]
    for test in tests:
        chosen = [r for r in readings if test(labels.key(str(r.axes["item"]).split(",")[0]))]
        if any(r.deciding for r in chosen):
            return chosen
    return readings


def _not_over(row: Record) -> bool:
    """Whether a year's mean is of some of its months only."""
    return bool(row["month"] is None and row["source"] == "wb_pinksheet" and row["quality"] == "provisional")


def annual_prices(case: Case, known: Knowledge) -> list[Record]:
    """Nominal annual prices in print, each year in its newest release; no year that is not over."""
    return [r for r in _newest(case.shelf.prices(case.commodity.id, monthly=False), known) if not _not_over(r)]


def _newest(rows: list[Record], known: Knowledge) -> list[Record]:
    kept: dict[tuple[object, ...], Record] = {}
    for r in rows:
        if r["value"] is None or r["basis"].startswith(REAL) or not known.has(r["source"], r["release"], r["year"], r["month"]):
            continue
        key = (r["source"], r["item"], r["basis"], r["year"], r["month"])
        if key not in kept or r["release"] > kept[key]["release"]:
            kept[key] = r
    return list(kept.values())


def _in_unit(row: Record, unit: str) -> tuple[float, float] | None:
    """A price in the unit told; None where the two do not convert. A bare dollar is the unit of the series."""
    if unit == "USD":
        return as_rounded(row["value"], row["source"])
    if row["usd_per_tonne"] is None:
        return None
    low, high = as_rounded(row["usd_per_tonne"], row["source"])
    factor = 1 / KILOGRAMS if unit == "USD/kg" else 1.0
    return (low * factor, high * factor) if unit in ("USD/kg", "USD/tonne") else None


def figure_of(row: Record) -> Figure:
    """A price as printed."""
    parts = (
        "prices",
        row["source"],
        row["release"],
        row["commodity"],
        row["item"],
        row["basis"],
        str(row["year"]),
        str(row["month"] or ""),
    )
    return Figure(
        row=":".join(parts), what="price", commodity=row["commodity"], year=row["year"], month=row["month"], value=row["value"], low=row["low"],
        high=row["high"], unit=row["unit"], status=row["status"], quality=row["quality"] or "", source=row["source"], release=row["release"],
        printed=row["value_printed"] or "", item=f"{row['item']}, {row['basis']}" if row["basis"] else row["item"],
    )  # fmt: skip

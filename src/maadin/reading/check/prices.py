"""Prices of a year or a month, each series by itself."""

from __future__ import annotations

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


def price(case: Case, known: Knowledge) -> Outcome:
    """Hold a price against every series of the commodity: the mean of the month or the year."""
    if case.band is None:
        return lacking(Note("no_number_told"))
    month = month_of(case)
    monthly = month is not None
    rows = _monthly(case, known) if monthly else annual_prices(case, known)
    if month is not None and not rows and _monthly(case, Knowledge(None, known.published)):
        return lacking(Note("printed_later", {"day": known.day.isoformat() if known.day else None}))
    if month is not None and not rows:
        rows, monthly = annual_prices(case, known), False
        if rows:
            near = last_year((r["year"] for r in rows), month[0])
            return lacking(Note("only_annual", {"year": near}), [figure_of(r) for r in rows if r["year"] == near])
    if not rows:
        return lacking(Note("no_prices", {"commodity": case.commodity.id}))
    years = sorted({r["year"] for r in rows})
    told = month[0] if month is not None and monthly else case.period.year
    last = told if told is not None else last_year(years, case.anchor(known))
    if last not in years:
        near = years[-1] if last > years[-1] else years[0]
        note = (
            Note("year_after_data", {"year": last, "last": near})
            if last > near
            else Note("year_before_data", {"year": last, "first": near})
        )
        return lacking(note, [figure_of(r) for r in rows if r["year"] == near])
    span = {last} if told is not None else set(range(last - EARLIER + 1, last + 1))
    readings = []
    for r in rows:
        if r["year"] not in span or (in_unit := _in_unit(r, case.statement.unit or "USD")) is None:
            continue
        answer = meets(case.band)(*in_unit)
        axes = {"source": r["source"], "item": f"{r['item']}, {r['basis']}" if r["basis"] else r["item"], "year": r["year"]}
        readings.append(Reading(answer, axes, (figure_of(r),), None, r["year"] == last))
    if not any(r.deciding for r in readings):
        return lacking(
            Note("unit_differs", {"unit": case.statement.unit, "commodity": case.commodity.id, "kind": "price"}),
            [figure_of(r) for r in rows if r["year"] == last],
        )
    outcome = settle(readings, commodity=case.commodity.id, denied=not case.statement.polarity)
    outcome.rules += [band_rule(case.band, case.statement.unit or "USD"), Note("price_mean", {"monthly": monthly})]
    return outcome


def annual_prices(case: Case, known: Knowledge) -> list[Record]:
    """Nominal annual prices in print, each year in its newest release."""
    return _newest(case.shelf.prices(case.commodity.id, monthly=False), known)


def _monthly(case: Case, known: Knowledge) -> list[Record]:
    rows = _newest(case.shelf.prices(case.commodity.id, monthly=True), known)
    return [r for r in rows if (r["year"], r["month"]) == month_of(case)]


def month_of(case: Case) -> tuple[int, int] | None:
    """The month that a price is of."""
    if case.period.day is not None:
        return case.period.day.year, case.period.day.month
    if case.period.year is not None and case.period.month is not None:
        return case.period.year, case.period.month
    return None


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

"""The rules by themselves: roundings, windows, days of printing, and how readings become an answer."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from maadin.reading.check.knowledge import Knowledge, printed_on
from maadin.reading.check.readings import Reading, over_years, settle, varying
from maadin.reading.check.tolerance import as_rounded, band, band_of, meets
from maadin.reading.check.windows import period_of
from maadin.reading.statement import Statement

Say = Callable[..., Statement]


@pytest.mark.parametrize(
    ("told", "unit", "how", "low", "high"),
    [
        (1_900_000, "tonne", "eq", 1_850_000, 1_950_000),
        (2_000_000, "tonne", "eq", 1_500_000, 2_500_000),  # half a unit of the only digit, and a quarter
        (1_000_000, "tonne", "eq", 750_000, 1_250_000),  # never more than a quarter
        (269_532, "tonne", "eq", 269_531.5, 269_532.5),
        (500_000, "tonne", "approx", 400_000, 600_000),
        (347_100_000, "USD", "approx", 347_100_000 * 0.95, 347_100_000 * 1.05),
        (15, "percent", "eq", 14.5, 15.5),
        (20, "percent", "eq", 19.5, 20.5),
        (6.55, "percent", "eq", 6.545, 6.555),
        (76, "percent", "approx", 75, 77),
        (70, "percent", "approx", 67.5, 72.5),
        (5, "percent", "approx", 3.75, 6.25),
        ((35.0, 70.0), "percent", "range", 34.5, 70.5),
        (20_000, "USD/tonne", "eq", 19_000, 21_000),  # of a price never more than a twentieth
        (20_000, "USD/tonne", "approx", 18_000, 22_000),
        (650_000, "tonne", "gt", 650_000, math.inf),
        (650_000, "tonne", "lt", -math.inf, 650_000),
        (0, "tonne", "eq", -0.5, 0.5),
    ],
)
def test_a_number_counts_to_the_digit_it_is_told(told: float | tuple[float, float], unit: str, how: str, low: float, high: float) -> None:
    found = band(told, unit, how)
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)


@pytest.mark.parametrize(
    ("text", "value", "how", "low", "high"),
    [
        ("two fifths of the world's chrome", 40, "eq", 37.5, 42.5),
        ("Almost a third of those volumes", 33.3, "approx", 30.8, 35.8),
        ("fell by a fifth", -20, "eq", -22.5, -17.5),
        ("a tenth", 10, "eq", 7.5, 12.5),
        ("تؤمّن خُمس واردات التكتل", 20, "eq", 17.5, 22.5),
        ("وثلثا الصادرات", 66.7, "eq", 64.2, 69.2),
        ("تسعة أعشارها", 90, "eq", 87.5, 92.5),
        ("more than half", 50, "gt", 50, math.inf),
        ("40% in the first half", 40, "eq", 39.5, 40.5),  # told in digits
        ("seventy percent", 70, "eq", 69.5, 70.5),
        ("سبعين بالمائة", 70, "eq", 69.5, 70.5),
        ("in the second quarter, thirty-one percent", 31, "eq", 30.5, 31.5),  # no simple fraction
    ],
)
def test_a_fraction_in_words_is_a_round_number(say: Say, text: str, value: float, how: str, low: float, high: float) -> None:
    found = band_of(say(metric="share", of="production", value=value, unit="percent", comparator=how, text=text))
    assert found is not None
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)


@pytest.mark.parametrize(
    ("how", "low", "high", "answer"),
    [
        ("eq", 95.0, 95.0, True),
        ("eq", 80.0, math.inf, None),  # a lower bound below the number cannot tell
        ("eq", 98.0, math.inf, None),  # nor can one inside the band
        ("eq", 200.0, math.inf, False),  # but one above it can
        ("lt", 90.0, math.inf, None),
        ("lt", 101.0, math.inf, False),
        ("lt", 0.0, 99.0, True),
        ("gt", 101.0, math.inf, True),
        ("gt", 0.0, 99.0, False),
        ("gt", 0.0, 120.0, None),
    ],
)
def test_bounds_contradict_and_do_not_support(how: str, low: float, high: float, answer: bool | None) -> None:
    assert meets(band(100.0, "USD", how))(low, high) is answer


def test_rounded_figures_stand_for_an_interval() -> None:
    assert as_rounded(3_800_000, "usgs_mcs") == (3_795_000, 3_805_000)
    assert as_rounded(3_931_000, "wmd") == (3_931_000, 3_931_000)


@pytest.mark.parametrize(
    ("source", "release", "year", "month", "day"),
    [
        ("usgs_mcs", "MCS 2024", 2022, None, date(2024, 1, 31)),
        ("usgs_mcs", "MCS 2026", 2025, None, date(2026, 2, 6)),
        ("wmd", "WMD 2018-2024", 2022, None, date(2024, 5, 31)),
        ("wmd", "WMD 2027", 2022, None, date(2027, 5, 31)),
        ("baci", "BACI V202601", 2023, None, date(2025, 1, 31)),
        ("wb_pinksheet", "Pink Sheet 2026-06", 2024, None, date(2025, 1, 5)),
        ("wb_pinksheet", "Pink Sheet 2026-06", 2024, 3, date(2024, 4, 5)),
        ("measures", "", 2024, None, None),
    ],
)
def test_days_of_printing(source: str, release: str, year: int, month: int | None, day: date | None) -> None:
    assert printed_on(source, release, year, month) == day


def test_an_undated_statement_speaks_of_the_year_half_a_year_before() -> None:
    assert Knowledge(None, date(2025, 2, 25)).anchor == 2024
    assert Knowledge(None, date(2024, 12, 20)).anchor == 2024
    assert Knowledge(None, None).anchor is None


@pytest.mark.parametrize(
    ("fields", "kind", "years", "since"),
    [
        ({"window": "in recent years"}, "window", 10, None),
        ({"window": "في السنوات الأخيرة"}, "window", 10, None),
        ({"window": "over the last five years"}, "window", 5, None),
        ({"window": "خلال السنوات الخمس الماضية"}, "window", 5, None),
        ({"window": "في العامين الماضيين"}, "window", 2, None),
        ({"window": "العقد الماضي"}, "window", 10, None),
        ({"window": "for decades"}, "window", 30, None),
        ({"window": "since 2015"}, "window", None, 2015),
        ({"window": "منذ عام 2015"}, "window", None, 2015),
        ({"window": "ذات يوم"}, "ever", None, None),
        ({"text": "Russia was once a main supplier"}, "ever", None, None),
        ({"year_or_date": "2018", "text": "exports fell by half since 2018"}, "window", None, 2018),
        ({"year_or_date": "2024"}, "year", None, None),
        ({"year_or_date": "2025-02"}, "month", None, None),
        ({"year_or_date": "2025-02-24"}, "day", None, None),
        ({}, "undated", None, None),
    ],
)
def test_windows(say: Say, fields: dict[str, Any], kind: str, years: int | None, since: int | None) -> None:
    found = period_of(say(metric="exports", **fields))
    assert (found.kind, found.years, found.since) == (kind, years, since)


@pytest.mark.parametrize(
    ("told", "annual"), [("2024", 2024), ("2025-02", 2024), ("2025-09", 2025), ("2025-Q1", 2024), ("2025-Q4", 2025), ("2025-02-24", 2024)]
)
def test_the_year_that_annual_figures_are_looked_up_for(say: Say, told: str, annual: int) -> None:
    assert period_of(say(metric="production", year_or_date=told)).annual == annual


def reading(answer: bool | None, *, deciding: bool = True, **axes: Any) -> Reading:
    return Reading(answer, axes, (), None, deciding)


@pytest.mark.parametrize(
    ("readings", "verdict"),
    [
        ([reading(True, source="a"), reading(True, source="b")], "supported"),
        ([reading(True, source="a"), reading(None, source="b")], "supported"),
        ([reading(True, source="a"), reading(False, source="b")], "depends"),
        ([reading(False, source="a"), reading(None, source="b")], "depends"),
        ([reading(False, source="a"), reading(False, source="b")], "contradicted"),
        ([reading(None, source="a")], "depends"),
        ([reading(False, year=2024), reading(True, year=2020, deciding=False)], "depends"),
        ([reading(True, year=2024), reading(False, year=2020, deciding=False)], "supported"),
    ],
)
def test_how_readings_become_an_answer(readings: list[Reading], verdict: str) -> None:
    assert settle(readings, commodity="copper").verdict == verdict
    turned = {"supported": "contradicted", "contradicted": "supported", "depends": "depends"}
    if all(r.deciding for r in readings) and {r.answer for r in readings} in ({True}, {False}):
        assert settle(readings, commodity="copper", denied=True).verdict == turned[verdict]


def test_the_fewest_axes_that_tell_the_answers_apart() -> None:
    mixed = [
        reading(year >= 2022 if source == "a" else False, source=source, year=year, release=f"{source}{year}", stage="mine")
        for source in ("a", "b")
        for year in (2021, 2022)
    ]
    assert varying(mixed) == ["year", "source"]
    assert varying([reading(True, stage="mine", year=1), reading(False, stage="refined", year=1)]) == ["stage"]
    said = settle([reading(True, release="1"), reading(False, release="2")], commodity="copper").reasons[0]
    assert said.values["groups"] == [{"yes": ["1"], "no": ["2"]}]


def test_once_needs_one_year_and_the_longest_series_decides() -> None:
    years = [reading(year == 2001, series="long", year=year) for year in range(2000, 2010)] + [reading(False, series="short", year=2009)]
    joined = {r.axes["series"]: (r.answer, r.deciding) for r in over_years(years, "ever")}
    assert joined == {"long": (True, True), "short": (False, False)}
    assert all(r.deciding for r in over_years(years, "window"))

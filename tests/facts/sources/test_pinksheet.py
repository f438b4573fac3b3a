"""The Pink Sheet: prices read by hand off the workbook of 2 June 2026 and the yearly real prices."""

from __future__ import annotations

from pathlib import Path

import pytest

from maadin.errors import ChecksFailed, DataError
from maadin.facts.sources import pinksheet

# In the workbook's order; the other 46 series (cocoa, ...) are left out but for one.
SERIES = [
    ("Crude oil, average", "($/bbl)"), ("Crude oil, Brent", "($/bbl)"), ("Crude oil, Dubai", "($/bbl)"),
    ("Crude oil, WTI", "($/bbl)"), ("Coal, Australian", "($/mt)"), ("Coal, South African **", "($/mt)"),
    ("Natural gas, US", "($/mmbtu)"), ("Natural gas, Europe", "($/mmbtu)"),
    ("Liquefied natural gas, Japan", "($/mmbtu)"), ("Natural gas index", "(2010=100)"),
    ("Phosphate rock", "($/mt)"), ("DAP", "($/mt)"), ("TSP", "($/mt)"), ("Urea ", "($/mt)"),
    ("Potassium chloride **", "($/mt)"), ("Aluminum", "($/mt)"), ("Iron ore, cfr spot", "($/dmtu)"),
    ("Copper", "($/mt)"), ("Lead", "($/mt)"), ("Tin", "($/mt)"), ("Nickel", "($/mt)"), ("Zinc", "($/mt)"),
    ("Gold", "($/troy oz)"), ("Platinum", "($/troy oz)"), ("Silver", "($/troy oz)"),
]  # fmt: skip
JANUARY_1960 = [1.63, 1.63, 1.63, "…", "…", "…", 0.14, 0.4, "…", "…", 13.0, "...", 53.0, 42.25, 28.5, 511.47, 11.42, 715.4, 206.1,
                2180.4, 1631.0, 260.8, 35.27, 83.5, 0.91]  # fmt: skip
ALUMINIUM_2026 = [3140.33, 3065.41, 3163.85, 3372.95, 3599.85]
EXCERPT = Path(__file__).parents[1] / "excerpts" / "wb_pinksheet" / "annual.csv"


def sheet():
    month = dict.fromkeys((name for name, _ in SERIES), "…")
    return [
        ["World Bank Commodity Price Data (The Pink Sheet)"],
        ["monthly prices in nominal US dollars, 1960 to present"],
        ["(monthly series are available only in nominal US dollars)"],
        ["Updated on June 02, 2026"],
        [None, *(name for name, _ in SERIES)],
        [None, *(unit for _, unit in SERIES)],
        ["1960M01", *JANUARY_1960],
        ["2006M01", *({**month, "Iron ore, cfr spot": 67.2}.values())],
        *(
            [f"2023M{m:02}", *({**month, "Aluminum": price, "Gold": 1942.67}.values())]
            for m, price in enumerate([2501.82, 2416.39, *[2200] * 9, 2182.42], start=1)
        ),
        *([f"2026M{m:02}", *({**month, "Aluminum": price}.values())] for m, price in enumerate(ALUMINIUM_2026, start=1)),
    ]


def at(rows, item, year, month=None):
    (found,) = [r for r in rows if (r.item, r.year, r.month) == (item, year, month)]
    return found


@pytest.fixture
def rows(workbook):
    return pinksheet.read_pinksheet_xlsx(workbook({"Monthly Prices": sheet()}))


@pytest.mark.parametrize(
    ("item", "month", "commodity", "value", "unit", "per_tonne"),
    [
        ("Aluminum", 1, "aluminium", 511.47, "USD/t", 511.47),
        ("Urea", 1, "ammonia", 42.25, "USD/t", 42.25),
        ("Crude oil, Brent", 1, "petroleum", 1.63, "USD/bbl", None),
        ("Natural gas, US", 1, "natural-gas", 0.14, "USD/mmbtu", None),
        ("Gold", 1, "gold", 35.27, "USD/troy oz", 35.27 * 1e6 / 31.1034768),
        ("Gold", None, "gold", 35.27, "USD/troy oz", 35.27 * 1e6 / 31.1034768),
    ],
)
def test_months_of_1960(rows, item, month, commodity, value, unit, per_tonne):
    found = at(rows, item, 1960, month)
    assert (found.commodity, found.value, found.unit, found.release) == (commodity, value, unit, "Pink Sheet 2026-06")
    assert found.usd_per_tonne == pytest.approx(per_tonne)
    assert found.basis.startswith("nominal, ")


def test_iron_ore_is_in_cents_a_unit_and_then_in_dollars_a_dry_tonne(rows):
    contract, spot = at(rows, "Iron ore, cfr spot", 1960, 1), at(rows, "Iron ore, cfr spot", 2006, 1)
    assert (contract.unit, contract.unit_printed, contract.usd_per_tonne) == ("US cents/dmtu", "$/dmtu", None)
    assert (spot.unit, spot.unit_printed, spot.usd_per_tonne) == ("USD/t", "$/dmtu", 67.2)
    assert "headed $/dmtu" in contract.note and "headed $/dmtu" in spot.note


def test_months_without_a_price_have_no_row(rows):
    assert not [r for r in rows if r.item in ("DAP", "Natural gas index")]
    assert len([r for r in rows if r.item == "Aluminum" and r.month]) == 1 + 12 + 5


def test_yearly_means(rows):
    full, part = at(rows, "Aluminum", 2023), at(rows, "Aluminum", 2026)
    assert full.value == pytest.approx((2501.82 + 2416.39 + 9 * 2200 + 2182.42) / 12)
    assert (full.note, full.quality, full.value_printed) == ("mean of 12 months", "reported", "")
    assert part.value == pytest.approx(sum(ALUMINIUM_2026) / 5)
    assert (part.note, part.quality) == ("mean of 5 months", "provisional")


def test_changed_definitions_are_noted(rows):
    found = at(rows, "Potassium chloride", 1960, 1)
    assert found.note == "marked ** by the publisher: definition changed"


def test_real_prices():
    rows = pinksheet.read_pinksheet_real(EXCERPT)
    assert len(rows) == 9  # potassium chloride and 2026 have none
    found = at(rows, "Aluminum", 2023)
    assert (found.value, found.unit, found.basis) == (1976.9843704352936, "USD/t", "real 2010 USD")
    assert (found.release, found.value_printed) == ("Pink Sheet 2025-05", "1976.9843704352936")
    assert at(rows, "Gold", 1960).usd_per_tonne == pytest.approx(184.24739711659 * 1e6 / 31.1034768)


def changed(row, column, cell):
    made = [list(r) for r in sheet()]
    made[row - 1][column - 1] = cell
    return made


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (changed(7, 17, "n/a"), "sheet 'Monthly Prices', line 7, column 'Aluminum': expected a price above 0 or '…', found 'n/a'"),
        (changed(7, 17, -511.47), r"line 7, column 'Aluminum': expected a price above 0 or '…', found -511\.47"),
        (changed(7, 17, 0), "line 7, column 'Aluminum'"),
        (changed(8, 1, "1960M01"), "line 8: expected a month such as 1960M01, each once, found '1960M01'"),
        (changed(8, 1, "2006M13"), "line 8: expected a month"),
        (changed(6, 17, "($/lb)"), r"line 6, column 'Aluminum': expected the unit \$/mt or \$/dmtu, found '\$/lb'"),
        (changed(5, 17, "Aluminium"), "line 5: the series 'Aluminum' stands 0 times"),
        (changed(5, 18, "Aluminum"), "line 5: the series 'Aluminum' stands 2 times"),
        (changed(4, 1, "no date"), "the line 'Updated on June 02, 2026' is missing"),
        (sheet()[:6], "no row begins with a month such as 1960M01"),
    ],
)
def test_wrong_cells_are_named(workbook, made, words):
    with pytest.raises(DataError, match=words):
        pinksheet.read_pinksheet_xlsx(workbook({"Monthly Prices": made}))


def test_wrong_workbooks(workbook):
    with pytest.raises(DataError, match="expected a sheet 'Monthly Prices', found 'Annual'"):
        pinksheet.read_pinksheet_xlsx(workbook({"Annual": [["x"]]}))
    with pytest.raises(DataError, match="is not an Excel workbook"):
        pinksheet.read_pinksheet_xlsx(b"year,month\n")


HEADER = "year,series,unit,price_nominal_usd,months,price_real_2010usd\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("year,series\n", "line 1: expected the columns year,series,unit"),
        (HEADER + "1960,Aluminum,$/mt,511.47,12\n", "line 2: expected 6 cells, found 5"),
        (HEADER + "1960,Aluminum,$/mt,511.47,12,-2\n", "line 2, column 'price_real_2010usd': expected a price above 0 or nothing"),
        (HEADER + "196O,Aluminum,$/mt,511.47,12,2\n", "line 2, column 'year': expected a year, found '196O'"),
        (HEADER + "1960,Cocoa,$/kg,1,12,2\n", "line 2, column 'series': 'Cocoa' is not one of the series"),
        (HEADER + "1960,Gold,$/mt,1,12,2\n", r"line 2, column 'Gold': expected the unit \$/troy oz, found '\$/mt'"),
        (HEADER + "1960,Gold,$/troy oz,1,12,2\n" * 2, "line 3: Gold 1960 stands twice"),
    ],
)
def test_wrong_real_prices_are_named(text, words):
    with pytest.raises(DataError, match=words):
        pinksheet.read_pinksheet_real(text.encode())


def test_all_offenders_come_at_once(workbook):
    made = changed(7, 17, "n/a")
    made[6][1] = -1
    with pytest.raises(ChecksFailed) as caught:
        pinksheet.read_pinksheet_xlsx(workbook({"Monthly Prices": made}))
    assert len(caught.value.offenders) == 2

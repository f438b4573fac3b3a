"""World Mining Data: figures read by hand off the publisher's tables, in both forms."""

from __future__ import annotations

import pytest

from maadin.errors import ChecksFailed, DataError
from maadin.facts.sources import wmd

YEARS = ["2018", "2019", "2020", "2021", "2022", "2023", "2024"]
COLUMNS = ["Country", "Country_Code", "Country_ISO", *YEARS, "unit", "data_source"]
TABLES = {
    "HS Code Map": [["HS Code"], ["760110"]],
    "Aluminium": [
        COLUMNS,
        ["Azerbaijan", "31", "AZE", 45390, 32700, 28560, 24900, 33500, 36800, 28900, "metr. t", "e"],
        ["China", "156", "CHN", 35802000, 35044000, 37080000, 38503000, 40214000, 41666000, 44004600, "metr. t", "r"],
        ["Total", "DELETE", "DELETE", 35847390, 35076700, 37108560, 38527900, 40247500, 41702800, 44033500, "metr. t", "nan"],
    ],
    "Gold": [
        COLUMNS,
        ["China", "156", "CHN", 401119.0, 380230.0, 365340.0, 328980.0, 372048.0, 375155.0, 377242.0, "kg", "r"],
        ["Total", "DELETE", "DELETE", 401119.0, 380230.0, 365340.0, 328980.0, 372048.0, 375155.0, 377242.0, "kg", "nan"],
        ["French Guiana", "328", "GUY", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, "kg", "p"],
        ["Kosovo", "R20", "R20", None, None, None, None, None, None, 857.0, "kg", "r"],
    ],
    "Natural Gas": [
        COLUMNS,
        ["Afghanistan", "4", "AFG", 153.0, 146.0, 59, 153, 185, 198, 198, "Mio m3", "r"],
        ["Total", "DELETE", "DELETE", 153.0, 146.0, 59, 153, 185, 198, 198, "Mio m3", "nan"],
    ],
    "Potash (K2O)": [
        COLUMNS,
        ["Australia", "36", "AUS", None, None, None, 0.0, 2418, 5503, 0.0, "metr. t", "r"],
        ["United Kingdom", "826", "GBR", 1, 1, 99260.00000000001, 1, 1, 1, 1, "metr. t", "r"],
        ["Total", "DELETE", "DELETE", 1, 1, 99260, 1, 2419, 5504, 1, "metr. t", "nan"],
    ],
}  # fmt: skip
SHEET = [
    ["Aluminium"],
    [],
    ["Country", "unit", 2023, 2024, "data source"],
    ["China", "metr. t", 41666000, 44004600, "r"],
    ["Russia", "metr. t", None, 0, "e"],
    ["Total", "metr. t", 41666000, 44004600, None],
]


def figure(rows, commodity, country, year):
    (found,) = [r for r in rows if (r.commodity, r.country, r.year) == (commodity, country, year)]
    return found


@pytest.fixture
def rows(database):
    return wmd.read_wmd_sqlite(database(TABLES), "WMD 2018-2024")


@pytest.mark.parametrize(
    ("commodity", "country", "year", "value", "unit", "printed", "unit_printed", "status", "quality"),
    [
        ("aluminium", "CHN", 2024, 44004600, "tonne", "44004600", "metr. t", "value", "reported"),
        ("aluminium", "AZE", 2018, 45390, "tonne", "45390", "metr. t", "value", "estimated"),
        ("aluminium", "WLD", 2024, 44033500, "tonne", "44033500", "metr. t", "value", "reported"),
        ("gold", "CHN", 2018, 401.119, "tonne", "401119", "kg", "value", "reported"),
        ("gold", "GUF", 2018, 0, "tonne", "0", "kg", "zero", "provisional"),
        ("gold", "XKX", 2024, 0.857, "tonne", "857", "kg", "value", "reported"),
        ("natural-gas", "AFG", 2020, 59, "million m3", "59", "Mio m3", "value", "reported"),
        ("potash", "AUS", 2018, None, "tonne", "", "metr. t", "missing", "reported"),
        ("potash", "AUS", 2024, 0, "tonne", "0", "metr. t", "zero", "reported"),
        ("potash", "GBR", 2020, 99260, "tonne", "99260", "metr. t", "value", "reported"),
    ],
)
def test_figures(rows, commodity, country, year, value, unit, printed, unit_printed, status, quality):
    found = figure(rows, commodity, country, year)
    assert (found.value, found.unit, found.status, found.quality) == (value, unit, status, quality)
    assert (found.value_printed, found.unit_printed, found.release) == (printed, unit_printed, "WMD 2018-2024")


def test_one_row_a_country_and_year(rows):
    assert len(rows) == 7 * (3 + 4 + 2 + 3)


def test_world_total_says_what_the_countries_add_up_to(rows):
    assert figure(rows, "gold", "WLD", 2024).note == "the listed countries add up to 378.099 (+0.23%)"
    assert figure(rows, "gold", "WLD", 2023).note == ""


def test_workbook_gives_the_same_figures(workbook):
    rows = wmd.read_wmd_workbook(workbook({"Aluminium": SHEET}), "WMD 2026")
    assert figure(rows, "aluminium", "CHN", 2024).value == 44004600
    assert figure(rows, "aluminium", "RUS", 2023).status == "missing"
    assert figure(rows, "aluminium", "RUS", 2024)[7:12] == (0, None, None, "tonne", "zero")
    assert figure(rows, "aluminium", "WLD", 2024).value == 44004600
    assert wmd.check(rows) == []


def changed(row, column, cell, mark=None):
    sheet = [list(r) for r in SHEET]
    sheet[row - 1][column - 1] = cell
    if mark:
        sheet[row - 1][-1] = mark
    return sheet


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (changed(4, 3, -1), r"sheet 'Aluminium', line 4, column '2023': -1\.0 is negative"),
        (changed(4, 4, "n.a."), r"line 4, column '2024': expected a number or an empty cell, found 'n\.a\.'"),
        (changed(5, 2, "Mio m3"), r"line 5, column 'unit': expected metr\. t or kg, found 'Mio m3'"),
        (changed(5, 5, "x"), r"line 5, column 'data source': expected one of r, e, p, found 'x'"),
        (changed(5, 1, "Rusia"), r"line 5, column 'Country': 'Rusia'"),
        (changed(5, 1, "China"), r"column 'Country': 'China' \(CHN\) stands 2 times"),
        (changed(6, 1, "Russia", "r"), r"column 'Country': 'Russia' \(RUS\) stands 2 times"),
        (changed(6, 1, "India", "r"), r"sheet 'Aluminium', column 'Country': has no row 'Total'"),
        (changed(3, 5, "source"), "line 3: the header lacks data source"),
        (changed(3, 3, "rank"), "line 3, column 'rank': is not a column that is known"),
        (changed(3, 1, "Land"), "no row begins with 'Country'"),
    ],
)
def test_wrong_cells_are_named(workbook, sheet, words):
    with pytest.raises(ChecksFailed, match=words):
        wmd.read_wmd_workbook(workbook({"Aluminium": sheet}), "WMD 2026")


def test_all_offenders_come_at_once(workbook):
    sheet = changed(4, 3, -1)
    sheet[4][3] = "?"
    with pytest.raises(ChecksFailed) as caught:
        wmd.read_wmd_workbook(workbook({"Aluminium": sheet, "Unobtainium": SHEET}), "WMD 2026")
    assert len(caught.value.offenders) == 3
    assert "'Unobtainium': is not the sheet of a commodity" in caught.value.offenders[2]


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 cut off"])
def test_no_workbook(content):
    with pytest.raises(DataError, match="is not an Excel workbook"):
        wmd.read_wmd_workbook(content, "WMD 2026")


def test_no_database(tmp_path):
    file = tmp_path / "text.db"
    file.write_text("this is text, not a database" * 100)
    with pytest.raises(DataError, match="is not an SQLite database"):
        wmd.read_wmd_sqlite(file, "WMD")
    with pytest.raises(DataError, match="does not exist"):
        wmd.read_wmd_sqlite(tmp_path / "none.db", "WMD")


def test_check_finds_duplicates_negatives_and_wrong_totals(rows):
    assert wmd.check(rows) == []
    broken = [r._replace(value=-5.0) if (r.country, r.year) == ("CHN", 2018) else r for r in rows]
    problems = wmd.check([*broken, rows[0]])
    assert any("aluminium AZE 2018 (WMD 2018-2024) stands 2 times" in p for p in problems)
    assert any("gold CHN 2018: -5.0 is negative" in p for p in problems)
    assert any("aluminium 2018: countries sum to" in p and "prints 35,847,390" in p for p in problems)


@pytest.mark.parametrize(("countries", "problems"), [(5_344_560, 0), (5_300_000, 1), (3_839_560, 0), (3_900_000, 1)])
def test_listed_gaps_must_be_the_known_ones(rows, countries, problems):
    """Perlite 2021: the countries are known to add up to 39.20% more than the world total."""
    made = [
        rows[0]._replace(commodity="perlite", country=c, year=2021, value=float(v)) for c, v in (("CHN", countries), ("WLD", 3_839_560))
    ]
    assert len(wmd.check(made)) == problems

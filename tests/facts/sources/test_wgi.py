"""Worldwide Governance Indicators: estimates read by hand, and the quirks of the redistribution."""

from __future__ import annotations

import pytest

from maadin.errors import ChecksFailed, DataError
from maadin.facts.sources import wgi

COLUMNS = ["Country/Territory", "Code", "1996", "2022", "2024", "country_code"]
ESTIMATES = [
    ["Afghanistan", "AFG", "-2.417309522628784", "-2.5508017539978027", "-2.2052112", "4"],
    ["Aruba", "ABW", "nan", "1.4746843576431274", "1.3302095", "533"],
    ["Guyana", "GUY", "0.03840", "0.33146", "0.41202", "328"],
    ["Guyana", "GUY", "-0.2664", "0.02706", "0.41202", "328"],
    ["Europe EFTA, nes", "R20", "nan", "-0.2524", "-0.3218", "697"],
    ["US Misc. Pacific Isds", "PUS", "nan", "1.61947", "None", "849"],
    ["Russian Federation", "RUS", "-1.1778539419174194", "-0.9189954400062561", "-0.9032847", "643"],
]
ERRORS = [[name, code, *("nan" if c in ("nan", "None") else "0.25" for c in years), n] for name, code, *years, n in ESTIMATES]
NORMALISED = [[name, code, "1", "1", "1", n] for name, code, *_, n in ESTIMATES]


def tables(estimates=ESTIMATES, errors=ERRORS, columns=COLUMNS):
    return {"Estimate": [columns, *estimates], "Normalized": [COLUMNS, *NORMALISED], "StdErr": [COLUMNS, *errors]}


@pytest.mark.parametrize(
    ("country", "year", "value"),
    [
        ("RUS", 2022, -0.9189954400062561),
        ("AFG", 2024, -2.2052112),
        ("ABW", 1996, None),
        ("GUF", 2022, 0.33146),  # printed as a first Guyana
        ("GUY", 2022, 0.02706),
        ("GUF", 2024, None),  # both rows print one figure
        ("GUY", 2024, None),
        ("XKX", 2022, -0.2524),  # printed as Europe EFTA
    ],
)
def test_figures(database, country, year, value):
    rows = wgi.read_wgi_sqlite(database(tables()), "WGI 2025")
    assert [r.value for r in rows if (r.country, r.year) == (country, year)] == ([] if value is None else [value])


def test_rows_carry_error_and_release(database):
    rows = wgi.read_wgi_sqlite(database(tables()), "WGI 2025")
    assert len(rows) == 3 + 2 + 2 + 2 + 2 + 3
    assert {r[2:3] + r[4:] for r in rows} == {("political_stability", 0.25, "wb_wgi", "WGI 2025")}


def changed(row, column, cell):
    rows = [list(r) for r in ESTIMATES]
    rows[row][column] = cell
    return rows


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (tables(changed(6, 3, "high")), r"made\.db, table 'Estimate', line 7, column '2022': expected a number, found 'high'"),
        (tables(changed(6, 1, "RUX")), r"line 7, column 'Code': 'RUX'"),
        (tables(changed(6, 1, "AFG")), r"line 7, column '1996': AFG stands twice"),
        (tables(errors=[["Aruba", "ABW", "nan", "-0.2", "0.1", "533"]]), "standard error of ABW 2022 is -0.2"),
        (tables(columns=["Country/Territory", "Kode", *COLUMNS[2:]]), "expected the column Code"),
        ({"Estimate": [COLUMNS, *ESTIMATES]}, "lacks the table StdErr"),
    ],
)
def test_wrong_cells_are_named(database, made, words):
    with pytest.raises(DataError, match=words):
        wgi.read_wgi_sqlite(database(made), "WGI 2025")


def test_all_offenders_come_at_once(database):
    rows = changed(6, 3, "high")
    rows[0][2] = "low"
    with pytest.raises(ChecksFailed) as caught:
        wgi.read_wgi_sqlite(database(tables(rows)), "WGI 2025")
    assert len(caught.value.offenders) == 2

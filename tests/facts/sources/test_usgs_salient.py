"""United States salient statistics and prices, on rows cut from three data releases."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maadin.errors import ChecksFailed
from maadin.facts import catalogue
from maadin.facts.checks import check_rows
from maadin.facts.records import NO_VALUE, Price, SalientFigure
from maadin.facts.sources.files import concordance
from maadin.facts.sources.usgs_salient import (
    AMOUNTS,
    PRICES,
    SKIPPED,
    VARIABLES,
    SalientTables,
    read_mcs_salient,
)

EXCERPTS = Path(__file__).parents[1] / "excerpts" / "usgs_salient"
RELEASES = (2023, 2024, 2025)
ROUNDING = 1e-9  # conversions are one product


def _files(year: int, code: str = "*") -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(EXCERPTS.glob(f"mcs{year}-{code}_salient.csv"))}


def _file(heads: str, *rows: str) -> dict[str, bytes]:
    lines = [f"DataSource,Commodity,Year,{heads}", *rows]
    return {"mcs2025-teste_salient.csv": "\r\n".join(lines).encode()}


@pytest.fixture(scope="module")
def tables() -> dict[int, SalientTables]:
    return {year: read_mcs_salient(_files(year)) for year in RELEASES}


def _figure(tables: Mapping[int, SalientTables], release: int, commodity: str, variable: str, year: int, form: str = "") -> SalientFigure:
    (found,) = (f for f in tables[release].salient if (f.commodity, f.variable, f.form, f.year) == (commodity, variable, form, year))
    return found


def _price(tables: Mapping[int, SalientTables], release: int, commodity: str, item: str, year: int, basis: str = "") -> Price:
    (found,) = (p for p in tables[release].prices if (p.commodity, p.item, p.basis, p.year) == (commodity, item, basis, year))
    return found


def test_aluminium_of_one_release(tables: Mapping[int, SalientTables]) -> None:
    years = range(2020, 2025)
    reliance = [_figure(tables, 2025, "aluminium", "net_import_reliance", y) for y in years]
    assert [f.value for f in reliance] == [38, 40, 52, 44, 47]
    assert {(f.unit, f.release, f.source) for f in reliance} == {("percent", "MCS 2025", "usgs_mcs")}
    primary = [_figure(tables, 2025, "aluminium", "production", y, "primary") for y in years]
    assert [f.value for f in primary] == [1_010_000, 889_000, 861_000, 750_000, 670_000]
    assert (primary[0].unit, primary[0].unit_printed, primary[0].value_printed) == ("tonne", "kt", "1010")
    assert [f.quality for f in primary] == ["reported"] * 4 + ["estimated"]


@pytest.mark.parametrize(
    ("release", "commodity", "variable", "form", "year", "value", "unit"),
    [
        (2025, "rare-earths", "production", "concentrate", 2024, 45_000, "tonne"),
        (2025, "rare-earths", "employment", "", 2024, 570, "person"),  # headed "Employment_"
        (2024, "gallium", "imports", "GaAs", 2023, 150, "tonne"),  # headed "Imports_GaAskg"
        (2024, "gallium", "reported_consumption", "", 2023, 19, "tonne"),  # headed g
        (2025, "germanium", "exports", "GeO2", 2024, 0.12, "tonne"),
        (2025, "palladium", "net_import_reliance", "", 2024, 36, "percent"),
        (2025, "platinum", "production", "", 2024, 2, "tonne"),
        (2025, "rhodium", "imports", "", 2024, 15, "tonne"),
        (2025, "platinum-group", "imports", "iridium", 2024, 1.4, "tonne"),
        (2025, "gold", "reported_consumption", "", 2024, 200, "tonne"),
        (2025, "helium", "production", "extracted from natural gas", 2024, 68, "million m3"),
        (2025, "helium", "shipments", "Grade-A", 2024, 81, "million m3"),
        (2025, "iron-ore", "production", "usable ore", 2024, 48e6, "tonne"),
        (2025, "titanium", "imports", "mineral concentrates", 2024, 600_000, "tonne"),
        (2025, "titanium", "imports", "sponge", 2024, 40_000, "tonne"),
        (2025, "titanium", "production", "pigment", 2024, 850_000, "tonne"),
        (2025, "titanium", "employment", "sponge", 2024, 20, "person"),  # headed t
        (2025, "cobalt", "reported_consumption", "estimated", 2024, 8000, "tonne"),
        (2025, "cobalt", "apparent_consumption", "", 2024, 8500, "tonne"),
        (2024, "copper", "production", "refinery-primary", 2023, 850_000, "tonne"),
        (2025, "potash", "shipments", "marketable", 2024, 440_000, "tonne"),
        (2025, "alumina", "production", "", 2024, 810_000, "tonne"),
        (2025, "bauxite", "reported_consumption", "", 2024, 1_800_000, "tonne"),
        (2025, "kaolin", "exports", "", 2024, 1_600_000, "tonne"),
        (2025, "clays", "production", "", 2024, 26e6, "tonne"),
        (2025, "industrial-diamonds", "imports", "bort, grit and powder", 2024, 230e6, "carat"),
        (2025, "manganese", "shipments", "government stockpile, ore", 2023, None, "tonne"),
        (2025, "mercury", "imports", "metal", 2023, 4, "tonne"),  # headed "Imports_Secondary_t"
        (2025, "dimension-stone", "production", "granite, value", 2024, 86e6, "USD"),
        (2024, "hafnium", "imports", "unwrought", 2023, 68, "tonne"),
        (2024, "iodine", "reported_consumption", "", 2023, 3000, "tonne"),  # the second "Consump_t"
        (2024, "pig-iron", "production", "", 2023, 21e6, "tonne"),
        (2024, "steel", "apparent_consumption", "", 2023, 93e6, "tonne"),  # the second "Consump_mmt"
        (2024, "steel", "other", "continuously cast share", 2023, 100, "percent"),  # the first one
        (2024, "steel", "employment", "mill", 2023, 80_600, "person"),  # headed million tons
    ],
)
def test_amounts_by_commodity_form_and_unit(
    tables: Mapping[int, SalientTables], release: int, commodity: str, variable: str, form: str, year: int, value: float | None, unit: str
) -> None:
    figure = _figure(tables, release, commodity, variable, year, form)
    assert figure.unit == unit
    assert figure.value == (None if value is None else pytest.approx(value, rel=ROUNDING))


@pytest.mark.parametrize(
    ("release", "commodity", "item", "basis", "year", "value", "unit", "per_tonne"),
    [
        (2025, "rare-earths", "Nd2O3", "", 2021, 98, "USD/kg", 98_000),
        (2025, "rare-earths", "TbO2", "", 2024, 810, "USD/kg", 810_000),
        (2025, "aluminium", "Ingot", "", 2024, 130, "US cents/lb", 1.30 / 0.00045359237),
        (2025, "gold", "Gold", "", 2024, 2400, "USD/troy oz", 2400 / 31.1034768e-6),
        (2025, "platinum", "Platinum", "", 2024, 950, "USD/troy oz", 950 / 31.1034768e-6),  # headed dto
        (2025, "platinum-group", "Iridium", "", 2024, 4800, "USD/troy oz", 4800 / 31.1034768e-6),
        (2025, "cobalt", "Cobalt", "LME", 2024, 12, "USD/lb", 12 / 0.00045359237),
        (2024, "copper", "Copper", "COMEX", 2023, 390, "US cents/lb", 3.90 / 0.00045359237),
        (2025, "manganese", "Manganese", "CN CIF", 2024, 5.8, "USD/mtu", None),
        (2024, "tungsten", "WO3", "", 2023, 260, "USD/mtu", None),
        (2025, "titanium", "Rutile", "", 2024, 1310, "USD/t", 1310),  # four equal heads, "Price_dt"
        (2025, "titanium", "Slag", "", 2024, 990, "USD/t", 990),
        (2025, "titanium", "Sponge", "", 2024, 13, "USD/kg", 13_000),
        (2025, "alumina", "Alumina", "", 2024, 570, "USD/t", 570),  # headed kt
        (2025, "niobium", "Ferroniobium", "", 2024, 26, "USD/kg", 26_000),
        (2025, "mercury", "Mercury", "Imports", 2023, 22, "USD/kg", 22_000),  # headed dollars per flask
        (2025, "industrial-diamonds", "Stones", "Imports", 2024, 11, "USD/carat", 11 / 2e-7),  # headed million carats
        (2024, "selenium", "Selenium", "US", 2023, 23, "USD/kg", 23_000),  # headed dollars per pound
        (2024, "zircon", "Zirconium sponge", "CN", 2023, 28, "USD/kg", 28_000),  # headed t
        (2024, "steel", "Producer price index", "", 2023, 325, "index", None),
        (2023, "chromium", "Metal", "Imports", 2021, 8757, "USD/t", 8757),
    ],
)
def test_prices_with_their_unit_in_words_and_per_tonne(
    tables: Mapping[int, SalientTables],
    release: int,
    commodity: str,
    item: str,
    basis: str,
    year: int,
    value: float,
    unit: str,
    per_tonne: float | None,
) -> None:
    price = _price(tables, release, commodity, item, year, basis)
    assert (price.value, price.unit, price.month) == (value, unit, None)
    assert price.usd_per_tonne == (None if per_tonne is None else pytest.approx(per_tonne, rel=ROUNDING))


@pytest.mark.parametrize(
    ("release", "commodity", "variable", "form", "year", "status", "value", "low", "high"),
    [
        (2025, "rare-earths", "net_import_reliance", "compounds-metals", 2024, "value", 80, None, None),
        (2025, "rare-earths", "net_import_reliance", "compounds-metals", 2023, "at_least", 95, 95, None),
        (2025, "rare-earths", "net_import_reliance", "concentrate", 2024, "net_exporter", None, None, None),
        (2025, "tellurium", "net_import_reliance", "", 2024, "at_most", 25, None, 25),
        (2025, "titanium", "production", "sponge", 2024, "withheld", None, None, None),
        (2025, "germanium", "apparent_consumption", "", 2024, "missing", None, None, None),
        (2025, "germanium", "production", "primary", 2024, "zero", 0, None, None),
        (2024, "lead", "imports", "concentrates", 2023, "below_half_unit", 250, 0, 500),
        (2025, "iron-slag", "exports", "", 2024, "at_most", 50_000, None, 50_000),  # "Less than 50,000 tons"
        (2024, "asbestos", "imports", "", 2023, "below_half_unit", 0.25, 0, 0.5),  # a footnote printed as -4
        (2024, "tellurium", "exports", "", 2020, "below_half_unit", 0.25, 0, 0.5),  # -2
        (2025, "industrial-diamonds", "exports", "stones", 2022, "at_most", 500, None, 500),  # -4
        (2025, "niobium", "shipments", "government stockpile", 2020, "value", -88, None, None),
    ],
)
def test_status_says_why_there_is_no_plain_figure(
    tables: Mapping[int, SalientTables],
    release: int,
    commodity: str,
    variable: str,
    form: str,
    year: int,
    status: str,
    value: float | None,
    low: float | None,
    high: float | None,
) -> None:
    figure = _figure(tables, release, commodity, variable, year, form)
    assert (figure.status, figure.value, figure.low, figure.high) == (status, value, low, high)


def test_a_misprinted_cell_is_kept_beside_its_reading(tables: Mapping[int, SalientTables]) -> None:
    figure = _figure(tables, 2024, "asbestos", "imports", 2023)
    assert figure.value_printed == "-4"
    assert "footnote" in figure.note
    price = _price(tables, 2024, "asbestos", "Asbestos", 2023, "Customs")
    assert (price.status, price.value_printed, price.usd_per_tonne) == ("missing", "0", None)


def test_words_stand_in_the_note(tables: Mapping[int, SalientTables]) -> None:
    price = _price(tables, 2025, "dimension-stone", "Granite", 2024)
    assert (price.status, price.note) == ("described", "Variable, depending on type of product")


def test_an_estimate_marked_in_the_cell(tables: Mapping[int, SalientTables]) -> None:
    figure = _figure(tables, 2024, "copper", "production", 2022, "post-consumer")
    assert (figure.value, figure.quality, figure.value_printed) == (150_000, "estimated", "e150")


def test_a_revised_price_stands_in_both_releases(tables: Mapping[int, SalientTables]) -> None:
    assert [_price(tables, r, "rare-earths", "Nd2O3", 2021).value for r in (2023, 2025)] == [49, 98]


@pytest.mark.parametrize(
    ("form", "variable", "value"),
    [
        ("mine", "production", 270e3),
        ("mine, recoverable", "production", 260e3),
        ("refinery primary", "production", 0),
        ("refinery secondary", "production", 1_000e3),
        ("metal", "imports", 570e3),
        ("concentrates", "exports", 270e3),
        ("metal", "exports", 25e3),
        ("", "apparent_consumption", 1_600e3),
        ("", "net_import_reliance", 35),
    ],
)
def test_lead_whose_heads_are_mixed_up(tables: Mapping[int, SalientTables], form: str, variable: str, value: float) -> None:
    assert _figure(tables, 2024, "lead", variable, 2023, form).value == value


def test_lead_whose_heads_are_right(tables: Mapping[int, SalientTables]) -> None:
    """MCS 2023 has the same heads for some columns, and means them; only its consumption is in thousand tons."""
    assert _figure(tables, 2023, "lead", "production", 2022, "refinery secondary").value == 950e3
    assert _figure(tables, 2023, "lead", "imports", 2022, "metal").value == 700e3
    assert _figure(tables, 2023, "lead", "apparent_consumption", 2022).value == 1_600e3
    assert [_price(tables, r, "lead", "Lead", 2022, "North American").value for r in (2023, 2024)] == [115, 116.5]


def test_figures_that_stand_a_column_beside_their_heads(tables: Mapping[int, SalientTables]) -> None:
    assert _figure(tables, 2024, "feldspar", "apparent_consumption", 2022, "feldspar").value == 810e3
    assert _figure(tables, 2024, "feldspar", "employment", 2022).value == 220
    assert _figure(tables, 2024, "feldspar", "net_import_reliance", 2022, "nepheline syenite").status == "at_least"
    assert _price(tables, 2024, "feldspar", "Nepheline syenite", 2022).value == 183
    assert _figure(tables, 2024, "fluorspar", "imports", 2022, "acid").value == 438e3
    assert _figure(tables, 2024, "fluorspar", "exports", 2022).value == 24e3
    assert _price(tables, 2024, "fluorspar", "Metallurgical", 2022).value == 223


def test_files_and_columns_left_out_are_named(tables: Mapping[int, SalientTables]) -> None:
    assert [s.split(":")[0] for s in tables[2024].skipped] == [
        "mcs2024-cobal_salient.csv",
        "mcs2024-felds_salient.csv, column 'Consump_Feldspar_kt'",
        "mcs2024-fepig_salient.csv",
        "mcs2024-fluor_salient.csv, column 'USprod_Metallurgical_kt'",
    ]
    assert "world table" in tables[2024].skipped[0]
    assert all(s.split(": ", 1)[1] for year in RELEASES for s in tables[year].skipped)


@pytest.mark.parametrize("year", RELEASES)
def test_every_cell_is_a_row_or_left_out_by_name(tables: Mapping[int, SalientTables], year: int) -> None:
    skipped = tables[year].skipped
    cells = 0
    for name, content in _files(year).items():
        if any(s.startswith(f"{name}:") for s in skipped):
            continue
        heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        filled = [at for at, head in enumerate(heads) if at > 2 and (head or any(at < len(r) and r[at].strip() for r in rows))]
        cells += len(rows) * (len(filled) - sum(s.startswith(f"{name},") for s in skipped))
    assert len(tables[year].salient) + len(tables[year].prices) == cells


@pytest.mark.parametrize("year", RELEASES)
def test_rows_keep_the_rules_of_the_tables(tables: Mapping[int, SalientTables], year: int) -> None:
    assert check_rows("salient", tables[year].salient) == []
    assert check_rows("prices", tables[year].prices) == []
    rows: list[SalientFigure | Price] = [*tables[year].salient, *tables[year].prices]
    for row in rows:
        assert row.release == f"MCS {year}"
        assert (row.value is None) == (row.status in NO_VALUE)
        assert row.quality == "estimated" or row.year < year - 1


def test_a_later_release_with_shifted_years() -> None:
    files = {
        name.replace("2025", "2026"): _shifted(content)
        for name, content in _files(2025).items()
        if not name.startswith("mcs2025-diamo")  # its misprints are of one release
    }
    later, now = read_mcs_salient(files), read_mcs_salient({n: c for n, c in _files(2025).items() if "diamo" not in n})
    assert {f.release for f in later.salient} | {p.release for p in later.prices} == {"MCS 2026"}
    assert [f._replace(release="", note="") for f in later.salient] == [
        f._replace(release="", note="", year=f.year + 1) for f in now.salient
    ]
    assert [p.usd_per_tonne for p in later.prices] == [p.usd_per_tonne for p in now.prices]


def _shifted(content: bytes) -> bytes:
    text = content.decode("utf-8-sig").replace("MCS2025", "MCS2026")
    for year in range(2024, 2019, -1):
        text = text.replace(f",{year},", f",{year + 1},")
    return text.encode()


def test_all_heads_not_known_are_named() -> None:
    files = _file("USprod_t,Recovered_t,Imports_furlongs,Price_dt,Price_peck", "MCS2025,Copper,2024,1,2,3,4,5")
    with pytest.raises(ChecksFailed, match="Recovered_t") as caught:
        read_mcs_salient(files)
    assert len(caught.value.offenders) == 3
    assert all("line 1" in o for o in caught.value.offenders)
    assert "Imports_furlongs" in str(caught.value)
    assert "Price_peck" in str(caught.value)


@pytest.mark.parametrize(
    ("heads", "row", "words"),
    [
        ("USprod_t", "MCS2025,Unobtainium,2024,1", "which commodity 'Unobtainium' is"),
        ("USprod_t", "MCS2025,Copper,2024e,1", "'2024e'"),
        ("USprod_t", "Yearbook,Copper,2024,1", "'Yearbook'"),
        ("USprod_t", "MCS2025,Copper,2024,1.2.3", "line 2, column 'USprod_t'"),
        ("Imports_t", "MCS2025,Copper,2024,-4", "negative"),
        ("USprod_t,USprod_t", "MCS2025,Copper,2024,1,2", "USprod_t #2"),
        ("USprod_t,", "MCS2025,Copper,2024,1,2", "no head"),
        ("USprod_Mine_t,USprod_mine_kt", "MCS2025,Copper,2024,1,2", "copper production mine 2024 stands 2 times"),
        ("NIR_Refined", "MCS2025,Copper,2024,1", "NIR_Refined"),
    ],
)
def test_what_cannot_be_read_is_said(heads: str, row: str, words: str) -> None:
    with pytest.raises(ChecksFailed) as caught:
        read_mcs_salient(_file(heads, row))
    assert words in str(caught.value)


def test_files_of_two_releases_are_not_mixed() -> None:
    with pytest.raises(ChecksFailed, match="MCS 2024, MCS 2025"):
        read_mcs_salient(_files(2025, "alumi") | _files(2024, "galli"))


def test_a_file_of_another_kind() -> None:
    with pytest.raises(ChecksFailed, match="expected the columns DataSource"):
        read_mcs_salient({"x.csv": b"a,b,c,d\n1,2,3,4\n"})
    with pytest.raises(ChecksFailed, match="is empty"):
        read_mcs_salient({"x.csv": b""})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings_in_use(encoding: str) -> None:
    text = "DataSource,Commodity,Year,Imports_t,Price_Range_dt\nMCS2025,Copper,2024,Less than ½ unit.,50–300\n,,,,\n"
    made = read_mcs_salient({"mcs2025-coppe_salient.csv": text.encode(encoding)})
    assert made.salient[0].status == "below_half_unit"
    assert (made.prices[0].low, made.prices[0].value, made.prices[0].high) == (50, 175, 300)
    assert made.prices[0].basis == "Range"


@given(value=st.integers(min_value=1, max_value=10**7), unit=st.sampled_from(["t", "kt", "mmt", "kg"]), year=st.integers(2000, 2024))
def test_amounts_scale_with_the_unit_of_the_head(value: int, unit: str, year: int) -> None:
    made = read_mcs_salient(_file(f"Imports_Refined_{unit}", f"MCS2025,Copper,{year},{value}"))
    (figure,) = made.salient
    assert figure.value == pytest.approx(value * AMOUNTS[unit][1], rel=ROUNDING)
    assert (figure.unit, figure.unit_printed, figure.form) == ("tonne", unit, "refined")
    assert (figure.quality == "estimated") == (year == 2024)


@given(price=st.integers(min_value=1, max_value=10**6))
def test_a_price_is_the_same_whatever_its_mass_unit(price: int) -> None:
    heads = "Price_A_dt,Price_B_dkg,Price_C_dlb,Price_D_ctslb,Price_E_dtoz"
    cells = [price, price / 1000, price * 0.00045359237, price * 0.045359237, price * 31.1034768e-6]
    made = read_mcs_salient(_file(heads, f"MCS2025,Copper,2024,{','.join(f'{c:.14f}' for c in cells)}"))
    assert [p.usd_per_tonne for p in made.prices] == pytest.approx([price] * 5, rel=1e-8)  # fourteen decimals


def test_the_list_is_well_formed() -> None:
    for line in concordance("usgs_salient.csv"):
        assert line["printed"]
        assert line["head"]
        assert line["commodity"] in catalogue.commodities().keys() | {"", SKIPPED}
        if line["year"]:
            assert line["text"] and line["why"] and line["release"] != "*"
        elif line["head"] == "*":
            assert line["commodity"]
        elif line["variable"] == SKIPPED:
            assert line["why"]
        else:
            assert line["variable"] in VARIABLES
            assert line["unit"] in (PRICES if line["variable"] == "price" else AMOUNTS)
    whole = [(r["release"], r["printed"].casefold(), r["head"].casefold(), r["with"], r["year"]) for r in concordance("usgs_salient.csv")]
    assert len(whole) == len(set(whole))

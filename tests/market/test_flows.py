"""Flows with a quantity each and how far it is trusted; raw figures that nothing contradicts come back bit by bit.

Tolerance: ROUNDING, relative, of a sum and a division.
"""

from __future__ import annotations

import duckdb
import pytest

from maadin.facts import selection
from maadin.facts.series import Series
from maadin.facts.store import Store, shipped_folder
from maadin.market.assembly import assemble
from maadin.market.flows import DOUBTED, IMPUTED, SMALL, UNFLAGGED, Flow, Traded, traded

ROUNDING = 1e-12
YEAR = 2020


def series(code: str = "760110", **fields) -> Series:
    given = {
        "id": "baci-hs92-v1", "source": "baci", "release": "BACI V1", "hs_revision": "HS92", "digits": 6, "valuation": "fob",
        "coverage": "all flows", "years": (2010, 2024), "codes": {code: (2010, 2024)},
    }  # fmt: skip
    return Series(**given | fields)


def row(exporter: str, importer: str, usd: int, kilograms: int | None, flag: str = "", year: int = YEAR, **fields):
    given = {"series": "baci-hs92-v1", "hs6": "760110"} | fields
    return (given["series"], year, given["hs6"], exporter, importer, usd, kilograms, flag)


@pytest.fixture
def flows(made_store):
    """Flows of refined aluminium of 2020 by (exporter, importer)."""

    def of(*rows, prices=(), **fields) -> dict[tuple[str, str], Flow]:
        found = traded(made_store(series=[series(**fields)], trade=rows, prices=prices), selection.market("aluminium", "refined"), YEAR)
        return {(f.exporter, f.importer): f for f in found.flows}

    return of


def seen(flow: Flow) -> tuple[float | None, float, float, str]:
    return flow.printed_t, pytest.approx(flow.gross_t, rel=ROUNDING), flow.error, flow.reason


# Norway sells 2 t for 4000 and 2 t for 6000: 2500 USD/t
OWN = (row("NOR", "SWE", 4000, 2000), row("NOR", "DEU", 6000, 2000))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (row("NOR", "FRA", 5000, None, "no_quantity"), (None, 2.0, IMPUTED, "no_quantity")),
        (row("NOR", "FRA", 5000, 0, "no_quantity"), (None, 2.0, IMPUTED, "no_quantity")),
        (row("NOR", "FRA", 5000, 400_000, "unit_value_low"), (400.0, 2.0, IMPUTED, "unit_value")),
        (row("NOR", "FRA", 5000, 10, "unit_value_high"), (0.01, 2.0, IMPUTED, "unit_value")),
        (row("NOR", "FRA", 5, 700, "too_small"), (0.7, 0.7, SMALL, "")),
        (row("NOR", "FRA", 5000, 1900), (1.9, 1.9, UNFLAGGED, "")),
        (row("ISL", "FRA", 5000, None, "no_quantity"), (None, 2.0, IMPUTED, "no_quantity")),  # no unit value of its own: the world's
        (row("ISL", "FRA", 5000, 10, "unit_value_high"), (0.01, 0.01, DOUBTED, "")),  # nothing of its own to correct it by
    ],
)
def test_a_quantity_and_its_trust_by_hand(flows, asked, expected) -> None:
    found = flows(*OWN, asked)
    assert seen(found[asked[3], "FRA"]) == expected
    assert found[asked[3], "FRA"].value_usd == asked[5]
    assert seen(found["NOR", "SWE"]) == (2.0, 2.0, UNFLAGGED, "")


def test_what_is_no_flow_between_countries_is_left_out(flows) -> None:
    found = flows(*OWN, row("WLD", "FRA", 9, 9), row("FRA", "FRA", 9, 9), row("FRA", "SWE", 0, 9))
    assert set(found) == {("NOR", "SWE"), ("NOR", "DEU")}


@pytest.mark.parametrize(("good", "tonnes"), [(2500, 10_000 / 2500), (2400, 10_000 / 1000)], ids=["a fifth", "less"])
def test_an_exporters_unit_value_needs_a_fifth_of_its_trade(flows, good: int, tonnes: float) -> None:
    """Iceland's good flow (at 2500 USD/t) is a fifth of its value or less; then the world's 1000 USD/t answers."""
    found = flows(row("ISL", "SWE", good, good * 1000 // 2500), row("ISL", "FRA", 10_000, None), row("NOR", "SWE", 10**9, 10**9))
    if good == 2400:
        assert found["ISL", "FRA"].gross_t == pytest.approx(tonnes, rel=1e-5)  # Iceland's own flow is part of the world
    else:
        assert found["ISL", "FRA"].gross_t == pytest.approx(tonnes, rel=ROUNDING)


def beside(year: int, usd_per_t: int):
    return row("ISL", "SWE", usd_per_t, 1000, year=year)


@pytest.mark.parametrize(
    ("others", "prices", "unit_value"),
    [
        ([(2019, 1000)], {}, 1000),
        ([(2019, 1000), (2021, 3000)], {}, 2000),  # both neighbours
        ([(2018, 9000), (2021, 3000)], {}, 3000),  # the nearest year
        ([(2019, 1000)], {2019: 1500, 2020: 3000}, 2000),  # moved with the price
        ([(2019, 1000), (2021, 3000)], {2019: 1500, 2020: 3000}, 2500),  # where a price reaches
    ],
)
def test_unit_values_of_years_beside(flows, price, others, prices, unit_value) -> None:
    found = flows(row("ISL", "FRA", 18_000, None), *(beside(*o) for o in others), prices=[price(*p) for p in prices.items()])
    assert found["ISL", "FRA"].gross_t == pytest.approx(18_000 / unit_value, rel=ROUNDING)


def test_years_far_off_count_only_with_a_price_and_only_where_no_tonnes_are_near(flows, price) -> None:
    far = row("ISL", "SWE", 1000, 1000, year=YEAR - 6)
    asked = row("ISL", "FRA", 18_000, None)
    assert flows(asked, far) == {}
    carried = flows(asked, far, prices=[price(YEAR - 6, 1500), price(YEAR, 3000)])
    assert carried["ISL", "FRA"].gross_t == pytest.approx(9.0, rel=ROUNDING)
    near = row("NOR", "SWE", 20_000, 20_000)
    assert flows(asked, far, near)["ISL", "FRA"].gross_t == pytest.approx(18.0, rel=ROUNDING)  # the world's of the year


def flagged(year: int, usd_per_t: int, flag: str = "unit_value_high"):
    return row("NOR", "JPN", usd_per_t, 1000, flag, year=year)


@pytest.mark.parametrize(
    ("listed", "kept"),
    [
        ([(2019, 20_000), (2020, 30_000), (2021, 25_000)], True),  # three years, within twice the median
        ([(2018, 20_000), (2020, 30_000), (2023, 25_000)], True),  # not the years right beside
        ([(2019, 20_000), (2020, 30_000)], False),  # two years
        ([(2016, 20_000), (2019, 25_000), (2020, 30_000)], False),  # one of the three is too far off
        ([(2019, 10_000), (2020, 30_000), (2021, 12_000)], False),  # out of line with its usual one
        ([(2019, 90_000), (2020, 90_000), (2021, 90_000)], False),  # 36 times the world's: no grade of aluminium
        ([(2019, 20_000), (2020, 30_000), (2021, 100, "unit_value_low")], False),  # a mistake in both directions
    ],
)
def test_a_route_that_trades_another_grade_for_years_keeps_its_quantity(flows, listed, kept: bool) -> None:
    base = [row("NOR", "SWE", 2_500_000, 1_000_000, year=y) for y in range(2016, 2025)]
    found = flows(*base, *(flagged(*entry) for entry in listed))["NOR", "JPN"]
    usd = next(entry[1] for entry in listed if entry[0] == YEAR)
    assert seen(found) == ((1.0, 1.0, DOUBTED, "") if kept else (1.0, usd / 2500, IMPUTED, "unit_value"))


@pytest.mark.parametrize(("others", "kept"), [((2021, 2022), True), ((2017, 2021, 2022), False)], ids=["most", "half"])
def test_another_grade_shows_in_most_years_of_the_route(flows, others: tuple[int, ...], kept: bool) -> None:
    """Three years are flagged; in two or three others the route carries 40 t at an ordinary 2500 USD/t."""
    ordinary = [row("NOR", "JPN", 100_000, 40_000, year=y) for y in others]
    found = flows(*OWN, *(flagged(y, 25_000) for y in (2018, 2019, 2020)), *ordinary)["NOR", "JPN"]
    assert seen(found) == ((1.0, 1.0, DOUBTED, "") if kept else (1.0, 10.0, IMPUTED, "unit_value"))


@pytest.mark.parametrize(
    ("usual", "kept"),
    [
        ({2019: 1000, 2021: 1000}, True),
        ({2019: 600, 2021: 1900}, True),  # within twice their median of 1250
        ({2019: 1000}, False),  # one year tells nothing
        ({2019: 400, 2021: 400}, False),
        ({2019: 2100, 2022: 2100}, False),
    ],
)
def test_a_quantity_that_the_route_carries_in_other_years_stays(flows, usual, kept: bool) -> None:
    """A tonne for 30000 USD, twelve times the usual: is it the dollars or the tonnes?"""
    found = flows(*OWN, flagged(2020, 30_000), *(row("NOR", "JPN", 2500, kg, year=y) for y, kg in usual.items()))["NOR", "JPN"]
    assert seen(found) == ((1.0, 1.0, DOUBTED, "") if kept else (1.0, 12.0, IMPUTED, "unit_value"))


def asked_of(made_store, listed: list[Series], rows: list[tuple], commodity: str = "aluminium", stage: str = "refined") -> Traded:
    return traded(made_store(series=listed, trade=rows), selection.market(commodity, stage), YEAR)


def test_a_series_of_all_flows_answers_before_one_of_the_largest(made_store) -> None:
    largest = series(id="baci-hs17-v1", hs_revision="HS17", coverage="largest partners", years=(2017, 2024), codes={"760110": (2017, 2024)})
    rows = [row("NOR", "SWE", 100, 100), row("NOR", "SWE", 999, 999, series="baci-hs17-v1")]
    both = asked_of(made_store, [series(), largest], rows)
    assert ([f.value_usd for f in both.flows], both.partial) == ([100], ())
    alone = asked_of(made_store, [largest], rows)
    assert ([f.value_usd for f in alone.flows], alone.partial) == ([999], ("760110",))
    complete = asked_of(made_store, [series(**largest.as_json() | {"complete_years": (YEAR,), "codes": {"760110": (2017, 2024)}})], rows)
    assert complete.partial == ()


def test_codes_at_hand_missing_and_imputed(made_store) -> None:
    found = asked_of(made_store, [series()], [*OWN])
    assert [c.code for c in found.codes] == ["760110"]
    assert [c.code for c in found.missing] == ["760120"]
    assert found.imputed == ()
    assert found.releases == (("baci", "BACI V1"),)
    by_value = asked_of(made_store, [series()], [row("NOR", "SWE", 100, None), beside(2019, 2500)])
    assert by_value.imputed == ("760110",)
    nothing = asked_of(made_store, [series()], [row("NOR", "SWE", 100, 100, year=2015)])
    assert (nothing.flows, [c.code for c in nothing.missing]) == ((), ["760110", "760120"])


def test_goods_that_two_revisions_number_differently_count_once(made_store) -> None:
    """Natural borates: 252800 of newer revisions of the Harmonized System is 252890 of 1992."""
    codes = {c.code: c.same_as for c in selection.market("boron", "mine").stage.hs6}
    twin, first = next((code, same) for code, same in codes.items() if same)
    listed = [series(first), series(twin, id="baci-hs17-v1", hs_revision="HS17", coverage="largest partners")]
    rows = [row("TUR", "CHN", 100, 100, hs6=first), row("TUR", "CHN", 100, 100, hs6=twin, series="baci-hs17-v1")]
    found = asked_of(made_store, listed, rows, "boron", "mine")
    assert [f.code for f in found.flows] == [first]
    assert twin not in {c.code for c in found.missing}


def raw(code: str, exporter: str, importer: str, year: int) -> list[tuple]:
    """Value, kilograms and flag as they stand in the shipped table, asked without the package."""
    with duckdb.connect() as connection:
        return connection.execute(
            """select value_usd, quantity_kg, flag from read_parquet(?) where hs6 = ? and exporter = ? and importer = ? and year = ?
            and series like 'baci-hs92%'""",
            [str(shipped_folder() / "trade.parquet"), code, exporter, importer, year],
        ).fetchall()


def test_the_flagged_flow_from_russia_to_the_united_states_in_2016() -> None:
    """955 million USD for 723 thousand tonnes is 1321 USD/t, 21% below what Russia got elsewhere: 1,968,579,002 USD for 1,183,278.654 t."""
    assert raw("760110", "RUS", "USA", 2016) == [(955_397_883, 723_296_047, "unit_value_low")]
    market = selection.market("aluminium", "refined")
    found = {(f.exporter, f.importer): f for f in traded(Store([shipped_folder()]), market, 2016).flows}["RUS", "USA"]
    tonnes = 955_397_883 / (1_968_579_002 / 1_183_278.654)
    assert seen(found) == (723_296.047, tonnes, IMPUTED, "unit_value")
    assert tonnes == pytest.approx(574_273, abs=1)
    b = assemble("aluminium", 2016)
    assert b.trade_t[b.position("RUS"), b.position("USA")] == pytest.approx(tonnes, rel=ROUNDING)
    assert [(a.before, a.reason) for a in b.log if (a.item, a.country, a.partner) == ("trade", "RUS", "USA")] == [
        (723_296.047, "unit_value")
    ]


# Value and kilograms read from the table, and the tonnes of content in a gross tonne that the catalogue assumes
@pytest.mark.parametrize(
    ("commodity", "stage", "year", "exporter", "importer", "code", "usd", "kilograms", "content"),
    [
        ("aluminium", "refined", 2024, "CAN", "USA", "760110", 4_696_086_270, 1_730_046_042, 1.0),
        ("aluminium", "refined", 2005, "RUS", "USA", "760110", 1_264_205_470, 531_157_414, 1.0),
        ("bauxite", "mine", 2021, "GIN", "CHN", "260600", 2_702_619_224, 54_739_270_000, 1.0),
        ("petroleum", "mine", 2022, "SAU", "CHN", "270900", 64_971_514_536, 87_488_520_000, 1.0),
        ("zircon", "mine", 2019, "AUS", "CHN", "261510", 13_742_979, 9_476_000, 1.0),
        ("copper", "mine", 2018, "CHL", "CHN", "260300", 9_482_538_238, 5_806_043_000, 0.26),
        ("antimony", "mine", 2021, "TJK", "CHN", "261710", 9_396_913, 1_540_495, 0.52),
    ],
)  # fmt: skip
def test_figures_that_nothing_contradicts_come_back_bit_by_bit(
    commodity, stage, year, exporter, importer, code, usd, kilograms, content
) -> None:
    assert raw(code, exporter, importer, year) == [(usd, kilograms, "")]
    b = assemble(commodity, year, stage)
    assert code in b.codes
    moved = [a for a in b.log if a.country == exporter and ((a.partner == importer and a.code == code) or a.item == "content factor")]
    assert moved == []
    at = b.position(exporter), b.position(importer)
    assert b.trade_t[at] == content * (kilograms / 1000)
    assert b.value_usd[at] == pytest.approx(usd, rel=ROUNDING)

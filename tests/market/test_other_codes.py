"""Exports in codes that are not at hand, from headings: a world of a few flows by hand.

Tolerance: ROUNDING, relative, of a few products and divisions.

The heading 7601 of 2022 is worth 1000 USD for 500 t, so half a tonne a dollar; alloyed metal (760120, missing) holds 0.9 t. Norway sells it
for 300 USD, of which 100 under 760110: 200 USD are beyond, 90 t of content. Its output is 250 t, 50 t of it explained by the 100 USD under 760110;
of the other 200 t 90 leave, 45%, and it lives from exports (140 of 250 t), so others are taken to be like it.
"""

from __future__ import annotations

import pytest

from maadin.facts import selection
from maadin.facts.series import Series
from maadin.facts.store import Store, shipped_folder
from maadin.market.flows import traded
from maadin.market.other_codes import MOST_GROWN, NONE, OtherCodes, other_codes
from maadin.market.output import outputs

ROUNDING = 1e-12
OUTPUT = {"NOR": 250.0, "ISL": 40.0, "BHR": 60.0}
LEAVING = 0.45


def series(code: str, digits: int) -> Series:
    first = 2022 if digits == 4 else 2010
    return Series(
        id=f"baci-hs{92 if digits == 6 else 22}-v1", source="baci", release="BACI V1", hs_revision="HS92", digits=digits, valuation="fob",
        coverage="all flows" if digits == 6 else "largest flows", years=(first, 2022), codes={code: (first, 2022)},
    )  # fmt: skip


HEADING, COVERED = series("7601", 4), series("760110", 6)
TRADE = [
    (HEADING.id, 2022, "7601", "WLD", "WLD", 1000, 500_000, ""),
    (HEADING.id, 2022, "7601", "NOR", "DEU", 300, None, ""),
    (HEADING.id, 2022, "7601", "DEU", "ISL", 40, None, ""),  # puts Iceland among the countries of the list, as an importer
    (COVERED.id, 2022, "760110", "NOR", "DEU", 100, 50_000, ""),
]


@pytest.fixture
def read(made_store, quantity):
    def of(year: int = 2022, output: dict[str, float] | None = None, trade=TRADE, listed=(HEADING, COVERED)) -> OtherCodes:
        given = OUTPUT if output is None else output
        rows = [quantity(c, v, year=2022) for c, v in OUTPUT.items()]
        market = selection.market("aluminium", "refined")
        missing = tuple(c for c in market.stage.hs6 if c.code == "760120")
        return other_codes(made_store(series=listed, trade=trade, production=rows), market, missing, year, given)

    return of


def test_what_a_heading_holds_beyond_the_covered_code_by_hand(read) -> None:
    found = read()
    assert (found.codes, found.year) == (("760120",), 2022)
    # The world total leaves 1000 - 340 USD, 297 t, beyond the list: enough for Iceland's 45% of 40 t. Bahrain is in no list: 45% of 60 t
    by_hand = {"NOR": 90.0, "DEU": 18.0, "ISL": LEAVING * 40, "BHR": LEAVING * 60}
    assert found.exports == {c: pytest.approx(v, rel=ROUNDING) for c, v in by_hand.items()}
    assert found.imports == {"DEU": pytest.approx(90, rel=ROUNDING), "ISL": pytest.approx(18, rel=ROUNDING)}
    assert found.basis == {"NOR": "heading", "DEU": "heading", "ISL": "remainder of heading", "BHR": "like other producers"}
    spread = {"NOR": 0.15, "DEU": 0.15, "ISL": 0.3, "BHR": 0.3}
    assert found.deviation == {c: pytest.approx(spread[c] * by_hand[c], rel=ROUNDING) for c in by_hand}


def test_exports_are_net_of_imports_and_not_below_zero(read) -> None:
    found = read()
    nets = {c: found.net(c) for c in ("NOR", "DEU", "ISL", "BHR", "FRA")}
    assert nets == {c: pytest.approx(v, abs=1e-9) for c, v in {"NOR": 90, "DEU": 0, "ISL": 0, "BHR": 27, "FRA": 0}.items()}


def test_the_remainder_of_the_heading_limits_those_within_it(read) -> None:
    """A world total of 350 USD for 175 t leaves 10 USD, 4.5 t, for Iceland's 18."""
    found = read(trade=[(HEADING.id, 2022, "7601", "WLD", "WLD", 350, 175_000, ""), *TRADE[1:]])
    assert found.exports["ISL"] == pytest.approx(4.5, rel=ROUNDING)
    assert found.exports["BHR"] == pytest.approx(LEAVING * 60, rel=ROUNDING)


@pytest.mark.parametrize(
    ("made", "growth"), [(125.0, 0.5), (250.0, 1.0), (400.0, 1.6), (2500.0, MOST_GROWN), (0.0, 0.0)], ids=lambda v: f"{v:g}"
)
def test_years_without_headings_take_the_nearest_grown_with_output(read, made: float, growth: float) -> None:
    found = read(2020, OUTPUT | {"NOR": made})
    assert found.year == 2022
    assert found.exports["NOR"] == pytest.approx(90 * growth, rel=ROUNDING)
    assert found.deviation["NOR"] == pytest.approx(0.4 * 90 * growth, rel=ROUNDING)
    assert found.exports["BHR"] == pytest.approx(LEAVING * 60, rel=ROUNDING)
    assert set(found.basis.values()) == {"nearest year"}


def test_without_headings_nothing_is_known(read) -> None:
    found = read(listed=(COVERED,))
    assert (found.exports, found.codes, found.year) == ({}, ("760120",), None)
    assert (NONE.exports, NONE.net("NOR")) == ({}, 0.0)


def test_a_published_total_stands_in_for_a_heading(read) -> None:
    found = read(listed=(COVERED,)).published("USA", 100.0, 30.0)
    assert (found.net("USA"), found.deviation, found.basis) == (70.0, {"USA": 30.0}, {"USA": "published total"})
    assert read().published("USA", 100.0, 30.0).exports["NOR"] == read().exports["NOR"]


def test_the_united_arab_emirates_in_the_shipped_heading() -> None:
    """2024: the heading lists exports worth more than 760110 alone; the emirates sell some three fifths of their metal alloyed."""
    store, market = Store([shipped_folder()]), selection.market("aluminium", "refined")
    made = {c: o.value_t for c, o in outputs(store, market, 2024, {}).items()}
    found = other_codes(store, market, traded(store, market, 2024).missing, 2024, made)
    assert (found.basis["ARE"], found.year) == ("heading", 2024)
    assert 0.5 < found.net("ARE") / made["ARE"] < 0.75
    assert {c for c, b in found.basis.items() if b == "like other producers"} >= {"BHR", "NOR"}

"""Output by country with how firmly it is known: printed, from the other source, from the nearest year, guessed, or laid out of "others".

Tolerance: ROUNDING, relative, of a product.
"""

from __future__ import annotations

import pytest

from maadin.facts import selection
from maadin.facts.store import Store, shipped_folder
from maadin.market.output import Output, outputs

ROUNDING = 1e-12
YEAR = 2020
MCS = {"source": "usgs_mcs", "release": "MCS 2025"}


@pytest.fixture
def found(made_store):
    """Output of refined aluminium in 2020 from rows, as (tonnes, deviation, basis) by country."""

    def of(*rows, net_exports=None) -> dict[str, tuple[float, float, str]]:
        made = outputs(made_store(production=rows), selection.market("aluminium", "refined"), YEAR, net_exports or {})
        return {c: (pytest.approx(o.value_t, rel=ROUNDING), pytest.approx(o.deviation_t, rel=ROUNDING), o.basis) for c, o in made.items()}

    return of


def test_printed_figures_by_how_firm_the_source_calls_them(found, quantity) -> None:
    rows = [quantity("NOR", 200.0), quantity("ISL", 100.0, quality="estimated"), quantity("DEU", 0.0), quantity("WLD", 300.0)]
    assert found(*rows) == {"NOR": (200, 10, "printed"), "ISL": (100, 10, "printed"), "DEU": (0, 0, "printed")}


@pytest.mark.parametrize(
    ("beside", "deviation"),
    [
        (104.0, 5.0),  # half the distance is less than the usual error
        (120.0, 10.0),
        (80.0, 10.0),
        (500.0, 50.0),  # no wider than half the figure
        (0.0, 50.0),
    ],
)
def test_two_sources_that_differ_widen_the_deviation(found, quantity, beside: float, deviation: float) -> None:
    assert found(quantity("NOR", 100.0), quantity("NOR", beside, **MCS)) == {"NOR": (100, deviation, "printed")}


@pytest.mark.parametrize("status", ["missing", "withheld", "not_applicable", "included_elsewhere"])
def test_a_figure_that_is_not_printed_comes_from_the_other_source(found, quantity, status: str) -> None:
    blank = quantity("NOR", None, status=status)
    year_before = quantity("NOR", 70.0, year=YEAR - 1)
    assert found(blank, year_before, quantity("NOR", 80.0, **MCS)) == {"NOR": (80, 8, "other source")}


@pytest.mark.parametrize(
    ("years", "tonnes"),
    [
        ({2019: 70.0}, 70),
        ({2017: 40.0, 2022: 50.0}, 50),
        ({2019: 60.0, 2021: 90.0}, 60),  # the earlier of two as near
        ({2018: 30.0, 2019: None}, 30),
    ],
)
def test_then_from_the_nearest_year_of_its_own_source(found, quantity, years, tonnes: float) -> None:
    rows = [quantity("NOR", None, status="withheld"), *(quantity("NOR", v, year=y) for y, v in years.items())]
    assert found(*rows, quantity("DEU", 1.0)) == {"NOR": (tonnes, 0.3 * tonnes, "nearest year"), "DEU": (1, 0.05, "printed")}


@pytest.mark.parametrize(("net", "tonnes"), [(25.0, 25), (-25.0, 0)])
def test_then_it_is_what_the_country_exports_net(found, quantity, net: float, tonnes: float) -> None:
    assert found(quantity("NOR", None), net_exports={"NOR": net}) == {"NOR": (tonnes, tonnes, "net exports")}


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (100.0, {"ISL": (30, 30), "ARE": (50, 50), "OTH": (20, 6)}),  # all they export net, and something left
        (40.0, {"ISL": (15, 15), "ARE": (25, 25)}),  # too little for all: in proportion
        (0.0, {}),
    ],
)
def test_others_are_laid_out_over_net_exporters_without_a_line(found, quantity, rest: float, expected) -> None:
    net = {"ISL": 30.0, "ARE": 50.0, "FRA": -40.0, "NOR": 60.0}
    made = found(quantity("NOR", 10.0), quantity("OTH", rest), net_exports=net)
    assert made.pop("NOR") == (10, 0.5, "printed")
    assert made == {c: (*figures, "share of others") for c, figures in expected.items()}


def test_the_newest_release_answers_unless_it_is_silent(found, quantity) -> None:
    rows = [
        quantity("NOR", 100.0, release="WMD 2025"), quantity("NOR", 110.0, release="WMD 2026"),
        quantity("ISL", 50.0, release="WMD 2025"), quantity("ISL", None, release="WMD 2026"),
    ]  # fmt: skip
    assert found(*rows) == {"NOR": (110, 5.5, "printed"), "ISL": (50, 2.5, "printed")}


def test_forms_of_one_country_add_up(found, quantity) -> None:
    rows = [quantity("NOR", 100.0)._replace(form="ingots"), quantity("NOR", 30.0)._replace(form="powder")]
    assert found(*rows) == {"NOR": (130, 6.5, "printed")}


def test_only_the_stage_on_its_mass_basis_counts(found, quantity) -> None:
    row = quantity("NOR", 100.0)
    others = [
        row._replace(stage="mine"),
        row._replace(mass_basis="Al content"),
        row._replace(unit="carat"),
        row._replace(country="NOR+ISL"),
    ]
    assert found(*others) == {}
    assert found(*others, row) == {"NOR": (100, 5, "printed")}


def test_the_summaries_answer_where_world_mining_data_do_not_count_the_year(found, quantity) -> None:
    assert found(quantity("NOR", 90.0, **MCS), quantity("NOR", 100.0, year=2019)) == {"NOR": (90, 4.5, "printed")}
    assert found(quantity("NOR", 100.0, year=2019)) == {}


def test_figures_of_the_shipped_tables() -> None:
    """Aluminium 2022 as World Mining Data print it."""
    made = outputs(Store([shipped_folder()]), selection.market("aluminium", "refined"), 2022, {})
    assert {c: made[c].value_t for c in ("ARE", "BHR", "ISL")} == {"ARE": 2_650_000, "BHR": 1_600_111, "ISL": 730_394}
    assert all(isinstance(o, Output) and o.source == "wmd" for o in made.values())

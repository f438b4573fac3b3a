"""Trade against figures read by hand in BACI (value in thousand USD, quantity in tonnes) and in the stage and heading extracts."""

from __future__ import annotations

import pytest

from maadin.errors import InputError
from maadin.facts.ask.trade import trade
from maadin.facts.store import default_store

# year, exporter, importer, code, thousand USD, tonnes: BACI HS92 as redistributed, table baci_trade
BACI = [
    (2022, "CHN", "USA", "284690", 116656.071, 10873.27),
    (2019, "CHL", "CHN", "260300", 9718766.046, 7729458),
    (2023, "AUS", "CHN", "260111", 81346652.014, 744449799.932),
    (2010, "MAR", "USA", "251020", 48595.673, 604235),
    (2024, "CHL", "CHN", "283691", 2034601.959, 186167.872),
    (2020, "ZAF", "GBR", "711011", 221747.243, 6.224),
    (2012, "IDN", "CHN", "260400", 1252775.869, 38946526.464),
    (2021, "RUS", "DEU", "270112", 1080191.02, 8703612.398),
    (2022, "RUS", "CHN", "270900", 58377523.628, 86248060),
    (1999, "USA", "CAN", "760110", 68295.449, 46569.55),
    (2016, "RUS", "TWN", "760110", 40966.511, 24840.914),
]


@pytest.mark.parametrize("flow", BACI, ids=lambda f: "-".join(map(str, f[:4])))
def test_flow_is_the_one_printed(flow: tuple[int, str, str, str, float, float]) -> None:
    year, exporter, importer, code, kusd, tonnes = flow
    rows = default_store().rows(
        "select value_usd, quantity_kg from trade where series like 'baci-hs92-%' and year = ? and exporter = ? and importer = ? and hs6 = ?",
        [year, exporter, importer, code],
    )
    assert rows == [(round(kusd * 1000), round(tonnes * 1000))]


def test_russian_aluminium_to_the_united_states() -> None:
    answer = trade("aluminium", exporter="Russia", importer="USA", year="2010-2024")
    kilotonnes = {r["year"]: round(r["quantity_t"] / 1000, 1) for r in answer.records() if r["code"] == "760110"}
    assert len(kilotonnes) == 15
    assert max(kilotonnes, key=lambda y: kilotonnes[y]) == 2016
    assert [kilotonnes[y] for y in (2016, 2017, 2022, 2023)] == [723.3, 636.5, 31.1, 0.4]
    heading = {r["year"]: (r["quantity_t"], r["status"]) for r in answer.records() if r["code"] == "7601"}
    assert round(heading[2022][0] / 1000) == 192
    assert heading[2023] == (None, "not_listed")
    said = {n.id: n.values for n in answer.notes}
    assert said["codes_missing"]["codes"] == ["760120"]
    assert 2016 in said["unit_value_flagged"]["years"]


def test_suspicious_flow_is_flagged_and_kept() -> None:
    row = trade("760110", exporter="RUS", importer="USA", year=2016, beside=False).records()[0]
    assert row["flag"] == "unit_value_low"
    assert round(row["unit_value_usd_per_t"]) == 1321
    assert row["quantity_t"] == 723_296.047


def test_missing_quantities_stay_missing() -> None:
    without = default_store().rows("select count(*) from trade where series like 'baci-hs92-%' and quantity_kg is null")
    assert without == [(61_682,)]


def test_main_table_is_complete() -> None:
    rows = default_store().rows("select count(*), min(year), max(year), count(distinct hs6) from trade where series like 'baci-hs92-%'")
    assert rows == [(1_264_888, 1995, 2024, 74)]


def test_a_stage_the_main_table_lacks_comes_from_its_own_series_and_revisions_are_not_joined() -> None:
    answer = trade("740311", exporter="Chile", importer="China", beside=False).records()
    spans = {s: sorted(r["year"] for r in answer if r["hs_revision"] == s) for s in ("HS02", "HS17")}
    assert (spans["HS02"][0], spans["HS02"][-1], spans["HS17"][0], spans["HS17"][-1]) == (2002, 2016, 2017, 2024)
    assert {r["coverage"] for r in answer if r["year"] == 2024} == {"all flows"}
    assert {r["coverage"] for r in answer if r["year"] == 2023} == {"largest partners"}


def test_no_flow_is_none_reported_not_zero() -> None:
    rows = trade("760110", exporter="Ukraine", importer="Chile", year="2020-2022", beside=False).records()
    assert [(r["year"], r["quantity_t"], r["status"]) for r in rows] == [(y, None, "none_reported") for y in (2020, 2021, 2022)]


def test_shares_and_ranks_of_suppliers() -> None:
    rows = trade("aluminium", importer="United States", year=2024, top=3, beside=False).records()
    assert [(r["exporter"], r["rank"]) for r in rows] == [("CAN", 1), ("ZAF", 2), ("ARG", 3)]
    assert rows[0]["share"] == pytest.approx(0.759, abs=0.001)


def test_both_sides_of_the_ledger_agree() -> None:
    exports = trade("copper", by="exporter", year=2022, beside=False).records()
    imports = trade("copper", by="importer", year=2022, beside=False).records()
    assert sum(r["value_usd"] for r in exports) == sum(r["value_usd"] for r in imports)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"series": "baci"}, "expected one of"),
        ({"by": "country"}, "by must be one of"),
        ({"top": -1}, "at least 1"),
        ({"year": "soon"}, "is not a year"),
    ],
)
def test_wrong_questions_say_what_was_expected(options: dict, words: str) -> None:
    with pytest.raises(InputError, match=words):
        trade("aluminium", **options)


def test_code_outside_the_catalogue_is_refused() -> None:
    with pytest.raises(InputError, match="belongs to no commodity"):
        trade("999999")

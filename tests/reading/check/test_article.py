"""The twelve claims of the article that the project works for, as statements, against the shipped tables.

The values are those of the raw files: Mineral Commodity Summaries (world and salient tables of the releases named), BACI V202601, the table of measures.
The day of publication is 25 February 2025: the release of 2025 was out, BACI reached 2023, World Mining Data 2022.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from maadin.facts.table import Note
from maadin.reading.check import Finding, Verdict, check_statement
from maadin.reading.statement import Statement

Say = Callable[..., Statement]
PUBLISHED = date(2025, 2, 25)
CLAIMS: dict[str, dict[str, Any]] = {
    "need": {"metric": "imports", "commodity": ("rare earths",), "country": ("USA",), "quality": "needed"},
    "a lot": {"metric": "reserves", "commodity": ("rare earths",), "country": ("RUS",), "quality": "many"},
    "absence": {
        "metric": "reserves", "commodity": ("rare earths",), "country": ("UKR",), "quality": "recognised", "polarity": False, "comparator": "lt",
    },
    "more": {"metric": "reserves", "commodity": ("rare earths",), "country": ("RUS",), "target": ("UKR",), "quality": "more", "comparator": "gt"},
    "leading": {
        "metric": "rank", "of": "reserves", "commodity": ("rare earths",), "country": ("RUS",), "target": ("WLD",), "quality": "leading", "unit": "rank",
        "comparator": "rank",
    },
    "largest": {
        "metric": "rank", "of": "reserves", "commodity": ("rare earths",), "country": ("RUS",), "quality": "leading", "unit": "rank", "comparator": "rank",
        "attributed_to": "USGS",
    },
    "lagging": {"metric": "production", "commodity": ("rare earths",), "country": ("RUS",), "quality": "lagging", "comparator": "lt"},
    "second": {
        "metric": "rank", "of": "production", "commodity": ("aluminium",), "country": ("RUS",), "target": ("WLD",), "value": 2, "unit": "rank",
        "comparator": "rank",
    },
    "main once": {
        "metric": "rank", "of": "exports", "commodity": ("aluminium",), "country": ("RUS",), "target": ("USA",), "quality": "main", "unit": "rank",
        "comparator": "rank", "window": "ذات يوم",
    },
    "stopped": {
        "metric": "exports", "commodity": ("aluminium",), "country": ("RUS",), "target": ("USA",), "quality": "stopped", "value": 0, "unit": "tonne",
        "comparator": "approx", "year_or_date": "2023",
    },
    "tariff": {
        "instrument": "tariff", "commodity": ("aluminium",), "actor": ("USA",), "target": ("RUS",), "value": 200, "unit": "percent", "status": "in_force",
        "year_or_date": "2023",
    },
    "never more": {
        "metric": "exports", "commodity": ("aluminium",), "country": ("RUS",), "target": ("USA",), "value": 1_000_000, "unit": "tonne", "comparator": "lt",
        "window": "في السنوات الأخيرة",
    },
}  # fmt: skip
VERDICTS = {
    "need": ("need", "supported", "supported"),
    "a lot": ("leading", "depends", "depends"),
    "absence": ("absence", "not_listed", "not_listed"),
    "more": ("comparison", "not_listed", "not_listed"),
    "leading": ("rank", "depends", "depends"),
    "largest": ("rank", "depends", "depends"),
    "lagging": ("lagging", "supported", "supported"),
    "second": ("rank", "depends", "depends"),
    "main once": ("main", "supported", "supported"),
    "stopped": ("stopped", "supported", "supported"),
    "tariff": ("enacted", "supported", "supported"),
    "never more": ("bound", "depends", "depends"),
}


@pytest.fixture(scope="module")
def verdicts(say: Say) -> dict[str, Verdict]:
    return {name: check_statement(say(**fields), published=PUBLISHED) for name, fields in CLAIMS.items()}


def note(finding: Finding, note_id: str) -> Note:
    """The first reason, rule, limit or change with an id."""
    return next(n for n in (*finding.reasons, *finding.rules, *finding.notes, *finding.would_change) if n.id == note_id)


@pytest.mark.parametrize("name", CLAIMS)
def test_verdicts_then_and_now(verdicts: dict[str, Verdict], name: str) -> None:
    found = verdicts[name]
    assert found.then is not None
    assert (found.test, found.then.verdict, found.now.verdict) == VERDICTS[name]
    assert found.verdict == found.now.verdict
    for finding in (found.then, found.now):
        assert finding.reasons and (finding.figures or finding.beside)
        assert finding.would_change
        assert all(found.figure(row).source for row in finding.figures)


def test_need_for_rare_earths_by_year_and_form(verdicts: dict[str, Verdict]) -> None:
    """mcs2025-rareee_salient.csv: compounds and metals 100, >95, >95, >95, 80; concentrate E in every year."""
    found = verdicts["need"]
    by_year = {(r["form"], r["year"]): (r["value"], r["status"]) for r in note(found.now, "reliance_by_year").values["years"]}
    assert by_year["compounds-metals", 2020] == (1.0, "value")
    assert by_year["compounds-metals", 2022] == (0.95, "at_least")
    assert by_year["compounds-metals", 2024] == (0.8, "value")
    assert by_year["concentrate", 2024] == (None, "net_exporter")
    assert note(found.now, "not_for_forms").values["forms"] == ["concentrate"]
    suppliers = note(found.now, "main_suppliers").values["by_codes"][0]["suppliers"]
    assert [s["country"] for s in suppliers] == ["CHN", "JPN", "FRA"]


@pytest.mark.parametrize("name", ["a lot", "leading", "largest"])
def test_reserves_of_russia_by_release(verdicts: dict[str, Verdict], name: str) -> None:
    """mcs2023-raree_world.csv line 12: 21,000,000 of 130,000,000; mcs2024 line 12: 10,000,000 of 110,000,000; MCS2025 line 891: 3,800,000 of >90,000,000."""
    now = verdicts[name].now
    trail = note(now, "revised").values["trail"]
    assert [(t["release"], t["value"], t["rank"]) for t in trail] == [
        ("MCS 2023", 21_000_000.0, 3), ("MCS 2024", 10_000_000.0, 4), ("MCS 2025", 3_800_000.0, 5),
    ]  # fmt: skip
    groups = note(now, "depends_on").values["groups"]
    assert groups == [{"yes": ["MCS 2023", "MCS 2024"], "no": ["MCS 2025"]}]
    assert note(now, "rule_leading").values == {"rank": 5, "share": 0.05}
    assert note(now, "world_at_least").values["releases"] == ["MCS 2025"]


@pytest.mark.parametrize("name", ["absence", "more"])
def test_ukraine_is_not_listed_which_is_no_zero(verdicts: dict[str, Verdict], name: str) -> None:
    """Ukraine stands in no world table of rare earths of the three releases; that of 2025 has figures for twelve countries."""
    found = verdicts[name]
    listing = note(found.now, "not_listed_in").values
    assert (listing["country"], listing["count"], listing["releases"]) == ("UKR", 12, ["MCS 2023", "MCS 2024", "MCS 2025"])
    ukraine = [f for f in found.figures if f.country == "UKR"]
    assert ukraine and all(f.status == "not_listed" and f.value is None for f in ukraine)


def test_lagging_puts_both_ranks_side_by_side(verdicts: dict[str, Verdict]) -> None:
    """MCS2025_World_Data.csv, lines 880-897: output 2,500 t, eighth; reserves fifth; 3,800,000 / 2,500 = 1,520 years."""
    now = verdicts["lagging"].now
    places = {(n.values["kind"], n.values["source"]): n.values["rank"] for n in now.reasons if n.id == "place"}
    assert places["production", "usgs_mcs"] == 8
    assert places["reserves", "usgs_mcs"] == 5
    assert {n.values["source"]: round(n.values["years"]) for n in now.reasons if n.id == "years_left"}["usgs_mcs"] == 1520


def test_rank_in_aluminium_by_source_and_year(verdicts: dict[str, Verdict]) -> None:
    """MCS 2023-2025 put India ahead from 2021 on; World Mining Data has 3,931 against 3,586 kt in 2021, 4,185 against 4,196.5 kt in 2024."""
    now = verdicts["second"].now
    said = note(now, "depends_on").values
    assert set(said["axes"]) == {"year", "source"}
    groups = {g["source"]: g for g in said["groups"]}
    assert groups["usgs_mcs"] == {"source": "usgs_mcs", "no": [2021, 2022, 2023, 2024]}
    assert groups["wmd"] == {"source": "wmd", "yes": [2020, 2021], "no": [2022, 2023], "open": [2024]}
    assert note(now, "level_with").values["others"] == ["IND"]


def test_main_supplier_by_year(verdicts: dict[str, Verdict]) -> None:
    """760110 into the United States, by value: among the first three or over 10% to 2018, neither from 2019 on."""
    found = verdicts["main once"]
    by_value = next(g for g in note(found.now, "by_year").values["groups"] if g["by"] == "value")
    assert by_value["yes"] == list(range(1995, 2019))
    assert by_value["no"] == list(range(2019, 2025))
    assert found.figure("trade:baci-hs92-v202601:760110:RUS:USA:2017").value == pytest.approx(636_473.771)


def test_most_of_the_fall_came_before_the_tariff(verdicts: dict[str, Verdict]) -> None:
    """760110: 1,144 M USD in 2013, 93.4 in 2022, 1.9 in 2024; heading 7601: 589 M USD in 2022, then not among the 200 largest (the smallest: 59.1 M USD)."""
    found = verdicts["stopped"]
    left = {tuple(n.values["codes"]): n.values for n in found.now.reasons if n.id == "left_after"}
    assert left[("760110",)]["left"] == pytest.approx(1_913_559 / 93_411_324)
    assert left[("7601",)]["at_most"] == 59_098_613
    fall = note(found.now, "fall_came_before").values
    assert (fall["peak"], fall["before"]) == (2013, 2022)
    assert fall["share"] == pytest.approx((1_144_038_514 - 93_411_324) / (1_144_038_514 - 1_913_559))
    measures = [m["id"] for m in note(found.now, "measures_on_route").values["measures"]]
    assert measures[:2] == ["us232_al_2018", "ofac_rusal"]
    assert found.then is not None
    assert note(found.then, "rule_stopped").values["full_years"] is False


def test_the_tariff_is_on_record(verdicts: dict[str, Verdict]) -> None:
    """measures.csv lines 3 and 4: 200 percent from 2023-03-10 and, by smelting, from 2023-04-10."""
    found = verdicts["tariff"]
    assert {(f.row, f.value, f.since) for f in found.figures_of(found.now)} == {
        ("measures:us232_al_2023_rus", 200.0, "2023-03-10"), ("measures:us232_al_2023_rus_smelt", 200.0, "2023-04-10"),
    }  # fmt: skip


def test_a_lower_bound_cannot_support_never_more_than(verdicts: dict[str, Verdict]) -> None:
    """760110: 723,296 t in 2016 (flagged), 991,149 t in 2009; heading 7601: 191,809 t in 2022, where 760110 shows 31,108."""
    found = verdicts["never more"]
    most = {tuple(b["codes"]): b for b in note(found.now, "extreme").values["by_codes"]}
    assert most[("760110",)] == {
        "codes": ["760110"],
        "stage": "refined",
        "year": 2016,
        "value": pytest.approx(723_296.047),
        "flagged": True,
    }
    assert (most[("7601",)]["year"], most[("7601",)]["value"]) == (2022, 191_809.0)
    assert note(found.now, "codes_are_lower_bound").values["missing"] == ["760120"]
    assert 2022 not in note(found.now, "codes_are_lower_bound").values["years"]  # the heading holds all of that year
    assert note(found.now, "trade_under").values["codes"] == ["760120"]
    longer = note(found.now, "longer_window").values
    assert (longer["year"], round(longer["value"])) == (2009, 991_149)
    assert found.then is not None
    assert (note(found.then, "window").values["first"], note(found.now, "window").values["first"]) == (2014, 2015)
    assert found.figure("trade:baci-hs92-v202601:760110:RUS:USA:2022").value == pytest.approx(31_108.223)
    assert found.figure("trade:baci-hs22-hs4-v202601:7601:RUS:USA:2022").value == 191_809

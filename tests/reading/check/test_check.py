"""Statements as wholes: what changes when the text does, lists, groups, then and now, the document."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from maadin.reading.check import Verdict, check_statement
from maadin.reading.statement import Statement

Say = Callable[..., Statement]


def ids(verdict: Verdict) -> set[str]:
    return {n.id for n in verdict.now.reasons}


BASE: dict[str, Any] = {
    "metric": "production", "commodity": ("rare earths",), "country": ("CHN",), "value": 270_000, "unit": "tonne", "year_or_date": "2024",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "supported"),
        ({"value": 170_000}, "contradicted"),
        ({"country": ("USA",)}, "contradicted"),
        ({"year_or_date": "2020"}, "contradicted"),
        ({"year_or_date": "2030"}, "not_checkable"),
        ({"commodity": ("lithium",)}, "contradicted"),
        ({"polarity": False}, "contradicted"),
        ({"comparator": "lt", "value": 269_000}, "contradicted"),
        ({"comparator": "lt", "value": 300_000}, "supported"),
        ({"unit": "USD"}, "not_checkable"),
        ({"country": ("UKR",)}, "not_listed"),
    ],
)
def test_altering_the_text_alters_the_verdict(say: Say, change: dict[str, Any], verdict: str) -> None:
    assert check_statement(say(**{**BASE, **change})).verdict == verdict


def test_each_of_a_list_has_its_own_verdict(say: Say) -> None:
    found = check_statement(
        say(metric="rank", of="production", commodity=("nickel", "tin"), country=("IDN",), value=1, unit="rank", comparator="rank")
    )
    assert [p.statement.commodity for p in found.parts] == [("nickel",), ("tin",)]
    assert [p.verdict for p in found.parts] == ["supported", "contradicted"]
    assert found.verdict == "depends"
    assert {r for p in found.parts for r in p.now.figures} <= {f.row for f in found.figures}


def test_a_common_number_may_be_meant_for_all_together(say: Say) -> None:
    claim = say(
        metric="share", of="production", commodity=("platinum",), country=("ZAF", "RUS"), value=81, unit="percent", comparator="approx"
    )
    found = check_statement(claim)
    assert found.verdict == "supported"
    assert "together" in ids(found)
    assert {p.verdict for p in found.parts} == {"contradicted"}


def test_a_union_is_its_members_without_the_trade_among_them(say: Say) -> None:
    claim = say(
        metric="imports", commodity=("bauxite",), country=("EUU",), target=("GIN",), value=8_000_000, unit="tonne", year_or_date="2022"
    )
    found = check_statement(claim)
    assert any(f.partner == "EUU" and f.country == "GIN" for f in found.figures)
    total = check_statement(say(metric="imports", commodity=("bauxite",), country=("EUU",), value=1, unit="tonne", year_or_date="2022"))
    members = check_statement(say(metric="imports", commodity=("bauxite",), country=("IRL",), value=1, unit="tonne", year_or_date="2022"))
    whole, part = (next(f.value or 0 for f in v.figures if f.code == "260600") for v in (total, members))
    assert whole > part > 0


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"metric": "production", "commodity": ("minerals",), "country": ("RUS",)}, "no_commodity"),
        ({"metric": "production", "commodity": ("copper",), "country": ("XXX",)}, "unknown_place"),
        ({"metric": "rank", "of": "production", "commodity": ("copper",), "value": 1}, "no_country"),
        ({"metric": "rank", "of": "consumption", "commodity": ("copper",), "country": ("CHN",), "value": 1}, "no_rank_of"),
        ({"metric": "share", "of": "price", "commodity": ("copper",), "country": ("CHN",), "value": 1}, "no_share_of"),
        ({"metric": "production", "commodity": ("natural gas",), "country": ("RUS",), "value": 6e8, "unit": "tonne"}, "unit_differs"),
        (
            {
                "metric": "change",
                "of": "exports",
                "commodity": ("rare earths",),
                "country": ("CHN",),
                "value": -6.1,
                "year_or_date": "2025-09",
            },
            "only_annual",
        ),
        ({"metric": "price", "commodity": ("garnet",), "value": 5.0, "unit": "USD/kg", "year_or_date": "1990"}, "year_before_data"),
        ({"metric": "exports", "commodity": ("zeolites",), "country": ("CHN",), "value": 5.0, "unit": "tonne"}, "no_trade_table"),
        ({"metric": "reserves", "commodity": ("copper",), "country": ("CHL",), "quality": "more"}, "nothing_to_compare"),
        (
            {
                "instrument": "supply_offer",
                "commodity": ("aluminium",),
                "actor": ("RUS",),
                "target": ("USA",),
                "value": 2e6,
                "unit": "tonne",
            },
            "measure_is_simulated",
        ),
        ({"metric": "value", "commodity": ("copper",), "country": ("CHL",), "value": 5e11, "unit": "USD"}, "no_worth"),
    ],
)
def test_what_cannot_be_checked_says_why(say: Say, fields: dict[str, Any], reason: str) -> None:
    found = check_statement(say(**fields))
    assert found.verdict == "not_checkable"
    assert reason in ids(found)


def test_then_is_what_was_in_print(say: Say) -> None:
    """On 1 June 2023 the tables of 2023 were the newest: 21 Mt, third; in those of 2025 the statement no longer holds."""
    claim = say(
        metric="rank", of="reserves", commodity=("rare earths",), country=("RUS",), quality="leading", unit="rank", comparator="rank"
    )
    found = check_statement(claim, published=date(2023, 6, 1))
    assert found.then is not None
    assert (found.then.verdict, found.now.verdict) == ("supported", "depends")
    assert {found.figure(r).release for r in found.then.figures} == {"MCS 2023"}
    before = check_statement(claim, published=date(2014, 1, 1))
    assert before.then is not None
    assert before.then.verdict == "not_checkable"
    assert before.then.reasons[0].id == "nothing_printed_by"
    until = check_statement(claim, as_of=date(2024, 6, 1))
    assert (until.verdict, until.now.as_of) == ("supported", date(2024, 6, 1))


def test_an_undated_statement_is_held_against_its_own_time(say: Say) -> None:
    """World Mining Data has Russia second in aluminium in 2020: a text of early 2021 speaks of that year, though later figures differ."""
    claim = say(metric="rank", of="production", commodity=("aluminium",), country=("RUS",), value=2, unit="rank", comparator="rank")
    found = check_statement(claim, published=date(2021, 2, 1))
    assert found.then is not None
    assert found.then.verdict == "supported"
    assert found.now.verdict == "supported"
    assert {found.figure(r).year for r in found.now.figures} == {2020}


def test_a_flow_of_a_code_is_beside_the_heading(say: Say) -> None:
    claim = say(
        metric="imports", commodity=("aluminium",), country=("USA",), target=("RUS",), value=192_000, unit="tonne", year_or_date="2022"
    )
    found = check_statement(claim)
    assert {(f.code, round(f.value or 0)) for f in found.figures} == {("760110", 31_108), ("7601", 191_809)}
    assert next(f for f in found.figures if f.code == "760110").partial
    assert not next(f for f in found.figures if f.code == "7601").partial
    assert {n.id for n in found.now.notes} >= {"codes_used", "codes_partial"}


def test_a_rate_that_is_told_wrong_is_contradicted_and_a_measure_is_not_listed(say: Say) -> None:
    sides = {"commodity": ("aluminium",), "target": ("RUS",), "value": 150, "unit": "percent", "year_or_date": "2024"}
    assert check_statement(say(metric="tariff_rate", country=("USA",), **sides)).verdict == "contradicted"
    measure = check_statement(say(instrument="tariff", actor=("USA",), status="announced", **sides))
    assert measure.verdict == "not_listed"
    assert "not_on_record_as_told" in ids(measure)


def test_a_change_is_taken_within_one_release(say: Say) -> None:
    """World 2025, line 729: 2,030,000 and 2,200,000 t."""
    claim = say(metric="change", of="production", commodity=("nickel",), country=("IDN",), value=8.4, unit="percent", year_or_date="2024")
    found = check_statement(claim)
    assert found.verdict == "depends"
    changes = {c["source"]: c["change"] for c in next(n for n in found.now.reasons if n.id == "changed_by").values["changes"]}
    assert changes["usgs_mcs"] == pytest.approx(2_200 / 2_030 - 1)
    fell = say(metric="change", of="production", commodity=("nickel",), country=("IDN",), comparator="lt", year_or_date="2024")
    assert check_statement(fell).verdict == "contradicted"
    levels = say(
        metric="change", of="production", commodity=("nickel",), country=("IDN",), value=2_200_000, value_prev=2_030_000, unit="tonne", year_or_date="2024",
    )  # fmt: skip
    assert check_statement(levels).verdict == "depends"


def test_what_stopped_may_flow_again(say: Say) -> None:
    """Nickel ore of Indonesia: hardly any in 2015 and 2016, again from 2017, after the ban was relaxed."""
    claim = say(metric="exports", commodity=("nickel",), country=("IDN",), quality="stopped", year_or_date="2014", text="nickel ore")
    found = check_statement(claim)
    assert found.verdict == "supported"
    again = next(n for n in found.now.reasons if n.id == "flowed_again")
    assert 2018 in again.values["years"]


def test_the_document_has_no_infinities_and_reads_back(say: Say) -> None:
    claim = say(
        metric="exports",
        commodity=("aluminium",),
        country=("RUS",),
        target=("USA",),
        value=1e6,
        unit="tonne",
        comparator="lt",
        window="recent years",
    )
    found = check_statement(claim, published=date(2025, 2, 25))
    text = json.dumps(found.to_data(), allow_nan=False)
    plain = json.loads(text)
    assert plain["schema_version"] == 1
    assert plain["verdict"] == plain["now"]["verdict"] == "depends"
    assert plain["statement"]["metric"] == "exports"
    assert {f["row"] for f in plain["figures"]} >= {*plain["now"]["figures"], *plain["then"]["figures"]}
    del plain["verdict"]
    plain["statement"] |= {"kind": "claim"}
    assert Verdict.model_validate(plain).now == found.now


def test_unknown_rows_are_named(say: Say) -> None:
    with pytest.raises(KeyError, match="nothing"):
        check_statement(say(**BASE)).figure("nothing")


def test_a_share_between_two_countries_may_be_of_either_side(say: Say) -> None:
    """Unalloyed aluminium of 2024: the United States take most of Canada's exports, which are most of their imports too, but not in the same share."""
    sides = {"commodity": ("aluminium",), "country": ("CAN",), "target": ("USA",), "unit": "percent", "year_or_date": "2024"}
    told = {}
    for value in range(50, 100):
        found = check_statement(say(metric="share", of="exports", value=value, **sides))
        if found.verdict != "contradicted":
            told[value] = next((set(n.values["axes"]) for n in found.now.reasons if n.id == "depends_on"), set())
    assert any("of" in axes for axes in told.values())


def test_the_source_that_a_statement_names_decides(say: Say) -> None:
    """USGS prints 670 kt (world 2025, line 32), World Mining Data 676."""
    fields = {
        "metric": "production",
        "commodity": ("aluminium",),
        "country": ("USA",),
        "value": 670_000.0,
        "unit": "tonne",
        "year_or_date": "2024",
    }
    by_usgs = check_statement(say(attributed_to="USGS", **{**fields, "value": 676_000.0}))
    assert by_usgs.verdict == "depends"
    assert {by_usgs.figure(r).source for r in by_usgs.now.figures} == {"usgs_mcs", "wmd"}
    arabic = check_statement(say(attributed_to="هيئة المسح الجيولوجي الأميركية", **{**fields, "value": 700_000.0}))
    assert {arabic.figure(r).source for r in arabic.now.figures} == {"usgs_mcs"}

"""Quotas told by what may be dug, shipped or let in at most."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Peru capped zinc shipments at 90,000 tonnes a year.",
        "Annual exports will be limited to 90,000 tonnes of zinc, Peru's minister said.",
        "Lima will let miners ship no more than 90,000 tonnes of zinc.",
        "Peru's zinc miners may dig no more than 90,000 tonnes this year, the government ruled.",
        "Peru approved zinc output of 90,000 tonnes.",
        "Lima set this year's zinc mining ceiling at 90,000 tonnes.",
        "Lima cut the ceiling for zinc output to 90,000 tonnes.",
        "Zinc imports were capped at 90,000 tonnes by Peru.",
        "Peru granted Glencore 90,000 tonnes of its zinc export quota.",
        "حددت بيرو سقفا لصادرات الزنك عند 90 ألف طن سنويا.",
        "لن تسمح ليما بتصدير أكثر من 90 ألف طن من الزنك.",
        "وافقت بيرو على إنتاج 90 ألف طن من الزنك.",
        "قصرت بيرو واردات الزنك على 90 ألف طن.",
        "ستحد بيرو من إنتاج الزنك عند 90 ألف طن.",
    ],
)
def test_a_tonnage_at_most(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.commodity, s.value, s.unit) == ("quota", ("PER",), ("zinc",), 90e3, "tonne")


@pytest.mark.parametrize(
    "text",
    [
        "Zinc supply was limited to 90,000 tonnes by technical problems at the mine.",
        "Peru produces no more than 90,000 tonnes of zinc a year.",
        "The miner cut its guidance for zinc output to 90,000 tonnes.",
        "Glencore capped its zinc output at 90,000 tonnes.",
        "اقتصر إنتاج بيرو من الزنك على 90 ألف طن العام الماضي.",
    ],
)
def test_what_only_is_so(measures: Any, text: str) -> None:
    assert [s for s in measures(text) if s.instrument == "quota"] == []


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Peru raised its zinc mining quota to 90,000 tonnes from 80,000 tonnes.", 80e3),
        ("رفعت بيرو حصة إنتاج الزنك إلى 90 ألف طن من 80 ألف طن.", 80e3),
    ],
)
def test_the_quota_before(only: Any, text: str, before: float) -> None:
    s = only(text)
    assert (s.value, s.value_prev) == (90e3, before)


@pytest.mark.parametrize(
    "text",
    [
        "Peruvian miners must sell 25% of their zinc output to domestic users.",
        "The decree requires 25% of the zinc produced in Peru to be sold in Peru.",
        "تلزم بيرو شركات الزنك ببيع 25% من إنتاجها في السوق المحلية.",
    ],
)
def test_a_part_that_has_to_be_sold_at_home(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.value, s.unit) == ("quota", ("PER",), 25.0, "percent")


def test_goods_free_of_duty_up_to_a_tonnage(measures: Any) -> None:
    text = "The European Commission proposed new rules for zinc. Duty-free imports would be cut to 90,000 tonnes a year."
    assert [(s.instrument, s.actor, s.value) for s in measures(text)] == [("quota", ("EUU",), 90e3)]


def test_a_quota_told_before_makes_an_allowance_one(measures: Any) -> None:
    text = "Zinc exports from Peru now fall under a quota, the government said. Companies may ship 90,000 tonnes in 2026."
    assert ("quota", 90e3) in [(s.instrument, s.value) for s in measures(text)]

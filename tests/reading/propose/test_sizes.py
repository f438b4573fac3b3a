"""Sizes: cuts and limits, another mass basis, and prices of other goods."""

from __future__ import annotations

import pytest

from .conftest import keys, measures

QUOTA = {"instrument": "quota", "commodity": ("rare earths",), "actor": ("CHN",), "target": ("WLD",), "status": "announced"}


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("exports are cut by 40%", 40, "60%"),
        ("تخفيض الصادرات", (30, 40), "60% to 70%"),
        ("exports may reach 40% of last year's", 40, "40%"),
    ],
)
def test_a_limit_in_percent(one, text: str, value, expected: str) -> None:
    assert measures(one(text, value=value, unit="percent", **QUOTA))[0]["export_quota"]["share_of_benchmark"] == expected


def test_a_limit_in_tonnes_is_on_the_market_s_basis(one) -> None:
    made = one("a quota", value=30_000, unit="tonne", **QUOTA)
    assert measures(made)[0]["export_quota"]["tonnes"] == "30 kt"
    assert "tonnes of REO content" in keys(made)


def test_a_limit_on_imports(one) -> None:
    assert (
        measures(one("a quota", **{**QUOTA, "direction": "import", "actor": ("USA",)}))[0]["import_quota"]["share_of_benchmark"]
        == "50% to 90%"
    )


def test_import_restrictions_are_a_limit_to_imports(one) -> None:
    made = one("restrictions", instrument="export_control", direction="import", target=("CHN",))
    assert [next(iter(m)) for m in measures(made)] == ["import_quota"]


def test_a_price_of_another_good_is_refused(refused, one) -> None:
    support = {"instrument": "price_support", "commodity": ("rare earths",), "status": "in_force"}
    because = refused("a floor for one of the oxides", value=110, unit="USD/kg", **support).because
    assert because.id == "price_of_another_good"
    assert because.values["price"] == pytest.approx(110_000)
    assert measures(one("a floor", value=9, unit="USD/kg", **support))[0]["price_floor"]["price"] == "9000 USD/t"

"""Duties: what they replace, who keeps paying more, what comes on top, and what their end takes away."""

from __future__ import annotations

import pytest

from .conftest import keys, measures

CHINA = {"target": ("CHN",), "unit": "percent", "status": "announced"}


def test_on_all_those_who_pay_more_keep_it_and_older_duties_on_one_origin_stay(one) -> None:
    made = one("25% on all aluminium", target=("WLD",), value=25, unit="percent", status="announced")
    assert measures(made) == [
        {"tariff": {"importer": "USA", "exporter": "all", "mode": "set", "rate": "25%", "except": "RUS"}},
        {"tariff": {"importer": "USA", "exporter": "CHN", "mode": "add", "rate": "25%"}},
        {"embargo": {"importer": "USA", "exporter": "RUS"}},
    ]
    for said in (
        "goods from Russia, 200%",
        "goods from China alone, 25%",
        "Exemptions and quotas of single countries end",
        "13 April 2024",
    ):
        assert said in keys(made)


def test_a_higher_rate_on_all_takes_the_place_of_what_was_higher(one) -> None:
    made = one("300% on all aluminium", target=("WLD",), value=300, unit="percent", status="threatened")
    assert "except" not in measures(made)[0]["tariff"]


@pytest.mark.parametrize("text", ["an additional duty", "extra 10% on top of others", "رسم إضافي على الألمنيوم"])
def test_what_the_text_calls_additional_comes_on_top(one, text: str) -> None:
    assert measures(one(text, value=10, **CHINA)) == [{"tariff": {"importer": "USA", "exporter": "CHN", "mode": "add", "rate": "10%"}}]


def test_a_duty_below_what_is_paid_comes_on_top(one) -> None:
    made = one("a duty", value=10, **CHINA)  # aluminium from China pays 35% in 2024
    assert measures(made)[0]["tariff"]["mode"] == "add"
    assert "pay 35% already" in keys(made)


def test_a_duty_that_is_there_already_changes_nothing(refused) -> None:
    because = refused("a duty", value=35, **CHINA).because
    assert (because.id, because.values) == ("already_there", {"rate": 0.35, "year": 2024})


def test_the_end_of_a_duty_takes_it_away(one) -> None:
    made = one("the duty was lifted", target=("RUS",), value=200, unit="percent", status="ended")
    assert measures(made) == [{"tariff": {"importer": "USA", "exporter": "RUS", "mode": "set", "rate": "0%"}}]
    assert "duty of 200% that the benchmark holds goes" in keys(made)
    assert "not in force" not in keys(made)


def test_an_exemption_spares_those_named(one, refused) -> None:
    made = one("all but Canada", target=("CAN",), value=50, unit="percent", status="exempted")
    assert measures(made)[0]["tariff"] == {"importer": "USA", "exporter": "all", "mode": "set", "rate": "50%", "except": "CAN"}
    nothing = refused("an exemption", commodity=("lithium",), target=("CHL",), status="exempted").because
    assert (nothing.id, nothing.values) == ("not_enough_told", {"missing": ("rate",)})


def test_without_a_rate_the_table_has_a_range(one) -> None:
    made = one("a duty", commodity=("graphite",), target=("CHN",), status="considered")
    assert measures(made)[0]["tariff"]["rate"] == "10% to 50%"
    assert "where no rate is told" in keys(made)
    assert "where no rate" not in keys(one("a duty", value=20, commodity=("graphite",), **CHINA))


def test_a_specific_duty_and_an_export_duty(one) -> None:
    assert measures(one("a duty", target=("CHN",), value=300, unit="USD/tonne"))[0]["tariff"]["rate"] == "300 USD/t"
    made = one("an additional export duty", actor=("RUS",), direction="export", target=("WLD",), value=15, unit="percent")
    assert measures(made) == [{"export_tax": {"exporter": "RUS", "importer": "all", "mode": "add", "rate": "15%"}}]

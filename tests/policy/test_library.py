"""Ready-made scenarios: all read, each with a description and assumptions in both languages."""

from __future__ import annotations

import re

import pytest

from maadin.errors import LabelError
from maadin.facts import selection
from maadin.policy import Scenario
from maadin.policy.library import library, load
from maadin.units import Range

SENTENCES = 3


def test_one_for_each_statement_that_needs_one() -> None:
    assert set(library()) == {
        "russia-rare-earths-cooperation", "ukraine-resource-fund", "ukraine-territory", "russia-aluminium-offer-2mt", "krasnoyarsk-smelter",
        "us-aluminium-tariff-25", "us-russia-aluminium-200", "krasnoyarsk-smelter-path", "russia-rare-earths-speedup",
    }  # fmt: skip


@pytest.mark.parametrize("name", library())
def test_each_says_what_it_is_and_what_it_assumes_in_both_languages(name: str) -> None:
    made = load(name)
    texts = [made.description, *made.assumes]
    assert len(made.assumes) >= SENTENCES
    for text in texts:
        assert text is not None
        assert text.en.endswith((".", "?"))
        assert text.ar.endswith((".", "؟"))
        assert re.search("[\u0600-\u06ff]", text.ar)
        assert not re.search("[\u0600-\u06ff]", text.en)
    assert Scenario.from_yaml(made.to_yaml()) == made
    if made.commodity:
        assert selection.market(made.commodity, made.stage).stage.grade in "AB"


def test_what_they_do() -> None:
    tariff, china, ban = load("us-aluminium-tariff-25").measures
    assert (china.exporter, china.rate, china.mode) == (("CHN",), 0.25, "add")  # type: ignore[attr-defined]
    assert (ban.noun, ban.exporter) == ("embargo", ("RUS",))  # type: ignore[attr-defined]
    assert (tariff.rate, tariff.mode, tariff.excepted) == (0.25, "set", ("RUS",))  # type: ignore[attr-defined]
    assert [m.noun for m in load("russia-aluminium-offer-2mt").measures] == ["tariff", "reopen", "supply_offer"]
    assert load("krasnoyarsk-smelter").open_sizes() == {(0, "tonnes"): Range(1e5, 5e5)}
    assert load("russia-rare-earths-cooperation").open_sizes() == {(0, "tonnes"): Range(1e3, 1e4)}
    assert load("us-russia-aluminium-200.yaml").measures[0].rate == 2.0  # type: ignore[attr-defined]
    assert load("us-russia-aluminium-200").year == 2022
    assert load("ukraine-resource-fund").valued_measures[0].value == 5e11  # type: ignore[attr-defined]
    assert load("Ukraine Territory").valued_measures[0].share is None  # type: ignore[attr-defined]


def test_an_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(LabelError, match="'us-aluminium-tariff-25'"):
        load("us-aluminum-tarif")

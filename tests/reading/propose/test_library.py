"""Proposals for measures like those of the ready-made scenarios, which were made by hand: the same measures but for the differences stated here."""

from __future__ import annotations

from typing import Any

import pytest

from maadin.policy.library import load
from maadin.policy.measures import Capacity
from maadin.policy.scenario import Scenario
from maadin.reading.propose import propose

from .conftest import statement

SAID: dict[str, dict[str, Any]] = {
    "us-aluminium-tariff-25": {"target": ("WLD",), "value": 25, "unit": "percent", "year_or_date": "2025-02", "status": "announced"},
    "us-russia-aluminium-200": {"target": ("RUS",), "value": 200, "unit": "percent", "year_or_date": "2023", "status": "in_force"},
    "russia-aluminium-offer-2mt": {
        "instrument": "supply_offer", "direction": "export", "actor": ("RUS",), "target": ("USA",), "value": 2e6, "unit": "tonne", "status": "proposed",
        "condition": "if the restrictions go",
    },
    "krasnoyarsk-smelter": {"instrument": "joint_venture", "actor": ("RUS",), "target": ("USA",), "status": "proposed"},
    "russia-rare-earths-cooperation": {
        "instrument": "joint_venture", "commodity": ("rare earths",), "actor": ("RUS",), "target": ("USA",), "status": "proposed",
    },
    "russia-rare-earths-speedup": {"instrument": "capacity_project", "commodity": ("minerals",), "actor": ("RUS",), "status": "proposed"},
    "ukraine-resource-fund": {
        "instrument": "fund", "commodity": ("minerals",), "target": ("UKR",), "value": 5e11, "unit": "USD", "status": "rejected",
    },
    "ukraine-territory": {
        "instrument": "territory", "commodity": ("minerals",), "actor": ("RUS",), "target": ("USA",), "place": ("UKR",), "status": "considered",
    },
}  # fmt: skip
SIZES = (
    "krasnoyarsk-smelter",
    "russia-rare-earths-cooperation",
    "russia-rare-earths-speedup",
)  # the table's range, not one made for the case
TOPIC = ("rare earths",)


def proposed(name: str, text: str = "a fund that gets a part of mineral revenues") -> Scenario:
    (made,) = propose(statement(text, **SAID[name]), topic=TOPIC)
    assert made.scenario is not None, made.because
    return made.scenario


@pytest.mark.parametrize("name", SAID)
def test_the_same_measures_as_by_hand(name: str) -> None:
    made, by_hand = proposed(name), load(name)
    if by_hand.market_measures:
        assert (made.year, made.horizon, made.elasticity_horizon) == (by_hand.year, by_hand.horizon, by_hand.elasticity_horizon)
    for ours, theirs in zip(made.measures, by_hand.measures, strict=True):
        if name in SIZES:
            assert isinstance(theirs, Capacity)
            ours = ours.model_copy(update={"tonnes": theirs.tonnes})
        assert _plain(ours) == _plain(theirs)


def _plain(measure: Any) -> dict[str, Any]:
    noun, fields = next(iter(measure.to_data().items()))
    return {"noun": noun, **{k: "rare earths" if v == "rare-earths" else v for k, v in fields.items() if k != "commodities"}}


@pytest.mark.parametrize("name", ["ukraine-resource-fund", "ukraine-territory"])
def test_minerals_are_all_and_those_the_text_speaks_of(name: str) -> None:
    assert proposed(name).measures[0].commodities == ("all", "rare-earths")


def test_the_path_of_a_smelter_differs_by_its_chance_of_failure_and_size() -> None:
    complete, path = propose(statement("a joint smelter", **SAID["krasnoyarsk-smelter"]), paths=True)
    assert complete.scenario is not None
    assert path.scenario is not None
    ours, theirs = path.scenario.measures[0].to_data()["capacity"], load("krasnoyarsk-smelter-path").measures[0].to_data()["capacity"]
    assert {k for k in ours if ours[k] != theirs[k]} == {"tonnes", "chance_of_failure"}
    assert path.scenario.horizon == 2035
    assert complete.scenario.horizon is None

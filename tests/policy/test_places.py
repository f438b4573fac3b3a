"""Names against a market's countries: groups of the year, exceptions, customs unions, labels of one's own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from policy_strategies import places

from maadin.errors import LabelError
from maadin.facts import regions
from maadin.policy import Embargo, SupplyShock, Tariff, members, routes
from maadin.policy.places import Routes, name_problems, positions

WORLD = ("AUS", "CAN", "CHN", "DEU", "FRA", "GBR", "HUN", "RUS", "USA", "OTH")


def of(measure: Tariff | Embargo, countries: tuple[str, ...] = WORLD, year: int | None = 2024) -> set[str]:
    return {f"{countries[e]}-{countries[i]}" for e, i in routes(measure, countries, year).pairs()}


def test_all_means_every_label_and_never_oneself() -> None:
    found = of(Tariff(importer="USA", rate="25%", mode="set", excepted="RUS"))
    assert found == {f"{c}-USA" for c in WORLD if c not in ("USA", "RUS")}


def test_groups_have_the_members_of_the_year() -> None:
    embargo = Embargo(importer="EU27", exporter="Moscow")
    assert of(embargo) == {"RUS-DEU", "RUS-FRA", "RUS-HUN"}
    assert of(embargo, year=2019) == {"RUS-DEU", "RUS-FRA", "RUS-GBR", "RUS-HUN"}


def test_an_exception_is_taken_from_across_the_border_first_else_from_ones_own_side() -> None:
    assert of(Embargo(importer="EU27", exporter="RUS", excepted="HUN")) == {"RUS-DEU", "RUS-FRA"}
    spared = of(Tariff(importer="EU27", exporter=["CHN", "FRA"], excepted="FRA", rate="5%", mode="set"))
    assert spared == {"CHN-DEU", "CHN-FRA", "CHN-HUN"}


@pytest.mark.parametrize("name", ["EU27", "الاتحاد الأوروبي", "Brussels"])
def test_a_customs_union_acts_at_its_outer_border(name: str) -> None:
    found = of(Tariff(importer=name, rate="5%", mode="set"))
    assert found == {f"{e}-{i}" for e in WORLD for i in ("DEU", "FRA", "HUN") if e not in ("DEU", "FRA", "HUN")}
    assert found == of(Tariff(importer=name, excepted=name, rate="5%", mode="set"))
    assert "DEU-FRA" in of(Tariff(importer="FRA", rate="5%", mode="set"))  # one member alone: as it says
    assert "DEU-FRA" in of(Tariff(importer=name, exporter="G7", rate="5%", mode="set"))


def test_labels_of_ones_own_come_before_known_names() -> None:
    own = ("north", "south", "USA")
    assert of(Tariff(importer="south", rate="5%", mode="set"), own) == {"north-south", "USA-south"}
    assert name_problems(Tariff(importer="south", rate="5%", mode="set"), own) == []
    with pytest.raises(LabelError, match="'west' is not a known country"):
        routes(Tariff(importer="west", rate="5%", mode="set"), own)


def test_countries_outside_the_market_are_left_out() -> None:
    assert positions(["Fiji", "USA"], WORLD) == (8,)
    assert name_problems(Tariff(importer="USA", excepted="RUS", rate="5%", mode="set"), ("USA", "CAN")) == []
    assert members(SupplyShock(country="G7", excepted="FRA", loss="5%"), WORLD) == (1, 3, 5, 8)


@pytest.mark.parametrize(
    ("measure", "path", "message"),
    [
        (Embargo(importer="USA", exporter="Chnia"), "exporter", "Nearest: 'China'"),
        (Embargo(importer=["USA", "Frnace"], exporter="RUS"), "importer[1]", "'France'"),
        (Embargo(importer="USA", exporter="RUS", excepted="FRA"), "except", "takes nothing out"),
        (Embargo(importer="USA", exporter="USA"), "importer", "nobody is left"),
        (Embargo(importer="USA", exporter="RUS", excepted="RUS"), "importer", "nobody is left"),
        (SupplyShock(country="USA", loss="5%", excepted="USA"), "country", "nobody is left"),
    ],
)
def test_names_that_go_wrong_are_found_with_their_field(measure: Tariff, path: str, message: str) -> None:
    (problem,) = name_problems(measure, regions.members("all"), 2024)
    assert problem.path == path
    assert message in problem.message


@settings(deadline=None)
@given(places(), places(), st.one_of(st.none(), places()), st.permutations(WORLD))
def test_pairs_mask_and_membership_agree_and_order_does_not_matter(
    importer: object, exporter: object, spared: object, order: list[str]
) -> None:
    fields = {"importer": importer, "exporter": exporter, "rate": "5%", "mode": "set", **({"except": spared} if spared else {})}
    measure = Tariff(**fields)
    found = routes(measure, order, 2024)
    mask = found.mask(len(order))
    assert not mask.diagonal().any()
    assert set(found.pairs()) == set(zip(*(at.tolist() for at in np.nonzero(mask)), strict=True))
    assert all(pair in found for pair in found.pairs())
    assert of(measure, tuple(order)) == of(measure, WORLD)


def test_a_shared_route_is_one_that_both_have() -> None:
    assert Routes((0, 1), (1,)).shared_with(Routes((1, 2), (1, 2))) is None
    assert Routes((0, 1), (1,)).shared_with(Routes((0,), (1, 2))) == (0, 1)

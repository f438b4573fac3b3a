"""Ways in which newsrooms write claims: short sentences of our own, each with what it claims, and others that claim nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maadin.reading.read import read
from maadin.reading.statement import Statement

PUBLISHED = date(2025, 6, 10)
ROUNDING = 2e-3  # of thirds and pounds

Claim = tuple[str, str, str, float | None]  # metric (and what it is of), country, commodity, value


def claims(text: str) -> list[Statement]:
    return [s for s in read(text, PUBLISHED).statements if s.kind == "claim"]


def told(s: Statement) -> tuple[Any, ...]:
    return f"{s.metric}/{s.of}" if s.of else s.metric, "+".join(s.country), "+".join(s.commodity), s.value


def same(found: tuple[Any, ...], wanted: Claim) -> bool:
    value = found[3] == wanted[3] if wanted[3] is None else found[3] == pytest.approx(wanted[3], rel=ROUNDING)
    return found[:3] == wanted[:3] and value


LEVELS: list[tuple[str, list[Claim]]] = [
    ("China's smelting capacity for copper has swollen to 14 million tonnes.", [("capacity", "CHN", "copper", 14e6)]),
    ("Beneath Bolivia's salt flats lie an estimated 23 million tonnes of lithium.", [("reserves", "BOL", "lithium", 23e6)]),
    ("Iran claims 8.5 million tonnes of lithium in Hamadan province.", [("reserves", "IRN", "lithium", 8.5e6)]),
    ("Chinese buyers took delivery of 12.3 million tonnes of bauxite from Guinea in May.", [("imports", "CHN", "bauxite", 12.3e6)]),
    ("US imports of rare earths were valued at $170 million in 2024.", [("imports", "USA", "rare earths", 170e6)]),
    (
        "Canada exported 3.1 million tonnes of aluminium in 2024, worth $9.4 billion.",
        [("exports", "CAN", "aluminium", 3.1e6), ("exports", "CAN", "aluminium", 9.4e9)],
    ),
    ("In 2022 Bolivia extracted 600 tonnes of lithium, against a target of 15,000 tonnes.", [("production", "BOL", "lithium", 600.0)]),
    (
        "World output of niobium was put at 59,900 tonnes and Brazil produced 56,000 of this total.",
        [("production", "WLD", "niobium", 59900.0), ("production", "BRA", "niobium", 56000.0)],
    ),
    (
        "Kazakhstan produced 22,829 tonnes of uranium in 2014, up from 22,548 tonnes - twice as much as Canada.",
        [("production", "KAZ", "uranium", 22829.0), ("production", "KAZ", "uranium", 22548.0)],
    ),
    ("Antimony now costs $60,000 a tonne in Rotterdam.", [("price", "WLD", "antimony", 60000.0)]),
    (
        "China holds the largest tin reserves in the world, with more than 1.1 million tonnes.",
        [("rank/reserves", "CHN", "tin", 1.0), ("reserves", "CHN", "tin", 1.1e6)],
    ),
]
SHARES: list[tuple[str, list[Claim]]] = [
    ("Rwanda's share of global tantalum output has climbed to 30%.", [("share/production", "RWA", "tantalum", 30.0)]),
    ("Japan's dependence on Chinese rare earths has dropped to 60%.", [("share/imports", "CHN", "rare earths", 60.0)]),
    ("Net import reliance for U.S. cobalt was 76% in 2024.", [("share/imports", "USA", "cobalt", 76.0)]),
    ("China relies on South Africa for over 80% of its chrome ore.", [("share/imports", "ZAF", "chromium", 80.0)]),
    ("China's grip on the graphite market exceeds 90%.", [("share/production", "CHN", "graphite", 90.0)]),
    (
        "China imported 159 million tonnes of bauxite, with Guinea accounting for 70% of supplies.",
        [("imports", "CHN", "bauxite", 159e6), ("share/production", "GIN", "bauxite", 70.0)],
    ),
    (
        "Miners dig for lithium, mainly in Australia, which produces 40% of the world's supplies - to the joy of producers.",
        [("share/production", "AUS", "lithium", 40.0)],
    ),
    (
        "The EU sources 97% of its magnesium imports from China, alongside large shares of gallium (71%), germanium (45%).",
        [
            ("share/imports", "CHN", "magnesium", 97.0),
            ("share/imports", "CHN", "gallium", 71.0),
            ("share/imports", "CHN", "germanium", 45.0),
        ],
    ),
    (
        "Norilsk Nickel produces up to 38% of the world's palladium as a byproduct of nickel mining.",
        [("share/production", "RUS", "palladium", 38.0)],
    ),
]
CHANGES: list[tuple[str, list[Claim]]] = [
    ("Global demand for lithium will treble by 2030.", [("change/consumption", "WLD", "lithium", 200.0)]),
    (
        "Tin output in Indonesia halved to 45,000 tonnes.",
        [("change/production", "IDN", "tin", -50.0), ("production", "IDN", "tin", 45000.0)],
    ),
    (
        "Prices for germanium have quadrupled, to $5,000 a kilogram.",
        [("change/price", "WLD", "germanium", 300.0), ("price", "WLD", "germanium", 5000.0)],
    ),
    (
        "Mongolia shipped 1.7 Mt of copper concentrate in 2024 (+15% y/y).",
        [("exports", "MNG", "copper", 1.7e6), ("change/exports", "MNG", "copper", 15.0)],
    ),
    (
        "Zambia's gold output grew by 40%, cobalt at 581% and nickel at 164%.",
        [
            ("change/production", "ZMB", "gold", 40.0),
            ("change/production", "ZMB", "cobalt", 581.0),
            ("change/production", "ZMB", "nickel", 164.0),
        ],
    ),
    (
        "Exports of iron ore from Australia and Brazil rose by 83% and 48% respectively.",
        [("change/exports", "AUS", "iron ore", 83.0), ("change/exports", "BRA", "iron ore", 48.0)],
    ),
]
CHANGES += [
    (
        "In Peru, copper output rose 4%, while zinc fell 2% and tin was flat.",
        [("change/production", "PER", "copper", 4.0), ("change/production", "PER", "zinc", -2.0)],
    ),
    (
        "Indonesia's nickel exports fell below 0.9 million tonnes (-74% y/y).",
        [("exports", "IDN", "nickel", 0.9e6), ("change/exports", "IDN", "nickel", -74.0)],
    ),
    ("World gold output fell by 28 tonnes to 3,533 tonnes.", [("production", "WLD", "gold", 3533.0)]),
]
RANKS: list[tuple[str, list[Claim]]] = [
    ("Turkey became the EU's largest steel supplier.", [("rank/exports", "TUR", "steel", 1.0)]),
    ("Ghana overtook South Africa to become Africa's top gold producer.", [("rank/production", "GHA", "gold", 1.0)]),
    ("Canada has more potash than any other country.", [("rank/reserves", "CAN", "potash", 1.0)]),
    ("Outside China, Vietnam is the largest tungsten producer.", [("rank/production", "VNM", "tungsten", 1.0)]),
    (
        "With reserves of 44 million tonnes, China tops the rare earths league table.",
        [("reserves", "CHN", "rare earths", 44e6), ("rank/reserves", "CHN", "rare earths", 1.0)],
    ),
    (
        "Peru is the third-largest copper producer, No. 2 in silver and No. 5 in gold.",
        [("rank/production", "PER", "copper", 3.0), ("rank/production", "PER", "silver", 2.0), ("rank/production", "PER", "gold", 5.0)],
    ),
]
DENIALS: list[tuple[str, list[Claim]]] = [
    ("India has no lithium production of its own.", [("production", "IND", "lithium", None)]),
    ("Germany does not mine any rare earths.", [("production", "DEU", "rare earths", None)]),
]


@pytest.mark.parametrize(("text", "wanted"), [*LEVELS, *SHARES, *CHANGES, *RANKS, *DENIALS])
def test_what_is_claimed(text: str, wanted: list[Claim]) -> None:
    found = [told(s) for s in claims(text)]
    assert len(found) == len(wanted), found
    for claim in wanted:
        assert any(same(f, claim) for f in found), (claim, found)


@pytest.mark.parametrize(
    "text",
    [
        "The company's revenue fell 8% as nickel prices weakened.",
        "The tailings dam held 12 million tonnes of waste at Brazil's iron ore mine.",
        "China's central bank holds 2,292 tonnes of gold.",
        "Around 15% of Congo's cobalt miners are children, activists say.",
        "Saudi Arabia aims to be the world's second-largest exporter of phosphate.",
        "At least 25% of these copper materials must be produced in the United States.",
        "Each vehicle uses 50 kg of graphite.",
        "The price is driven by the top tin-producing countries.",
    ],
)
def test_what_claims_nothing(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "metric", "country", "target"),
    [
        ("Canada supplied the US with 8.9 million tonnes of potash.", "exports", ("CAN",), ("USA",)),
        ("Europe depends on China for its gallium.", "imports", ("EUU",), ("CHN",)),
        ("Turkey became the EU's largest steel supplier.", "rank", ("TUR",), ("EUU",)),
        ("Chile sold copper worth $5bn to the United States, representing 11% of total shipments.", "share", ("USA",), ("CHL",)),
    ],
)
def test_the_other_end(text: str, metric: str, country: tuple[str, ...], target: tuple[str, ...]) -> None:
    found = [s for s in claims(text) if s.metric == metric]
    assert [(s.country, s.target) for s in found] == [(country, target)]


@pytest.mark.parametrize(
    "text",
    [
        "India has no lithium production of its own.",
        "لا تنتج الهند الليثيوم.",
    ],
)
def test_a_denied_flow_is_false(text: str) -> None:
    (s,) = claims(text)
    assert (s.metric, s.country, s.commodity, s.polarity, s.value) == ("production", ("IND",), ("lithium",), False, None)


def test_a_date_that_is_only_compared_with() -> None:
    first, rise = claims("Guinea exported 48 million tonnes of bauxite in 2025, a rise of 39% from 2023.")
    assert (first.year_or_date, rise.year_or_date) == ("2025", "2025")


@pytest.mark.parametrize(("figure", "value"), [("30%", 30.0), ("41%", 41.0)])
@pytest.mark.parametrize(("who", "code"), [("Rwanda", "RWA"), ("Brazil", "BRA")])
@pytest.mark.parametrize("good", ["tantalum", "tin"])
def test_another_figure_country_or_commodity_changes_that_field(figure: str, value: float, who: str, code: str, good: str) -> None:
    (s,) = claims(f"{who}'s share of global {good} output has climbed to {figure}.")
    assert told(s) == ("share/production", code, good, value)

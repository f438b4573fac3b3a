"""Claims checked by hand: the expected value beside the file and the line where it is printed.

Files are those of the publishers: MCS2025_World_Data.csv ("world 2025"), mcs2024-*_world.csv, mcs2025-*_salient.csv of the Mineral Commodity Summaries, the
World Bank's annual and monthly prices (CMO-Historical-Data), BACI V202601 by heading and by subheading, the table of measures.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest

from maadin.reading.check import check_statement
from maadin.reading.statement import Statement

Say = Callable[..., Statement]


class Claim(NamedTuple):
    """Fields of a statement, the verdict, the deciding figure (part of its row key, value) and where it is printed."""

    fields: dict[str, Any]
    verdict: str
    row: str
    value: float | None
    printed: str
    depends_on: tuple[str, ...] = ()


WORLD_25 = "usgs_mcs:MCS 2025"
BY_HAND: dict[str, Claim] = {
    "lithium reserves of Chile, about 9.3 Mt": Claim(
        {"metric": "reserves", "commodity": ("lithium",), "country": ("CHL",), "value": 9_300_000, "unit": "tonne", "comparator": "approx"},
        "supported", f"reserves:{WORLD_25}:lithium:mine::Li content:CHL:2024", 9_300_000, "world 2025, line 633",
    ),
    "Australia second in lithium reserves": Claim(
        {"metric": "rank", "of": "reserves", "commodity": ("lithium",), "country": ("AUS",), "value": 2, "unit": "rank", "comparator": "rank"},
        "supported", f"reserves:{WORLD_25}:lithium:mine::Li content:AUS:2024", 7_000_000, "world 2025, lines 629-633: Chile 9.3, Australia 7.0, Argentina 4.0",
    ),
    "Australia first in lithium reserves": Claim(
        {"metric": "rank", "of": "reserves", "commodity": ("lithium",), "country": ("AUS",), "value": 1, "unit": "rank", "comparator": "rank"},
        "contradicted", f"reserves:{WORLD_25}:lithium:mine::Li content:AUS:2024", 7_000_000, "world 2025, lines 630 and 633",
    ),
    "refined copper of China, 12 Mt in 2024": Claim(
        {"metric": "production", "commodity": ("copper",), "country": ("CHN",), "value": 12_000_000, "unit": "tonne", "year_or_date": "2024",
         "text": "China made 12 million tonnes of refined copper in 2024"},
        "supported", f"production:{WORLD_25}:copper:refined::gross:CHN:2024", 12_000_000, "world 2025, line 302",
    ),
    "copper of Chile, 5.3 Mt in 2024": Claim(
        {"metric": "production", "commodity": ("copper",), "country": ("CHL",), "value": 5_300_000, "unit": "tonne", "year_or_date": "2024"},
        "depends", f"production:{WORLD_25}:copper:mine::Cu content:CHL:2024", 5_300_000, "world 2025, line 282 (mine 5,300) and 301 (refined 1,900)",
        ("source", "stage"),
    ),
    "aluminium capacity of the United States, 1.36 Mt in 2024": Claim(
        {"metric": "capacity", "commodity": ("aluminium",), "country": ("USA",), "value": 1_360_000, "unit": "tonne", "year_or_date": "2024"},
        "supported", f"capacity:{WORLD_25}:aluminium:refined::gross:USA:2024", 1_360_000, "world 2025, line 32",
    ),
    "aluminium of the United States, over 650 kt in 2024": Claim(
        {"metric": "production", "commodity": ("aluminium",), "country": ("USA",), "value": 650_000, "unit": "tonne", "comparator": "gt", "year_or_date": "2024"},
        "supported", f"production:{WORLD_25}:aluminium:refined::gross:USA:2024", 670_000, "world 2025, line 32",
    ),
    "aluminium of the United States, over 700 kt in 2024": Claim(
        {"metric": "production", "commodity": ("aluminium",), "country": ("USA",), "value": 700_000, "unit": "tonne", "comparator": "gt", "year_or_date": "2024"},
        "contradicted", f"production:{WORLD_25}:aluminium:refined::gross:USA:2024", 670_000, "world 2025, line 32",
    ),
    "cobalt of the DR Congo, about 76% in 2024": Claim(
        {"metric": "share", "of": "production", "commodity": ("cobalt",), "country": ("COD",), "value": 76, "unit": "percent", "comparator": "approx",
         "year_or_date": "2024"},
        "depends", f"production:{WORLD_25}:cobalt:mine::Co content:COD:2024", 220_000, "world 2025, lines 268 and 278: 220,000 / 290,000 = 75.9%", ("source",),
    ),
    "gallium of China, more than 95% in 2024": Claim(
        {"metric": "share", "of": "production", "commodity": ("gallium",), "country": ("CHN",), "value": 95, "unit": "percent", "comparator": "gt",
         "year_or_date": "2024"},
        "supported", f"production:{WORLD_25}:gallium:refined::gross:CHN:2024", 750, "world 2025, lines 371 and 376: 750,000 of 760,000 kg",
    ),
    "Indonesia first in nickel reserves": Claim(
        {"metric": "rank", "of": "reserves", "commodity": ("nickel",), "country": ("IDN",), "value": 1, "unit": "rank", "comparator": "rank"},
        "supported", f"reserves:{WORLD_25}:nickel:mine::Ni content:IDN:2024", 55_000_000, "world 2025, lines 725-734",
    ),
    "Indonesia has more than half of mined nickel": Claim(
        {"metric": "share", "of": "production", "commodity": ("nickel",), "country": ("IDN",), "target": ("WLD",), "value": 50, "unit": "percent",
         "comparator": "gt"},
        "supported", f"production:{WORLD_25}:nickel:mine::Ni content:IDN:2024", 2_200_000, "world 2025, lines 729 and 734: 2.2 of 3.7 Mt",
    ),
    "South Africa first in manganese reserves": Claim(
        {"metric": "rank", "of": "reserves", "commodity": ("manganese",), "country": ("ZAF",), "value": 1, "unit": "rank", "comparator": "rank"},
        "supported", f"reserves:{WORLD_25}:manganese:mine::gross:ZAF:2024", 560_000_000, "world 2025, line 674 (thousand tonnes)",
    ),
    "Ukraine has 20% of graphite reserves": Claim(
        {"metric": "share", "of": "reserves", "commodity": ("graphite",), "country": ("UKR",), "value": 20, "unit": "percent", "comparator": "approx"},
        "not_checkable", f"reserves:{WORLD_25}:graphite:mine::gross:UKR:2024", None, "world 2025, line 445: included in World total",
    ),
    "Vietnam has more rare earths than Russia": Claim(
        {"metric": "reserves", "commodity": ("rare earths",), "country": ("VNM",), "target": ("RUS",), "quality": "more", "comparator": "gt"},
        "depends", f"reserves:{WORLD_25}:rare-earths:mine::REO content:VNM:2024", 3_500_000,
        "world 2025, lines 891 and 895: 3.8 and 3.5; mcs2024-raree_world.csv lines 12 and 16: 10 and 22", ("release",),
    ),
    "bromine of the United States, 200 kt in 2024": Claim(
        {"metric": "production", "commodity": ("bromine",), "country": ("USA",), "value": 200_000, "unit": "tonne", "year_or_date": "2024"},
        "not_checkable", f"production:{WORLD_25}:bromine:mine::Br content:USA:2024", None, "world 2025, line 160: W",
    ),
    "copper of Chile in 2026": Claim(
        {"metric": "production", "commodity": ("copper",), "country": ("CHL",), "value": 6_000_000, "unit": "tonne", "year_or_date": "2026"},
        "not_checkable", f"production:{WORLD_25}:copper:mine::Cu content:CHL:2024", 5_300_000, "world 2025, line 282: the last figure known",
    ),
    "copper at about 9,140 dollars in 2024": Claim(
        {"metric": "price", "commodity": ("copper",), "value": 9_140, "unit": "USD/tonne", "year_or_date": "2024", "comparator": "approx"},
        "supported", "prices:wb_pinksheet:Pink Sheet 2026-06:copper:Copper:nominal, LME, cathode grade A:2024:", 9_142.14, "annual prices, Copper 2024",
    ),
    "copper at 9,740 dollars in March 2025": Claim(
        {"metric": "price", "commodity": ("copper",), "value": 9_740, "unit": "USD/tonne", "year_or_date": "2025-03"},
        "supported", "prices:wb_pinksheet:Pink Sheet 2026-06:copper:Copper:nominal, LME, cathode grade A:2025:3", 9_739.68, "monthly prices, Copper 2025M03",
    ),
    "aluminium from Russia to the United States, 192 kt in 2022": Claim(
        {"metric": "exports", "commodity": ("aluminium",), "country": ("RUS",), "target": ("USA",), "value": 192_000, "unit": "tonne", "year_or_date": "2022"},
        "supported", "trade:baci-hs22-hs4-v202601:7601:RUS:USA:2022", 191_809, "BACI by heading, 2022 RUS USA 7601",
    ),
    "aluminium from Russia to the United States, 31 kt in 2022": Claim(
        {"metric": "exports", "commodity": ("aluminium",), "country": ("RUS",), "target": ("USA",), "value": 31_000, "unit": "tonne", "year_or_date": "2022"},
        "depends", "trade:baci-hs22-hs4-v202601:7601:RUS:USA:2022", 191_809, "heading 7601 shows 192 kt where 760110 shows 31", ("series",),
    ),
    "rare-earth magnets of China, about 63% of exports in 2024": Claim(
        {"metric": "share", "of": "exports", "commodity": ("rare earths",), "country": ("CHN",), "target": ("WLD",), "value": 63, "unit": "percent",
         "comparator": "approx", "year_or_date": "2024", "text": "63% of the exports of magnets"},
        "depends", "trade:baci-hs17-v202601:850511:CHN:WLD:2024", 137_248.015, "BACI HS17 850511: 3,109.6 of 4,962.9 M USD = 62.7%; 137.2 of 187.8 kt = 73.1%",
        ("by",),
    ),
    "the DR Congo first in exports of refined copper in 2024": Claim(
        {"metric": "rank", "of": "exports", "commodity": ("copper",), "country": ("COD",), "value": 1, "unit": "rank", "comparator": "rank",
         "year_or_date": "2024", "text": "largest exporter of refined copper"},
        "supported", "trade:baci-hs17-v202601:740311:COD:WLD:2024", 2_046_481.089, "BACI HS17 740311 of 2024: 2,046 kt, Chile 1,905",
    ),
    "the United States need graphite": Claim(
        {"metric": "imports", "commodity": ("graphite",), "country": ("USA",), "quality": "needed"},
        "supported", "salient:usgs_mcs:MCS 2025:graphite:net_import_reliance::USA:2024", 100, "mcs2025-graph_salient.csv, line 6: 100",
    ),
    "copper used in the United States, 1.6 Mt in 2024": Claim(
        {"metric": "consumption", "commodity": ("copper",), "country": ("USA",), "value": 1_600_000, "unit": "tonne", "year_or_date": "2024"},
        "depends", "salient:usgs_mcs:MCS 2025:copper:reported_consumption::USA:2024", 1_600_000,
        "mcs2025-coppe_salient.csv, line 6: reported 1,600, apparent 1,800", ("item",),
    ),
    "nickel ore of Indonesia is banned": Claim(
        {"instrument": "ban", "commodity": ("nickel",), "actor": ("IDN",), "direction": "export", "status": "in_force", "year_or_date": "2020"},
        "supported", "measures:id_ni_2020", None, "measures.csv, line 38",
    ),
    "50% on aluminium": Claim(
        {"instrument": "tariff", "commodity": ("aluminium",), "actor": ("USA",), "target": ("WLD",), "value": 50, "unit": "percent", "status": "in_force",
         "year_or_date": "2025-06"},
        "supported", "measures:us232_al_2025b", 50, "measures.csv, line 6",
    ),
    "rare-earth quota of China, 30,258 t in 2010": Claim(
        {"instrument": "quota", "commodity": ("rare earths",), "actor": ("CHN",), "value": 30_258, "unit": "tonne", "status": "in_force",
         "year_or_date": "2010"},
        "supported", "measures:cn_ree_quota_2010", 30_258, "measures.csv, line 20",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_HAND)
def test_claims_checked_by_hand(say: Say, name: str) -> None:
    claim = BY_HAND[name]
    found = check_statement(say(**claim.fields))
    assert found.verdict == claim.verdict, [n for n in found.now.reasons]
    assert found.then is None
    assert "no_date" in {n.id for n in found.notes}
    assert claim.row in {*found.now.figures, *found.now.beside}
    value = found.figure(claim.row).value
    assert value == (pytest.approx(claim.value) if claim.value is not None else None), claim.printed
    if claim.depends_on:
        said = next(n for n in found.now.reasons if n.id == "depends_on")
        assert set(said.values["axes"]) == set(claim.depends_on)


def test_zero_is_a_figure_and_a_dropped_row_is_not_listed(say: Say) -> None:
    """mcs2024-bauxi_world.csv prints 0 for the reserves of Ukraine; the table of 2025 no longer lists it."""
    claim = say(metric="reserves", commodity=("bauxite",), country=("UKR",), polarity=False, comparator="lt")
    found = check_statement(claim, published=date(2024, 6, 1))
    assert found.then is not None
    assert (found.then.verdict, found.now.verdict) == ("supported", "not_listed")
    assert found.figure("reserves:usgs_mcs:MCS 2024:bauxite:mine::dry:UKR:2023").status == "zero"
    assert next(n for n in found.now.notes if n.id == "listed_before").values["releases"] == ["MCS 2023", "MCS 2024"]


def test_missing_withheld_and_counted_elsewhere_are_told_apart(say: Say) -> None:
    wanted = {
        ("bromine", "USA", "production"): "withheld",
        ("graphite", "UKR", "reserves"): "included_elsewhere",
        ("rare earths", "NGA", "reserves"): "missing",
    }
    for (commodity, country, metric), status in wanted.items():
        found = check_statement(say(metric=metric, commodity=(commodity,), country=(country,), value=1000, unit="tonne"))
        assert found.verdict == "not_checkable"
        assert next(n for n in found.now.reasons if n.id == "status_only").values["statuses"] == [status]

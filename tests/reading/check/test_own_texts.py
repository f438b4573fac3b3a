"""Claims of the texts of our own, each as its annotation has it, with the verdict that the publishers' files give by hand.

The statement is built from the annotation, not by the reader, and held against what was in print on the day of the text ("then") and against everything
("now"). `by_hand` says where the figure stands, so that anyone can repeat it:

- "world 2025": MCS2025_World_Data.csv of the Mineral Commodity Summaries, by line; "2024 tungs": mcs2024-tungs_world.csv, and so on;
- "WMD": World Mining Data, production of 2020 to 2024, the sheet of the commodity;
- "BACI": CEPII BACI V202601 by six-digit code (HS92 unless said), "heading": the 200 largest flows a heading and year (HS22), by line;
- "Pink Sheet": World Bank, CMO-Historical-Data-Monthly of June 2026;
- "measures": the table of measures, by line.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from maadin.reading.check import Verdict, check_statement
from maadin.reading.statement import Statement

TEXTS = Path(__file__).parents[1] / "texts"
USGS, WMD, BACI, HEADING, PINK = (
    "usgs_mcs:MCS 2025",
    "wmd:WMD 2018-2024",
    "baci-hs92-v202601",
    "baci-hs22-hs4-v202601",
    "wb_pinksheet:Pink Sheet 2026-06",
)


class Checked(NamedTuple):
    """A claim checked by hand: verdict on its day (None without a date) and now, figures by row key, where they stand, why so."""

    then: str | None
    now: str
    figures: dict[str, float | None]
    by_hand: str


CHECKED: dict[tuple[str, str], Checked] = {
    ("e01", "s9"): Checked(
        "depends", "supported",
        {f"production:{USGS}:aluminium:refined::gross:USA:2024": 670_000, f"production:{WMD}:aluminium:refined::gross:USA:2023": 750_000},
        "no more than 700 kt: world 2025, line 32: 670 in 2024, 750 in 2023 (WMD of 2023, the last in print in June 2025: 750)",
    ),
    ("a01", "s10"): Checked(
        "supported", "supported", {f"capacity:{USGS}:aluminium:refined::gross:USA:2024": 1_360_000},
        "about 1.4 Mt: world 2025, line 32, capacity 1,360 thousand t",
    ),
    ("e01", "s5"): Checked(
        "not_checkable", "depends", {f"trade:{HEADING}:7601:ARE:USA:2024": 435_185, f"trade:{BACI}:760110:ARE:USA:2024": 107_909.574},
        "second supplier of 2024: heading, lines 5202 (Canada 2,744,896 t) and 5206 (Emirates 435,185 t): second; fourth under 760110 alone",
    ),
    ("e01", "s3"): Checked(
        "not_checkable", "depends", {f"trade:{HEADING}:7601:CAN:USA:2024": 2_744_896, f"trade:{BACI}:760110:CAN:USA:2024": 1_730_046.042},
        "58%: of 760110 76% by worth; of the largest flows of 7601 73%, which is at most that of all flows",
    ),
    ("e02", "s5"): Checked(
        None, "supported", {f"reserves:{USGS}:phosphate:mine::gross:MAR:2024": 50e9}, "some 50 billion t: world 2025, line 808: 50,000,000 thousand t",
    ),
    ("a02", "s6"): Checked(
        None, "depends", {f"reserves:{USGS}:phosphate:mine::gross:MAR:2024": 50e9, "reserves:usgs_mcs:MCS 2023:phosphate:mine::gross:MAR:2022": 50e9},
        "70%: world 2025, lines 808 and 821: 50 of 74 = 67.6%; 2023 phosp, lines 14 and 26: 50 of 72 = 69.4%",
    ),
    ("e02", "s8"): Checked(
        None, "supported",
        {f"reserves:{USGS}:phosphate:mine::gross:TUN:2024": 2.5e9, f"reserves:{USGS}:phosphate:mine::gross:DZA:2024": 2.2e9},
        "together not over 5 billion t: world 2025, lines 816 and 797: 2.5 + 2.2 = 4.7",
    ),
    ("e02", "s9"): Checked(
        None, "supported", {f"prices:{PINK}:phosphate:Phosphate rock:nominal, fob North Africa:2025:5": 152.5},
        "150 to 165 dollars in the second quarter of 2025: Pink Sheet, phosphate rock, rows 790 to 792 (2025M04 to M06): 152.5 each; DAP and TSP are other goods",
    ),
    ("e02", "s4"): Checked(
        None, "depends", {"trade:baci-hs17-v202601:251010:MAR:IND:2024": 882_535.57, f"trade:{BACI}:251020:MAR:IND:2024": 1_530_460},
        "a third to India: 251010 of HS17 883 of 6,267 kt = 14%; 251020 1,530 of 3,072 kt = 50%; each is a part of the trade",
    ),
    ("a03", "s2"): Checked(
        "supported", "supported", {f"production:{USGS}:manganese:mine::Mn content:GAB:2024": 4_600_000, f"production:{WMD}:manganese:mine::Mn content:GAB:2024": 4_158_300},
        "second: world 2025, lines 674 (South Africa 7,400) and 670 (Gabon 4,600)",
    ),
    ("e03", "s4"): Checked(
        "supported", "depends", {f"trade:{BACI}:260200:GAB:CHN:2023": 5_479_075.54, f"trade:{BACI}:260200:GAB:CHN:2024": 4_161_535.7},
        "China takes over half: 260200 of Gabon in 2023 5,479 of 9,979 kt = 54.9%, 851 of 1,585 M USD = 53.7%; in 2024 52.6% of tonnes, 49.3% of dollars",
    ),
    ("e04", "s6"): Checked(
        "supported", "depends", {f"production:{USGS}:tungsten:mine::W content:CHN:2024": 67_000, f"production:{WMD}:tungsten:mine::W content:CHN:2024": 58_760},
        "over 80%: world 2025, lines 1177 and 1185: 67,000 of 81,000 = 82.7%; WMD of 2024 58,760 of 75,416 = 77.9%",
    ),
    ("a04", "s7"): Checked(
        "supported", "supported", {f"reserves:{USGS}:tungsten:mine::W content:CHN:2024": 2_400_000}, "2.4 Mt: world 2025, line 1177",
    ),
    ("e04", "s9"): Checked(
        "supported", "supported",
        {"production:usgs_mcs:MCS 2024:tungsten:mine::W content:USA:2022": 0, "production:usgs_mcs:MCS 2023:tungsten:mine::W content:USA:2021": 0},
        "no mine since 2015: 2024 tungs, line 2, and 2023 tungs, line 2: 0",
    ),
    ("a05", "s1"): Checked(
        None, "depends", {f"production:{WMD}:uranium:mine::U3O8 content:KAZ:2024": 27_440}, "23.3 kt: WMD 27,440 t of U3O8, x 0.848 = 23,269 t of uranium",
    ),
    ("e05", "s8"): Checked(
        None, "supported", {f"production:{WMD}:uranium:mine::U3O8 content:NER:2022": 2_382},
        "seventh in 2022: WMD: Kazakhstan 25,031, Namibia 6,617, Canada 6,168, Australia 5,377, Uzbekistan 4,198, Russia 2,957, Niger 2,382, China 2,005",
    ),
    ("a06", "s4"): Checked(
        "supported", "supported", {f"trade:{BACI}:760110:RUS:EUU:2021": 527_719.69},
        "a fifth (17.5 to 22.5%) of the imports of the Union: 760110 527,720 of 2,948,611 t = 17.9%, 1,359 of 7,716 M USD = 17.6%, trade within it left out",
    ),
    ("a06", "s6"): Checked(
        "contradicted", "contradicted",
        {f"production:{USGS}:aluminium:refined::gross:RUS:2024": 3_800_000, f"production:{WMD}:aluminium:refined::gross:RUS:2024": 4_185_000},
        "3.99 Mt (3.985 to 3.995): world 2025, line 42: 3,800; WMD 4,185 kt",
    ),
    ("a06", "s7"): Checked(
        "not_checkable", "not_checkable", {}, "a third of Russia's output to China: no table counts what becomes of output",
    ),
    ("a06", "s9"): Checked("supported", "supported", {"measures:us232_al_2023_rus": 200}, "200%: measures, line 3, from 10 March 2023"),
    ("e08", "s8"): Checked(
        "contradicted", "depends", {f"production:{USGS}:nickel:mine::Ni content:NCL:2024": 110_000, f"production:{WMD}:nickel:mine::Ni content:NCL:2024": 115_510},
        "sixth: world 2025, lines 725-732: Indonesia, Philippines, Russia, Canada, China, then New Caledonia and Australia level; 2024 nicke, line 8: 230, third",
    ),
    ("a08", "s9"): Checked(
        "depends", "supported", {f"prices:{PINK}:nickel:Nickel:nominal, LME, cathode 99.8%:2025:5": 15_345.79},
        "15,300 dollars on 20 May 2025: Pink Sheet, row 791 (2025M05): 15,346; on that day only April was in print, 15,113",
    ),
    ("a08", "s10"): Checked(
        "depends", "depends", {f"prices:{PINK}:nickel:Nickel:nominal, LME, cathode 99.8%:2022:3": 33_924.18},
        "over 50,000 dollars in March 2022: Pink Sheet, row 753 (2022M03): 33,924, a mean of the month, which hides the days",
    ),
    ("a10", "s6"): Checked(
        "not_listed", "not_listed", {f"reserves:{USGS}:rare-earths:mine::REO content:UKR:2024": None}, "world 2025, lines 880-897: no Ukraine among rare earths",
    ),
    ("e09", "s6"): Checked(
        "depends", "supported", {f"trade:{HEADING}:2601:UKR:WLD:2024": 33_928_423, f"trade:{BACI}:260111:UKR:WLD:2024": 22_344_791.955},
        "sixth exporter of iron ore: in 2024 33.9 Mt, after Australia, Brazil, South Africa, Canada and India; in 2023 16.9 Mt, eighth",
    ),
    ("a12", "s4"): Checked(
        "not_listed", "contradicted", {f"production:{WMD}:gold:mine::Au content:SDN:2023": 23.2}, "41.5 t in 2023: WMD 23,200 kg; not in 2024 gold, nor world 2025",
    ),
    ("a12", "s7"): Checked(
        "depends", "supported", {f"production:{USGS}:gold:mine::Au content:GHA:2024": 130, f"production:{WMD}:gold:mine::Au content:GHA:2024": 149.785},
        "sixth: world 2025, lines 409-427: China 380, Russia 310, Australia 290, Canada 200, United States 160, then Ghana, Kazakhstan and Mexico 130 each",
    ),
    ("e11", "s5"): Checked(
        "supported", "depends",
        {f"production:{USGS}:palladium:mine::Pd content:RUS:2024": 75, f"production:{USGS}:palladium:mine::Pd content:ZAF:2024": 72},
        "four fifths (77.5 to 82.5%): world 2025, lines 824, 825, 828: 147 of 190 t = 77.4% in 2024; of 2023 in the release of 2024 77.6%",
    ),
    ("e11", "s4"): Checked(
        "not_checkable", "contradicted", {f"trade:{BACI}:711021:RUS:USA:2023": 23.829},
        "38% of imports of palladium in 2023: 711021 and 711029 1,080 of 2,962 M USD = 36.4%, 23.8 of 68.5 t = 34.8%",
    ),
    ("e12", "s6"): Checked(
        "depends", "depends",
        {f"reserves:{USGS}:chromium:mine::gross:KAZ:2024": 320e6, "reserves:usgs_mcs:MCS 2024:chromium:mine::gross:KAZ:2023": 230e6},
        "230 Mt: 2023 and 2024 chrom, line 5: 230,000; world 2025, line 221: 320,000",
    ),
    ("e12", "s7"): Checked(
        "depends", "depends", {f"reserves:{USGS}:chromium:mine::gross:KAZ:2024": 320e6},
        "the largest: world 2025, line 224: Zimbabwe 540,000; 2024 chrom: Kazakhstan 230,000 of 560,000, first",
    ),
    ("e13", "s5"): Checked(
        "supported", "depends", {f"production:{USGS}:antimony:mine::Sb content:CHN:2024": 60_000, f"production:{WMD}:antimony:mine::Sb content:CHN:2024": 46_223},
        "60,000 t: world 2025, line 51; WMD of 2024 (in print from May 2026) 46,223",
    ),
    ("e10", "s5"): Checked(
        "not_checkable", "not_checkable", {f"prices:{PINK}:copper:Copper:nominal, LME, cathode grade A:2026:": 12_997.242},
        "10,200 dollars on average in 2026: the year is not over, five months give 12,997",
    ),
    ("e06", "s6"): Checked(
        "not_checkable", "not_checkable", {f"prices:{USGS}:cobalt:Cobalt:LME:2024:": 12}, "52,000 dollars in September 2026: the last price is of 2024",
    ),
    ("a13", "s7"): Checked(
        "not_checkable", "contradicted", {f"trade:{BACI}:250410:MOZ:WLD:2024": 81_898.707, f"trade:{BACI}:250490:MOZ:WLD:2024": 121.708},
        "not over 45,000 t: 250410 and 250490 of 2024, 82,020 t",
    ),
    ("a11", "s4"): Checked(
        "not_checkable", "depends", {"trade:baci-hs17-v202601:740311:CHL:USA:2024": 633_962.401, f"trade:{HEADING}:7403:CHL:USA:2024": 631_950},
        "646 kt of refined copper: heading, line 4003: 632 kt; 740311 of HS17 634 kt, a lower bound",
    ),
    ("a12", "s2"): Checked(
        "not_checkable", "depends", {},
        "97% to the Emirates in 2024: 710812 of Sudan 21.6 M USD in 2024, 1,034 in 2023: under a tenth, no basis for a share",
    ),
    ("a11", "s5"): Checked(
        "not_checkable", "supported", {"trade:baci-hs17-v202601:740311:CHL:USA:2024": 633_962.401},
        "about 70% of imports: 740311 of HS17 5,850 of 8,242 M USD = 71.0%, 634 of 892 kt = 71.1%",
    ),
    ("e14", "s5"): Checked(
        "not_checkable", "depends", {"computed:wmd:WMD 2018-2024 + BACI V202601:copper:apparent_consumption:computed:IND:2024": 251_702.05066},
        "used 1.7 Mt: computed from ore 27,125 + 230,637 - 6,060 t of content, which is not the use of metal",
    ),
    ("article_en", "s14"): Checked(
        "depends", "depends", {f"production:{USGS}:aluminium:refined::gross:RUS:2024": 3_800_000, f"production:{WMD}:aluminium:refined::gross:RUS:2024": 4_185_000},
        "second: world 2025, lines 37, 39, 42: China 43,000, India 4,200, Russia 3,800; WMD India 4,196.5, Russia 4,185, within 1%",
    ),
}  # fmt: skip


@lru_cache
def text(name: str) -> dict[str, Any]:
    folder = "article" if name.startswith("article") else "ar" if name.startswith("a") else "en"
    read: dict[str, Any] = json.loads((TEXTS / folder / f"{name}.json").read_text("utf-8"))
    return read


def annotated(name: str, sid: str) -> Statement:
    """The statement of an annotation, with the piece of the text that it marks."""
    whole = text(name)
    gold = next(g for g in whole["gold"] if g["sid"] == sid)
    start = whole["text"].index(gold["anchor"])
    fields = {k: tuple(v) if isinstance(v, list) else v for k, v in gold.items() if k in Statement.model_fields and v is not None}
    return Statement(**{**fields, "span": (start, start + len(gold["anchor"])), "text": gold["anchor"], "lang": whole["lang"]})


def verdict_on(name: str, sid: str) -> Verdict:
    day = text(name)["published"]
    return check_statement(annotated(name, sid), published=date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(("name", "sid"), CHECKED)
def test_the_verdict_is_the_one_found_by_hand(name: str, sid: str) -> None:
    wanted = CHECKED[name, sid]
    found = verdict_on(name, sid)
    assert (found.then.verdict if found.then else None, found.verdict) == (wanted.then, wanted.now), wanted.by_hand
    for row, value in wanted.figures.items():
        assert found.figure(row).value == (None if value is None else pytest.approx(value)), wanted.by_hand


def test_at_least_thirty_of_many_kinds() -> None:
    statements = [annotated(*key) for key in CHECKED]
    assert len(statements) >= 30
    assert {s.lang for s in statements} == {"ar", "en"}
    assert {s.metric for s in statements} >= {"production", "reserves", "capacity", "exports", "share", "rank", "price", "tariff_rate"}
    assert {s.comparator for s in statements} >= {"eq", "approx", "gt", "lt", "range", "rank"}
    assert any(not s.polarity for s in statements)
    assert len({s.commodity for s in statements}) >= 12
    assert len({c for s in statements for c in s.country}) >= 15


def reasons(name: str, sid: str) -> dict[str, Any]:
    return {n.id: n.values for n in verdict_on(name, sid).now.reasons}


def test_what_a_buyer_takes_is_read_off_the_exports_of_the_seller() -> None:
    says = reasons("e03", "s4")["share_of_trade"]
    assert (says["country"], says["market"], says["taken"]) == ("CHN", "GAB", True)
    assert {r.id for r in verdict_on("e03", "s4").now.rules} >= {"share_of_source"}


def test_a_share_of_the_output_of_another_country_is_not_one_of_the_world() -> None:
    assert set(reasons("a06", "s7")) == {"share_of_anothers"}


def test_uranium_may_be_told_as_metal() -> None:
    assert reasons("a05", "s1")["depends_on"]["axes"] == ["mass_basis"]


def test_releases_of_reserves_are_rounded_as_their_figures_are() -> None:
    """2023 raree: 21 of 130 Mt, 2024 raree 10 of 110, world 2025 3.8 of 90: 16.2%, 9.1%, 4.2%."""
    trail = reasons("article_en", "s3")["revised"]["trail"]
    assert [round(100 * t["share"], 1) for t in trail] == [16.2, 9.1, 4.2]
    shown = {f.release: f.share for f in verdict_on("article_en", "s3").figures if f.what == "reserves" and f.country == "RUS"}
    assert [t["share"] for t in trail] == [pytest.approx(shown[t["release"]]) for t in trail]

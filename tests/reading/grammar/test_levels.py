"""Levels: whose tonnage it is, of what, from where; lists that tell the metric once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maadin.reading.read import read

PUBLISHED = date(2025, 6, 10)


def levels(text: str) -> list[tuple[str, Any, Any, float | None]]:
    """Metric, country, other end and value of each level of a text, in its order."""
    found = [
        s
        for s in read(text, PUBLISHED).statements
        if s.metric in ("reserves", "production", "exports", "imports", "consumption", "capacity", "value")
    ]
    return [(str(s.metric), ",".join(s.country), ",".join(s.target or ()), s.value if isinstance(s.value, float) else None) for s in found]


LISTS = [
    (
        "Australia holds lithium reserves of 6.2 million tonnes, Chile 9.3 million tonnes and Argentina 2.7 million tonnes.",
        [("reserves", "AUS", "", 6.2e6), ("reserves", "CHL", "", 9.3e6), ("reserves", "ARG", "", 2.7e6)],
    ),
    (
        "Brazil has tin reserves of 420,000 tonnes, followed by Bolivia (400,000) and Peru (130,000).",
        [("reserves", "BRA", "", 420e3), ("reserves", "BOL", "", 400e3), ("reserves", "PER", "", 130e3)],
    ),
    (
        "Kenya produced 2.1 million tonnes of titanium, against 800,000 t in Norway and 310,000 in Senegal.",
        [("production", "KEN", "", 2.1e6), ("production", "NOR", "", 800e3), ("production", "SEN", "", 310e3)],
    ),
    (
        "Namibia mined 7,333 tonnes of uranium, behind Kazakhstan (23,270 tonnes) and Canada (14,309 tonnes).",
        [("production", "NAM", "", 7333.0), ("production", "KAZ", "", 23270.0), ("production", "CAN", "", 14309.0)],
    ),
    (
        "Kenya produced 24,600 tonnes of titanium, followed by Norway and Senegal with 14,000 and 6,300 tonnes respectively.",
        [("production", "KEN", "", 24600.0), ("production", "NOR", "", 14e3), ("production", "SEN", "", 6300.0)],
    ),
    (
        "أنتجت كينيا 24.6 ألف طن من التيتانيوم، تليها النرويج ثم السنغال بمقدار 14 ألف طن و6.3 ألف طن على التوالي.",
        [("production", "KEN", "", 24600.0), ("production", "NOR", "", 14e3), ("production", "SEN", "", 6300.0)],
    ),
    (
        "China imported 159 million tonnes of bauxite, of which 110 million came from Guinea.",
        [("imports", "CHN", "", 159e6), ("imports", "CHN", "GIN", 110e6)],
    ),
    (
        "تمتلك أستراليا احتياطيات من الليثيوم تبلغ 6.2 ملايين طن، تليها تشيلي بـ9.3 ملايين طن ثم الأرجنتين بـ2.7 مليون طن.",
        [("reserves", "AUS", "", 6.2e6), ("reserves", "CHL", "", 9.3e6), ("reserves", "ARG", "", 2.7e6)],
    ),
    (
        "واستوردت الهند 90 مليون طن من الفحم لإنتاج الصلب، منها 52 مليوناً من أستراليا و14 مليوناً من روسيا.",
        [("imports", "IND", "", 90e6), ("imports", "IND", "AUS", 52e6), ("imports", "IND", "RUS", 14e6)],
    ),
]

ONE = [
    ("Zambia's copper output rose 12% to 820,000 tonnes in 2024.", ("production", "ZMB", "", 820e3)),
    ("Global nickel production reached 3.7 million tonnes in 2024.", ("production", "WLD", "", 3.7e6)),
    ("The world's primary zinc supply fell to 13 million tonnes.", ("production", "WLD", "", 13e6)),
    ("Peru's smelters can make 400,000 tonnes of zinc a year.", ("capacity", "PER", "", 400e3)),
    ("Chile shipped 300,000 tonnes of copper to the US market.", ("exports", "CHL", "USA", 300e3)),
    ("شحنت بيرو إلى السوق الأميركية 300 ألف طن من النحاس.", ("exports", "PER", "USA", 300e3)),
    ("لم تزود روسيا الهند بأكثر من 40 ألف طن من الألمنيوم.", ("exports", "RUS", "IND", 40e3)),
    ("ارتفع إنتاج زامبيا من النحاس بنسبة 12% إلى 820 ألف طن.", ("production", "ZMB", "", 820e3)),
    ("زادت صادرات زامبيا من النحاس 23% إلى 39 ألف طن، أعلى من 32 ألف طن قبل عام.", ("exports", "ZMB", "", 39e3)),
    ("يبلغ الإنتاج العالمي من النيكل 3.7 مليون طن.", ("production", "WLD", "", 3.7e6)),
    ("بلغت قيمة صادرات تشيلي من النحاس 48 مليار دولار.", ("exports", "CHL", "", 48e9)),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_a_list_tells_the_metric_once(text: str, expected: list[tuple[str, str, str, float]]) -> None:
    assert levels(text) == expected


@pytest.mark.parametrize(("text", "expected"), ONE)
def test_a_level_has_its_owner(text: str, expected: tuple[str, str, str, float]) -> None:
    assert expected in levels(text)


PASSED_ON = [
    "India's steel output rose to 149 million tonnes, while Japan's fell to 84 million.",
    "ارتفع إنتاج الهند من الصلب إلى 149 مليون طن، وتراجع إنتاج اليابان إلى 84 مليون طن.",
]


@pytest.mark.parametrize("text", PASSED_ON)
def test_a_metric_passes_on_to_another_country(text: str) -> None:
    assert levels(text) == [("production", "IND", "", 149e6), ("production", "JPN", "", 84e6)]


def test_a_firm_far_from_home_is_no_country() -> None:
    assert not levels("Copper from Chile, Chile's zinc and Chile's tin are in demand. Glencore produced 51,000 tonnes of copper.")


def test_a_surplus_is_no_level() -> None:
    assert not levels("Global zinc output will exceed demand, a surplus of 200,000 tonnes.")


def test_money_spent_on_mines_is_no_level() -> None:
    assert not levels("Chinese companies have spent $1 billion on lithium mines in Zimbabwe.")


def test_a_part_of_a_total_belongs_to_who_sells_it() -> None:
    english = "Peru accounts for 50,000 tonnes out of 80,000 tonnes of tin that Japan imports."
    arabic = "تمثل بيرو 50 ألف طن من أصل 80 ألف طن من القصدير تستوردها اليابان."
    for text in (english, arabic):
        assert levels(text) == [("imports", "JPN", "PER", 50e3), ("imports", "JPN", "", 80e3)]


def test_a_share_told_again_in_tonnes() -> None:
    assert ("imports", "JPN", "PER", 50e3) in levels("Peru accounted for 60% of Japan's tin imports, or 50,000 tonnes.")


def test_commodity_stands_with_its_own_figure() -> None:
    found = read("China exported 23 tonnes (25 tons) of gallium and produces 600 tonnes (660 tons) of germanium.", PUBLISHED).statements
    assert [(s.commodity, s.metric) for s in found] == [(("gallium",), "exports"), (("germanium",), "production")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Zambia", "Peru", ("production", "PER", "", 820e3)),
        ("820,000", "640,000", ("production", "ZMB", "", 640e3)),
        ("output", "exports", ("exports", "ZMB", "", 820e3)),
        ("output", "consumption", ("consumption", "ZMB", "", 820e3)),
    ],
)
def test_one_change_changes_one_field(old: str, new: str, expected: tuple[str, str, str, float]) -> None:
    assert levels("Zambia's copper output reached 820,000 tonnes.".replace(old, new)) == [expected]

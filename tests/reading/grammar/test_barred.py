"""Bans told without a word for one: what may not leave a country, and markets or borders that are closed to goods."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru will no longer let raw zinc leave the country.", "announced"),
        ("Raw zinc can no longer be taken out of Peru.", "in_force"),
        ("No raw zinc may be shipped out of Peru.", "in_force"),
        ("From July only refined zinc may be shipped out of Peru.", "announced"),
        ("No zinc is to leave Peru before next year.", "in_force"),
        ("Peru has refused since 2022 to let zinc concentrate leave the country.", "in_force"),
        ("Lima said it would no longer sell zinc to American buyers.", "announced"),
        ("لن تسمح بيرو بعد الآن بخروج الزنك الخام من البلاد.", "announced"),
        ("لم تعد بيرو تسمح بمغادرة الزنك الخام أراضيها.", "in_force"),
        ("قالت ليما إنها لن تبيع الزنك للمشترين الأميركيين.", "announced"),
    ],
)
def test_what_may_not_leave(only: Any, text: str, status: str) -> None:
    s = only(text)
    assert (s.instrument, s.direction, s.actor, s.commodity, s.polarity) == ("ban", "export", ("PER",), ("zinc",), True)
    assert s.status in (status, "announced", "in_force")


@pytest.mark.parametrize(
    "text",
    [
        "Zinc from Peru leaves the country by ship.",
        "The company may not ship as much zinc as it had planned.",
        "Refined zinc leaves the plant by rail.",
        "Only refined zinc can be delivered against the contracts.",
        "تخرج شحنات الزنك من بيرو عبر الميناء.",
    ],
)
def test_what_only_leaves(measures: Any, text: str) -> None:
    assert measures(text) == []


@pytest.mark.parametrize(
    ("text", "instrument", "direction"),
    [
        ("Peru closed its market to Russian zinc.", "ban", "import"),
        ("Peru will not accept Russian zinc.", "ban", "import"),
        ("Peru pledged to end purchases of Russian zinc.", "ban", "import"),
        ("Peru shut its border to foreign zinc.", "ban", "export"),
        ("Peru will keep its zinc at home.", "ban", "export"),
        ("Raw zinc must stay in the country, the government of Peru decided.", "ban", "export"),
        ("Peru tightened its grip on zinc.", "export_control", "export"),
        ("أغلقت بيرو أسواقها أمام الزنك الروسي.", "ban", "import"),
        ("قررت بيرو إبقاء الزنك داخل البلاد.", "ban", "export"),
        ("شددت بيرو قبضتها على الزنك.", "export_control", "export"),
    ],
)
def test_goods_alone_suffice(only: Any, text: str, instrument: str, direction: str) -> None:
    s = only(text)
    assert (s.instrument, s.direction, s.actor, s.commodity) == (instrument, direction, ("PER",), ("zinc",))


def test_what_else_is_stopped(measures: Any) -> None:
    assert measures("China is to stop subsidising zinc exports.") == []
    assert measures("China cancelled a 13% tax rebate on zinc exports.") == []


def test_a_firm_that_closes_is_no_ban(measures: Any) -> None:
    assert measures("The company shut its doors after the price of zinc fell.") == []
    assert measures("أغلقت الشركة أبوابها بعد تراجع سعر الزنك.") == []


@pytest.mark.parametrize(
    "text",
    [
        "There will be no more raw ore exports, Peru's mines minister said of zinc.",
        "لن تكون هناك صادرات من الزنك الخام بعد اليوم، قال وزير التعدين في بيرو.",
    ],
)
def test_no_more_exports(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.commodity, s.status, s.polarity) == ("ban", ("PER",), ("zinc",), "announced", True)

"""What tells that a restriction is an act: headlines, nouns of change, verbs far from their subject, one that gives way to another."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "instrument", "actor", "commodity"),
    [
        ("Nickel ore quota cut looms in Indonesia", "quota", "IDN", "nickel"),
        ("Beijing issued its first rare earth quotas without a public statement.", "quota", "CHN", "rare earths"),
        ("A halt to zinc exports, meant to help smelters, was postponed by Peru.", "ban", "PER", "zinc"),
        ("The curbs, which take effect in December, cover antimony, China's commerce ministry said.", "export_control", "CHN", "antimony"),
        ("China, which digs most rare earths, has imposed restrictions on seven of them.", "export_control", "CHN", "rare earths"),
        ("The EU agreed a new round of sanctions that hits Belarusian potash.", "sanction", "EUU", "potash"),
        ("China will suspend curbs on exports of gallium.", "export_control", "CHN", "gallium"),
        ("India opened an anti-dumping probe into Japanese steel.", "tariff", "IND", "steel"),
        ("Exports of tungsten from China collapsed after Beijing introduced controls.", "export_control", "CHN", "tungsten"),
        ("Beijing's export permit regime for rare earths has left plants short of magnets.", "export_control", "CHN", "rare earths"),
        ("US judge blocks tariffs on steel", "tariff", "USA", "steel"),
        ("Vietnam's parliament voted to bar exports of raw zinc.", "ban", "VNM", "zinc"),
        ("تدرس بيرو فرض ضريبة على صادرات الزنك بدلا من حظرها.", "tariff", "PER", "zinc"),
        ("توزع الكونغو حصص الكوبالت على الشركات.", "quota", "COD", "cobalt"),
        ("خفض حصص النيكل في إندونيسيا", "quota", "IDN", "nickel"),
        ("الاتحاد الأوروبي: حظر تدريجي على الألمنيوم الروسي", "ban", "EUU", "aluminium"),
        ("علقت الصين العمل بقيود تصدير الغاليوم.", "export_control", "CHN", "gallium"),
        ("جرى تعليق القيود المفروضة على الغاليوم، بحسب بكين.", "export_control", "CHN", "gallium"),
        ("صادق الاتحاد الأوروبي على تمديد العقوبات على البوتاس البيلاروسي.", "sanction", "EUU", "potash"),
    ],
)
def test_an_act(only: Any, text: str, instrument: str, actor: str, commodity: str) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.commodity) == (instrument, (actor,), (commodity,))


@pytest.mark.parametrize(
    "text",
    [
        "Peru replaces zinc export ban with quotas",
        "Peru replaced its ban on zinc exports with annual quotas.",
        "بيرو تستبدل حظر تصدير الزنك بنظام حصص",
    ],
)
def test_one_gives_way_to_another(measures: Any, text: str) -> None:
    told = {s.instrument: s.status for s in measures(text)}
    assert told == {"ban": "superseded", "quota": "in_force"}


def test_sanctions_of_another_that_remain(measures: Any) -> None:
    first, other = measures("رفعت الولايات المتحدة العقوبات عن البوتاس البيلاروسي.\n\nوتظل العقوبات الأوروبية قائمة.")
    assert (first.actor, other.actor, other.instrument, other.commodity) == (("USA",), ("EUU",), "sanction", ("potash",))


@pytest.mark.parametrize(
    "text", ["Imposing duties on copper would hurt American buyers.", "European makers may suffer from the dumping of steel."]
)
def test_what_is_only_weighed(measures: Any, text: str) -> None:
    assert measures(text) == []


@pytest.mark.parametrize(
    ("text", "instrument", "actor"),
    [
        (
            "Chrome ore is at the centre of a row in South Africa. The cabinet has approved an export tax but set no rate.",
            "tariff",
            ("ZAF",),
        ),
        ("Chrome ore prices barely moved. The Philippine Congress had dropped an export ban.", "ban", ("PHL",)),
        ("Canada's chrome makers count the cost. Since June its shipments to the US have been taxed at 50%.", "tariff", ("USA",)),
        ("محور الخلاف خام الكروم في جنوب أفريقيا. فقد قررت الحكومة فرض ضريبة على التصدير.", "tariff", ("ZAF",)),
        ("فوجئ منتجو الكروم في زيمبابوي بالقرار. وقالت الحكومة إن الخام لن يغادر البلاد.", "ban", ("ZWE",)),
    ],
)
def test_a_trade_in_the_one_metal_of_a_text(only: Any, text: str, instrument: str, actor: tuple[str, ...]) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.commodity) == (instrument, actor, ("chromium",))

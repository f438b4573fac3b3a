"""Bans, quotas, export controls and sanctions; what is only mentioned is none."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "instrument", "direction", "actor", "target"),
    [
        ("Malaysia will ban exports of raw rare earths.", "ban", "export", "MYS", "WLD"),
        ("Beijing halted shipments of antimony to the US in December 2024.", "ban", "export", "CHN", "USA"),
        ("The United States banned imports of uranium from Russia.", "ban", "import", "USA", "RUS"),
        ("China tightened export controls on gallium.", "export_control", "export", "CHN", "WLD"),
        ("Britain imposed sanctions on Russian nickel.", "sanction", None, "GBR", "RUS"),
        ("ستحظر ماليزيا تصدير المعادن النادرة الخام.", "ban", "export", "MYS", "WLD"),
        ("أوقفت بكين شحنات الأنتيمون إلى الولايات المتحدة في ديسمبر 2024.", "ban", "export", "CHN", "USA"),
        ("حظرت الولايات المتحدة استيراد اليورانيوم من روسيا.", "ban", "import", "USA", "RUS"),
        ("شددت الصين قيود تصدير الغاليوم.", "export_control", "export", "CHN", "WLD"),
        ("فرضت بريطانيا عقوبات على النيكل الروسي.", "sanction", None, "GBR", "RUS"),
    ],
)
def test_who_restricts_what_against_whom(only: Any, text: str, instrument: str, direction: str | None, actor: str, target: str) -> None:
    s = only(text)
    assert (s.instrument, s.direction, s.actor, s.target) == (instrument, direction, (actor,), (target,))


@pytest.mark.parametrize(
    "text",
    [
        "Congo will let miners export up to 18,000 tonnes of cobalt.",
        "Miners in Congo will be allowed to export up to 18,000 tonnes of cobalt.",
        "سمحت الكونغو بتصدير ما يصل إلى 18 ألف طن من الكوبالت.",
    ],
)
def test_leave_to_export_so_much_is_a_quota(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.direction, s.value, s.comparator, s.status) == ("quota", "export", 18000.0, "lt", "announced")


@pytest.mark.parametrize(
    "text",
    [
        "Investors expect higher copper prices because of export curbs.",
        "Japan bought nickel despite the sanctions.",
        "Copper will get dearer if the United States imposes tariffs.",
        "Any EU sanctions on Russian aluminium would raise costs.",
        "أي عقوبات أوروبية على الألمنيوم الروسي سترفع الكلفة.",
        "يتوقع المستثمرون ارتفاع أسعار النحاس بسبب قيود التصدير.",
        "ألغت إندونيسيا تراخيص أربعة مناجم للنيكل.",
    ],
)
def test_a_restriction_only_mentioned_is_no_statement(measures: Any, text: str) -> None:
    assert measures(text) == []


@pytest.mark.parametrize(
    "text",
    ["Rio Tinto fell after Gabon said it would ban exports of manganese ore.", "قالت الغابون إنها تدرس حظر تصدير المنغنيز إلى فرنسا."],
)
def test_who_speaks_acts(only: Any, text: str) -> None:
    assert only(text).actor == ("GAB",)


@pytest.mark.parametrize(
    "text",
    [
        "Zimbabwe banned exports of chrome ore. The government has no plans to tax exports of lithium.",
        "حظرت زيمبابوي تصدير خام الكروم. وتعتزم الحكومة فرض رسم على صادرات الليثيوم.",
    ],
)
def test_the_government_is_that_of_the_country_told_of(measures: Any, text: str) -> None:
    assert [s.actor for s in measures(text)] == [("ZWE",), ("ZWE",)]


@pytest.mark.parametrize(
    "text",
    ["Congo mines cobalt. It said it would suspend exports of the battery metal.", "تنتج الكونغو الكوبالت. وقالت إنها ستعلق تصدير المعدن."],
)
def test_the_metal_is_the_one_told_of(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.commodity, s.actor) == ("ban", ("cobalt",), ("COD",))


@pytest.mark.parametrize(
    "text",
    [
        "Jakarta cut its quota for nickel ore to 250 million tonnes from 379 million tonnes.",
    ],
)
def test_a_quota_has_a_level_before(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.value, s.value_prev) == ("quota", 250e6, 379e6)


@pytest.mark.parametrize(
    ("text", "instruments"),
    [
        ("China brought in a quota system to limit exports of phosphate in 2022.", ["quota"]),
        ("The new sanctions do not include any of the group's palladium.", []),
        ("The company is assessing the impact of the imposed sanctions, it added.", []),
        ("ارتفعت واردات الصين من خام الحديد لتلامس سقف 630 مليون طن.", []),
    ],
)
def test_what_is_named_in_passing_is_no_act(measures: Any, text: str, instruments: list[str]) -> None:
    assert [s.instrument for s in measures(text)] == instruments


def test_the_giant_of_a_country_acts(only: Any) -> None:
    assert only("The Australian giant announced a $250-million investment in a Quebec alumina refinery.").actor == ("AUS",)


def test_a_verb_after_besides_keeps_its_subject(measures: Any) -> None:
    text = "فرضت بريطانيا عقوبات على النيكل الروسي. وشمل القرار معادن من روسيا، كما حظرت استيراد الألمنيوم."
    assert [s.actor for s in measures(text) if s.instrument == "ban"] == [("GBR",)]

"""How far a measure has come: by what governs it, not by what stands nearest."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "status", "polarity"),
    [
        ("Jakarta plans to impose a tax on exports of nickel.", "announced", True),
        ("Jakarta is considering a tax on exports of nickel.", "considered", True),
        ("Jakarta threatened to impose a tax on exports of nickel.", "threatened", True),
        ("Jakarta rejected calls for a tax on exports of nickel.", "rejected", True),
        ("Jakarta dropped plans to impose a tax on exports of nickel.", "withdrawn", True),
        ("Jakarta scrapped a tax on exports of nickel.", "ended", True),
        ("Jakarta suspended a tax on exports of nickel.", "suspended", True),
        ("Jakarta has not ruled out a tax on exports of nickel.", "considered", True),
        ("Jakarta has ruled out lifting its ban on exports of nickel.", "in_force", True),
        ("Jakarta has no plans to tax exports of nickel.", "considered", False),
        ("Jakarta will not resort to a ban on exports of nickel.", "rejected", False),
        ("The ministry in Jakarta denied any intention of imposing quotas on exports of nickel.", "considered", False),
        ("Jakarta may delay its ban on exports of nickel.", "considered", True),
        ("تعتزم جاكرتا فرض رسم على صادرات النيكل.", "announced", True),
        ("تدرس جاكرتا فرض رسم على صادرات النيكل.", "considered", True),
        ("هددت جاكرتا بفرض رسم على صادرات النيكل.", "threatened", True),
        ("رفضت جاكرتا فرض رسم على صادرات النيكل.", "rejected", True),
        ("تخلت جاكرتا عن خطة لفرض رسم على صادرات النيكل.", "withdrawn", True),
        ("ألغت جاكرتا رسما على صادرات النيكل.", "ended", True),
        ("علقت جاكرتا رسما على صادرات النيكل.", "suspended", True),
        ("لا تعتزم جاكرتا فرض رسم على صادرات النيكل.", "considered", False),
        ("لن تلجأ جاكرتا إلى حظر صادرات النيكل.", "rejected", False),
        ("نفت جاكرتا وجود أي نية لفرض حصص على صادرات النيكل.", "considered", False),
        ("قد تؤجل جاكرتا حظر تصدير النيكل.", "considered", True),
    ],
)
def test_what_governs_the_instrument_tells_the_status(only: Any, text: str, status: str, polarity: bool) -> None:
    s = only(text)
    assert (s.status, s.polarity, s.actor) == (status, polarity, ("IDN",))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Gabon imposed a ban on manganese ore exports from 2029.", "announced"),
        ("Gabon announced a ban on manganese ore exports in March 2024.", "in_force"),
        ("يدخل حظر تصدير خام المنغنيز حيز التنفيذ في الغابون عام 2029.", "announced"),
        ("أعلنت الغابون حظر تصدير خام المنغنيز في مارس 2024.", "in_force"),
    ],
)
def test_the_date_tells_what_is_not_yet_or_by_now_in_force(only: Any, text: str, status: str) -> None:
    assert only(text).status == status


@pytest.mark.parametrize("text", ["China said it halted exports of antimony.", "أعلنت الصين أنها حظرت تصدير الأنتيمون."])
def test_who_announces_what_was_done_has_done_it(only: Any, text: str) -> None:
    assert only(text).status == "in_force"


@pytest.mark.parametrize(
    "text",
    [
        "Brussels proposed on Wednesday to cut the quota of steel that may enter without duty and to double the tariff above it to 50%.",
        "اقترحت بروكسل، الأربعاء، خفض حصص استيراد الصلب ومضاعفة الرسوم على ما يتجاوزها إلى 50%.",
    ],
)
def test_joined_verbs_share_what_begins_them(measures: Any, text: str) -> None:
    assert [(s.status, s.value) for s in measures(text) if s.instrument == "tariff"] == [("proposed", 50.0)]


@pytest.mark.parametrize(
    "text",
    [
        "China lifted its ban on exports of gallium to the US until November 2026.",
        "رفعت الصين حظرها على تصدير الغاليوم إلى الولايات المتحدة حتى نوفمبر 2026.",
    ],
)
def test_what_is_lifted_for_a_time_is_suspended(only: Any, text: str) -> None:
    assert only(text).status == "suspended"


@pytest.mark.parametrize(
    "text", ["US imports of Russian uranium are banned until 2040.", "واردات اليورانيوم الروسي محظورة في الولايات المتحدة حتى 2040."]
)
def test_a_ban_until_a_later_day_is_in_force(only: Any, text: str) -> None:
    assert only(text).status == "in_force"


@pytest.mark.parametrize(
    "text",
    [
        "A tax on exports of nickel is under study, Indonesia's energy minister said.",
        "قال وزير الطاقة الإندونيسي إن فرض ضريبة على صادرات النيكل قيد الدراسة.",
    ],
)
def test_what_follows_may_tell_the_status(only: Any, text: str) -> None:
    s = only(text)
    assert (s.status, s.actor) == ("considered", ("IDN",))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Zimbabwe has suspended exports of lithium with immediate effect.", "in_force"),
        ("China announced a ban on exports of gallium, effective immediately.", "in_force"),
        ("Peru imposed a preliminary duty of 6% on graphite from China.", "announced"),
        ("Washington would put $150m of public credit behind a joint refinery of tin.", "proposed"),
        ("Gabon said it would ban exports of manganese.", "announced"),
        ("أوقفت زيمبابوي تصدير الليثيوم بأثر فوري.", "in_force"),
        ("أعلنت الصين حظر تصدير الغاليوم، على أن يسري فورا.", "in_force"),
        ("فرضت الولايات المتحدة رسوما أولية بنسبة 6% على الغرافيت الصيني.", "announced"),
    ],
)
def test_small_words_beside_a_measure(only: Any, text: str, status: str) -> None:
    assert only(text).status == status

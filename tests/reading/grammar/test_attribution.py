"""Who says so."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Gabon will ban exports of manganese ore, President Trump said.", "Donald Trump"),
        ("Gabon will ban exports of manganese ore, two diplomats said.", "two diplomats"),
        ("Gabon will ban exports of manganese ore, its minerals regulator said on Monday.", "minerals regulator"),
        ("Trump threatened duties on imported tungsten.", "Donald Trump"),
        ("The White House has threatened duties on imported tungsten.", "White House"),
        ("India imposed a duty on imported tungsten.", None),
        ("قال الرئيس دونالد ترامب إن الغابون ستحظر تصدير المنغنيز.", "Donald Trump"),
        ("هدد البيت الأبيض بفرض رسوم على واردات التنغستن.", "White House"),
        ("هدد ترامب بفرض رسوم على واردات التنغستن.", "Donald Trump"),
        ("فرضت الهند رسوما على واردات التنغستن.", None),
    ],
)
def test_the_speaker_or_else_who_acts_by_name(only: Any, text: str, speaker: str | None) -> None:
    assert only(text).attributed_to == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Gabon banned manganese exports, Trump said. He added that Mali would ban exports of gold.",
        "قال ترامب إن الغابون حظرت تصدير المنغنيز. وأضاف أن مالي ستحظر تصدير الذهب.",
    ],
)
def test_a_speaker_goes_on(measures: Any, text: str) -> None:
    assert [s.attributed_to for s in measures(text)] == ["Donald Trump", "Donald Trump"]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry in Libreville said it was ready to supply the European Union with manganese.",
        "قالت ليبرفيل إنها مستعدة لتزويد الاتحاد الأوروبي بالمنغنيز.",
    ],
)
def test_whom_the_words_are_about_does_not_speak(only: Any, text: str) -> None:
    assert only(text).attributed_to not in (None, "European Union")


@pytest.mark.parametrize(
    "text",
    [
        "President Prabowo Subianto visited a mine in Indonesia. The president announced a ban on exports of bauxite.",
    ],
)
def test_the_president_is_the_one_named_before(only: Any, text: str) -> None:
    assert only(text).attributed_to == "Prabowo Subianto"


def test_a_source_that_no_list_knows(only: Any) -> None:
    text = "Libreville has approved a ban on exports of manganese ore, according to the council of elders."
    assert only(text).attributed_to == "council of elders"

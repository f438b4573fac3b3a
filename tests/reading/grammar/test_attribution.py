"""Who says so."""

from __future__ import annotations

from typing import Any

import pytest

from maadin.reading.read import read


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


def speakers(text: str) -> list[str | None]:
    """Whom the statements of a text are attributed to."""
    return [s.attributed_to for s in read(text).statements]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Tin exports rose 8% to 900 tonnes in 2024, Peru's energy and mines ministry said.", "mines ministry"),
        ("The country's mining regulator said Peru exported 900 tonnes of tin in 2024.", "country's mining regulator"),
        ('"Peru exported 900 tonnes of tin in 2024," said Jane Rosewell of the institute.', "Jane Rosewell"),
        ("Peru exported 900 tonnes of tin in 2024, Jane Rosewell told Reuters.", "Jane Rosewell"),
        ("Minister of Science Juan Rosewell said Peru exported 900 tonnes of tin in 2024.", "Minister of Science Juan Rosewell"),
        ("Peru exported 900 tonnes of tin in 2024, Reuters reported, citing President Trump.", "Donald Trump"),
        ("Peru exported 900 tonnes of tin in 2024, Reuters reported.", "Reuters"),
        ("According to the US Geological Survey's report Peru exported 900 tonnes of tin in 2024.", "US Geological Survey"),
        ("By the reckoning of the World Gold Council Peru exported 900 tonnes of tin in 2024.", "World Gold Council"),
        ("أفاد مصدر حكومي مطلع بأن بيرو صدرت 900 طن من القصدير عام 2024.", "مصدر حكومي مطلع"),
        ("قالت وزارة التجارة إن بيرو صدرت 900 طن من القصدير عام 2024.", "commerce ministry"),
    ],
)
def test_described_speakers_and_bodies(text: str, speaker: str) -> None:
    assert set(speakers(text)) == {speaker}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Peru's energy and mines ministry spoke on Monday. Peru exported 900 tonnes of tin in 2024, the ministry said.",
            "mines ministry",
        ),
        ("عقدت وزارة التجارة في بيرو مؤتمرا. وقالت الوزارة إن بيرو صدرت 900 طن من القصدير عام 2024.", "commerce ministry"),
    ],
)
def test_a_body_told_by_its_noun_is_the_one_named_before(text: str, told: str) -> None:
    assert speakers(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "The World Bank values the country's copper at $11 billion, but the US Geological Survey lists no copper reserves in Peru.",
        "يقدر البنك الدولي قيمة نحاس بيرو بنحو 11 مليار دولار، لكن هيئة المسح الجيولوجي الأميركية لا تدرج أي احتياطيات من النحاس في بيرو.",
    ],
)
def test_each_figure_has_its_own_source(text: str) -> None:
    assert speakers(text)[-1] == "US Geological Survey"


@pytest.mark.parametrize(
    "text",
    [
        '"Peru exported 900 tonnes of tin in 2024. It banned exports of zinc," said Trump.',
        "«صدرت بيرو 900 طن من القصدير عام 2024. وحظرت تصدير الزنك»، وفق تصريحات دونالد ترامب.",
    ],
)
def test_a_quotation_over_several_sentences_has_the_speaker_of_its_end(text: str) -> None:
    assert speakers(text) == ["Donald Trump", "Donald Trump"]


@pytest.mark.parametrize("text", ["The government of Peru banned exports of tin.", "حظرت حكومة بيرو تصدير القصدير."])
def test_a_government_that_acts_is_no_source(text: str) -> None:
    assert speakers(text) == [None]

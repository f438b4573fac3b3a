"""When: the date in the clause of the measure."""

from __future__ import annotations

from datetime import date as day
from typing import Any

import pytest

from maadin.reading.read import read

PUBLISHED = day(2025, 11, 20)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Zimbabwe banned exports of lithium ore in 2022.", "2022"),
        ("In December 2022 Zimbabwe banned exports of lithium ore.", "2022-12"),
        ("Zimbabwe will ban exports of lithium ore from 1 January 2027.", "2027-01-01"),
        ("On Tuesday Zimbabwe banned exports of lithium ore.", "2025-11-18"),
        ("Zimbabwe banned exports of lithium ore.", None),
        ("حظرت زيمبابوي تصدير خام الليثيوم عام 2022.", "2022"),
        ("حظرت زيمبابوي، الثلاثاء، تصدير خام الليثيوم.", "2025-11-18"),
        ("ستحظر زيمبابوي تصدير خام الليثيوم اعتبارا من 1 يناير 2027.", "2027-01-01"),
        ("حظرت زيمبابوي تصدير خام الليثيوم.", None),
    ],
)
def test_the_date_of_a_measure(only: Any, text: str, date: str | None) -> None:
    assert only(text).year_or_date == date


@pytest.mark.parametrize(
    "text",
    [
        "Zimbabwe banned exports of lithium ore in 2022, and India imposed a duty on tin in 2024.",
        "حظرت زيمبابوي تصدير خام الليثيوم عام 2022، وفرضت الهند رسوما على القصدير عام 2024.",
    ],
)
def test_each_measure_has_the_date_beside_it(measures: Any, text: str) -> None:
    assert [s.year_or_date for s in measures(text)] == ["2022", "2024"]


@pytest.mark.parametrize(
    "text",
    [
        "Guinea said a Chinese company was to build an alumina refinery with a capacity of 1.2 million tonnes a year in 2027.",
        "قالت غينيا إن شركة صينية ستبني مصفاة للألومينا بطاقة 1.2 مليون طن سنويا في 2027.",
    ],
)
def test_a_date_beside_the_size(only: Any, text: str) -> None:
    assert only(text).year_or_date == "2027"


def dates(text: str) -> list[tuple[object, str | None]]:
    """Value and date of each claim of a text."""
    return [(s.value, s.year_or_date) for s in read(text, PUBLISHED).statements if s.kind == "claim"]


@pytest.mark.parametrize(
    "text",
    [
        "Peru exported 300 tonnes of tin in January. Exports of zinc rose 8% to 900 tonnes.",
        "Peru exported 300 tonnes of tin in January.\n\nOutput of zinc slipped 8% to 900 tonnes.",
        "صدرت بيرو 300 طن من القصدير في يناير. وارتفعت صادراتها من الزنك بنسبة 8% إلى 900 طن.",
    ],
)
def test_a_period_told_before_goes_on(text: str) -> None:
    assert dates(text) == [(300, "2025-01"), (8, "2025-01"), (900, "2025-01")] or {d for _, d in dates(text)} == {"2025-01"}


@pytest.mark.parametrize(
    "text",
    [
        "Peru exported 300 tonnes of tin in January. It produces 5,000 tonnes of zinc.",
        "Peru exported 300 tonnes of tin in January. It exports 5,000 tonnes of zinc a year.",
        "Peru exported 300 tonnes of tin in January.\n\nThe weather was fine.\n\nMines were busy.\n\nOutput of zinc reached 5,000 tonnes.",
        "صدرت بيرو 300 طن من القصدير في يناير. وتنتج البلاد 5000 طن من الزنك.",
    ],
)
def test_what_is_so_in_general_takes_no_period_over(text: str) -> None:
    assert dates(text)[-1] == (5000, None)


@pytest.mark.parametrize(
    "text",
    [
        "Peru exported 300 tonnes of tin in December 2024. In the full year exports of zinc rose to 900 tonnes.",
        "صدرت بيرو 300 طن من القصدير في ديسمبر 2024. وفي كامل العام ارتفعت صادرات الزنك إلى 900 طن.",
    ],
)
def test_the_full_year_of_a_month(text: str) -> None:
    assert dates(text)[-1] == (900, "2024")


@pytest.mark.parametrize(
    "text",
    [
        "In the first nine months of 2025 tin exports of Peru totalled 39,000 tonnes, a fall of 7% from the same period in 2024.",
        "بلغت صادرات بيرو من القصدير في الأشهر التسعة الأولى من 2025 نحو 39 ألف طن، بانخفاض 7% عن الفترة نفسها من 2024.",
    ],
)
def test_the_only_period_of_a_sentence(text: str) -> None:
    assert {date for _, date in dates(text)} == {"2025"}


@pytest.mark.parametrize(
    ("text", "value", "date"),
    [
        ("Peru's tin output rose to 120 tonnes in October from 110 tonnes a year ago.", 120, "2025-10"),
        ("Compared with 2023, tin output of Peru rose to 120 tonnes in 2024.", 120, "2024"),
        ("Peru's tin output was 120 tonnes in October, compared with 110 tonnes in September.", 120, "2025-10"),
        ("Peru's tin output was 120 tonnes in October, compared with 110 tonnes in September.", 110, "2025-09"),
        ("Peru exported more than 120 tonnes of tin in 2024.", 120, "2024"),
        ("بلغ إنتاج بيرو من القصدير 120 طنا في أكتوبر مقابل 110 أطنان في سبتمبر.", 120, "2025-10"),
        ("مقارنة مع عام 2023 ارتفع إنتاج بيرو من القصدير إلى 120 طنا في عام 2024.", 120, "2024"),
        ("صدرت بيرو أكثر من 120 طنا من القصدير عام 2024.", 120, "2024"),
        ("Customs figures released last week show that Peru exported 120 tonnes of tin in October.", 120, "2025-10"),
        ("أظهرت بيانات الجمارك الصادرة الأسبوع الماضي أن بيرو صدرت 120 طنا من القصدير في أكتوبر.", 120, "2025-10"),
        ("Between January and September last year Peru exported 120 tonnes of tin.", 120, "2024"),
        ("بين يناير وسبتمبر من العام الماضي صدرت بيرو 120 طنا من القصدير.", 120, "2024"),
        ("بلغت صادرات بيرو من القصدير 120 طنا حتى نهاية أكتوبر على أساس سنوي.", 120, "2025-10"),
        ("Peru exported 120 tonnes of tin by the end of October.", 120, "2025-10"),
    ],
)
def test_which_date_a_figure_has(text: str, value: float, date: str) -> None:
    assert dict(dates(text))[value] == date


@pytest.mark.parametrize(
    "text",
    [
        "Peru banned exports of tin in May 2023, and Bolivia banned exports of zinc in November of the same year.",
        "حظرت بيرو تصدير القصدير في مايو 2023، وحظرت بوليفيا تصدير الزنك في نوفمبر من العام نفسه.",
    ],
)
def test_the_same_year_is_the_one_told_before(measures: Any, text: str) -> None:
    assert [s.year_or_date for s in measures(text)] == ["2023-05", "2023-11"]


@pytest.mark.parametrize(
    "text",
    [
        "The country is the second largest producer of tin, the minister of Peru said on Tuesday.",
        "قال وزير بيرو يوم الثلاثاء إن البلاد ثاني أكبر منتج للقصدير.",
    ],
)
def test_the_day_on_which_it_was_said_is_no_date_of_a_rank(text: str) -> None:
    assert [date for _, date in dates(text)] == [None]

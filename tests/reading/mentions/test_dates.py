"""Dates: by the calendar, counted from publication, or left vague."""

from datetime import date

import pytest

from maadin.reading.mentions import dates
from maadin.reading.mentions.calendar import resolve
from maadin.reading.model import Sentence
from maadin.reading.source import clean
from maadin.reading.words import tokens

PUBLISHED = date(2025, 10, 20)  # a Monday

ABSOLUTE = [
    ("in 2025", "2025"), ("the 2023 tariff", "2023"), ("FY2025", "2025"), ("FY25", "2025"), ("fiscal year 2024-25", "2024"), ("2022/23", "2022"), ("mid-2025", "2025"),
    ("March 2025", "2025-03"), ("Sept. 2024", "2024-09"), ("March of 2025", "2025-03"), ("March 12, 2025", "2025-03-12"), ("12 March 2025", "2025-03-12"),
    ("12th of March 2025", "2025-03-12"), ("25/12/2025", "2025-12-25"), ("12/25/2025", "2025-12-25"), ("4/4/2025", "2025-04-04"), ("4/12/2025", "2025"),
    ("2025-03-12", "2025-03-12"), ("09/2025", "2025-09"), ("first quarter of 2025", "2025-Q1"), ("Q1 2025", "2025-Q1"), ("1Q25", "2025-Q1"), ("Q3 of 2024", "2024-Q3"),
    ("first half of 2025", "2025"), ("H1 2025", "2025"), ("first nine months of 2025", "2025"), ("January to September 2025", "2025"), ("Jan-Sep 2025", "2025"),
    ("Tuesday, October 14, 2025", "2025-10-14"), ("from 2020 to 2023", "2023"), ("between 2020 and 2023", "2023"), ("2020-2023", "2023"),
    ("عام 2023", "2023"), ("سنة 2024", "2024"), ("لعام 2024", "2024"), ("العام 2025", "2025"), ("عام ٢٠٢٣", "2023"), ("2019م", "2019"),
    ("يناير 2025", "2025-01"), ("كانون الثاني 2025", "2025-01"), ("كانون الثاني/يناير 2025", "2025-01"), ("جانفي 2025", "2025-01"), ("فيفري 2025", "2025-02"),
    ("شباط 2025", "2025-02"), ("آذار/مارس 2025", "2025-03"), ("أفريل 2025", "2025-04"), ("نيسان 2025", "2025-04"), ("ماي 2025", "2025-05"), ("أيار (مايو) 2025", "2025-05"),
    ("جوان 2025", "2025-06"), ("حزيران (يونيو) 2025", "2025-06"), ("يوليوز 2025", "2025-07"), ("جويلية 2025", "2025-07"), ("تموز 2025", "2025-07"), ("غشت 2025", "2025-08"),
    ("آب 2024", "2024-08"), ("أوت 2024", "2024-08"), ("شتنبر 2024", "2024-09"), ("أيلول 2024", "2024-09"), ("تشرين الأول/أكتوبر 2024", "2024-10"), ("نونبر 2024", "2024-11"),
    ("تشرين الثاني 2024", "2024-11"), ("دجنبر 2024", "2024-12"), ("كانون الأول 2024", "2024-12"), ("12 مارس 2025", "2025-03-12"), ("12 من مارس 2025", "2025-03-12"),
    ("الثلاثاء 14 يناير 2014", "2014-01-14"), ("الأول من يناير 2026", "2026-01-01"), ("الحادي والعشرين من يناير 2025", "2025-01-21"), ("الربع الأول من 2025", "2025-Q1"),
    ("الربع الثالث من عام 2025", "2025-Q3"), ("النصف الأول من 2025", "2025"), ("الأشهر التسعة الأولى من 2025", "2025"), ("أول تسعة أشهر من عام 2025", "2025"),
    ("من يناير إلى سبتمبر 2025", "2025"), ("بين عامي 2020 و2023", "2023"), ("موسم 2023/2024", "2023"),
]  # fmt: skip
RELATIVE = [
    ("last year", "2024"), ("this year", "2025"), ("next year", "2026"), ("last month", "2025-09"), ("this month", "2025-10"), ("next month", "2025-11"), ("last quarter", "2025-Q3"),
    ("earlier this year", "2025"), ("end of the year", "2025"), ("yesterday", "2025-10-19"), ("today", "2025-10-20"), ("tomorrow", "2025-10-21"), ("on Tuesday", "2025-10-14"),
    ("on Monday", "2025-10-20"), ("next Tuesday", "2025-10-21"), ("two weeks ago", "2025-10"), ("three months ago", "2025-07"), ("a year ago", "2024"), ("10 years ago", "2015"),
    ("in five years", "2030"), ("within six months", "2026-04"), ("over the next five years", "2030"), ("second half of the year", "2025"), ("second quarter of last year", "2024-Q2"),
    ("March last year", "2024-03"), ("September last year", "2024-09"), ("third-quarter output", "2025-Q3"),
    ("in September", "2025-09"), ("in November", "2024-11"), ("October 9", "2025-10-09"), ("on 9 October", "2025-10-09"), ("December", "2024-12"), ("from next January", "2026-01"),
    ("will start in November", "2025-11"), ("by March", "2026-03"), ("since March", "2025-03"), ("last September", "2025-09"), ("next March", "2026-03"), ("In May", "2025-05"),
    ("العام الماضي", "2024"), ("العام المقبل", "2026"), ("هذا العام", "2025"), ("العام الجاري", "2025"), ("العام قبل الماضي", "2023"), ("الشهر الماضي", "2025-09"),
    ("الشهر المقبل", "2025-11"), ("هذا الشهر", "2025-10"), ("يوم الثلاثاء", "2025-10-14"), ("الأحد", "2025-10-19"), ("الاثنين المقبل", "2025-10-27"), ("أمس", "2025-10-19"),
    ("اليوم", "2025-10-20"), ("قبل أسبوعين", "2025-10"), ("قبل عامين", "2023"), ("قبل ثلاثة أشهر", "2025-07"), ("قبل نحو 3 سنوات", "2022"), ("منذ أسبوعين", "2025-10"),
    ("خلال خمس سنوات", "2030"), ("في غضون ستة أشهر", "2026-04"), ("خلال السنوات الخمس المقبلة", "2030"), ("النصف الثاني من العام", "2025"), ("بداية العام", "2025"),
    ("الربع الثالث من العام الماضي", "2024-Q3"), ("سبتمبر الماضي", "2025-09"), ("نوفمبر المقبل", "2025-11"), ("في سبتمبر", "2025-09"), ("في نوفمبر", "2024-11"),
    ("سيبدأ في نوفمبر", "2025-11"), ("ابتداء من يناير", "2026-01"), ("في التاسع من أكتوبر", "2025-10-09"), ("أول تسعة أشهر من العام الجاري", "2025"), ("منذ شهر فبراير", "2025-02"), ("two weeks after the order", "2025-10"), ("بعد حوالي أسبوعين من القرار", "2025-10"),
]  # fmt: skip
VAGUE = [
    "in recent years", "over the past decade", "in the past five years", "over the past few years", "historically", "for decades", "the coming months", "last five years",
    "في السنوات الأخيرة", "خلال السنوات الماضية", "خلال العقد الماضي", "السنوات العشر الماضية", "في العامين الماضيين", "في آخر 5 سنوات", "ذات يوم", "تاريخيا", "لعقود",
    "تسعينيات القرن الماضي",
]  # fmt: skip
NOTHING = [
    "2000 workers", "more than 2000 mines", "2025 tonnes", "Section 2025", "$2000", "HS2020", "2000-tonne", "it may rise", "they march on", "once restrictions are lifted",
    "up from a year ago", "the highest in five years", "year-on-year", "5 tonnes", "COVID-19", "2000 عامل", "القطاع العام", "مارس نشاطه", "على أساس سنوي", "في اليوم", "ستة أشهر",
    "1446هـ", "أب", "two years after the ban", "بعد عامين من الحظر",
]  # fmt: skip
BOUNDS = [
    ("since 2018", "since"), ("منذ عام 2018", "since"), ("starting in 2026", "since"), ("ابتداء من 2026", "since"), ("by 2030", "until"), ("by the end of 2026", "until"),
    ("until 2027", "until"), ("no later than 2027", "until"), ("بحلول عام 2030", "until"), ("حتى نهاية 2026", "until"), ("في أفق عام 2025", "until"), ("in 2026", ""), ("عام 2026", ""),
]  # fmt: skip


def find(text, published=PUBLISHED):
    return dates.find(Sentence(tuple(tokens(clean(text).clean)), "en"), published)


@pytest.mark.parametrize(("text", "told"), ABSOLUTE)
@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_dates_by_the_calendar(text, told, published):
    (found,) = find(text, published)
    assert (found.value.text, found.value.relative, found.value.vague) == (told, False, "")


@pytest.mark.parametrize(("text", "told"), RELATIVE)
def test_dates_counted_from_publication(text, told):
    (found,) = find(text)
    assert (found.value.text, found.value.relative) == (told, True)


@pytest.mark.parametrize(("text", "told"), RELATIVE)
def test_without_a_date_of_publication_nothing_is_guessed(text, told):
    (found,) = find(text, None)
    assert (found.value.text, found.value.vague) == ("", "")


@pytest.mark.parametrize("text", VAGUE)
def test_windows_left_open_are_told_as_written(text):
    (found,) = find(text)
    assert found.value.text == "" and found.value.vague and text.endswith(found.value.vague)


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_date(text):
    assert not find(text)


@pytest.mark.parametrize(("text", "bound"), BOUNDS)
def test_since_and_until(text, bound):
    (found,) = find(text)
    assert (found.value.since, found.value.until) == (bound == "since", bound == "until")


@pytest.mark.parametrize(
    "writings",
    [
        ("March 2025", "Mar 2025", "in March of 2025", "آذار 2025", "مارس 2025", "مارس/آذار 2025", "مارس من عام 2025", "في شهر مارس 2025"),
        ("Q2 2025", "2Q25", "2Q 2025", "second quarter of 2025", "الربع الثاني من 2025", "الربع الثاني من عام 2025"),
        (
            "9 October 2025",
            "October 9, 2025",
            "Oct. 9, 2025",
            "2025-10-09",
            "9 أكتوبر 2025",
            "9 تشرين الأول/أكتوبر 2025",
            "التاسع من أكتوبر 2025",
            "9th of October 2025",
        ),
    ],
)
def test_the_same_date_in_other_writings(writings):
    assert len({m.value.text for text in writings for m in find(text)}) == 1


def test_a_month_without_a_year_can_be_completed_later():
    (found,) = find("on October 9", None)
    assert found.value.text == "" and resolve(found.traits, 2024) == "2024-10-09" and resolve(found.traits, PUBLISHED) == "2025-10-09"
    assert (
        resolve({}, 2024) == ""
        and resolve({"month": 2, "day": 29}, 2025) == "2025-02"
        and resolve({"month": 1}, date(1, 1, 1)) == "0001-01"
    )
    assert resolve({"month": 2}, date(1, 1, 1)) == "" and resolve({"quarter": 4}, PUBLISHED) == "2025-Q4"


def test_a_date_to_compare_with_is_marked():
    assert [m.traits.get("base") for m in find("compared with September 2024, exports in 2025")] == [True, None]
    assert find("مقارنة مع الفترة نفسها من 2024")[0].traits["base"]


def test_periods_keep_both_ends():
    (found,) = find("من 2015 إلى 2019")
    assert (found.traits["from"], found.traits["to"]) == (2015, 2019)


def test_the_calendar_has_an_end():
    assert find("next year", date(9999, 12, 31))[0].value.text == "" and find("last year", date(1, 1, 1))[0].value.text == ""
    assert find("yesterday", date(1, 1, 1))[0].value.text == "0001-01-01"


def test_ten_thousand_dates_in_one_sentence():
    assert len(find("in March 2025, " * 10_000)) == 10_000

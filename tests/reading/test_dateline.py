"""The date of publication that a text tells itself, and dates that are none."""

from __future__ import annotations

from datetime import date

import pytest

from maadin.reading.read import document, read

TOLD = [
    ("MOSCOW, Feb 25 2025 (Agency) - Russia offered aluminium.", "2025-02-25"),
    ("MOSCOW, Feb. 25, 2025 /PRNewswire/ -- Russia offered aluminium.", "2025-02-25"),
    ("BEIJING, October 20, 2025 — China's exports fell.", "2025-10-20"),
    ("Riyadh, 14 January 2025, SPA -- Saudi Arabia signed a deal on copper.", "2025-01-14"),
    ("LONDON (Agency) - 3 March 2025 - Copper rose.", "2025-03-03"),
    ("Published: 3 March 2025\n\nCopper output rose.", "2025-03-03"),
    ("Published 3 March 2025 10:32 GMT\nUpdated 5 March 2025\n\nCopper output rose.", "2025-03-03"),
    ("Copper output rises\n\nLast updated: 5 March 2025\n\nChile's copper output rose.", "2025-03-05"),
    ("Posted on March 3, 2025 by Jane Doe\n\nCopper output rose.", "2025-03-03"),
    ("By Jane Doe | March 3, 2025\n\nCopper output rose.", "2025-03-03"),
    ("Jane Doe\nMarch 3, 2025 at 4:05 p.m. EST\n\nCopper output rose.", "2025-03-03"),
    ("Chile output rises\n2025-03-03\nCopper output rose.", "2025-03-03"),
    ("Chile output rises\n03.03.2025\nCopper output rose.", "2025-03-03"),
    ("Chile output rises\n2025-03-03T10:20:00Z\nCopper output rose.", "2025-03-03"),
    ("Monday, 3 March 2025 - Chile's copper output rose.", "2025-03-03"),
    ("3 March 2025\n\nSANTIAGO, March 2 (Agency) - Chile's copper output rose.", "2025-03-02"),
    ("Chile's copper output rose, the ministry said today, 3 March 2025.", "2025-03-03"),
    (
        "SANTIAGO, March 2 (Agency) - Chile's copper output rose. The ministry will report again. The law was passed on March 2, 2025.",
        "2025-03-02",
    ),
    (
        '<html><head><meta property="article:published_time" content="2025-03-02T10:00:00Z"></head><body><p>Chile\'s copper output rose.</p></body></html>',
        "2025-03-02",
    ),
    ('<p>By J. Doe</p><time datetime="2025-03-02">2 Mar</time><p>Chile\'s copper output rose.</p>', "2025-03-02"),
    ("Chile's copper output rose 3% last year.\n\nSales fell too.\n\nPublished on 2 March 2025", "2025-03-02"),
    ("الرياض - 25 فبراير 2025\nوقعت السعودية اتفاقا للنحاس.", "2025-02-25"),
    ("الرياض - 25 فبراير 2025 - وقعت السعودية اتفاقا للنحاس.", "2025-02-25"),
    ("الرياض في 25 فبراير 2025 / واس / وقعت السعودية اتفاقا للنحاس.", "2025-02-25"),
    ("موسكو، 25 شباط/فبراير 2025 (وكالة) - عرضت روسيا الألمنيوم.", "2025-02-25"),
    ("نُشر في 25 فبراير 2025\n\nعرضت روسيا الألمنيوم.", "2025-02-25"),
    ("تاريخ النشر: 25/02/2025\n\nعرضت روسيا الألمنيوم.", "2025-02-25"),
    ("تاريخ النشر: 03/04/2025\n\nعرضت روسيا الألمنيوم.", "2025-04-03"),
    ("آخر تحديث: الثلاثاء 25 فبراير 2025 الساعة 10:30 صباحا\n\nعرضت روسيا الألمنيوم.", "2025-02-25"),
    ("الثلاثاء 26 شعبان 1446 هـ - 25 فبراير 2025 م\n\nعرضت روسيا الألمنيوم.", "2025-02-25"),
    ("26 شعبان 1446هـ الموافق 25 فبراير 2025م\n\nعرضت روسيا الألمنيوم.", "2025-02-25"),
    ("روسيا تعرض الألمنيوم\nبقلم: محمد علي - 25 فبراير 2025\n\nعرضت روسيا الألمنيوم.", "2025-02-25"),
    ("روسيا تعرض الألمنيوم\n٢٥ فبراير ٢٠٢٥\n\nعرضت روسيا الألمنيوم.", "2025-02-25"),
    ("عرضت روسيا الألمنيوم اليوم الثلاثاء 25 فبراير 2025.", "2025-02-25"),
    ("عرضت روسيا الألمنيوم أمس الثلاثاء، 25 فبراير 2025.", "2025-02-26"),
    ("25-02-2025 | 11:55\n\nعرضت روسيا الألمنيوم.", "2025-02-25"),
    ("القاهرة في 25 فبراير /وكالة/ عرضت روسيا الألمنيوم. وصدر القانون في 25 فبراير 2025.", "2025-02-25"),
    ("فبراير 2025\nعرضت روسيا الألمنيوم.", "2025-02-28"),
    ("Output rises\n\nPublication date: 4th, December 2025 GMT\n\nChile's copper output rose.", "2025-12-04"),
    ("ارتفاع الإنتاج\n\n:تحديث 04 15:50 2022 أكتوبر\n\nارتفع إنتاج تشيلي من النحاس.", "2022-10-04"),
    ("Output rises\n\n18. March 2023. 13:30\n\nChile's copper output rose.", "2023-03-18"),
    ("date 2025-03-07 Chile's copper output rose.", "2025-03-07"),
    ("date 2021-12-31 SANTIAGO, Jan 1 (Agency) - Chile's copper output rose.", "2022-01-01"),
    ("تاريخ 2025-03-07 ارتفع إنتاج تشيلي من النحاس.", "2025-03-07"),
]
NOT_TOLD = [
    "On 12 March 2025 the US imposed a 25% duty on steel.",
    "March 12, 2025 was the day on which the US imposed a 25% duty on steel.",
    "In March 2025, Indonesia adopted a ban on nickel exports.",
    "China banned gallium exports to the US on 3 December 2024 - a blow to chip makers.",
    "China Bans Gallium Exports From 3 December 2024\n\nChina will ban exports of gallium.",
    "A study published on 3 March 2025 in Nature showed that copper output rose.",
    "SANTIAGO, March 2 (Agency) - Chile's copper output rose.",
    "12 March 2025: the US imposes a 25% duty on steel.\n\n13 March 2025: the EU answers with a duty on copper.\n\n2 April 2025: China bans rare earth exports.",
    "Riyadh, 14-16 January 2025\n\nThe forum on copper will speak about output.",
    "The ban takes effect on 1 January 2027.",
    "Copper output rose 3% today.",
    "The deal was signed in Moscow, 3 March 2021, and Russia exported aluminium since.",
    "حظرت الصين تصدير الغاليوم في 3 ديسمبر 2024 - وهي ضربة لصناع الرقائق.",
    "في 12 مارس 2025 فرضت أميركا رسوما بنسبة 25% على الصلب.",
    "نشرت الصين في 3 مارس 2025 بيانات صادرات النحاس.",
    "نشر البنك تقريرا في 3 مارس 2025 عن النحاس.",
    "حظر تصدير الغاليوم 3 ديسمبر 2024\n\nتحظر الصين تصدير الغاليوم.",
    "القاهرة في 25 فبراير (وكالة) - عرضت روسيا الألمنيوم.",
    "12 مارس 2025: أميركا تفرض رسوما على الصلب.\n\n2 أبريل 2025: الصين تحظر تصدير المعادن النادرة.",
    "اعتبارا من 1 يناير 2027 تحظر زيمبابوي تصدير الليثيوم.",
    "بلغ إنتاج النحاس في مارس 2025 نحو 20 ألف طن.",
]


@pytest.mark.parametrize(("text", "day"), TOLD)
def test_a_text_that_tells_its_date(text: str, day: str) -> None:
    told = document(text).dateline
    assert told is not None
    assert told.day.isoformat() == day
    assert text[told.span[0] : told.span[1]] == told.text


@pytest.mark.parametrize("text", NOT_TOLD)
def test_dates_of_events_are_no_date_of_publication(text: str) -> None:
    assert document(text).dateline is None
    assert read(text).publication == "absent"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("SANTIAGO, Feb 25, 2025 (Agency) - Chile exported 2 million tonnes of copper last year.", "2024"),
        ("Published: 25 February 2025\n\nChile exported 2 million tonnes of copper in December.", "2024-12"),
        ("Published: 25 February 2025\n\nChile banned exports of copper on Monday.", "2025-02-24"),
        ("سانتياغو - 25 فبراير 2025 - صدرت تشيلي مليوني طن من النحاس العام الماضي.", "2024"),
        ("تاريخ النشر: 25 فبراير 2025\n\nحظرت تشيلي تصدير النحاس هذا الشهر.", "2025-02"),
    ],
)
def test_relative_dates_count_from_it(text: str, year: str) -> None:
    reading = read(text)
    assert reading.publication == "found"
    assert reading.statements[-1].year_or_date == year
    given = read(text, date(2020, 6, 10))
    assert (given.publication, given.published, given.dateline) == ("given", date(2020, 6, 10), None)
    assert given.statements[-1].year_or_date[:4] < "2021"


@pytest.mark.parametrize(
    "text",
    [
        "February 2025\n\nChile banned exports of copper on Monday. Last year it exported 2 million tonnes of copper.",
        "فبراير 2025\n\nحظرت تشيلي تصدير النحاس يوم الاثنين. وصدرت العام الماضي مليوني طن من النحاس.",
    ],
)
def test_a_month_leaves_days_open(text: str) -> None:
    reading = read(text)
    assert reading.dateline is not None
    assert (reading.dateline.exact, reading.published) == ("month", date(2025, 2, 28))
    assert [s.year_or_date for s in reading.statements] == [None, "2024"]


@pytest.mark.parametrize(
    "text",
    [
        "SANTIAGO, Feb 25, 2025 (Agency) - Chile banned exports of copper.",
        "سانتياغو، 25 فبراير 2025 (وكالة) - حظرت تشيلي تصدير النحاس.",
    ],
)
def test_the_date_of_publication_is_no_date_of_a_measure(text: str) -> None:
    assert read(text).statements[0].year_or_date is None


def test_json_says_how_the_date_is_known() -> None:
    text = "SANTIAGO, Feb 25, 2025 (Agency) - Chile banned exports of copper."
    assert read(text).to_data()["publication"] == {"how": "found", "exact": "day", "span": [10, 22], "text": "Feb 25, 2025"}
    assert read(text, date(2025, 2, 26)).to_data()["publication"] == {"how": "given"}
    assert read("Chile banned exports of copper.").to_data()["publication"] == {"how": "absent"}

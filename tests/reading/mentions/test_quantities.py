"""Quantities: units, money, prices, rates, shares, ranges and bounds; and what is none of them."""

import pytest

from maadin.reading.mentions import quantities
from maadin.reading.model import Sentence
from maadin.reading.source import clean
from maadin.reading.words import sentences, tokens

TONNE, POUND, OUNCE = 1.0, 0.00045359237, 0.0000311034768

# text, value or (low, high), unit, and what else is told: comparator, per
MASS = [
    ("2Mt", 2e6), ("650kt", 650e3), ("816 000 t", 816e3), ("5,774 metric tons", 5774), ("3 mln tons", 3e6), ("4.4-million-ton", 4.4e6), ("55mn tonnes", 55e6),
    ("10,000 MT", 10_000), ("12.5 mt", 12.5e6), ("1,193.39 MT", 1193.39e6), ("2 million mt", 2e6), ("12 lakh tonnes", 1.2e6), ("1.2m tonnes", 1.2e6),
    ("50,000 tonnes of LCE", 50e3), ("25 t REO", 25), ("500 dry metric tonnes", 500), ("3 kilotonnes", 3000), ("half a tonne", 0.5), ("500 kg", 0.5),
    ("30 million pounds", 30e6 * POUND), ("2 million ounces", 2e6 * OUNCE), ("5 troy oz", 5 * OUNCE), ("10 short tons", 9.0718474), ("10 long tons", 10.160469088),
    ("500 طن", 500), ("5 أطنان", 5), ("500 طنًا", 500), ("100 طن متري", 100), ("مليوني طن", 2e6), ("مليونا طن", 2e6), ("طنين", 2), ("أحد عشر مليون طن", 11e6),
    ("بخمسة ملايين طن", 5e6), ("و13 مليون طن", 13e6), ("3 ملايين و200 ألف طن", 3.2e6), ("588 كيلوجراما", 0.588), ("120.800 طن", 120_800), ("1.200.000 طن", 1.2e6),
    ("50.000 tonnes", 50_000), ("34.076 ألف طن", 34_076), ("نصف طن", 0.5), ("2.5 مليون أونصة", 2.5e6 * OUNCE), ("458,405 أطنان", 458_405),
]  # fmt: skip
PERCENT = [
    ("50%", 50), ("50 %", 50), ("50pct", 50), ("50 per cent", 50), ("50 percent", 50), ("five per cent", 5), ("-6.1%", -6.1), ("minus 5%", -5), ("12.345%", 12.345),
    ("0.5 percentage points", 0.5), ("50 basis points", 0.5), ("half a percent", 0.5), ("34,9%", 34.9), ("1,500%", 1500), ("34,567%", 34.567),
    ("٥٠٪", 50), ("50 بالمئة", 50), ("50 في المئة", 50), ("50 في المائة", 50), ("50 بالمائة", 50), ("خمسة وعشرين بالمئة", 25), ("بـ34.9%", 34.9), ("%25", 25),
    ("صفر في المئة", 0), ("5 نقاط مئوية", 5), ("5ر2 في المئة", 2.5), ("14،3 في المائة", 14.3),
]  # fmt: skip
SHARES = [
    ("a quarter of output", 25), ("two-thirds of exports", 200 / 3), ("one third of the supply", 100 / 3), ("half of its output", 50), ("half the world's", 50),
    ("three-quarters of", 75), ("fell by a third", 100 / 3), ("a tenth of", 10), ("ثلث الإنتاج العالمي", 100 / 3), ("نصف صادراتها", 50), ("ثلثي الإنتاج", 200 / 3),
    ("ثلاثة أرباع الاحتياطيات", 75), ("خمس الإنتاج", 20), ("بمقدار الثلث", 100 / 3), ("ربع إنتاج النحاس", 25),
]  # fmt: skip
NO_SHARES = [
    "the first half of 2025", "in the third quarter", "a quarter of 2025", "the third largest", "half-year", "last quarter", "half of the year", "quarter", "first half",
    "نصف العام", "النصف الأول من 2025", "الربع الأول", "ربع سنوي", "نصف مصنعة", "منتصف العام", "الحصيلة نصف السنوية",
]  # fmt: skip
MONEY = [
    ("$347.1m", 347_100_000, "USD"), ("US$300 million", 3e8, "USD"), ("500 billion USD", 5e11, "USD"), ("USD21.6bn", 21.6e9, "USD"), ("$5 trillion", 5e12, "USD"),
    ("5 million dollars", 5e6, "USD"), ("ملياري دولار", 2e9, "USD"), ("500 مليار دولار أمريكي", 5e11, "USD"), ("بـ 53 مليار دولار", 53e9, "USD"),
    ("5ر8 مليار دولار", 8.5e9, "USD"), ("25 cents", 0.25, "USD"), ("A$1.5158bn", 1e9, "USD"), ("Can$1.3699 million", 1e6, "USD"), ("€0.9242m", 1e6, "USD"),
    ("7.1957 مليون يوان", 1e6, "USD"), ("Rs 836.566 crore", 1e8, "USD"), ("3.75 مليار ريال", 1e9, "USD"),
    ("$2,500 per tonne", 2500, "USD/tonne"), ("$10,000 a ton", 10_000, "USD/tonne"), ("$10,000/t", 10_000, "USD/tonne"), ("2,500 دولار للطن", 2500, "USD/tonne"),
    ("10 آلاف دولار للطن المتري", 10_000, "USD/tonne"), ("$4.5 a pound", 4.5 / POUND, "USD/tonne"), ("5 USD/lb", 5 / POUND, "USD/tonne"),
    ("4.5 دولار للرطل", 4.5 / POUND, "USD/tonne"), ("80 ¢/lb", 0.8 / POUND, "USD/tonne"), ("71,957 yuan per ton", 10_000, "USD/tonne"), ("$60 per kg", 60, "USD/kg"),
    ("50 دولارا للكيلوغرام", 50, "USD/kg"), ("$2,000 an ounce", 2 / OUNCE, "USD/kg"), ("2000 دولار للأوقية", 2 / OUNCE, "USD/kg"), ("سعر الطن إلى 2500 دولار", 2500, "USD/tonne"),
]  # fmt: skip
RATES = [
    ("100 tonnes per year", "year"), ("100 tonnes a year", "year"), ("100 tonnes annually", "year"), ("100 tpa", "year"), ("100 t/y", "year"), ("100 tonnes/year", "year"),
    ("100-tonne-per-year", "year"), ("100 tonnes of refined gallium a year", "year"), ("100 tonnes a month", "month"), ("100 tonnes a week", "week"), ("100 tpd", "day"),
    ("100 طن سنويًا", "year"), ("100 طن في السنة", "year"), ("100 طن من الغاليوم سنويا", "year"), ("100 طن شهريا", "month"), ("100 طن يوميا", "day"),
    ("100 tonnes", ""), ("100 tonnes a year ago", ""), ("100 طن في العام الماضي", ""), ("100 طن في العام 2023", ""),
]  # fmt: skip
BOUNDS = [
    ("about 5%", "approx"), ("around 5%", "approx"), ("some 5%", "approx"), ("nearly 5%", "approx"), ("almost half", "approx"), ("~5%", "approx"), ("an estimated 5%", "approx"),
    ("5% or so", "approx"), ("نحو 5%", "approx"), ("بنحو 5%", "approx"), ("حوالي 5%", "approx"), ("قرابة 5%", "approx"), ("زهاء 5%", "approx"), ("ما يقرب من 5%", "approx"),
    ("5% تقريبا", "approx"),
    ("more than 5%", "gt"), ("over 5%", "gt"), ("at least 5%", "gt"), ("exceeds 5%", "gt"), ("upwards of 5%", "gt"), ("just over 5%", "gt"), (">5%", "gt"), ("no less than 5%", "gt"),
    ("5% or more", "gt"), ("more than an estimated 5%", "gt"), ("more than half", "gt"), ("أكثر من 5%", "gt"), ("بأكثر من 5%", "gt"), ("ما يزيد على 5%", "gt"),
    ("لا يقل عن 5%", "gt"), ("ما لا يقل عن 5%", "gt"), ("يتجاوز 5%", "gt"), ("تفوق 5%", "gt"), ("5% على الأقل", "gt"), ("تتجاوز قيمتها 5%", "gt"), ("أكثر من النصف", "gt"),
    ("less than 5%", "lt"), ("under 5%", "lt"), ("up to 5%", "lt"), ("at most 5%", "lt"), ("no more than 5%", "lt"), ("not exceeding 5%", "lt"), ("a maximum of 5%", "lt"),
    ("<=5%", "eq"), ("≤5%", "lt"), ("5% at most", "lt"), ("أقل من 5%", "lt"), ("ما لا يزيد على 5%", "lt"), ("بحد أقصى 5%", "lt"), ("ما يصل إلى 5%", "lt"), ("يصل إلى 5%", "lt"),
    ("لا يتجاوز 5%", "lt"), ("دون 5%", "lt"), ("5%", "eq"), ("وصل إلى 5%", "eq"),
]  # fmt: skip
RANGES = [
    ("35 to 70%", (35, 70), "percent"), ("between 10% and 20%", (10, 20), "percent"), ("10-15%", (10, 15), "percent"), ("10%–15%", (10, 15), "percent"),
    ("3 or 4 million tonnes", (3e6, 4e6), "tonne"), ("2-3 million tonnes", (2e6, 3e6), "tonne"), ("500 to 1,000 tonnes", (500, 1000), "tonne"),
    ("between 500,000 and 1 million tonnes", (5e5, 1e6), "tonne"), ("between one and two million tonnes", (1e6, 2e6), "tonne"), ("$300-500 million", (3e8, 5e8), "USD"),
    ("US$2 to US$3 billion", (2e9, 3e9), "USD"), ("$2,500-$2,600 a tonne", (2500, 2600), "USD/tonne"), ("from 650kt to 2Mt", (650e3, 2e6), "tonne"),
    ("من 10 إلى 15%", (10, 15), "percent"), ("بين 20 و30 مليون طن", (20e6, 30e6), "tonne"), ("ما بين 10% و15%", (10, 15), "percent"),
    ("تتراوح بين 30 إلى 40 في المائة", (30, 40), "percent"), ("3 أو 4 ملايين طن", (3e6, 4e6), "tonne"), ("5 مليارات إلى 7 مليارات دولار", (5e9, 7e9), "USD"),
]  # fmt: skip
NOTHING = [
    "Section 232 tariffs", "the G7", "in 2023", "between 2020 and 2023", "on March 12, 2025", "4/12/2025", "No. 2 producer", "the 5th mine", "one of the largest", "555-123-4567",
    "call +966 11 123 4567", "HS code 760110", "the third largest", "millions of tonnes", "1. The ministry", "at 10:30", "المادة 232", "عام 2023", "بين عامي 2020 و2023",
    "رقم 2", "12 مارس 2025", "الاثنين", "ملايين الأطنان", "ثاني أكبر", "إحدى الدول",
]  # fmt: skip
OTHERS = [
    "5 barrels",
    "20 MW",
    "300 km",
    "500 people",
    "1.5 million carats",
    "5 g/t",
    "40 tonnes of CO2",
    "$10 per barrel",
    "500 rubles",
    "5 ملايين برميل",
    "50 ميغاواط",
    "84 مليار درهم",
]


def find(text):
    words = tuple(tokens(clean(text).clean))
    return quantities.find(Sentence(words, "en"))


def one(text):
    found = [m for m in find(text) if m.kind == "quantity"]
    assert len(found) == 1, found
    return found[0].value


@pytest.mark.parametrize(("text", "value"), MASS)
def test_masses_become_tonnes(text, value):
    quantity = one(text)
    assert (quantity.low, quantity.high, quantity.unit) == (pytest.approx(value, rel=1e-12), quantity.low, "tonne")


@pytest.mark.parametrize(("text", "value"), [*PERCENT, *SHARES])
def test_percentages_and_shares(text, value):
    quantity = one(text)
    assert (quantity.low, quantity.unit) == (pytest.approx(value, rel=1e-12), "percent")


@pytest.mark.parametrize("text", NO_SHARES)
def test_fractions_that_are_no_shares(text):
    assert not find(text)


@pytest.mark.parametrize(("text", "value", "unit"), MONEY)
def test_money_and_prices(text, value, unit):
    quantity = one(text)
    assert (quantity.low, quantity.unit) == (pytest.approx(value, rel=1e-12), unit)


@pytest.mark.parametrize(("text", "per"), RATES)
def test_rates_of_flow(text, per):
    quantity = one(text)
    assert (quantity.low, quantity.unit, quantity.per) == (100, "tonne", per)


@pytest.mark.parametrize(("text", "comparator"), BOUNDS)
def test_bounds(text, comparator):
    assert one(text).comparator == comparator


@pytest.mark.parametrize(("text", "ends", "unit"), RANGES)
def test_ranges(text, ends, unit):
    quantity = one(text)
    assert (quantity.low, quantity.high, quantity.unit, quantity.comparator) == (*ends, unit, "range")


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_quantity(text):
    assert not find(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_units_are_no_tonnes(text):
    assert one(text).unit == "other"


@pytest.mark.parametrize(
    "writings",
    [
        ("2 million tonnes", "2Mt", "2,000,000 t", "2 000 kt", "two million metric tons", "2 mln tons", "مليوني طن", "مليونا طن", "2 مليون طن", "٢ مليون طن متري"),
        ("34.9%", "34,9 %", "34.9 pct", "34.9 per cent", "9ر34 في المئة", "٣٤٫٩ بالمئة", "%34.9", "٣٤,٩٪"),
        ("$1.5bn", "US$1.5 billion", "1,500 million dollars", "1.5 مليار دولار", "مليار ونصف المليار دولار", "1500 مليون دولار أميركي"),
        ("$9,920.8 a tonne", "9,920.8 USD/t", "9920.8 دولار للطن", "9.9208 thousand dollars per metric ton"),
    ],
)  # fmt: skip
def test_the_same_quantity_in_other_writings(writings):
    assert len({(one(text).low, one(text).unit) for text in writings}) == 1


def test_what_was_converted_says_how():
    yuan, pounds, dollars = one("75,000 yuan per ton"), one("$4.5 a pound"), one("$2,500 per tonne")
    assert yuan.stated == "75,000 yuan per ton" and "7.1957 CNY = 1 USD" in yuan.conversion and "2024" in yuan.conversion
    assert pounds.stated == "$4.5 a pound" and pounds.conversion == "1 lb = 0.45359237 kg"
    assert (dollars.stated, dollars.conversion) == ("", "")


def test_from_and_to_keep_their_order():
    up, down = find("raised from 25 to 50%")[0], find("خفضت من 50% إلى 25%")[0]
    assert (up.traits["from"], up.traits["to"]) == (25, 50) and (up.value.low, up.value.high) == (25, 50)
    assert (down.traits["from"], down.traits["to"]) == (50, 25) and (down.value.low, down.value.high) == (25, 50)


@pytest.mark.parametrize(
    ("text", "values"),
    [("10, 20 and 30%", [10, 20, 30]), ("20 و30 مليون طن", [2e7, 3e7]), ("10% و20%", [10, 20]), ("in 2023 and 20%", [20])],
)
def test_lists_share_the_unit_of_their_last(text, values):
    assert [m.value.low for m in find(text) if m.kind == "quantity"] == values


def test_bare_numbers_and_multiples_are_numbers():
    assert [(m.kind, m.value.low, m.value.unit) for m in find("five mines, twice the output")] == [
        ("number", 5, ""),
        ("number", 2, "times"),
    ]
    assert [m.value.low for m in find("ثلاثة أضعاف")] == [3]
    assert not find("ضعف الطلب") and find("أكثر من ضعف")[0].value.unit == "times"


def test_a_year_before_an_arabic_scale_is_a_year():
    assert [(m.value.low, m.value.unit) for m in find("في عام 2023 مليون طن")] == [(1e6, "tonne")]


def test_mentions_cover_what_bounds_them():
    sentence = sentences(clean("لم تسمح الوزارة بأكثر من مليون طن"))[0]
    (mention,) = quantities.find(sentence)
    assert [w.text for w in sentence.words[mention.first : mention.last]] == ["بأكثر", "من", "مليون", "طن"]
    assert (mention.form.before, mention.value.comparator, mention.traits["number"]) == ("ب", "gt", mention.first + 2)


def test_ten_thousand_numbers_in_one_sentence():
    found = find("10, 20 and 30% " * 3333)
    assert len(found) == 9999 and {m.value.unit for m in found} == {"percent"}


def test_text_without_numbers_has_none():
    assert not find("The ministry said that exports will be allowed again.") and not find("")

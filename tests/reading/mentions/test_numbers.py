"""Numbers in every writing: figures with their separators, words, scales, duals, fractions."""

from decimal import Decimal

import pytest

from maadin.reading.mentions import figures, numbers
from maadin.reading.source import clean
from maadin.reading.words import tokens

FIGURES = [
    ("5", "5"), ("5.25", "5.25"), ("5,774", "5774"), ("1,234,567.8", "1234567.8"), ("34,9", "34.9"), ("14،3", "14.3"), ("1.200.000", "1200000"),
    ("1.234,5", "1234.5"), ("816 000", "816000"), ("1 234 567", "1234567"), ("12 345,6", "12345.6"), ("1'200'000", "1200000"), ("٣٤٫٩", "34.9"),
    ("١٬٢٠٠", "1200"), ("5ر8", "8.5"), ("٥ر٨", "8.5"), ("0ر5", "0.5"), ("½", "0.5"), ("2½", "2.5"), ("0,774", "0.774"), ("2.125", "2.125"),
]  # fmt: skip
NO_FIGURES = ["1.2.3", "1,2,3", "1,23,45.6,7", "9" * 40]
NUMBERS = [
    # figures with a scale
    ("4.4-million-ton", "4400000"), ("2 hundred", "200"), ("1.2bn", "1200000000"), ("3 mln", "3000000"), ("500 ألف", "500000"), ("25 ألفا", "25000"),
    ("12 lakh", "1200000"), ("5 crore", "50000000"), ("5.07 ملايير", "5070000000"), ("2 billion", "2000000000"),
    # English words
    ("five", "5"), ("twelve", "12"), ("twenty-five", "25"), ("one hundred and twenty-five thousand", "125000"), ("two thousand and five", "2005"),
    ("a million", "1000000"), ("a hundred thousand", "100000"), ("a dozen", "12"), ("three million two hundred thousand", "3200000"),
    ("two and a half million", "2500000"), ("half a million", "500000"), ("a quarter of a million", "250000"), ("three quarters of a million", "750000"),
    ("half a dozen", "6"), ("zero", "0"),
    # Arabic words: both genders, cases, teens, compounds
    ("ثلاثة ملايين", "3000000"), ("ثلاث", "3"), ("أحد عشر مليونا", "11000000"), ("إحدى عشرة", "11"), ("اثني عشر ألفا", "12000"), ("خمسة عشر", "15"),
    ("خمسة وعشرين", "25"), ("واحد وعشرون", "21"), ("مئة وعشرون", "120"), ("ثلاثمئة وخمسة وعشرين ألف", "325000"), ("ثلاث مئة", "300"),
    ("عشرة آلاف", "10000"), ("صفر", "0"), ("ألف مليار", "1000000000000"),
    # duals and accusatives
    ("مليونا طن", "2000000"), ("مليوني", "2000000"), ("مليونين", "2000000"), ("ملياري", "2000000000"), ("ألفي", "2000"), ("ألفا طن", "2000"),
    ("مئتي ألف", "200000"), ("مائتا", "200"), ("بمليوني", "2000000"),
    # sums with و
    ("3 ملايين و500 ألف", "3500000"), ("مليونين و300 ألف", "2300000"), ("مليون ومئتا ألف", "1200000"), ("ألف و200", "1200"),
    ("خمسة وعشرون ألفا وثلاثمئة", "25300"), ("مليون ونصف المليون", "1500000"), ("ثلاثة ملايين ونصف", "3500000"), ("اثنان ونصف مليون", "2500000"),
    ("نصف مليون", "500000"), ("ربع مليون", "250000"), ("مليون وربع المليون", "1250000"),
]  # fmt: skip
NO_NUMBERS = ["thousands of", "million", "ملايين الأطنان", "آلاف", "5th", "third", "quarter", "أحد", "the"]


def read(text, **options):
    return numbers.read(tokens(clean(text).clean), 0, **options)


@pytest.mark.parametrize(("text", "value"), FIGURES)
def test_figures(text, value):
    found = figures.read(tokens(clean(text).clean), 0)
    assert found is not None and found.value == Decimal(value)


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_only_looks_like_a_figure(text):
    assert figures.read(tokens(clean(text).clean), 0) is None


def test_one_separator_may_mean_two_things():
    comma, point = (figures.read(tokens(text), 0) for text in ("2,125", "2.125"))
    assert comma is not None and (comma.value, comma.other) == (2125, Decimal("2.125"))
    assert point is not None and (point.value, point.other) == (Decimal("2.125"), 2125)


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_numbers(text, value):
    found = read(text)
    assert found is not None and found.value == Decimal(value)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_numbers(text):
    assert read(text) is None


@pytest.mark.parametrize(
    "writings",
    [
        ("2,000,000", "2 million", "two million", "2mln", "2 000 000", "2.000.000", "مليونا", "مليوني", "مليونان", "2 مليون", "مليونين", "٢ مليون", "اثنان مليون"),
        ("1.5 million", "one and a half million", "1,500,000", "مليون ونصف المليون", "5ر1 مليون", "1,5 مليون", "مليون و500 ألف", "مليون وخمسمئة ألف", "١٫٥ مليون"),
        ("200,000", "two hundred thousand", "200 thousand", "مئتي ألف", "مائتا ألف", "200 ألف", "200k"),
        ("3000", "three thousand", "3 آلاف", "ثلاثة آلاف", "3,000", "ثلاثة آلافٍ"),
    ],
)  # fmt: skip
def test_the_same_number_in_other_writings(writings):
    assert len({found.value for text in writings if (found := read(text, money=True))}) == 1
    assert all(read(text, money=True) is not None for text in writings)


def test_every_number_below_a_thousand_in_words():
    ones = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    small = {n + 1: word for n, word in enumerate(ones)}
    small |= {10 * (n + 2) + m: f"{ten}-{ones[m - 1]}" if m else ten for n, ten in enumerate(tens) for m in range(10)}
    words = small | {100 * h + r: f"{ones[h - 1]} hundred" + (f" and {small[r]}" if r else "") for h in range(1, 10) for r in range(100)}
    wrong = {n: text for n, text in words.items() if (found := read(text)) is None or found.value != n}
    assert not wrong


def test_every_number_below_a_hundred_in_arabic():
    ones = ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
    tens = ["عشرين", "ثلاثين", "أربعين", "خمسين", "ستين", "سبعين", "ثمانين", "تسعين"]
    words = {n + 1: word for n, word in enumerate(ones)} | {n + 11: f"{word} عشر" for n, word in enumerate(["أحد", "اثنا", *ones[2:]])}
    words |= {10 * (n + 2) + m: f"{ones[m - 1]} و{ten}" if m else ten for n, ten in enumerate(tens) for m in range(10)}
    wrong = {n: text for n, text in words.items() if (found := read(text)) is None or found.value != n}
    assert not wrong


def test_between_keeps_two_numbers_apart():
    words = tokens("مليون و500 ألف")
    together, apart = numbers.read(words, 0), numbers.read(words, 0, apart=True)
    assert together is not None and together.value == 1_500_000
    assert apart is not None and apart.value == 1_000_000

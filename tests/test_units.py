"""Quantities in English and Arabic: what they read as, what is refused, and that writing and reading is the identity.

Equality is exact throughout: arithmetic is decimal and rounded once.
"""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maadin import units
from maadin.errors import InputError, UnitError
from maadin.units import CHANGE, MASS, MONEY, NUMBER, PRICE, RATE, SHARE, YEARS, Kind, Range


@pytest.mark.parametrize(
    ("given", "kind", "value"),
    [
        ("2 Mt", MASS, 2e6), ("200 kt", MASS, 2e5), ("1,000 t", MASS, 1000.0), ("816 000 t", MASS, 816e3), ("2Mt", MASS, 2e6), ("650kt", MASS, 65e4),
        ("500 kg", MASS, 0.5), ("1 short ton", MASS, 0.90718474), ("1 long ton", MASS, 1.0160469088), ("1 troy oz", MASS, 31.1034768e-6),
        ("2 million tonnes", MASS, 2e6), ("4.4-million-ton", MASS, 4.4e6), ("half a million tonnes", MASS, 5e5), ("two million tons", MASS, 2e6),
        ("3 mln tons", MASS, 3e6), ("100 kt a year", MASS, 1e5), ("100 kt/yr", MASS, 1e5), ("50 ktpa", MASS, 5e4), ("1e6 t", MASS, 1e6), ("10 KT", MASS, 1e4),
        ("٢ مليون طن", MASS, 2e6), ("3 مليون طن", MASS, 3e6), ("مليوني طن", MASS, 2e6), ("مليونا طن", MASS, 2e6), ("20 مليوناً طن", MASS, 2e7),
        ("ثلاثة ملايين طن", MASS, 3e6), ("نصف مليون طن", MASS, 5e5), ("٢٫٥ كيلوطن", MASS, 2500.0), ("١٬٠٠٠ طن", MASS, 1000.0), ("ألفا طن", MASS, 1000.0),
        ("مليون طن سنوياً", MASS, 1e6), ("2 Mt annually", MASS, 2e6), (2e6, MASS, 2e6), (2000, MASS, 2000.0), ("300", MASS, 300.0), (Decimal("0.1"), MASS, 0.1),
        ("25%", RATE, 0.25), ("٢٥٪", RATE, 0.25), ("0.25", RATE, 0.25), (0.25, RATE, 0.25), ("200%", RATE, 2.0), ("7%", RATE, 0.07), ("50pct", RATE, 0.5),
        ("20 per cent", RATE, 0.2), ("25 بالمئة", RATE, 0.25), ("25 في المائة", RATE, 0.25), ("1", RATE, 1.0), ("0", RATE, 0.0), ("-10%", CHANGE, -0.1),
        ("+10%", CHANGE, 0.1), (-0.5, CHANGE, -0.5), ("100%", SHARE, 1.0),
        ("$300/t", PRICE, 300.0), ("300 USD/t", PRICE, 300.0), ("2.5 $/kg", PRICE, 2500.0), ("10 c/lb", PRICE, 220.46226218487757), ("$300 a tonne", PRICE, 300.0),
        ("US$300 per tonne", PRICE, 300.0), ("300 دولار/طن", PRICE, 300.0), ("300 دولار للطن", PRICE, 300.0), ("2 thousand dollars per tonne", PRICE, 2000.0),
        ("$500bn", MONEY, 5e11), ("500 billion USD", MONEY, 5e11), ("٥٠٠ مليار دولار", MONEY, 5e11), ("$347.1m", MONEY, 347.1e6), ("2 تريليون دولار", MONEY, 2e12),
        ("3 years", YEARS, 3.0), ("١٠ سنوات", YEARS, 10.0), (3, YEARS, 3.0), ("2.5", NUMBER, 2.5),
    ],
)  # fmt: skip
def test_values(given: object, kind: Kind, value: float) -> None:
    assert units.read(given, kind) == value


@pytest.mark.parametrize(
    ("given", "kind", "low", "high"),
    [
        ("10 kt to 40 kt", MASS, 1e4, 4e4), ("10-40 kt", MASS, 1e4, 4e4), ("10 – 40 kt", MASS, 1e4, 4e4), (["10 kt", "40 kt"], MASS, 1e4, 4e4),
        ("500 kg to 2 t", MASS, 0.5, 2.0), ("2 to 3 million tonnes", MASS, 2e6, 3e6), ("500 kt to 3 million tonnes", MASS, 5e5, 3e6),
        ("between 10 and 40 kt", MASS, 1e4, 4e4), ("بين 10 و40 ألف طن", MASS, 1e4, 4e4), ("من 10 إلى 40 ألف طن", MASS, 1e4, 4e4),
        ((1.0, 2.0), MASS, 1.0, 2.0), ({"low": "1 t", "high": "3 t"}, MASS, 1.0, 3.0),
        ("5%..20%", RATE, 0.05, 0.2), ("35 to 70%", RATE, 0.35, 0.7), ("0.1..0.25", RATE, 0.1, 0.25), ("10% to 150%", RATE, 0.1, 1.5),
        ("-10% to 5%", CHANGE, -0.1, 0.05), ("$10-40/t", PRICE, 10.0, 40.0), ("$10/t to $40/t", PRICE, 10.0, 40.0), ("$1.5-2bn", MONEY, 1.5e9, 2e9),
        ("10 to 50 years", YEARS, 10.0, 50.0), ("0.5..1.5", NUMBER, 0.5, 1.5), ("1e-3-2e-3", NUMBER, 0.001, 0.002), (Range(2.0, 3.0), RATE, 2.0, 3.0),
    ],
)  # fmt: skip
def test_ranges(given: object, kind: Kind, low: float, high: float) -> None:
    assert units.read(given, kind) == Range(low, high)


@pytest.mark.parametrize(
    ("given", "kind", "why"),
    [
        (25, RATE, "did you mean 25% or 0.25"), ("25", RATE, "did you mean 25% or 0.25"), ("٢٥", RATE, "did you mean 25%"), ("2.0", RATE, "did you mean 2% or 0.02"),
        ("-5%", RATE, "negative"), (-1, MASS, "negative"), ("-3 t", MASS, "negative"), ("-150%", CHANGE, "less than -100%"), ("150%", SHARE, "more than 100%"),
        (math.nan, RATE, "not finite"), (math.inf, MASS, "not finite"), (Decimal("NaN"), MASS, "not finite"), ("1e999 t", MASS, "not finite"),
        ("nan", MASS, "no unit known"), ("inf t", MASS, "no unit known"), ("x" * 500, MASS, "too long"), ("9" * 5000, MASS, "too long"),
        ("2,5 kt", MASS, "does not mark thousands"), ("1.000,5 t", MASS, "does not mark thousands"), ("5 mt", MASS, "ambiguous: write 'Mt'"),
        ("5 MT", MASS, "ambiguous: write 'Mt'"), ("10 oz", MASS, "troy oz"), ("5 m t", MASS, "ambiguous: write 'million'"), ("€300/t", PRICE, "another currency"),
        ("300 يورو", MONEY, "another currency"), ("$300", PRICE, "per what mass"), ("300 USD/t", MASS, "another unit"), ("25%", MASS, "another unit"),
        ("2 Mt", RATE, "another unit"), ("40 kt to 10 kt", MASS, "backwards"), ([3, 2], MASS, "backwards"), (Range(3.0, 2.0), MASS, "backwards"),
        ("10 kt to 20", MASS, "one side only"), ([10, "40 kt"], MASS, "one side only"), ([1, 2, 3], MASS, "3 entries"), ({"from": 1}, MASS, "low and high"), ({"low": 1, "high": "3 t"}, MASS, "one side only"),
        (True, MASS, "not a mass"), (None, MASS, "not a mass"), ([[1], 2], MASS, "not a mass"), ("", MASS, "cannot be read"), ("tonnes", MASS, "no figure"),
        ("million", MASS, "no unit"), ("2 2 t", MASS, "cannot be read"), ("5 bananas", MASS, "'bananas' is no unit"), ("1 t/t", PRICE, "another unit"),
        ("$3/", PRICE, "does not say per what"), ("2 t t", MASS, "cannot be read"), ("5; drop", MASS, "cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why_and_how_it_could_be(given: object, kind: Kind, why: str) -> None:
    with pytest.raises(UnitError) as raised:
        units.read(given, kind)
    message = str(raised.value)
    assert why in message
    assert kind.examples[0] in message
    assert len(message) < 500
    assert isinstance(raised.value, InputError)
    assert raised.value.exit_code == 2


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(UnitError, match="too large"):
        units.read(10**5000, MASS)


def test_typed_readers() -> None:
    assert units.tonnes("2 Mt") == 2e6
    assert units.rate("25%") == 0.25
    assert units.usd("$5") == 5.0
    assert units.usd_per_tonne("$300/t") == 300.0
    with pytest.raises(UnitError, match="is a range"):
        units.tonnes("1 t to 2 t")


def test_several_kinds_the_first_may_be_bare() -> None:
    assert units.read_as("25%", RATE, PRICE) == (RATE, 0.25)
    assert units.read_as(0.25, RATE, PRICE) == (RATE, 0.25)
    assert units.read_as("$10 to $20/t", RATE, PRICE)[1] == Range(10.0, 20.0)
    for refused in (25, "25", "25 to 30", "$300"):
        with pytest.raises(UnitError, match="USD/t"):
            units.read_as(refused, RATE, PRICE)


def test_ends_and_positions_of_a_size() -> None:
    assert units.ends(3.0) == (3.0, 3.0)
    assert units.ends(Range(1.0, 3.0)) == (1.0, 3.0)
    assert units.at(Range(1.0, 3.0), 0.25) == 1.5
    assert Range(1.0, 3.0).middle == 2.0


VALUES = {
    MASS: st.floats(0, 1e12), PRICE: st.floats(0, 1e9), MONEY: st.floats(0, 1e15), RATE: st.floats(0, 1e4), SHARE: st.floats(0, 1),
    CHANGE: st.floats(-1, 1e4), NUMBER: st.floats(0, 1e9), YEARS: st.floats(0, 1e4),
}  # fmt: skip


@given(st.data(), st.sampled_from(list(VALUES)))
def test_write_then_read_is_the_identity(data: st.DataObject, kind: Kind) -> None:
    one = data.draw(VALUES[kind])
    two = data.draw(VALUES[kind])
    assert units.read(units.write(one, kind), kind) == one
    pair = Range(min(one, two), max(one, two))
    assert units.read(units.write(pair, kind), kind) == pair


@given(st.integers(1, 10**6), st.sampled_from(["kt", "Mt", "kg", "t"]))
def test_digits_of_both_scripts_and_grouping_do_not_matter(number: int, unit: str) -> None:
    plain = units.tonnes(f"{number} {unit}")
    assert units.tonnes(f"{number:,} {unit}") == plain
    assert units.tonnes(f"{number}{unit}".translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))) == plain


@given(st.text(max_size=100), st.sampled_from(list(VALUES)))
def test_any_text_is_read_or_refused_in_words(text: str, kind: Kind) -> None:
    try:
        found = units.read(text, kind)
    except UnitError:
        return
    assert all(math.isfinite(end) and end >= kind.least for end in units.ends(found))

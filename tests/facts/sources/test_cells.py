"""Printed cells: every mark the publishers use, and that nothing else becomes a number."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maadin.errors import DataError
from maadin.facts.records import NO_VALUE, Quality, Status
from maadin.facts.sources.cells import Cell, parse_cell

R, E, P = Quality.REPORTED, Quality.ESTIMATED, Quality.PROVISIONAL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234", Cell(1234.0, None, None, Status.VALUE, R)),
        (" 65,000", Cell(65000.0, None, None, Status.VALUE, R)),
        ("154000 ", Cell(154000.0, None, None, Status.VALUE, R)),
        ("2.3", Cell(2.3, None, None, Status.VALUE, R)),
        (".5", Cell(0.5, None, None, Status.VALUE, R)),
        ("1\u00a0234\u00a0567", Cell(1234567.0, None, None, Status.VALUE, R)),
        ("5,000\u00b2", Cell(5000.0, None, None, Status.VALUE, R)),
        ("e5,000", Cell(5000.0, None, None, Status.VALUE, E)),
        (" e24,000", Cell(24000.0, None, None, Status.VALUE, E)),
        ("5,000e", Cell(5000.0, None, None, Status.VALUE, E)),
        ("r, e5,000", Cell(5000.0, None, None, Status.VALUE, E)),
        ("r5,000", Cell(5000.0, None, None, Status.VALUE, R)),
        ("p12", Cell(12.0, None, None, Status.VALUE, P)),
        ("0", Cell(0.0, None, None, Status.ZERO, R)),
        ("e0.0", Cell(0.0, None, None, Status.ZERO, E)),
        ("\u2014", Cell(0.0, None, None, Status.ZERO, R)),
        ("-", Cell(0.0, None, None, Status.ZERO, R)),
        ("    >9,100,000", Cell(9.1e6, 9.1e6, None, Status.AT_LEAST, R)),
        ("More than 50", Cell(50.0, 50.0, None, Status.AT_LEAST, R)),
        ("<100", Cell(100.0, None, 100.0, Status.AT_MOST, R)),
        ("e<100", Cell(100.0, None, 100.0, Status.AT_MOST, E)),
        ("Less than \u00bd unit.", Cell(0.25, 0.0, 0.5, Status.BELOW_HALF_UNIT, R)),
        ("Less than 1/2 unit", Cell(0.25, 0.0, 0.5, Status.BELOW_HALF_UNIT, R)),
        ("Less than a half unit", Cell(0.25, 0.0, 0.5, Status.BELOW_HALF_UNIT, R)),
        ("Less than one-half unit", Cell(0.25, 0.0, 0.5, Status.BELOW_HALF_UNIT, R)),
        ("500\u201317,000", Cell(8750.0, 500.0, 17000.0, Status.RANGE, R)),
        ("10-15", Cell(12.5, 10.0, 15.0, Status.RANGE, R)),
        ("10 to 15", Cell(12.5, 10.0, 15.0, Status.RANGE, R)),
    ],
)
def test_reads_figures(text: str, expected: Cell) -> None:
    assert parse_cell(text) == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", Status.MISSING),
        ("   ", Status.MISSING),
        ("             NA", Status.MISSING),
        ("NA2", Status.MISSING),
        ("Not available", Status.MISSING),
        ("W", Status.WITHHELD),
        ("W ", Status.WITHHELD),
        ("XX", Status.NOT_APPLICABLE),
        ("XX\u00b9", Status.NOT_APPLICABLE),
        ("Not applicable", Status.NOT_APPLICABLE),
        ("E", Status.NET_EXPORTER),
        ("Large", Status.DESCRIBED),
        ('Categorized as "large"', Status.DESCRIBED),
        ("Variable, depending on type of product", Status.DESCRIBED),
        ("Less than 50,000\u00a0tons", Status.DESCRIBED),
        ("Less than 500 carats.", Status.DESCRIBED),
        ("Included with platinum", Status.INCLUDED_ELSEWHERE),
        ("Included in World total.", Status.INCLUDED_ELSEWHERE),
        ("included with ilmenite", Status.INCLUDED_ELSEWHERE),
    ],
)
def test_reads_why_there_is_no_figure(text: str, status: Status) -> None:
    assert parse_cell(text) == Cell(None, None, None, status, R)


@pytest.mark.parametrize(
    "text",
    [
        *("-4", "(4)", "1,2345", "12,34", "1,5", "1 234", "1e5", "1E+05", "15-10", "5-5", "<0", ">0"),
        *("e", "x", "50%", "$5", "3 Mt", "5 (2)", "9" * 400),
    ],
)
def test_refuses_what_is_not_clearly_one_figure(text: str) -> None:
    with pytest.raises(DataError):
        parse_cell(text)


def test_scale_is_exact_and_applies_to_bounds() -> None:
    assert parse_cell("2.3", 1e6).value == 2300000.0
    assert parse_cell("10\u201315", 1000) == Cell(12500.0, 10000.0, 15000.0, Status.RANGE, R)
    assert parse_cell("Less than \u00bd unit", 1000) == Cell(250.0, 0.0, 500.0, Status.BELOW_HALF_UNIT, R)
    assert parse_cell("270", 0.001).value == 0.27


def test_negative_only_where_a_change_can_be_meant() -> None:
    assert parse_cell("\u221288", signed=True) == Cell(-88.0, None, None, Status.VALUE, R)
    with pytest.raises(DataError, match="negative"):
        parse_cell("\u221288")


@given(st.integers(0, 10**15), st.sampled_from(["", "e", "r"]), st.sampled_from(["", " ", "\u00a0"]))
def test_printed_integers_come_back(number: int, mark: str, blank: str) -> None:
    cell = parse_cell(f"{blank}{mark}{number:,}{blank}")
    assert cell.value == number
    assert cell.status == (Status.VALUE if number else Status.ZERO)
    assert cell.quality == (E if mark == "e" else R)


@given(st.decimals(0, 10**9, places=3))
def test_printed_decimals_come_back(number: object) -> None:
    assert parse_cell(f"{number:,}").value == float(str(number))


@given(st.one_of(st.text(max_size=25), st.text("0123456789,.-\u2013<>e \u00bdWNAX()", max_size=12)), st.booleans())
def test_any_text_is_read_or_refused(text: str, signed: bool) -> None:
    try:
        cell = parse_cell(text, signed=signed)
    except DataError:
        return
    assert (cell.value is None) == (cell.status in NO_VALUE)
    assert all(bound is None or math.isfinite(bound) for bound in (cell.value, cell.low, cell.high))
    if cell.value:
        assert any(c.isdigit() or c == "\u00bd" for c in text) or "half" in text

"""Numbers as people read them."""

from __future__ import annotations

import pytest

from maadin.report.layout.cells import Tonnes
from maadin.report.numbers import fixed, percent


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(1234.5, 0, "1,235"), (1.25, 1, "1.3"), (0.0, 1, "0.0"), (0.04, 1, "<0.1"), (0.05, 1, "0.1"), (0.4, 0, "<1"), (-12.34, 1, "-12.3")],
)
def test_fixed_decimals_never_round_something_to_nothing(value: float, decimals: int, shown: str) -> None:
    assert fixed(value, decimals, "en") == fixed(value, decimals, "ar").replace("\u200e", "") == shown


@pytest.mark.parametrize(
    ("part", "decimals", "shown"), [(0.25, 1, "25.0%"), (2.0, 0, "200%"), (0.0004, 1, "<0.1%"), (0.004, 0, "<1%"), (0, 1, "0.0%")]
)
def test_percentages(part: float, decimals: int, shown: str) -> None:
    assert percent(part, "en", decimals) == shown


def test_tonnes_of_a_table_share_a_scale_and_their_decimals() -> None:
    tonnes = Tonnes([44e6, 150e3, 2e3], "en")
    assert tonnes.unit == "kt"
    assert tonnes.cells([44_004_600.0, 150_000.0, 400.0, 0.0, None], ["", "n", "", "", ""]) == ["44,005 ", "150n", "<1 ", "0 ", ""]

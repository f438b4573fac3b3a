"""Prices: which mean answers, and what a mean cannot tell. Figures of the World Bank's Pink Sheet of June 2026 (monthly workbook, by row)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from maadin.reading.check import check_statement
from maadin.reading.statement import Statement

Say = Callable[..., Statement]
NICKEL = {"metric": "price", "commodity": ("nickel",), "country": ("WLD",), "unit": "USD/tonne"}


@pytest.mark.parametrize(
    ("fields", "published", "verdict", "row"),
    [
        ({"value": 15_346, "year_or_date": "2025-05"}, None, "supported", "2025:5"),  # row 791: 15,345.79
        ({"value": 15_300, "year_or_date": "2025-05"}, None, "supported", "2025:5"),
        ({"value": 15_800, "year_or_date": "2025-05"}, None, "contradicted", "2025:5"),
        ({"value": 15_800, "year_or_date": "2025-05-12"}, None, "depends", "2025:5"),  # a day, within a tenth of the mean
        ({"value": 18_000, "year_or_date": "2025-05-12"}, None, "contradicted", "2025:5"),
        ({"value": 15_800}, date(2025, 5, 20), "depends", "2025:5"),  # of the day it was told
        ({"value": 15_154, "year_or_date": "2025-Q2"}, None, "supported", "2025:6"),  # rows 790-792: 15,113.29, 15,345.79, 15,003.11
        ({"value": 20_000, "year_or_date": "2025-Q2"}, None, "contradicted", "2025:6"),
        ({"value": 50_000, "year_or_date": "2022-03", "comparator": "gt"}, None, "depends", "2022:3"),  # row 753: 33,924.18
        ({"value": 50_000, "year_or_date": "2022-03", "comparator": "gt", "text": "averaged over 50,000"}, None, "contradicted", "2022:3"),
        ({"value": 15_000, "year_or_date": "2026"}, None, "not_checkable", "2026:"),  # not over
    ],
)  # fmt: skip
def test_the_mean_that_answers(say: Say, fields: dict[str, Any], published: date | None, verdict: str, row: str) -> None:
    found = check_statement(say(**NICKEL, **fields), published=published)
    assert found.verdict == verdict
    assert f"prices:wb_pinksheet:Pink Sheet 2026-06:nickel:Nickel:nominal, LME, cathode 99.8%:{row}" in {
        *found.now.figures,
        *found.now.beside,
    }


def test_a_price_long_after_the_last_figure_is_not_checkable(say: Say) -> None:
    cobalt = say(metric="price", commodity=("cobalt",), value=30_000, unit="USD/tonne")
    assert check_statement(cobalt, published=date(2025, 3, 1)).verdict != "not_checkable"
    late = check_statement(cobalt, published=date(2026, 9, 14))
    assert [(n.id, n.values["last"]) for n in late.now.reasons] == [("year_after_data", 2024)]


def test_of_several_goods_the_one_that_is_named_decides(say: Say) -> None:
    rock = {"metric": "price", "commodity": ("phosphate",), "value": 152.5, "unit": "USD/tonne", "year_or_date": "2025-05"}
    items = {
        text: {f.item.split(",")[0] for f in check_statement(say(**rock, text=text)).figures}
        for text in ("phosphate at 152.5", "DAP at 152.5")
    }
    assert items == {"phosphate at 152.5": {"Phosphate rock"}, "DAP at 152.5": {"DAP"}}

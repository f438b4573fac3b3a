"""A measure taken again on something else."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Indonesia banned exports of nickel ore. Jakarta plans to do the same with bauxite.",
        "حظرت إندونيسيا تصدير خام النيكل. وفعلت جاكرتا الأمر نفسه مع البوكسيت.",
    ],
)
def test_the_same_again(measures: Any, text: str) -> None:
    first, again = measures(text)
    assert (again.instrument, again.direction, again.actor, again.commodity) == (first.instrument, "export", ("IDN",), ("bauxite",))


@pytest.mark.parametrize(
    "text",
    ["Indonesia banned exports of nickel ore. The same goes for bauxite prices.", "Jakarta plans to do the same with bauxite."],
)
def test_nothing_done_or_nothing_told_before(measures: Any, text: str) -> None:
    assert [s for s in measures(text) if "bauxite" in s.commodity] == []

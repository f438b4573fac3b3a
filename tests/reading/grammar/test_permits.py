"""Export controls told by what a trader needs."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Exporters of zinc will have to apply for a licence from Peru's commerce ministry.",
        "Permits will be needed to ship zinc out of Peru.",
        "Peru will require state approval for every shipment of zinc.",
        "Foreign customers must seek Peru's permission before buying zinc.",
        "سيحتاج مصدرو الزنك في بيرو إلى تصاريح.",
        "ستشترط بيرو موافقة الدولة على كل شحنة من الزنك.",
        "ألزمت بيرو مصدري الزنك بالحصول على شهادة.",
    ],
)
def test_a_permit_that_is_needed(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.commodity) == ("export_control", ("PER",), ("zinc",))


@pytest.mark.parametrize(
    "text",
    [
        "Traders need permits to enter the warehouse where zinc is kept.",
        "The firm must obtain a permit to mine zinc in Peru.",
        "Peru requires environmental approval for zinc exploration.",
        "تحتاج الشركة إلى ترخيص لاستكشاف الزنك في بيرو.",
    ],
)
def test_other_permits(measures: Any, text: str) -> None:
    assert measures(text) == []


def test_permits_that_are_stopped_are_no_ban(only: Any) -> None:
    s = only("Peru suspended permits for the export of zinc.")
    assert (s.instrument, s.status) == ("export_control", "in_force")

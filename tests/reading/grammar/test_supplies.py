"""Offers told by readiness, a word of supplying and whom it is for."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Mongolia is ready to provide Japan with zinc.",
        "Mongolia offered Japan access to its zinc.",
        "Mongolia proposed giving Japanese firms its zinc in return for a loan.",
        "عرضت منغوليا على اليابان الوصول إلى الزنك المنغولي.",
        "أبدت منغوليا استعدادها لمنح اليابان الزنك.",
    ],
)
def test_readiness_to_supply(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.commodity, s.status) == ("supply_offer", ("MNG",), ("zinc",), "proposed")


def test_an_offer_with_its_tonnage(only: Any) -> None:
    assert only("أبدت منغوليا استعدادها لبيع اليابان 50 ألف طن من الزنك.").value == 50e3


@pytest.mark.parametrize(
    "text", ["The mine could provide jobs in Peru, where zinc is mined.", "It could contribute to a stable supply of zinc in Japan."]
)
def test_what_only_could_be(measures: Any, text: str) -> None:
    assert measures(text) == []

"""The measures of a scenario: one small frozen class each, and how one is read from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maadin.errors import InputError
from maadin.policy.measures.base import MarketMeasure, Measure
from maadin.policy.measures.borders import AdValoremTariff, Embargo, ExportBan, ExportTax, Reopen, SupplyOffer, Tariff
from maadin.policy.measures.domestic import Capacity, DemandShift, PriceFloor, Stockpile, Subsidy, SupplyShock
from maadin.policy.measures.outside import ResourceFund, Territory
from maadin.policy.measures.quotas import ExportQuota, ImportQuota, TariffRateQuota
from maadin.policy.problems import field_names, unknown

__all__ = [
    "MEASURES",
    "AdValoremTariff",
    "Capacity",
    "DemandShift",
    "Embargo",
    "ExportBan",
    "ExportQuota",
    "ExportTax",
    "ImportQuota",
    "MarketMeasure",
    "Measure",
    "PriceFloor",
    "Reopen",
    "ResourceFund",
    "Stockpile",
    "Subsidy",
    "SupplyOffer",
    "SupplyShock",
    "Tariff",
    "TariffRateQuota",
    "Territory",
    "read_measure",
]

MEASURES: dict[str, type[Measure]] = {
    c.noun: c
    for c in (
        Tariff, ExportTax, Embargo, ExportBan, ImportQuota, ExportQuota, TariffRateQuota, Subsidy, PriceFloor, Stockpile, Capacity,
        SupplyShock, DemandShift, Reopen, SupplyOffer, ResourceFund, Territory,
    )
}  # fmt: skip


def read_measure(data: Any) -> Measure:
    """A measure from a mapping with one key, its noun, as it stands in a file; a measure is returned as it is.

    Raises
    ------
    InputError
        If it is no such mapping, or the noun is unknown.
    ScenarioError
        If a field is wrong.

    Examples
    --------
    >>> read_measure({"tariff": {"importer": "USA", "rate": "25%", "mode": "set"}}).rate
    0.25
    """
    if isinstance(data, Measure):
        return data
    if not isinstance(data, Mapping) or len(data) != 1:
        raise InputError("expected one measure with its fields, as in tariff: {importer: USA, exporter: all, rate: 25%, mode: set}")
    noun, fields = next(iter(data.items()))
    if noun not in MEASURES:
        raise InputError(unknown(str(noun)[:60], "a measure", MEASURES))
    if not isinstance(fields, Mapping) or not all(isinstance(name, str) for name in fields):
        raise InputError(f"{noun} needs fields with names: {', '.join(field_names(MEASURES[noun]))}")
    return MEASURES[noun](**fields)

"""Measures and scenarios: what is done to a market, read from files in human quantities and names.

from maadin.policy import Scenario, Tariff
from maadin.policy.library import library, load
"""

from maadin.policy.measures import (
    MEASURES,
    AdValoremTariff,
    Capacity,
    DemandShift,
    Embargo,
    ExportBan,
    ExportQuota,
    ExportTax,
    ImportQuota,
    MarketMeasure,
    Measure,
    PriceFloor,
    Reopen,
    ResourceFund,
    Stockpile,
    Subsidy,
    SupplyOffer,
    SupplyShock,
    Tariff,
    TariffRateQuota,
    Territory,
)
from maadin.policy.order import Conflict, conflicts, in_order
from maadin.policy.places import Routes, members, routes
from maadin.policy.problems import Problem, ScenarioError
from maadin.policy.scenario import Elasticities, Scenario
from maadin.policy.texts import Sentence

__all__ = [
    "MEASURES",
    "AdValoremTariff",
    "Capacity",
    "Conflict",
    "DemandShift",
    "Elasticities",
    "Embargo",
    "ExportBan",
    "ExportQuota",
    "ExportTax",
    "ImportQuota",
    "MarketMeasure",
    "Measure",
    "PriceFloor",
    "Problem",
    "Reopen",
    "ResourceFund",
    "Routes",
    "Scenario",
    "ScenarioError",
    "Sentence",
    "Stockpile",
    "Subsidy",
    "SupplyOffer",
    "SupplyShock",
    "Tariff",
    "TariffRateQuota",
    "Territory",
    "conflicts",
    "in_order",
    "members",
    "routes",
]

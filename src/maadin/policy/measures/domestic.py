"""Measures and events inside a country: support, stocks, capacity, shocks."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from maadin import units
from maadin.policy.measures.base import MarketMeasure, Side
from maadin.policy.measures.quantities import Change, Mass, Places, Price, Rate, Share, Years
from maadin.policy.problems import Problem, ScenarioError

Mechanism = Literal["cfd", "purchase", "minimum_import_price"]


class Subsidy(MarketMeasure):
    """Support for each tonne produced, paid by the state."""

    noun: ClassVar[str] = "subsidy"
    acts: ClassVar[Side] = "country"
    either: ClassVar = {"rate": (("rate", units.RATE), ("specific_subsidy_usd_per_t", units.PRICE))}
    exactly_one: ClassVar = (("rate", "specific_subsidy_usd_per_t"),)

    country: Places = Field(description="whose producers get it")
    rate: Rate | None = Field(None, description="fraction of the producer price as in 10%, or per tonne as in 300 USD/t")
    specific_subsidy_usd_per_t: Price | None = Field(None, description="support per tonne of the market's mass basis")


class PriceFloor(MarketMeasure):
    """A lowest price for producers, or for imports.

    cfd: the payer pays producers the gap to the market price. purchase: the payer buys what the market does not take at that price.
    minimum_import_price: imports may not enter below it; the buyers pay.
    """

    noun: ClassVar[str] = "price_floor"
    acts: ClassVar[Side] = "country"

    country: Places = Field(description="whose producers are guaranteed the price; the importer, for minimum_import_price")
    price: Price = Field(description="USD per tonne of the market's mass basis")
    mechanism: Mechanism = Field(description="cfd: the state pays the gap; purchase: the state buys; minimum_import_price: at the border")
    payer: Places | None = Field(None, description="who pays, for cfd and purchase; by default the country itself")

    @model_validator(mode="after")
    def _who_pays(self) -> PriceFloor:
        if self.mechanism == "minimum_import_price" and self.payer is not None:
            raise ScenarioError([Problem("payer", "with minimum_import_price the buyers pay; leave it out")])
        return self


class Stockpile(MarketMeasure):
    """A state buys for its stock or sells from it."""

    noun: ClassVar[str] = "stockpile"
    acts: ClassVar[Side] = "country"

    country: Places = Field(description="whose stock it is")
    action: Literal["build", "release"] = Field(description="build: buy for the stock; release: sell from it")
    tonnes: Mass = Field(description="tonnes a year; the most, with a trigger price")
    trigger_price: Price | None = Field(None, description="USD per tonne: build only below it, release only above it")


class Capacity(MarketMeasure):
    """Capacity that is added, with what it takes to build it."""

    noun: ClassVar[str] = "capacity"
    acts: ClassVar[Side] = "country"

    country: Places = Field(description="where it is built")
    tonnes: Mass = Field(description="tonnes a year when complete, on the market's mass basis")
    ramp_years: Years = Field(0.0, description="years from the first output to all of it, in equal steps; by default none")
    partner: Places | None = Field(None, description="who takes part in it")
    chance_of_failure: Share = Field(0.0, description="probability that it is never built; by default none")


class SupplyShock(MarketMeasure):
    """Output that is lost: a strike, an accident, a war."""

    noun: ClassVar[str] = "supply_shock"
    acts: ClassVar[Side] = "country"
    either: ClassVar = {"loss": (("loss_share", units.SHARE), ("loss_t", units.MASS))}
    exactly_one: ClassVar = (("loss_share", "loss_t"),)

    country: Places = Field(description="where it is lost")
    loss_share: Share | None = Field(None, description="share of benchmark output that is lost")
    loss_t: Mass | None = Field(None, description="tonnes a year that are lost")


class DemandShift(MarketMeasure):
    """Demand at given prices that grows or shrinks."""

    noun: ClassVar[str] = "demand_shift"
    acts: ClassVar[Side] = "country"

    country: Places = Field(description="whose demand it is")
    change: Change = Field(description="change of benchmark use as in 10% or -5%")

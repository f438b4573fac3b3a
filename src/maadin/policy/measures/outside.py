"""What is valued outside the market, from facts: claims on revenues, and the minerals of a territory."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from maadin.policy.measures.base import Measure
from maadin.policy.measures.quantities import Commodities, Money, Places, Share, Years
from maadin.units import Range

_COMMODITIES = "names; all: every mineral the sources list for the country. A name beside it is looked up even if they list none"


class ResourceFund(Measure):
    """A sum to be made from a share of a country's mineral revenues.

    The ranges that are not given are assumptions, stated here once: a share of half the revenues, 10 to 50 years, costs of 40% to 80% of
    revenue, discount rates of 5% to 12%.
    """

    noun: ClassVar[str] = "resource_fund"

    country: Places = Field(description="whose minerals they are")
    commodities: Commodities = Field(("all",), description=_COMMODITIES)
    value: Money = Field(description="the sum, in USD")
    share: Share = Field(0.5, description="share of the revenues that goes to the fund; by default 50%")
    years: Years = Field(Range(10.0, 50.0), description="years it takes; by default 10 to 50, an assumption")
    cost_share: Share = Field(Range(0.4, 0.8), description="share of revenue that costs take first; by default 40% to 80%, an assumption")
    discount_rate: Share = Field(Range(0.05, 0.12), description="discount rate a year; by default 5% to 12%, an assumption")
    partner: Places | None = Field(None, description="who gets it")


class Territory(Measure):
    """The minerals of a part of a country."""

    noun: ClassVar[str] = "territory"

    country: Places = Field(description="the country that the territory belongs to")
    commodities: Commodities = Field(("all",), description=_COMMODITIES)
    share: Share | None = Field(
        None, description="share of the country's output and reserves that lies there; without it that is not known"
    )
    partner: Places | None = Field(None, description="with whom a deal is made")

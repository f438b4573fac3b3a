"""Measures at a border: duties, closures, reopenings, offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from maadin import units
from maadin.policy.measures.base import MarketMeasure, Side
from maadin.policy.measures.quantities import Mass, OneShare, Places, Price, Rate
from maadin.units import Kind

Mode = Literal["set", "add"]
Year = Annotated[int, Field(ge=1900, le=2100)]
ALL = ("all",)
MODES = "set: the whole duty on the route; add: on top of what the benchmark and other measures hold"
_DUTY: Mapping[str, tuple[tuple[str, Kind], ...]] = {"rate": (("rate", units.RATE), ("specific_duty_usd_per_t", units.PRICE))}
_ONE_DUTY = (("rate", "specific_duty_usd_per_t"),)


class Tariff(MarketMeasure):
    """An import duty, ad valorem or per tonne.

    `rate` is a fraction of the customs value (fob, as the market counts prices); "300 USD/t" as rate goes to `specific_duty_usd_per_t`.
    """

    noun: ClassVar[str] = "tariff"
    acts: ClassVar[Side] = "importer"
    either: ClassVar = _DUTY
    exactly_one: ClassVar = _ONE_DUTY

    importer: Places = Field(description="who levies it")
    exporter: Places = Field(ALL, description="whose goods pay it; by default all")
    rate: Rate | None = Field(None, description="ad valorem as in 25%, or per tonne as in 300 USD/t")
    specific_duty_usd_per_t: Price | None = Field(None, description="duty per tonne of the market's mass basis")
    mode: Mode = Field(description=MODES)


def AdValoremTariff(*, importer: Any, rate: Any, exporter: Any = "all", mode: Mode = "set", **fields: Any) -> Tariff:
    """A `Tariff` with the mode "set" unless another is named.

    Examples
    --------
    >>> AdValoremTariff(importer="USA", exporter="CHN", rate=0.25).rate
    0.25
    """
    return Tariff(importer=importer, exporter=exporter, rate=rate, mode=mode, **fields)


class ExportTax(MarketMeasure):
    """A duty on exports, ad valorem or per tonne."""

    noun: ClassVar[str] = "export_tax"
    acts: ClassVar[Side] = "exporter"
    either: ClassVar = _DUTY
    exactly_one: ClassVar = _ONE_DUTY

    exporter: Places = Field(description="who levies it")
    importer: Places = Field(ALL, description="destinations that it concerns; by default all")
    rate: Rate | None = Field(None, description="fraction of the fob price as in 15%, or per tonne as in 300 USD/t")
    specific_duty_usd_per_t: Price | None = Field(None, description="tax per tonne of the market's mass basis")
    mode: Mode = Field("set", description=MODES)


class Embargo(MarketMeasure):
    """An importer refuses the goods of an origin."""

    noun: ClassVar[str] = "embargo"
    acts: ClassVar[Side] = "importer"

    importer: Places = Field(description="who refuses")
    exporter: Places = Field(description="whose goods are refused")


class ExportBan(MarketMeasure):
    """An exporter stops all exports, or those to named destinations."""

    noun: ClassVar[str] = "export_ban"
    acts: ClassVar[Side] = "exporter"

    exporter: Places = Field(description="who stops exporting")
    importer: Places = Field(ALL, description="destinations that it concerns; by default all")


class Reopen(MarketMeasure):
    """A closed route opens again: the latent wedge that explains its loss of share since an open year goes away.

    A duty that the benchmark holds on the route stays; a `tariff` with mode "set" on the route says what it becomes.
    """

    noun: ClassVar[str] = "reopen"
    acts: ClassVar[Side] = "importer"

    exporter: Places = Field(description="whose goods are let in again")
    importer: Places = Field(description="who lets them in")
    open_year: Year = Field(description="a year in which the route was open")


class SupplyOffer(MarketMeasure):
    """An exporter offers tonnes to an importer: solved for the discount on that route, paid by the exporter, that places them."""

    noun: ClassVar[str] = "supply_offer"
    acts: ClassVar[Side] = "exporter"

    exporter: Places = Field(description="who offers")
    importer: Places = Field(description="to whom")
    tonnes: Mass = Field(description="tonnes a year offered, on the market's mass basis")
    max_discount: OneShare = Field(0.5, description="the largest discount on the price that is tried; by default 50%")

"""Limits to how much may cross a border, and who gets the rent."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from maadin.policy.measures.base import MarketMeasure, Side
from maadin.policy.measures.borders import ALL
from maadin.policy.measures.quantities import Mass, Places, Rate, Share

_ONE_SIZE = (("tonnes", "share_of_benchmark"),)
_TONNES = "tonnes a year, on the market's mass basis"
_SHARE = "instead of tonnes: share of what the routes carried in the benchmark"
_RENT = "share of the rent that the importing side gets, the rest goes to the exporting side"


class ImportQuota(MarketMeasure):
    """A limit to what an importer lets in: one limit for all routes together."""

    noun: ClassVar[str] = "import_quota"
    acts: ClassVar[Side] = "importer"
    exactly_one: ClassVar = _ONE_SIZE

    importer: Places = Field(description="who limits")
    exporter: Places = Field(ALL, description="whose goods are limited; by default all")
    tonnes: Mass | None = Field(None, description=_TONNES)
    share_of_benchmark: Rate | None = Field(None, description=_SHARE)
    rent_to_importer: Share = Field(1.0, description=f"{_RENT}; by default all of it")


class ExportQuota(MarketMeasure):
    """A limit to what an exporter lets out: one limit for all routes together."""

    noun: ClassVar[str] = "export_quota"
    acts: ClassVar[Side] = "exporter"
    exactly_one: ClassVar = _ONE_SIZE

    exporter: Places = Field(description="who limits")
    importer: Places = Field(ALL, description="destinations that are limited; by default all")
    tonnes: Mass | None = Field(None, description=_TONNES)
    share_of_benchmark: Rate | None = Field(None, description=_SHARE)
    rent_to_importer: Share = Field(0.0, description=f"{_RENT}; by default none of it")


class TariffRateQuota(MarketMeasure):
    """A lower duty up to a quantity and a higher one beyond it; both replace the duty on the routes."""

    noun: ClassVar[str] = "tariff_rate_quota"
    acts: ClassVar[Side] = "importer"
    exactly_one: ClassVar = _ONE_SIZE

    importer: Places = Field(description="who levies the duties")
    exporter: Places = Field(ALL, description="whose goods pay them; by default all")
    tonnes: Mass | None = Field(None, description=_TONNES)
    share_of_benchmark: Rate | None = Field(None, description=_SHARE)
    in_quota_rate: Rate = Field(0.0, description="ad valorem duty within the quota; by default none")
    over_quota_rate: Rate = Field(description="ad valorem duty beyond the quota")
    rent_to_importer: Share = Field(1.0, description=f"{_RENT}; by default all of it")

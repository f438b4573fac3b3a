"""The questions of `maadin.facts.ask`, answered as pandas DataFrames."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

from maadin.facts.ask import derived, listing, quantities
from maadin.facts.ask.measures import measures as _measures
from maadin.facts.ask.prices import prices as _prices
from maadin.facts.ask.reliance import reliance as _reliance
from maadin.facts.ask.trade import trade as _trade

if TYPE_CHECKING:
    import pandas as pd

    from maadin.facts.table import Table

Asked = ParamSpec("Asked")


def _as_frame(question: Callable[Asked, Table]) -> Callable[Asked, pd.DataFrame]:
    """The same question, answered as a DataFrame; notes and sources go to `attrs`."""

    @wraps(question)
    def asked(*args: Asked.args, **kwargs: Asked.kwargs) -> pd.DataFrame:
        return question(*args, **kwargs).to_pandas()

    return asked


production = _as_frame(quantities.production)
capacity = _as_frame(quantities.capacity)
reserves = _as_frame(quantities.reserves)
trade = _as_frame(_trade)
prices = _as_frame(_prices)
reliance = _as_frame(_reliance)
measures = _as_frame(_measures)
hhi = _as_frame(derived.hhi)
years_of_reserves = _as_frame(derived.years_of_reserves)
compare = _as_frame(derived.compare)
commodities = _as_frame(listing.commodities)
places = _as_frame(listing.places)
governance = _as_frame(listing.governance)
elasticities = _as_frame(listing.elasticities)

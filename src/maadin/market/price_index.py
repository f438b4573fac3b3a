"""How the price of a commodity moved between two years: what a unit value of one year is carried to another with."""

from __future__ import annotations

from statistics import median

from maadin.facts.store import Store

Prices = dict[int, dict[tuple[str, str, str], float]]


def prices_by_year(store: Store, commodity: str) -> Prices:
    """Nominal annual prices of a commodity by year and series (source, item, basis), USD per tonne, of the newest release."""
    rows = store.rows(
        """select year, source, item, basis, usd_per_tonne from prices where commodity = ? and month is null and usd_per_tonne > 0
        and basis not like 'real%' order by release""",
        [commodity],
    )
    found: Prices = {}
    for year, source, item, basis, price in rows:
        found.setdefault(year, {})[source, item, basis] = float(price)
    return found


def price_ratio(prices: Prices, year: int, other: int) -> float | None:
    """Price of `year` over that of `other`: the median over series that print both; None where none does.

    Examples
    --------
    >>> copper = {2018: {("wb", "Copper", "LME"): 6530.0}, 2024: {("wb", "Copper", "LME"): 9142.0}}
    >>> round(price_ratio(copper, 2018, 2024), 3), price_ratio(copper, 1900, 2024)
    (0.714, None)
    """
    here, there = prices.get(year, {}), prices.get(other, {})
    ratios = [here[series] / there[series] for series in here if series in there]
    return median(ratios) if ratios else None

"""Facts: what the sources print, and what follows from it by arithmetic. Every function returns a pandas DataFrame.

>>> import maadin as md
>>> russia = md.facts.reserves("rare earths", country="Russia")
>>> dict(zip(russia["release"], russia["value"]))
{'MCS 2023': 21000000.0, 'MCS 2024': 10000000.0, 'MCS 2025': 3800000.0}

Each row carries unit, year, source and release; `frame.attrs` holds what was asked, notes and sources. The same answers without pandas are the
`Table` objects of `maadin.facts.ask`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maadin.facts.frames import (
        capacity,
        commodities,
        compare,
        elasticities,
        governance,
        hhi,
        measures,
        places,
        prices,
        production,
        reliance,
        reserves,
        trade,
        years_of_reserves,
    )

__all__ = [
    "capacity",
    "commodities",
    "compare",
    "elasticities",
    "governance",
    "hhi",
    "measures",
    "places",
    "prices",
    "production",
    "reliance",
    "reserves",
    "trade",
    "years_of_reserves",
]


def __getattr__(name: str) -> Any:
    """Load the questions on first use, so that importing maadin stays instant."""
    if name in __all__:
        from maadin.facts import frames

        return getattr(frames, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

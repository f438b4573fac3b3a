"""Identities on plain numbers: concentration, reliance, consumption. They know nothing of where their arguments came from."""

from __future__ import annotations

from collections.abc import Iterable


def hhi(amounts: Iterable[float]) -> float:
    """Herfindahl-Hirschman index of non-negative amounts, between 1/n and 1.

    Raises
    ------
    ValueError
        If an amount is negative, or all are zero.

    Examples
    --------
    >>> hhi([1.0, 1.0])
    0.5
    """
    listed = list(amounts)
    total = sum(listed)
    if any(a < 0 for a in listed):
        raise ValueError("amounts must not be negative")
    if total <= 0:
        raise ValueError("at least one amount must be positive")
    return sum((a / total) ** 2 for a in listed)


def apparent_consumption(production: float, imports: float, exports: float, stock_release: float = 0.0) -> float:
    """Production plus imports less exports, plus what was released from stocks (all in one unit)."""
    return production + imports - exports + stock_release


def net_import_reliance(production: float, imports: float, exports: float, stock_release: float = 0.0) -> float | None:
    """Net imports over apparent consumption; negative for a net exporter, never clipped.

    None where apparent consumption is not positive: the figures then do not describe one stage.

    References
    ----------
    U.S. Geological Survey, Mineral Commodity Summaries, appendix A ("net import reliance").

    Examples
    --------
    >>> net_import_reliance(production=1.0, imports=3.0, exports=0.0)
    0.75
    """
    used = apparent_consumption(production, imports, exports, stock_release)
    return (imports - exports + stock_release) / used if used > 0 else None


def competition_ranks(amounts: Iterable[float | None]) -> list[int | None]:
    """Ranks from the largest down; equal amounts share a rank and the next one is skipped; None stays None.

    Examples
    --------
    >>> competition_ranks([5.0, None, 7.0, 5.0])
    [2, None, 1, 2]
    """
    listed = list(amounts)
    known = sorted((a for a in listed if a is not None), reverse=True)
    first = {a: i + 1 for i, a in reversed(list(enumerate(known)))}
    return [None if a is None else first[a] for a in listed]

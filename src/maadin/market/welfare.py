"""Surplus of users and producers, exact for the model's own curves. All functions take arrays of any matching shape; money in USD.

Demand for use is D(P) = E0 P^-eta in units of benchmark spending E0, with P the composite price relative to the benchmark, and ends at a choke price.
Supply is y(q) = min(y0 q^epsilon, cap), with q the price that producers get relative to the benchmark's fob price.

References
----------
Francois, J. & Hall, H. K. (2003), Global Simulation Analysis of Industry-Level Trade Policy, section 4, there to second order; here as integrals.
Just, R. E., Hueth, D. L. & Schmitz, A. (2004), The Welfare Economics of Public Policy, chapters 4 and 6.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def consumer_surplus_change(spending: Floats, composite: Floats, eta: Floats, choke: float) -> Floats:
    """Change of users' surplus: minus the integral of demand from the benchmark price to the present one, at most to the choke price.

    Parameters
    ----------
    spending : array, USD
        On use at benchmark prices.
    composite : array
        Log of the composite price; inf where nothing is offered any more.
    eta : array
        Elasticity of use, >= 0.
    choke : float
        Log of the choke price.

    Examples
    --------
    >>> float(consumer_surplus_change(np.array(100.0), np.log(np.array(1.25)), np.array(1.0), np.inf).round(4))
    -22.3144
    """
    price = np.minimum(composite, choke)
    near_one = np.abs(1 - eta) < 1e-9
    power = np.where(near_one, 1.0, 1 - eta)
    with np.errstate(over="ignore", invalid="ignore"):
        area = np.where(near_one, price, np.expm1(power * np.where(near_one, 0.0, price)) / power)
    return np.asarray(-spending * area)


def producer_surplus(price_usd_per_t: Floats, output: Floats, cap: Floats, log_price: Floats, epsilon: Floats) -> Floats:
    """Producers' surplus, USD: the integral of supply from nothing to the price they get; the rent of a binding capacity is part of it.

    Parameters
    ----------
    price_usd_per_t : array, USD per tonne
        Benchmark fob price.
    output, cap : array, tonnes
        Supply at that price and its limit.
    log_price : array
        Log of the price that producers get, relative to it.
    epsilon : array
        Elasticity of supply, >= 0.

    Examples
    --------
    >>> one = np.array(1.0)
    >>> float(producer_surplus(2.0 * one, 10.0 * one, 10.0 * one, np.log(1.5 * one), one))
    20.0
    """
    full = _log_price_at_cap(output, cap, epsilon)
    rising = output * np.exp((1 + epsilon) * np.minimum(log_price, full)) / (1 + epsilon)
    return np.asarray(price_usd_per_t * rising + capacity_rent(price_usd_per_t, output, cap, log_price, epsilon))


def capacity_rent(price_usd_per_t: Floats, output: Floats, cap: Floats, log_price: Floats, epsilon: Floats) -> Floats:
    """Part of producers' surplus beyond the price at which capacity is full, USD; arguments as `producer_surplus`."""
    full = _log_price_at_cap(output, cap, epsilon)
    at_cap = np.where(log_price > full, cap, 0.0)  # neither an endless limit nor a price never reached enters the product
    return np.asarray(price_usd_per_t * at_cap * (np.exp(log_price) - np.exp(np.minimum(full, log_price))))


def _log_price_at_cap(output: Floats, cap: Floats, epsilon: Floats) -> Floats:
    """Log of the price at which supply reaches its limit; inf where it never does."""
    bent = (epsilon > 0) & (cap > 0) & (output > 0) & np.isfinite(cap)
    room = np.log(np.where(bent, cap, 1.0) / np.where(bent, output, 1.0))
    return np.where(bent, room / np.where(epsilon > 0, epsilon, 1.0), np.inf)

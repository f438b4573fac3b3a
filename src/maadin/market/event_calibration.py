r"""Elasticity of substitution from one observed event: a duty on one supplier of an importer.

Under CES demand the quantity bought from a supplier, relative to the importer's other suppliers, moves with its relative user price only:

.. math:: \sigma = - \frac{\Delta \ln (x_i / x_{rest})}{\Delta \ln \frac{1+t_i}{1+t_{rest}} + \Delta \ln (p_i / p_{rest})}

The duty of a year is its average over the days, :math:`t = t_0 + e\,(t_1 - t_0)` with :math:`e` the part of the year under the new duty and
:math:`t_0` the duty already there. Values may stand for quantities when the relative fob price hardly moves.

The result holds for the event it comes from and must not be scored on it: a family made from it carries the event's id, and
`Pooled.without(event)` takes it out again.

References
----------
Armington, P. S. (1969), A theory of demand for products distinguished by place of production, IMF Staff Papers 16(1):159-178.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maadin.errors import InputError
from maadin.market.distributions import Component, Family
from maadin.market.elasticity_sources import Horizon, carried, spread_factor

OBSERVED = "observed"


@dataclass(frozen=True, slots=True)
class ObservedYear:
    """What an importer bought in a year from the supplier concerned and from all others.

    Attributes
    ----------
    year : int
    supplier, rest : float
        Tonnes or USD, the same for all years, > 0.
    exposure : float
        Part of the year under the new duty, 0 to 1; see `exposure`.
    """

    year: int
    supplier: float
    rest: float
    exposure: float = 0.0


@dataclass(frozen=True, slots=True)
class ObservedChange:
    """A year before held against a year after.

    Attributes
    ----------
    before, after : tuple of int
    relative_change : float
        Change of ln(supplier / rest).
    price_change : float
        Change of the log of the relative user price.
    armington : float
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    relative_change: float
    price_change: float
    armington: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """An elasticity of substitution and what it was computed from.

    Attributes
    ----------
    event : str
        Id of the event, which must not be scored with it.
    armington : float
        All years before against all years after.
    low, high : float
        Smallest and largest over single years before and after; used as 5 and 95 % points.
    pooled : ObservedChange
        What `armington` is from.
    pairs : tuple of ObservedChange
        What `low` and `high` are from.
    note : str
    """

    event: str
    armington: float
    low: float
    high: float
    pooled: ObservedChange
    pairs: tuple[ObservedChange, ...]
    note: str

    def family(self, horizon: Horizon, *, alone: bool = False) -> Family:
        """As a source family; it speaks for the short and medium run and is carried to the long run."""
        made = Component(
            self.low, self.armington, self.high, "lognormal", 1.0, f"calibrated to the event {self.event}", "years around the event", 1.0,
            OBSERVED, False, self.note,
        )  # fmt: skip
        return Family(f"{OBSERVED} {self.event}", (carried(made, "armington", ("short", "medium"), horizon),), self.event, alone)


def exposure(effective_from: date, year: int) -> float:
    """Part of a year, by days, from a date on.

    Examples
    --------
    >>> round(exposure(date(2023, 3, 10), 2023) * 365), exposure(date(2023, 3, 10), 2022), exposure(date(2023, 3, 10), 2024)
    (297, 0.0, 1.0)
    """
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    return (end - min(end, max(first, effective_from))).days / (end - first).days


def calibrate_armington(
    before: Sequence[ObservedYear],
    after: Sequence[ObservedYear],
    *,
    duty_before: float,
    duty_after: float,
    event: str,
    rest_duty_before: float = 0.0,
    rest_duty_after: float = 0.0,
    fob_price_change: float = 0.0,
) -> Calibration:
    """Elasticity of substitution from the fall of one supplier's sales when its duty rose.

    Parameters
    ----------
    before, after : sequence of ObservedYear
        Years around the event. Neighbouring years widen the interval by what ordinary years differ.
    duty_before, duty_after : float, fraction of the fob value, >= 0
        Ad valorem duty on the supplier, before and under the new duty.
    event : str
        Id of the event, such as that of the measure.
    rest_duty_before, rest_duty_after : float, fraction
        Average duty on the other suppliers, changing on the same day; where it did not change it cancels out.
    fob_price_change : float
        Change of the log of the supplier's fob price relative to the others'.

    Returns
    -------
    Calibration
        The value compares the sums over the years before with the sums over the years after, exposure averaged. The interval is the smallest and
        the largest value over all pairs of a single year before and a single year after; with one pair only, the spread of a lone figure.

    Raises
    ------
    InputError
        If there is no year, a flow is zero (which bounds the elasticity from below only), or relative price and quantity moved the same way.

    Notes
    -----
    The equation stands at the head of the module. Whatever else happened in those years (other sanctions, stocks bought ahead, buyers who
    stopped before the date) is read as substitution: the value tends to be too high.
    """
    if not event:
        raise InputError("a calibration needs the id of its event, so that the event is not scored with it")
    if not before or not after:
        raise InputError("a calibration needs at least one year before and one year after the event")
    for observed in (*before, *after):
        if not (observed.supplier > 0 and observed.rest > 0):
            raise InputError(
                f"{observed.year}: expected sales above zero of the supplier and of the others, found {observed.supplier:g} and "
                f"{observed.rest:g}; a flow of zero bounds the elasticity from below only"
            )
        if not 0 <= observed.exposure <= 1:
            raise InputError(f"{observed.year}: expected an exposure from 0 to 1, found {observed.exposure:g}")

    def wedge(part: float) -> float:
        own = duty_before + part * (duty_after - duty_before)
        rest = rest_duty_before + part * (rest_duty_after - rest_duty_before)
        return math.log((1 + own) / (1 + rest))

    def change(early: Sequence[ObservedYear], late: Sequence[ObservedYear]) -> ObservedChange:
        relative = _relative(late) - _relative(early)
        price = wedge(_exposure(late)) - wedge(_exposure(early)) + fob_price_change
        years = tuple(o.year for o in early), tuple(o.year for o in late)
        if not relative * price < 0:
            raise InputError(
                f"{event}, {years[0]} to {years[1]}: relative price and quantity moved the same way ({price:+.3f} and {relative:+.3f} in "
                f"logs); no elasticity of substitution follows"
            )
        return ObservedChange(*years, relative, price, -relative / price)

    pooled = change(before, after)
    pairs = tuple(change([early], [late]) for early in before for late in after)
    found = [p.armington for p in pairs]
    if len(pairs) > 1:
        low, high = min(*found, pooled.armington), max(*found, pooled.armington)
        how = f"interval: smallest and largest of {len(pairs)} pairs of single years"
    else:
        factor = spread_factor("single")
        low, high = pooled.armington / factor, pooled.armington * factor
        how = f"one pair of years: within a factor of {factor:g} (assumption)"
    note = f"{_years(before)} against {_years(after)}, duty {duty_before:.0%} to {duty_after:.0%}, average exposure {_exposure(after):.0%}; {how}"
    return Calibration(event, pooled.armington, low, high, pooled, pairs, note)


def _relative(years: Sequence[ObservedYear]) -> float:
    return math.log(sum(o.supplier for o in years) / sum(o.rest for o in years))


def _exposure(years: Sequence[ObservedYear]) -> float:
    return sum(o.exposure for o in years) / len(years)


def _years(observed: Sequence[ObservedYear]) -> str:
    return ", ".join(str(o.year) for o in observed)

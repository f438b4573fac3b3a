"""Elasticities of a market as distributions, pooled over source families.

`elasticities` collects what is known, `described` lists it for a report, `maadin.market.draws` samples it. All values are absolute.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from maadin.errors import InputError
from maadin.facts import selection
from maadin.facts.records import Elasticity
from maadin.facts.store import Store, default_store
from maadin.facts.table import Note, Table
from maadin.market import estimated as estimates
from maadin.market.distributions import Component, Family, Parameter, Shape
from maadin.market.elasticity_sources import BOUNDS, HORIZONS, PARAMETERS, Horizon, ParameterName, families
from maadin.market.event_calibration import Calibration

Override = float | tuple[float, float] | Calibration

USER = "user"
SYMBOLS: dict[str, ParameterName] = {"sigma": "armington", "eta": "demand", "epsilon": "supply"}
COLUMNS = (
    "parameter", "family", "source", "horizon", "horizon_printed", "low", "mid", "high", "weight", "assumption", "check", "scaled_by",
    "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pooled:
    """The elasticities of one market at one horizon.

    Attributes
    ----------
    commodity, stage : str
        Ids of the catalogue.
    horizon : str
        short (within a year), medium (a few years, plant as it is) or long (ten years and more).
    armington : Parameter
        Substitution between origins, sigma, 1.01 to 50.
    demand : Parameter
        Own-price elasticity of use, eta, as a positive number.
    supply : Parameter
        Own-price elasticity of output, epsilon.
    re_export : Parameter
        Elasticity of a hub's re-exports to the margin it earns.
    slack : Parameter
        Output above the benchmark's that is possible where no capacity is printed, fraction.
    outside_option : Parameter
        Elasticity of import demand where a market is modelled by its imports only.
    """

    commodity: str
    stage: str
    horizon: Horizon
    armington: Parameter
    demand: Parameter
    supply: Parameter
    re_export: Parameter
    slack: Parameter
    outside_option: Parameter

    def parameter(self, name: str) -> Parameter:
        """A parameter by its name or symbol.

        Raises
        ------
        InputError
            If there is no such parameter.
        """
        found: Parameter = getattr(self, _name(name))
        return found

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All parameters, in the order of `PARAMETERS`."""
        return tuple(getattr(self, name) for name in PARAMETERS)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Parameters about which no source speaks."""
        return tuple(p.name for p in self.parameters if p.assumption)

    @property
    def events(self) -> tuple[str, ...]:
        """Events that something here was calibrated to."""
        return tuple(sorted({f.event for p in self.parameters for f in p.families if f.event}))

    def including(self, calibration: Calibration, *, alone: bool = False) -> Pooled:
        """With an observed event as one more source of the elasticity of substitution, or as the only one."""
        kept = tuple(f for f in self.armington.families if f.event != calibration.event)
        return replace(self, armington=replace(self.armington, families=(*kept, calibration.family(self.horizon, alone=alone))))

    def without(self, event: str) -> Pooled:
        """Without what was calibrated to an event: for scoring that event. The same when nothing was."""

        def kept(parameter: Parameter) -> Parameter:
            return replace(parameter, families=tuple(f for f in parameter.families if f.event != event))

        return replace(self, armington=kept(self.armington), demand=kept(self.demand), supply=kept(self.supply))


def elasticities(
    commodity: str,
    stage: str | None = None,
    horizon: str = "medium",
    *,
    store: Store | None = None,
    overrides: Mapping[str, Override] | None = None,
    estimated: bool | Sequence[Elasticity] = False,
) -> Pooled:
    """What is known about the elasticities of a market, pooled over source families.

    Parameters
    ----------
    commodity : str
        A name, or a traded code for the figures of that code alone.
    stage : str, optional
        The commodity's first stage without it.
    horizon : str
        short, medium or long.
    store : Store, optional
        Where published figures are; the default store without it.
    overrides : mapping, optional
        Of parameter name or symbol (sigma, eta, epsilon): a number; a range, uniform in logs over it (plainly uniform from zero); or a
        `Calibration`, for sigma. Published figures are then listed but set aside.
    estimated : bool or sequence of Elasticity
        Whether the substitution elasticities estimated from the trade panel are one more source, or figures from another estimate, such as
        one that leaves the years of an event out (`maadin.market.estimated.figures`).

    Returns
    -------
    Pooled

    Raises
    ------
    LabelError, InputError
        If the market or horizon is unknown, or an override is of an unknown parameter or outside its bounds.

    Notes
    -----
    Equal weight to each source family, whatever the number of its figures; a generic prior, marked as assumption, where there is none.

    Examples
    --------
    >>> pooled = elasticities("aluminium", overrides={"eta": (0.2, 0.8)})
    >>> [family.name for family in pooled.armington.families]
    ['broda_weinstein', 'gtap-2007', 'protee']
    >>> round(pooled.demand.median(), 9), pooled.supply.assumption
    (0.4, True)
    """
    asked = next((h for h in HORIZONS if h == horizon), None)
    if asked is None:
        raise InputError(f"{horizon!r} is not a horizon; expected one of {', '.join(HORIZONS)}")
    market = selection.market(commodity, stage)
    opened = store or default_store()
    more = estimates.figures() if estimated is True else estimated or ()
    held: dict[ParameterName, tuple[Family, ...]] = {name: families(opened, market, name, asked, more) for name in PARAMETERS}
    for given, value in (overrides or {}).items():
        name = _name(given)
        held[name] = (*held[name], _override(name, given, value, asked))
    made = {name: Parameter(name, held[name], BOUNDS[name]) for name in PARAMETERS}
    return Pooled(market.commodity.id, market.stage.id, asked, **made)


def described(pooled: Pooled) -> Table:
    """The figures behind a pool, one row a figure, and a row "pooled" for each parameter.

    Returns
    -------
    Table
        `low`, `mid` and `high` are 5, 50 and 95 % points (ends of a uniform range), within the bounds of the parameter; `weight` is the
        share of a figure in the mixture, 0 where it was set aside; `scaled_by` what carried it to the horizon, 1 as printed.
    """
    rows: list[tuple[object, ...]] = []
    for parameter in pooled.parameters:
        for family in parameter.families:
            weight = parameter.weight(family)
            rows += [_row(pooled, parameter, family, c, weight * c.weight) for c in family.components]
        points = [parameter.quantile(q) for q in (0.05, 0.5, 0.95)]
        rows.append((parameter.name, "pooled", "", pooled.horizon, "", *points, 1.0, parameter.assumption, "", None, ""))
    every = [(p, f, c) for p in pooled.parameters for f in p.active for c in f.components]
    notes = [
        Note("elasticities_assumed", {"parameters": pooled.assumptions}),
        Note("elasticities_unchecked", {"families": tuple(sorted({f.name for _, f, c in every if c.check == "unchecked"}))}),
        Note(
            "elasticities_carried", {"families": tuple(sorted({f.name for _, f, c in every if c.scaled != 1})), "horizon": pooled.horizon}
        ),
    ]
    about = Note("elasticities_pooled", {"commodity": pooled.commodity, "stage": pooled.stage, "horizon": pooled.horizon})
    used = tuple(sorted({(f.name, "") for _, f, _ in every}))
    return Table(about, COLUMNS, tuple(rows), tuple(n for n in notes if any(n.values.get(k) for k in ("parameters", "families"))), used)


def _row(pooled: Pooled, parameter: Parameter, family: Family, component: Component, weight: float) -> tuple[object, ...]:
    least, most = parameter.bounds
    points = [min(most, max(least, v)) for v in (component.low, component.mid, component.high)]
    beyond = "" if points == [component.low, component.mid, component.high] else f"set to the bounds {least:g} to {most:g}"
    note = "; ".join(n for n in (component.note, beyond) if n)
    return (
        parameter.name, family.name, component.source, pooled.horizon, component.horizon_printed, *points, weight, component.assumption,
        component.check, component.scaled, note,
    )  # fmt: skip


def _name(given: str) -> ParameterName:
    found = SYMBOLS.get(given) or next((p for p in PARAMETERS if p == given), None)
    if found is None:
        raise InputError(f"{given!r} is not an elasticity; expected one of {', '.join((*PARAMETERS, *SYMBOLS))}")
    return found


def _override(name: ParameterName, given: str, value: Override, horizon: Horizon) -> Family:
    if isinstance(value, Calibration):
        if name != "armington":
            raise InputError(f"{given}: an event calibrates the elasticity of substitution only")
        return value.family(horizon, alone=True)
    if isinstance(value, tuple) and len(value) != 2:
        raise InputError(f"{given}: expected a number or a range of two, found {value!r}")
    low, high = (float(v) for v in (value if isinstance(value, tuple) else (value, value)))
    least, most = BOUNDS[name]
    if not (math.isfinite(low) and math.isfinite(high) and least <= low <= high <= most):
        raise InputError(f"{given}: expected a number or a rising range within {least:g} to {most:g}, found {value!r}")
    shape: Shape = "fixed" if low == high else "uniform" if low == 0 else "loguniform"
    mid = low if low == high else (low + high) / 2 if low == 0 else math.sqrt(low * high)
    made = Component(low, mid, high, shape, 1.0, "set by the user", horizon, 1.0, USER, False, "replaces the published figures")
    return Family(USER, (made,), alone=True)

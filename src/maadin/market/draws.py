"""Draws from pooled elasticities: space-filling, reproducible, with or without the spread between sources.

Every parameter takes two columns of the design, one that picks the source and one that picks the value within it; measure sizes that are
ranges take one more each, so that they fill the same space. The design always has a multiple of `COLUMNS_STEP` columns: elasticities drawn
with a seed stay the same whether a scenario has no range or several.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from maadin.errors import InputError
from maadin.market.distributions import Floats, Ints
from maadin.market.elasticities import Pooled
from maadin.market.elasticity_sources import BOUNDS, PARAMETERS
from maadin.market.sobol import DIRECTIONS, sobol

Sampler = Literal["sobol", "lhs"]
COLUMNS_STEP = 24
_EDGE = 2.0**-40  # keeps probabilities off 0 and 1


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Elasticities for a batch of solves.

    Attributes
    ----------
    armington, demand, supply, re_export, outside_option : array (draw,)
        Elasticities, absolute values.
    slack : array (draw,), fraction of benchmark output
    extra : array (draw, size), in (0, 1)
        Uniform numbers of the same design, for sizes that are ranges.
    source : mapping of parameter to array (draw,)
        Position in `families` of the family each value is from; -1 for medians.
    families : mapping of parameter to tuple of str
    horizon, sampler : str
        `sampler` is point for the medians.
    seed : int or None
    between_sources : bool
        Whether the spread between sources is part of the values.
    home : array (draw,), optional
        Elasticity of substitution between own goods and imports; that between origins without it. See `nested`.
    """

    armington: Floats
    demand: Floats
    supply: Floats
    re_export: Floats
    slack: Floats
    outside_option: Floats
    extra: Floats
    source: Mapping[str, Ints]
    families: Mapping[str, tuple[str, ...]]
    horizon: str
    sampler: str
    seed: int | None
    between_sources: bool
    home: Floats | None = None

    @property
    def count(self) -> int:
        """Number of draws."""
        return len(self.armington)

    def parameter(self, name: str) -> Floats:
        """Values of a parameter by its name."""
        values: Floats = getattr(self, name)
        return values


def draw(
    pooled: Pooled, count: int = 1000, seed: int = 0, sampler: Sampler = "sobol", between_sources: bool = True, extra: int = 0
) -> Draws:
    """Draw elasticities.

    Parameters
    ----------
    pooled : Pooled
    count : int, >= 1
        A Sobol sequence is balanced for powers of two: the next one is drawn and its first `count` rows are kept, so fewer draws are the
        beginning of more.
    seed : int, >= 0
        The same seed gives the same draws.
    sampler : str
        sobol (scrambled) or lhs (Latin hypercube).
    between_sources : bool
        False leaves the spread within sources only: with the same random numbers, each family's values are multiplied by the pooled median over
        the median of the family, so that every family is centred on the pooled median. Spread between the figures of one family stays.
    extra : int, >= 0
        Columns of uniform numbers wanted besides.

    Returns
    -------
    Draws

    Raises
    ------
    InputError
        If a number is out of range or the sampler unknown.

    Examples
    --------
    >>> from maadin.market.elasticities import elasticities
    >>> draws = draw(elasticities("copper", overrides={"sigma": (3, 6)}), count=100, seed=1)
    >>> draws.count, bool(draws.armington.min() >= 3), bool(draws.armington.max() <= 6)
    (100, True, True)
    """
    if count < 1 or seed < 0 or extra < 0:
        raise InputError(f"expected count >= 1, seed >= 0 and extra >= 0, found {count}, {seed} and {extra}")
    if sampler not in get_args(Sampler):
        raise InputError(f"{sampler!r} is not a sampler; expected one of {', '.join(get_args(Sampler))}")
    from scipy.special import ndtri  # here, since importing scipy.stats takes half a second

    first = 2 * len(PARAMETERS)
    uniform = np.clip(_design(count, first + extra, seed, sampler), _EDGE, 1 - _EDGE)
    values: dict[str, Floats] = {}
    source: dict[str, Ints] = {}
    for n, parameter in enumerate(pooled.parameters):
        choice, within = uniform[:, 2 * n], uniform[:, 2 * n + 1]
        values[parameter.name], source[parameter.name] = parameter.values(choice, within, ndtri(within), between_sources)
    return Draws(
        **values, extra=uniform[:, first : first + extra].copy(), source=source, families=_families(pooled), horizon=pooled.horizon,
        sampler=sampler, seed=seed, between_sources=between_sources,
    )  # fmt: skip


def point(pooled: Pooled) -> Draws:
    """The medians of the pooled distributions, as one draw; they are from no single family, so `source` is -1."""
    none = np.array([-1], dtype=np.intp)
    return Draws(
        **{p.name: np.array([p.median()]) for p in pooled.parameters}, extra=np.empty((1, 0)), source=dict.fromkeys(PARAMETERS, none),
        families=_families(pooled), horizon=pooled.horizon, sampler="point", seed=None, between_sources=True,
    )  # fmt: skip


def nested(drawn: Draws, home: float | Literal["half"] | None) -> Draws:
    """The draws with own goods weighed against imports in all, before imports are weighed against each other.

    Parameters
    ----------
    drawn : Draws
    home : float or "half", optional
        Elasticity of substitution between own goods and imports; half that between origins is the rule of the GTAP model; without it the draws
        are returned as they are.

    References
    ----------
    Jomini, P. et al. (1991), SALTER: a general equilibrium model of the world economy, Industry Commission, Canberra: the rule of two.
    Hertel, T., Hummels, D., Ivanic, M. & Keeney, R. (2007), Economic Modelling 24(4):611-635, which keeps it.
    """
    if home is None:
        return drawn
    values = drawn.armington / 2 if home == "half" else np.full_like(drawn.armington, home)
    return replace(drawn, home=np.maximum(values, BOUNDS["armington"][0]))


def _families(pooled: Pooled) -> dict[str, tuple[str, ...]]:
    return {p.name: tuple(f.name for f in p.families) for p in pooled.parameters}


def _design(count: int, columns: int, seed: int, sampler: Sampler) -> Floats:
    """Points in the unit cube, (draw, column)."""
    drawn = -(-columns // COLUMNS_STEP) * COLUMNS_STEP
    generator = np.random.default_rng(seed)
    if sampler == "sobol" and drawn <= len(DIRECTIONS):
        return sobol(1 << (count - 1).bit_length(), drawn, generator)[:count]
    from scipy.stats import qmc  # takes half a second

    if sampler == "lhs":
        return np.asarray(qmc.LatinHypercube(drawn, seed=generator).random(count), dtype=np.float64)
    many = qmc.Sobol(drawn, scramble=True, seed=generator)
    return np.asarray(many.random_base2((count - 1).bit_length()), dtype=np.float64)[:count]

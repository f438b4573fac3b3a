"""Where a market is: its unknowns, and what the equations of `maadin.market.system` make of them."""

from __future__ import annotations

from dataclasses import dataclass

from maadin.market.parameters import Floats


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What is solved for: log fob prices (n, draws) and the unknowns of complementarity: rents (k, draws), curtailment of the users
    `choked` (c, draws), purchases in logs of 1 + share of output by suppliers with a floor (b, draws), stocks moved (t, draws).
    """

    price: Floats
    rent: Floats
    curtailed: Floats
    bought: Floats
    stocked: Floats


@dataclass(frozen=True, slots=True)
class State:
    """Everything that follows from the unknowns, arrays (n, draws), (m, draws)."""

    composite: Floats  # lP; inf where a user has no supplier any more
    volume: Floats  # Q
    use_volume: Floats  # the part for use
    re_volume: Floats  # the part passed on
    demand: Floats
    own: Floats
    supply: Floats
    intake: Floats  # tonnes reaching each user
    answer: Floats  # elasticity of own supply to the fob price


@dataclass(frozen=True, slots=True)
class Point:
    """What one evaluation of the equations finds on its way, arrays (n, draws), (m, draws), (h, draws).

    A flow is its tonnes times exp(-sigma (u - low)) times `bought`, which is exp(scale + shift) volume; one of own goods under a nest is its tonnes times
    exp(-upper u) times exp(scale) volume.
    """

    inner: Floats  # lPM, or lP where all origins are alike
    composite: Floats
    low: Floats | float
    shift: Floats | float
    scale: Floats
    used: Floats  # the part of the volume for use
    passed: Floats  # the part for re-exports
    volume: Floats
    bought: Floats
    demand: Floats
    own: Floats
    supply: Floats
    answer: Floats
    limited: Floats

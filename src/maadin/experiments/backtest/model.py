"""How the model is set for a prediction: fields of a scenario file, so that what is scored can be run by anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from maadin.errors import InputError
from maadin.market.distributions import Component
from maadin.market.elasticities import Pooled


@dataclass(frozen=True, slots=True)
class Model:
    """A setting of the model.

    Attributes
    ----------
    name : str
    fields : mapping
        Fields of a scenario that differ from their defaults.
    armington_factor : float
        Times the published elasticities of substitution; 1 as published.
    """

    name: str = "default"
    fields: Mapping[str, Any] = field(default_factory=dict)
    armington_factor: float = 1.0

    def pooled(self, published: Pooled) -> Pooled:
        """The elasticities it uses, made from those of the scenario."""
        if self.armington_factor == 1:
            return published
        scaled = tuple(
            replace(family, components=tuple(_times(c, self.armington_factor) for c in family.components))
            for family in published.armington.families
        )
        return replace(published, armington=replace(published.armington, families=scaled))


MODELS: Mapping[str, Model] = {
    m.name: m
    for m in (
        Model(),
        Model("nested", {"elasticities": {"sigma_home": "half"}}),
        Model("shown", {"capacities": "shown"}),
        Model("captive", {"own_use": "captive"}),
    )
}


def model(name: str) -> Model:
    """A setting by its name.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    if name not in MODELS:
        raise InputError(f"{name!r} is not a setting of the model; expected one of {', '.join(MODELS)}")
    return MODELS[name]


def _times(c: Component, factor: float) -> Component:
    return replace(c, low=c.low * factor, mid=c.mid * factor, high=c.high * factor, scaled=c.scaled * factor)

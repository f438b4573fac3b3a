"""A figure and the word it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from maadin.reading.grammar.context import Context
from maadin.reading.grammar.places import Party
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

LIMIT = 16.0  # distance up to which a figure belongs to a word
_PASSED = 3.0  # what another figure between adds to a distance


@dataclass(frozen=True, slots=True)
class Bound:
    """A quantity and the word it belongs to.

    Attributes
    ----------
    quantity : Mention
    what : str
        level, price, change, share, tariff or measure.
    trigger : Mention or None
        None where the metric is that of the sentence before.
    cost : float
    holder : Party or None
        Whose figure it is, in a list of figures that names each country beside its own.
    head : Bound or None
        The first figure of that list.
    before : Bound or None
        The figure that this one tells another way ("58%, or 2.8 million tonnes").
    whole : Mention or None
        The metric of the total that this figure is a part of.
    goods : Group or None
        What the figure is of, in a list of figures that names each commodity beside its own.
    """

    quantity: Mention
    what: str
    trigger: Mention | None
    cost: float
    holder: Party | None = None
    head: Bound | None = None
    before: Bound | None = None
    whole: Mention | None = None
    goods: Group | None = None

    @property
    def trigger_form(self) -> str:
        """What is glued before the word it belongs to."""
        return self.trigger.form.before if self.trigger is not None else ""


def apart(ctx: Context, q: Mention, m: Mention) -> float:
    """Distance of a quantity to a trigger; other quantities between add to it."""
    lo, hi = min(q.last, m.last), max(q.first, m.first)
    return ctx.scene.gap(q, m) + _PASSED * sum(1 for other in ctx.quantities if lo <= other.first < hi)

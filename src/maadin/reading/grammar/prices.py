"""Prices per mass: "copper rose to $9,500 a tonne"."""

from __future__ import annotations

from maadin.reading.grammar.arguments import commodities, moved
from maadin.reading.grammar.bound import Bound
from maadin.reading.grammar.context import WORLD, Context, Draft
from maadin.reading.grammar.places import who


def price(ctx: Context, b: Bound) -> Draft | None:
    """A price: of the world, or of the country whose market it is; a town is only where it is quoted."""
    names, far, group = commodities(ctx, b.quantity)
    if not names:
        return None
    countries = [p for p in ctx.parties if not any(m.traits.get("inside") for m in p.group.mentions)]
    party, _ = who(ctx.scene, countries, b.quantity, {"in": 0}, limit=8.0, people=20)
    told = moved(ctx, b.quantity)
    fields = {"kind": "claim", "metric": "price", "country": party.codes if party else WORLD, "commodity": names, **told}
    return Draft(b.quantity, fields, "price", [a for a in (b.quantity, b.trigger, group) if a], far)

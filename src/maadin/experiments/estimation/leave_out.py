"""Pooled elasticities with the panel as one more source, estimated only from years that an event cannot have touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from maadin.experiments.estimation.products import estimate_all
from maadin.facts import selection
from maadin.facts.store import Store, default_store
from maadin.market.distributions import Family
from maadin.market.elasticities import Pooled, elasticities
from maadin.market.estimated import PANEL, Estimated, EstimatedParameter, Method, figures


def with_panel(
    published: Pooled, last_year: int, *, parameters: Sequence[EstimatedParameter] = ("armington",), methods: Sequence[Method] = ("hybrid",),
    alone: bool = False, store: Store | None = None,
) -> Pooled:  # fmt: skip
    """Add what the panel says up to a year.

    Parameters
    ----------
    published : Pooled
        Of a market of the catalogue.
    last_year : int
        The year before the event that is to be scored.
    parameters, methods : sequence of str
        See `maadin.market.estimated.figures`.
    alone : bool
        Whether the panel takes the place of the other sources.
    store : Store, optional

    Returns
    -------
    Pooled
        As given where the estimator fails for all codes of the market.

    Examples
    --------
    >>> pooled = with_panel(elasticities("lithium", "refined"), 2015)
    >>> [family.name for family in pooled.armington.families]
    ['broda_weinstein', 'gtap-2007', 'panel', 'protee']
    """
    opened = store or default_store()
    market = selection.market(published.commodity, published.stage)
    chosen = figures(_estimated(opened, tuple(market.codes), last_year), parameters, methods)
    more = elasticities(published.commodity, published.stage, published.horizon, store=opened, estimated=chosen)

    def added(name: EstimatedParameter) -> tuple[Family, ...]:
        kept = tuple(f for f in published.parameter(name).families if f.name != PANEL)
        own = tuple(replace(f, alone=alone) for f in more.parameter(name).families if f.name == PANEL)
        return tuple(sorted((*kept, *own), key=lambda f: f.name)) if own else kept

    return replace(
        published,
        armington=replace(published.armington, families=added("armington")),
        supply=replace(published.supply, families=added("supply")),
    )


@lru_cache(maxsize=64)
def _estimated(store: Store, codes: tuple[str, ...], last_year: int) -> tuple[Estimated, ...]:
    return estimate_all(codes, last_year=last_year, store=store)

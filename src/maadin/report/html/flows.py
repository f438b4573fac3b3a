"""Who ships to whom before and after a scenario, drawn: the places whose routes change most, and those that the scenario names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from maadin.facts import regions
from maadin.policy.outcome import OTHER_CODES
from maadin.report import effects, words
from maadin.report.html.figures import Figure, Key
from maadin.report.html.sankey import Flow, Sankey
from maadin.report.html.shown import listed, page_word
from maadin.report.intervals import tonnes as in_tonnes
from maadin.report.sheets import Block, Column, text_column
from maadin.report.words import Language

if TYPE_CHECKING:
    from maadin.policy.outcome import Outcome

NODES = 6  # origins, and destinations; the rest is summed up
OTHERS_FROM, OTHERS_TO = "other_origins", "other_destinations"


def drawn(o: Outcome, source: str, language: Language) -> Figure | None:
    """Flows before and after; none where no route changes."""
    chosen = _chosen_flows(o)
    if not chosen:
        return None
    tonnes = in_tonnes([max(before, after) for before, after in chosen.values()], language)
    acting = effects.acting(o)
    centre = acting[0] if acting else ""
    names = {code: _node(code, language) for pair in chosen for code in pair}
    flows = [Flow(names[i], names[j], *chosen[i, j], lit=centre in (i, j)) for i, j in chosen]
    columns = [
        text_column("sender", [f.origin for f in flows], language),
        text_column("receiver", [f.destination for f in flows], language),
        *(Column(page_word(key, language), [tonnes.plain(v) for v in values])
          for key, values in (("before", [f.before for f in flows]), ("after", [f.after for f in flows]))),
        Column(words.phrase("heads", "change", language), [tonnes.signed(f.after - f.before) for f in flows]),
    ]  # fmt: skip
    told = [
        page_word(
            "alt_flow", language, origin=f.origin, destination=f.destination, before=tonnes.plain(f.before), after=tonnes.plain(f.after)
        )
        for f in sorted(flows, key=lambda f: -abs(f.after - f.before))
    ]
    keys: tuple[Key, ...] = ()
    if centre:
        lit = page_word("flows_lit", language, country=regions.name(centre, language))
        keys = (Key("s1", lit), Key("s6", page_word("flows_rest", language)))
    sankey = Sankey(flows, (page_word("before", language), page_word("after", language)), lambda t: f"{tonnes.plain(t)} {tonnes.unit}")
    return Figure(
        page_word("flows_title", language), page_word("flows_unit", language, unit=tonnes.unit), page_word("alt_flows", language, listed=listed(told, language)),
        source, sankey, Block("", columns), keys, notes=(page_word("flows_note", language),),
    )  # fmt: skip


def _node(code: str, language: Language) -> str:
    if code in (OTHERS_FROM, OTHERS_TO):
        return page_word(code, language)
    return words.phrase("words", "other_codes_abroad", language) if code == OTHER_CODES else regions.name(code, language)


def _chosen_flows(o: Outcome) -> dict[tuple[str, str], tuple[float, float]]:
    """Tonnes before and after between the places whose routes change most and those that the scenario names; the rest summed up on either side.

    What a country uses of its own output counts for the one that acts; what passes between the places that are summed up does not.
    """
    levels = effects.cells(o, "trade_t")
    before, after = np.nan_to_num(levels[..., 0]), np.nan_to_num(levels[..., 1])
    countries = list(o.market.countries)
    importers = [str(name) for name in o.counterfactual["importer"].values]
    acting = effects.acting(o)[:2]
    for at, code in enumerate(countries):
        if code not in acting[:1] and code in importers:
            before[at, importers.index(code)] = after[at, importers.index(code)] = 0.0
    change = np.abs(after - before)
    if not change.any():
        return {}
    origins = _most(countries, change.sum(axis=1), acting)
    destinations = _most(importers, change.sum(axis=0), acting)
    summed: dict[tuple[str, str], list[float]] = {}
    for i, j in zip(*(side.tolist() for side in np.nonzero(before + after)), strict=True):
        origin = countries[i] if countries[i] in origins else OTHERS_FROM
        destination = importers[j] if importers[j] in destinations else OTHERS_TO
        if origin != OTHERS_FROM or destination not in (OTHERS_TO, OTHER_CODES):
            pair = summed.setdefault((origin, destination), [0.0, 0.0])
            pair[0] += float(before[i, j])
            pair[1] += float(after[i, j])
    order = [*origins, OTHERS_FROM], [*destinations, OTHERS_TO]
    return {(i, j): (summed[i, j][0], summed[i, j][1]) for i in order[0] for j in order[1] if (i, j) in summed}


def _most(names: Sequence[str], sizes: np.ndarray[Any, np.dtype[np.float64]], acting: Sequence[str]) -> list[str]:
    """Acting ones first, then those whose routes change most."""
    ranked = [names[at] for at in np.argsort(-sizes, kind="stable") if sizes[at] > 0]
    return list(dict.fromkeys([*(a for a in acting if a in ranked), *ranked]))[:NODES]

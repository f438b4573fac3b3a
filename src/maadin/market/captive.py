"""Own use that is out of reach: mines tied to plants at home by ownership or contract, whose goods no price abroad draws away.

In the plain market a higher price abroad takes goods from users at home. For ores and concentrates, whose users are a few plants fed by their own mines, that shifts
more than it does in fact. The other extreme leaves own use as it is and models what crosses borders alone: supply is what is exported, demand is what is imported,
with the outside option's elasticity.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maadin.facts.table import Note
from maadin.market.benchmark import Benchmark


def without_own_use(b: Benchmark) -> Benchmark:
    """The market of what crosses borders; an imports-only benchmark is that already.

    Examples
    --------
    >>> aluminium = Benchmark.from_facts("aluminium", 2022)
    >>> abroad = without_own_use(aluminium)
    >>> abroad.kind, bool(np.isclose(abroad.use_t.sum(), aluminium.imports_t.sum()))
    ('imports_only', True)
    """
    if b.kind == "imports_only":
        return b
    trade, n = b.trade_t.copy(), len(b.countries)
    np.fill_diagonal(trade, 0.0)
    unknown, nothing = np.full(n, np.nan), np.zeros(n)
    return replace(
        b, kind="imports_only", production_t=unknown, production_sd_t=unknown, stock_draw_t=nothing, other_codes_t=nothing,
        use_t=trade.sum(axis=0), trade_t=trade, capacity_t=unknown, production_basis=("",) * n,
        notes=(*(note for note in b.notes if note.id != "benchmark_output_estimated"), Note("own_use_captive")),
    )  # fmt: skip

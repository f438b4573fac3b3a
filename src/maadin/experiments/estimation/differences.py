r"""Double differences of log unit values and log shares: over time, and against a reference supplier of the same importer.

.. math:: \Delta^k x_{vt} = (\ln x_{vt} - \ln x_{v,t-1}) - (\ln x_{kt} - \ln x_{k,t-1})

for the variety :math:`v` (an exporter to an importer) and the reference exporter :math:`k` of that importer. What all suppliers of an importer have
in common drops out: its price index, its total spending (so that values stand for shares), its demand for the good. The reference is the
exporter seen in most years, and of several the one with the largest shares.

References
----------
Feenstra, R. C. (1994), New product varieties and the measurement of international prices, American Economic Review 84(1):157-177.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maadin.experiments.estimation.panel import Floats, Ints, Names, Panel

LARGEST_STEP = float(np.log(3.0))  # of a relative unit value in one year, in logs: beyond, the tonnes are wrong or the good is another
LEAST_STEPS = 3  # years of a variety in differences
LEAST_VARIETIES = 3  # of an importer beside the reference: an importer with fewer tells nothing once its mean is taken out


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """Double differences of one code, in the order of varieties and, within one, of years.

    Attributes
    ----------
    importer, variety : array of int (observation,)
        Position of importer and variety; varieties are numbered through all importers.
    importers : array of str (importer,)
    exporters : array of str (variety,)
    year : array (observation,)
    price, share : array (observation,)
        Double differences of log unit value and log value.
    noise : array (observation,), 1/tonnes
        :math:`1/q_t + 1/q_{t-1}`, in which the error of a unit value rises (Broda & Weinstein 2006).
    """

    importer: Ints
    variety: Ints
    importers: Names
    exporters: Names
    year: Ints
    price: Floats
    share: Floats
    noise: Floats


def double_differences(panel: Panel, *, largest_step: float = LARGEST_STEP) -> Differences:
    """Differences of all varieties that have enough years, for importers that have enough of them."""
    where = _consecutive(panel)
    year, exporter, importer = panel.year[where + 1], panel.exporter[where + 1], panel.importer[where + 1]
    price = np.diff(np.log(panel.value_usd / panel.tonnes))[where]
    share = np.diff(np.log(panel.value_usd))[where]
    noise = 1 / panel.tonnes[where] + 1 / panel.tonnes[where + 1]
    _, bought = np.unique(np.char.add(panel.importer, panel.year.astype(np.str_)), return_inverse=True)
    size = (panel.value_usd / np.bincount(bought, panel.value_usd)[bought])[where]
    columns: list[tuple[Ints, Ints, Floats, Floats, Floats]] = []
    importers: list[str] = []
    exporters: list[str] = []
    for name in np.unique(importer):
        of = np.flatnonzero(importer == name)
        kept = _within(exporter[of], year[of], price[of], share[of], size[of], largest_step)
        if kept is None:
            continue
        at, own, steps_price, steps_share = kept
        names, variety = np.unique(own, return_inverse=True)
        columns.append((year[of][at], variety + len(exporters), steps_price, steps_share, noise[of][at]))
        importers.append(str(name))
        exporters += names.tolist()
    sizes = [len(c[0]) for c in columns]
    joined = [np.concatenate([c[n] for c in columns]) if columns else np.empty(0) for n in range(5)]
    return Differences(
        np.repeat(np.arange(len(importers)), sizes), joined[1].astype(np.int64), np.array(importers, dtype=np.str_),
        np.array(exporters, dtype=np.str_), joined[0].astype(np.int64), joined[2], joined[3], joined[4],
    )  # fmt: skip


def _consecutive(panel: Panel) -> Ints:
    """Positions of flows that are followed by the next year of the same route."""
    same = (panel.exporter[1:] == panel.exporter[:-1]) & (panel.importer[1:] == panel.importer[:-1])
    return np.flatnonzero(same & (panel.year[1:] == panel.year[:-1] + 1)).astype(np.int64)


def _within(
    exporter: Names, year: Ints, price: Floats, share: Floats, size: Floats, largest_step: float
) -> tuple[Ints, Names, Floats, Floats] | None:
    """Positions kept for one importer, their exporters and double differences; None where too little is left."""
    names, position, years = np.unique(exporter, return_inverse=True, return_counts=True)
    reference = max(range(len(names)), key=lambda n: (years[n], size[position == n].sum()))
    first = int(year.min())
    of_reference = np.full((2, int(year.max()) - first + 1), np.nan)
    held = position == reference
    of_reference[:, year[held] - first] = price[held], share[held]
    steps_price, steps_share = np.array([price, share]) - of_reference[:, year - first]
    fitting = ~held & (np.abs(steps_price) <= largest_step)  # false where the reference has no figure
    lasting = np.bincount(position[fitting], minlength=len(names)) >= LEAST_STEPS
    at = np.flatnonzero(fitting & lasting[position])
    if lasting.sum() < LEAST_VARIETIES:
        return None
    return at.astype(np.int64), exporter[at], steps_price[at], steps_share[at]

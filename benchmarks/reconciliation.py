"""How close reconciled figures come to the truth, beside two simpler ways, in invented worlds whose truth is known.

    python benchmarks/reconciliation.py [--worlds 40] [--countries 30] [--seed 1] [--missed 0.5]

A world has producers, hubs that pass on nearly all they import, and users. Its printed figures are the truth with errors of the sizes that
`maadin.market` assumes: output off by 5 or 10%, flows by 10%, a tenth of the flows far off and flagged, exports in other codes off by 30%,
content anywhere within the published bounds, and small changes of stocks that nobody prints. A second table has the screening miss part of the
flows that are far off. The rivals are

clipping   figures as printed; whoever would use less than nothing uses nothing, and the books of that country stay unbalanced
scaling    all exports of such a country are scaled down to what it has, again and again until nobody exceeds it

Errors are sums of absolute distances to the truth over the sum of the truth (flows also as root mean square of tonnes), on average over worlds.
"In conflict" are the countries whose printed figures cannot all be right, and the flows that leave or reach them. Their own use is beyond any
of the three: the first two say nothing is used, and reconciliation little more.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maadin.market.flows import DOUBTED, UNFLAGGED
from maadin.market.reconcile import Problem, balance, reconcile

Floats = NDArray[np.float64]

STOCK_CHANGE, STOCK_SD = 0.02, 0.1  # of throughput: what stocks do in truth, and what is allowed for
OTHER_SD, OTHER_RANGE = 0.3, 2.0
OUTLIERS, FAR_OFF = 0.1, 1.0  # part of the flows; standard deviation of their logarithm
MEASURES = (
    "flows", "flows, in conflict", "flows, root mean square", "flows, root mean square, in conflict", "output", "output, in conflict",
    "other codes", "use", "use, in conflict", "use, others", "left unbalanced",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """Output, stock draw, exports in other codes and use by country, and flows; tonnes."""

    output: Floats
    stock: Floats
    other: Floats
    use: Floats
    flows: Floats


@dataclass(frozen=True, slots=True)
class World:
    """The truth and what is printed of it."""

    truth: Figures
    printed: Problem


def world(rng: np.random.Generator, n: int, missed: float = 0.0) -> World:
    """One world of n countries whose true figures add up; `missed` is the part of flows far off that no flag marks."""
    kind = rng.permutation(np.repeat(["producer", "hub", "user"], [n * 2 // 5, n // 6, n - n * 2 // 5 - n // 6]))
    output = np.where(kind == "producer", rng.lognormal(6, 1.2, n), 0.0)
    lives_from_exports = rng.random(n) < 0.5
    leaving = np.where(kind == "hub", rng.uniform(0.85, 0.99, n), rng.uniform(0.0, 0.1, n))
    leaving = np.where(kind == "producer", np.where(lives_from_exports, rng.uniform(0.9, 0.995, n), rng.uniform(0.1, 0.9, n)), leaving)
    links = rng.lognormal(0, 1, (n, n)) * (rng.random((n, n)) < 0.4) * rng.lognormal(0, 1, n)
    np.fill_diagonal(links, 0.0)
    links[np.arange(n), (np.arange(n) + 1) % n] += 1e-3  # nobody without a customer
    elsewhere = np.where((kind == "producer") & (rng.random(n) < 0.5), rng.uniform(0.2, 0.6, n), 0.0)
    sold = leaving[:, None] * (1 - elsewhere)[:, None] * links / links.sum(axis=1, keepdims=True)
    supply = np.linalg.solve(np.eye(n) - sold.T, output)
    stock = rng.normal(0, STOCK_CHANGE, n) * supply
    supply = np.linalg.solve(np.eye(n) - sold.T, output + stock)
    matrix = supply[:, None] * sold
    exporter, importer = (at.astype(np.intp) for at in np.nonzero(matrix))
    flows, other = matrix[exporter, importer], supply * leaving * elsewhere
    truth = Figures(output, stock, other, supply * (1 - leaving), flows)
    return World(truth, _printed(rng, truth, exporter, importer, missed))


def _printed(rng: np.random.Generator, truth: Figures, exporter: NDArray[np.intp], importer: NDArray[np.intp], missed: float) -> Problem:
    n, count = len(truth.output), len(truth.flows)
    sellers, factor_of = np.unique(exporter, return_inverse=True)
    middle = rng.uniform(0.2, 0.8, len(sellers))
    low, high = 0.7 * middle, 1.2 * middle
    factor = rng.triangular(low, middle, high)
    outlier = rng.random(count) < OUTLIERS
    flagged = outlier & (rng.random(count) >= missed)
    gross = truth.flows / factor[factor_of] * np.exp(rng.normal(0, np.where(outlier, FAR_OFF, UNFLAGGED)))
    share = np.where(rng.random(n) < 0.5, 0.05, 0.1)
    output = truth.output * np.maximum(1 + share * rng.normal(size=n), 0.1)
    other = truth.other * np.maximum(1 + OTHER_SD * rng.normal(size=n), 0.0)
    other_sd = OTHER_SD * other
    flows = middle[factor_of] * gross
    throughput = output + other + np.bincount(importer, flows, n) + np.bincount(exporter, flows, n)
    return Problem(
        output=output, output_sd=share * output, stock_sd=STOCK_SD * throughput, exporter=exporter, importer=importer, gross=gross,
        error=np.where(flagged, DOUBTED, UNFLAGGED), factor_of=factor_of.astype(np.intp), factor=middle, factor_low=low, factor_high=high,
        other=other, other_low=np.maximum(other - OTHER_RANGE * other_sd, 0.0), other_high=other + OTHER_RANGE * other_sd, other_sd=other_sd,
    )  # fmt: skip


def clipped(p: Problem) -> Figures:
    """Figures as printed, use not below nothing."""
    nothing = np.zeros(len(p.output))
    use = np.maximum(balance(p.output, nothing, p.flows, p.other, p.exporter, p.importer), 0.0)
    return Figures(p.output, nothing, p.other, use, p.flows)


def scaled(p: Problem) -> Figures:
    """Exports scaled down to supply, country by country, until nobody sends out more than it has."""
    n, flows, other = len(p.output), p.flows, p.other
    for _ in range(1000):
        supply = p.output + np.bincount(p.importer, flows, n)
        leaving = np.bincount(p.exporter, flows, n) + other
        part = np.minimum(1.0, np.divide(supply, leaving, out=np.ones(n), where=leaving > 0))
        if np.all(part > 1 - 1e-12):
            break
        flows, other = flows * part[p.exporter], other * part
    nothing = np.zeros(n)
    use = np.maximum(balance(p.output, nothing, flows, other, p.exporter, p.importer), 0.0)
    return Figures(p.output, nothing, other, use, flows)


def reconciled(p: Problem) -> Figures:
    """The way of `maadin.market`."""
    r = reconcile(p)
    return Figures(r.output, r.stock_draw, r.other, r.use, r.flows)


RIVALS: dict[str, Callable[[Problem], Figures]] = {"clipping": clipped, "scaling": scaled, "reconciled": reconciled}


def in_conflict(p: Problem) -> NDArray[np.bool_]:
    """Countries that by the printed figures use less than nothing, array (n,)."""
    return np.asarray(balance(p.output, np.zeros(len(p.output)), p.flows, p.other, p.exporter, p.importer) < 0)


def errors(w: World, found: Figures) -> dict[str, float]:
    """Every measure of `MEASURES` for one answer."""
    p, truth = w.printed, w.truth
    country = in_conflict(p)
    route = country[p.exporter] | country[p.importer]

    def share(a: Floats, b: Floats, which: NDArray[np.bool_]) -> float:
        total = b[which].sum()
        return float(np.abs(a - b)[which].sum() / total) if total > 0 else np.nan

    def root(which: NDArray[np.bool_]) -> float:
        return float(np.sqrt(np.mean((found.flows - truth.flows)[which] ** 2))) if which.any() else np.nan

    everyone, every_route = np.ones_like(country), np.ones_like(route)
    left = balance(found.output, found.stock, found.flows, found.other, p.exporter, p.importer) - found.use
    values = (
        share(found.flows, truth.flows, every_route), share(found.flows, truth.flows, route), root(every_route), root(route),
        share(found.output, truth.output, everyone), share(found.output, truth.output, country & (truth.output > 0)),
        share(found.other, truth.other, everyone), share(found.use, truth.use, everyone), share(found.use, truth.use, country),
        share(found.use, truth.use, ~country), float(np.abs(left).sum() / truth.output.sum()),
    )  # fmt: skip
    return dict(zip(MEASURES, values, strict=True))


def compare(worlds: int, countries: int, seed: int, missed: float = 0.0) -> dict[str, dict[str, Floats]]:
    """Errors by rival and measure, array (worlds,), NaN where a world has nothing to measure; every rival sees the same worlds."""
    made = [world(rng, countries, missed) for rng in np.random.default_rng(seed).spawn(worlds)]
    listed = {name: [errors(w, way(w.printed)) for w in made] for name, way in RIVALS.items()}
    return {name: {m: np.array([e[m] for e in found]) for m in MEASURES} for name, found in listed.items()}


def show(found: dict[str, dict[str, Floats]]) -> None:
    """Print the means."""
    width = max(map(len, MEASURES))
    print(f"{'':<{width}}" + "".join(f"{name:>12}" for name in found) + f"{'better in':>12}")
    for m in MEASURES:
        means = [np.nanmean(of[m]) for of in found.values()]
        digits = 2 if "root" in m else 4
        ours, theirs = found["reconciled"][m], found["clipping"][m]
        print(f"{m:<{width}}" + "".join(f"{v:>12.{digits}f}" for v in means) + f"{np.sum(ours < theirs):>8}/{np.sum(~np.isnan(ours))}")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=40)
    parser.add_argument("--countries", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", type=float, default=0.5, help="part of the flows far off that no flag marks, in the second table")
    given = parser.parse_args()
    print(f"{given.worlds} worlds of {given.countries} countries, seed {given.seed}; error against the truth, smaller is better")
    print("better in: worlds in which the reconciled figures are closer to the truth than the clipped ones")
    for missed in dict.fromkeys((0.0, given.missed)):
        print(f"\n{OUTLIERS:.0%} of the flows far off, {missed:.0%} of them unflagged")
        show(compare(given.worlds, given.countries, given.seed, missed))


if __name__ == "__main__":
    main()

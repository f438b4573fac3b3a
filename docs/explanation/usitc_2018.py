"""The United States duty of 10 % on aluminium since 2018 in this model, beside what the USITC (2023) estimates. Run: python docs/explanation/usitc_2018.py

Benchmarks from 2018 on contain the duty, with the exemptions of each year and for the days on which it applied. So the duty is taken away, and its
effect is what the benchmark has over what the market would have without it. Argentina's quota stays in the flows. The output of the United States
may move by the printed capacity (`capacity_slack` elsewhere).
"""

from __future__ import annotations

import sys

import numpy as np

from maadin.market.benchmark import Benchmark
from maadin.policy import Scenario, Tariff
from maadin.policy.run import simulate

YEARS = (2018, 2019, 2020, 2021)
DRAWS = 1000
PUBLISHED = {"imports that pay in full": -0.31, "price to users": 0.016, "output": 0.036}


def effects(year: int, draws: int) -> dict[str, np.ndarray]:
    """Median, 5 % and 95 % points of the duty's effects in one year, as fractions of the market without it."""
    b = Benchmark.from_facts("aluminium", year)
    us = b.position("USA")
    paying = (b.duty_rate[:, us] >= b.duty_rate[b.position("ARE"), us] - 1e-9) & (b.trade_t[:, us] > 0)  # the Emirates were never spared
    free = Scenario("without the duty", measures=[Tariff(importer="USA", rate=0, mode="set")])
    found = simulate(b, free, draws=draws, within=False, keep=True)
    books = found.books
    assert books is not None
    into = (books.importer == us) & (books.exporter != us)
    flows = books.flow_t[into & paying[books.exporter]].sum(axis=0)
    rows = {
        "imports that pay in full": (b.trade_t[paying, us].sum(), flows),
        "imports": (b.imports_t[us], books.imports()[us]),
        "price to users": (1.0, np.exp(books.composite[us])),
        "output": (b.own_supply_t[us], books.output[us]),
    }
    share = b.trade_t[paying, us].sum() / b.imports_t[us]
    mean = (b.duty_rate[:, us] * b.trade_t[:, us]).sum() / b.imports_t[us]
    made = {name: np.quantile(with_duty / without - 1, (0.5, 0.05, 0.95)) for name, (with_duty, without) in rows.items()}
    return made | {"their share of imports": np.full(3, share), "duty, mean over imports": np.full(3, mean)}


def main(draws: int = DRAWS) -> None:
    """Print the effects of each year and their mean."""
    found = {year: effects(year, draws) for year in YEARS}
    lines = [f"{'':28}" + "".join(f"{year:>26}" for year in YEARS) + f"{'mean of medians':>18}{'USITC 2018-21':>15}"]
    for name in found[YEARS[0]]:
        cells = [found[year][name] for year in YEARS]
        shown = [f"{c[0]:+.1%}" if c[1] == c[2] else f"{c[0]:+.1%} ({c[1]:+.1%} to {c[2]:+.1%})" for c in cells]
        published = f"{PUBLISHED[name]:+.1%}" if name in PUBLISHED else ""
        lines.append(f"{name:28}" + "".join(f"{s:>26}" for s in shown) + f"{np.mean([c[0] for c in cells]):>+18.1%}{published:>15}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS)

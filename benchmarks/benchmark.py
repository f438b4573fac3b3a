"""How long the benchmarks of all markets of a year take: computed, and read back from the cache.

    python benchmarks/benchmark.py [--year 2024] [--repeat 3]

A folder of its own keeps the cache of the user out of the measurement. Times are medians of whole rounds over all grade A and B markets in one
process, and of cold processes of the command line.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial

from maadin.facts.store import FOLDER_VARIABLE

Market = tuple[str, str]


def seconds(work: Callable[[], object]) -> float:
    """Time of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def rounds(work: Callable[[Market], object], markets: Sequence[Market], repeat: int) -> list[float]:
    """Time of each market, the median over rounds."""
    taken = [[seconds(partial(work, market)) for market in markets] for _ in range(repeat)]
    return [statistics.median(of_market) for of_market in zip(*taken, strict=True)]


def process(*arguments: str, repeat: int = 5) -> float:
    """Median time of a cold process; the first run, which may fill the cache, is not counted."""
    command = [sys.executable, "-m", "maadin", *arguments]
    taken = [seconds(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(repeat + 1)]
    return statistics.median(taken[1:])


def measure(year: int, repeat: int) -> None:
    """Run and print."""
    from maadin.facts import catalogue
    from maadin.market.benchmark import Benchmark

    markets = [(c.id, s.id) for c in catalogue.commodities().values() for s in c.stages if s.grade != "C"]
    first = seconds(lambda: Benchmark.from_facts("aluminium", year, fresh=True))  # tables opened, solver imported
    computed = rounds(lambda m: Benchmark.from_facts(m[0], year, m[1], fresh=True), markets, repeat)
    cached = rounds(lambda m: Benchmark.from_facts(m[0], year, m[1]), markets, repeat)
    slowest = max(range(len(markets)), key=lambda n: computed[n])
    asked = ("facts", "benchmark", "aluminium", "--year", str(year))
    shown = [
        (f"all {len(markets)} markets of {year}, computed", sum(computed)),
        (f"the same, from the cache ({1000 * sum(cached) / len(markets):.1f} ms a market)", sum(cached)),
        ("median market, computed", statistics.median(computed)),
        (f"slowest market, computed ({' '.join(markets[slowest])})", computed[slowest]),
        ("aluminium as the first of a process, computed", first),
        ("maadin facts benchmark aluminium --fresh (cold process)", process(*asked, "--fresh")),
        ("maadin facts benchmark aluminium (cold process, cached)", process(*asked)),
    ]
    width = max(len(name) for name, _ in shown)
    for name, took in shown:
        print(f"{name:<{width}}  {took:8.3f} s")


def main() -> None:
    """Measure with a cache of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--year", type=int, default=2024)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ[FOLDER_VARIABLE] = folder
        measure(given.year, given.repeat)


if __name__ == "__main__":
    main()

"""How long a path takes: 1,000 draws of 15 years for one market, in seconds and beside 15 separate simulations of the same scenario.

    python benchmarks/paths.py [--draws 1000] [--years 15] [--repeat 3]

A simulation solves the draws once; a year of a path solves them with the measures, and once more without them where reserves bind. Times are the best of
several rounds; the load of the machine stands beside them, as other work makes every figure longer.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from functools import partial

from maadin.experiments.paths import run_path, run_paths, variants
from maadin.policy.library import load
from maadin.policy.run import simulate

CASES = ("us-aluminium-tariff-25", "krasnoyarsk-smelter", "russia-rare-earths-cooperation")
DATED = ("krasnoyarsk-smelter-path", "russia-rare-earths-speedup")


def best(work: Callable[[], object], repeat: int) -> tuple[float, float]:
    """Seconds on the clock, and of the processor, of the fastest of several runs."""
    taken = []
    for _ in range(repeat):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - clock, time.process_time() - processor))
    return min(taken)


def measure(draws: int, years: int, repeat: int) -> None:
    """Run and print."""
    for name in CASES:  # every measure in force in every year
        scenario = load(name)
        last = (scenario.year or 0) + years
        run_path(scenario, draws=8, horizon=last)  # tables opened, libraries imported
        one = best(partial(simulate, scenario, draws=draws, within=False), repeat)
        path = best(partial(run_path, scenario, draws=draws, horizon=last), repeat)
        print(
            f"{name:<34} {years} years x {draws:,} draws  {path[0]:6.2f} s (processor {path[1]:6.2f} s);  "
            f"one simulation {one[0]:5.2f} s;  path over {years} simulations {path[0] / (years * one[0]):.2f}"
        )
    for name in DATED:
        scenario = load(name)
        path = best(partial(run_path, scenario, draws=draws, horizon=(scenario.year or 0) + years), repeat)
        print(f"{name:<34} {years} years x {draws:,} draws  {path[0]:6.2f} s (processor {path[1]:6.2f} s)")
    made, labels = variants(load(DATED[1]), [2027, 2029, 2032])
    several = best(partial(run_paths, made, draws=draws, labels=labels), 1)
    print(f"{DATED[1]:<34} three speeds to 2035      {several[0]:6.2f} s (processor {several[1]:6.2f} s)")


def main() -> None:
    """Measure, with the load of the machine before and after."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--years", type=int, default=15)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    before = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    measure(given.draws, given.years, given.repeat)
    after = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{os.cpu_count()} cores; load of the last minute {before:.1f} before, {after:.1f} after")


if __name__ == "__main__":
    main()

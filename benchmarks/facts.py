"""How fast the facts answer, beside what an analyst would use otherwise, all in one run.

    python benchmarks/facts.py [--sqlite FILE]

The rivals ask the same question, "imports of 760110 by the United States from Russia, by year", of the same flows: pandas on the trade table as CSV, and,
when a file is named, SQLite on the redistributed database (table baci_trade) without an index, as it comes.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

QUESTION = ("aluminium", "RUS", "USA")


def seconds(work: Callable[[], object], repeat: int = 5) -> float:
    """Median time of several runs."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def process(*arguments: str) -> float:
    """Median time of a cold process."""
    command = [sys.executable, *arguments]
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True, env={**os.environ, "COLUMNS": "140"}), repeat=7)


def pandas_on_csv(file: Path) -> object:
    """The question put to the flows as CSV."""
    import pandas as pd

    flows = pd.read_csv(file, dtype={"hs6": str})
    kept = flows[(flows.hs6 == "760110") & (flows.exporter == "RUS") & (flows.importer == "USA") & flows.series.str.startswith("baci-hs92")]
    return kept.groupby("year")[["value_usd", "quantity_kg"]].sum()


def sqlite_as_it_comes(file: Path) -> object:
    """The question put to the redistributed database."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return connection.execute("select t, v, q from baci_trade where i = '643' and j = '842' and k = 760110 order by t").fetchall()


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sqlite", type=Path, help="baci.db of the redistribution")
    given = parser.parse_args()
    from maadin.facts.ask.trade import trade
    from maadin.facts.store import default_store

    bare = process("-c", "pass")
    shown = [
        ("bare interpreter", bare),
        ("import maadin", process("-c", "import maadin")),
        ("maadin --help", process("-m", "maadin", "--help")),
        ("maadin facts trade aluminium (cold)", process("-m", "maadin", "facts", "trade", "aluminium", "-c", "USA", "-p", "RUS")),
        ("maadin facts reserves rare-earths (cold)", process("-m", "maadin", "facts", "reserves", "rare-earths", "-c", "RUS")),
    ]
    commodity, exporter, importer = QUESTION
    ask = lambda: trade(commodity, exporter=exporter, importer=importer)  # noqa: E731
    ask()
    warm = seconds(ask, repeat=50)
    shown.append(("the same question, warm, with heading 7601", warm))
    world = lambda: trade(commodity, by="exporter", year="1995-2024")  # noqa: E731
    world()
    shown.append(("world exporters of 760110, 30 years, warm", seconds(world, repeat=20)))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "trade.csv"
        default_store().rows(f"copy (select * from trade) to '{plain}' (header)")
        rivals = [("pandas on CSV", seconds(lambda: pandas_on_csv(plain), repeat=3))]
    if given.sqlite:
        rivals.append(("SQLite as redistributed", seconds(lambda: sqlite_as_it_comes(given.sqlite), repeat=3)))
    width = max(len(n) for n, _ in shown + rivals)
    for name, took in shown:
        print(f"{name:<{width}}  {1000 * took:8.1f} ms")
    for name, took in rivals:
        print(f"{name:<{width}}  {1000 * took:8.1f} ms   {took / warm:6.0f} times the warm question")


if __name__ == "__main__":
    main()

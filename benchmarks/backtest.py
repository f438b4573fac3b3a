"""The record as a ratio: errors of the model over those of the two things one would say without it, and seconds an event.

Run: python benchmarks/backtest.py [EVENT ...]
"""

from __future__ import annotations

import sys
import time

from maadin.experiments.backtest import events, find, keep_record


def main(names: list[str]) -> None:
    """Print the ratios."""
    chosen = [find(name) for name in names or events()]
    started = time.perf_counter()
    record = keep_record(chosen, draws=0, fit=False)
    took = time.perf_counter() - started
    for s in record.summaries():
        print(
            f"{s.kind or 'all':12} {s.scope:7} {s.events:3} events   model / no change {s.model / s.no_change:.3f}"
            f"   model / reallocation {s.model / s.reallocation:.3f}   beats both in {s.beaten_both}"
        )
    print(f"{took / len(chosen):.2f} s an event, two benchmarks and up to fourteen years of trade each")


if __name__ == "__main__":
    main(sys.argv[1:])

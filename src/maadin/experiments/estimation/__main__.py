"""Write the table of estimates that comes with the package.

    python -m maadin.experiments.estimation [--last-year YEAR] [--out FILE]

Without `--out` the table goes to standard output. The same panel gives the same file.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path

from maadin.experiments.estimation.products import estimate_all
from maadin.facts.store import Store, shipped_folder
from maadin.market.estimated import COLUMNS, Estimated


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; the shipped tables are read, imported releases are not."""
    parser = argparse.ArgumentParser(
        prog="python -m maadin.experiments.estimation", description="Estimate elasticities from the trade panel."
    )
    parser.add_argument("--last-year", type=int, default=9999, help="leave later years out")
    parser.add_argument("--out", type=Path, help="file to write")
    given = parser.parse_args(arguments)
    text = as_csv(estimate_all(last_year=given.last_year, store=Store([shipped_folder()])))
    if given.out:
        given.out.write_text(text, "utf-8", newline="\n")
    else:
        sys.stdout.write(text)


def as_csv(rows: Iterable[Estimated]) -> str:
    """Rows as CSV with the columns of `maadin.market.estimated`; empty where a value is none."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(["" if v is None else v for v in astuple(row)] for row in rows)
    return out.getvalue()


if __name__ == "__main__":
    main()

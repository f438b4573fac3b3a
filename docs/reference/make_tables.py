"""Writes tables.md from the code, so that the page cannot drift: `python docs/reference/make_tables.py`."""

from __future__ import annotations

from pathlib import Path

from maadin.facts.compilation import TABLES
from maadin.facts.records import Quality, Status, sql_columns
from maadin.facts.sources.baci import FLOWS
from maadin.facts.sources.screening import FLAGS

TARGET = Path(__file__).with_name("tables.md")


def page() -> str:
    """The page."""
    lines = [
        "# Tables and columns",
        "",
        "Made from the code by `make_tables.py`. The tables are Parquet files in `maadin/facts/data/tables`.",
        "",
    ]
    for name, row in TABLES.items():
        lines += [f"## {name}", "", (row.__doc__ or "").strip(), "", "| column | type |", "|---|---|"]
        lines += [f"| {column} | {kind} |" for column, kind in sql_columns(row).items()] + [""]
    lines += ["## trade", "", "One flow a row; `series` is described in the manifest.", "", "| column | type |", "|---|---|"]
    lines += ["| " + " | ".join(column.strip().rsplit(" ", 1)) + " |" for column in FLOWS.split(",")] + ["| flag | varchar |", ""]
    lines += ["| flag | meaning |", "|---|---|"] + [f"| {flag or '(empty)'} | {meaning} |" for flag, meaning in FLAGS.items()] + [""]
    lines += ["## Values of `status` and `quality`", "", ", ".join(f"`{s}`" for s in Status), "", ", ".join(f"`{q}`" for q in Quality), ""]
    return "\n".join(lines)


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")

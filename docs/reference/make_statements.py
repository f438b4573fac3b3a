"""Writes docs/reference/statements.md from the schema of statements and the table of instruments: python docs/reference/make_statements.py"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import get_args

from maadin.policy.instruments import instruments
from maadin.reading import statement
from maadin.reading.statement import Statement

HEAD = """# Statements

*Written by `python docs/reference/make_statements.py` from the schema and the table of instruments.*

`maadin read --format json` prints `{"schema_version": 1, "published": ..., "publication": {...}, "characters": ..., "statements": [...]}`; `maadin read --schema` prints the JSON Schema. A field that does not apply to the kind of a statement is left
out; one that the text does not tell is null.

`publication` says how the date `published` is known: `{"how": "given"}`, `{"how": "absent"}`, or `{"how": "found", "exact": "day", "span": [10, 22], "text": "Feb 25, 2025"}`. Where only a month is told (`"exact": "month"`),
`published` is its last day, and days counted from it ("on Tuesday") stay open.

| field | of | values | meaning |
| --- | --- | --- | --- |
"""
CLAIMS, MEASURES = ("country", "metric", "of", "quality"), ("actor", "instrument", "direction", "status", "condition", "place")
CHOICES = {
    "kind": ("claim", "measure"), "lang": ("ar", "en"), "metric": get_args(statement.Metric), "of": get_args(statement.Of), "instrument": get_args(statement.Instrument),
    "direction": get_args(statement.Direction), "unit": get_args(statement.Unit), "comparator": get_args(statement.Comparator), "quality": get_args(statement.Quality),
    "status": get_args(statement.Status), "polarity": ("true", "false"),
}  # fmt: skip
CONVENTIONS = """
A share of a flow: `country` holds the share, `target` is the market. "The largest after X" is rank 2; "followed by X" is the next rank. A flow between two countries is told from the end that the text tells it from:
A's exports to B are `exports`, `country` A, `target` B. A duty that is put in place, planned or withdrawn is a measure. A list with one common value is one statement. A company counts as its home country. Ownership shares,
share prices, jobs, ships and daily moves of prices are no statements.

## From instruments to measures

What a measure of a text means in a scenario. Where a text tells no size, the range stands in; what is assumed goes with the scenario in words, in both languages.

| instrument | direction | measure | size without a told one | how it is read |
| --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The page as Markdown."""
    lines = [HEAD.rstrip("\n")]
    meanings = _meanings()
    for name in Statement.model_fields:
        of = "claims" if name in CLAIMS else "measures" if name in MEASURES else "both"
        values = ", ".join(f"`{c}`" for c in CHOICES.get(name, ()))
        lines.append(f"| `{name}` | {of} | {values} | {meanings.get(name, '')} |")
    lines.append(CONVENTIONS.rstrip("\n"))
    for i in instruments():
        size = f"{i.low} to {i.high}" + (f" of {i.of}" if i.of else "") if i.low else "none"
        lines.append(f"| {i.instrument} | {i.direction or 'any'} | {i.measure} | {size} | {i.assumes.en} |")
    return "\n".join(lines) + "\n"


def _meanings() -> dict[str, str]:
    """Meaning of each field, from the docstring of the class."""
    doc = inspect.getdoc(Statement) or ""
    found: dict[str, str] = {}
    for entry in re.split(r"\n(?=\S)", doc.split("----------\n", 1)[1]):
        head, _, text = entry.partition("\n")
        for name in re.findall(r"[a-z_]+", head.split(":")[0]):
            found[name] = " ".join(text.split())
    return found


if __name__ == "__main__":
    Path(__file__).with_name("statements.md").write_text(page(), encoding="utf-8")

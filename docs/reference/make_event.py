"""Writes event.md from the code, so that the page cannot drift: `python docs/reference/make_event.py`."""

from __future__ import annotations

from pathlib import Path

from maadin.experiments.backtest.event import Event
from maadin.experiments.backtest.model import MODELS
from maadin.experiments.backtest.schema import event_schema
from maadin.report.backtest_rows import EVENT_COLUMNS, PARTNER_COLUMNS

TARGET = Path(__file__).with_name("event.md")
KINDS = {
    "id": "text", "name": "text, or `{en, ar}`", "commodity": "text", "stage": "text", "decided": "date", "date": "date", "until": "date",
    "before": "year", "after": "year", "measures": "list of measures", "source": "text, or `{en, ar}`", "also": "list of texts",
    "assumes": "list of texts", "lesson": "text, or `{en, ar}`",
}  # fmt: skip
RESULT = (
    ("event", "the event as it stands in a file"),
    ("model", "name of the setting, fields of a scenario that it sets, and the factor on the elasticities of substitution"),
    ("market", "commodity, stage, kind (balanced or imports_only), grade, mass basis and codes of the year before"),
    ("exporters, importers", "the parties"),
    ("errors", "`parties` and `world`: no_change, reallocation, model, ordinary (fractions), skill_no_change, skill_reallocation"),
    ("directions, coverage, coverage_wide", "`{right, of}`: directions on routes that no measure acts on; observed shares within the 90% interval over elasticities, and within the wide one"),
    ("partners", "a row a route with at least 1% of the parties' trade before or after: exporter, importer, hit, shares before, predicted and observed, both intervals, tonnes"),
    ("unit_values", "a row a party and side: ratios after over before against the world's, predicted and observed, and USD/t of both years"),
    ("trade_t", "world trade before, predicted and observed"),
    ("hit_share", "part of world trade on routes that the measures act on"),
    ("armington", "median elasticity of substitution"),
    ("fitted", "in a record of five events or more: factor, how many events it was chosen on, and the errors that follow"),
    ("draws, seed, sources", "what gives the same figures again"),
)  # fmt: skip


def page() -> str:
    """The page."""
    properties = event_schema()["properties"]
    lines = [
        "# Event files and results of backtests",
        "",
        "Made from the code by `make_event.py`. How to run one: [the guide](../how-to/backtest.md).",
        "",
        "## Fields of an event file",
        "",
        "YAML or JSON, one event a file. Dates are a day, a month or a year; texts are in English, Arabic or both (`{en: ..., ar: ...}`). Measures are those of scenario files that act in a",
        "market (`maadin simulate --schema`). Names of countries, groups and commodities may be in any form that maadin knows.",
        "",
        "| field | kind | needed | meaning |",
        "|---|---|---|---|",
    ]  # fmt: skip
    for name, field in Event.model_fields.items():
        lines.append(f"| {name} | {KINDS[name]} | {'yes' if field.is_required() else ''} | {properties[name]['description']} |")
    lines += [
        "",
        "`before` must be earlier than the year of `date`, `after` later than `before` and not earlier than that year, `until` not before `date`.",
        "",
        "## Settings of the model",
        "",
        "| setting | fields of a scenario that it sets |",
        "|---|---|",
        *(f"| {name} | {', '.join(f'`{k}: {v}`' for k, v in model.fields.items()) or 'none'} |" for name, model in MODELS.items()),
        "",
        "## JSON of an event",
        "",
        "With `schema_version` and `command`. Figures that do not exist are null.",
        "",
        "| field | content |",
        "|---|---|",
        *(f"| {field} | {content} |" for field, content in RESULT),
        "",
        "A record holds `draws`, `seed`, `setting`, `command`, then `summary` (a row a kind of market and scope: events, how many beat each baseline, mean errors, skill, what was fitted),",
        "`events` (as above) and `not_run` (event and why).",
        "",
        "## CSV and Parquet",
        "",
        f"Of a record, a row an event: {', '.join(f'`{c}`' for c in EVENT_COLUMNS)}.",
        "",
        f"Of one event, a row a route: {', '.join(f'`{c}`' for c in PARTNER_COLUMNS)}.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")

"""Writes simulation.md from the code, so that the page cannot drift: `python docs/reference/make_simulation.py`."""

from __future__ import annotations

from pathlib import Path

from maadin.policy.measures import MEASURES
from maadin.policy.outcome import STATISTICS, VARIABLES
from maadin.report.effects import TIDY_COLUMNS

TARGET = Path(__file__).with_name("simulation.md")
DIMENSIONS = {"country": "country", "route": "exporter, importer", "world": "none", "limit": "limit"}
DOCUMENT = (
    ("schema_version", "1; it rises when a field changes its meaning"),
    ("scenario", "the scenario as it stands in a file, every default written; options of the command line are in it"),
    ("market", "commodity, stage, year, kind, grade with its reason in English and Arabic, mass basis, codes with and without flows, shares of trade adjusted and imputed"),
    ("status", "solved, or how many draws were"),
    ("draws, failed", "draws asked for, and those without a solution, which are in no figure"),
    ("seed, sampler, command", "what gives the same figures again"),
    ("residual", "largest clearing error over draws and markets, recomputed from the flows, as a part of world output"),
    ("iterations", "mean evaluations of the equations a draw"),
    ("variables", "variable → country → figure"),
    ("world", "variable → figure"),
    ("routes", "a row a route that carries something before or after: exporter, importer, and a figure a variable"),
    ("limits", "a row a quota or offer: limit (position of its measure and its noun), and a figure a variable"),
    ("origin_traced", "country → part of use from abroad before and after, re-exports traced back, at median elasticities"),
    ("latent", "a row a reopened route: the ad valorem wedge that explains what kept it shut, null where no finite one does"),
    ("elasticities", "a row a published figure, and a row `pooled` a parameter: low, mid and high are 5%, 50% and 95% points; `assumption` marks generic priors"),
    ("measures_in_benchmark", "measures of the year that the benchmark already holds"),
    ("notes", "ids with their values: of the scenario's translation, the benchmark and the elasticities"),
    ("sources", "releases used"),
    ("units", "unit of every variable"),
    ("valued", "only with `resource_fund` or `territory`: a row a measure with its tables (answers, revenues, in_ground, minerals), their notes and sources. The value in the ground always carries the note `in_ground_is_not_worth`"),
)  # fmt: skip


def page() -> str:
    """The page."""
    lines = [
        "# Results of a simulation",
        "",
        "Made from the code by `make_simulation.py`. How to run one: [the guide](../how-to/simulate.md).",
        "",
        "## Variables",
        "",
        "Levels of a year; money in current USD of the benchmark's year; tonnes of the market's mass basis. A *change* is counted from the benchmark, where it is 0. In Python they are",
        "`outcome.benchmark[name]` and `outcome.counterfactual[name]`, the latter with a dimension `statistic`: " + ", ".join(f"`{s}`" for s in STATISTICS) + ".",
        "`low` and `high` are the 5% and 95% points over draws; `low_within` and `high_within` the same without the spread between sources.",
        "",
        "| variable | by | unit | meaning |",
        "|---|---|---|---|",
    ]  # fmt: skip
    lines += [
        f"| {name} | {DIMENSIONS[v.of]} | {v.unit} | {v.title}{' (change)' if v.is_change and 'change' not in v.title else ''} |"
        for name, v in VARIABLES.items()
    ]
    lines += ["", "The importer `other codes` stands for what leaves in codes that are not at hand; its buyers belong to no country.", ""]
    lines += ["## JSON", "", "One document. Figures that do not exist or are not finite are null.", "", "| field | content |", "|---|---|"]
    lines += [f"| {field} | {content} |" for field, content in DOCUMENT]
    lines += [
        "",
        "A figure is `{before, after: {median, low, high, low_within, high_within}, change: {median, low, high}, relative_change: {median, low, high}}`; relative changes are",
        "fractions of the level before, null where that is not above 0. Without draws there is a median only.",
        "",
        "## CSV and Parquet",
        "",
        "One row a variable and country, route or limit; the world's code is WLD. Columns: " + ", ".join(f"`{c}`" for c in TIDY_COLUMNS) + ".",
        "`--show` chooses: summary and countries (variables by country and of the world), welfare (money only), routes, limits, elasticities. A scenario that only values a fund gives its answers, a territory its minerals.",
        "",
        "## Measures",
        "",
        "Fields and what they may hold: `maadin simulate --schema`. " + ", ".join(f"`{noun}`" for noun in MEASURES) + ".",
        "",
    ]  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")

"""The two kinds of market on the same measures, side by side. Run: python docs/explanation/kinds.py [draws]

Medians with 90 % intervals over draws; the same elasticities and draws for both kinds, as far as each has a place for them.
"""

from __future__ import annotations

import sys
import time

from maadin.market.benchmark import Benchmark
from maadin.policy import Reopen, Scenario, Tariff
from maadin.policy.library import load
from maadin.policy.outcome import Outcome
from maadin.policy.run import simulate
from maadin.policy.spatial_run import simulate_spatial

DRAWS = 200
LEVELS = (  # variable, country, of the change in percent
    ("US price to users", "price_use_usd_per_t", "USA"), ("US output", "output_t", "USA"), ("US use", "use_t", "USA"),
    ("US imports", "imports_t", "USA"), ("Canada's price at home", "price_fob_usd_per_t", "CAN"), ("Canada's output", "output_t", "CAN"),
    ("Russia's price at home", "price_fob_usd_per_t", "RUS"), ("world price", "world_price_usd_per_t", None),
    ("world trade", "world_trade_t", None),
)  # fmt: skip
MONEY = (  # million USD
    ("US revenue from duties", "tariff_revenue_usd", "USA"), ("US users' surplus", "consumer_surplus_change_usd", "USA"),
    ("US producers' surplus", "producer_surplus_change_usd", "USA"), ("US welfare", "welfare_change_usd", "USA"),
    ("Canada's welfare", "welfare_change_usd", "CAN"), ("world welfare", "world_welfare_change_usd", None),
)  # fmt: skip
ROUTES = ("CAN", "ARE", "ZAF", "ARG", "IND", "RUS")


def cells(o: Outcome, variable: str, country: str | None) -> tuple[float, list[float]]:
    """Level before, and median, low and high after."""
    before, after = o.benchmark[variable], o.counterfactual[variable]
    if country:
        before, after = before.sel(country=country), after.sel(country=country)
    return float(before), [float(v) for v in after.values[:3]]


def row(name: str, shown: list[str]) -> str:
    """A line of the table."""
    return f"| {name} | " + " | ".join(shown) + " |"


def percent(o: Outcome, variable: str, country: str | None) -> str:
    """Change in percent with its interval."""
    before, (middle, low, high) = cells(o, variable, country)
    return f"{100 * (middle / before - 1):+.1f}% ({100 * (low / before - 1):+.1f} to {100 * (high / before - 1):+.1f})"


def million(o: Outcome, variable: str, country: str | None) -> str:
    """Change in million USD with its interval."""
    before, after = cells(o, variable, country)
    middle, low, high = ((v - before) / 1e6 for v in after)
    return f"{middle:+,.0f} ({low:+,.0f} to {high:+,.0f})"


def routes(o: Outcome) -> list[str]:
    """Shipments to the United States in thousand tonnes, before and after."""
    before, after = o.benchmark["trade_t"], o.counterfactual["trade_t"].isel(statistic=0)
    return [
        f"{float(before.sel(exporter=e, importer='USA')) / 1e3:,.0f} -> {float(after.sel(exporter=e, importer='USA')) / 1e3:,.0f}"
        for e in ROUTES
    ]


def compare(title: str, benchmark: Benchmark, scenario: Scenario, draws: int) -> list[str]:
    """Both kinds on one scenario."""
    begun = time.perf_counter()
    first = simulate(benchmark, scenario, draws=draws, within=False)
    between = time.perf_counter()
    second = simulate_spatial(benchmark, scenario, draws=draws, within=False)
    took = between - begun, time.perf_counter() - between
    lines = [f"\n{title}\n", row("", ["told apart by origin", "homogeneous"]), "|---|---|---|"]
    lines += [row(name, [percent(o, v, c) for o in (first, second)]) for name, v, c in LEVELS]
    lines += [row(f"{name}, million USD", [million(o, v, c) for o in (first, second)]) for name, v, c in MONEY]
    lines += [row(f"{e} to the US, kt", [a, b]) for e, a, b in zip(ROUTES, routes(first), routes(second), strict=True)]
    lines.append(f"\n{draws} draws: {took[0]:.1f} s and {took[1]:.1f} s; residual {first.residual:.0e} and {second.residual:.0e}")
    return lines


def freight_rates(benchmark: Benchmark, scenario: Scenario) -> list[str]:
    """What the assumed freight rate does, at the medians."""
    lines = [
        "\nFreight, homogeneous, at the medians\n",
        "| USD per tonne-km | US price | US output | Canada's price | US welfare, million USD |",
        "|---|---|---|---|---|",
    ]
    for rate in (0.005, 0.01, 0.02):
        o = simulate_spatial(benchmark, scenario, draws=0, freight=rate)
        wanted = [("price_use_usd_per_t", "USA"), ("output_t", "USA"), ("price_fob_usd_per_t", "CAN")]
        shown = [f"{100 * (cells(o, v, c)[1][0] / cells(o, v, c)[0] - 1):+.1f}%" for v, c in wanted]
        lines.append(row(f"{rate:g}", [*shown, f"{cells(o, 'welfare_change_usd', 'USA')[1][0] / 1e6:+,.0f}"]))
    return lines


def main(draws: int) -> None:
    """Print all tables."""
    benchmark = Benchmark.from_facts("aluminium", 2024)
    tariff = load("us-aluminium-tariff-25")
    opened = Scenario(
        "Russian metal let in", measures=[Tariff(importer="USA", exporter="RUS", rate=0.0, mode="set"), Reopen(exporter="RUS", importer="USA", open_year=2017)]
    )  # fmt: skip
    lines = compare("US 25% on aluminium, 2024", benchmark, tariff, draws)
    lines += freight_rates(benchmark, tariff)
    lines += compare("Russian metal let into the US, 2024", benchmark, opened, draws)
    offer = simulate(benchmark, load("russia-aluminium-offer-2mt"), draws=draws, within=False)
    discount, placed = (offer.counterfactual[v].values[0, :3] for v in ("limit_wedge", "limit_t"))
    lines.append(
        f"\nThe offer of 2 Mt, told apart by origin: discount {-100 * discount[0]:.0f}% ({-100 * discount[2]:.0f} to {-100 * discount[1]:.0f}), placed {placed[0] / 1e6:.2f} Mt ({placed[1] / 1e6:.2f} to {placed[2] / 1e6:.2f})"
    )
    lines += compare(
        "US 200% on Russian metal, on the market of 2022", Benchmark.from_facts("aluminium", 2022), load("us-russia-aluminium-200"), draws
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS)

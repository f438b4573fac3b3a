"""Metamorphic: whoever alters a figure, a country, a year or a metal of the article gets another verdict and another scenario; other statements stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maadin.policy.measures import Capacity, ResourceFund, SupplyOffer, Tariff
from maadin.reading.briefing import Brief, brief_of
from maadin.reading.read import read
from maadin.reading.statement import Statement

ARTICLE = (Path(__file__).parents[3] / "examples" / "article_en.txt").read_text("utf-8")
PUBLISHED = date(2025, 2, 25)

RANK = "Russia is second only to China among the world's aluminium producers"
BOUND = "Russian shipments to the United States had not exceeded one million tonnes"
RUSSIAN_DUTY = "a 200% duty on Russian aluminium in 2023"
DUTY = "a 25% tariff on all aluminium imports"
OFFER = "sell the United States two million tonnes of aluminium"
MORE = "Russia, he said, holds far more of these metals than Ukraine"
NEED = "The United States needs rare earths"
LACK = "yet the country has no large reserves"
LAG = "lags far behind in production"
FUND = "a fund of $500 billion that the United States demanded"
PROJECT = "a joint venture with American companies to smelt aluminium"


def made(passage: str, altered: str = "") -> Brief:
    """The brief of what the whole article, with a passage altered, says in that passage: no draws, the medians answer the question."""
    assert ARTICLE.count(passage) == 1
    text = ARTICLE.replace(passage, altered or passage)
    start = text.index(altered or passage)
    end = start + len(altered or passage)
    reading = read(text, PUBLISHED)
    kept = tuple(s for s in reading.statements if s.span[0] < end and s.span[1] > start)
    assert kept, f"nothing is read in {altered or passage!r}"
    return brief_of(text, type(reading)(statements=kept, published=PUBLISHED, characters=len(text)), draws=0, workers=1)


def answer(b: Brief) -> str:
    verdict = b.verdicts[0].verdict
    assert verdict is not None
    return verdict.now.verdict


@pytest.mark.parametrize(
    ("passage", "altered", "before", "after"),
    [
        (RANK, RANK.replace("Russia is", "India is"), "depends", "supported"),
        (RANK, RANK.replace("Russia is", "Brazil is"), "depends", "contradicted"),
        (BOUND, BOUND.replace("one million", "50,000"), "depends", "contradicted"),
        (BOUND, BOUND.replace("Russian", "Canadian"), "depends", "contradicted"),
        (RUSSIAN_DUTY, RUSSIAN_DUTY.replace("200%", "20%"), "supported", "not_listed"),
        (RUSSIAN_DUTY, RUSSIAN_DUTY.replace("2023", "2015"), "supported", "not_listed"),
        (RUSSIAN_DUTY, RUSSIAN_DUTY.replace("Russian", "Indian"), "supported", "not_listed"),
        (RUSSIAN_DUTY, RUSSIAN_DUTY.replace("aluminium", "copper"), "supported", "not_listed"),
        (MORE, MORE.replace("Ukraine", "Canada"), "not_listed", "supported"),
        (MORE, MORE.replace("Ukraine", "China"), "not_listed", "contradicted"),
        (NEED, NEED.replace("The United States", "China"), "supported", "depends"),
        (LACK, LACK.replace("the country", "China"), "not_listed", "contradicted"),
        (LAG, "leads the world in production", "supported", "contradicted"),
    ],
)
def test_another_figure_country_year_or_metal_gives_another_verdict(passage: str, altered: str, before: str, after: str) -> None:
    assert (answer(made(passage)), answer(made(passage, altered))) == (before, after)


def scenario(b: Brief, kind: type) -> dict[str, Any]:
    """The first measure of a kind in the first scenario, as its file has it, and its market."""
    found = b.simulations[0].scenario
    assert found is not None
    assert b.simulations[0].is_done
    measure = next(m for m in found.measures if isinstance(m, kind))
    return {**measure.model_dump(), "year": found.year, "commodity": found.commodity}


@pytest.mark.parametrize(
    ("passage", "kind", "old", "new", "changed"),
    [
        (RUSSIAN_DUTY, Tariff, "200%", "20%", {"rate": ("200%", "20%")}),
        (RUSSIAN_DUTY, Tariff, "2023", "2015", {"year": (2022, 2014)}),
        (RUSSIAN_DUTY, Tariff, "Russian", "Indian", {"exporter": ("RUS", "IND")}),
        (DUTY, Tariff, "25%", "40%", {"rate": ("25%", "40%")}),
        (OFFER, SupplyOffer, "two million", "half a million", {"tonnes": ("2 Mt", "500 kt")}),
        (FUND, ResourceFund, "$500 billion", "$50 billion", {"value": ("500 billion USD", "50 billion USD")}),
        (PROJECT, Capacity, "American", "Chinese", {"partner": ("USA", "CHN")}),
    ],
)
def test_another_figure_country_or_year_gives_another_scenario(
    passage: str, kind: type, old: str, new: str, changed: dict[str, tuple[Any, Any]]
) -> None:
    assert passage.count(old) == 1
    before, after = scenario(made(passage), kind), scenario(made(passage, passage.replace(old, new)), kind)
    assert {name: (before[name], after[name]) for name in before if before[name] != after[name]} == changed


def test_a_higher_duty_costs_buyers_more() -> None:
    def price(b: Brief) -> float:
        o = b.simulations[0].outcome
        assert o is not None
        return float(o.counterfactual["price_use_usd_per_t"].sel(country="USA", statistic="median"))

    low, told, high = (price(made(DUTY, DUTY.replace("25%", rate))) for rate in ("10%", "25%", "50%"))
    assert low < told < high


def test_a_metal_that_does_not_go_there_has_no_scenario_and_says_why() -> None:
    first = made(OFFER, OFFER.replace("aluminium", "copper")).simulations[0]
    assert first.scenario is None
    assert first.proposed.because is not None
    assert first.proposed.because.id == "no_trade_on_route"


def test_what_stands_elsewhere_in_the_article_stays_as_it_is() -> None:
    def others(text: str, passage: str) -> list[dict[str, Any]]:
        start, end = text.index(passage), text.index(passage) + len(passage)
        return [_without_place(s) for s in read(text, PUBLISHED).statements if s.span[1] <= start or s.span[0] >= end]

    for passage, altered in (
        (RUSSIAN_DUTY, RUSSIAN_DUTY.replace("200%", "20%")),
        (FUND, FUND.replace("500", "50")),
        (LAG, "leads the world in production"),
    ):
        assert others(ARTICLE, passage) == others(ARTICLE.replace(passage, altered), altered)


def _without_place(s: Statement) -> dict[str, Any]:
    return {name: value for name, value in s.to_data().items() if name not in ("span", "id")}

"""Pages: complete in themselves, accessible, the same figures in both languages, and every text that is not ours without effect."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from maadin.cli.app import app
from maadin.facts.ask import derived, measures, prices, quantities, reliance, trade
from maadin.facts.table import Table
from maadin.policy.library import library, load
from maadin.policy.outcome import Outcome
from maadin.policy.scenario import Scenario
from maadin.policy.valued import list_territory, value_fund
from maadin.report.html import facts, render, simulation
from maadin.report.html.figures import Figure
from maadin.report.html.model import Code, KeyFigure, Page, Part, Row, Said, Section, parts_of
from maadin.report.html.render import Assets
from maadin.report.sheets import Block, Column
from maadin.report.words import LANGUAGES, Language, texts

from .conftest import Read

LARGEST = 5_000_000  # bytes
SECONDS = 2.0  # for a page; 0.1 on an idle machine, the tests share theirs
HOSTILE = "</style></title><script>alert(1)</script><img src=x onerror=alert(2)> \"quoted' \u202egnp.exe\u2066 & *stressed* \x00\ud800"


ASKED: dict[str, Callable[[], Table]] = {
    "production": lambda: quantities.production("aluminium", year="2018-2024"),
    "reserves": lambda: quantities.reserves("rare earths"),
    "releases": lambda: quantities.reserves("rare earths", country="Russia,Ukraine"),
    "years": lambda: derived.years_of_reserves("copper"),
    "route": lambda: trade.trade("aluminium", exporter="Russia", importer="USA"),
    "partners": lambda: trade.trade("aluminium", importer="USA"),
    "pairs": lambda: trade.trade("aluminium", exporter="Russia,Canada", importer="USA,Mexico", year=2022),
    "prices": lambda: prices.prices("aluminium"),
    "months": lambda: prices.prices("aluminium", monthly=True),
    "reliance": lambda: reliance.reliance("rare earths"),
    "hhi": lambda: derived.hhi("aluminium", year="2018-2024"),
    "hhi_of_a_year": lambda: derived.hhi("aluminium"),
    "compare": lambda: derived.compare("aluminium", country="Russia,India"),
    "measures": lambda: measures.measures("aluminium", imposing="USA"),
    "nothing": lambda: quantities.production("helium", year=1950),
}


@cache
def table(name: str) -> Table:
    return ASKED[name]()


def drawn(part: Part) -> list[Figure]:
    return [part] if isinstance(part, Figure) else list(part.figures) if isinstance(part, Row) else []


def figures(page: Page) -> list[Figure]:
    return [figure for section in page.sections for part in section.parts for figure in drawn(part)]


def checked(html: str, language: Language) -> Read:
    """A page that stands alone, is well formed and accessible as far as its text tells."""
    read = Read(html)
    assert not read.wrong and not read.open, (read.wrong, read.open)
    (root,) = read.all("html")
    assert (root["lang"], root["dir"]) == (language, "rtl" if language == "ar" else "ltr")
    assert len(html.encode("utf-8")) < LARGEST
    for name, attributes in read.elements:
        for key, value in attributes.items():
            assert not key.startswith("on"), (name, key)
            assert key != "style"
            if key in ("src", "href", "action", "xlink:href", "srcset"):
                assert (value or "").startswith("#"), (name, key, value)
    assert "url(" not in re.sub(r"url\(data:font/woff2;base64,[A-Za-z0-9+/=]+\)", "", html)
    assert not re.search(r"@import|https?://(?!www\.w3\.org/2000/svg)", html)
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), levels
    assert [len(read.all(tag)) for tag in ("main", "header", "footer")] == [1, len(read.all("header")), 1]
    assert all((svg.get("role") == "img" and svg.get("aria-label")) or svg.get("aria-hidden") == "true" for svg in read.all("svg"))
    assert all(cell.get("scope") in ("col", "row") for cell in read.all("th"))
    ids = [a["id"] for _, a in read.elements if "id" in a]
    assert len(ids) == len(set(ids))
    targets = {a["href"] for a in read.all("a")}
    assert {str(t).removeprefix("#") for t in targets} <= set(ids)
    return read


def numerals(html: str) -> list[str]:
    """The numbers that a reader sees, without those of the style."""
    words = Read(html).text.replace("\u200e", "").replace("\u200f", "")
    return sorted(re.findall(r"\d[\d,.]*\d|\d", words))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(ASKED))
def test_every_table_of_the_facts_has_a_page(name: str, language: Language) -> None:
    started = time.perf_counter()
    page = facts.page([table(name)], language, command="maadin facts x")
    html = render.render(page)
    assert time.perf_counter() - started < SECONDS
    read = checked(html, language)
    assert page.title in read.text
    for figure in figures(page):
        assert figure.title and figure.alt and figure.source and figure.data.columns
        assert len({len(c.cells) for c in figure.data.columns}) == 1
    assert bool(figures(page)) == (name not in ("measures", "nothing"))


@pytest.mark.parametrize("name", list(ASKED))
def test_both_languages_have_the_same_numbers(name: str) -> None:
    pages = [facts.page([table(name)], language) for language in LANGUAGES]
    assert [len(figures(page)) for page in pages] == [len(figures(pages[0]))] * 2
    for one, other in zip(*(figures(page) for page in pages), strict=True):
        in_english, in_arabic = (
            sorted(re.findall(r"\d[\d,.]*", " ".join(c for column in f.data.columns for c in column.cells if column.numeric)))
            for f in (one, other)
        )
        assert in_english == in_arabic
    assert [numerals(str(f.drawn("en")[0][1])) for f in figures(pages[0])] == [
        numerals(str(f.drawn("ar")[0][1])) for f in figures(pages[1])
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_simulation_draws_prices_welfare_a_map_and_the_flows(tariff: Outcome, language: Language) -> None:
    started = time.perf_counter()
    page = simulation.page(tariff.scenario, tariff, [], language, command="maadin simulate x --draws 32")
    html = render.render(page)
    assert time.perf_counter() - started < SECONDS
    read = checked(html, language)
    assert [type(f.drawing).__name__ for f in figures(page)] == ["Dots", "Dots", "World", "Sankey"]
    assert len(page.keys) == 4
    assert "maadin simulate x --draws 32" in read.text
    assert "- tariff: {importer: USA" in read.text  # the scenario, to be copied
    assert len([svg for svg in read.all("svg") if svg.get("role") == "img"]) == 2 + 2 + 1 + 3


def test_a_simulation_has_the_same_numbers_in_both_languages(tariff: Outcome) -> None:
    pages = [simulation.page(tariff.scenario, tariff, [], language) for language in LANGUAGES]
    assert [k.shown.strip("\u200e") for k in pages[0].keys] == [k.shown.strip("\u200e") for k in pages[1].keys]
    for one, other in zip(*(figures(page) for page in pages), strict=True):
        assert [numerals(str(svg)) for _, svg in one.drawn("en")] == [numerals(str(svg)) for _, svg in other.drawn("ar")]


def test_without_draws_there_are_no_intervals(tariff_at_medians: Outcome) -> None:
    page = simulation.page(tariff_at_medians.scenario, tariff_at_medians, [], "en")
    html = render.render(page)
    checked(html, "en")
    assert 'class="range' not in html and "90% interval" not in Read(html).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_valued_outside_the_market_has_a_page(language: Language) -> None:
    fund, territory = load("ukraine-resource-fund"), load("ukraine-territory")
    page = simulation.page(fund, None, [value_fund(fund.valued_measures[0], fund.year)], language)  # type: ignore[arg-type]
    checked(render.render(page), language)
    assert [type(f.drawing).__name__ for f in figures(page)] == ["Bars"]
    page = simulation.page(territory, None, [list_territory(territory.valued_measures[0], territory.year)], language)  # type: ignore[arg-type]
    assert not figures(page)
    checked(render.render(page), language)


def test_countries_that_were_asked_for_are_the_ones_drawn(tariff: Outcome) -> None:
    page = simulation.page(tariff.scenario, tariff, [], "en", only=["CAN", "NOR"])
    assert figures(page)[0].data.columns[0].cells == ["Canada", "Norway"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_others_have_no_effect(tariff: Outcome, language: Language) -> None:
    scenario = Scenario.model_validate({**tariff.scenario.to_data(), "name": HOSTILE[:80], "source": HOSTILE[:90]})
    column = Column(HOSTILE, [HOSTILE, f"{HOSTILE} [1, 2]"], numeric=False)
    block = Block(HOSTILE, [column], [HOSTILE])
    page = Page(
        language, HOSTILE, HOSTILE, lead=[HOSTILE], measures=[HOSTILE], keys=[KeyFigure(HOSTILE, HOSTILE, HOSTILE, HOSTILE)], notes=[HOSTILE],
        sections=[Section("a", HOSTILE, [block, Said(HOSTILE, [HOSTILE]), Said("", [HOSTILE], is_list=False), Code(HOSTILE, HOSTILE), Code(HOSTILE, HOSTILE, folded=True)], lead=HOSTILE, notes=[HOSTILE])],
        sources=HOSTILE, remarks=[HOSTILE],
    )  # fmt: skip
    for html in (render.render(page), render.render(simulation.page(scenario, tariff, [], language))):
        read = Read(html)
        assert not read.wrong and not read.open
        assert len(read.all("script")) == len(read.all("style")) == 1
        assert not read.all("img")
        assert not [a for _, a in read.elements if any(key.startswith("on") for key in a)]
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", html)
        html.encode("utf-8")
    assert "<em>stressed</em>" in render.render(page)


def test_only_the_style_and_script_of_the_page_count_and_both_are_as_hashed() -> None:
    html = render.render(facts.page([table("reserves")], "en"))
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    policy = policy.replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_a_served_page_keeps_style_and_script_apart() -> None:
    html = render.render(facts.page([table("reserves")], "en"), Assets("/static/page.css", "/static/page.js"))
    assert "<style" not in html and not re.search(r"<script>", html)
    assert '<link rel="stylesheet" href="/static/page.css">' in html and '<script src="/static/page.js" defer></script>' in html
    assert "Content-Security-Policy" not in html  # the server sends its own


def test_a_drawing_alone_is_a_file_with_its_style() -> None:
    figure = figures(facts.page([table("reserves")], "ar"))[0]
    svg = render.standalone(figure, "ar")
    assert svg.startswith("<svg xmlns=") and "<style>" in svg and svg.rstrip().endswith("</svg>")
    assert 'width="540"' in svg and 'width="340"' in render.standalone(figure, "ar", 340)


def test_sentences_of_a_sheet_become_lists_and_tables_stay_tables() -> None:
    block = Block("c", [Column("h", ["1"])])
    assert parts_of([block, Block("c", [], ["• a", "• b"]), Block("", [], ["a"])]) == [
        block,
        Said("c", ["a", "b"]),
        Said("", ["a"], is_list=False),
    ]


def test_every_text_of_the_pages_is_there_in_both_languages() -> None:
    for key, entry in texts()["pages"].items():
        assert set(entry) == {"en", "ar"} and all(entry.values()), key
        assert len({tuple(sorted(re.findall(r"{(\w+)", text))) for text in entry.values()}) == 1, key


def test_pages_are_loaded_only_when_asked_for() -> None:
    code = "import sys, maadin, maadin.cli.app; print([m for m in sys.modules if m.startswith(('jinja2', 'markupsafe', 'maadin.report.html'))])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, arguments)
    return done.exit_code, done.stdout, str(done.exception or "") + done.stderr


def test_the_command_writes_a_page_beside_what_it_prints(tmp_path: Path) -> None:
    file = tmp_path / "reserves.html"
    plain = run("facts", "reserves", "rare earths", "--format", "csv")[1]
    code, printed, said = run("facts", "reserves", "rare earths", "--format", "csv", "--html", str(file), "--lang", "ar")
    assert code == 0 and printed == plain
    assert str(file) in said
    read = checked(file.read_text("utf-8"), "ar")
    assert "maadin facts reserves 'rare earths' --lang ar" in read.text
    assert [f.name for f in tmp_path.iterdir()] == ["reserves.html"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("sheet", "graphite"),
        ("benchmark", "aluminium", "--year", "2022"),
        ("trade", "aluminium", "--country", "USA"),
        ("commodities", "copper"),
        ("regions", "EU27"),
    ],
)
def test_sheets_benchmarks_and_lists_have_pages_too(arguments: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    code, _, said = run("facts", *arguments, "--html", str(file))
    assert code == 0, said
    read = checked(file.read_text("utf-8"), "en")
    assert f"maadin facts {' '.join(arguments)}" in read.text
    if arguments[0] in ("trade", "sheet"):
        assert "Natural Earth" in read.text  # all partners, not those of the printed table


def test_a_simulation_is_written_as_a_page(tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    code, _, said = run("simulate", "us-aluminium-tariff-25", "--draws", "8", "--html", str(file))
    assert code == 0, said
    assert "--draws 8" in checked(file.read_text("utf-8"), "en").text


@pytest.mark.parametrize("command", [("facts", "reserves", "copper"), ("simulate", "us-aluminium-tariff-25")])
def test_a_place_that_cannot_be_written_is_refused_at_once(command: tuple[str, ...], tmp_path: Path) -> None:
    started = time.perf_counter()
    code, _, said = run(*command, "--html", str(tmp_path))
    assert code != 0 and "is a folder" in said
    code, _, said = run(*command, "--html", str(tmp_path / "missing" / "x.html"))
    assert code != 0 and "there is no folder" in said
    assert time.perf_counter() - started < SECONDS
    assert not list(tmp_path.iterdir())


def test_every_ready_made_scenario_can_be_named_on_a_page() -> None:
    for name in library():
        assert load(name).to_yaml()

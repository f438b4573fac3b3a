"""Pages of backtests: complete, accessible, the same figures in both languages, and texts of an event file without effect."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from maadin.experiments.backtest import Event, Record, keep_record
from maadin.experiments.backtest.fitting import Fitted
from maadin.experiments.backtest.record import NotRun
from maadin.report.html import backtest, render
from maadin.report.html.compared import Compared, Line, Marked
from maadin.report.html.figures import MIDDLE, NARROW, WIDE, Figure
from maadin.report.html.svg import Paper
from maadin.report.words import LANGUAGES, Language

from .conftest import Read
from .test_pages import HOSTILE, LARGEST, checked, figures, numerals

FOLDER = Path(__file__).parents[2] / "experiments" / "backtest" / "events"


@pytest.fixture(scope="module")
def record() -> Record:
    made = keep_record([Event.from_file(file) for file in sorted(FOLDER.glob("*.yaml"))], draws=16)
    fitted = tuple(Fitted(1.4, 5, t.parties.model, t.world.model) for t in made.tests)
    return replace(made, fitted=fitted, not_run=(NotRun(made.tests[0].event.model_copy(update={"id": "gone"}), "no trade"),))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_record_is_on_top_then_a_section_an_event(record: Record, language: Language) -> None:
    page = backtest.record_page(record, language, command="maadin backtest")
    read = checked(render.render(page), language)
    ids = [a["id"] for a in read.all("section") if "id" in a]
    assert ids[:2] == ["balanced", "imports-only"] and ids.index("not-run") < ids.index("entries")
    assert ids.index("entries") < ids.index("event-indonesian-nickel") < ids.index("event-russian-aluminium") < ids.index("basis")
    assert {a["href"] for a in read.all("a")} >= {f"#event-{t.event.id}" for t in record.tests}
    assert [type(f.drawing).__name__ for f in figures(page)] == ["Compared"] * 4
    assert all(f.title and f.alt and f.source and f.data.columns for f in figures(page))
    assert "maadin backtest" in read.text and "no trade" in read.text
    assert page.keys[0].shown.startswith(str(record.summary().beaten_no_change))  # type: ignore[union-attr]  # it has events


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_room_for_many_events(record: Record, language: Language) -> None:
    """Seventy events stay below 5 MB: 0.3 MB of style and typeface, the rest theirs."""
    html = render.render(backtest.record_page(record, language))
    start = html.index('<section id="event-indonesian-nickel"')
    assert len(html[start : html.index('<section id="basis"')].encode("utf-8")) / 2 < (LARGEST - 300_000) / 70


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_event_has_a_page(record: Record, language: Language) -> None:
    t = record.tests[1]
    page = backtest.page(t, language, command="maadin backtest x", fitted=record.fitted[1])
    read = checked(render.render(page), language)
    assert page.title == t.event.name.says(language) and page.title in read.text
    assert [s.id for s in page.sections] == ["errors", "partners", "prices", "told", "basis", "again"]
    assert "id: russian-aluminium" in read.text and "- tariff: {importer: USA" in read.text  # the event, to be copied
    file = next(part.text for part in page.sections[-1].parts if getattr(part, "folded", False))
    assert Event.from_file(file) == t.event


def test_both_languages_have_the_same_numbers(record: Record) -> None:
    pages = [backtest.record_page(record, language) for language in LANGUAGES]
    assert [re.findall(r"\d+", k.shown) for k in pages[0].keys] == [re.findall(r"\d+", k.shown) for k in pages[1].keys]
    for one, other in zip(*(figures(page) for page in pages), strict=True):
        in_english, in_arabic = (
            sorted(re.findall(r"\d(?:[\d,.]*\d)?", " ".join(c for column in f.data.columns for c in column.cells if column.numeric)))
            for f in (one, other)
        )
        assert in_english == in_arabic
        label = {line.label for f in (one, other) for line in f.drawing.lines}  # type: ignore[attr-defined]  # it is Compared

        def drawn(figure: Figure, language: Language, labels: set[str] = label) -> list[str]:
            svg = str(figure.drawn(language)[-1][1])
            for text in labels:
                svg = svg.replace(text, "")
            return numerals(svg)

        assert drawn(one, "en") == drawn(other, "ar")


def test_without_draws_no_narrow_interval_is_drawn(record: Record) -> None:
    bare = replace(record.tests[0], draws=0)
    html = render.render(backtest.page(bare, "en"))
    checked(html, "en")
    assert 'class="span wide"' in html and 'class="span narrow"' not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_an_event_file_have_no_effect(record: Record, language: Language) -> None:
    safe = HOSTILE.replace("\x00", "").replace("\ud800", "")
    data = {**record.tests[0].event.to_data(), "name": safe, "lesson": safe, "also": [safe], "assumes": [safe], "source": safe}
    t = replace(record.tests[0], event=Event(**data))
    for page in (backtest.page(t, language), backtest.record_page(replace(record, tests=(t, record.tests[1])), language)):
        html = render.render(page)
        read = Read(html)
        assert not read.wrong and not read.open
        assert len(read.all("script")) == len(read.all("style")) == 1 and not read.all("img")
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", html)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [NARROW, MIDDLE, WIDE])
def test_marks_stand_where_their_figures_are(width: int, language: Language) -> None:
    line = Line(
        "somewhere to elsewhere",
        [Marked(10, "10%", "ring", "s6"), Marked(40, "40%", "disc", "s1"), Marked(20, "20%", "diamond", "s2")],
        [(5, 90, "wide"), (15, 50, "narrow")], is_set_off=True,
    )  # fmt: skip
    svg = str(Compared([line], lambda v: f"{v:g}%", ["a", "b", "c"]).draw(Paper(width, language), "described"))
    ring, disc = (float(x) for x in re.findall(r'cx="([\d.]+)"', svg))
    (diamond,) = (float(x) for x in re.findall(r'd="M([\d.]+) ', svg))
    assert (diamond - ring) / (disc - ring) == pytest.approx(1 / 3, abs=0.02)  # numbers run from left to right in both languages
    assert 0 < ring < diamond < disc < width
    for x, span in re.findall(r'x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="[\d.]+" class="span', svg):
        assert float(x) >= 0 and float(x) + float(span) <= width
    assert 'class="flag"' in svg and 'aria-label="described"' in svg


def test_long_names_get_a_line_of_their_own_where_there_is_no_room() -> None:
    marks = [Marked(v, f"{v}%", "disc", "s1") for v in (10, 20, 30)]
    short, long = (
        Compared([Line(label, marks)], str).draw(Paper(NARROW, "en"), "")
        for label in ("short", "a name that is long indeed and far too long")
    )
    height = [float(re.search(r'height="([\d.]+)"', str(svg))[1]) for svg in (short, long)]  # type: ignore[index]  # it is there
    assert height[1] > height[0] and "far too long</text>" in str(long)

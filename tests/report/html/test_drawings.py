"""Drawings: well-formed, within their sheet, mirrored where they are read from the right, and honest about what is missing, nothing or negative."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from xml.etree import ElementTree

import pytest

from maadin.report.html.bars import Bar, Bars
from maadin.report.html.dots import Dot, Dots
from maadin.report.html.figures import Drawing, Figure
from maadin.report.html.lines import Lines, Point, Series, spread_out
from maadin.report.html.sankey import Flow, Sankey
from maadin.report.html.scales import decimals_of, round_breaks, steps
from maadin.report.html.shown import marks_of
from maadin.report.html.svg import Paper, clean, element, typeset
from maadin.report.html.typeface import fitted, lines_of, width_of
from maadin.report.html.world import World, drawn_places
from maadin.report.sheets import Block
from maadin.report.words import LANGUAGES, Language

SVG = "{http://www.w3.org/2000/svg}"
MARK = marks_of("en")
LONG = "Democratic People's Republic of a very long name that no column holds"
BARS = [Bar("China", "44.0 · 60%", 44.0, 40.0, 47.0), Bar(LONG, "-3", -3.0), Bar("Chile", "0", 0.0), Bar("Ukraine", "not listed", None)]
DOTS = [
    Dot("USA", "+17.7%", "[16.2, 18.4]", 17.7, 16.2, 18.4),
    Dot(LONG, "-3.2%", "[-4.7, 2.5]", -3.2, -4.7, 2.5),
    Dot("Chad", "–", "", None),
]
YEARS = [Point(2020 + n, v, str(v), str(2020 + n), hollow=n == 3) for n, v in enumerate([3.0, None, -2.0, 5.0])]
FLOWS = [Flow("Canada", "USA", 1730.0, 1242.0, lit=True), Flow(LONG, "USA", 1.0, 0.0), Flow("Canada", "Mexico", 0.0, 312.0)]
DRAWINGS: Sequence[Drawing] = (
    Bars([("", BARS)]), Bars([("MCS", BARS[:2]), ("WMD", BARS[2:])]), Dots(DOTS, MARK),
    Lines([Series("China", YEARS), Series(LONG, YEARS[:1], "s2")], MARK, [2020.1, 2020.2, 2023.4]),
    Sankey(FLOWS, ("Before", "After"), str), Sankey(FLOWS, ("",), str), World({"RUS": "p3", "BHR": "n1"}, {"RUS": "Russia: 3"}),
)  # fmt: skip
EMPTY: Sequence[Drawing] = (
    Bars([("", [])]), Bars([]), Dots([], MARK), Lines([], MARK), Lines([Series("x", YEARS[1:2])], MARK), Sankey([], ("Before", "After"), str),
    Sankey([Flow("a", "b", 0.0, 0.0)], ("Before", "After"), str), World({}, {}),
)  # fmt: skip


def drawn(drawing: Drawing, language: Language = "en", size: int | None = None) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.draw(Paper(size or max(drawing.sizes), language), "What it shows"))


def numbers(element_: ElementTree.Element, *names: str) -> list[float]:
    return [float(element_.attrib[name]) for name in names]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("drawing", [*DRAWINGS, *EMPTY])
def test_every_drawing_is_well_formed_and_described_in_each_of_its_widths(drawing: Drawing, language: Language) -> None:
    for size in drawing.sizes:
        root = drawn(drawing, language, size)
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"] == "What it shows"
        assert root.attrib["direction"] == ("rtl" if language == "ar" else "ltr")
        assert not [e for e in root.iter() if "style" in e.attrib or any(name.startswith("on") for name in e.attrib)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("drawing", DRAWINGS)
def test_marks_stay_within_their_sheet(drawing: Drawing, language: Language) -> None:
    for size in drawing.sizes:
        root = drawn(drawing, language, size)
        left, top, width, height = map(float, root.attrib["viewBox"].split())
        for mark in root.iter():
            if mark.tag == f"{SVG}rect":
                x, y, w, h = numbers(mark, "x", "y", "width", "height")
                assert w >= 0 and h >= 0
                if mark.attrib.get("class") != "strip":
                    assert left - 0.1 <= x <= x + w <= left + width + 0.1 and y + h <= top + height + 0.1
            elif mark.tag == f"{SVG}line":
                assert all(left - 0.1 <= x <= left + width + 0.1 for x in numbers(mark, "x1", "x2"))
            elif mark.tag == f"{SVG}text":
                x, y = numbers(mark, "x", "y")
                assert 0 <= y <= height
                said = "".join(t for e in [mark] if (t := e.text)) + "".join(e.tail or "" for e in mark)
                room = {"end": x, "middle": 2 * min(x, width - x)}.get(mark.attrib.get("text-anchor", "start"), width - x)
                if language == "en":
                    assert width_of(said, float(mark.attrib["font-size"])) <= room + 6, said


def test_a_bar_from_the_right_is_the_mirror_of_one_from_the_left() -> None:
    bars = Bars([("", BARS[:1])])
    (left,), (right,) = ([e for e in drawn(bars, language).iter(f"{SVG}rect")] for language in LANGUAGES)
    x, width = numbers(left, "x", "width")
    assert numbers(right, "x", "width") == pytest.approx([max(bars.sizes) - x - width, width], abs=0.11)


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_changes_and_years_run_from_left_to_right_in_both_languages(language: Language) -> None:
    dots = drawn(Dots(DOTS, MARK), language)
    first, second = (float(e.attrib["cx"]) for e in dots.iter(f"{SVG}circle"))
    assert first > second  # +17.7 stands to the right of -3.2
    curve = next(e for e in drawn(Lines([Series("x", [YEARS[0], YEARS[2], YEARS[3]])], MARK), language).iter(f"{SVG}path"))
    xs = [float(x) for x in re.findall(r"[ML]([\d.]+) ", curve.attrib["d"])]
    assert xs == sorted(xs)


def test_what_has_no_figure_has_a_word_and_no_bar_and_nothing_has_a_stroke() -> None:
    root = drawn(Bars([("", BARS)]))
    marks = {e.attrib["data-tip"].split(":")[0]: e for e in root.iter(f"{SVG}g") if "data-tip" in e.attrib}
    assert marks["Ukraine"].find(f"{SVG}rect") is None
    assert [t.attrib["class"] for t in marks["Ukraine"].iter(f"{SVG}text")] == ["label", "absent"]
    nothing = marks["Chile"].find(f"{SVG}rect")
    assert nothing is not None and float(nothing.attrib["width"]) == pytest.approx(1.5)


def test_a_negative_bar_ends_where_a_positive_one_begins() -> None:
    root = drawn(Bars([("", BARS[:2])]))
    china, other = root.iter(f"{SVG}rect")
    x, width = numbers(other, "x", "width")
    assert x + width == pytest.approx(numbers(china, "x")[0], abs=0.11)


def test_dots_tell_gain_loss_and_what_may_be_either_and_draw_nothing_without_a_figure() -> None:
    assert [d.tone for d in DOTS] == ["up", "flat", "flat"]
    assert Dot("x", "", "", -3.0, -4.0, -1.0).tone == "down"
    assert len(list(drawn(Dots(DOTS, MARK)).iter(f"{SVG}circle"))) == 2


def test_a_line_breaks_where_a_figure_is_missing_and_a_lone_figure_is_a_dot() -> None:
    root = drawn(Lines([Series("x", YEARS)], MARK))
    assert len([e for e in root.iter(f"{SVG}path")]) == 1  # 2022-2023; 2020 stands alone
    assert [e.attrib["class"] for e in root.iter(f"{SVG}circle")] == ["point", "point", "point hollow"]


def test_events_are_numbered_and_do_not_stand_on_each_other() -> None:
    root = drawn(Lines([Series("x", YEARS)], MARK, [2020.0, 2020.01, 2023.0]))
    badges = sorted(float(e.attrib["cx"]) for e in root.iter(f"{SVG}circle") if e.attrib["class"] == "badge")
    assert len(badges) == 3
    assert all(b - a >= 16.9 for a, b in itertools.pairwise(badges))


def test_bands_are_as_thick_as_their_tonnes_in_both_panels() -> None:
    root = drawn(Sankey([Flow("a", "b", 100.0, 50.0)], ("Before", "After"), str), size=340)
    thick = []
    for band in root.iter(f"{SVG}path"):
        ys = [float(n) for n in re.findall(r"-?[\d.]+", band.attrib["d"])][1::2]
        thick.append(max(ys) - min(ys))
    assert thick[0] == pytest.approx(2 * thick[1], abs=0.3)


def test_the_map_knows_the_producers_and_leaves_disputed_places_without_a_figure() -> None:
    assert {"CHN", "RUS", "UKR", "USA", "BHR", "ARE", "SGP", "XKX", "PSE", "TWN"} <= drawn_places()
    assert "ESH" not in drawn_places()
    root = drawn(World({"UKR": "p1", "RUS": "p2", "MAR": "p3"}, {}))
    assert [e.attrib["class"] for e in root.iter(f"{SVG}path") if e.attrib["class"] == "disputed"] == ["disputed"]


def test_a_figure_draws_itself_in_its_widths() -> None:
    figure = Figure("t", "u", "a", "s", Bars([("", BARS)]), Block("", []))
    assert [size for size, _ in figure.drawn("ar")] == [340, 540]
    assert figure.is_small and not Figure("t", "u", "a", "s", World({}, {}), Block("", [])).is_small


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.0, 44.0, [0, 10, 20, 30, 40, 50]),
        (-4.7, 18.4, [-5, 0, 5, 10, 15, 20]),
        (0.0, 0.0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0.0, 0.03, [0, 0.01, 0.02, 0.03]),
    ],
)
def test_round_marks_cover_what_is_shown(low: float, high: float, expected: list[float]) -> None:
    assert steps(low, high) == pytest.approx(expected)


def test_classes_of_a_map_stand_on_round_bounds() -> None:
    assert round_breaks(256.0, 3) == [10.0, 30.0, 100.0]
    assert round_breaks(4.4e7, 3) == [1e6, 3e6, 1e7, 3e7][1:]
    assert round_breaks(0.0, 3) == round_breaks(-1.0, 3) == []
    assert decimals_of([0.0, 2.5, 5.0]) == 1


def test_labels_move_apart_within_their_bounds() -> None:
    assert spread_out([1.0, 2.0, 30.0], 10, 0, 40) == [1.0, 11.0, 30.0]
    assert spread_out([38.0, 39.0], 10, 0, 40) == [30.0, 40.0]
    assert spread_out([], 10, 0, 40) == []


def test_a_long_text_is_cut_or_broken_to_its_room() -> None:
    assert fitted("China", 100) == "China"
    assert fitted(LONG, 100).endswith("…") and width_of(fitted(LONG, 100)) <= 100
    assert len(lines_of(LONG, 100)) == 2 and all(width_of(line) <= 100 for line in lines_of(LONG, 100))
    assert lines_of("", 100) == [""]
    assert width_of("ُ\u200e") == 0.0  # marks take no room


def test_texts_and_attributes_of_a_drawing_are_escaped_and_turn_nothing() -> None:
    root = ElementTree.fromstring(element("text", "<script>&\u202e\x00", class_='a" onload="x'))
    assert root.text == "<script>&\ufffd"
    assert root.attrib == {"class": 'a" onload="x'}
    assert clean("a\u202eb\u2067c\ud800") == "abc\ufffd"
    assert typeset("0.1 · <0.1%", "ar") == "0.1\u200f · \u200e<0.1%"
    assert typeset("0.1 · <0.1%", "en") == "0.1 · <0.1%"

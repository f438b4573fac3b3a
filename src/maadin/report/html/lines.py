"""Figures over years: one line a series, broken where a figure is missing, with numbered marks for what happened.

Years run from left to right in both languages, as Arabic financial pages have them; so the axis of figures stands on the left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from maadin.report.html.figures import MIDDLE, NARROW
from maadin.report.html.scales import Scale, known, steps
from maadin.report.html.svg import Paper, compact, element, typeset, widest
from maadin.report.words import Language

FEW = 16  # points of a line that are marked one by one
CLOSE = 15.0  # pixels between labels of lines


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a year; `shown` and `when` are how both are read. `hollow` marks one that is a bound or doubtful."""

    year: float
    value: float | None
    shown: str
    when: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A line."""

    label: str
    points: Sequence[Point]
    tone: str = "s1"


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over years.

    Attributes
    ----------
    series : sequence of Series
    mark : callable
        A round figure of the scale as it is read.
    events : sequence of float
        Moments to mark, in years, ascending; they are numbered in this order.
    """

    series: Sequence[Series]
    mark: Callable[[float], str]
    events: Sequence[float] = ()
    sizes: tuple[int, ...] = (NARROW, MIDDLE)

    def draw(self, paper: Paper, alt: str) -> Markup:
        """Lines on a grid."""
        left_to_right = Paper(paper.width, "en")  # places are counted from the left here; only texts follow the language
        height = 220.0 if paper.is_narrow else 260.0
        values = known(p.value for s in self.series for p in s.points)
        years = sorted({p.year for s in self.series for p in s.points})
        if not values:
            return paper.drawing(24, [paper.text(0, 16, "–", class_="absent")], alt)
        marks = steps(min(0.0, *values), max(0.0, *values), 4)
        labels = 0.0 if paper.is_narrow or len(self.series) == 1 else min(widest(s.label for s in self.series), 0.26 * paper.width) + 12
        ticks = widest(self.mark(m) for m in marks) + 8
        spread = years if len(years) > 1 else [years[0] - 1, years[0] + 1]
        top = 26.0 if self.events else 10.0
        x = Scale(spread[0], spread[-1], ticks + 6, paper.width - labels - 16)
        y = Scale(marks[0], marks[-1], height, top)
        drawn = [self._grid(left_to_right, y, m, ticks, x.end + 4) for m in marks]
        whole = [y for y in years if y == int(y)] or sorted({float(int(y)) for y in years if int(y) >= years[0]} | {float(int(years[-1]))})
        drawn += [_tick(left_to_right, x, year, height) for year in _told(whole, x.end - x.start) if year >= spread[0]]
        drawn += self._events(left_to_right, x, top, height)
        drawn += [_drawn(left_to_right, s, x, y, dots=len(years) <= FEW) for s in self.series]
        if labels:
            drawn += self._labels(left_to_right, paper, x, y, labels)
        drawn += self._columns(left_to_right, paper.language, x, years, top, height)
        return paper.drawing(height + 24, drawn, alt)

    def _grid(self, paper: Paper, y: Scale, mark: float, ticks: float, end: float) -> Markup:
        rule = paper.line(ticks, y(mark), end, y(mark), class_="axis" if mark == 0 else "grid")
        return element("g", rule, _plain(paper, ticks - 6, y(mark) + 4, self.mark(mark), "end", "tick"))

    def _events(self, paper: Paper, x: Scale, top: float, bottom: float) -> list[Markup]:
        marks: list[Markup] = []
        places = [min(max(x(when), x.start), x.end) for when in self.events]
        for number, (at, place) in enumerate(zip(places, spread_out(places, 17, x.start, x.end), strict=True), 1):
            marks.append(paper.line(at, top - 6, at, bottom, class_="event"))
            marks.append(paper.circle(place, top - 16, 8, class_="badge"))
            marks.append(_plain(paper, place, top - 12, str(number), "middle", "number", 12))
        return marks

    def _labels(self, paper: Paper, written: Paper, x: Scale, y: Scale, room: float) -> list[Markup]:
        """The name of each line at its end, moved apart where they would touch."""
        ends = [(next((p.value for p in reversed(s.points) if p.value is not None), None), s) for s in self.series]
        placed = sorted(((y(v), s) for v, s in ends if v is not None), key=lambda e: e[0])
        heights = spread_out([at for at, _ in placed], CLOSE, y.end, y.start)
        side = written.width - x.end - 8
        return [
            written.text(
                side if written.rtl else x.end + 8,
                at + 4,
                s.label,
                "end" if written.rtl else "start",
                room=room - 4,
                class_=f"name {s.tone}",
            )
            for at, (_, s) in zip(heights, placed, strict=True)
        ]

    def _columns(self, paper: Paper, language: Language, x: Scale, years: Sequence[float], top: float, bottom: float) -> list[Markup]:
        """A strip a year that tells its figures on hovering."""
        step = (x.end - x.start) / max(len(years) - 1, 1)
        said: dict[float, list[str]] = {year: [] for year in years}
        for series in self.series:
            for p in series.points:
                said[p.year] = said[p.year] or [p.when]
                said[p.year].append(f"{series.label}: {p.shown}" if len(self.series) > 1 else p.shown)
        return [
            paper.rect(x(year) - step / 2, top, step, bottom - top, class_="strip", data_tip=typeset("\n".join(lines), language))
            for year, lines in said.items()
        ]


def spread_out(places: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Ascending places moved so that they stand so far apart and, if there is room, within bounds."""
    made: list[float] = []
    for at in places:
        made.append(max(at, made[-1] + apart) if made else max(at, low))
    over = made[-1] - high if made else 0.0
    for n in range(len(made) - 1, -1, -1):
        if over <= 0:
            break
        made[n] -= over
        over = (made[n - 1] + apart - made[n]) if n else 0.0
    return made


def _plain(paper: Paper, x: float, y: float, said: str, anchor: str, tone: str, size: float = 12) -> Markup:
    """A number, placed from the left whatever the language."""
    return element("text", said, x=float(x), y=float(y), text_anchor=anchor, font_size=float(size), direction="ltr", class_=tone)


def _told(years: Sequence[float], room: float) -> list[float]:
    """Years that have room below the axis, the first and the last among them."""
    every = max(1, -(-len(years) * 44 // max(int(room), 44)))
    told = list(years[::-1][::every])[::-1]
    return told


def _tick(paper: Paper, x: Scale, year: float, bottom: float) -> Markup:
    return _plain(paper, x(year), bottom + 18, f"{year:g}", "middle", "tick")


def _drawn(paper: Paper, series: Series, x: Scale, y: Scale, *, dots: bool) -> Markup:
    """The line, broken at missing figures; a figure without a neighbour is a dot."""
    runs: list[list[Point]] = [[]]
    for point in series.points:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(point)
    marks = []
    for run in filter(None, runs):
        if len(run) > 1:
            path = "L".join(f"{compact(x(p.year))} {compact(y(p.value or 0.0))}" for p in run)
            marks.append(element("path", d=f"M{path}", class_="curve"))
        marks += [
            paper.circle(x(p.year), y(p.value or 0.0), 3.5 if dots or len(run) == 1 else 3, class_="point hollow" if p.hollow else "point")
            for p in run
            if dots or len(run) == 1 or p.hollow
        ]
    return element("g", *marks, class_=f"series {series.tone}")

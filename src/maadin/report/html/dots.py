"""Changes as dots with their 90 % intervals about a line at zero. Numbers run from left to right in both languages, as on any number line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from maadin.report.html.figures import MIDDLE, NARROW
from maadin.report.html.scales import Scale, known, steps
from maadin.report.html.svg import Paper, element, widest
from maadin.report.html.typeface import width_of

NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Dot:
    """A change with its interval; `shown` and `band` are how both are read. Nothing is drawn where there is no figure."""

    label: str
    shown: str
    band: str
    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def tone(self) -> str:
        """The class that colours it: up, down, or flat where its interval holds zero."""
        if (
            self.value is None
            or (self.low is not None and self.high is not None and self.low <= 0 <= self.high)
            or abs(self.value) < NOTHING
        ):
            return "flat"
        return "up" if self.value > 0 else "down"


@dataclass(frozen=True, slots=True)
class Dots:
    """Changes one below the other.

    Attributes
    ----------
    dots : sequence of Dot
    mark : callable
        A round number of the scale as it is read.
    """

    dots: Sequence[Dot]
    mark: Callable[[float], str]
    sizes: tuple[int, ...] = (NARROW, MIDDLE)

    def draw(self, paper: Paper, alt: str) -> Markup:
        """The dots about zero."""
        reach = known([v for d in self.dots for v in (d.value, d.low, d.high)])
        marks = steps(min(0.0, *reach, 0.0), max(0.0, *reach, 0.0), 4 if paper.is_narrow else 5)
        row, head = (44.0, 23.0) if paper.is_narrow else (28.0, 8.0)
        labels = 0.0 if paper.is_narrow else min(widest((d.label for d in self.dots), 13), 0.3 * paper.width)
        bands = widest((d.band for d in self.dots), 12.5)
        figures = 0.0 if paper.is_narrow else widest((d.shown for d in self.dots), 13.5) + bands + 24
        edge = widest(self.mark(m) for m in marks) / 2 + 1
        ends = (edge, paper.width - edge) if paper.is_narrow else (labels + 22, paper.width - figures - 14)
        scale = Scale(marks[0], marks[-1], *(reversed(ends) if paper.rtl else ends))
        bottom = row * len(self.dots) + 4
        tops = [4 + at * row for at in range(len(self.dots))]
        reaches = (
            [(y + head - 3, y + row - 4) for y in tops] if paper.is_narrow else [(2.0, bottom)]
        )  # no line runs through what is written above
        drawn = [self._line(paper, scale, m, reaches, bottom) for m in marks]
        for at, dot in enumerate(self.dots):
            y = 4 + at * row
            texts = self._above(paper, dot, y) if paper.is_narrow else self._beside(paper, dot, y + row / 2 + 4, labels, bands)
            drawn.append(paper.mark(*texts, *_whisker(paper, dot, scale, y + head + 6), tip=f"{dot.label}: {dot.shown} {dot.band}"))
        return paper.drawing(bottom + 24, drawn, alt)

    def _line(self, paper: Paper, scale: Scale, mark: float, reaches: Sequence[tuple[float, float]], bottom: float) -> Markup:
        x = scale(mark)
        rules = (paper.line(x, top, x, end, class_="axis" if mark == 0 else "grid") for top, end in reaches)
        return element("g", *rules, paper.text(x, bottom + 16, self.mark(mark), "middle", class_="tick"))

    def _above(self, paper: Paper, dot: Dot, y: float) -> list[Markup]:
        taken = width_of(dot.band, 12.5) + width_of(dot.shown, 14) + 16
        fits = taken < 0.68 * paper.width
        texts = [paper.text(0, y + 13, dot.label, room=max(paper.width - taken, 90), size=13.5, class_="label")]
        end = paper.width
        if dot.band and fits:
            texts.append(paper.text(end, y + 13, dot.band, "end", size=12.5, class_="band"))
            end -= width_of(dot.band, 12.5) + 8
        return [*texts, paper.text(end, y + 13, dot.shown, "end", size=14, class_="figure" if dot.value is not None else "absent")]

    def _beside(self, paper: Paper, dot: Dot, y: float, labels: float, bands: float) -> list[Markup]:
        return [
            paper.text(0, y, dot.label, room=labels, size=13, class_="label"),
            *([paper.text(paper.width, y, dot.band, "end", size=12.5, class_="band")] if dot.band else []),
            paper.text(paper.width - bands - 10, y, dot.shown, "end", size=13.5, class_="figure" if dot.value is not None else "absent"),
        ]


def _whisker(paper: Paper, dot: Dot, scale: Scale, y: float) -> list[Markup]:
    if dot.value is None:
        return []
    marks = []
    if dot.low is not None and dot.high is not None:
        marks.append(paper.line(scale(dot.low), y, scale(dot.high), y, class_=f"range {dot.tone}"))
    return [*marks, paper.circle(scale(dot.value), y, 5, class_=f"dot {dot.tone}")]

"""Bars from one line: ranked, or in groups such as the releases of a source. What has no figure carries its word, which a zero does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from maadin.report.html.figures import MIDDLE, NARROW
from maadin.report.html.scales import Scale, known
from maadin.report.html.svg import Paper, widest
from maadin.report.html.typeface import width_of

GAP = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes
    ----------
    label, shown : str
        What it is of, and its figure as it is read; where there is no figure, why.
    value : float or None
        None where there is none: nothing is drawn then.
    low, high : float or None
        Ends of an interval.
    tone : str
        A class that colours it.
    """

    label: str
    shown: str
    value: float | None
    low: float | None = None
    high: float | None = None
    tone: str = "s1"


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars under headings; one group without a heading is a plain ranking."""

    groups: Sequence[tuple[str, Sequence[Bar]]]
    sizes: tuple[int, ...] = (NARROW, MIDDLE)

    def draw(self, paper: Paper, alt: str) -> Markup:
        """The bars one below the other."""
        bars = [bar for _, group in self.groups for bar in group]
        reach = known([v for bar in bars for v in (bar.value, bar.low, bar.high)])
        low, high = min(0.0, *reach, 0.0), max(0.0, *reach, 0.0)
        marks: list[Markup] = []
        place = _Beside(paper, bars, low, high) if not paper.is_narrow else _Beneath(paper, bars, low, high)
        y = 4.0
        for heading, group in self.groups:
            if heading:
                marks.append(paper.text(0, y + 13, heading, size=13, room=paper.width, class_="group"))
                y += 24
            top = y
            for bar in group:
                marks.append(place.row(bar, y))
                y += place.height
            if not paper.is_narrow:
                marks.append(paper.line(place.scale(0.0), top - 1, place.scale(0.0), y - 3, class_="axis"))
            y += 8 if heading else 0
        return paper.drawing(y + 2, marks, alt)


class _Beside:
    """Label, bar and figure in one line."""

    height = 25.0

    def __init__(self, paper: Paper, bars: Sequence[Bar], low: float, high: float) -> None:
        self.paper = paper
        self.labels = min(widest((b.label for b in bars), 13), 0.34 * paper.width)
        room = min(widest((b.shown for b in bars), 13), 0.4 * paper.width) + GAP
        start, end = self.labels + 10 + (room if low < 0 else 0), paper.width - room
        self.scale = Scale(low, high, start, end)

    def row(self, bar: Bar, y: float) -> Markup:
        paper, middle = self.paper, y + 12
        label = paper.text(0, middle + 4, bar.label, room=self.labels, size=13, class_="label")
        return paper.mark(label, *_bar(paper, bar, self.scale, y + 4, 15), _figure(paper, bar, self.scale, middle + 4.5), tip=_tip(bar))


class _Beneath:
    """Label and figure above their bar: as a phone has room."""

    height = 39.0

    def __init__(self, paper: Paper, bars: Sequence[Bar], low: float, high: float) -> None:
        self.paper = paper
        self.scale = Scale(low, high, 1, paper.width - 2)

    def row(self, bar: Bar, y: float) -> Markup:
        paper = self.paper
        figure = width_of(bar.shown, 13)
        label = paper.text(0, y + 13, bar.label, room=max(paper.width - figure - GAP, 80), size=13, class_="label")
        shown = paper.text(paper.width, y + 13, bar.shown, "end", room=paper.width * 0.72, size=13, class_=_tone_of(bar))
        return paper.mark(label, shown, *_bar(paper, bar, self.scale, y + 19, 10), tip=_tip(bar))


def _tip(bar: Bar) -> str:
    return f"{bar.label}: {bar.shown}"


def _tone_of(bar: Bar) -> str:
    return "figure" if bar.value is not None else "absent"


def _bar(paper: Paper, bar: Bar, scale: Scale, y: float, height: float) -> list[Markup]:
    """The bar and its interval; a zero is a stroke on the line."""
    if bar.value is None:
        return []
    zero, end = scale(0.0), scale(bar.value)
    left, width = (zero, end - zero) if end >= zero else (end, zero - end)
    marks = [paper.rect(left, y, max(width, 1.5), height, class_=bar.tone)]
    if bar.low is not None and bar.high is not None and bar.high > bar.low:
        middle, a, b = y + height / 2, scale(bar.low), scale(bar.high)
        marks.append(paper.line(a, middle, b, middle, class_="whisker"))
        marks += [paper.line(x, middle - 4, x, middle + 4, class_="whisker") for x in (a, b)]
    return marks


def _figure(paper: Paper, bar: Bar, scale: Scale, y: float) -> Markup:
    """The figure at the end of its bar."""
    reach = known([bar.value, bar.low if (bar.value or 0) < 0 else bar.high])
    far = min(reach, default=0.0) if (bar.value or 0) < 0 else max(reach, default=0.0)
    if (bar.value or 0) < 0:
        return paper.text(scale(far) - GAP, y, bar.shown, "end", size=13, class_=_tone_of(bar))
    return paper.text(scale(far) + GAP, y, bar.shown, size=13, class_=_tone_of(bar))

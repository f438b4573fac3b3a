"""Figures of the same thing side by side on one line a row: what was, what was predicted, what came; or one error beside others.

Numbers run from left to right in both languages, as on any number line. Marks differ in shape as well as in colour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from maadin.report.html.figures import MIDDLE, NARROW, WIDE
from maadin.report.html.scales import Scale, known, steps
from maadin.report.html.svg import Paper, compact, element, widest
from maadin.report.html.typeface import width_of

Shape = Literal["ring", "disc", "diamond"]
ROOMY = 720.0  # CSS pixels from which a label stands beside its row
GAP = 14.0


@dataclass(frozen=True, slots=True)
class Marked:
    """A figure on a line: where, how it is read, and what it looks like."""

    value: float
    shown: str
    shape: Shape
    tone: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row.

    Attributes
    ----------
    label : str
    marks : sequence of Marked
        The last one stands on top; the first two are joined.
    spans : sequence of (low, high, class)
        Intervals behind the marks, the widest first.
    is_set_off : bool
        Whether it carries a flag.
    tip : str
        What is told on hovering.
    """

    label: str
    marks: Sequence[Marked]
    spans: Sequence[tuple[float, float, str]] = ()
    is_set_off: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows of marks on one scale from zero.

    Attributes
    ----------
    lines : sequence of Line
    mark : callable
        A round number of the scale as it is read.
    heads : sequence of str
        Above the figures at the end of a row, one a mark.
    joined : (int, int)
        Which marks a stroke joins.
    """

    lines: Sequence[Line]
    mark: Callable[[float], str]
    heads: Sequence[str] = ()
    joined: tuple[int, int] = (0, 1)
    sizes: tuple[int, ...] = (NARROW, MIDDLE, WIDE)

    def draw(self, paper: Paper, alt: str) -> Markup:
        """Labels, figures and marks."""
        roomy = paper.width >= ROOMY
        reach = max(known(v for line in self.lines for v in (*(m.value for m in line.marks), *(h for _, h, c in line.spans if c != "wide"))), default=1.0)  # fmt: skip
        marks = steps(0.0, reach, 6 if roomy else 4)
        columns = [widest([*(line.marks[at].shown for line in self.lines), self._head(at)], 13) + 10 for at in range(self._count)]
        edge = widest(self.mark(m) for m in marks) / 2 + 1
        labels = min(widest((line.label for line in self.lines), 13.5) + 14, 0.38 * paper.width) if roomy else 0.0
        ends = (labels + GAP + edge, paper.width - sum(columns) - GAP - edge) if roomy else (edge, paper.width - edge)
        scale = Scale(marks[0], marks[-1], *(reversed(ends) if paper.rtl else ends))
        lines = 1 if roomy or all(_fits(paper, line) for line in self.lines) else 2
        row, head = (30.0, 0.0) if roomy else (30.0 + 18 * lines, 4.0 + 18 * lines)
        top = 22.0 if roomy and self.heads else 4.0
        bottom = top + row * len(self.lines)
        rules = [(top, bottom)] if roomy else [(top + at * row + head, top + (at + 1) * row - 6) for at in range(len(self.lines))]
        drawn = [_grid(paper, scale, m, self.mark(m), rules, bottom) for m in marks]
        drawn += self._titles(paper, columns) if roomy else []
        for at, line in enumerate(self.lines):
            y = top + at * row
            middle = y + row / 2 if roomy else y + head + 10
            texts = _beside(paper, line, middle + 4.5, labels, columns) if roomy else _above(paper, line, y + 14, lines)
            drawn.append(paper.mark(*texts, *self._marks(paper, line, scale, middle), tip=line.tip or line.label))
        return paper.drawing(bottom + 22, drawn, alt)

    @property
    def _count(self) -> int:
        return max((len(line.marks) for line in self.lines), default=0)

    def _head(self, at: int) -> str:
        return self.heads[at] if at < len(self.heads) else ""

    def _titles(self, paper: Paper, columns: Sequence[float]) -> list[Markup]:
        return [paper.text(x, 12, self._head(at), "end", class_="tick") for at, x in enumerate(_stops(paper, columns))]

    def _marks(self, paper: Paper, line: Line, scale: Scale, y: float) -> list[Markup]:
        drawn = []
        for low, high, tone in line.spans:
            a, b = sorted((scale(min(low, scale.high)), scale(min(high, scale.high))))
            height = {"wide": 12.0, "usual": 16.0}.get(tone, 7.0)
            drawn.append(paper.rect(a, y - height / 2, max(b - a, 1.5), height, class_=f"span {tone}"))
        one, other = (line.marks[at] for at in self.joined)
        drawn.append(paper.line(scale(one.value), y, scale(other.value), y, class_="link"))
        return [*drawn, *(_shape(paper, m, scale(m.value), y) for m in line.marks)]


def _grid(paper: Paper, scale: Scale, mark: float, said: str, rules: Sequence[tuple[float, float]], bottom: float) -> Markup:
    x = scale(mark)
    lines = (paper.line(x, top, x, end, class_="axis" if mark == 0 else "grid") for top, end in rules)
    return element("g", *lines, paper.text(x, bottom + 16, said, "middle", class_="tick"))


def _stops(paper: Paper, columns: Sequence[float]) -> list[float]:
    """Where columns of figures end, counted from where reading starts."""
    return [paper.width - sum(columns[at + 1 :]) for at in range(len(columns))]


def _flag(paper: Paper, line: Line, y: float) -> list[Markup]:
    return [paper.rect(0, y - 9, 4, 11, class_="flag")] if line.is_set_off else []


def _beside(paper: Paper, line: Line, y: float, labels: float, columns: Sequence[float]) -> list[Markup]:
    start = 10.0 if line.is_set_off else 0.0
    texts = [*_flag(paper, line, y), paper.text(start, y, line.label, room=labels - start, size=13.5, class_="label")]
    for m, x in zip(line.marks, _stops(paper, columns), strict=False):
        texts.append(paper.text(x, y, m.shown, "end", size=13, class_=f"name {m.tone}"))
    return texts


def _figures(line: Line) -> float:
    """Room that the figures of a row take above it."""
    return sum(width_of(m.shown, 12.5) + 9 for m in line.marks)


def _fits(paper: Paper, line: Line) -> bool:
    return width_of(line.label, 13.5) + 16 + _figures(line) <= paper.width


def _above(paper: Paper, line: Line, y: float, lines: int) -> list[Markup]:
    """Label and figures in a line, or the figures beneath the label."""
    start = 10.0 if line.is_set_off else 0.0
    end, texts = paper.width, _flag(paper, line, y)
    room = paper.width - start - (_figures(line) + 6 if lines == 1 else 0)
    texts.append(paper.text(start, y, line.label, room=room, size=13.5, class_="label"))
    for m in reversed(line.marks):
        texts.append(paper.text(end, y + 17 * (lines - 1), m.shown, "end", size=12.5, class_=f"name {m.tone}"))
        end -= width_of(m.shown, 12.5) + 9
    return texts


def _shape(paper: Paper, m: Marked, x: float, y: float) -> Markup:
    if m.shape == "diamond":
        at, r = paper.at(x), 6.0
        return element(
            "path", d=f"M{compact(at)} {compact(y - r)}L{compact(at + r)} {compact(y)}L{compact(at)} {compact(y + r)}L{compact(at - r)} {compact(y)}Z",
            class_=f"diamond {m.tone}",
        )  # fmt: skip
    return paper.circle(x, y, 5 if m.shape == "disc" else 4.5, class_=f"{m.shape} {m.tone}")

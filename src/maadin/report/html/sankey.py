"""Who ships to whom, before and after, in two drawings of one measure: a band's thickness is its tonnes in both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from maadin.report.html.figures import MIDDLE, NARROW, WIDE
from maadin.report.html.svg import Anchor, Paper, compact, element, widest
from maadin.report.html.typeface import lines_of

BLOCK = 9.0  # pixels: width of a block at either end
BETWEEN = 14.0  # pixels between blocks
LINE = 13.0  # pixels from one line of a label to the next
LEAST = 0.002  # of all that flows: thinner bands are left out of the drawing, not of the table
TALL = 270.0
HEAD = 30.0  # pixels above the blocks, for a heading
FOOT = 18.0  # pixels beneath them, for the label of a thin one


@dataclass(frozen=True, slots=True)
class Flow:
    """Tonnes from one place to another, before and after; `lit` ones are those that the measure is about."""

    origin: str
    destination: str
    before: float
    after: float
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the two drawings: its heading and the tonnes of each flow."""

    heading: str
    tonnes: Sequence[float]


@dataclass(frozen=True, slots=True)
class Sankey:
    """Flows before and after.

    Attributes
    ----------
    flows : sequence of Flow
    headings : tuple of str
        Of one panel, or of one before and one after.
    shown : callable
        Tonnes as they are read, with their unit.
    """

    flows: Sequence[Flow]
    headings: tuple[str, ...]
    shown: Callable[[float], str]
    sizes: tuple[int, ...] = (NARROW, MIDDLE, WIDE)

    def draw(self, paper: Paper, alt: str) -> Markup:
        """Both panels, side by side where there is room."""
        panels = [Panel(h, [f.after if at else f.before for f in self.flows]) for at, h in enumerate(self.headings)]
        whole = max((sum(p.tonnes) for p in panels), default=0.0)
        if not whole > 0:
            return paper.drawing(24, [paper.text(0, 16, "–", class_="absent")], alt)
        origins = list(dict.fromkeys(f.origin for f in self.flows))
        destinations = list(dict.fromkeys(f.destination for f in self.flows))
        most = max(len(origins), len(destinations))
        per_tonne = TALL / whole
        beside = paper.width >= WIDE and len(panels) > 1
        width = (paper.width - 56) / 2 if beside else paper.width
        height = TALL + BETWEEN * (most - 1) + (HEAD if any(self.headings) else 8.0) + FOOT
        drawn: list[Markup] = []
        for at, panel in enumerate(panels):
            x, y = (at * (width + 56), 0.0) if beside else (0.0, at * (height + 14))
            drawn += _Panel(paper, self, panel, x, y, width, per_tonne, whole).drawn(origins, destinations)
        return paper.drawing(height if beside else len(panels) * (height + 14) - 14, drawn, alt)


class _Panel:
    """One panel on the sheet."""

    def __init__(
        self, paper: Paper, sankey: Sankey, panel: Panel, x: float, y: float, width: float, per_tonne: float, whole: float
    ) -> None:
        self.paper, self.sankey, self.panel, self.x, self.y, self.width = paper, sankey, panel, x, y, width
        self.per_tonne, self.whole = per_tonne, whole
        self.size = 12 if width < 400 else 13
        self.head = HEAD if panel.heading else 4.0

    def drawn(self, origins: Sequence[str], destinations: Sequence[str]) -> list[Markup]:
        flows, tonnes = self.sankey.flows, self.panel.tonnes
        room = 0.3 * self.width
        sides = [min(widest(names, self.size), room) + 8 for names in (origins, destinations)]
        left, right = self.x + sides[0], self.x + self.width - sides[1] - BLOCK
        out, into = ({name: 0.0 for name in names} for names in (origins, destinations))
        for flow, amount in zip(flows, tonnes, strict=True):
            out[flow.origin] += amount
            into[flow.destination] += amount
        starts, ends = self._stacked(out), self._stacked(into)
        used_out, used_in = dict(starts), dict(ends)
        bands: list[tuple[bool, Markup]] = []
        for flow, amount in sorted(
            zip(flows, tonnes, strict=True), key=lambda f: (origins.index(f[0].origin), destinations.index(f[0].destination))
        ):
            thick = amount * self.per_tonne
            if amount > LEAST * self.whole:
                a, b = used_out[flow.origin], used_in[flow.destination]
                tip = f"{flow.origin} ← {flow.destination}" if self.paper.rtl else f"{flow.origin} → {flow.destination}"
                band = element(
                    "path", d=self._band(left + BLOCK, a, right, b, thick), class_="flow lit mark" if flow.lit else "flow mark",
                    data_tip=_tip(tip, self.panel.heading, self.sankey.shown(amount)),
                )  # fmt: skip
                bands.append((flow.lit, band))
            used_out[flow.origin] += thick
            used_in[flow.destination] += thick
        heading = self.panel.heading
        marks = [self.paper.text(self.x, self.y + 14, heading, size=13.5, class_="group")] if heading else []
        marks += [band for _, band in sorted(bands, key=lambda b: b[0])]
        marks += self._blocks(out, starts, left, self.x + sides[0] - 6, "end", sides[0] - 6)
        marks += self._blocks(into, ends, right, right + BLOCK + 6, "start", sides[1] - 6)
        return marks

    def _stacked(self, sums: Mapping[str, float]) -> dict[str, float]:
        """Where each block begins, from the top."""
        places, y = {}, self.y + self.head
        for name, amount in sums.items():
            places[name] = y
            y += amount * self.per_tonne + BETWEEN
        return places

    def _blocks(
        self, sums: Mapping[str, float], places: Mapping[str, float], x: float, label_x: float, anchor: Anchor, room: float
    ) -> list[Markup]:
        marks = []
        for name, amount in sums.items():
            tall = max(amount * self.per_tonne, 1.0)
            lines = lines_of(name, room, self.size)
            first = places[name] + tall / 2 + 4 - LINE * (len(lines) - 1) / 2
            label = [
                self.paper.text(label_x, first + LINE * n, line, anchor, size=self.size, class_="label") for n, line in enumerate(lines)
            ]
            block = self.paper.rect(x, places[name], BLOCK, tall, class_="block")
            marks.append(self.paper.mark(block, *label, tip=_tip(name, self.panel.heading, self.sankey.shown(amount))))
        return marks

    def _band(self, x1: float, y1: float, x2: float, y2: float, thick: float) -> str:
        """A band between two blocks."""
        x1, x2 = self.paper.at(x1), self.paper.at(x2)
        middle = (x1 + x2) / 2
        numbers = [
            compact(float(v))
            for v in (x1, y1, middle, y1, middle, y2, x2, y2, x2, y2 + thick, middle, y2 + thick, middle, y1 + thick, x1, y1 + thick)
        ]
        n = numbers
        return f"M{n[0]} {n[1]}C{' '.join(n[2:8])}L{n[8]} {n[9]}C{' '.join(n[10:16])}Z"


def _tip(name: str, heading: str, shown: str) -> str:
    return f"{name}\n{heading}: {shown}" if heading else f"{name}\n{shown}"

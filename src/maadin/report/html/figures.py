"""A figure of a page: a drawing with its title, unit, source and description, and the table of what is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from maadin.report.html.svg import Paper
from maadin.report.sheets import Block
from maadin.report.words import Language

NARROW, MIDDLE, WIDE = 340, 540, 1080  # CSS pixels: a phone, a column, a whole page


class Drawing(Protocol):
    """Something that draws itself in some width."""

    @property
    def sizes(self) -> tuple[int, ...]:
        """Widths that it is drawn in, ascending; the page shows the one that fits."""

    def draw(self, paper: Paper, alt: str) -> Markup:
        """The drawing as one SVG element."""


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a legend: the class that colours it and what it stands for."""

    tone: str
    says: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing and what must stand beside it.

    Attributes
    ----------
    title, unit : str
    alt : str
        What the drawing shows, for who does not see it.
    source : str
        The line that names the sources.
    drawing : Drawing
    data : Block
        The figures that are drawn, as a table.
    keys : tuple of Key
        Its legend.
    events : tuple of str
        What the numbers in the drawing mark, in their order.
    notes : tuple of str
    names_itself : bool
        Whether the drawing carries its legend where it has room for it.
    """

    title: str
    unit: str
    alt: str
    source: str
    drawing: Drawing
    data: Block
    keys: tuple[Key, ...] = ()
    events: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    names_itself: bool = False

    @property
    def is_small(self) -> bool:
        """Whether two of its kind fit side by side."""
        return max(self.drawing.sizes) < WIDE

    def drawn(self, language: Language, *, has_outlines: bool = False, only_narrow: bool = False) -> list[tuple[int, Markup]]:
        """The drawing in each of its widths, or in the narrowest; `has_outlines` as of `Paper`."""
        sizes = self.drawing.sizes[:1] if only_narrow else self.drawing.sizes
        return [(size, self.drawing.draw(Paper(size, language, has_outlines), self.alt)) for size in sizes]

"""A map of the world whose countries are coloured by classes of a figure. Geometry and border convention: docs/explanation/maps.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from markupsafe import Markup

from maadin.report.html.figures import WIDE
from maadin.report.html.svg import Paper, element

LAND, DISPUTED = "land", "land-disputed"  # ids of outlines in a page


@lru_cache(maxsize=1)
def _outlines() -> dict[str, Any]:
    made: dict[str, Any] = json.loads((resources.files("maadin.report.html") / "data" / "world.json").read_text("utf-8"))
    return made


def drawn_places() -> frozenset[str]:
    """Codes of the countries that the map can show."""
    return frozenset(_outlines()["outlines"]) | frozenset(_outlines()["points"])


@dataclass(frozen=True, slots=True)
class World:
    """Countries by class.

    Attributes
    ----------
    tones : mapping of code to class
        Countries with a figure; all others are drawn as without one.
    tips : mapping of code to text
        What each says on hovering: its name and its figure.
    """

    tones: Mapping[str, str]
    tips: Mapping[str, str]
    sizes: tuple[int, ...] = (WIDE,)

    def draw(self, paper: Paper, alt: str) -> Markup:
        """The map; north is up and west on the left in every language."""
        world = _outlines()
        grey = "".join(d for code, d in world["outlines"].items() if code not in self.tones)
        marks = [
            _repeated(LAND, "land") if paper.has_outlines else element("path", d=grey + world["elsewhere"], class_="land"),
            *(self._mark(paper, code, self._country(paper, code, d)) for code, d in world["outlines"].items() if code in self.tones),
            _repeated(DISPUTED, "disputed") if paper.has_outlines else element("path", d=world["disputed"], class_="disputed"),
            *(
                self._mark(paper, code, element("circle", cx=x, cy=y, r=3.5, class_=f"land point {self.tones[code]}"))
                for code, (x, y) in world["points"].items()
                if code in self.tones
            ),
        ]
        return element(
            "svg", *marks, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 -4 {world['width']} {world['height'] + 8}",
            role="img", aria_label=alt, class_="drawing map", direction="rtl" if paper.rtl else "ltr", lang=paper.language,
        )  # fmt: skip

    def _country(self, paper: Paper, code: str, outline: str) -> Markup:
        tone = f"land {self.tones[code]}"
        return _repeated(f"{LAND}-{code}", tone) if paper.has_outlines else element("path", d=outline, class_=tone)

    def _mark(self, paper: Paper, code: str, shape: Markup) -> Markup:
        return paper.mark(shape, tip=self.tips.get(code, code))


def _repeated(name: str, tone: str) -> Markup:
    return element("use", href=f"#{name}", class_=tone)


@lru_cache(maxsize=1)
def outlines() -> Markup:
    """What a page holds once so that its maps need not: every country's outline, all land, and where outlines are disputed."""
    world = _outlines()
    countries = [element("path", id=f"{LAND}-{code}", d=d) for code, d in world["outlines"].items()]
    elsewhere = [element("path", d=world["elsewhere"])] if world["elsewhere"] else []
    shapes = element("defs", element("g", *countries, *elsewhere, id=LAND), element("path", id=DISPUTED, d=world["disputed"]))
    return element("svg", shapes, xmlns="http://www.w3.org/2000/svg", width=0, height=0, class_="outlines", aria_hidden="true")

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
            element("path", d=grey + world["elsewhere"], class_="land"),
            *(
                self._mark(paper, code, element("path", d=d, class_=f"land {self.tones[code]}"))
                for code, d in world["outlines"].items()
                if code in self.tones
            ),
            element("path", d=world["disputed"], class_="disputed"),
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

    def _mark(self, paper: Paper, code: str, shape: Markup) -> Markup:
        return paper.mark(shape, tip=self.tips.get(code, code))

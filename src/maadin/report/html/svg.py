"""Marks of a drawing: SVG elements whose text and attributes are escaped, on a sheet that is read from left to right or from right to left.

Colours are classes of the style sheet, never attributes, so that one drawing serves light and dark pages under a policy without inline style.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from maadin.report.html.typeface import fitted, width_of
from maadin.report.words import Language

SPARE = 3.0  # pixels by which a width may be misjudged
Anchor = Literal["start", "middle", "end"]
# What turns the direction of a line, and what no document may hold: both would let a text reach beyond its place
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")

HIDDEN = re.compile(f"{_TURNING.pattern}|{_FORBIDDEN.pattern}")
_BOUND = re.compile(r"(?<!\u200e)([<>≈])(?=\d)")


def clean(text: object) -> str:
    """A text without control characters and without marks that turn the direction of what follows."""
    return _FORBIDDEN.sub("\ufffd", _TURNING.sub("", str(text)))


def typeset(text: object, language: Language) -> str:
    """A clean text; on a line from right to left a sign of a bound stays before its number, and what dots part keeps its order."""
    if language != "ar":
        return clean(text)
    return _BOUND.sub("\u200e\\1", clean(text)).replace(" · ", "\u200f · ")


def element(name: str, *children: str, **attributes: object) -> Markup:
    """An element; children that are not markup are escaped, attributes that are None left out."""
    given = "".join(f' {_name(key)}="{escape(_value(value))}"' for key, value in attributes.items() if value is not None)
    inner = "".join(child if isinstance(child, Markup) else str(escape(clean(child))) for child in children)
    return Markup(f"<{name}{given}>{inner}</{name}>" if inner else f"<{name}{given}/>")


def joined(marks: Iterable[Markup]) -> Markup:
    """Marks one after the other."""
    return Markup("").join(marks)


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    return compact(value) if isinstance(value, float) else clean(value)


def compact(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0").replace("-0", "0") if abs(value) < 0.05 else f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of some width on which x runs from the side where reading starts.

    Attributes
    ----------
    width : float
        CSS pixels.
    language : {"en", "ar"}
    has_outlines : bool
        Whether the page holds the outlines of countries, so that a map need not repeat them.
    """

    width: float
    language: Language
    has_outlines: bool = False

    @property
    def rtl(self) -> bool:
        """Whether it is read from right to left."""
        return self.language == "ar"

    @property
    def is_narrow(self) -> bool:
        """Whether labels have no room beside what they name."""
        return self.width < 480

    def at(self, x: float) -> float:
        """A place counted from the left."""
        return self.width - x if self.rtl else x

    def rect(self, x: float, y: float, width: float, height: float, **attributes: object) -> Markup:
        """A bar."""
        left = self.width - x - width if self.rtl else x
        return element("rect", x=float(left), y=float(y), width=float(max(width, 0)), height=float(max(height, 0)), **attributes)

    def mark(self, *marks: Markup, tip: str) -> Markup:
        """Marks that belong together, and what they say on hovering."""
        return element("g", *marks, class_="mark", data_tip=typeset(tip, self.language))

    def line(self, x1: float, y1: float, x2: float, y2: float, **attributes: object) -> Markup:
        """A straight line."""
        return element("line", x1=float(self.at(x1)), y1=float(y1), x2=float(self.at(x2)), y2=float(y2), **attributes)

    def circle(self, x: float, y: float, radius: float, **attributes: object) -> Markup:
        """A dot."""
        return element("circle", cx=float(self.at(x)), cy=float(y), r=float(radius), **attributes)

    def text(
        self, x: float, y: float, said: str, anchor: Anchor = "start", *, room: float | None = None, size: float = 12, **attributes: object
    ) -> Markup:  # fmt: skip
        """A line of text, cut where it has no room; what was cut is told on hovering."""
        said = typeset(said, self.language)
        shown = fitted(said, room, size) if room is not None else said
        whole = (element("title", said),) if shown != said else ()
        return element(
            "text", *whole, shown, x=float(self.at(x)), y=float(y), text_anchor=None if anchor == "start" else anchor, font_size=float(size),
            **attributes,
        )  # fmt: skip

    def drawing(self, height: float, marks: Iterable[Markup], alt: str) -> Markup:
        """The whole as one picture with a description."""
        return element(
            "svg", joined(marks), xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {compact(float(self.width))} {compact(float(height))}",
            width=compact(float(self.width)), height=compact(float(height)), role="img", aria_label=alt, direction="rtl" if self.rtl else "ltr",
            class_="drawing", lang=self.language,
        )  # fmt: skip


def widest(texts: Iterable[str], size: float = 12) -> float:
    """The width that the longest of some texts needs, with a little to spare."""
    return max((width_of(t, size) + SPARE for t in texts), default=0.0)

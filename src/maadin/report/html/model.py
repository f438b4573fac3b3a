"""What a page holds, whatever it is about: a head, key figures, sections of figures, tables and sentences, and how to get the same again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from maadin.report.html.figures import Figure
from maadin.report.sheets import Block
from maadin.report.words import Language


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure that a reader should leave with: what it is, the figure, its interval, and a word on it."""

    label: str
    shown: str
    band: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Figures side by side where there is room."""

    figures: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences under a heading; a list where they stand each for itself."""

    heading: str
    lines: Sequence[str]
    is_list: bool = True


@dataclass(frozen=True, slots=True)
class Code:
    """Text to be copied as it is: a command, a file."""

    heading: str
    text: str
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Fold:
    """Parts that not every reader wants, folded under a heading."""

    heading: str
    parts: Sequence[Part]


Part = Figure | Row | Block | Said | Code | Fold


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page with a heading of its own.

    Attributes
    ----------
    id : str
        Where links go.
    title : str
    parts : sequence of Part
    is_quiet : bool
        What a result rests on, set smaller.
    is_plain : bool
        The main part of a page whose title says already what it is: its heading is not shown.
    is_entry : bool
        One of many alike: they have a list of contents of their own before the first of them.
    lead : str
        What is said first.
    notes : sequence of str
        What limits its figures.
    """

    id: str
    title: str
    parts: Sequence[Part]
    is_quiet: bool = False
    is_plain: bool = False
    is_entry: bool = False
    lead: str = ""
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes
    ----------
    language : {"en", "ar"}
    title, kicker : str
        Its name, and above it what kind of page it is.
    lead : sequence of str
        What is said first.
    measures : sequence of str
        What a scenario does, a sentence a measure.
    keys : sequence of KeyFigure
    sections : sequence of Section
    notes : sequence of str
    sources : str
    entries : str
        Heading of the list of sections that are entries.
    """

    language: Language
    title: str
    kicker: str
    lead: Sequence[str] = ()
    measures: Sequence[str] = ()
    keys: Sequence[KeyFigure] = ()
    sections: Sequence[Section] = ()
    notes: Sequence[str] = ()
    sources: str = ""
    remarks: Sequence[str] = field(default_factory=tuple)
    entries: str = ""


def parts_of(blocks: Sequence[Block]) -> list[Part]:
    """Blocks of a sheet as parts: those that hold nothing but a list of sentences become one."""
    return [_part(block) for block in blocks]


def _part(block: Block) -> Part:
    if block.columns:
        return block
    bulleted = all(line.startswith("• ") for line in block.remarks)
    return Said(block.caption, [line.removeprefix("• ") for line in block.remarks], bulleted)

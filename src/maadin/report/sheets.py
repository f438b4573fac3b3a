"""What a reader sees of an answer: blocks of ready-made cells with a title, notes and sources. The terminal and the pages print the same sheet."""

from __future__ import annotations

from dataclasses import dataclass, field

from maadin.report.words import Language, phrase


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ready-made cells; a line break in the head keeps it narrow. `minor` ones are left out where the page is too narrow."""

    head: str
    cells: list[str]
    numeric: bool = True
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One table on the page.

    Attributes
    ----------
    caption : str
    columns : list of Column
        Empty where there is nothing but a remark.
    remarks : list of str
        Lines below the table: its marks, what it leaves out.
    total : bool
        Whether the last row is a total.
    """

    caption: str
    columns: list[Column]
    remarks: list[str] = field(default_factory=list)
    total: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a reader sees of one answer; `lead` are lines between the title and the first block."""

    title: str
    blocks: list[Block]
    notes: list[str]
    sources: str
    language: Language
    lead: list[str] = field(default_factory=list)


def column(head: str, cells: list[str], language: Language, *, minor: bool = False) -> Column:
    """A column of numbers under a head of the texts."""
    return Column(phrase("heads", head, language), cells, minor=minor)


def text_column(head: str, cells: list[str], language: Language) -> Column:
    """A column of words under a head of the texts."""
    return Column(phrase("heads", head, language), cells, numeric=False)

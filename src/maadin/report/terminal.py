"""Sheets on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maadin.report.sheets import Block, Column, Sheet
from maadin.report.words import Language, joined, phrase

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable

_RULED = "    \n    \n ── \n    \n ── \n    \n    \n    \n"  # rules below the head and between sections


def console(*, stderr: bool = False) -> Console:
    """The console to print on; wide enough for a table when the output goes to a file or a pipe."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=140)


def show(sheet: Sheet, on: Console) -> None:
    """Print a sheet: title, lead, blocks, notes, sources."""
    from rich.text import Text

    on.print(Text(sheet.title, style="bold"))
    for line in sheet.lead:
        on.print(Text(line))
    for block in sheet.blocks:
        on.print()
        if block.caption:
            on.print(Text(block.caption, style="dim"))
        left_out = _print(block, on, sheet.language) if block.columns else []
        for line in block.remarks + left_out:
            on.print(Text(line, style="dim"))
    if sheet.notes or sheet.sources:
        on.print()
    for said in sheet.notes:
        on.print(Text(f"• {said}"))
    if sheet.sources:
        on.print(Text(sheet.sources, style="dim"))


def _print(block: Block, on: Console, language: Language) -> list[str]:
    """Print a table: closer columns where it is too wide, then without its minor ones; gives the line that names these."""
    columns, close = list(block.columns), False
    left_out: list[str] = []
    boundless = on.options.update(max_width=10_000)
    while on.measure(made := _rich(columns, block.total, close, rtl=language == "ar"), options=boundless).maximum > on.width:
        if close and not columns[-1].minor:
            break
        if close:
            left_out.insert(0, " ".join(columns.pop().head.split()))
        close = True
    on.print(made)
    return [phrase("words", "left_out", language, columns=joined(left_out, language))] if left_out else []


def _rich(columns: Sequence[Column], total: bool, close: bool, *, rtl: bool) -> RichTable:
    """A light table; in Arabic the first column stands on the right, as a terminal with bidirectional text prints each cell."""
    from rich.box import Box
    from rich.table import Table as RichTable

    made = RichTable(box=Box(_RULED), pad_edge=False, show_edge=False, header_style="bold", collapse_padding=close)
    shown = list(reversed(columns)) if rtl else columns
    for column in shown:
        right = column.numeric or rtl
        made.add_column(column.head, justify="right" if right else "left", no_wrap=column.numeric, overflow="fold")
    rows = list(zip(*(c.cells for c in shown), strict=True))
    for at, cells in enumerate(rows, start=1):
        last = total and at == len(rows)
        made.add_row(*(_safe(cell) for cell in cells), style="bold" if last else None, end_section=total and at == len(rows) - 1)
    return made


def _safe(cell: str) -> str:
    from rich.markup import escape

    return escape(cell)

"""Sheets on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maadin.report.layout import Block, Sheet

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable


def console(*, stderr: bool = False) -> Console:
    """The console to print on; wide enough for a table when the output goes to a file or a pipe."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=140)


def show(sheet: Sheet, on: Console) -> None:
    """Print a sheet: title, blocks, notes, sources."""
    from rich.padding import Padding
    from rich.text import Text

    on.print(Text(sheet.title, style="bold"))
    for block in sheet.blocks:
        on.print()
        if block.caption:
            on.print(Text(block.caption, style="dim"))
        on.print(_rich(block, rtl=sheet.language == "ar"))
    if sheet.notes or sheet.sources:
        on.print()
    for said in sheet.notes:
        on.print(Padding(Text(f"• {said}"), (0, 0)))
    if sheet.sources:
        on.print(Text(sheet.sources, style="dim"))


def _rich(block: Block, *, rtl: bool) -> RichTable:
    """A light table; in Arabic the first column stands on the right, as a terminal with bidirectional text prints each cell."""
    from rich import box
    from rich.table import Table as RichTable

    made = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    columns = list(reversed(block.columns)) if rtl else block.columns
    for column in columns:
        right = column.numeric or rtl
        made.add_column(column.head, justify="right" if right else "left", no_wrap=column.numeric, overflow="fold")
    for cells in zip(*(c.cells for c in columns), strict=True):
        made.add_row(*(_safe(cell) for cell in cells))
    return made


def _safe(cell: str) -> str:
    from rich.markup import escape

    return escape(cell)

"""Progress of long work on stderr: a spinner with the present step on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from maadin.report.terminal import console


@contextmanager
def reporter() -> Iterator[Callable[[str], None]]:
    """Give a function that shows the present step."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield lambda step: screen.print(step, markup=False)
        return
    with screen.status("") as shown:
        yield lambda step: shown.update(step)

"""Processes that run scenarios for this one, which know no common lock with it. Light to import, so that they can be started before anything else.

A process that cannot be started, dies, or sends something odd is no error: its work is done here instead.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MODULE = "maadin.reading.briefing.process"
MOST = 4  # at the same time, this one with them
_spare: list[Process] = []


class Process:
    """A process that is given something to run and gives back what it comes to."""

    def __init__(self) -> None:
        self.is_alive = False
        self._process: subprocess.Popen[bytes] | None = None
        if not sys.executable:
            return
        with contextlib.suppress(OSError):
            command = [sys.executable, "-m", MODULE]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            self.is_alive = True

    def run(self, work: object) -> Any:
        """What comes back for some work; None where nothing does."""
        if self._process is None or self._process.stdin is None or self._process.stdout is None or not self.is_alive:
            return None
        try:
            pickle.dump(work, self._process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
            return pickle.load(self._process.stdout)  # from a process of our own
        except (OSError, EOFError, ValueError, pickle.PickleError, AttributeError, ImportError):
            self.is_alive = False
            return None

    def end(self) -> None:
        """End it, whatever it does, and wait until it has ended."""
        self.is_alive = False
        if self._process is None:
            return
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()


def count(workers: int | None) -> int:
    """Processes beside this one for so many workers; for as many as there are cores without a number.

    Examples
    --------
    >>> count(1), count(3)
    (0, 2)
    """
    return max(0, min(workers or _cores(), MOST) - 1)


def _cores() -> int:
    """Cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def start(number: int) -> None:
    """Start processes that will be wanted soon, if there are not as many already."""
    while len(_spare) < number:
        _spare.append(Process())


@contextmanager
def at_hand(number: int) -> Iterator[list[Process]]:
    """Some processes, those that were started before first; ended when they are no longer needed."""
    start(number)
    taken, _spare[:] = _spare[:number], _spare[number:]
    try:
        yield taken
    finally:
        for process in taken:
            process.end()


@atexit.register
def _end_spare() -> None:
    while _spare:
        _spare.pop().end()

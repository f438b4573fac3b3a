"""Scenarios run side by side: in a thread of this process, and in processes beside it.

On Ctrl-C, or any other error, processes are ended at once and the thread at the next step that it tells of.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from maadin.market.threads import one_thread
from maadin.reading.briefing.processes import Process
from maadin.reading.briefing.simulated import Options, Simulated, cost, stays_here
from maadin.reading.propose import Proposed

Work = tuple[Proposed, tuple[int, ...]]
Here = Callable[[Work, Callable[[str], None]], Simulated]


class StoppedError(Exception):
    """The work is no longer wanted."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A scenario in line, what it costs beside others, and whether its result is too large to be sent."""

    work: Work
    cost: int
    stays: bool
    result: Future[Simulated]


class Workers:
    """Runs scenarios, the long ones first.

    Parameters
    ----------
    works : sequence of (Proposed, positions of statements)
    options : Options
    here : callable
        Runs a scenario in this process; given a function that is told each step.
    processes : sequence of Process
        Beside this one.
    """

    def __init__(self, works: Sequence[Work], options: Options, here: Here, processes: Sequence[Process]) -> None:
        self._here, self._options = here, options
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._algebra = one_thread()
        jobs = [_Job(work, cost(work[0]), stays_here(work[0]), Future()) for work in works]
        self.results = [job.result for job in jobs]
        self._waiting = sorted(jobs, key=lambda job: -job.cost)
        self._processes = list(processes)
        runners: list[Process | None] = [None, *self._processes]
        self._threads = [threading.Thread(target=self._serve, args=(r,), name="maadin", daemon=True) for r in runners[: len(jobs)]]

    def __enter__(self) -> Self:
        """Begin."""
        self._algebra.__enter__()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Wait for what is under way; after an error only until it next tells a step."""
        if error is not None:
            self._stopped.set()
            for process in self._processes:
                process.end()
        for thread in self._threads:
            thread.join()
        self._algebra.__exit__(None, None, None)

    def _serve(self, process: Process | None) -> None:
        """Take scenarios until there are none left; what comes back empty from a process is done here."""
        while not self._stopped.is_set() and (job := self._next(process)) is not None:
            try:
                result = process.run((*job.work, self._options)) if process is not None else None
                self._tell("")
                job.result.set_result(result if isinstance(result, Simulated) else self._here(job.work, self._tell))
            except BaseException as error:  # whoever asks for the result is told
                job.result.set_exception(error)

    def _next(self, process: Process | None) -> _Job | None:
        """The longest that is left; in this process first those that must stay in it."""
        with self._lock:
            fit = [job for job in self._waiting if process is None or not job.stays]
            chosen = min(fit, key=lambda job: (not job.stays, -job.cost), default=None)
            if chosen is not None:
                self._waiting.remove(chosen)
            return chosen

    def _tell(self, step: str) -> None:
        if self._stopped.is_set():
            raise StoppedError

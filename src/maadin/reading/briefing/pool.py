"""Work in threads that ends when it is no longer wanted: on Ctrl-C no thread goes on to the end of its task."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar

from maadin.market.threads import one_thread

MOST = 4
T = TypeVar("T")
Tell = Callable[[str], None]


class StoppedError(Exception):
    """The work is no longer wanted."""


@dataclass(frozen=True, slots=True)
class Waiting(Generic[T]):
    """A task that is under way."""

    future: Future[T]

    def outcome(self) -> tuple[T | None, BaseException | None]:
        """Its result, or what went wrong."""
        error = self.future.exception()
        return (None, error) if error is not None else (self.future.result(), None)


class Pool:
    """Threads for tasks that tell what they do, as many as there are cores; linear algebra has one of its own for each."""

    def __init__(self, workers: int | None = None) -> None:
        self._threads = ThreadPoolExecutor(workers or min(os.cpu_count() or 1, MOST), "maadin")
        self._stopped = threading.Event()
        self._algebra = one_thread()

    def __enter__(self) -> Self:
        """Begin."""
        self._algebra.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Wait for what is under way; after an error only until it next tells what it does."""
        if error is not None:
            self._stopped.set()
        try:
            self._threads.shutdown(wait=True, cancel_futures=error is not None)
        finally:
            self._algebra.__exit__(None, None, None)

    def submit(self, task: Callable[[Tell], T]) -> Waiting[T]:
        """Put a task in line; it is given a function to tell what it does."""
        return Waiting(self._threads.submit(task, self._tell))

    def _tell(self, step: str) -> None:
        if self._stopped.is_set():
            raise StoppedError

"""One thread in linear algebra while draws are solved side by side: the matrices are small, and threads of two kinds would wait for each other.

Numpy's wheels bring their own OpenBLAS, which has no switch in Python; its functions are called directly. With another linear algebra library nothing
is changed, and the variables it reads (`OPENBLAS_NUM_THREADS`, `MKL_NUM_THREADS`) still are.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np

_lock = Lock()
_inside = 0
_before = 1


@contextmanager
def one_thread() -> Iterator[None]:
    """Linear algebra uses one thread inside; what it used before comes back when the last of several users leaves."""
    global _inside, _before
    get, put = _openblas()
    with _lock:
        if _inside == 0:
            _before = get()
            put(1)
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                put(_before)


@cache
def _openblas() -> tuple[Callable[[], int], Callable[[int], None]]:
    """Reads and sets the number of threads of numpy's OpenBLAS."""
    folder = Path(np.__file__).parent
    for path in (*folder.parent.glob("numpy.libs/*openblas*"), *folder.glob(".dylibs/*openblas*")):
        try:
            library = ctypes.CDLL(str(path))
            return library.scipy_openblas_get_num_threads64_, library.scipy_openblas_set_num_threads64_
        except (OSError, AttributeError):
            continue
    return lambda: 1, lambda threads: None

"""Every test process keeps benchmarks and imports in a folder of its own: the user's are neither read nor written."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from maadin.facts.store import FOLDER_VARIABLE, default_store

# Read when numpy is first imported. The tests run in as many processes as there are cores, on matrices that need one core each
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A change must pass the same examples whoever checks it; new ones are looked for where it is made
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session", autouse=True)
def data_folder_of_this_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(tmp_path_factory.mktemp("user")))
        default_store.cache_clear()
        yield
    default_store.cache_clear()

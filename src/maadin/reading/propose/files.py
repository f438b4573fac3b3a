"""Proposed scenarios in files of their own, for editing and running again."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from maadin.errors import InputError
from maadin.policy.scenario import Scenario
from maadin.reading.propose.asked import Proposed

LONGEST = 80  # characters of a name


def save(proposed: Iterable[Proposed | Scenario], folder: Path | str) -> tuple[Path, ...]:
    """Write each scenario to NAME.yaml, in one step; proposals without a scenario are passed over.

    Parameters
    ----------
    proposed : iterable of Proposed or Scenario
    folder : path
        Made if it is not there. Files of the same name are replaced.

    Returns
    -------
    tuple of Path
        The files, in the order of the scenarios.

    Raises
    ------
    InputError
        If the folder cannot be made or written.
    """
    place = Path(folder)
    written: list[Path] = []
    try:
        place.mkdir(parents=True, exist_ok=True)
        for one in proposed:
            scenario = one.scenario if isinstance(one, Proposed) else one
            if scenario is not None:
                file = _free(place, file_name(scenario.name), written)
                _write(scenario.to_yaml(), file)
                written.append(file)
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror}") from error
    return tuple(written)


def file_name(name: str) -> str:
    """A file's name from a scenario's: small letters, digits and hyphens.

    Examples
    --------
    >>> file_name("Duty on aluminium: United States, 25%"), file_name("../..")
    ('duty-on-aluminium-united-states-25', 'scenario')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-") or "scenario"


def _free(place: Path, name: str, taken: list[Path]) -> Path:
    """A file that none of those written just now has."""
    file, count = place / f"{name}.yaml", 1
    while file in taken:
        count += 1
        file = place / f"{name}-{count}.yaml"
    return file


def _write(text: str, file: Path) -> None:
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    finally:  # on Ctrl-C too
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)

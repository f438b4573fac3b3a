"""Errors a user can act on: what went wrong, where, what was expected, and what is nearest to it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class MaadinError(Exception):
    """Root of every error raised on purpose.

    The command line prints the message without a traceback and exits with `exit_code`:
    1 when the work could not be done (data, solve), 2 when the input is wrong.
    """

    exit_code = 1


class DataError(MaadinError, ValueError):
    """A file or table does not hold what it should.

    Parameters
    ----------
    message : str
        What is wrong and what was expected.
    file : path or str, optional
        The file concerned.
    row : int, optional
        Line of the file, the header being line 1.
    column : str, optional
        Name of the column.
    """

    def __init__(self, message: str, *, file: Path | str | None = None, row: int | None = None, column: str | None = None) -> None:
        self.file, self.row, self.column = file, row, column
        parts = [str(file)] if file is not None else []
        if row is not None:
            parts.append(f"line {row}")
        if column is not None:
            parts.append(f"column {column!r}")
        super().__init__(f"{', '.join(parts)}: {message}" if parts else message)


class ChecksFailed(DataError):
    """One or more checks on a table failed; `offenders` lists all of them."""

    def __init__(self, what: str, offenders: Iterable[str], *, show: int = 20) -> None:
        self.offenders = list(offenders)
        shown = "\n".join(f"  - {line}" for line in self.offenders[:show])
        rest = len(self.offenders) - show
        more = f"\n  ... and {rest} more" if rest > 0 else ""
        super().__init__(f"{what}: {len(self.offenders)} problem(s)\n{shown}{more}")


class InputError(MaadinError, ValueError):
    """What the user asked for cannot be read as it stands."""

    exit_code = 2


class LabelError(InputError):
    """A name is not one that is known.

    Parameters
    ----------
    given : str
        The name as written.
    kind : str
        What it should have been ("commodity", "country").
    nearest : iterable of str
        Valid names close to it, best first.
    listing : str
        The command that lists the valid names.
    """

    def __init__(self, given: str, kind: str, nearest: Iterable[str], listing: str) -> None:
        self.given, self.kind, self.nearest = given, kind, list(nearest)
        quoted = [f"'{name}'" for name in self.nearest]
        hint = f" Nearest: {', '.join(quoted)}." if quoted else ""
        super().__init__(f"'{given}' is not a known {kind}.{hint} To list them: {listing}")


class UnitError(InputError):
    """A quantity cannot be read as what it should be.

    Parameters
    ----------
    given : object
        The quantity as written; shortened in the message.
    reason : str
        What is wrong with it.
    examples : iterable of str
        How such a quantity may be written.
    """

    def __init__(self, given: object, reason: str, examples: Iterable[str]) -> None:
        self.given, self.reason, self.examples = given, reason, tuple(examples)
        text = given if isinstance(given, str) else repr(given)
        shown = text if len(text) <= 60 else f"{text[:57]}..."
        super().__init__(f"'{shown}' {reason}; expected for example {', '.join(repr(e) for e in self.examples)}")

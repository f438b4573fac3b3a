"""`maadin data`: the compiled tables, where they came from, newer releases, and how they are built."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maadin.cli.output import Format, Lang, LangOption, put

app = typer.Typer(help="Status, import and compilation of the data.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def status(
    form: Annotated[Format, typer.Option("--format", "-f", help="Output format.")] = Format.table, lang: LangOption = Lang.en
) -> None:
    """Sources, releases, rows, years, licences and checksums; verifies every file."""
    from maadin.errors import ChecksFailed
    from maadin.facts.ask import status as asked
    from maadin.facts.store import imports_folder

    put(asked.status(), form, lang, None)
    if broken := asked.damaged_files():
        raise ChecksFailed("data files", broken)
    typer.echo(f"All {asked.file_count()} data files match their checksums. Imports live in {imports_folder()}", err=True)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A BACI zip, a USGS world CSV (or folder or zip of them), or a World Mining Data workbook.")],
    release: Annotated[str | None, typer.Option("--release", help="Name of the release, where the file does not say it.")] = None,
    corrections: Annotated[
        Path | None, typer.Option("--corrections", help="USGS only: a CSV of wrong units and misprints; see the guide.")
    ] = None,
    codes: Annotated[
        str | None, typer.Option("--codes", help="BACI only: further HS codes or chapters to keep, separated by commas.")
    ] = None,
) -> None:
    """Take a newer official release into the user data folder: checked first, swapped in whole."""
    from maadin.cli.progress import reporter
    from maadin.facts import importing

    extra = tuple(c.strip() for c in (codes or "").split(",") if c.strip())
    with reporter() as report:
        made = importing.import_release(file, release=release, codes=extra, corrections=corrections, report=report)
    for entry in made.manifest.sources:
        typer.echo(f"Imported {entry.release}: {entry.rows:,} rows, {entry.first_year}-{entry.last_year}, into {made.folder}")


@app.command("remove")
def remove(release: Annotated[str, typer.Argument(help="Release to remove, as 'maadin data status' names it.")]) -> None:
    """Remove an imported release."""
    from maadin.facts import importing

    typer.echo(f"Removed {importing.remove_release(release)}")


@app.command()
def build(
    raw: Annotated[Path, typer.Option("--raw", help="Folder of the publishers' raw files.", exists=True, file_okay=False)],
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the tables; the package's own without it.")] = None,
) -> None:
    """Compile the shipped tables from raw files (for maintainers)."""
    from maadin.cli.progress import reporter
    from maadin.facts import build as compiling
    from maadin.facts.store import shipped_folder

    target = out or shipped_folder()
    with reporter() as report:
        made = compiling.build(raw, target, report)
    size = sum(t.bytes for t in made.tables.values()) / 1e6
    typer.echo(f"Compiled {sum(t.rows for t in made.tables.values()):,} rows into {target} ({size:.1f} MB)")

"""`authority`: authority files in and out."""

import sys
from pathlib import Path

import click

from testimonia.cli.export import write_whole
from testimonia.cli.options import library_option, opened
from testimonia.services.authority import WRITERS


@click.group()
def authority() -> None:
    """Who people, organisations and places are: authority files in and out, as CSV or followthemoney JSON.

    \b
    Example: testimonia authority import persons.csv
    """


@authority.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@library_option
def import_file(file: Path, library: Path) -> None:
    """Take an authority FILE in, in place of an earlier one of this name, and match it to whom the sources name.

    CSV with the columns id, name, type, variants, wikidata, viaf, description (only name must be there);
    followthemoney entities as JSON lines; the lists of persons of a TEI volume; or, ending in .txt, a list of persons,
    one a line, surname first.

    \b
    Example: testimonia authority import persons.csv
    """
    with opened(library) as workbench:
        report = workbench.authority.import_file(file.name, file.read_bytes())
        for words in report.passed_over:
            click.echo(f"testimonia: {file.name}, {words}: passed over", err=True)
        click.echo(f"{report.taken} entries taken in; {report.linked} entities of this library may be one of them.")


@authority.command("export")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file ending in .csv or .json.")
@library_option
def export_file(output: Path | None, library: Path) -> None:
    """Write whom and what the sources name, with the entries that were taken in, as one authority file.

    \b
    Example: testimonia authority export -o persons.ftm.json
    """
    suffix = ".csv" if output is None else output.suffix.lower()
    if suffix not in WRITERS:
        raise click.UsageError(f"{output} should end in one of {', '.join(WRITERS)}.")
    with opened(library) as workbench:
        if output is None:
            workbench.authority.export(suffix, sys.stdout.buffer)
        else:
            write_whole(output, lambda sink: workbench.authority.export(suffix, sink))

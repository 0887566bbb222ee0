"""`export`: sources as files of other formats."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from testimonia.cli.options import library_option, opened
from testimonia.errors import NotFoundError, TestimoniaError
from testimonia.model.alignment import Aligned
from testimonia.model.layers import ORIGINAL, READING
from testimonia.model.sources import Source
from testimonia.services.exporting import Exporting, file_names

if TYPE_CHECKING:
    from testimonia.services.workbench import Workbench

_NOT_FOR_TERMINALS = ("application/pdf",)


@click.command()
@click.argument("format_name", metavar="FORMAT")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path),
    help="The file to write, or the folder for several sources; standard output where one source is exported.",
)  # fmt: skip
@click.option(
    "--layer", default=READING, show_default=True, type=click.Choice((READING, ORIGINAL)),
    help="The recovered text, or the text as received.",
)  # fmt: skip
@click.option("--event", help="The event whose comparison is exported; the largest group of accounts without it.")
@click.option("--alignment", metavar="NAME", help="The comparison as this alignment has it.")
@click.option(
    "--style",
    metavar="NAME|FILE",
    help="For references-text and references-html: notes, author-date, harvard-cite-them-right, or a .csl file.",
)
@library_option
def export(
    format_name: str, sources: tuple[str, ...], output: Path | None, layer: str, event: str | None,
    alignment: str | None, style: str | None, library: Path,
) -> None:  # fmt: skip
    """Export sources as FORMAT: hocr, alto, pdf (searchable), text, jsonl. All sources, where none is named.

    What was found in them goes into one file: their references as csl-json, bibtex or ris, or formatted in a style as
    references-text or references-html, the lives of their documents as prov-o, ric-o or ead3, what is missing as
    gaps-csv or gaps-json. The comparison of their accounts goes out as comparison-csv, comparison-json, comparison-html
    or comparison-docx.

    \b
    Example: testimonia export hocr report.tif -o report.hocr
    """
    with opened(library) as workbench:
        if style is not None and format_name not in ("references-text", "references-html"):
            raise click.UsageError("only references-text and references-html have a --style.")
        if format_name in workbench.exporting.formats().names_of_comparisons:
            _write_comparison(workbench, format_name, sources, event, alignment, output)
            return
        if format_name in workbench.exporting.formats().names_of_findings:
            _write_findings(workbench.exporting, format_name, _chosen(workbench, sources), output, style)
            return
        try:
            exporter = workbench.exporting.formats().find(format_name)
        except TestimoniaError as error:
            raise click.UsageError(f"{error.what}. {error.hint}.") from error
        chosen = _chosen(workbench, sources)
        into_folder = len(chosen) > 1 or (output is not None and output.is_dir())
        if into_folder and output is None:
            raise click.UsageError(f"{len(chosen)} sources need a folder to be written to: give it with -o.")
        if not into_folder:
            _write(workbench.exporting, format_name, chosen[0], layer, output)
            return
        assert output is not None
        if output.exists() and not output.is_dir():
            raise click.UsageError(f"{output} is a file, and {len(chosen)} sources need a folder.")
        names = file_names([(source.sha256, source.name) for source in chosen], exporter.suffix)
        failed = 0
        for source, name in zip(chosen, names, strict=True):
            try:
                _write(workbench.exporting, format_name, source, layer, output / name)
            except TestimoniaError as error:
                click.echo(f"testimonia: {error}", err=True)
                failed += 1
        if failed:
            sys.exit(1)


def _chosen(workbench: "Workbench", names: tuple[str, ...]) -> list[Source]:
    if names:
        found = [workbench.catalogue.find_source(name).source for name in names]
        return list(dict.fromkeys(found))
    everything = [entry.stored.source for entry in workbench.catalogue.sources()]
    if not everything:
        raise click.UsageError("there are no sources in this library: add some first.")
    return everything


def _write(exporting: Exporting, format_name: str, source: Source, layer: str, path: Path | None) -> None:
    """Write one source; a file is put in its place only when it is whole."""
    exporter = exporting.formats().find(format_name)
    if path is None:
        stdout = sys.stdout.buffer
        if stdout.isatty() and exporter.media_type in _NOT_FOR_TERMINALS:
            raise click.UsageError(f"{exporter.title} is nothing for a terminal to show: name a file with -o.")
        exporting.export(exporter, source.sha256, stdout, layer)
        return
    write_whole(path, lambda sink: exporting.export(exporter, source.sha256, sink, layer))


def _write_comparison(
    workbench: "Workbench", format_name: str, sources: tuple[str, ...], event: str | None, name: str | None,
    output: Path | None,
) -> None:  # fmt: skip
    """Write the comparison of an event, or of the accounts of these sources: proposed, or as an alignment has it."""
    exporter = workbench.exporting.formats().find_of_comparisons(format_name)
    if name is None:
        chosen = [workbench.catalogue.find_source(s).source.sha256 for s in sources]
        found, aligned = None, Aligned(comparison=workbench.comparing.compare(event, chosen))
    else:
        found = workbench.alignments.find(name, workbench.comparing.compare(event) if event else None)
        aligned = workbench.alignments.aligned(found)
    content = workbench.alignments.export(exporter, aligned, found)
    if output is None:
        if sys.stdout.buffer.isatty() and format_name == "comparison-docx":
            raise click.UsageError(f"{exporter.title} is nothing for a terminal to show: name a file with -o.")
        sys.stdout.buffer.write(content)
        return
    path = output / f"comparison{exporter.suffix}" if output.is_dir() else output
    write_whole(path, lambda sink: sink.write(content))


def _write_findings(
    exporting: Exporting, format_name: str, sources: list[Source], output: Path | None, style: str | None
) -> None:
    """Write what was found in these sources into one file, named for the format where a folder is given."""
    exporter = exporting.formats().find_of_findings(format_name)
    if style is not None:
        try:
            exporter = exporting.in_style(exporter, style)
        except NotFoundError as error:
            raise click.UsageError(f"{error.what}. {error.hint}.") from error
    if output is None:
        exporting.export_findings(exporter, sys.stdout.buffer, sources)
        return
    path = output / f"library{exporter.suffix}" if output.is_dir() else output
    write_whole(path, lambda sink: exporting.export_findings(exporter, sink, sources))


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Put a file in its place only when it is whole, and say its name on standard error."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as sink:
            write(sink)
        part.replace(path)
    except OSError as error:
        raise click.ClickException(f"{path} can't be written ({error.strerror or error}).") from error
    finally:
        part.unlink(missing_ok=True)
    click.echo(str(path), err=True)

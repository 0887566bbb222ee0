"""`check`: does the library really say what a text quotes?"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from testimonia.cli.options import json_option, library_option, opened, print_records, table_console
from testimonia.errors import TestimoniaError
from testimonia.services.checked import Checked, CheckReport, check_records, worst_first

if TYPE_CHECKING:
    from testimonia.services.workbench import Workbench

_SIGNS = {
    "altered": "≠ altered",
    "not found": "? not found",
    "source missing": "– source missing",
    "elided": "… elided",
    "exact": "= exact",
}


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write the report as one page of HTML.")
@click.option(
    "--docx", type=click.Path(dir_okay=False, path_type=Path), help="Write a copy of the manuscript with comments."
)
@json_option
@library_option
def check(paths: tuple[str, ...], html: Path | None, docx: Path | None, as_json: bool, library: Path) -> None:
    """Check every quotation in these files, or in these sources of the library, against the library.

    Exit status 1 if one is altered, or not found though its source is here.

    \b
    Example: testimonia check chapter.docx --html report.html
    """
    if (html or docx) and len(paths) > 1:
        raise click.UsageError("--html and --docx take one file at a time")
    wrong = failed = 0
    with opened(library) as workbench:
        for path in paths:
            try:
                report = _checked(workbench, path)
                _write(report, path, html, docx)
            except TestimoniaError as error:
                click.echo(f"testimonia: {error}", err=True)
                failed += 1
                continue
            wrong += report.wrong
            if as_json:
                print_records(check_records(report))
            else:
                print_report(report)
    if wrong or failed:
        sys.exit(1)


def _write(report: CheckReport, path: str, html: Path | None, docx: Path | None) -> None:
    if html is None and docx is None:
        return
    from testimonia.services.check_reports import docx_report, html_report

    if html is not None:
        html.write_text(html_report(report), encoding="utf-8")
    if docx is not None:
        manuscript = Path(path).read_bytes() if Path(path).is_file() else None
        docx.write_bytes(docx_report(report, manuscript))


def _checked(workbench: "Workbench", path: str) -> CheckReport:
    file = Path(path)
    if file.is_file():
        return workbench.checking.check_path(file)
    return workbench.checking.check_source(workbench.catalogue.find_source(path).source.sha256)


def print_report(report: CheckReport) -> None:
    """Print a report as a table for people, worst first."""
    console = table_console()
    console.print(f"\n{report.name}: {len(report.checked)} quotations, checked against {report.searched_words:,} words")
    shown = [c for c in worst_first(report.checked) if not c.too_short]
    from rich.table import Table

    table = Table(show_lines=True, expand=console.width < 200)
    table.add_column("Verdict", overflow="fold", ratio=2)
    table.add_column("Quotation", overflow="fold", ratio=5)
    table.add_column("Source", overflow="fold", ratio=5)
    for c in shown:
        table.add_row(f"{_SIGNS[c.verdict]}{_doubts(c)}", f"{_cut(c.text)}\n{_where(c)}", _source(c))
    if shown:
        console.print(table)
    counts = {v: sum(c.verdict == v and not c.too_short for c in report.checked) for v in _SIGNS}
    short = sum(c.too_short for c in report.checked)
    console.print(
        ", ".join(f"{n} {v}" for v, n in counts.items() if n)
        + (f"; {short} too short to be checked" if short else "")
        + (f"; {report.titles} titles of works left aside" if report.titles else "")
        + ". All are proposals."
    )


def _doubts(c: Checked) -> str:
    return "".join(f"\n! {w}" for w in c.warnings)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 400 else text[:397] + "..."


def _where(c: Checked) -> str:
    if not c.anchors:
        return ""
    a = c.anchors[0]
    who = f"; said to be {c.attributed_to}’s" if c.attributed_to else ""
    return f"({a.page_label or f'page {a.page_index + 1} of the file'}, l. {a.first_line}{who})"


def _source(c: Checked) -> str:
    if not c.places:
        return c.reason
    place = c.places[0]
    a = place.anchors[0]
    page = a.page_label or f"page {a.page_index + 1} of the file"
    others = f"\nalso in {', '.join(p.source_name for p in c.places[1:4])}" if len(c.places) > 1 else ""
    return f"{_cut(a.quote)}\n({place.source_name}, {page}, l. {a.first_line}: {place.title or ''})\n{c.reason}{others}"

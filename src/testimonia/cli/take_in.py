"""`open`, `demo` and `add`: take files in."""

import os
import sys
import tempfile
from pathlib import Path

import click

from testimonia.cli.compare import print_comparison
from testimonia.cli.options import (
    cores_option,
    json_option,
    library_option,
    opened,
    print_records,
    say_failures,
    shown_progress,
)
from testimonia.cli.serving import host_option, listen, port_option, serve_until_interrupted
from testimonia.cli.summary import print_summary
from testimonia.model.comparison import Comparison
from testimonia.services.intake import IntakeReport
from testimonia.services.records import source_record
from testimonia.services.sample import sample_path
from testimonia.services.workbench import Workbench

PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--upside-down",
    type=click.Choice(("now", "later")),
    default="now",
    show_default=True,
    envvar="TESTIMONIA_UPSIDE_DOWN",
    help="When to read text of pages that lie upside down, which takes seconds a page; `serve` reads what was left.",
)
@json_option
@cores_option
@library_option
def add(paths: tuple[Path, ...], upside_down: str, as_json: bool, cores: int | None, library: Path) -> None:
    """Take files or folders into the library. Adding the same bytes twice changes nothing.

    \b
    Example: testimonia add scans/ memoir.txt
    """
    with opened(library, cores=cores) as workbench:
        report = _take_in(workbench, paths, turned_later=upside_down == "later")
        if as_json:
            counts = {e.stored.source.sha256: e.counts for e in workbench.catalogue.sources()}
            print_records(source_record(s, counts.get(s.source.sha256, {})) for s in report.sources)
        else:
            print_summary(workbench, report)
        if report.failures:
            sys.exit(1)


@click.command("open")
@PATHS
@click.option("--browser/--no-browser", default=True, help="Open the browser at the comparison.")
@host_option
@port_option
@cores_option
@library_option
def open_files(
    paths: tuple[Path, ...], browser: bool, host: str, port: int | None, cores: int | None, library: Path
) -> None:
    """Take files in, compare their accounts, and show them in the browser: the main job.

    \b
    Example: testimonia open bulletin.txt
    """
    with opened(library, cores=cores) as workbench:
        report = _take_in(workbench, paths, turned_later=True)
        if report.failures and not report.sources:
            sys.exit(1)
        print_summary(workbench, report)
        chosen = [s.source.sha256 for s in report.sources]
        comparison = _main_comparison(workbench, chosen)
        with listen(host, port) as listening:
            address = listening.address + (f"compare/{comparison.event.id}" if comparison is not None else "")
            click.echo(f"\nServing at {address}\nStop with Ctrl C.")
            serve_until_interrupted(workbench, listening, address if browser and "CI" not in os.environ else None)


@click.command()
@click.option("--browser/--no-browser", default=True, help="Open the browser at the comparison.")
@host_option
@port_option
@click.option("--library", type=click.Path(file_okay=False, path_type=Path), help="Instead of a temporary library.")
def demo(browser: bool, host: str, port: int | None, library: Path | None) -> None:
    """Run the whole line on the sample that ships with the program: an invented case.

    Where there is no terminal, or CI is set, the comparison is printed and nothing is served.

    \b
    Example: testimonia demo --no-browser
    """
    with (
        tempfile.TemporaryDirectory(prefix="testimonia-demo-") as temporary,
        opened(library or Path(temporary)) as workbench,
    ):
        report = _take_in(workbench, (sample_path(),), turned_later=True)
        print_summary(workbench, report)
        comparison = _main_comparison(workbench, [s.source.sha256 for s in report.sources])
        if comparison is None:
            click.echo("testimonia: the sample has no accounts to compare", err=True)
            sys.exit(1)
        print_comparison(comparison)
        with listen(host, port) as listening:
            address = f"{listening.address}compare/{comparison.event.id}"
            if "CI" in os.environ or not sys.stdout.isatty():
                click.echo(f"\nIn a terminal this would now be served at {address}")
                return
            click.echo(f"\nServing at {address}\nStop with Ctrl C.")
            serve_until_interrupted(workbench, listening, address if browser else None)


def _take_in(workbench: Workbench, paths: tuple[Path, ...], *, turned_later: bool) -> IntakeReport:
    try:
        with shown_progress() as progress:
            report = workbench.intake.add(paths, progress, turned_later=turned_later)
    except KeyboardInterrupt:
        click.echo(
            "testimonia: stopped. What was finished, to the page, is kept: add the same again to go on.", err=True
        )
        sys.exit(1)
    workbench.comparing.regroup()
    say_failures(report)
    return report


def _main_comparison(workbench: Workbench, sources: list[str]) -> Comparison | None:
    """The comparison to show first: the largest group of accounts in these sources, else in the library."""
    events = workbench.catalogue.events()
    accounts = workbench.comparing.accounts_of(sources)
    here = [e for e in events if accounts & set(e.accounts)] or list(events)
    return workbench.comparing.compare(here[0].id) if here else None

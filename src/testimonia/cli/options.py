"""What every command shares: the library, and how progress is shown."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from testimonia.services.intake import IntakeReport, Report
from testimonia.services.intake import Progress as Step
from testimonia.services.workbench import Workbench

Command = TypeVar("Command", bound=Callable[..., Any])


def library_option(command: Command) -> Command:
    """The option that every command takes: which library."""
    return click.option(
        "--library",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="TESTIMONIA_LIBRARY",
        default=Path("testimonia-library"),
        show_default=True,
        help="The library's folder; made where there is none.",
    )(command)


def json_option(command: Command) -> Command:
    """Records for programs instead of text for people."""
    return click.option("--json", "as_json", is_flag=True, help="Print records, one a line, for programs.")(command)


@contextmanager
def opened(library: Path) -> Iterator[Workbench]:
    """The workbench on a library, closed at the end."""
    workbench = Workbench.open(library)
    try:
        yield workbench
    finally:
        workbench.close()


def table_console() -> Console:
    """Where tables for people are printed: as wide as the terminal, and wide where there is none to measure."""
    console = Console(markup=False, highlight=False)
    return console if console.is_terminal else Console(markup=False, highlight=False, width=160)


def print_records(records: Iterable[dict[str, Any]]) -> None:
    """Print records as JSON, one a line."""
    for record in records:
        click.echo(json.dumps(record, ensure_ascii=False))


@contextmanager
def shown_progress() -> Iterator[Report]:
    """A progress bar on standard error, where that is a terminal; nothing otherwise."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console,
        transient=True,
    ) as progress:  # fmt: skip
        task = progress.add_task("taking in", total=None)

        def report(step: Step) -> None:
            progress.update(task, description=f"{step.step} {step.name}", completed=step.done, total=step.total)

        yield report


def say_failures(report: IntakeReport) -> int:
    """Say on standard error what could not be taken in, and what must be known of the rest; how many failed."""
    for failure in report.failures:
        click.echo(f"testimonia: {failure.error}", err=True)
    return len(report.failures)

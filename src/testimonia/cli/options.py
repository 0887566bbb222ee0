"""What every command shares: the library, and how progress is shown."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

# What is imported where it is used takes long to load, and most commands run without it.
if TYPE_CHECKING:
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


def editor_option(command: Command) -> Command:
    """Who decides: there are no logins."""
    return click.option(
        "--editor", default="editor", show_default=True, envvar="TESTIMONIA_EDITOR", help="Whose decision it is."
    )(command)


def cores_option(command: Command) -> Command:
    """How many pages may be read from their images at once."""
    return click.option(
        "--cores", type=click.IntRange(1, 256), envvar="TESTIMONIA_CORES", help="Cores that read page images; "
        "all where nothing is said.",
    )(command)  # fmt: skip


@contextmanager
def opened(library: Path, *, cores: int | None = None) -> Iterator["Workbench"]:
    """The workbench on a library, closed at the end. `cores` may read page images, None as the environment says."""
    from testimonia.services.workbench import Workbench

    workbench = Workbench.open(library)
    if cores is not None:
        workbench.recognising.cores = cores
    try:
        yield workbench
    finally:
        workbench.close()


def table_console() -> "Console":
    """Where tables for people are printed: as wide as the terminal, and wide where there is none to measure."""
    from rich.console import Console

    console = Console(markup=False, highlight=False)
    return console if console.is_terminal else Console(markup=False, highlight=False, width=160)


def print_records(records: Iterable[dict[str, Any]]) -> None:
    """Print records as JSON, one a line."""
    for record in records:
        click.echo(json.dumps(record, ensure_ascii=False))


@contextmanager
def shown_progress() -> Iterator["Report"]:
    """A progress bar on standard error, where that is a terminal; nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True,
    ) as progress:  # fmt: skip
        files = progress.add_task("taking in", total=None)
        pages = progress.add_task("pages", total=None, visible=False)
        of = ""

        def report(step: "Step") -> None:
            nonlocal of
            progress.update(files, description=f"{step.step} {step.name}", completed=step.done, total=step.total)
            if step.pages_total and step.name != of:
                # What an earlier run has read is no measure of the time that this one takes.
                progress.reset(pages, total=step.pages_total, completed=step.pages_done, visible=True)
                of = step.name
            elif step.pages_total:
                progress.update(pages, completed=step.pages_done)
            else:
                progress.update(pages, visible=False)

        yield report


@contextmanager
def shown_count() -> Iterator[Callable[[int, int, str], None]]:
    """The same for work that counts: how much is done, of how much, and at what it is."""
    if not sys.stderr.isatty():
        yield lambda done, total, what: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda done, total, what: status.update(f"{done + 1} of {total}: {what}")


def say_failures(report: "IntakeReport") -> int:
    """Say on standard error what could not be taken in, and what must be known of the rest; how many failed."""
    for failure in report.failures:
        click.echo(f"testimonia: {failure.error}", err=True)
    return len(report.failures)

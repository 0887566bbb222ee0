"""`compare`: the accounts of one event side by side."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from testimonia.cli.options import json_option, library_option, opened, table_console
from testimonia.errors import NotFoundError
from testimonia.model.alignment import Judged
from testimonia.model.comparison import Comparison, Point, Statement
from testimonia.model.spans import Anchor

if TYPE_CHECKING:
    from testimonia.services.workbench import Workbench

_SIGNS = {"contradict": "≠ contradict", "differ": "~ differ", "agree": "= agree", "single": "1 account"}


@click.command()
@click.argument("event", required=False)
@click.option("--source", "sources", multiple=True, help="Only the accounts of these sources (repeat the option).")
@click.option("--alignment", metavar="NAME", help="As this alignment has it; see `testimonia alignment`.")
@json_option
@library_option
def compare(
    event: str | None, sources: tuple[str, ...], alignment: str | None, as_json: bool, library: Path
) -> None:  # fmt: skip
    """Set the accounts of one EVENT side by side; without EVENT, the largest group of accounts found.

    \b
    Example: testimonia compare --json
    """
    with opened(library) as workbench:
        if alignment is not None:
            named = workbench.comparing.compare(event) if event is not None else None
            found = workbench.alignments.find(alignment, named)
            aligned = workbench.alignments.aligned(found)
            if as_json:
                click.echo(json.dumps(workbench.alignments.record(aligned, found), ensure_ascii=False))
            else:
                print_comparison(aligned.comparison, aligned.judged)
            return
        chosen = [_chosen(workbench, s) for s in sources]
        comparison = workbench.comparing.compare(event, chosen)
        if as_json:
            click.echo(json.dumps(workbench.comparing.record(comparison), ensure_ascii=False))
        else:
            print_comparison(comparison)


def _chosen(workbench: "Workbench", named: str) -> str:
    """The SHA-256 of the source of this name; of a file that came twice under two names, by the bytes at the path."""
    try:
        return workbench.catalogue.find_source(named).source.sha256
    except NotFoundError:
        if not Path(named).is_file():
            raise
        return workbench.catalogue.find_source(hashlib.sha256(Path(named).read_bytes()).hexdigest()).source.sha256


def print_comparison(comparison: Comparison, judged: Mapping[str, Judged] | None = None) -> None:
    """Print a comparison as a table for people: one row a point that several accounts speak to, or that was judged.

    The number before a point is its place among all points, also those that are not shown.
    """
    console = table_console()
    event = comparison.event
    tellers = {a.id: a for a in comparison.accounts}
    letters = {a.id: str(n) for n, a in enumerate(comparison.accounts, 1)}
    console.print(f"\n{event.title}{f', {event.when}' if event.when else ''}")
    for a in comparison.accounts:
        told = f"told {a.told}" if a.told else "time of telling unknown"
        console.print(f"  [{letters[a.id]}] {a.teller}: {a.title}; {told}; {a.basis or 'basis unknown'}; "
                      f"l. {a.first_line}-{a.last_line}")  # fmt: skip
    from rich.table import Table

    table = Table(show_lines=True, expand=console.width < 200)
    table.add_column("Point", ratio=2, overflow="fold")
    table.add_column("Says", ratio=5, overflow="fold")
    table.add_column("Silent", ratio=2, overflow="fold")
    decided = judged or {}
    shared = [p for p in comparison.points if p.relation != "single"]
    for number, point in enumerate(comparison.points, 1):
        if point.relation == "single" and point.id not in decided:
            continue
        table.add_row(
            f"{number}. {point.label}\n{_SIGNS[point.relation]}{_judged(decided.get(point.id))}",
            "\n".join(f"[{letters[s.account]}] {_said(s)}" for s in point.statements),
            _silences(point, letters),
        )
    console.print(table)
    singles = len(comparison.points) - len(shared)
    console.print(
        f"{len(tellers)} accounts, {len(shared)} points told by several, {singles} by one account only. "
        f"{sum(p.relation == 'contradict' for p in shared)} contradictions, "
        f"{sum(p.relation == 'differ' for p in shared)} differences. "
        + (f"{len(decided)} judged." if decided else "All are proposals.")
    )


def _judged(judged: Judged | None) -> str:
    """What was decided, as further lines of the point's cell."""
    if judged is None:
        return ""
    clash = f"; the clash is {judged.clash}" if judged.clash else ""
    return "".join(f"\n{line}" for line in (f"{judged.decision} by {judged.editor}{clash}", *judged.notes))


def _said(statement: Statement) -> str:
    quotes = " ... ".join(" ".join(a.quote.split()) for a in statement.anchors)
    shown = quotes if len(quotes) <= 280 else quotes[:277] + "..."
    return f"({statement.version}) {shown} ({_cited(statement.anchors[0])})"


def _cited(anchor: Anchor) -> str:
    page = anchor.page_label or f"page {anchor.page_index + 1} of the file"
    return f"{page}, l. {anchor.first_line}"


def _silences(point: Point, letters: dict[str, str]) -> str:
    by_reason: dict[str, list[str]] = {}
    for silence in point.silences:
        by_reason.setdefault(silence.reason, []).append(letters[silence.account])
    return "\n".join(f"[{', '.join(who)}] {reason}" for reason, who in by_reason.items())

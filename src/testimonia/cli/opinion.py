"""`opinion`: what does a model that you have say of the points of a comparison?"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from testimonia.cli.options import (
    json_option,
    library_option,
    opened,
    print_records,
    shown_count,
    table_console,
)
from testimonia.services.records import finding_record

if TYPE_CHECKING:
    from testimonia.services.second_opinion import OpinionReport

KEY = "TESTIMONIA_OPINION_KEY"


@click.command()
@click.argument("event", required=False)
@click.option("--source", "sources", multiple=True, help="Only the accounts of these sources (repeat the option).")
@click.option(
    "--endpoint", envvar="TESTIMONIA_OPINION_ENDPOINT", required=True, metavar="URL",
    help="An OpenAI-compatible endpoint, such as http://127.0.0.1:8080/v1. Nothing is asked of anyone without it.",
)  # fmt: skip
@click.option(
    "--model", envvar="TESTIMONIA_OPINION_MODEL", required=True, help="The name under which it knows the model."
)
@click.option("--most", type=click.IntRange(min=1), help="At most so many points, contradictions first.")
@click.option("--timeout", "timeout_s", type=click.FloatRange(1, 3600), default=120.0, show_default=True,
              help="Seconds to wait for an answer.")  # fmt: skip
@click.option("--again", is_flag=True, help="Ask also about points that this model has spoken of.")
@click.option("--send-away", is_flag=True, help="Passages may be sent to an endpoint that is not on this machine.")
@json_option
@library_option
def opinion(
    event: str | None,
    sources: tuple[str, ...],
    endpoint: str,
    model: str,
    most: int | None,
    timeout_s: float,
    again: bool,
    send_away: bool,
    as_json: bool,
    library: Path,
) -> None:
    """Ask a model for a second opinion on the points of an EVENT; without EVENT, of the largest group of accounts.

    It may propose labels, relations, stances and claims. Each must quote its passage to the character, or it is refused
    and counted; what is kept is a proposal. A key, where the endpoint wants one, is read from the environment variable
    TESTIMONIA_OPINION_KEY.

    \b
    Example: testimonia opinion --endpoint http://127.0.0.1:8080/v1 --model my-model --most 10
    """
    with opened(library) as workbench, shown_count() as count:
        asking = workbench.second_opinion(endpoint, model, key=os.environ.get(KEY) or None, timeout_s=timeout_s)
        chosen = [workbench.catalogue.find_source(s).source.sha256 for s in sources]
        comparison = workbench.comparing.compare(event, chosen)
        report = asking.ask(comparison, most=most, may_send=send_away, again=again, going_on=count)
        if as_json:
            names = {e.stored.source.sha256: e.stored.source.name for e in workbench.catalogue.sources()}
            print_records(finding_record(o, names.get(o.source, ""), None) for o in report.opinions)
        else:
            _print(report, {p.id: p.label for p in comparison.points}, {a.id: a.teller for a in comparison.accounts})
    refused = ", ".join(f"{code} {count}" for code, count in report.refused.items())
    click.echo(
        f"{report.asked} points asked about, {report.skipped} asked before; {len(report.opinions)} proposals kept, "
        f"{len(report.refusals)} refused{f' ({refused})' if refused else ''}.",
        err=True,
    )
    for failure in report.failures:
        click.echo(f"testimonia: {failure}", err=True)
    if report.failures:
        sys.exit(1)


def _print(report: "OpinionReport", labels: Mapping[str, str], tellers: Mapping[str, str]) -> None:
    from rich.table import Table

    table = Table(show_edge=False, pad_edge=False)
    for column in ("point", "about", "account", "proposed", "words that it rests on"):
        table.add_column(column, overflow="fold")
    for o in report.opinions:
        rests = " | ".join(f"{' '.join(a.quote.split())} ({a.page_label or a.page_index + 1}, l. {a.first_line})"
                           for a in o.anchors) if o.about != "label" else "–"  # fmt: skip
        slots = "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in o.slots)
        table.add_row(labels.get(o.point, ""), o.about, tellers.get(o.account or "", "–"), slots or o.value, rests)
    if table.row_count:
        table_console().print(table)

"""`judge`: accept, reject, or take back, from the command line."""

from pathlib import Path

import click

from testimonia.cli.options import editor_option, json_option, library_option, opened, print_records
from testimonia.model.comparison import Judgement
from testimonia.services.aligned_records import act_record
from testimonia.services.judging import judgement_record


@click.command()
@click.argument("finding")
@click.argument("decision", type=click.Choice(("accepted", "rejected", "changed", "undone")))
@click.option("--everywhere", is_flag=True, help="With it, all repairs of the source that change the same word alike.")
@click.option("--alignment", metavar="NAME", help="The alignment in which a point of a comparison is judged.")
@click.option(
    "--set",
    "fields",
    metavar="FIELD=VALUE",
    multiple=True,
    help="With changed: what stands there now, as often as needed; several agents are parted by ';'.",
)
@click.option("--note", default="", help="Why.")
@editor_option
@json_option
@library_option
def judge(
    finding: str, decision: str, everywhere: bool, alignment: str | None, fields: tuple[str, ...], note: str,
    editor: str, as_json: bool, library: Path,
) -> None:  # fmt: skip
    """Accept, reject or change a FINDING by its id, or take the decision back (undone).

    Rejecting a repair gives the text its original reading back; accepting a suggested one makes it. With --alignment
    FINDING is a point of a comparison, by its number or id. Every decision is kept.

    \b
    Example: testimonia judge repair-0c6a5d1f2b3e4a59 rejected --everywhere
    Example: testimonia judge provenance-5d1f2b3e4a590c6a changed --set act=copied --set "agents=Ada Brill; Tom Wick"
    """
    if bool(fields) != (decision == "changed"):
        raise click.UsageError("changed needs --set FIELD=VALUE, and nothing else has it.")
    if any("=" not in field for field in fields):
        raise click.UsageError("--set wants FIELD=VALUE.")
    if alignment is not None:
        _judge_point(finding, decision, alignment, note, editor, as_json, library)
        return
    with opened(library) as workbench:
        judging = workbench.judging
        made: tuple[Judgement, ...]
        if decision == "undone":
            made = (judging.undo(judging.standing(finding).id, editor),)
        elif fields:
            made = (judging.change(finding, dict(f.split("=", 1) for f in fields), editor, note),)
        elif everywhere:
            made = judging.judge_everywhere(finding, decision, editor)
        else:
            made = (judging.judge(finding, decision, editor, note),)
        if as_json:
            print_records(judgement_record(row) for row in made)
        else:
            places = "" if len(made) == 1 else f", and {len(made) - 1} more like it"
            click.echo(f"{finding}: {decision}{places}")


def _judge_point(
    point: str, decision: str, name: str, note: str, editor: str, as_json: bool, library: Path
) -> None:  # fmt: skip
    """Accept or reject a point in an alignment, or take back what was last decided so about it."""
    with opened(library) as workbench:
        alignments = workbench.alignments
        found = alignments.find(name)
        here = alignments.point(alignments.aligned(found), point)
        if decision == "undone":
            made = alignments.undo(found, editor, alignments.last_judgement(found, here.id).id)
        else:
            made = alignments.act(found, decision.removesuffix("ed"), editor, point=here.id, note=note)
        if as_json:
            print_records([act_record(made)])
        else:
            click.echo(f"{here.label}: {decision}")

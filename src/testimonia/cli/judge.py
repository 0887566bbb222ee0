"""`judge`: accept, reject, or take back, from the command line."""

from pathlib import Path

import click

from testimonia.cli.options import json_option, library_option, opened, print_records
from testimonia.model.comparison import Judgement
from testimonia.services.judging import judgement_record

# There are no logins: who sits at this machine is the editor.
EDITOR = "editor"


@click.command()
@click.argument("finding")
@click.argument("decision", type=click.Choice(("accepted", "rejected", "undone")))
@click.option("--everywhere", is_flag=True, help="With it, all repairs of the source that change the same word alike.")
@json_option
@library_option
def judge(finding: str, decision: str, everywhere: bool, as_json: bool, library: Path) -> None:
    """Accept or reject a FINDING by its id, or take the decision back (undone).

    Rejecting a repair gives the text its original reading back; accepting a suggested one makes it. Every decision is
    kept.

    \b
    Example: testimonia judge repair-0c6a5d1f2b3e4a59 rejected --everywhere
    """
    with opened(library) as workbench:
        judging = workbench.judging
        made: tuple[Judgement, ...]
        if decision == "undone":
            made = (judging.undo(judging.standing(finding).id, EDITOR),)
        elif everywhere:
            made = judging.judge_everywhere(finding, decision, EDITOR)
        else:
            made = (judging.judge(finding, decision, EDITOR),)
        if as_json:
            print_records(judgement_record(row) for row in made)
        else:
            places = "" if len(made) == 1 else f", and {len(made) - 1} more like it"
            click.echo(f"{finding}: {decision}{places}")

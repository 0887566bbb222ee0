"""`event`: merge, split and rename events, move accounts between them, and take it back."""

from pathlib import Path

import click

from testimonia.cli.options import editor_option, json_option, library_option, opened, print_records
from testimonia.model.comparison import Judgement
from testimonia.services.judging import judgement_record


@click.group()
def event() -> None:
    """Say which accounts tell of one event. An EVENT is an id or a title (`list events`); an ACCOUNT an id, a teller or
    a title (`list accounts`).

    Every act is kept with its editor and can be taken back; comparisons follow at once. The machine's own grouping is
    not overwritten.

    \b
    Example: testimonia event merge "The talk" "The talk in the vestry"
    """


def _say(made: Judgement, words: str, *, as_json: bool) -> None:
    if as_json:
        print_records([judgement_record(made)])
    else:
        click.echo(f"{words}  {made.id}")


@event.command()
@json_option
@library_option
def proposals(as_json: bool, library: Path) -> None:
    """The merges and splits that the machine proposes and nobody has judged, with their reasons.

    \b
    Example: testimonia event proposals
    """
    from testimonia.services.records import finding_record

    with opened(library) as workbench:
        waiting = workbench.grouping.changes()
        if as_json:
            names = {s.source.sha256: s.source.name for s in workbench.store.sources()}
            print_records(finding_record(c, names.get(c.source, ""), None) for c in waiting)
            return
        for change in waiting:
            click.echo(f"{workbench.grouping.words_of(change)}: {change.reason}  {change.id}")
        if not waiting:
            click.echo("Nothing is proposed.")


@event.command()
@click.argument("proposal")
@editor_option
@json_option
@library_option
def accept(proposal: str, editor: str, as_json: bool, library: Path) -> None:
    """Do what is proposed; PROPOSAL is its id.

    \b
    Example: testimonia event accept "event change-0c6a5d1f2b3e4a59"
    """
    with opened(library) as workbench:
        made = workbench.grouping.accept(proposal, editor)
        _say(made, f"accepted: {made.note}", as_json=as_json)


@event.command()
@click.argument("proposal")
@editor_option
@json_option
@library_option
def reject(proposal: str, editor: str, as_json: bool, library: Path) -> None:
    """Leave things as they are; PROPOSAL is not proposed again.

    \b
    Example: testimonia event reject "event change-0c6a5d1f2b3e4a59"
    """
    with opened(library) as workbench:
        made = workbench.grouping.reject(proposal, editor)
        _say(made, f"rejected: {made.note}", as_json=as_json)


@event.command()
@click.argument("kept", metavar="EVENT")
@click.argument("other", metavar="OTHER")
@editor_option
@json_option
@library_option
def merge(kept: str, other: str, editor: str, as_json: bool, library: Path) -> None:
    """OTHER is the same as EVENT: its accounts follow.

    \b
    Example: testimonia event merge "The talk" "The talk in the vestry"
    """
    with opened(library) as workbench:
        grouping = workbench.grouping
        made = grouping.merge(grouping.find(kept), grouping.find(other), editor)
        _say(made, f"merged: {made.note}", as_json=as_json)


@event.command()
@click.argument("whole", metavar="EVENT")
@click.argument("accounts", metavar="ACCOUNT...", nargs=-1, required=True)
@editor_option
@json_option
@library_option
def split(whole: str, accounts: tuple[str, ...], editor: str, as_json: bool, library: Path) -> None:
    """These accounts of EVENT tell of another event, whose id is printed.

    \b
    Example: testimonia event split "The talk" "Halvard Brenn"
    """
    with opened(library) as workbench:
        grouping = workbench.grouping
        found = grouping.find(whole)
        made = grouping.split(found, [grouping.find_account(a, found).id for a in accounts], editor)
        _say(made, f"split: {made.note}, now {grouping.part_of(made)}", as_json=as_json)


@event.command()
@click.argument("target", metavar="EVENT")
@click.argument("accounts", metavar="ACCOUNT...", nargs=-1, required=True)
@editor_option
@json_option
@library_option
def move(target: str, accounts: tuple[str, ...], editor: str, as_json: bool, library: Path) -> None:
    """These accounts, wherever they are, tell of EVENT.

    \b
    Example: testimonia event move "The talk" account-0c6a5d1f2b3e4a59
    """
    with opened(library) as workbench:
        grouping = workbench.grouping
        made = grouping.move([grouping.find_account(a).id for a in accounts], grouping.find(target), editor)
        _say(made, f"moved: {made.note}", as_json=as_json)


@event.command()
@click.argument("named", metavar="EVENT")
@click.argument("title")
@editor_option
@json_option
@library_option
def rename(named: str, title: str, editor: str, as_json: bool, library: Path) -> None:
    """Call EVENT by this TITLE.

    \b
    Example: testimonia event rename "Anna, Brink" "The night of the lamp"
    """
    with opened(library) as workbench:
        made = workbench.grouping.rename(workbench.grouping.find(named), title, editor)
        _say(made, f"renamed: {made.note}", as_json=as_json)


@event.command()
@click.argument("decision", required=False)
@editor_option
@json_option
@library_option
def undo(decision: str | None, editor: str, as_json: bool, library: Path) -> None:
    """Take back the last decision on events that stands, or the DECISION with this id; so is taking back itself.

    \b
    Example: testimonia event undo
    """
    with opened(library) as workbench:
        made = workbench.grouping.undo(editor, decision)
        _say(made, f"taken back: {made.note}", as_json=as_json)


@event.command()
@json_option
@library_option
def history(as_json: bool, library: Path) -> None:
    """Every decision on events, the last first: who, when, and whether it stands.

    \b
    Example: testimonia event history
    """
    with opened(library) as workbench:
        entries = workbench.grouping.history()
        if as_json:
            print_records(
                {**judgement_record(e.row), "stands": e.stands, "unplaced": e.why_unplaced or None} for e in entries
            )
            return
        for e in entries:
            stands = "" if e.stands else " (taken back)"
            unplaced = f" (unplaced: {e.why_unplaced})" if e.why_unplaced else ""
            click.echo(f"{e.row.at}  {e.row.editor}: {e.row.decision}: {e.about}{stands}{unplaced}  {e.row.id}")

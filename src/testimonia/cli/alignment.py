"""`alignment`: what an editor makes of a comparison, by name."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from testimonia.cli.compare import print_comparison
from testimonia.cli.options import editor_option, json_option, library_option, opened, print_records, table_console
from testimonia.model.alignment import ACTIONS, Act
from testimonia.services.aligned_records import act_record, alignment_record, difference_record, history_record

if TYPE_CHECKING:
    from testimonia.services.workbench import Workbench

_DONE_BY_ACT = tuple(a for a in ACTIONS if a not in ("undo", "renew"))


@click.group()
def alignment() -> None:
    """Alignments: named readings of one event over the machine's proposal.

    An alignment is a list of acts; the proposal itself is never changed, nor is anybody else's alignment. Every act can
    be taken back.

    \b
    Example: testimonia alignment new "First reading"
    """


@alignment.command("list")
@json_option
@library_option
def list_alignments(as_json: bool, library: Path) -> None:
    """All alignments of the library.

    \b
    Example: testimonia alignment list
    """
    with opened(library) as workbench:
        every = workbench.alignments.every()
        if as_json:
            print_records(alignment_record(a) for a in every)
            return
        for a in every:
            acts = len(workbench.alignments.history(a))
            click.echo(f"{a.name}: by {a.editor}, {a.at}; {acts} acts  {a.id}")


@alignment.command()
@click.argument("name")
@click.argument("event", required=False)
@click.option("--source", "sources", multiple=True, help="Only the accounts of these sources (repeat the option).")
@editor_option
@json_option
@library_option
def new(
    name: str, event: str | None, sources: tuple[str, ...], editor: str, as_json: bool, library: Path
) -> None:  # fmt: skip
    """Begin the alignment NAME over what is proposed now for EVENT; without EVENT, for the largest group of accounts.

    \b
    Example: testimonia alignment new "First reading"
    """
    with opened(library) as workbench:
        chosen = [workbench.catalogue.find_source(s).source.sha256 for s in sources]
        made = workbench.alignments.new(workbench.comparing.compare(event, chosen), name, editor)
        if as_json:
            print_records([alignment_record(made)])
        else:
            click.echo(f"{made.name}: {made.id}")


@alignment.command()
@click.argument("name")
@json_option
@library_option
def show(name: str, as_json: bool, library: Path) -> None:
    """The comparison as the alignment NAME has it, each point with its number and its judgement.

    \b
    Example: testimonia alignment show "First reading"
    """
    with opened(library) as workbench:
        found = workbench.alignments.find(name)
        aligned = workbench.alignments.aligned(found)
        if as_json:
            click.echo(json.dumps(workbench.alignments.record(aligned, found), ensure_ascii=False))
            return
        print_comparison(aligned.comparison, aligned.judged)
        for unplaced in aligned.unplaced:
            about = unplaced.act.action if unplaced.act is not None else "passage"
            click.echo(f"unplaced: {about}: {unplaced.why}")


@alignment.command()
@click.argument("name")
@json_option
@library_option
def history(name: str, as_json: bool, library: Path) -> None:
    """Every act of the alignment NAME, the last first: who, when, and whether it stands.

    \b
    Example: testimonia alignment history "First reading"
    """
    with opened(library) as workbench:
        entries = workbench.alignments.history(workbench.alignments.find(name))
        if as_json:
            print_records(history_record(e) for e in entries)
            return
        console = table_console()
        for e in entries:
            stands = "" if e.stands else " (taken back)"
            unplaced = f" (unplaced: {e.why_unplaced})" if e.why_unplaced else ""
            value = f" {e.act.value}" if e.act.value and e.act.action != "renew" else ""
            console.print(f"{e.act.at}  {e.act.editor}: {e.act.action}{value}: {e.about}{stands}{unplaced}  {e.act.id}")


@alignment.command()
@click.argument("name")
@click.argument("action", type=click.Choice(_DONE_BY_ACT))
@click.argument("point", default="")
@click.option("--statement", "statements", multiple=True, help="The statement it is about (id, account or teller).")
@click.option("--target", default="", help="The point to move to or to merge with; to cite, the teller.")
@click.option("--value", default="", help="The new name, stance or relation; real or apparent for a clash.")
@click.option("--note", default="", help="Why.")
@editor_option
@json_option
@library_option
def act(
    name: str, action: str, point: str, statements: tuple[str, ...], target: str, value: str, note: str, editor: str,
    as_json: bool, library: Path,
) -> None:  # fmt: skip
    """Do one thing in the alignment NAME, on POINT: its number in `alignment show`, or its id.

    accept, reject: the point, or one statement of it. rename, stance, relation, clash: to --value. move: a statement
    to --target. merge: the point with --target. split: statements off into a point called --value. add: a point of
    your own called --value, behind POINT. cite: the words --value, to the letter, said on POINT by the teller --target.

    \b
    Example: testimonia alignment act "First reading" rename 1 --value "Who spoke first?"
    """
    with opened(library) as workbench:
        alignments = workbench.alignments
        found = alignments.find(name)
        aligned = alignments.aligned(found)
        here = alignments.point(aligned, point) if point or action != "add" else None
        made = alignments.act(
            found,
            action,
            editor,
            point=here.id if here is not None else "",
            statements=[alignments.statement(aligned, here, s) for s in statements] if here is not None else [],
            target=alignments.point(aligned, target).id if target and action != "cite" else target,
            value=value,
            note=note,
        )
        _print_act(workbench, made, as_json)


@alignment.command()
@click.argument("name")
@click.argument("act_id", metavar="[ACT]", required=False)
@editor_option
@json_option
@library_option
def undo(name: str, act_id: str | None, editor: str, as_json: bool, library: Path) -> None:
    """Take back the last act of the alignment NAME that stands, or the ACT named.

    \b
    Example: testimonia alignment undo "First reading"
    """
    with opened(library) as workbench:
        found = workbench.alignments.find(name)
        _print_act(workbench, workbench.alignments.undo(found, editor, act_id), as_json)


@alignment.command()
@click.argument("name")
@editor_option
@json_option
@library_option
def redo(name: str, editor: str, as_json: bool, library: Path) -> None:
    """Do again what was taken back last in the alignment NAME.

    \b
    Example: testimonia alignment redo "First reading"
    """
    with opened(library) as workbench:
        found = workbench.alignments.find(name)
        _print_act(workbench, workbench.alignments.redo(found, editor), as_json)


@alignment.command()
@click.argument("name")
@json_option
@library_option
def news(name: str, as_json: bool, library: Path) -> None:
    """What the machine would now do differently than in the proposal under the alignment NAME. Nothing is changed.

    \b
    Example: testimonia alignment news "First reading"
    """
    with opened(library) as workbench:
        found = workbench.alignments.news(workbench.alignments.find(name))
        if as_json:
            print_records(difference_record(d) for d in found)
            return
        for d in found:
            click.echo(f"{d.kind}: {d.label} ({d.how})")
        if not found:
            click.echo("The machine proposes the same as before.")


@alignment.command()
@click.argument("name")
@editor_option
@json_option
@library_option
def renew(name: str, editor: str, as_json: bool, library: Path) -> None:
    """Put the acts of the alignment NAME over what the machine proposes today. What finds no place is laid aside.

    \b
    Example: testimonia alignment renew "First reading"
    """
    with opened(library) as workbench:
        found = workbench.alignments.find(name)
        _print_act(workbench, workbench.alignments.renew(found, editor), as_json)
        unplaced = workbench.alignments.aligned(found).unplaced
        if unplaced and not as_json:
            click.echo(f"{len(unplaced)} unplaced; `testimonia alignment show` lists them")


def _print_act(workbench: "Workbench", made: Act, as_json: bool) -> None:
    if as_json:
        print_records([act_record(made)])
        return
    entry = workbench.alignments.history(workbench.alignments.find(made.alignment))[0]
    click.echo(f"{made.action}: {entry.about}")

"""`entity`: merge, split, rename and retype whom and what the sources name, and take it back."""

from pathlib import Path

import click

from testimonia.cli.options import json_option, library_option, opened, print_records
from testimonia.model.comparison import Judgement
from testimonia.services.entities import ENTITY_TYPES, part_of
from testimonia.services.judging import judgement_record

# There are no logins: who sits at this machine is the editor.
EDITOR = "editor"


@click.group()
def entity() -> None:
    """Say whom the names in the sources name. An ENTITY is an id (`list people --json`) or a name that only one has.

    \b
    Example: testimonia entity merge "Anna Brink" "A. L. Brink"
    """


def _say(made: Judgement, words: str, *, as_json: bool) -> None:
    if as_json:
        print_records([judgement_record(made)])
    else:
        click.echo(f"{made.finding}: {words}")


@entity.command()
@click.argument("kept", metavar="ENTITY")
@click.argument("other", metavar="OTHER")
@json_option
@library_option
def merge(kept: str, other: str, as_json: bool, library: Path) -> None:
    """OTHER is the same as ENTITY: every mention of it follows.

    \b
    Example: testimonia entity merge "Anna Brink" "A. L. Brink"
    """
    with opened(library) as workbench:
        made = workbench.entities.merge(kept, other, EDITOR)
        _say(made, f"{made.decision}, {made.note}", as_json=as_json)


@entity.command()
@click.argument("entity_name", metavar="ENTITY")
@click.argument("mentions", metavar="MENTION...", nargs=-1, required=True)
@json_option
@library_option
def split(entity_name: str, mentions: tuple[str, ...], as_json: bool, library: Path) -> None:
    """These mentions (ids of names) name another: they become an entity of their own, whose id is printed.

    \b
    Example: testimonia entity split "Anna Brink" name-0c6a5d1f2b3e4a59
    """
    with opened(library) as workbench:
        made = workbench.entities.split(entity_name, mentions, EDITOR)
        _say(made, f"split, what was named is now {part_of(made)}", as_json=as_json)


@entity.command()
@click.argument("entity_name", metavar="ENTITY")
@click.argument("name")
@json_option
@library_option
def rename(entity_name: str, name: str, as_json: bool, library: Path) -> None:
    """Call ENTITY by this NAME.

    \b
    Example: testimonia entity rename "A. Brink" "Anna Lovisa Brink"
    """
    with opened(library) as workbench:
        made = workbench.entities.rename(entity_name, name, EDITOR)
        _say(made, f"changed, {made.value} ({made.note})", as_json=as_json)


@entity.command()
@click.argument("entity_name", metavar="ENTITY")
@click.argument("entity_type", metavar="TYPE", type=click.Choice(ENTITY_TYPES))
@json_option
@library_option
def retype(entity_name: str, entity_type: str, as_json: bool, library: Path) -> None:
    """ENTITY is of this TYPE: person, organisation or place.

    \b
    Example: testimonia entity retype "Port Brannsey" place
    """
    with opened(library) as workbench:
        made = workbench.entities.retype(entity_name, entity_type, EDITOR)
        _say(made, f"changed, {made.value} ({made.note})", as_json=as_json)


@entity.command()
@click.argument("entity_name", metavar="ENTITY")
@json_option
@library_option
def undo(entity_name: str, as_json: bool, library: Path) -> None:
    """Take the last decision about ENTITY back; the id of one that was merged away works too.

    \b
    Example: testimonia entity undo "Anna Brink"
    """
    with opened(library) as workbench:
        made = workbench.entities.undo(entity_name, EDITOR)
        _say(made, "undone", as_json=as_json)

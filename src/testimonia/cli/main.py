"""The command line: `testimonia COMMAND`."""

import sys
from importlib import import_module
from typing import NamedTuple

import click

from testimonia import __version__
from testimonia.errors import TestimoniaError


class Place(NamedTuple):
    """Where a command is, and what it does, in the words of `testimonia --help`."""

    module: str
    attribute: str
    summary: str


# A command is loaded when it is called: `list` need not wait for the web server's modules, nor `--help` for anyone's.
COMMANDS = {
    "open": Place(
        "testimonia.cli.take_in", "open_files", "Take files in, compare their accounts, show them in the browser."
    ),
    "demo": Place("testimonia.cli.take_in", "demo", "The same on the sample that ships with the program."),
    "add": Place("testimonia.cli.take_in", "add", "Take files or folders into the library."),
    "list": Place("testimonia.cli.show", "list_records", "List what was found, of one kind."),
    "text": Place("testimonia.cli.show", "text", "Print the text of a source, as read or as received."),
    "trace": Place("testimonia.cli.show", "trace", "Say where a stretch of a text comes from: line and page."),
    "judge": Place("testimonia.cli.judge", "judge", "Accept or reject a finding, or take that back."),
    "entity": Place("testimonia.cli.entity", "entity", "Say whom the names in the sources name."),
    "authority": Place("testimonia.cli.authority", "authority", "Authority files of people and places, in and out."),
    "event": Place("testimonia.cli.event", "event", "Merge, split and rename events, move accounts between them."),
    "alignment": Place("testimonia.cli.alignment", "alignment", "Named readings of one event over the proposal."),
    "compare": Place("testimonia.cli.compare", "compare", "Set the accounts of one event side by side."),
    "opinion": Place("testimonia.cli.opinion", "opinion", "Ask a model for a second opinion on an event's points."),
    "collate": Place("testimonia.cli.collate", "collate", "Set versions of one text beside each other."),
    "check": Place("testimonia.cli.check", "check", "Check every quotation against the library."),
    "search": Place("testimonia.cli.show", "search", "Find passages with these words, with page and line."),
    "export": Place("testimonia.cli.export", "export", "Export sources, comparisons or findings in a format."),
    "serve": Place("testimonia.cli.serving", "serve", "Serve the web application on a library."),
    "doctor": Place("testimonia.cli.doctor", "doctor", "Say what is installed and missing, and if all is sound."),
}


class Commands(click.Group):
    """The commands by name, in the order in which a person meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        place = COMMANDS[cmd_name]
        command = getattr(import_module(place.module), place.attribute)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.summary) for name, place in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="testimonia")
def commands() -> None:
    """Testimonia: recover sources, find the accounts inside, set them side by side, cite every word.

    \b
    Begin with one of these:
      testimonia demo                 the whole line on the sample that ships with the program
      testimonia open FILE...         take files in, compare their accounts, show them in the browser
    """


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 something was wrong with the input, 2 wrong usage."""
    try:
        commands()
    except TestimoniaError as error:
        click.echo(f"testimonia: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()

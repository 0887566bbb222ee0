"""The command line: `testimonia COMMAND`."""

import sys
from importlib import import_module

import click

from testimonia import __version__
from testimonia.errors import TestimoniaError

# Where each command is. Loaded when it is called: `list` need not wait for the web server's modules.
COMMANDS = {
    "open": ("testimonia.cli.take_in", "open_files"),
    "demo": ("testimonia.cli.take_in", "demo"),
    "add": ("testimonia.cli.take_in", "add"),
    "list": ("testimonia.cli.show", "list_records"),
    "text": ("testimonia.cli.show", "text"),
    "trace": ("testimonia.cli.show", "trace"),
    "judge": ("testimonia.cli.judge", "judge"),
    "entity": ("testimonia.cli.entity", "entity"),
    "authority": ("testimonia.cli.authority", "authority"),
    "alignment": ("testimonia.cli.alignment", "alignment"),
    "compare": ("testimonia.cli.compare", "compare"),
    "opinion": ("testimonia.cli.opinion", "opinion"),
    "collate": ("testimonia.cli.collate", "collate"),
    "check": ("testimonia.cli.check", "check"),
    "search": ("testimonia.cli.show", "search"),
    "export": ("testimonia.cli.export", "export"),
    "serve": ("testimonia.cli.serving", "serve"),
    "doctor": ("testimonia.cli.doctor", "doctor"),
}


class Commands(click.Group):
    """The commands by name, in the order in which a person meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name]
        command = getattr(import_module(module), attribute)
        return command if isinstance(command, click.Command) else None


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

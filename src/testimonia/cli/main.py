"""The command line: `testimonia COMMAND`."""

import sys

import click

from testimonia import __version__
from testimonia.cli.compare import compare
from testimonia.cli.doctor import doctor
from testimonia.cli.serving import serve
from testimonia.cli.show import list_records, search, text, trace
from testimonia.cli.take_in import add, demo, open_files
from testimonia.errors import TestimoniaError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="testimonia")
def commands() -> None:
    """Testimonia: recover sources, find the accounts inside, set them side by side, cite every word.

    \b
    Begin with one of these:
      testimonia demo                 the whole line on the sample that ships with the program
      testimonia open FILE...         take files in, compare their accounts, show them in the browser
    """


for command in (open_files, demo, add, list_records, text, trace, compare, search, serve, doctor):
    commands.add_command(command)


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 something was wrong with the input, 2 wrong usage."""
    try:
        commands()
    except TestimoniaError as error:
        click.echo(f"testimonia: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # `testimonia list ... | head` closes the pipe: nothing is wrong
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()

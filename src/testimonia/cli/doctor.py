"""`doctor`: what is installed, what is missing, and whether the library is sound."""

import json
import sys
from pathlib import Path

import click

from testimonia.cli.options import json_option, library_option, opened
from testimonia.services.health import checks


@click.command()
@json_option
@library_option
def doctor(as_json: bool, library: Path) -> None:
    """Say what is installed, what is missing and the command that adds it, and whether the library is sound.

    \b
    Example: testimonia doctor
    """
    there = library.exists()
    findings = list(checks())
    if there:
        with opened(library) as workbench:
            findings.extend(workbench.health())
    for check in findings:
        if as_json:
            click.echo(json.dumps({"kind": "check", "what": check.what, "ok": check.ok, "message": check.message}))
        else:
            click.echo(f"{'ok     ' if check.ok else 'missing' if check.optional else 'WRONG  '}  {check.what}: "
                       f"{check.message}")  # fmt: skip
    if not there and not as_json:
        click.echo(f"no library at {library}; the first `testimonia add` makes one")
    if any(not c.ok and not c.optional for c in findings):
        sys.exit(1)

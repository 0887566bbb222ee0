"""`collate`: versions of one text, word by word."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from testimonia.cli.options import json_option, library_option, opened, print_records, say_failures, shown_progress
from testimonia.model.layers import READING
from testimonia.services.collated import Collated, Entry, sigla_of
from testimonia.services.witnessing import LAYERS

if TYPE_CHECKING:
    from testimonia.services.workbench import Workbench


@click.command()
@click.argument("versions", nargs=-1, required=True)
@json_option
@click.option(
    "--layer", type=click.Choice(LAYERS), default=READING, show_default=True,
    help="The reading text with every word as its source has it; or with misread words repaired; or the text as "
    "received, to the letter.",
)  # fmt: skip
@click.option("--tei", "as_tei", is_flag=True, help="Print the apparatus as TEI (parallel segmentation).")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file instead.")
@library_option
def collate(
    versions: tuple[str, ...], as_json: bool, as_tei: bool, output: Path | None, layer: str, library: Path
) -> None:
    """Set two to twenty VERSIONS of one text beside each other: where they differ, how, and on which line.

    A VERSION is a source of the library, the id of a document or an account in it, or a file, which is taken in.

    \b
    Example: testimonia collate draft.txt printed.txt
    """
    if as_json and as_tei:
        raise click.UsageError("--json and --tei exclude each other")
    if output is not None and not as_tei:
        raise click.UsageError("-o needs --tei")
    with opened(library) as workbench:
        collated = workbench.collating.collate(_named(workbench, versions), layer)
        if as_tei:
            _write(workbench.collating.apparatus_tei(collated), output)
        elif as_json:
            print_records(workbench.collating.records(collated))
        else:
            print_apparatus(collated)


def print_apparatus(collated: Collated) -> None:
    """Print the witnesses and the places where they differ, in the form of an apparatus."""
    for number, witness in enumerate(collated.witnesses):
        words = len(collated.collation.tokens[number])
        click.echo(f"{witness.siglum}  {witness.title}, l. {witness.first_line}-{witness.last_line}, {words:,} words")
    click.echo()
    varying = [e for e in collated.entries if e.varies]
    for entry in varying:
        others = "; ".join(f"{_shortened(text)} {sigla}" for text, sigla in sigla_of(entry))
        click.echo(f"{_place(entry)}  {_shortened(entry.lemma.text) or '[nothing]'} ] {others}  ({_kinds(entry)})")
    for move in collated.moves:
        click.echo(
            f"{move.one.witness.siglum} l. {_line(move.one.anchor)}  {_shortened(move.one.text)}  "
            f"stands in {move.other.witness.siglum} at l. {_line(move.other.anchor)}  (moved)"
        )
    print_releases(collated)
    click.echo(f"\n{len(varying)} places where the versions differ, {len(collated.moves)} moves. All are proposals.")


def print_releases(collated: Collated) -> None:
    """Print what each release withholds and another shows, what all withhold, and where the fullest text comes from."""
    releases = collated.releases
    if releases is None:
        return
    click.echo("\nWithheld")
    for one in releases.restorations:
        shown = ", ".join(f"{collated.witness_of(a).siglum} l. {a.first_line}" for a in one.shown_in)
        siglum = collated.witness_of(one.anchors[0]).siglum
        text = _shortened(one.text)
        click.echo(f"{siglum} l. {_line(one.anchors[0])}  {one.printed}  shown in {shown}: {text}")
    for hidden in releases.hidden:
        length = (
            f"{hidden.extent.least} to {hidden.extent.most} characters" if hidden.extent.most else "of unknown length"
        )
        siglum = collated.witnesses[hidden.witness].siglum
        printed = " ".join(hidden.anchor.quote.split())
        click.echo(
            f"{siglum} l. {hidden.anchor.first_line}  {printed}  shown in none: {length} ({hidden.extent.reason})"
        )
    words = {w.siglum: 0 for w in collated.witnesses}
    for stretch in releases.fullest:
        words[collated.witnesses[stretch.witness].siglum] += 0 if stretch.withheld else len(stretch.text.split())
    click.echo(f"Fullest text: {', '.join(f'{n:,} words from {siglum}' for siglum, n in words.items() if n)}")


def _named(workbench: "Workbench", versions: tuple[str, ...]) -> list[str]:
    """What the versions are called in the library; files are taken in first."""
    names = []
    for version in versions:
        if not Path(version).is_file():
            names.append(version)
            continue
        with shown_progress() as progress:
            report = workbench.intake.add([Path(version)], progress)
        if say_failures(report):
            sys.exit(1)
        if report.added:
            workbench.comparing.regroup()
        names.append(report.sources[0].source.sha256)
    return names


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise click.UsageError(f"{output} can't be written ({error.strerror})") from error
    click.echo(f"Written to {output}")


def _place(entry: Entry) -> str:
    at = next((r for r in (entry.lemma, *entry.readings) if r.anchor is not None), entry.lemma)
    return f"{at.witness.siglum} l. {_line(at.anchor)}"


def _line(anchor: object) -> str:
    return str(getattr(anchor, "first_line", "?"))


def _kinds(entry: Entry) -> str:
    return ", ".join(dict.fromkeys(r.difference for r in entry.readings if r.difference))


def _shortened(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:100]} ... {text[-50:]}"

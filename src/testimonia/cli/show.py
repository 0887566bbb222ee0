"""`list`, `text`, `trace` and `search`: what is in the library."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from testimonia.cli.options import json_option, library_option, opened, print_records, table_console
from testimonia.errors import NotFoundError
from testimonia.model.layers import ORIGINAL, READING
from testimonia.services.catalogue import FINDINGS, NAME_TYPES_OF
from testimonia.services.records import Record, anchor_record, point_record, statement_record

if TYPE_CHECKING:
    from testimonia.services.workbench import Workbench

KINDS = ("sources", "pages", *FINDINGS, *NAME_TYPES_OF, "points", "statements", "claims", "tellings", "reuses")
_COLUMNS = {
    "sources": ("source", "source_name", "pages", "state"),
    "pages": (
        "source_name",
        "page_index",
        "page_label",
        "first_line",
        "last_line",
        "orientation_deg",
        "readable",
        "engine",
    ),
    "documents": ("type", "title", "author", "first_line", "last_line"),
    "accounts": ("teller", "title", "told", "published", "basis", "first_line", "last_line"),
    "notes": ("label", "text"),
    "gaps": ("what", "label", "extent", "evidence"),
    "redactions": ("printed", "quantity", "unit"),
    "marks": ("role", "text"),
    "repairs": ("reason", "before", "after", "explanation"),
    "notices": ("code", "message"),
    "events": ("id", "title", "when", "place", "participants", "accounts"),
    "dates": ("printed", "edtf", "earliest", "latest", "explanation"),
    "provenance": ("about", "order", "act", "agents", "recipients", "when"),
    "reliances": ("from_name", "how", "on_name", "stated", "explanation"),
    "references": ("printed", "csl"),
    "names": ("type", "name", "entity_name"),
    **dict.fromkeys(NAME_TYPES_OF, ("name", "entity_name", "explanation")),
    "opinions": ("about", "value", "model", "explanation"),
    "restorations": ("printed", "text", "judgement"),
    "points": ("relation", "label", "reason"),
    "statements": ("account", "stance", "value"),
    "tellings": ("teller", "times", "told"),
    "claims": ("who", "polarity", "verb", "to_whom", "what", "attribution", "told_as"),
    "reuses": ("words", "later_title", "earlier_title", "earlier_told", "explanation"),
}


@click.command("list")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--source", help="Only of this source: its name, path, or the first characters of its SHA-256.")
@click.option("--style", metavar="NAME|FILE", help="References also as this style has them: see `export --help`.")
@json_option
@library_option
def list_records(kind: str, source: str | None, style: str | None, as_json: bool, library: Path) -> None:
    """List what was found, of one KIND.

    \b
    Example: testimonia list accounts --json
    """
    with opened(library) as workbench:
        sha256 = workbench.catalogue.find_source(source).source.sha256 if source else None
        records = _records(workbench, kind, sha256)
        columns = _COLUMNS[kind]
        if style is not None:
            records, columns = _styled(workbench, kind, sha256, style, records), ("formatted", "printed")
        if as_json:
            print_records(records)
            return
        from rich.table import Table

        table = Table(show_edge=False, pad_edge=False)
        places = [_where(record.get("anchors") or []) for record in records]
        for column in (*columns, *(["where"] if any(places) else [])):
            table.add_column(column.replace("_", " "), overflow="fold")
        for record, place in zip(records, places, strict=True):
            table.add_row(*(_cell(record.get(c)) for c in columns), *([place] if any(places) else []))
        console = table_console()
        if table.row_count:
            console.print(table)
        else:
            click.echo(f"No {kind} in this library.", err=True)


def _styled(
    workbench: "Workbench", kind: str, sha256: str | None, style: str, records: Iterable[Record]
) -> list[Record]:
    """The records with each reference as a style has it."""
    if kind != "references":
        raise click.UsageError("only references have a --style.")
    try:
        styled = workbench.exporting.styled(style, sha256)
    except NotFoundError as error:
        raise click.UsageError(f"{error.what}. {error.hint}.") from error
    return [{**record, "formatted": styled.get(str(record["id"]))} for record in records]


def _records(workbench: "Workbench", kind: str, sha256: str | None) -> list[Record]:
    if kind == "reuses":
        from testimonia.services.reuse import Reuse

        return list(Reuse(workbench.store, workbench.checking).records([sha256] if sha256 else None))
    if kind == "claims":
        from testimonia.services.claiming import Claiming

        return list(Claiming(workbench.store, workbench.comparing).records(sha256))
    if kind == "events":
        from testimonia.services.happenings import Happenings

        return list(Happenings(workbench.store, workbench.comparing).records(sha256))
    if kind == "tellings":
        from testimonia.services.tellings import TellingsOfEvents

        tellings = TellingsOfEvents(workbench.store, workbench.catalogue, workbench.comparing, workbench.relying)
        return list(tellings.records(sha256))
    if kind not in ("points", "statements"):
        return list(workbench.catalogue.records(kind, sha256))
    out: list[Record] = []
    for event in workbench.catalogue.events():
        comparison = workbench.comparing.compare(event.id)
        if sha256 and not any(a.source == sha256 for a in comparison.accounts):
            continue
        for point in comparison.points:
            common = {"kind": kind[:-1], "event": event.id, "judgement": "proposed"}
            if kind == "points":
                out.append({**common, **point_record(point)})
            else:
                out.extend({**common, "point": point.id, **statement_record(s)} for s in point.statements)
    return out


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return ", ".join(value) if all(isinstance(v, str) for v in value) and len(value) < 5 else str(len(value))
    text = str(value)
    return text if len(text) <= 160 else text[:157] + "..."


def _where(anchors: list[Record]) -> str:
    if not anchors:
        return ""
    first = anchors[0]
    lines = f"l. {first['first_line']}" + (
        f"-{first['last_line']}" if first["last_line"] != first["first_line"] else ""
    )
    return f"{first['page_label'] or 'page ' + str(first['page_index'] + 1) + ' of the file'}, {lines}"


@click.command()
@click.argument("source")
@click.option("--page", type=click.IntRange(min=1), help="Only this page of the file, counted from 1.")
@click.option("--layer", default=READING, show_default=True, help=f"Which layer: {ORIGINAL} or {READING}.")
@json_option
@library_option
def text(source: str, page: int | None, layer: str, as_json: bool, library: Path) -> None:
    """Print the text of a SOURCE: the reading text, or the original as received.

    The name of an image in a folder of page images means its page.

    \b
    Example: testimonia text bulletin.txt --page 3 --layer original
    """
    with opened(library) as workbench:
        stored, member = workbench.catalogue.find_page(source)
        sha256 = stored.source.sha256
        page_index = page - 1 if page is not None else member
        exact = page is None and member is not None
        if as_json:
            runs = workbench.reading.runs(sha256, layer, page_index, exact=exact)
            print_records(
                {"text": r.text, "start": r.start, "end": r.end, "certain": r.certain, "reason": r.reason} for r in runs
            )
        else:
            click.echo(workbench.reading.text(sha256, layer, page_index, exact=exact))


@click.command()
@click.argument("source")
@click.option("--layer", default=READING, show_default=True, help="The layer that START and END count in.")
@click.option("--start", type=click.IntRange(min=0), required=True, help="First code point.")
@click.option("--end", type=click.IntRange(min=0), required=True, help="One past the last code point.")
@json_option
@library_option
def trace(source: str, layer: str, start: int, end: int, as_json: bool, library: Path) -> None:
    """Say where a stretch of a layer comes from: original characters, lines and page.

    \b
    Example: testimonia trace bulletin.txt --layer reading --start 1200 --end 1260
    """
    with opened(library) as workbench:
        sha256 = workbench.catalogue.find_source(source).source.sha256
        if start >= end:
            raise click.BadParameter("must be after --start", param_hint="--end")
        traced = workbench.reading.trace(sha256, layer, start, end)
        if as_json:
            print_records(
                {
                    **anchor_record(piece.anchor),
                    "change": piece.change,
                    "layer_start": piece.start,
                    "layer_end": piece.end,
                }
                for piece in traced
            )
            return
        for piece in traced:
            a = piece.anchor
            click.echo(
                f"{a.page_label or f'page {a.page_index + 1} of the file'}, line {a.first_line}"
                f"{f'-{a.last_line}' if a.last_line != a.first_line else ''}, "
                f"characters {a.start}-{a.end} ({piece.change}): {a.quote!r}"
            )


@click.command()
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many passages.")
@click.option("--source", help="Only in this source.")
@json_option
@library_option
def search(query: str, limit: int, source: str | None, as_json: bool, library: Path) -> None:
    """Find passages with these words, with page and line. "A phrase" in quotation marks, -without, begin*.

    \b
    Example: testimonia search '"harbour master" -fog'
    """
    with opened(library) as workbench:
        sha256 = workbench.catalogue.find_source(source).source.sha256 if source else None
        found = workbench.searching.search(query, limit=limit, source=sha256)
        if as_json:
            print_records(
                {
                    "kind": "passage",
                    "source": h.passage.source,
                    "source_name": h.passage.source_name,
                    "layer": READING,
                    "start": h.passage.start,
                    "end": h.passage.end,
                    "first_line": h.passage.first_line,
                    "last_line": h.passage.last_line,
                    "page_index": h.passage.page_index,
                    "page_label": h.passage.page_label,
                    "quote": h.passage.text,
                    "uncertain": h.passage.uncertain,
                }
                for h in found.hits
            )
            return
        for h in found.hits:
            p = h.passage
            click.echo(
                f"{p.source_name}, {p.page_label or f'page {p.page_index + 1} of the file'}, "
                f"l. {p.first_line}-{p.last_line}:\n  {h.snippet}\n"
                + (f"  (the words are uncertain: {p.uncertain})\n" if p.uncertain else "")
            )
        click.echo(f"{found.total} passages.", err=True)

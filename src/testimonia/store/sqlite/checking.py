"""Is a library what it was when it was written?"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator

from testimonia.errors import TestimoniaError
from testimonia.model.findings import Finding
from testimonia.model.layers import Layer
from testimonia.model.pages import Page
from testimonia.store.received import ReceivedFiles
from testimonia.store.sqlite.finding_rows import KINDS, read_findings
from testimonia.store.sqlite.layer_rows import read_layer, read_placed
from testimonia.store.sqlite.scan_rows import read_page_texts, read_scans
from testimonia.text.recovered import Paragraph


def faults(connection: sqlite3.Connection, received: ReceivedFiles) -> Iterator[str]:
    """What is wrong, in sentences: database, keys, bytes of the sources, layers and their maps, pages, quotations.

    A source that was received and not worked on yet is unfinished, not damaged, and is not reported.
    """
    structure = [message for (message,) in connection.execute("PRAGMA integrity_check") if message != "ok"]
    yield from (f"The database is damaged: {message}." for message in structure)
    if structure:
        return
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"Row {row} of table {table} belongs to a {parent} that is not there."
    yield from _miscounted(connection)
    for key, record in connection.execute("SELECT key, record FROM proposal"):
        if not _is_as_hashed(key, record):
            yield f"Proposal {key}, over which somebody judged, is not what was kept."
    for number, sha256, state, pages in connection.execute("SELECT number, sha256, state, page_count FROM source"):
        try:
            received.read(sha256)
        except TestimoniaError as error:
            yield str(error)
        try:
            yield from _source_faults(connection, number, sha256, state, pages)
        except TestimoniaError as error:
            yield f"Source {sha256}: {error}"


def _is_as_hashed(key: str, record: bytes) -> bool:
    try:
        return hashlib.sha256(zlib.decompress(record)).hexdigest() == key
    except zlib.error:
        return False


def _miscounted(connection: sqlite3.Connection) -> Iterator[str]:
    counted = "SELECT run, source, kind, count FROM found"
    there = "SELECT run, source, kind, count(*) FROM finding GROUP BY run, source, kind"
    for run, _, kind, count in connection.execute(f"SELECT * FROM ({counted} EXCEPT {there})"):
        yield f"Run {run} is said to have found {count} of kind {kind}, and did not."
    for run, _, kind, count in connection.execute(f"SELECT * FROM ({there} EXCEPT {counted})"):
        yield f"Run {run} found {count} of kind {kind}, and they are not counted."


def _source_faults(
    connection: sqlite3.Connection, number: int, sha256: str, state: str, page_count: int
) -> Iterator[str]:
    layers = _layers(connection, number, sha256)
    if state == "done" and not layers:
        yield f"Source {sha256} is said to be done and has no text."
    for layer in layers.values():
        if layer.parent is None or layer.offset_map is None:
            continue
        parent = layers.get(layer.parent)
        if parent is None:
            yield f"Source {sha256}: layer {layer.name} comes from layer {layer.parent}, which is not there."
        elif layer.offset_map.parent_length != len(parent.text):
            yield f"Source {sha256}: the map of layer {layer.name} does not end where its parent's text does."
    pages = read_placed(connection, number, Page)
    if len(pages) != page_count:
        yield f"Source {sha256} is said to have {page_count} pages and has {len(pages)}."
    if "original" in layers and any(p.end > len(layers["original"].text) for p in pages):
        yield f"Source {sha256}: a page ends behind the text."
    scans = read_scans(connection, number)
    read_page_texts(connection, number)
    if any(s.page_index >= len(pages) for s in scans):
        yield f"Source {sha256}: there is a scan of a page that it does not have."
    if "original" in layers and any(s.boxes and s.boxes[-1].end > len(layers["original"].text) for s in scans):
        yield f"Source {sha256}: a box stands behind the text."
    paragraphs = read_placed(connection, number, Paragraph)
    if "reading" in layers and any(p.end > len(layers["reading"].text) for p in paragraphs):
        yield f"Source {sha256}: a paragraph ends behind the text."
    for kind in KINDS.values():
        for finding in read_findings(connection, kind, number):
            yield from _misquoted(finding, layers, sha256)


def _layers(connection: sqlite3.Connection, number: int, sha256: str) -> dict[str, Layer]:
    names = connection.execute("SELECT name FROM layer WHERE source = ? ORDER BY ordinal", (number,)).fetchall()
    return {name: read_layer(connection, number, sha256, name) for (name,) in names}


def _misquoted(finding: Finding, layers: dict[str, Layer], sha256: str) -> Iterator[str]:
    """An anchor made on the text that is kept must quote it; one made on an older text can't be checked here."""
    for anchor in finding.anchors:
        layer = layers.get(anchor.layer)
        if layer is None or anchor.source != sha256 or anchor.layer_sha256 != layer.sha256:
            continue
        if layer.text[anchor.start : anchor.end] != anchor.quote:
            yield f"Finding {finding.id} quotes {anchor.quote[:60]!r}, which is not what stands there."

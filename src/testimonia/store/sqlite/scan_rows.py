"""Scans of pages, and what was read from them, as rows."""

import sqlite3
import sys
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from testimonia.errors import InvalidRecordError
from testimonia.model.scans import Boxes, PageScan, PageText
from testimonia.store.codec import pack, unpack
from testimonia.store.failures import DamagedLibraryError

Column = TypeVar("Column", "array[int]", "array[float]")
_LEVEL = 3
_COLUMN_BYTES = 4
_ROW_BYTES = 6 * _COLUMN_BYTES + 8
_WITHOUT_BOXES = frozenset({"boxes"})
_WITHOUT_SCAN = frozenset({"scan"})


def pack_boxes(boxes: Boxes) -> bytes:
    """zlib of the columns one after the other, little end first."""
    packer = zlib.compressobj(_LEVEL)
    parts = [packer.compress(_little_end_first(column).tobytes()) for column in boxes.columns]
    parts.append(packer.compress(_little_end_first(boxes.confidences).tobytes()))
    return b"".join([*parts, packer.flush()])


def unpack_boxes(packed: bytes) -> Boxes:
    """The boxes that `pack_boxes` wrote. Raises DamagedLibraryError."""
    try:
        raw = memoryview(zlib.decompress(packed))
        count, rest = divmod(len(raw), _ROW_BYTES)
        if rest:
            raise ValueError(f"{len(raw)} bytes are no whole number of boxes")
        columns = []
        for n in range(6):
            column = array("i")
            column.frombytes(raw[n * count * _COLUMN_BYTES : (n + 1) * count * _COLUMN_BYTES])
            columns.append(_little_end_first(column))
        confidences = array("d")
        confidences.frombytes(raw[6 * count * _COLUMN_BYTES :])
        return Boxes.from_columns(columns, _little_end_first(confidences))
    except (zlib.error, ValueError, InvalidRecordError) as error:
        raise DamagedLibraryError(f"the boxes of a page are damaged: {error}", hint=_AGAIN) from error


_AGAIN = "Restore the library from a copy, or add the source to a new library"


def _little_end_first(column: Column) -> Column:
    if sys.byteorder == "big":
        column = column[:]
        column.byteswap()
    return column


def _boxes(scan: PageScan) -> bytes:
    return pack_boxes(scan.boxes if isinstance(scan.boxes, Boxes) else Boxes(scan.boxes))


def write_scans(connection: sqlite3.Connection, source: int, scans: Iterable[PageScan]) -> None:
    """Put these scans in the place of those that the source had."""
    connection.execute("DELETE FROM scan WHERE source = ?", (source,))
    connection.executemany(
        "INSERT INTO scan VALUES (?, ?, ?, ?)",
        ((source, s.page_index, pack(s, without=_WITHOUT_BOXES), _boxes(s)) for s in scans),
    )


def read_scan(connection: sqlite3.Connection, source: int, page_index: int) -> PageScan | None:
    """The scan of one page; None where nothing is known of one."""
    row = connection.execute(
        "SELECT record, boxes FROM scan WHERE source = ? AND page = ?", (source, page_index)
    ).fetchone()
    return None if row is None else _scan(row, source)


def read_scans(connection: sqlite3.Connection, source: int) -> tuple[PageScan, ...]:
    """All scans of a source, in the order of its pages."""
    rows = connection.execute("SELECT record, boxes FROM scan WHERE source = ? ORDER BY page", (source,))
    return tuple([_scan(row, source) for row in rows])


def _scan(row: tuple[bytes, bytes], source: int) -> PageScan:
    record, boxes = row
    return unpack(PageScan, record, None, f"a scan of source {source}", boxes=unpack_boxes(boxes))


def write_page_text(connection: sqlite3.Connection, source: int, text: PageText, at: str) -> None:
    """Keep what was read from one page, in place of what was read from it before."""
    scan = b"null" if text.scan is None else pack(text.scan, without=_WITHOUT_BOXES)
    record = pack(text, without=_WITHOUT_SCAN)
    connection.execute(
        "INSERT OR REPLACE INTO page_text VALUES (?, ?, ?, ?, ?)",
        (source, text.page_index, at, record + b"\n" + scan, b"" if text.scan is None else _boxes(text.scan)),
    )


def read_page_texts(connection: sqlite3.Connection, source: int) -> tuple[PageText, ...]:
    """What was read from the pages of a source so far, in the order of the pages."""
    rows = connection.execute("SELECT record, boxes FROM page_text WHERE source = ? ORDER BY page", (source,))
    out = []
    for record, boxes in rows:
        text, _, scan = record.partition(b"\n")  # JSON writes no bare line end
        made = unpack(PageText, text, None, f"a page of source {source}")
        out.append(made if scan == b"null" else replace(made, scan=_scan((scan, boxes), source)))
    return tuple(out)


def drop_page_texts(connection: sqlite3.Connection, source: int) -> None:
    """Forget what was read from the pages of a source."""
    connection.execute("DELETE FROM page_text WHERE source = ?", (source,))

"""Layers, pages and paragraphs of a source as rows."""

import sqlite3
import sys
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.layers import Layer
from testimonia.model.offset_map import OffsetMap
from testimonia.model.pages import Page
from testimonia.store.codec import pack, unpack
from testimonia.store.failures import DamagedLibraryError
from testimonia.store.sqlite.step_rows import StepNumbers, read_steps
from testimonia.text.recovered import Paragraph

Placed = TypeVar("Placed", Page, Paragraph)
_TABLES: dict[type[Page] | type[Paragraph], str] = {Page: "page", Paragraph: "paragraph"}
# Level 6 saves another tenth, and takes nearly three times as long.
_LEVEL = 3
_LayerRow = tuple[str, str | None, int, bytes, bytes | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerColumns:
    """A layer as it is kept, compressed before the turn to write is taken."""

    layer: Layer
    ordinal: int
    text: bytes
    offset_map: bytes | None

    @classmethod
    def of(cls, layer: Layer, ordinal: int) -> "LayerColumns":
        """The columns of this layer, the `ordinal`th of its source."""
        text = zlib.compress(layer.text.encode("utf-8", "surrogatepass"), _LEVEL)
        packed = None if layer.offset_map is None else pack_map(layer.offset_map)
        return cls(layer=layer, ordinal=ordinal, text=text, offset_map=packed)


def pack_map(offset_map: OffsetMap) -> bytes:
    """zlib of the columns one after the other: change (a byte each), then the four of offsets (8 bytes each, little
    end first)."""
    packer = zlib.compressobj(_LEVEL)
    parts = [packer.compress(_little_end_first(column).tobytes()) for column in offset_map.columns()]
    return b"".join([*parts, packer.flush()])


def unpack_map(packed: bytes) -> OffsetMap:
    """The map that `pack_map` wrote. Raises DamagedLibraryError."""
    try:
        raw = memoryview(zlib.decompress(packed))
        count, rest = divmod(len(raw), 33)
        if rest:
            raise ValueError(f"{len(raw)} bytes are no whole number of segments")
        columns = [array("b", raw[:count])]
        for n in range(4):
            column = array("q")
            column.frombytes(raw[count + n * count * 8 : count + (n + 1) * count * 8])
            columns.append(_little_end_first(column))
        return OffsetMap.from_columns(*columns)
    except (zlib.error, ValueError, InvalidRecordError) as error:
        raise DamagedLibraryError(f"an offset map is damaged: {error}", hint="Add the source again") from error


def _little_end_first(column: "array[int]") -> "array[int]":
    if sys.byteorder == "big" and column.itemsize > 1:
        column = column[:]
        column.byteswap()
    return column


def read_layer(connection: sqlite3.Connection, source: int, sha256: str, name: str) -> Layer:
    """One layer, its text compared with its hash. Raises NotFoundError and DamagedLibraryError."""
    row: _LayerRow | None = connection.execute(
        "SELECT sha256, parent, step, text, map FROM layer WHERE source = ? AND name = ?", (source, name)
    ).fetchone()
    if row is None:
        raise NotFoundError(f"there is no layer {name!r}", where=sha256, hint="It may not have been recovered yet")
    layer_sha256, parent, step, text, packed = row
    try:
        layer = Layer(
            source=sha256,
            name=name,
            text=zlib.decompress(text).decode("utf-8", "surrogatepass"),
            step=read_steps(connection)[step],
            parent=parent,
            offset_map=None if packed is None else unpack_map(packed),
        )
    except (zlib.error, UnicodeDecodeError, InvalidRecordError, KeyError) as error:
        raise DamagedLibraryError(f"layer {name} is damaged: {error}", where=sha256, hint=_AGAIN) from error
    if layer.sha256 != layer_sha256:
        raise DamagedLibraryError(f"layer {name} is not the text that was kept", where=sha256, hint=_AGAIN)
    return layer


_AGAIN = "Restore the library from a copy, or add the source to a new library"


def write_layers(connection: sqlite3.Connection, source: int, layers: Sequence[LayerColumns]) -> None:
    """Put these layers in the place of those that the source had."""
    steps = StepNumbers(connection)
    connection.execute("DELETE FROM layer WHERE source = ?", (source,))
    connection.executemany(
        "INSERT INTO layer (source, name, ordinal, sha256, parent, step, text, map) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (source, c.layer.name, c.ordinal, c.layer.sha256, c.layer.parent, steps[c.layer.step], c.text, c.offset_map)
            for c in layers
        ],
    )


def write_placed(connection: sqlite3.Connection, source: int, kind: type[Placed], records: Sequence[Placed]) -> None:
    """Put these pages, or paragraphs, in the place of those that the source had."""
    table = _TABLES[kind]
    connection.execute(f"DELETE FROM {table} WHERE source = ?", (source,))
    connection.executemany(
        f"INSERT INTO {table} VALUES (?, ?, ?)", ((source, n, pack(record)) for n, record in enumerate(records))
    )


def read_placed(connection: sqlite3.Connection, source: int, kind: type[Placed]) -> tuple[Placed, ...]:
    """The pages, or paragraphs, of a source in order."""
    rows = connection.execute(f"SELECT record FROM {_TABLES[kind]} WHERE source = ? ORDER BY ordinal", (source,))
    return tuple(
        [unpack(kind, record, None, f"{_TABLES[kind]} {n} of source {source}") for n, (record,) in enumerate(rows)]
    )

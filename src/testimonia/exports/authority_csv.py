"""Authority files as CSV (RFC 4180, in UTF-8): one entry a line, the variants parted by "|"."""

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from testimonia.exports.library_edition import one_line
from testimonia.model.authority import AuthorityRow

COLUMNS = ("id", "name", "type", "variants", "wikidata", "viaf", "description")


def write_authority_csv(rows: Iterable[AuthorityRow], sink: BinaryIO) -> None:
    """The entries in their order. Variants that hold what parts variants are left out: they would come back as two."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        variants = "|".join(one_line(v) for v in row.variants if not set(v) & set("|;"))
        cells = (row.entry, row.name, row.type, variants, row.wikidata, row.viaf, row.description)
        writer.writerow([one_line(cell) for cell in cells])
    sink.write(text.getvalue().encode())

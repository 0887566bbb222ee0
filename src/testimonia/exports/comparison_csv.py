"""A comparison as CSV (RFC 4180, in UTF-8): one passage or one silence a line."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from testimonia.exports.comparison_edition import Cell, ComparisonEdition
from testimonia.model.comparison import Point

COLUMNS = (
    "point", "question", "relation", "judgement", "notes", "account", "teller", "told", "published", "basis", "stance",
    "version", "value", "attribution", "quotation", "clashing", "source", "page", "first_line", "last_line", "silence",
    "evidence",
)  # fmt: skip
# A spreadsheet takes a cell that begins so for a formula, and a source may say anything.
_FORMULA = re.compile(r"[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class ComparisonCsv:
    """One passage a line with page and lines, one silence a line with its reason.

    What a spreadsheet would take for a formula has an apostrophe before it; a quotation with line ends keeps them.
    """

    name: str = "comparison-csv"
    title: str = "CSV"
    media_type: str = "text/csv; charset=utf-8"
    suffix: str = ".csv"

    def export(self, edition: ComparisonEdition, sink: BinaryIO) -> None:
        """Write the comparison."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for number, point in edition.points():
            for cell in edition.cells(point):
                for row in _rows(edition, number, point, cell):
                    writer.writerow([_safe(row.get(column, "")) for column in COLUMNS])
        sink.write(text.getvalue().encode("utf-8", "replace"))


def _rows(edition: ComparisonEdition, number: int, point: Point, cell: Cell) -> Iterator[dict[str, object]]:
    judged = edition.judged.get(point.id)
    account = cell.account
    common: dict[str, object] = {
        "point": number, "question": point.label, "relation": point.relation, "judgement": edition.standing(point),
        "notes": " | ".join(judged.notes) if judged is not None else "", "account": account.id,
        "teller": account.teller, "told": account.told or "", "published": account.published or "",
        "basis": account.basis or "",
    }  # fmt: skip
    if cell.statement is None:
        silence = cell.silence
        reason, evidence = (silence.reason, silence.evidence) if silence is not None else ("not read", "")
        yield {**common, "silence": reason, "evidence": evidence}
        return
    said = cell.statement
    for n, anchor in enumerate(said.anchors):
        yield {
            **common, "stance": said.stance, "version": said.version, "value": said.value,
            "attribution": " < ".join(said.attribution), "quotation": anchor.quote,
            "clashing": " | ".join(anchor.quote[s:e] for at, s, e in said.clashes if at == n),
            "source": edition.names.get(anchor.source, anchor.source),
            "page": anchor.page_label or f"page {anchor.page_index + 1} of the file",
            "first_line": anchor.first_line, "last_line": anchor.last_line,
        }  # fmt: skip


def _safe(value: object) -> str:
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text

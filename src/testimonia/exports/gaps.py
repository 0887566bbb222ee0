"""What is known to be missing, with its evidence and what rests on it: as a table and as JSON.

Source of the rules: RFC 4180 (CSV); the columns are our own.
"""

import csv
import io
import json
from typing import BinaryIO

from testimonia.exports.library_edition import LibraryEdition, one_line
from testimonia.model.resting import RestedGap

COLUMNS = ("id", "what", "label", "extent", "where", "evidence", "standing", "rests_on_it")
_FORMULAS = ("=", "+", "-", "@", "\t")


class GapsCsv:
    """One row a gap; what rests on it stands in one cell, each thing behind a bar."""

    name = "gaps-csv"
    title = "gaps as CSV"
    media_type = "text/csv"
    suffix = ".gaps.csv"

    def export(self, edition: LibraryEdition, sink: BinaryIO) -> None:
        """One row for each gap, in the order of sources and places; no cell that a spreadsheet would run."""
        text = io.StringIO(newline="")
        table = csv.writer(text, lineterminator="\r\n")
        table.writerow(COLUMNS)
        for rested in edition.gaps:
            table.writerow([_harmless(cell) for cell in _cells(edition, rested)])
        sink.write(text.getvalue().encode("utf-8", "replace"))


class GapsJson:
    """One array of gaps, each with what rests on it."""

    name = "gaps-json"
    title = "gaps as JSON"
    media_type = "application/json"
    suffix = ".gaps.json"

    def export(self, edition: LibraryEdition, sink: BinaryIO) -> None:
        """One object for each gap, in the order of sources and places."""
        found = []
        for rested in edition.gaps:
            cells = dict(zip(COLUMNS[:-1], _cells(edition, rested)[:-1], strict=True))
            resting = [
                {"how": r.how, "who": one_line(r.who), "why": one_line(r.why), "finding": r.finding, "point": r.point,
                 "lines": [[a.first_line, a.last_line] for a in r.anchors]}
                for r in rested.resting
            ]  # fmt: skip
            found.append({**cells, "source": rested.gap.source, "rests_on_it": resting})
        sink.write((json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))


def _cells(edition: LibraryEdition, rested: RestedGap) -> tuple[str, ...]:
    gap = rested.gap
    resting = " | ".join(one_line(f"{r.who} {r.why}") for r in rested.resting)
    return (
        gap.id, gap.what, one_line(gap.label or ""), one_line(gap.extent or ""), edition.where(gap),
        one_line(gap.evidence), edition.standing(gap), resting,
    )  # fmt: skip


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell

"""What an exporter of a comparison is given, and what it must be able to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol, runtime_checkable

from testimonia.exports.exporting import FileFormat
from testimonia.model.alignment import Judged
from testimonia.model.comparison import Comparison, Point, Silence, Statement
from testimonia.model.findings import Account
from testimonia.model.spans import Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one account has on one point: its statement, or the reason of its silence."""

    account: Account
    statement: Statement | None
    silence: Silence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonEdition:
    """A comparison as it stood when the export began: the machine's, or as an alignment has it.

    `names` has the file name of each source by its SHA-256; `record` is the comparison as the command line prints it.
    `alignment` and `editor` are "" where it is the machine's own.
    """

    comparison: Comparison
    names: Mapping[str, str]
    record: Mapping[str, Any]
    judged: Mapping[str, Judged]
    alignment: str = ""
    editor: str = ""

    def points(self) -> tuple[tuple[int, Point], ...]:
        """The points with their numbers; those that the editor rejected are left out, and leave their numbers free."""
        return tuple(
            (number, point)
            for number, point in enumerate(self.comparison.points, 1)
            if point.id not in self.judged or self.judged[point.id].decision != "rejected"
        )

    def cells(self, point: Point) -> tuple[Cell, ...]:
        """What each account has on a point, in the order of the accounts."""
        said = {s.account: s for s in point.statements}
        silent = {s.account: s for s in point.silences}
        return tuple(
            Cell(account=a, statement=said.get(a.id), silence=silent.get(a.id)) for a in self.comparison.accounts
        )

    def standing(self, point: Point) -> str:
        """What was decided about a point: "proposed" where nothing was."""
        judged = self.judged.get(point.id)
        return judged.decision or "proposed" if judged is not None else "proposed"

    def cited(self, anchor: Anchor) -> str:
        """Where words stand, in words: "log.txt, Page 3 of 15, l. 12-13"."""
        lines = f"{anchor.first_line}" + (f"-{anchor.last_line}" if anchor.last_line != anchor.first_line else "")
        page = anchor.page_label or f"page {anchor.page_index + 1} of the file"
        return f"{self.names.get(anchor.source, anchor.source[:12])}, {page}, l. {lines}"

    def whose(self) -> str:
        """Whose reading this is, as a sentence."""
        if self.alignment:
            return f"As aligned in “{self.alignment}” by {self.editor}; what is not judged is proposed by rules."
        return "Proposed by rules; nothing was judged."


def told_words(account: Account) -> str:
    """When and on what basis an account was told: "took part; told 1884-02-04; published 1902"."""
    said = [account.basis or "", f"told {account.told}" if account.told else ""]
    said.append(f"published {account.published}" if account.published and account.published != account.told else "")
    return "; ".join(s for s in said if s) or "not said when or how told"


@runtime_checkable
class ComparisonExporter(FileFormat, Protocol):
    """One format for comparisons."""

    def export(self, edition: ComparisonEdition, sink: BinaryIO) -> None:
        """Write the comparison."""

"""What an exporter of findings is given, and what it must be able to do.

An `Exporter` writes the text of one source; a `LibraryExporter` writes what was found in any number of them, into one
file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Protocol, runtime_checkable

from testimonia.exports.exporting import FileFormat
from testimonia.model.citations import Reference
from testimonia.model.findings import Document, Finding
from testimonia.model.provenance import Provenance, Reliance
from testimonia.model.resting import RestedGap
from testimonia.model.sources import Source

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEdition:
    """What was found in some sources as it stood when the export began, in the order of sources and places.

    What an editor rejected is not in it; `gaps` are there for the formats that hold them; `judged` has the decision on
    each finding that has one ("accepted").
    """

    sources: tuple[Source, ...]
    documents: tuple[Document, ...] = ()
    references: tuple[Reference, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    reliances: tuple[Reliance, ...] = ()
    gaps: tuple[RestedGap, ...] = ()
    judged: Mapping[str, str]

    def where(self, finding: Finding) -> str:
        """Where a finding stands, in words: "log.txt, Page 3 of 15, l. 12-13"; the source's name where no words say."""
        name = next((s.name for s in self.sources if s.sha256 == finding.source), finding.source[:12])
        if not finding.anchors:
            return name
        anchor = finding.anchors[0]
        lines = f"{anchor.first_line}" + (f"-{anchor.last_line}" if anchor.last_line != anchor.first_line else "")
        return f"{name}, {anchor.page_label or f'page {anchor.page_index + 1} of the file'}, l. {lines}"

    def standing(self, finding: Finding) -> str:
        """How sure a finding is, in words: what an editor decided, or that it is proposed and how sure the step is."""
        decision = self.judged.get(finding.id)
        return decision if decision is not None else f"proposed, confidence {finding.confidence:.2f}"

    def works(self) -> tuple[Reference, ...]:
        """The references without those that only point to an earlier one of them ("ibid.", "op. cit.")."""
        here = {reference.id for reference in self.references}
        return tuple(r for r in self.references if r.refers_to not in here)


@runtime_checkable
class LibraryExporter(FileFormat, Protocol):
    """One format for findings."""

    def export(self, edition: LibraryEdition, sink: BinaryIO) -> None:
        """Write what the format holds of these sources."""


def one_line(text: str) -> str:
    """The text with every run of white space and control characters as one space, "?" for what isn't UTF-8."""
    return _BREAKS.sub(" ", text.encode("utf-8", "replace").decode("utf-8")).strip()


def evidence(edition: LibraryEdition, reference: Reference) -> str:
    """The words that a reference was read from, where they stand, and how sure the reading is."""
    return one_line(f"{edition.where(reference)}: {reference.printed} ({edition.standing(reference)})")

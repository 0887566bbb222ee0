"""Sources as files of other formats."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from testimonia.errors import NotFoundError
from testimonia.exports.exporting import Exporter
from testimonia.exports.library_edition import LibraryEdition, LibraryExporter
from testimonia.exports.snapshot import Doubt, PageImage, SourceEdition
from testimonia.exports.styled import StyledHtml, StyledText
from testimonia.exports.styling import (
    STYLE_BYTES,
    CitationStyle,
    Formatted,
    format_references,
    named_style,
    style_names,
    style_of_file,
)
from testimonia.exports.table import ExporterTable, installed_exporters
from testimonia.model.citations import Reference
from testimonia.model.findings import Document, Gap
from testimonia.model.layers import ORIGINAL, READING
from testimonia.model.offset_map import OffsetMap
from testimonia.model.provenance import Provenance, Reliance
from testimonia.model.resting import RestedGap
from testimonia.model.sources import Source
from testimonia.services.analysing import Analysing
from testimonia.services.changing import as_changed
from testimonia.services.opened import OpenedSource
from testimonia.services.reader_roles import CERTAIN_FROM, repair_places
from testimonia.services.resting import RestingOnGaps
from testimonia.services.scans import Scans
from testimonia.store.library import F, LibraryStore
from testimonia.text.recovery_turned_text import GLYPHS

IMAGE_PX = 5_000
"""How many pixels the longer side of an exported page image has at most."""

_KEPT_AS_THEY_ARE = ("image/jpeg", "image/png")
_ORIENTATION = 0x0112
_UNFIT = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


class Exporting:
    """Takes snapshots of sources and gives them to exporters."""

    def __init__(
        self, store: LibraryStore, scans: Scans, exporters: ExporterTable | None = None, *,
        analysing: Analysing | None = None, resting: RestingOnGaps | None = None,
    ) -> None:  # fmt: skip
        self._store = store
        self._scans = scans
        self._exporters = exporters
        self._analysing = analysing
        self._resting = resting

    def formats(self) -> ExporterTable:
        """What can be exported to, and which exporters of other packages can't be loaded?"""
        return self._exporters or installed_exporters()

    def edition(self, sha256: str, layer: str = READING) -> SourceEdition:
        """A source as it stands now, in its reading text or as received. Raises NotFoundError."""
        if layer not in (ORIGINAL, READING):
            raise NotFoundError(f"there is no layer {layer[:40]!r}", hint=f"There are {ORIGINAL} and {READING}")
        opened = OpenedSource(self._store, sha256)
        as_received = layer == ORIGINAL
        return SourceEdition(
            source=opened.stored.source,
            original=opened.original,
            layer=opened.layer(layer),
            to_original=OffsetMap.identity(len(opened.original.text)) if as_received else opened.to_original,
            pages=opened.pages,
            paragraphs=() if as_received else opened.paragraphs,
            content=lambda: self._store.content(sha256),
            doubts=() if as_received else tuple(self._doubts(opened)),
            scan=lambda page_index: self._store.scan(sha256, page_index),
            image=lambda page_index: self._image(sha256, page_index),
        )

    def library_edition(self, chosen: Sequence[Source] | None = None, *, gaps: bool = False) -> LibraryEdition:
        """What was found in these sources, or in all, as it stands now; analyses that are due run.

        With `gaps` also what is known to be missing and what rests on it, for which accounts are compared.
        """
        sources = tuple(stored.source for stored in self._store.sources()) if chosen is None else tuple(chosen)
        current = self._store.current_decisions()
        decisions = {finding: judgement.decision for finding, judgement in current.items()}

        def standing(kind: type[F]) -> tuple[F, ...]:
            one = sources[0].sha256 if len(sources) == 1 else None
            here = {source.sha256 for source in sources}
            found = self._find(kind, one)
            return tuple(
                as_changed(f, current.get(f.id))
                for f in found
                if f.source in here and decisions.get(f.id) != "rejected"
            )

        return LibraryEdition(
            sources=sources,
            documents=standing(Document),
            references=standing(Reference),
            provenance=standing(Provenance),
            reliances=standing(Reliance),
            gaps=tuple(self._gaps(sources)) if gaps else (),
            judged=decisions,
        )

    def _gaps(self, sources: Sequence[Source]) -> Iterator[RestedGap]:
        if self._resting is not None:
            if self._analysing is not None:
                self._analysing.bring_up_to_date((Gap, Reliance))
            for source in sources:
                yield from self._resting.of(source.sha256)

    def _find(self, kind: type[F], source: str | None) -> tuple[F, ...]:
        if self._analysing is not None:
            self._analysing.bring_up_to_date((kind,), source)
        return self._store.findings(kind, source)

    def _doubts(self, opened: OpenedSource) -> list[Doubt]:
        """What in the reading text is a repair that is only proposed, by where it starts."""
        decisions = self._store.current_decisions()
        found: list[Doubt] = []
        for repair in opened.repairs:
            decision = decisions.get(repair.id)
            if repair.confidence < CERTAIN_FROM and (decision is None or decision.decision != "accepted"):
                found.extend(
                    Doubt(
                        start=start, end=end, confidence=repair.confidence, reason=repair.reason,
                        garbled=repair.how == GLYPHS,
                    )
                    for start, end in repair_places(opened, repair)
                )  # fmt: skip
        return sorted(found, key=lambda doubt: (doubt.start, doubt.end))

    def export(self, exporter: Exporter, sha256: str, sink: BinaryIO, layer: str = READING) -> None:
        """Write one source. Raises NotFoundError and NotExportableError."""
        exporter.export(self.edition(sha256, layer), sink)

    def styles(self) -> tuple[str, ...]:
        """The names of the citation styles that need no file."""
        return style_names()

    def in_style(self, exporter: LibraryExporter, style: str) -> LibraryExporter:
        """The exporter of references with a style: a name or a .csl file. Raises NotFoundError, StyleError."""
        if not isinstance(exporter, StyledText | StyledHtml):
            hint = "Only references-text and references-html have one"
            raise NotFoundError(f"the format {exporter.name} has no style", hint=hint)
        return replace(exporter, style=find_style(style))

    def styled(self, style: str, source: str | None = None) -> dict[str, str]:
        """All references of a source, or of the library, in a style (its name, or a .csl file), by their ids, as text.

        Raises NotFoundError, StyleError.
        """
        found = format_references(self._find(Reference, source), find_style(style))
        return {one.reference.id: one.text for one in found}

    def formatted(self, references: Sequence[Reference], style: str) -> dict[str, Formatted]:
        """These references in the style of this name, by their ids; no file is read. Raises NotFoundError."""
        return {one.reference.id: one for one in format_references(references, named_style(style))}

    def export_findings(
        self, exporter: LibraryExporter, sink: BinaryIO, chosen: Sequence[Source] | None = None
    ) -> None:
        """Write what was found in these sources, or in all of the library, into one file."""
        exporter.export(self.library_edition(chosen, gaps=exporter.name.startswith("gaps-")), sink)

    def _image(self, sha256: str, page_index: int) -> PageImage | None:
        """The image itself where the source is one that a PDF can hold, else as it is shown."""
        stored = self._store.source(sha256)
        if stored.source.media_type in _KEPT_AS_THEY_ARE and stored.page_count <= 1:
            content = self._store.content(sha256)
            if _lies_as_stored(content):
                scan = self._store.scan(sha256, page_index)
                turned_deg = scan.turned_deg if scan is not None else 0
                return PageImage(content=content, media_type=stored.source.media_type, turned_deg=turned_deg)
        try:
            content, media_type = self._scans.page_image(sha256, page_index, IMAGE_PX)
        except NotFoundError:
            return None
        return PageImage(content=content, media_type=media_type)


def find_style(style: str) -> CitationStyle:
    """The style of this name, or else the one in this file. Raises NotFoundError and StyleError."""
    path = Path(style)
    if style in style_names() or not path.is_file():
        return named_style(style)
    with path.open("rb") as file:
        return style_of_file(file.read(STYLE_BYTES + 1), path.name)


def _lies_as_stored(content: bytes) -> bool:
    """Is this image shown as its pixels are stored? A camera may say that it must be turned (Exif 2.3, 0x0112)."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as opened:
        return bool(opened.getexif().get(_ORIENTATION, 1) == 1)


def file_names(sources: Sequence[tuple[str, str]], suffix: str) -> tuple[str, ...]:
    """Names for the files of these sources (SHA-256 and name), each another: the source's own with another ending.

    >>> file_names([("a1" * 32, "talk.txt"), ("b2" * 32, "talk.pdf"), ("c3" * 32, "Memo: 4/5.png")], ".hocr")
    ('talk.hocr', 'talk-b2b2b2b2.hocr', 'Memo_ 4_5.hocr')
    """
    found: list[str] = []
    for sha256, name in sources:
        stem = _UNFIT.sub("_", Path(name.replace("/", "_")).stem).strip(". ") or sha256[:8]
        taken = {other.casefold() for other in found}
        fitting = stem if f"{stem}{suffix}".casefold() not in taken else f"{stem}-{sha256[:8]}"
        found.append(fitting + suffix)
    return tuple(found)

"""Take files in: bytes -> original layer -> reading layer -> what is found in it, kept in the library."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from testimonia.errors import NotFoundError, TestimoniaError
from testimonia.model.findings import Finding, Notice
from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.scans import PageScan
from testimonia.model.sources import Source
from testimonia.model.spans import Anchor
from testimonia.model.steps import Step
from testimonia.readers.images import SUFFIXES
from testimonia.readers.reading import ReadSource
from testimonia.readers.table import read, suffix_of
from testimonia.services.assembling import NO_ENGINE, engines_of
from testimonia.services.clock import Clock
from testimonia.services.gathering import Failure, Incoming, gather, gather_contents, unreadable_file
from testimonia.services.jobs import CancelledError
from testimonia.services.page_images import has_images
from testimonia.services.recognising import Recognising
from testimonia.services.searching import Searching
from testimonia.services.turned_pages import TurnedPages
from testimonia.store.library import LibraryStore, StoredSource
from testimonia.text.anchoring import Anchorer, finding_id
from testimonia.text.lines import LineTable
from testimonia.text.misreadings.repairing import repair_misreadings
from testimonia.text.recovered import Recovered
from testimonia.text.recovery import recover
from testimonia.text.recovery_record import TURNED_LATER
from testimonia.text.structure.find import find_structure

READ_STEP = Step(name="read", version="1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far has taking in come? `done` of `total` files; `name` is the file in hand, `step` what is done to it.

    While the images of its pages are read, `pages_done` of `pages_total` are; both are 0 otherwise.
    """

    done: int
    total: int
    name: str
    step: str
    pages_done: int = 0
    pages_total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeReport:
    """What came of the files: taken in, here already, refused; in the order given."""

    added: tuple[StoredSource, ...]
    unchanged: tuple[StoredSource, ...]
    failures: tuple[Failure, ...]
    notices: tuple[Notice, ...]

    @property
    def sources(self) -> tuple[StoredSource, ...]:
        """Every source that the files named, new or not."""
        return self.added + self.unchanged


Report = Callable[[Progress], None]


def _silent(_: Progress) -> None:
    return


class Intake:
    """Takes files in. Each source is kept as received first; what is made of it follows in one transaction, so that a
    stop at any moment leaves nothing half done, and adding the same file again finishes the work."""

    def __init__(self, store: LibraryStore, searching: Searching, recognising: Recognising, now: Clock) -> None:
        self._store = store
        self._searching = searching
        self._recognising = recognising
        self._turned_pages = TurnedPages(store)
        self._now = now

    def add(self, paths: Sequence[Path], report: Report = _silent, *, turned_later: bool = False) -> IntakeReport:
        """Take in files, and all files in folders. A file that can't be read does not stop the others.

        With `turned_later`, text that seems to lie upside down is left for `read_turned`: reading it takes seconds.
        """
        return self._add_all(*gather(paths), report, turned_later)

    def add_contents(self, files: Sequence[tuple[str, bytes]], report: Report = _silent) -> IntakeReport:
        """Take in files that came as (name, bytes), such as an upload. All are kept before the first is worked on."""
        incoming, failures = gather_contents(files)
        readable = []
        for file in incoming:
            try:
                content = file.content()
                self._receive(file.name, file.path, content, read(content, name=file.name))
                readable.append(file)
            except TestimoniaError as error:
                failures.append(Failure(path=file.path, error=error))
        return self._add_all(readable, failures, report)

    def finish(self, report: Report = _silent) -> IntakeReport:
        """Finish the sources that were received but not worked on, as after a kill."""
        waiting = self.unfinished()
        return self._add_all(
            [
                Incoming(name=s.source.name, path=s.source.path, content=partial(self._store.content, s.source.sha256))
                for s in waiting
            ],
            [],
            report,
        )

    def unfinished(self) -> tuple[StoredSource, ...]:
        """Which sources were received but not worked on?"""
        return tuple(s for s in self._store.sources() if s.state != "done")

    def waiting_turned(self) -> tuple[StoredSource, ...]:
        """Which sources have text that seems to lie upside down and is still to be read?"""
        waiting = {n.source for n in self._store.findings(Notice) if n.code == TURNED_LATER}
        return tuple(s for s in self._store.sources() if s.source.sha256 in waiting and s.state == "done")

    def renew(self, sha256: str) -> None:
        """Make the layers and findings of a source again, leaving out the repairs that an editor refused.

        No page is read again from its image: what was read is in the library.
        """
        stored = self._store.source(sha256)
        content = self._store.content(sha256)
        text = read(content, name=stored.source.name)
        self._work(stored.source, self._recognising.put_together(stored.source, text))

    def _add_all(
        self, files: Sequence[Incoming], failures: list[Failure], report: Report, turned_later: bool = False
    ) -> IntakeReport:
        added: list[StoredSource] = []
        unchanged: list[StoredSource] = []
        notices: list[Notice] = []
        self._read_images_ahead(files, report)
        for n, file in enumerate(files):
            report(Progress(done=n, total=len(files), name=file.name, step="read"))
            try:
                stored, is_new, told = self._add_one(file, n, len(files), report, turned_later)
            except CancelledError:
                raise
            except TestimoniaError as error:
                failures.append(Failure(path=file.path, error=error))
            except OSError as error:
                failures.append(Failure(path=file.path, error=unreadable_file(file.path, error)))
            else:
                (added if is_new else unchanged).append(stored)
                notices.extend(told)
        report(Progress(done=len(files), total=len(files), name="", step="done"))
        return IntakeReport(
            added=tuple(added), unchanged=tuple(unchanged), failures=tuple(failures), notices=tuple(notices)
        )

    def _read_images_ahead(self, files: Sequence[Incoming], report: Report) -> None:
        """Keep all single images, and read their pages together: one page each, they would keep one core busy.

        What can't be read here is told when its turn comes.
        """
        images = [file for file in files if suffix_of(file.name) in SUFFIXES]
        if len(images) < 2:
            return
        sources: dict[str, tuple[Source, ReadSource]] = {}
        for file in images:
            with suppress(TestimoniaError, OSError):
                content = file.content()
                sha256 = hashlib.sha256(content).hexdigest()
                here = self._here(sha256)
                if here is None or here.state != "done":
                    text = read(content, name=file.name)
                    sources[sha256] = self._receive(file.name, file.path, content, text), text

        def pages_read(pages_done: int, pages_total: int) -> None:
            name = f"{len(sources)} images"
            step = Progress(
                done=0, total=len(files), name=name, step="read", pages_done=pages_done, pages_total=pages_total
            )
            report(step)

        self._recognising.read_pages(list(sources.values()), pages_read)

    def _add_one(
        self, file: Incoming, n: int, total: int, report: Report, turned_later: bool
    ) -> tuple[StoredSource, bool, tuple[Notice, ...]]:
        name, content = file.name, file.content()
        sha256 = hashlib.sha256(content).hexdigest()
        here = self._here(sha256)
        if here is not None and here.state == "done":
            self._store.add_source(here.source, content, self._now())  # puts the bytes back where the disk lost them
            if not turned_later and any(n.code == TURNED_LATER for n in self._store.findings(Notice, sha256)):
                self.renew(sha256)
                return self._store.source(sha256), True, ()
            if not has_images(here.source) or not self._waits_for_an_engine(sha256):
                return here, False, ()
        text = read(content, name=name)
        source = self._receive(name, file.path, content, text)

        def pages_read(pages_done: int, pages_total: int) -> None:
            report(
                Progress(
                    done=n, total=total, name=name, step="read pages", pages_done=pages_done, pages_total=pages_total
                )
            )

        text = self._recognising.complete(source, text, pages_read)
        report(Progress(done=n, total=total, name=name, step="recover"))
        notices = self._work(source, text, turned_later)
        return self._store.source(sha256), True, notices

    def _receive(self, name: str, path: str, content: bytes, text: ReadSource) -> Source:
        sha256 = hashlib.sha256(content).hexdigest()
        here = self._here(sha256)
        if here is not None:
            return here.source
        source = Source(
            sha256=sha256,
            name=name,
            path=path,
            size_bytes=len(content),
            media_type=text.media_type,
            encoding=text.encoding,
            members=text.members,
        )
        self._store.add_source(source, content, self._now())
        return source

    def _work(self, source: Source, text: ReadSource, turned_later: bool = False) -> tuple[Notice, ...]:
        recovered = _as_scanned(self._recover(source, text, turned_later), text.scans)
        structure = find_structure(recovered, name=Path(source.name).stem, divisions=text.divisions)
        notices = (*_reader_notices(text, recovered), *recovered.notices, *structure.notices)
        findings: list[Finding] = [
            *structure.documents,
            *structure.accounts,
            *structure.notes,
            *structure.gaps,
            *structure.redactions,
            *structure.marks,
            *recovered.repairs,
            *notices,
        ]
        self._store.keep_recovered(recovered, findings, self._now(), scans=text.scans)
        self._searching.put(source, recovered)
        return notices

    def _recover(self, source: Source, text: ReadSource, turned_later: bool) -> Recovered:
        original = Layer(source=source.sha256, name=ORIGINAL, text=text.text, step=_read_step(text))
        decisions = self._store.current_decisions().items()
        refused = frozenset(finding for finding, row in decisions if row.decision == "rejected")
        accepted = frozenset(finding for finding, row in decisions if row.decision == "accepted")
        read_turned = None if turned_later else self._turned_pages.read
        recovered = recover(
            original, page_starts=text.page_starts, page_labels=text.page_labels, refused=refused,
            read_turned=read_turned,
        )  # fmt: skip
        return repair_misreadings(recovered, refused=refused, accepted=accepted)

    def _waits_for_an_engine(self, sha256: str) -> bool:
        """Was it taken in where no engine could read its pages, and is there one now?"""
        waits = any(notice.code == NO_ENGINE for notice in self._store.findings(Notice, sha256))
        return waits and self._recognising.can_read

    def _here(self, sha256: str) -> StoredSource | None:
        try:
            return self._store.source(sha256)
        except NotFoundError:
            return None


def _read_step(text: ReadSource) -> Step:
    """What made the original layer: the reader, and the engines that read pages from their images."""
    engines = engines_of(text.scans)
    return replace(READ_STEP, settings=(("ocr", ", ".join(engines)),)) if engines else READ_STEP


def _as_scanned(recovered: Recovered, scans: Sequence[PageScan]) -> Recovered:
    """The same with its pages as their images lay, and no surer than the engine that read them."""
    by_page = {scan.page_index: scan for scan in scans if scan.engine is not None}
    if not by_page:
        return recovered
    pages = []
    for page in recovered.pages:
        scan = by_page.get(page.page_index)
        if scan is not None and scan.confidence is not None:
            readable = min(page.readable, round(scan.confidence, 3))
            page = replace(page, orientation_deg=scan.turned_deg, readable=readable)
        pages.append(page)
    return replace(recovered, pages=tuple(pages))


def _reader_notices(text: ReadSource, recovered: Recovered) -> Iterator[Notice]:
    """What the reader had to say, as notices anchored on the first words from where it happened, on the same page; on a
    page without words, on its start."""
    lines = LineTable(text.text)
    anchorer = Anchorer(recovered.original, lines, recovered.pages)
    for n, told in enumerate(text.notices):
        yield Notice(
            id=finding_id("notice", recovered.original.source, "read", n, told.code, told.offset),
            source=recovered.original.source,
            anchors=_place(told.offset, text, lines, anchorer),
            step=READ_STEP,
            confidence=1.0,
            reason=told.message,
            code=told.code,
            message=told.message,
        )


def _place(offset: int | None, text: ReadSource, lines: LineTable, anchorer: Anchorer) -> tuple[Anchor, ...]:
    starts = text.page_starts or (0,)
    at = bisect_right(starts, offset or 0)
    end = starts[at] if offset is not None and at < len(starts) else len(text.text)
    line = lines.at(offset or 0)
    while line <= lines.count and lines.start(line) < end:
        if lines.text(line).strip():
            return (anchorer.anchor(lines.start(line), lines.end(line)),)
        line += 1
    if offset is None:
        return ()
    page, first = anchorer.page_at(offset), lines.at(offset)
    return (
        Anchor(
            source=anchorer.layer.source, layer=anchorer.layer.name, layer_sha256=anchorer.layer.sha256, start=offset,
            end=offset, first_line=first, last_line=first, page_index=page.page_index, page_label=page.page_label,
            quote="",
        ),
    )  # fmt: skip

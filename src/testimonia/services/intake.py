"""Take files in: bytes -> original layer -> reading layer -> what is found in it, kept in the library."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from testimonia.errors import EmptySourceError, NotFoundError, TestimoniaError, UnreadableSourceError
from testimonia.model.findings import Finding, Notice
from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.scans import PageScan
from testimonia.model.sources import Source
from testimonia.model.steps import Step
from testimonia.readers.reading import ReadSource
from testimonia.readers.table import read
from testimonia.services.assembling import NO_ENGINE, engines_of
from testimonia.services.clock import Clock
from testimonia.services.jobs import CancelledError
from testimonia.services.recognising import Recognising
from testimonia.services.searching import Searching
from testimonia.store.library import LibraryStore, StoredSource
from testimonia.text.anchoring import Anchorer, finding_id
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Recovered
from testimonia.text.recovery import recover
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
class Failure:
    """A file that could not be taken in, and why. Nothing of it was lost: it is where it was."""

    path: str
    error: TestimoniaError


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
        self._now = now

    def add(self, paths: Sequence[Path], report: Report = _silent) -> IntakeReport:
        """Take in files, and all files in folders. A file that can't be read does not stop the others."""
        files, failures = _expand(paths)
        return self._add_all([(f.name, str(f.absolute()), f.read_bytes) for f in files], failures, report)

    def add_contents(self, files: Sequence[tuple[str, bytes]], report: Report = _silent) -> IntakeReport:
        """Take in files that came as (name, bytes), such as an upload. All are kept before the first is worked on."""
        failures = []
        readable = []
        for name, content in files:
            try:
                self._receive(name, name, content, read(content, name=name))
                readable.append((name, name, _always(content)))
            except TestimoniaError as error:
                failures.append(Failure(path=name, error=error))
        return self._add_all(readable, failures, report)

    def finish(self, report: Report = _silent) -> IntakeReport:
        """Finish the sources that were received but not worked on, as after a kill."""
        waiting = self.unfinished()
        return self._add_all(
            [(s.source.name, s.source.path, _stored_bytes(self._store, s.source.sha256)) for s in waiting], [], report
        )

    def unfinished(self) -> tuple[StoredSource, ...]:
        """Which sources were received but not worked on?"""
        return tuple(s for s in self._store.sources() if s.state != "done")

    def renew(self, sha256: str) -> None:
        """Make the layers and findings of a source again, leaving out the repairs that an editor refused.

        No page is read again from its image: what was read is in the library.
        """
        stored = self._store.source(sha256)
        content = self._store.content(sha256)
        text = read(content, name=stored.source.name)
        self._work(stored.source, self._recognising.put_together(stored.source, text))

    def _add_all(
        self, files: Sequence[tuple[str, str, Callable[[], bytes]]], failures: list[Failure], report: Report
    ) -> IntakeReport:
        added: list[StoredSource] = []
        unchanged: list[StoredSource] = []
        notices: list[Notice] = []
        for n, (name, path, content_of) in enumerate(files):
            report(Progress(done=n, total=len(files), name=name, step="read"))
            try:
                stored, is_new, told = self._add_one(name, path, content_of, n, len(files), report)
            except CancelledError:
                raise
            except TestimoniaError as error:
                failures.append(Failure(path=path, error=error))
            except OSError as error:
                failures.append(Failure(path=path, error=_unreadable_file(path, error)))
            else:
                (added if is_new else unchanged).append(stored)
                notices.extend(told)
        report(Progress(done=len(files), total=len(files), name="", step="done"))
        return IntakeReport(
            added=tuple(added), unchanged=tuple(unchanged), failures=tuple(failures), notices=tuple(notices)
        )

    def _add_one(
        self, name: str, path: str, content_of: Callable[[], bytes], n: int, total: int, report: Report
    ) -> tuple[StoredSource, bool, tuple[Notice, ...]]:
        content = content_of()
        sha256 = hashlib.sha256(content).hexdigest()
        here = self._here(sha256)
        if here is not None and here.state == "done":
            self._store.add_source(here.source, content, self._now())  # puts the bytes back where the disk lost them
            if not self._waits_for_an_engine(sha256):
                return here, False, ()
        text = read(content, name=name)
        source = self._receive(name, path, content, text)

        def pages_read(pages_done: int, pages_total: int) -> None:
            report(
                Progress(
                    done=n, total=total, name=name, step="read pages", pages_done=pages_done, pages_total=pages_total
                )
            )

        text = self._recognising.complete(source, text, content, pages_read)
        report(Progress(done=n, total=total, name=name, step="recover"))
        notices = self._work(source, text)
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

    def _work(self, source: Source, text: ReadSource) -> tuple[Notice, ...]:
        recovered = _as_scanned(self._recover(source, text), text.scans)
        structure = find_structure(recovered, name=Path(source.name).stem)
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

    def _recover(self, source: Source, text: ReadSource) -> Recovered:
        original = Layer(source=source.sha256, name=ORIGINAL, text=text.text, step=_read_step(text))
        refused = frozenset(
            finding for finding, row in self._store.current_decisions().items() if row.decision == "rejected"
        )
        return recover(original, page_starts=text.page_starts, refused=refused)

    def _waits_for_an_engine(self, sha256: str) -> bool:
        """Was it taken in where no engine could read its pages, and is there one now?"""
        waits = any(notice.code == NO_ENGINE for notice in self._store.findings(Notice, sha256))
        return waits and self._recognising.can_read

    def _here(self, sha256: str) -> StoredSource | None:
        try:
            return self._store.source(sha256)
        except NotFoundError:
            return None


def _always(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def _stored_bytes(store: LibraryStore, sha256: str) -> Callable[[], bytes]:
    return lambda: store.content(sha256)


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
    """What the reader had to say, as notices anchored where it happened (else on the first line)."""
    lines = LineTable(text.text)
    anchorer = Anchorer(recovered.original, lines, recovered.pages)
    for n, told in enumerate(text.notices):
        line = lines.at(told.offset or 0)
        while line < lines.count and not lines.text(line).strip():
            line += 1
        anchors = (anchorer.anchor(lines.start(line), lines.end(line)),) if lines.text(line).strip() else ()
        yield Notice(
            id=finding_id("notice", recovered.original.source, "read", n, told.code, told.offset),
            source=recovered.original.source,
            anchors=anchors,
            step=READ_STEP,
            confidence=1.0,
            reason=told.message,
            code=told.code,
            message=told.message,
        )


def _expand(paths: Sequence[Path]) -> tuple[list[Path], list[Failure]]:
    """All files that these paths name, folders in natural order (page 2 before page 10), hidden files left out."""
    files: list[Path] = []
    failures: list[Failure] = []
    for path in paths:
        if path.is_dir():
            inside = sorted((f for f in path.rglob("*") if f.is_file() and not _hidden(f, path)), key=_natural)
            if not inside:
                empty = EmptySourceError(
                    "the folder holds no files", where=str(path), hint="Name a folder with sources"
                )
                failures.append(Failure(path=str(path), error=empty))
            files.extend(inside)
        elif path.exists():
            files.append(path)
        else:
            missing = NotFoundError("there is no such file or folder", where=str(path), hint="Check the path")
            failures.append(Failure(path=str(path), error=missing))
    return files, failures


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _natural(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", str(path)))


def _unreadable_file(path: str, error: OSError) -> TestimoniaError:
    return UnreadableSourceError(
        f"the file can't be opened ({error.strerror or error})", where=path, hint="Check its permissions"
    )

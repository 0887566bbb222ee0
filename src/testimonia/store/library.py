"""What a store of a library can do: the protocol that SQLite answers today and PostgreSQL later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from testimonia.model.comparison import Judgement
from testimonia.model.findings import Finding
from testimonia.model.layers import Layer
from testimonia.model.pages import Page
from testimonia.model.scans import PageScan, PageText
from testimonia.model.sources import Source
from testimonia.store.alignments import AlignmentStore
from testimonia.store.mentions import MentionStore
from testimonia.text.recovered import Paragraph, Recovered

F = TypeVar("F", bound=Finding)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """A source and how far its taking in has come: `received` (bytes kept), `done`, or `failed` with its error."""

    source: Source
    state: str
    added_at: str
    error: str | None = None
    page_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Long work: which, how far, and how it stands (`waiting`, `running`, `paused`, `done`, `failed`, `cancelled`).

    `done` of `total` are counted in `unit`; `total` is None while it is unknown. Times are UTC, ISO 8601.
    """

    id: str
    title: str
    step: str
    state: str
    done: int
    total: int | None
    unit: str
    started_at: str
    updated_at: str
    message: str = ""


class LibraryStore(AlignmentStore, MentionStore, Protocol):
    """One library: sources, what recovery made of them, what was found, what was decided.

    Every writing call is one transaction: after a kill at any moment the library holds all of it or nothing.
    """

    def revision(self) -> int:
        """A number that changes whenever anything is written to the library, by whichever process."""

    def add_source(self, source: Source, content: bytes, at: str) -> bool:
        """Keep a source as received. False where these bytes are here already; then nothing changes, except that bytes
        which the disk lost are put back. Raises InvalidRecordError where they are not the source's bytes."""

    def content(self, sha256: str) -> bytes:
        """The bytes as received. Raises NotFoundError; LibraryError where the disk no longer holds them as hashed."""

    def content_path(self, sha256: str) -> Path | None:
        """The file in which the bytes as received stand, for other processes to read from; None where the store keeps
        them otherwise. Not compared with their hash. Raises NotFoundError."""

    def source(self, sha256: str) -> StoredSource:
        """One source by its whole hash. Raises NotFoundError."""

    def sources(self) -> tuple[StoredSource, ...]:
        """All sources in the order in which they were added."""

    def keep_recovered(
        self, recovered: Recovered, findings: Iterable[Finding], at: str, *, scans: Iterable[PageScan] = ()
    ) -> None:
        """Keep layers, pages, paragraphs, findings and scans of one source, and mark it done; replaces an earlier
        run's, never a judgement. Raises NotFoundError for an unknown source, and InvalidRecordError where two findings
        have one id or one is of another source. `findings` may be read from this library while they are written."""

    def keep_failure(self, sha256: str, error: str, at: str) -> None:
        """Mark a source as failed, with the error to show."""

    def keep_page_text(self, sha256: str, text: PageText, at: str) -> None:
        """Keep what was read from the image of one page, in place of what was read from it before. It is on the disk
        when this returns. Raises NotFoundError for an unknown source."""

    def page_texts(self, sha256: str) -> tuple[PageText, ...]:
        """What was read from the images of a source's pages so far, in the order of the pages."""

    def drop_page_texts(self, sha256: str) -> None:
        """Forget what was read from the images of a source's pages, so that they are read again."""

    def scan(self, sha256: str, page_index: int) -> PageScan | None:
        """What is known of the image of a page and the places of its words; None where nothing is."""

    def scans(self, sha256: str) -> tuple[PageScan, ...]:
        """The same of all pages of which something is known, in their order."""

    def layer(self, sha256: str, name: str) -> Layer:
        """One layer with its map. Raises NotFoundError."""

    def layer_names(self, sha256: str) -> tuple[str, ...]:
        """The names of a source's layers, the original first."""

    def layer_hashes(self, name: str) -> Mapping[str, str]:
        """For each source that has a layer of this name, the layer's SHA-256; without reading its text."""

    def pages(self, sha256: str) -> tuple[Page, ...]:
        """The pages of a source, in order."""

    def paragraphs(self, sha256: str) -> tuple[Paragraph, ...]:
        """The paragraphs of a source's reading text, in order."""

    def findings(self, kind: type[F], source: str | None = None) -> tuple[F, ...]:
        """All findings of one kind, by order of their sources and then of their places in the text."""

    def finding(self, finding_id: str) -> Finding:
        """One finding. Raises NotFoundError."""

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many findings of each kind does each source have? By source, then kind; ready in one query. What
        belongs to no single source stands under ""."""

    def keep_findings(
        self, step_name: str, scope: str, findings: Iterable[Finding], at: str, *, stamp: str = ""
    ) -> None:
        """Keep findings made by a step within a scope (a source's SHA-256, or a name), in place of its earlier ones.

        The source of each is one of the library's, or "". One that another scope has kept under the same id moves here.
        `stamp` says what they were made of, so that it can be told whether the step is due again.
        """

    def stamps(self, step_name: str) -> Mapping[str, str]:
        """For each scope in which this step has run, the stamp that it left."""

    def computed(self, key: str) -> bytes | None:
        """What was computed and kept under this key, None where it is not here any more."""

    def keep_computed(self, key: str, record: bytes) -> None:
        """Keep what took long to compute; the oldest go. Nothing is lost where they do: it can be computed again."""

    def judge(self, judgement: Judgement) -> None:
        """Add a judgement on a finding, or on an entity that names name, an event or a proposed change of one (their
        ids are not looked up). Raises NotFoundError where no finding has that id, or had it when it was last judged.
        Never overwrites."""

    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements, oldest first."""

    def current_decisions(self) -> Mapping[str, Judgement]:
        """For each judged finding the decision that stands (its last one that no later row undoes)."""

    def keep_job(self, job: Job) -> None:
        """Add a job or bring its row up to date."""

    def jobs(self) -> tuple[Job, ...]:
        """All jobs, newest first."""

    def check(self) -> tuple[str, ...]:
        """What is wrong with this library, in sentences; empty where it is sound (pages, keys, hashes, maps). Work that
        is not finished is no fault: see the states of `sources`."""

    def close(self) -> None:
        """Let go of the files."""

"""A library in a folder: an SQLite database, and the bytes of the sources beside it."""

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from testimonia.errors import InvalidRecordError, LibraryError, NotFoundError
from testimonia.model.comparison import DECISIONS, Judgement
from testimonia.model.findings import Finding
from testimonia.model.layers import Layer
from testimonia.model.pages import Page
from testimonia.model.scans import PageScan, PageText
from testimonia.model.sources import Source
from testimonia.store.codec import Frame, pack, unpack
from testimonia.store.decisions import standing_decisions
from testimonia.store.failures import DamagedLibraryError, UnwritableLibraryError
from testimonia.store.library import F, Job, StoredSource
from testimonia.store.received import ReceivedFiles
from testimonia.store.sqlite import finding_rows, layer_rows, scan_rows
from testimonia.store.sqlite.alignments import SqliteAlignments
from testimonia.store.sqlite.checking import faults
from testimonia.store.sqlite.connections import Connections
from testimonia.store.sqlite.mention_rows import SqliteMentions, write_mentions
from testimonia.store.sqlite.migrating import Migration, migrate, published
from testimonia.text.recovered import Paragraph, Recovered

DATABASE = "library.sqlite3"
SOURCES = "sources"
# The run that `keep_recovered` replaces; its scope is the source.
RECOVERED = "recovered"
# How much of what was computed stays.
KEPT_COMPUTED = 256
# Entities are derived from names and have no rows of their own, but decisions are made about them.
NOT_LOOKED_UP = ("entity-", "event-", "event change-")
_WAIT_S = 60.0
_SOURCE_COLUMNS = "record, state, added_at, error, page_count"

P = TypeVar("P", Page, Paragraph)


class SqliteLibrary(SqliteAlignments, SqliteMentions):
    """The LibraryStore of a folder: for any number of threads, and for several processes at once."""

    def __init__(self, connections: Connections, received: ReceivedFiles) -> None:
        self._connections = connections
        self._received = received
        self._decisions: tuple[int, Mapping[str, Judgement]] = (0, MappingProxyType({}))

    @classmethod
    def open(
        cls, folder: Path, *, now: Callable[[], str], wait_s: float = _WAIT_S,
        migrations: tuple[Migration, ...] | None = None,
    ) -> "SqliteLibrary":  # fmt: skip
        """Open the library in this folder; make one where there is none.

        `wait_s` is how long to wait for another process that writes. Raises LibraryError: where the path is no folder
        or can't be written, where the database is damaged, another program's, or a newer version's.
        """
        path = folder / DATABASE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            is_new = not path.exists() or not path.stat().st_size
            has_sources = any((folder / SOURCES).glob("??/*"))
        except OSError as error:
            raise UnwritableLibraryError(
                f"there can be no library here ({error.strerror})", where=str(folder), hint="Choose another folder"
            ) from error
        if is_new and has_sources:
            raise DamagedLibraryError(
                "the database of this library is gone, though its sources are here",
                where=str(path),
                hint=f"Restore it from a copy, or move the folder `{SOURCES}` away and add its files to a new library",
            )
        connections = Connections(path, wait_s=wait_s)
        try:
            migrate(connections, path, published() if migrations is None else migrations, now)
        except BaseException:
            connections.close()
            raise
        return cls(connections, ReceivedFiles(folder / SOURCES))

    def close(self) -> None:
        """Let go of the files."""
        self._connections.close()

    def add_source(self, source: Source, content: bytes, at: str) -> bool:
        """Keep a source as received. False where these bytes are here already; then nothing changes, except that
        bytes which were lost from the disk are put back."""
        if hashlib.sha256(content).hexdigest() != source.sha256 or len(content) != source.size_bytes:
            raise InvalidRecordError("these are not the bytes of the source", where=source.name)
        with self._connections.writing() as connection:
            is_new = _number(connection, source.sha256) is None
            # The bytes first: a row never names what is not on the disk. Whoever writes the row holds the turn.
            if is_new or not self._received.holds(source.sha256):
                self._received.keep(source.sha256, content)
            if is_new:
                connection.execute(
                    "INSERT INTO source (sha256, state, added_at, record) VALUES (?, 'received', ?, ?)",
                    (source.sha256, at, pack(source)),
                )
        return is_new

    def content(self, sha256: str) -> bytes:
        """The bytes as received. Raises NotFoundError; LibraryError where the disk no longer holds them as hashed."""
        self.source(sha256)
        return self._received.read(sha256)

    def content_path(self, sha256: str) -> Path | None:
        """The file in which the bytes as received stand, for other processes to read from. Raises NotFoundError."""
        self.source(sha256)
        return self._received.path(sha256)

    def source(self, sha256: str) -> StoredSource:
        """One source by its whole hash. Raises NotFoundError."""
        with self._connections.reading() as connection:
            row = connection.execute(f"SELECT {_SOURCE_COLUMNS} FROM source WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise _unknown_source(sha256)
        return _stored_source(row)

    def sources(self) -> tuple[StoredSource, ...]:
        """All sources in the order in which they were added."""
        with self._connections.reading() as connection:
            rows = connection.execute(f"SELECT {_SOURCE_COLUMNS} FROM source ORDER BY number").fetchall()
        return tuple([_stored_source(row) for row in rows])

    def keep_recovered(
        self, recovered: Recovered, findings: Iterable[Finding], at: str, *, scans: Iterable[PageScan] = ()
    ) -> None:
        """Keep layers, pages, paragraphs, findings and scans of one source, and mark it done; replaces an earlier
        run's, never a judgement.

        Raises NotFoundError for an unknown source, InvalidRecordError where two findings have one id or one is of
        another source; then nothing is changed.
        """
        sha256 = recovered.original.source
        layers = (recovered.original, recovered.reading)
        columns = [layer_rows.LayerColumns.of(layer, n) for n, layer in enumerate(layers)]
        frame = Frame(source=sha256, layers={layer.name: layer.sha256 for layer in layers})
        with self._connections.writing() as connection:
            number = _known_number(connection, sha256)
            layer_rows.write_layers(connection, number, columns)
            layer_rows.write_placed(connection, number, Page, recovered.pages)
            layer_rows.write_placed(connection, number, Paragraph, recovered.paragraphs)
            scan_rows.write_scans(connection, number, scans)
            run = finding_rows.start_run(connection, RECOVERED, sha256, at)
            finding_rows.write_findings(connection, run, findings, {sha256: number}, frame)
            finding_rows.count_run(connection, run)
            connection.execute(
                "UPDATE source SET state = 'done', error = NULL, page_count = ? WHERE number = ?",
                (len(recovered.pages), number),
            )

    def keep_failure(self, sha256: str, error: str, at: str) -> None:
        """Mark a source as failed, with the error to show."""
        with self._connections.writing() as connection:
            connection.execute(
                "UPDATE source SET state = 'failed', error = ? WHERE number = ?",
                (error.encode("utf-8", "surrogatepass"), _known_number(connection, sha256)),
            )

    def keep_page_text(self, sha256: str, text: PageText, at: str) -> None:
        """Keep what was read from the image of one page, in place of what was read from it before."""
        with self._connections.writing() as connection:
            scan_rows.write_page_text(connection, _known_number(connection, sha256), text, at)

    def page_texts(self, sha256: str) -> tuple[PageText, ...]:
        """What was read from the images of a source's pages so far, in the order of the pages."""
        with self._connections.reading() as connection:
            return scan_rows.read_page_texts(connection, _known_number(connection, sha256))

    def drop_page_texts(self, sha256: str) -> None:
        """Forget what was read from the images of a source's pages, so that they are read again."""
        with self._connections.writing() as connection:
            scan_rows.drop_page_texts(connection, _known_number(connection, sha256))

    def scan(self, sha256: str, page_index: int) -> PageScan | None:
        """What is known of the image of a page and the places of its words; None where nothing is."""
        with self._connections.reading() as connection:
            return scan_rows.read_scan(connection, _known_number(connection, sha256), page_index)

    def scans(self, sha256: str) -> tuple[PageScan, ...]:
        """The same of all pages of which something is known, in their order."""
        with self._connections.reading() as connection:
            return scan_rows.read_scans(connection, _known_number(connection, sha256))

    def layer(self, sha256: str, name: str) -> Layer:
        """One layer with its map. Raises NotFoundError; LibraryError where its text is not what was kept."""
        with self._connections.reading() as connection:
            return layer_rows.read_layer(connection, _known_number(connection, sha256), sha256, name)

    def layer_names(self, sha256: str) -> tuple[str, ...]:
        """The names of a source's layers, the original first."""
        with self._connections.reading() as connection:
            number = _known_number(connection, sha256)
            rows = connection.execute("SELECT name FROM layer WHERE source = ? ORDER BY ordinal", (number,))
            return tuple([name for (name,) in rows])

    def revision(self) -> int:
        """A number that changes whenever anything is written to the library, by whichever process."""
        return self._connections.revision()

    def layer_hashes(self, name: str) -> Mapping[str, str]:
        """For each source that has a layer of this name, the layer's SHA-256; without reading its text."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT source.sha256, layer.sha256 FROM layer JOIN source ON source.number = layer.source"
                " WHERE layer.name = ? ORDER BY layer.source",
                (name,),
            )
            return dict(rows.fetchall())

    def pages(self, sha256: str) -> tuple[Page, ...]:
        """The pages of a source, in order."""
        return self._placed(sha256, Page)

    def paragraphs(self, sha256: str) -> tuple[Paragraph, ...]:
        """The paragraphs of a source's reading text, in order."""
        return self._placed(sha256, Paragraph)

    def _placed(self, sha256: str, kind: type[P]) -> tuple[P, ...]:
        with self._connections.reading() as connection:
            return layer_rows.read_placed(connection, _known_number(connection, sha256), kind)

    def findings(self, kind: type[F], source: str | None = None) -> tuple[F, ...]:
        """All findings of one kind, by order of their sources and then of their places in the text."""
        with self._connections.reading() as connection:
            number = None if source is None else _known_number(connection, source)
            return finding_rows.read_findings(connection, kind, number)

    def finding(self, finding_id: str) -> Finding:
        """One finding. Raises NotFoundError."""
        with self._connections.reading() as connection:
            finding = finding_rows.read_finding(connection, finding_id)
        if finding is None:
            raise NotFoundError("there is no such finding", where=finding_id)
        return finding

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many findings of each kind does each source have? By source, then kind; "" for what belongs to none."""
        with self._connections.reading() as connection:
            names = dict(connection.execute("SELECT number, sha256 FROM source").fetchall())
            rows = connection.execute("SELECT source, kind, count FROM found ORDER BY source, kind").fetchall()
        counts: dict[str, dict[str, int]] = {}
        for number, kind, count in rows:
            here = counts.setdefault(names.get(number, ""), {})
            here[kind] = here.get(kind, 0) + count
        return counts

    def keep_findings(
        self, step_name: str, scope: str, findings: Iterable[Finding], at: str, *, stamp: str = ""
    ) -> None:
        """Keep findings made by a step within a scope (a source, or a name), in place of its earlier ones there.

        A finding that another run has kept under the same id moves to this one. Raises NotFoundError for a finding of
        an unknown source.
        """
        made = tuple(findings)
        with self._connections.writing() as connection:
            numbers = {f.source: _known_number(connection, f.source) for f in made if f.source}
            run = finding_rows.start_run(connection, step_name, scope, at, stamp)
            finding_rows.take_from_other_runs(connection, made)
            # Without a frame: the layers may be replaced while these findings stay, and their anchors must say of
            # which text they are.
            finding_rows.write_findings(connection, run, made, numbers, None)
            write_mentions(connection, run, made)
            finding_rows.count_run(connection, run)

    def stamps(self, step_name: str) -> Mapping[str, str]:
        """For each scope in which this step has run, the stamp that it left."""
        with self._connections.reading() as connection:
            return dict(connection.execute("SELECT scope, stamp FROM run WHERE step = ?", (step_name,)).fetchall())

    def computed(self, key: str) -> bytes | None:
        """What was computed and kept under this key, None where it is not here any more."""
        with self._connections.reading() as connection:
            row = connection.execute("SELECT record FROM computed WHERE key = ?", (key,)).fetchone()
        return None if row is None else zlib.decompress(row[0])

    def keep_computed(self, key: str, record: bytes) -> None:
        """Keep what took long to compute; the oldest go. Nothing is lost where they do: it can be computed again."""
        with self._connections.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO computed (key, record) VALUES (?, ?)", (key, zlib.compress(record, 6))
            )
            connection.execute(
                "DELETE FROM computed WHERE number <= (SELECT max(number) FROM computed) - ?", (KEPT_COMPUTED,)
            )

    def judge(self, judgement: Judgement) -> None:
        """Add a judgement. Raises NotFoundError where nothing has that id. Never overwrites.

        Raises InvalidRecordError where it is no decision, or its own id is taken, or what it undoes is of another
        finding.
        """
        if judgement.decision not in DECISIONS:
            raise InvalidRecordError(f"{judgement.decision!r} is no decision", where=judgement.id)
        with self._connections.writing() as connection:
            earlier = dict(
                connection.execute(
                    "SELECT id, source FROM judgement WHERE finding = ?", (judgement.finding,)
                ).fetchall()
            )
            finding = finding_rows.read_finding(connection, judgement.finding)
            if finding is None and not earlier and not judgement.finding.startswith(NOT_LOOKED_UP):
                raise NotFoundError("there is nothing with this id to judge", where=judgement.finding)
            if judgement.undoes is not None and judgement.undoes not in earlier:
                raise NotFoundError("there is no such decision on this finding to undo", where=judgement.undoes)
            if connection.execute("SELECT 1 FROM judgement WHERE id = ?", (judgement.id,)).fetchone():
                raise InvalidRecordError("a judgement with this id is here already", where=judgement.id)
            source = finding.source if finding is not None else next(iter(earlier.values()), "")
            connection.execute(
                "INSERT INTO judgement (id, finding, source, record) VALUES (?, ?, ?, ?)",
                (judgement.id, judgement.finding, source, pack(judgement)),
            )

    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements, oldest first."""
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT record FROM judgement ORDER BY number").fetchall()
        return tuple([unpack(Judgement, record) for (record,) in rows])

    def current_decisions(self) -> Mapping[str, Judgement]:
        """For each judged finding the decision that stands (its last one that no later row undoes)."""
        with self._connections.reading() as connection:
            last = connection.execute("SELECT coalesce(max(number), 0) FROM judgement").fetchone()[0]
            # Rows are only ever added: as long as the last one is the same, so are the decisions.
            if self._decisions[0] != last:
                self._decisions = (last, MappingProxyType(standing_decisions(self.judgements())))
            return self._decisions[1]

    def keep_job(self, job: Job) -> None:
        """Add a job or bring its row up to date."""
        with self._connections.writing() as connection:
            connection.execute(
                "INSERT INTO job (id, record) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record",
                (job.id, pack(job)),
            )

    def jobs(self) -> tuple[Job, ...]:
        """All jobs, newest first."""
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT record FROM job ORDER BY number DESC").fetchall()
        return tuple([unpack(Job, record) for (record,) in rows])

    def check(self) -> tuple[str, ...]:
        """What is wrong with this library, in sentences; empty where it is sound (pages, keys, hashes, maps)."""
        try:
            with self._connections.reading() as connection:
                return tuple(faults(connection, self._received))
        except LibraryError as error:
            return (str(error),)


def _stored_source(row: tuple[bytes, str, str, bytes | None, int]) -> StoredSource:
    record, state, added_at, error, page_count = row
    return StoredSource(
        source=unpack(Source, record),
        state=state,
        added_at=added_at,
        error=None if error is None else error.decode("utf-8", "surrogatepass"),
        page_count=page_count,
    )


def _number(connection: sqlite3.Connection, sha256: str) -> int | None:
    row = connection.execute("SELECT number FROM source WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else int(row[0])


def _known_number(connection: sqlite3.Connection, sha256: str) -> int:
    number = _number(connection, sha256)
    if number is None:
        raise _unknown_source(sha256)
    return number


def _unknown_source(sha256: str) -> NotFoundError:
    return NotFoundError("there is no such source", where=sha256, hint="`testimonia list sources` shows what there is")

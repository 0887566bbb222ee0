"""Findings as rows."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from testimonia.errors import InvalidRecordError
from testimonia.model.authority import AuthorityEntry
from testimonia.model.citations import Reference
from testimonia.model.claims import Claim
from testimonia.model.collation import Restoration
from testimonia.model.comparison import Event, EventChange
from testimonia.model.dates import NamedDate
from testimonia.model.findings import Account, Document, Finding, Gap, Mark, Note, Notice, Redaction, Repair
from testimonia.model.names import Name
from testimonia.model.opinions import Opinion
from testimonia.model.provenance import Provenance, Reliance
from testimonia.model.steps import Step
from testimonia.store.codec import Frame, pack, unpack
from testimonia.store.library import F
from testimonia.store.sqlite.step_rows import StepNumbers, read_steps

KINDS: Mapping[str, type[Finding]] = {
    kind.kind: kind
    for kind in (
        Document,
        Account,
        Note,
        Gap,
        Redaction,
        Mark,
        Repair,
        Notice,
        Event,
        Name,
        NamedDate,
        Reference,
        Provenance,
        Reliance,
        Restoration,
        AuthorityEntry,
        Opinion,
        Claim,
        EventChange,
    )
}
# These fields have columns of their own and are not repeated in the record.
_IN_COLUMNS = frozenset({"id", "source", "confidence", "step"})
_COLUMNS = "id, source, confidence, step, record"
_Row = tuple[str, int | None, float, int, bytes]


def write_findings(
    connection: sqlite3.Connection, run: int, findings: Iterable[Finding], numbers: Mapping[str, int],
    frame: Frame | None,
) -> None:  # fmt: skip
    """Add findings to a run, one by one as they come. `numbers` has the number of each source that they may name.

    Raises InvalidRecordError where two of them have one id, or one names a source that is not among `numbers`.
    """
    steps = StepNumbers(connection)
    last = ""

    def rows() -> Iterator[tuple[object, ...]]:
        nonlocal last
        for ordinal, finding in enumerate(findings):
            last = finding.id
            if finding.source and finding.source not in numbers:
                raise InvalidRecordError("a finding cites a source that it can't be kept under", where=finding.id)
            first_line = finding.anchors[0].first_line if finding.anchors else 0
            yield (
                finding.id, run, finding.kind, numbers.get(finding.source), first_line, ordinal, finding.confidence,
                steps[finding.step], pack(finding, frame, without=_IN_COLUMNS),
            )  # fmt: skip

    try:
        connection.executemany(
            "INSERT INTO finding (id, run, kind, source, first_line, ordinal, confidence, step, record)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows(),
        )
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise
        raise InvalidRecordError("two findings have the same id", where=last) from error


def start_run(connection: sqlite3.Connection, step_name: str, scope: str, at: str, stamp: str = "") -> int:
    """A new run of a step within a scope; the earlier one goes, with its findings."""
    connection.execute("DELETE FROM run WHERE step = ? AND scope = ?", (step_name, scope))
    connection.execute("INSERT INTO run (step, scope, at, stamp) VALUES (?, ?, ?, ?)", (step_name, scope, at, stamp))
    return int(connection.execute("SELECT last_insert_rowid()").fetchone()[0])


def take_from_other_runs(connection: sqlite3.Connection, findings: Iterable[Finding]) -> None:
    """Make room for findings that another run of the step, in another scope, has made as well: the later one counts."""
    for finding in findings:
        found = connection.execute("DELETE FROM finding WHERE id = ? RETURNING run", (finding.id,)).fetchone()
        if found is not None:
            count_run(connection, found[0])


def count_run(connection: sqlite3.Connection, run: int) -> None:
    """Bring the counts of a run up to date with its findings."""
    connection.execute("DELETE FROM found WHERE run = ?", (run,))
    connection.execute(
        "INSERT INTO found SELECT run, source, kind, count(*) FROM finding WHERE run = ? GROUP BY source, kind", (run,)
    )


def read_findings(connection: sqlite3.Connection, kind: type[F], source: int | None) -> tuple[F, ...]:
    """All findings of one kind, or those of one source, in the order of sources and places."""
    where, values = ("", ()) if source is None else (" AND source = ?", (source,))
    rows: Iterable[_Row] = connection.execute(
        f"SELECT {_COLUMNS} FROM finding WHERE kind = ?{where} ORDER BY source, first_line, ordinal",
        (kind.kind, *values),
    )
    frames = read_frames(connection, source)
    steps = read_steps(connection)
    return tuple([_finding(kind, row, frames, steps) for row in rows])


def read_finding(connection: sqlite3.Connection, finding_id: str) -> Finding | None:
    """One finding by its id, or None."""
    row = connection.execute(f"SELECT kind, {_COLUMNS} FROM finding WHERE id = ?", (finding_id,)).fetchone()
    if row is None:
        return None
    kind, *columns = row
    frames = read_frames(connection, columns[1])
    return _finding(KINDS[kind], tuple(columns), frames, read_steps(connection))


def read_frames(connection: sqlite3.Connection, source: int | None) -> dict[int | None, Frame]:
    """For each source's number (or one) its hash and those of its layers; for None, what belongs to no source."""
    where, values = ("", ()) if source is None else (" WHERE source.number = ?", (source,))
    rows = connection.execute(
        "SELECT source.number, source.sha256, layer.name, layer.sha256"
        f" FROM source LEFT JOIN layer ON layer.source = source.number{where}",
        values,
    )
    layers: dict[int, tuple[str, dict[str, str]]] = {}
    for number, sha256, name, layer_sha256 in rows:
        layers.setdefault(number, (sha256, {}))[1][name] = layer_sha256
    frames: dict[int | None, Frame] = {n: Frame(source=sha256, layers=here) for n, (sha256, here) in layers.items()}
    frames[None] = Frame(source="", layers={})
    return frames


def _finding(kind: type[F], row: _Row, frames: Mapping[int | None, Frame], steps: Mapping[int, Step]) -> F:
    finding_id, source, confidence, step, record = row
    frame = frames[source]
    return unpack(
        kind, record, frame, finding_id, id=finding_id, source=frame.source, confidence=confidence, step=steps[step]
    )

"""The search index in SQLite's FTS5: one file, that can be deleted at any time."""

import re
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from testimonia.errors import LibraryError
from testimonia.search.index import Hit, Passage, StaleIndexError
from testimonia.search.query import Term, findable, read_query
from testimonia.search.snippets import cut_snippet

# Written into the file's header; a file with another shape is made anew.
_SHAPE = 2
_SCHEMA = (
    "CREATE TABLE source (number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name BLOB NOT NULL,"
    " layer_sha256 TEXT NOT NULL)",
    'CREATE VIRTUAL TABLE passage USING fts5 (text, start UNINDEXED, "end" UNINDEXED, first_line UNINDEXED,'
    " last_line UNINDEXED, page_index UNINDEXED, page_label UNINDEXED, as_received UNINDEXED, uncertain UNINDEXED,"
    ' tokenize = "unicode61 remove_diacritics 2")',
)
# Passages are numbered source by source, so that a source is a range of row numbers.
_IN_A_SOURCE = 1 << 32
_WAIT_S = 60.0
_BETWEEN_TRIES_S = 0.02
# What stands around a match in the marked text: no passage holds these, see `findable`.
_ON, _OFF = "\x02", "\x03"
_MARK = re.compile(f"[{_ON}{_OFF}]")
_LOST = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR)


class Fts5Index:
    """The SearchIndex in one SQLite file. Any number of threads; what one writes does not keep the others waiting."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reading = threading.Lock()
        self._writing = threading.RLock()
        self._reader, self._writer = self._connected()

    @classmethod
    def open(cls, path: Path) -> "Fts5Index":
        """The index in this file; an empty one where there is none, or none that can be read.

        Raises LibraryError where the file can't be made.
        """
        return cls(path)

    def put_source(self, sha256: str, name: str, passages: Iterable[Passage], *, layer_sha256: str) -> None:
        """Index the passages of a source's reading layer, in place of those it had; all of them or nothing."""
        with self._transaction() as connection:
            _remove(connection, sha256)
            added = connection.execute(
                "INSERT INTO source (sha256, name, layer_sha256) VALUES (?, ?, ?) RETURNING number",
                (sha256, _bytes(name), layer_sha256),
            )
            first = int(added.fetchone()[0]) * _IN_A_SOURCE
            connection.executemany(
                'INSERT INTO passage (rowid, text, start, "end", first_line, last_line, page_index, page_label,'
                " as_received, uncertain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((first + n, *_columns(passage)) for n, passage in enumerate(passages)),
            )

    def remove_source(self, sha256: str) -> None:
        """Forget a source; nothing happens where it is not indexed."""
        with self._transaction() as connection:
            _remove(connection, sha256)

    def sources(self) -> Mapping[str, str]:
        """For each indexed source the SHA-256 of the layer that was indexed; empty where the index was lost."""
        if not self._path.exists():
            self._start_over()
        return dict(self._rows("SELECT sha256, layer_sha256 FROM source ORDER BY number"))

    def search(self, query: str, *, limit: int = 50, offset: int = 0, source: str | None = None) -> tuple[Hit, ...]:
        """The passages that answer a query, best first; of one source or of all."""
        match = _match(query)
        if match is None:
            return ()
        where, values = self._within(source)
        # Marks are set in the passages that are shown, not in all that answer.
        rows = self._rows(
            f"""
            WITH best AS MATERIALIZED (
                SELECT rowid AS number, rank AS badness
                FROM passage WHERE passage MATCH :match {where} ORDER BY rank, rowid LIMIT :limit OFFSET :offset
            )
            SELECT sha256, name, highlight(passage, 0, '{_ON}', '{_OFF}'), start, "end", first_line, last_line,
                   page_index, page_label, as_received, uncertain
            FROM best JOIN passage ON passage.rowid = best.number AND passage MATCH :match
                      JOIN source ON source.number = best.number / {_IN_A_SOURCE}
            ORDER BY badness, best.number
            """,
            {"match": match, "limit": max(0, limit), "offset": max(0, offset), **values},
        )
        return tuple([_hit(row) for row in rows])

    def count(self, query: str, *, source: str | None = None) -> int:
        """How many passages answer a query?"""
        match = _match(query)
        if match is None:
            return 0
        where, values = self._within(source)
        counted = self._rows(
            f"SELECT count(*) FROM passage WHERE passage MATCH :match {where}", {"match": match, **values}
        )
        return int(counted[0][0])

    def close(self) -> None:
        """Let go of the file."""
        with self._writing, self._reading:
            self._reader.close()
            self._writer.close()

    def _within(self, source: str | None) -> tuple[str, Mapping[str, int]]:
        if source is None:
            return "", {}
        found = self._rows("SELECT number FROM source WHERE sha256 = :source", {"source": source})
        first = found[0][0] * _IN_A_SOURCE if found else -_IN_A_SOURCE  # below all rows: nothing is there
        return "AND rowid BETWEEN :first AND :last", {"first": first, "last": first + _IN_A_SOURCE - 1}

    def _rows(self, sql: str, values: Mapping[str, object] = MappingProxyType({})) -> list[Any]:
        with self._stale_if_lost(), self._reading:
            return self._reader.execute(sql, dict(values)).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._stale_if_lost(), self._writing:
            connection = self._writer
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _stale_if_lost(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if not _is_lost(error):
                raise _refused(error, self._path) from error
            self._start_over()
            raise StaleIndexError(
                f"the search index was damaged ({error}) and is empty now",
                where=str(self._path),
                hint="Search again: it is made anew from the library",
            ) from error

    def _start_over(self) -> None:
        with self._writing, self._reading:
            self._reader.close()
            self._writer.close()
            _delete(self._path)
            self._reader, self._writer = self._connected()

    def _connected(self) -> tuple[sqlite3.Connection, sqlite3.Connection]:
        try:
            try:
                return _connection(self._path), _connection(self._path)
            except sqlite3.Error as error:
                if not _is_lost(error):
                    raise
                _delete(self._path)
                return _connection(self._path), _connection(self._path)
        except (sqlite3.Error, OSError) as error:
            raise _refused(error, self._path) from error


def _connection(path: Path) -> sqlite3.Connection:
    """A connection to the index, made where it is missing or of another shape. No wait for the disk: what a power cut
    takes is made again."""
    connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
    try:
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        shape = connection.execute("PRAGMA user_version").fetchone()[0]
        if shape != _SHAPE:
            for (table,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('source', 'passage')"
            ).fetchall():
                connection.execute(f"DROP TABLE {table}")
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {_SHAPE}")
        connection.execute("COMMIT")
        connection.execute("SELECT count(*) FROM source").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """SQLite does not wait its turn for this one change of mode, so two programs that make an index collide."""
    give_up_s = time.monotonic() + _WAIT_S
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = wal")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_s:
                raise
            time.sleep(_BETWEEN_TRIES_S)


def _delete(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _is_lost(error: sqlite3.Error) -> bool:
    """Is the file damaged, or another one than it was?"""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return code in _LOST or str(error).startswith("no such table")


def _refused(error: Exception, path: Path) -> LibraryError:
    return LibraryError(
        f"the search index can't be used ({error})", where=str(path), hint="Delete this file: it is made anew"
    )


def _remove(connection: sqlite3.Connection, sha256: str) -> None:
    found = connection.execute("DELETE FROM source WHERE sha256 = ? RETURNING number", (sha256,)).fetchone()
    if found is not None:
        first = int(found[0]) * _IN_A_SOURCE
        connection.execute("DELETE FROM passage WHERE rowid BETWEEN ? AND ?", (first, first + _IN_A_SOURCE - 1))


def _match(typed: str) -> str | None:
    """The query in FTS5's own language, every word of it quoted; None where there is nothing to find."""
    query = read_query(typed)
    if not query.wanted:
        return None
    wanted = " AND ".join("(" + " OR ".join(map(_quoted, group)) + ")" for group in query.wanted)
    unwanted = " OR ".join(map(_quoted, query.unwanted))
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _quoted(term: Term) -> str:
    text = term.text.replace('"', '""')
    return f'"{text}" *' if term.prefix else f'"{text}"'


def _columns(passage: Passage) -> tuple[object, ...]:
    text = findable(passage.text)
    return (
        text, passage.start, passage.end, passage.first_line, passage.last_line, passage.page_index,
        None if passage.page_label is None else _bytes(passage.page_label),
        None if text == passage.text else _bytes(passage.text),
        passage.uncertain,
    )  # fmt: skip


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(kept: bytes) -> str:
    return kept.decode("utf-8", "surrogatepass")


def _hit(row: tuple[str, bytes, str, int, int, int, int, int, bytes | None, bytes | None, str | None]) -> Hit:
    sha256, name, marked, start, end, first_line, last_line, page_index, page_label, as_received, uncertain = row
    matches = _matches(marked)
    text = _MARK.sub("", marked) if as_received is None else _text(as_received)
    passage = Passage(
        source=sha256,
        source_name=_text(name),
        start=start,
        end=end,
        first_line=first_line,
        last_line=last_line,
        page_index=page_index,
        page_label=None if page_label is None else _text(page_label),
        text=text,
        uncertain=uncertain,
    )
    first, last = cut_snippet(text, matches)
    inside = [(max(a, first) - first, min(b, last) - first) for a, b in matches if a < last and b > first]
    return Hit(passage=passage, snippet=text[first:last], snippet_start=first, highlights=tuple(inside))


def _matches(marked: str) -> tuple[tuple[int, int], ...]:
    """Where in the text without its marks do the marks stand?"""
    places = [m.start() - n for n, m in enumerate(_MARK.finditer(marked))]
    return tuple(zip(places[::2], places[1::2], strict=True))

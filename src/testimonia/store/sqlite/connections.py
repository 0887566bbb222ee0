"""Connections to one database file: a reader for each thread, one writer; readers are never kept waiting."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from testimonia.errors import InvalidRecordError, LibraryError
from testimonia.store.failures import (
    DamagedLibraryError,
    ForeignLibraryError,
    LockedLibraryError,
    UnwritableLibraryError,
)

_CACHE_KIB = 32 * 1024
_KEPT_LOG_BYTES = 64 * 1024 * 1024
_BETWEEN_TRIES_S = 0.02
_WRITE_AHEAD = "wal"

# SQLite keeps the revision in the file's own header, as a signed number of 32 bits.
_REVISIONS = 2**31


class Connections:
    """The connections of this process to the database of one library.

    In write-ahead mode a reader sees the library as it was when it began, whatever is being written meanwhile, also by
    its own thread: findings can be read while those that replace them are being written.
    `synchronous=FULL` costs one wait for the disk for each transaction, and buys that what was once reported as kept
    is still there after a power cut; taking in makes only a few transactions for each source.

    `wait_s` is how long to wait for another process that writes. Raises LibraryError, like everything here.
    """

    def __init__(self, path: Path, *, wait_s: float) -> None:
        self._path = path
        self._wait_s = wait_s
        self._mine = threading.local()
        self._readers: dict[threading.Thread, sqlite3.Connection] = {}
        self._opening = threading.Lock()
        self._writer: sqlite3.Connection | None = None
        self._turn = threading.RLock()
        self._closed = False

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A transaction that sees one state of the library throughout; one inside another sees the same."""
        with self._translated():
            connection = self._reader()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept whole where the block ends, and not at all where it raises."""
        with self._translated(), self._turn:
            self._refuse_if_closed()
            if self._writer is None:
                self._writer = self._connect()
            connection = self._writer
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                revision = connection.execute("PRAGMA user_version").fetchone()[0]
                connection.execute(f"PRAGMA user_version = {(revision + 1) % _REVISIONS}")
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def revision(self) -> int:
        """A number that every kept transaction changes, of whichever process."""
        with self._translated():
            return int(self._reader().execute("PRAGMA user_version").fetchone()[0])

    def close(self) -> None:
        """Close every connection, also those of other threads; nothing can be read or written any more."""
        with self._turn, self._opening:
            self._closed = True
            for connection in (*self._readers.values(), self._writer):
                if connection is not None:
                    connection.close()
            self._readers.clear()
            self._writer = None

    def _reader(self) -> sqlite3.Connection:
        self._refuse_if_closed()
        connection: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._mine.connection = self._connect()
            with self._opening:
                for thread in [t for t in self._readers if not t.is_alive()]:
                    self._readers.pop(thread).close()
                self._readers[threading.current_thread()] = connection
        return connection

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise LibraryError("the library was closed", where=str(self._path), hint="Open it again")

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=self._wait_s, isolation_level=None, check_same_thread=False)
        try:
            for setting in (
                "foreign_keys = ON",
                "synchronous = FULL",
                "trusted_schema = OFF",
                f"cache_size = -{_CACHE_KIB}",
                f"journal_size_limit = {_KEPT_LOG_BYTES}",
            ):
                connection.execute(f"PRAGMA {setting}")
            self._write_ahead(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _write_ahead(self, connection: sqlite3.Connection) -> None:
        """SQLite does not wait its turn for this one change of mode, so two programs that make a library collide."""
        give_up_s = time.monotonic() + self._wait_s
        while connection.execute("PRAGMA journal_mode").fetchone()[0] != _WRITE_AHEAD:
            try:
                connection.execute(f"PRAGMA journal_mode = {_WRITE_AHEAD}")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_s:
                    raise
                time.sleep(_BETWEEN_TRIES_S)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise library_error(error, self._path) from error
        except UnicodeEncodeError as error:
            raise InvalidRecordError(f"a name that is no text can't be stored: {error.object!r}") from error


def library_error(error: sqlite3.Error, path: Path) -> LibraryError:
    """What does this failure of SQLite mean for who uses the library?"""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    where = str(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LockedLibraryError(
            "another program is writing to this library", where=where, hint="Wait until it is done, or stop it"
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return UnwritableLibraryError(
            f"the library can't be written ({error})", where=where, hint="Check whose folder it is and its permissions"
        )
    if code == sqlite3.SQLITE_FULL:
        return UnwritableLibraryError("the disk is full", where=where, hint="Make room; nothing was half written")
    if code == sqlite3.SQLITE_NOTADB:
        return ForeignLibraryError("this is not the database of a library", where=where, hint=_RESTORE)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_IOERR):
        return DamagedLibraryError(f"the database is damaged ({error})", where=where, hint=_RESTORE)
    return LibraryError(f"the database refused ({error})", where=where, hint="`testimonia doctor` looks at the library")


_RESTORE = "Restore it from a copy; the files as received stand in the folder `sources` beside it"

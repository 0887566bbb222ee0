"""Alignments as rows."""

import hashlib
import sqlite3
import zlib

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.alignment import Act, Alignment, Proposal
from testimonia.store.codec import pack, unpack
from testimonia.store.sqlite.connections import Connections


class SqliteAlignments:
    """The AlignmentStore of a library's database."""

    _connections: Connections

    def keep_proposal(self, proposal: Proposal) -> str:
        """Keep a proposal; gives its key, the same for the same proposal."""
        record = pack(proposal)
        key = hashlib.sha256(record).hexdigest()
        with self._connections.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO proposal VALUES (?, ?)", (key, zlib.compress(record, 6)))
        return key

    def proposal(self, key: str) -> Proposal:
        """The proposal of this key. Raises NotFoundError."""
        with self._connections.reading() as connection:
            row = connection.execute("SELECT record FROM proposal WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise NotFoundError("there is no such proposal", where=key)
        return unpack(Proposal, zlib.decompress(row[0]), where=key)

    def keep_alignment(self, alignment: Alignment) -> None:
        """Add an alignment. Raises InvalidRecordError where its id is taken, NotFoundError without its proposal."""
        with self._connections.writing() as connection:
            if not connection.execute("SELECT 1 FROM proposal WHERE key = ?", (alignment.proposal,)).fetchone():
                raise NotFoundError("there is no such proposal", where=alignment.proposal)
            _refuse_taken(connection, "alignment", alignment.id)
            connection.execute("INSERT INTO alignment (id, record) VALUES (?, ?)", (alignment.id, pack(alignment)))

    def alignments(self) -> tuple[Alignment, ...]:
        """All alignments, oldest first."""
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT record FROM alignment ORDER BY number").fetchall()
        return tuple([unpack(Alignment, record) for (record,) in rows])

    def keep_act(self, act: Act) -> None:
        """Add an act. Raises NotFoundError where there is no such alignment, or nothing in it to be undone;
        InvalidRecordError where its id is taken."""
        with self._connections.writing() as connection:
            if not connection.execute("SELECT 1 FROM alignment WHERE id = ?", (act.alignment,)).fetchone():
                raise NotFoundError("there is no such alignment", where=act.alignment)
            _refuse_taken(connection, "act", act.id)
            undone = "SELECT 1 FROM act WHERE id = ? AND alignment = ?"
            if act.undoes is not None and not connection.execute(undone, (act.undoes, act.alignment)).fetchone():
                raise NotFoundError("there is no such act in this alignment to undo", where=act.undoes)
            connection.execute(
                "INSERT INTO act (id, alignment, record) VALUES (?, ?, ?)", (act.id, act.alignment, pack(act))
            )

    def acts(self, alignment: str) -> tuple[Act, ...]:
        """The acts of an alignment, oldest first."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT record FROM act WHERE alignment = ? ORDER BY number", (alignment,)
            ).fetchall()
        return tuple([unpack(Act, record) for (record,) in rows])


def _refuse_taken(connection: sqlite3.Connection, table: str, name: str) -> None:
    if connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (name,)).fetchone():
        raise InvalidRecordError(f"an {table} with this id is here already", where=name)

"""Mentions of names as rows: counted by entity, and found by entity, without reading the findings themselves."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from testimonia.errors import NotFoundError
from testimonia.model.findings import Finding
from testimonia.model.names import MentionCount, Name
from testimonia.store.sqlite.connections import Connections

_AT_ONCE = 500
_KEY = "m.entity, m.type, m.name, m.entity_name, m.title, m.undecided"


def write_mentions(connection: sqlite3.Connection, run: int, findings: Iterable[Finding]) -> None:
    """Add the mentions among the findings of this run."""
    connection.executemany(
        "INSERT INTO mention SELECT number, source, first_line, ?, ?, ?, ?, ?, ? FROM finding"
        " WHERE id = ? AND run = ? AND source IS NOT NULL",
        (
            (*map(_storable, (f.entity, f.entity_name, f.name, f.type, f.title)), bool(f.rivals), f.id, run)
            for f in findings
            if isinstance(f, Name)
        ),
    )


def _storable(text: str) -> str:
    """Without lone surrogates, which a name in a text with undecodable bytes may hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


class SqliteMentions:
    """The MentionStore of a library's database."""

    _connections: Connections

    def mention_counts(self, source: str | None = None) -> tuple[MentionCount, ...]:
        """How often each entity is mentioned in which form, in one source or in all, by source and entity.

        Raises NotFoundError for a source that is not there.
        """
        with self._connections.reading() as connection:
            if source is None:
                return _counts(connection, None)
            row = connection.execute("SELECT number FROM source WHERE sha256 = ?", (source,)).fetchone()
            if row is None:
                raise NotFoundError("there is no such source", where=source)
            return _counts(connection, row[0])

    def mention_keys(self, mentions: Sequence[str]) -> Mapping[str, MentionCount]:
        """Of each of these mentions (ids of names) that is there: whom it names and in which form, counted once."""
        found: dict[str, MentionCount] = {}
        with self._connections.reading() as connection:
            for start in range(0, len(mentions), _AT_ONCE):
                some = mentions[start : start + _AT_ONCE]
                rows = connection.execute(
                    f"SELECT f.id, s.sha256, {_KEY}, 1 FROM finding AS f JOIN mention AS m ON m.finding = f.number"
                    f" JOIN source AS s ON s.number = m.source WHERE f.id IN ({', '.join('?' * len(some))})",
                    tuple(some),
                )
                found.update((row[0], _count(row[1:])) for row in rows)
        return found

    def mention_ids(
        self, entity: str, limit: int, offset: int = 0, without: Sequence[str] = ()
    ) -> tuple[str, ...]:  # fmt: skip
        """The ids of so many mentions that steps gave this entity, in the order of sources and places; those `without`
        are left out before anything is counted."""
        left_out = ""
        values: tuple[str | int, ...] = (entity, limit, offset)
        if without:
            left_out = (
                " AND finding NOT IN (SELECT number FROM finding WHERE id IN (SELECT value FROM json_each(?)))"
            )  # fmt: skip
            values = (entity, json.dumps(list(without)), limit, offset)
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT (SELECT id FROM finding WHERE number = m.finding) FROM (SELECT finding FROM mention"
                f" WHERE entity = ?{left_out} ORDER BY source, place, finding LIMIT ? OFFSET ?) AS m",
                values,
            )
            return tuple(row[0] for row in rows)


def _counts(connection: sqlite3.Connection, source: int | None) -> tuple[MentionCount, ...]:
    where, values = ("", ()) if source is None else (" WHERE m.source = ?", (source,))
    rows = connection.execute(
        f"SELECT s.sha256, {_KEY}, count(*) FROM mention AS m JOIN source AS s ON s.number = m.source{where}"
        f" GROUP BY m.source, {_KEY} ORDER BY m.source, {_KEY}",
        values,
    )
    return tuple(_count(row) for row in rows)


def _count(row: tuple[str, str, str, str, str, str, int, int]) -> MentionCount:
    source, entity, kind, name, entity_name, title, undecided, count = row
    return MentionCount(
        source=source, entity=entity, type=kind, name=name, entity_name=entity_name, title=title,
        undecided=bool(undecided), count=count,
    )  # fmt: skip

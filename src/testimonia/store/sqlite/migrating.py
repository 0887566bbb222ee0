"""Bring the database of a library to the shape that this version reads."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from testimonia.store.failures import ForeignLibraryError
from testimonia.store.sqlite.connections import Connections

# Written into the file's header: "this SQLite file is a Testimonia library" ("TSTM").
APPLICATION_ID = 0x5453544D
_RECORD = """
CREATE TABLE IF NOT EXISTS migration (
    name TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One numbered file of SQL; applied in the order of their names, and never changed once published."""

    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """The hash of its text, by which a later change of it is noticed."""
        return hashlib.sha256(self.sql.encode("utf-8")).hexdigest()

    def statements(self) -> Iterator[str]:
        """Its statements one by one, so that they can run inside a transaction of ours."""
        statement = ""
        for line in self.sql.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                yield statement
                statement = ""


def published() -> tuple[Migration, ...]:
    """The migrations that ship with this version, in order."""
    folder = resources.files("testimonia.store.sqlite") / "migrations"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(Migration(name=f.name.removesuffix(".sql"), sql=f.read_text(encoding="utf-8")) for f in files)


def migrate(connections: Connections, path: Path, migrations: tuple[Migration, ...], now: Callable[[], str]) -> None:
    """Apply what has not been applied yet, each in one transaction together with its own record.

    Raises ForeignLibraryError where the file is another program's or a newer version's, or where a migration that was
    applied to it reads otherwise today.
    """
    for migration in _due(connections, path, migrations):
        with connections.writing() as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(_RECORD)
            # Another process may have been quicker between our look and our turn.
            if connection.execute("SELECT 1 FROM migration WHERE name = ?", (migration.name,)).fetchone():
                continue
            for statement in migration.statements():
                connection.execute(statement)
            connection.execute("INSERT INTO migration VALUES (?, ?, ?)", (migration.name, migration.sha256, now()))


def _due(connections: Connections, path: Path, migrations: tuple[Migration, ...]) -> list[Migration]:
    applied = _applied(connections, path)
    known = {m.name: m.sha256 for m in migrations}
    newer = sorted(applied.keys() - known.keys())
    if newer:
        raise ForeignLibraryError(
            f"this library was made by a newer version ({newer[-1]} is not known here)",
            where=str(path),
            hint="Bring Testimonia up to date",
        )
    changed = sorted(name for name, sha256 in applied.items() if known[name] != sha256)
    if changed:
        raise ForeignLibraryError(
            f"this library was made by another build: migration {changed[0]} was changed after it was applied",
            where=str(path),
            hint="Use the version that made it",
        )
    return [m for m in migrations if m.name not in applied]


def _applied(connections: Connections, path: Path) -> dict[str, str]:
    with connections.reading() as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if not tables:
            return {}
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID or "migration" not in tables:
            raise ForeignLibraryError(
                "this database belongs to another program", where=str(path), hint="Choose another folder"
            )
        return dict(connection.execute("SELECT name, sha256 FROM migration").fetchall())

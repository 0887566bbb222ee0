"""Is a library brought to the shape of this version, once and wholly, and one of another version refused?"""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.store.invented import NOW, received

from testimonia.errors import LibraryError
from testimonia.store.failures import ForeignLibraryError
from testimonia.store.sqlite import SqliteLibrary
from testimonia.store.sqlite.library import DATABASE
from testimonia.store.sqlite.migrating import Migration, published

SHELVES = Migration(name="9001_shelves", sql="CREATE TABLE shelf (name TEXT);\nINSERT INTO shelf VALUES ('quay');\n")


def opened(folder: Path, *migrations: Migration) -> SqliteLibrary:
    return SqliteLibrary.open(folder, now=lambda: NOW, migrations=migrations or None)


def asked(folder: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / DATABASE)
    try:
        with connection:
            return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_every_migration_is_recorded_with_its_hash(tmp_path: Path) -> None:
    opened(tmp_path).close()
    recorded = asked(tmp_path, "SELECT name, sha256, applied_at FROM migration ORDER BY name")
    assert recorded == [(m.name, m.sha256, NOW) for m in published()] != []


def test_statements_are_told_apart_also_inside_triggers() -> None:
    assert len(list(SHELVES.statements())) == 2
    for migration in published():
        assert "".join(migration.statements()).strip() == migration.sql.strip()
        assert all(sqlite3.complete_statement(s) for s in migration.statements())


def test_an_older_library_is_brought_up_to_date_and_keeps_what_it_has(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add_source(*received(1), NOW)
    library.close()
    library = opened(tmp_path, *published(), SHELVES)
    assert [s.source for s in library.sources()] == [received(1)[0]]
    library.close()
    assert asked(tmp_path, "SELECT name FROM shelf") == [("quay",)]


def test_a_library_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    opened(tmp_path, *published(), SHELVES).close()
    with pytest.raises(ForeignLibraryError, match="newer version") as raised:
        opened(tmp_path)
    assert (raised.value.where, raised.value.hint) == (str(tmp_path / DATABASE), "Bring Testimonia up to date")
    opened(tmp_path, *published(), SHELVES).close()


def test_a_migration_that_was_changed_after_the_fact_is_noticed(tmp_path: Path) -> None:
    opened(tmp_path, *published(), SHELVES).close()
    changed = Migration(name=SHELVES.name, sql=SHELVES.sql + "-- one more remark\n")
    with pytest.raises(ForeignLibraryError, match="9001_shelves was changed"):
        opened(tmp_path, *published(), changed)


def test_a_migration_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    broken = Migration(name=SHELVES.name, sql=SHELVES.sql + "INSERT INTO cupboard VALUES (1);\n")
    with pytest.raises(LibraryError, match="cupboard"):
        opened(tmp_path, *published(), broken)
    assert asked(tmp_path, "SELECT name FROM sqlite_schema WHERE name = 'shelf'") == []
    opened(tmp_path, *published(), SHELVES).close()
    assert asked(tmp_path, "SELECT name FROM shelf") == [("quay",)]


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    asked(tmp_path, "CREATE TABLE migration (name TEXT, sha256 TEXT)")
    before = (tmp_path / DATABASE).read_bytes()
    with pytest.raises(ForeignLibraryError, match="another program"):
        opened(tmp_path)
    assert asked(tmp_path, "SELECT name FROM sqlite_schema") == [("migration",)]
    assert len((tmp_path / DATABASE).read_bytes()) == len(before)


def test_several_programs_can_make_the_same_library_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from testimonia.store.sqlite import SqliteLibrary\n"
        "SqliteLibrary.open(Path(sys.argv[1]), now=lambda: 'now').close()"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, tmp_path]) for _ in range(4)]
    assert [process.wait() for process in running] == [0] * 4
    library = opened(tmp_path)
    assert library.check() == ()
    library.close()

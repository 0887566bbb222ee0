"""What is wrong with the files is said clearly, with its code, where it is and what to do; nothing is overwritten."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.store.invented import NOW, received, recovered

from testimonia.errors import InvalidRecordError, LibraryError
from testimonia.model.comparison import Judgement
from testimonia.store.failures import (
    DamagedLibraryError,
    ForeignLibraryError,
    LockedLibraryError,
    UnwritableLibraryError,
)
from testimonia.store.sqlite import SqliteLibrary
from testimonia.store.sqlite.connections import library_error
from testimonia.store.sqlite.library import DATABASE, SOURCES

SOURCE, CONTENT = received(1)
SHA256 = SOURCE.sha256


def opened(folder: Path, wait_s: float = 10) -> SqliteLibrary:
    return SqliteLibrary.open(folder, now=lambda: NOW, wait_s=wait_s)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with one source, closed."""
    library = opened(tmp_path / "library")
    library.add_source(SOURCE, CONTENT, NOW)
    made, findings = recovered(SOURCE, CONTENT)
    library.keep_recovered(made, findings, NOW)
    library.judge(Judgement(id="j1", finding=findings[0].id, decision="accepted", editor="the keeper", at=NOW))
    library.close()
    return tmp_path / "library"


def change(folder: Path, sql: str, *values: object) -> None:
    connection = sqlite3.connect(folder / DATABASE)
    try:
        with connection:
            connection.execute(sql, values)
    finally:
        connection.close()


def faults(folder: Path) -> str:
    library = opened(folder)
    try:
        return "\n".join(library.check())
    finally:
        library.close()


def refused(kind: type[LibraryError], folder: Path, says: str) -> None:
    with pytest.raises(kind, match=says) as raised:
        opened(folder, wait_s=0.05)
    assert raised.value.where
    assert raised.value.hint
    assert raised.value.code in str(raised.value)


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Root may write everywhere; others may not."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a list of lamps")
    refused(UnwritableLibraryError, tmp_path / "library", "there can be no library here")
    refused(UnwritableLibraryError, tmp_path / "library" / "inside", "there can be no library here")


def test_a_folder_that_can_not_be_written_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    folder.chmod(0o555)
    with as_an_ordinary_user():
        refused(UnwritableLibraryError, folder, r"can't be written|can be no library")


def test_a_library_in_a_folder_that_became_unwritable_is_refused(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with as_an_ordinary_user():
        refused(UnwritableLibraryError, folder, r"can't be written|can be no library")


@pytest.mark.parametrize("garbage", [b"no database at all" * 500, b"SQLite format 3\x00" + b"\xee" * 5000])
def test_garbage_in_the_place_of_the_database_is_refused(folder: Path, garbage: bytes) -> None:
    (folder / DATABASE).write_bytes(garbage)
    refused(ForeignLibraryError, folder, "not the database of a library")
    assert (folder / DATABASE).read_bytes() == garbage


@pytest.mark.parametrize("part", [0.95, 0.5, 0.1])
def test_a_truncated_database_is_noticed(folder: Path, part: float) -> None:
    whole = (folder / DATABASE).read_bytes()
    (folder / DATABASE).write_bytes(whole[: int(len(whole) * part)])
    try:
        found = faults(folder)
    except DamagedLibraryError as error:
        found = str(error)
    assert "damaged" in found


def test_a_database_that_is_gone_while_sources_are_there_is_not_made_anew(folder: Path) -> None:
    for lose in (lambda: (folder / DATABASE).write_bytes(b""), lambda: (folder / DATABASE).unlink()):
        lose()
        refused(DamagedLibraryError, folder, "gone, though its sources are here")


def test_altered_bytes_of_a_source_are_noticed_and_put_back(folder: Path) -> None:
    path = folder / SOURCES / SHA256[:2] / SHA256
    for alter in (lambda: path.write_bytes(CONTENT[:-1]), lambda: path.write_bytes(b""), path.unlink):
        alter()
        library = opened(folder)
        with pytest.raises(DamagedLibraryError, match=SHA256):
            library.content(SHA256)
        assert len(library.check()) == 1
        assert not library.add_source(SOURCE, CONTENT, NOW)
        assert library.content(SHA256) == CONTENT
        assert library.check() == ()
        library.close()


def test_the_name_of_a_source_is_not_taken_before_its_bytes_are_whole(folder: Path) -> None:
    (folder / SOURCES / "arriving.part").write_bytes(b"half of a so")
    library = opened(folder)
    assert library.check() == ()
    source, content = received(2)
    library.add_source(source, content, NOW)
    assert library.content(source.sha256) == content
    assert not (folder / SOURCES / "arriving.part").exists()
    library.close()


def test_a_source_that_can_not_be_written_leaves_no_row(folder: Path) -> None:
    (folder / SOURCES / "arriving.part").mkdir()
    library = opened(folder)
    with pytest.raises(UnwritableLibraryError, match="can't be kept"):
        library.add_source(*received(2), NOW)
    assert len(library.sources()) == 1
    (folder / SOURCES / "arriving.part").rmdir()
    assert library.add_source(*received(2), NOW)
    library.close()


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE layer SET sha256 = hex(zeroblob(32)) WHERE name = 'reading'", "reading is not the text that was kept"),
        ("UPDATE layer SET text = (SELECT text FROM layer WHERE name = 'reading')", "original is not the text"),
        ("UPDATE layer SET text = x'00' WHERE name = 'original'", "original is damaged"),
        ("UPDATE layer SET map = x'789c030000000001' WHERE name = 'reading'", "the map ends at 0"),
        ("UPDATE layer SET map = x'00' WHERE name = 'reading'", "offset map is damaged"),
        ("UPDATE layer SET parent = 'middle' WHERE name = 'reading'", "from layer middle, which is not there"),
        ("DELETE FROM layer", "is said to be done and has no text"),
        ("DELETE FROM page WHERE ordinal = 0", "is said to have 3 pages and has 2"),
        (
            "UPDATE page SET record = CAST(replace(record, '\"end\":', '\"end\":9') AS BLOB)",
            "a page ends behind the text",
        ),
        ("UPDATE paragraph SET record = x'5b5d' WHERE ordinal = 1", "a stored Paragraph is no object"),
        ("UPDATE source SET page_count = 8", "is said to have 8 pages and has 3"),
        ("DELETE FROM finding WHERE kind = 'note'", "did not"),
        ("DELETE FROM found WHERE kind = 'note'", "not counted"),
        ("DELETE FROM step", "belongs to a step that is not there"),
        ("UPDATE finding SET record = x'7b7d' WHERE kind = 'gap'", "a stored Gap can't be"),
    ],
)
def test_rows_altered_from_outside_are_noticed(folder: Path, sql: str, says: str) -> None:
    change(folder, sql)
    assert says in faults(folder)


def test_a_quotation_that_is_not_what_stands_there_is_noticed(folder: Path) -> None:
    connection = sqlite3.connect(folder / DATABASE)
    record = connection.execute("SELECT record FROM finding WHERE kind = 'document'").fetchone()[0]
    connection.close()
    start = record.index(b'"quote":"') + 9
    altered = record[:start] + b"never said" + record[start + 10 :]
    change(folder, "UPDATE finding SET record = ? WHERE kind = 'document'", altered)
    assert "quotes 'never said" in faults(folder)


def test_a_layer_that_was_altered_is_never_shown(folder: Path) -> None:
    change(folder, "UPDATE layer SET text = (SELECT text FROM layer WHERE name = 'original'), map = NULL, parent = NULL"
                   " WHERE name = 'reading'")  # fmt: skip
    library = opened(folder)
    with pytest.raises(DamagedLibraryError, match=SHA256):
        library.layer(SHA256, "reading")
    library.close()


def test_judgements_can_be_changed_by_no_means(folder: Path) -> None:
    for sql in ("UPDATE judgement SET finding = 'x'", "DELETE FROM judgement"):
        with pytest.raises(sqlite3.IntegrityError, match="undo it by another one"):
            change(folder, sql)


def test_a_library_that_another_program_writes_to_says_so(folder: Path) -> None:
    library = opened(folder, wait_s=0.05)
    other = sqlite3.connect(folder / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedLibraryError, match="another program is writing") as raised:
        library.add_source(*received(2), NOW)
    assert (raised.value.code, raised.value.where) == ("library-locked", str(folder / DATABASE))
    assert library.source(SHA256).state == "done"
    other.execute("ROLLBACK")
    other.close()
    assert library.add_source(*received(2), NOW)
    library.close()


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "full")
    connection.execute("PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as raised:
        connection.executescript("CREATE TABLE a (b); INSERT INTO a VALUES (zeroblob(100000));")
    connection.close()
    error = library_error(raised.value, tmp_path)
    assert isinstance(error, UnwritableLibraryError)
    assert "full" in error.what


def test_what_is_asked_of_a_closed_library_is_refused(folder: Path) -> None:
    library = opened(folder)
    library.close()
    library.close()
    for ask in (library.sources, lambda: library.add_source(*received(2), NOW)):
        with pytest.raises(LibraryError, match="closed"):
            ask()


def test_a_name_that_is_no_text_is_refused(folder: Path) -> None:
    library = opened(folder)
    with pytest.raises(InvalidRecordError, match="no text"):
        library.finding("note-\udce9")
    library.close()


def test_threads_that_ended_leave_no_connection_open(folder: Path) -> None:
    library = opened(folder)
    for _ in range(20):
        thread = threading.Thread(target=library.sources)
        thread.start()
        thread.join()
    descriptors = [fd for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink()]
    assert sum(fd.readlink() == folder / DATABASE for fd in descriptors) <= 4
    library.close()


def test_two_programs_write_in_turn(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from testimonia.store.sqlite import SqliteLibrary\n"
        "from tests.store.invented import NOW, received, recovered\n"
        "library = SqliteLibrary.open(Path(sys.argv[1]), now=lambda: NOW)\n"
        "for seed in range(int(sys.argv[2]), int(sys.argv[2]) + 5):\n"
        "    source, content = received(seed, 1)\n"
        "    library.add_source(source, content, NOW)\n"
        "    library.keep_recovered(*recovered(source, content), NOW)\n"
        "library.close()"
    )
    root = Path(__file__).parents[3]
    running = [subprocess.Popen([sys.executable, "-c", program, folder, str(n)], cwd=root) for n in (10, 20)]
    assert [process.wait() for process in running] == [0, 0]
    library = opened(folder)
    assert len(library.sources()) == 11
    assert library.check() == ()
    library.close()


def test_a_proposal_that_is_not_what_was_kept_is_reported(folder: Path) -> None:
    change(folder, "INSERT INTO proposal VALUES ('0c', x'00')")
    assert "Proposal 0c, over which somebody judged, is not what was kept." in faults(folder)

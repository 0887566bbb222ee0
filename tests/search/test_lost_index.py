"""An index that is lost or damaged says that it is stale, and can be filled again."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from testimonia.errors import LibraryError
from testimonia.search.fts5 import Fts5Index
from testimonia.search.index import Passage, StaleIndexError

SOURCE, LAYER = "a" * 64, "1" * 64


def fill(index: Fts5Index, count: int = 400) -> None:
    passages = (
        Passage(
            source=SOURCE, source_name="a.txt", start=9 * n, end=9 * n + 8, first_line=n + 1, last_line=n + 1,
            page_index=0, page_label=None, text=f"the lamp and buoy number {n}",
        )
        for n in range(count)
    )  # fmt: skip
    index.put_source(SOURCE, "a.txt", passages, layer_sha256=LAYER)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a filled index, closed."""
    path = tmp_path / "search.sqlite3"
    index = Fts5Index.open(path)
    fill(index)
    index.close()
    return path


def again(index: Fts5Index) -> None:
    assert index.sources() == {}
    assert index.count("lamp") == 0
    fill(index)
    assert index.sources() == {SOURCE: LAYER}
    assert index.count("lamp") == 400
    index.close()


def test_an_index_that_was_deleted_is_empty(path: Path) -> None:
    path.unlink()
    again(Fts5Index.open(path))


def test_an_index_that_is_deleted_while_it_is_open_is_empty(path: Path) -> None:
    index = Fts5Index.open(path)
    path.unlink()
    again(index)


@pytest.mark.parametrize("garbage", [b"", b"no index at all" * 400, b"SQLite format 3\x00" + b"\xee" * 5000])
def test_garbage_is_replaced_by_an_empty_index(path: Path, garbage: bytes) -> None:
    path.write_bytes(garbage)
    again(Fts5Index.open(path))


def test_an_index_of_another_shape_is_replaced(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    again(Fts5Index.open(path))


@pytest.mark.parametrize("part", [0.9, 0.6, 0.3, 0.1])
def test_a_truncated_index_is_stale_and_then_empty(path: Path, part: float) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    index = Fts5Index.open(path)
    if index.sources():
        with pytest.raises(StaleIndexError, match="damaged") as raised:
            index.search("lamp")
        assert (raised.value.code, raised.value.where) == ("index-stale", str(path))
        assert raised.value.hint
    again(index)


def test_damage_that_indexing_meets_leaves_an_empty_index(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2 :] = bytes(len(whole) - len(whole) // 2)
    path.write_bytes(whole)
    index = Fts5Index.open(path)
    with pytest.raises(StaleIndexError):
        fill(index)
    again(index)


def test_an_index_that_can_not_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "search.sqlite3").mkdir()
    with pytest.raises(LibraryError, match="can't be used") as raised:
        Fts5Index.open(tmp_path / "search.sqlite3")
    assert raised.value.where
    assert raised.value.hint


def test_several_programs_can_make_and_fill_the_same_index(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite3"
    program = (
        "import sys; from pathlib import Path; from testimonia.search.fts5 import Fts5Index\n"
        "index = Fts5Index.open(Path(sys.argv[1]))\n"
        "for n in range(5): index.put_source(sys.argv[2] + str(n), 'a.txt', [], layer_sha256='1')\n"
        "index.close()"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, path, name]) for name in "abcd"]
    assert [process.wait() for process in running] == [0] * 4
    index = Fts5Index.open(path)
    assert len(index.sources()) == 20
    index.close()

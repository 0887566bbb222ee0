"""The search backends that the contract suite runs through."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from testimonia.search.fts5 import Fts5Index
from testimonia.search.index import SearchIndex

# A backend that is to keep the contract takes its place here: how it is opened on what a file names.
BACKENDS: dict[str, Callable[[Path], SearchIndex]] = {"fts5": Fts5Index.open}


@pytest.fixture(params=sorted(BACKENDS))
def open_index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], SearchIndex]]:
    """Opens the test's index, each time anew."""
    opened: list[SearchIndex] = []

    def open_it() -> SearchIndex:
        index = BACKENDS[request.param](tmp_path / "search.sqlite3")
        opened.append(index)
        return index

    yield open_it
    for index in opened:
        index.close()


@pytest.fixture
def index(open_index: Callable[[], SearchIndex]) -> SearchIndex:
    """An empty index."""
    return open_index()

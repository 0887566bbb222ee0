"""The stores that the contract suite runs through, and libraries of invented sources."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.store.invented import NOW

from testimonia.store.library import LibraryStore
from testimonia.store.sqlite import SqliteLibrary

OpenStore = Callable[[], LibraryStore]


def _sqlite(folder: Path) -> LibraryStore:
    return SqliteLibrary.open(folder, now=lambda: NOW)


# A store that is to keep the contract takes its place here: how it is opened on what a folder names.
STORES: dict[str, Callable[[Path], LibraryStore]] = {"sqlite": _sqlite}


@pytest.fixture(params=sorted(STORES))
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenStore]:
    """Opens the test's library, each time anew: what one has written another must see."""
    opened: list[LibraryStore] = []

    def open_it() -> LibraryStore:
        store = STORES[request.param](tmp_path / "library")
        opened.append(store)
        return store

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> LibraryStore:
    """An empty library."""
    return open_store()

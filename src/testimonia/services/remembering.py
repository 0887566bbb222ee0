"""Answers that hold until something is written to the library."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from testimonia.store.library import LibraryStore

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """An answer read from the store, read again only when the library's revision has changed."""

    def __init__(self, store: LibraryStore, read: Callable[[], Answer]) -> None:
        self._store = store
        self._read = read
        self._kept: tuple[int, Answer] | None = None
        self._lock = Lock()

    def now(self) -> Answer:
        """The answer as the library stands."""
        # Asked before reading: what is written in between is seen the next time.
        revision = self._store.revision()
        with self._lock:
            if self._kept is None or self._kept[0] != revision:
                self._kept = (revision, self._read())
            return self._kept[1]

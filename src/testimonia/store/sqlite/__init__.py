"""The library in an SQLite database."""

from testimonia.store.sqlite.library import SqliteLibrary

__all__ = ["SqliteLibrary"]
